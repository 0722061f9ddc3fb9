"""Worlds that met the record go on by their own luck, under whatever doctrine is told: all doctrines in the same luck.

A *start* is a sample of filtered worlds with equal weights, with all that they have come to be. From it on a world has
the luck of a new seed and of its own place, so that two doctrines differ by nothing but the doctrine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.actors.variables import MONTHLY
from sim.basics.arrays import Array, Doubles, Rows
from sim.basics.draws import Draws
from sim.estimation.filtering import resampling
from sim.estimation.filtering.observed import NOTHING
from sim.estimation.filtering.particles import Particles
from sim.estimation.filtering.setting import Setting
from sim.estimation.filtering.state import Registry
from sim.model import Negotiation

if TYPE_CHECKING:
    from sim.scenario import Scenario


class Start(NamedTuple):
    """Where worlds stand at the end of a filtered month.

    Attributes
    ----------
    month : str
        The month.
    model : Negotiation
        The worlds, equally likely.
    registry : Registry
        Where their arrays are.
    """

    month: str
    model: Negotiation
    registry: Registry

    def go_on(self, config: Scenario, seed: int) -> Negotiation:
        """Let them go on in a scenario that has begun in the same month, by the luck of another seed."""
        draws = Draws(seed, 0, self.model.size)
        model = Setting(config, NOTHING).model(draws, self.model.parameters.drawn)
        self.registry.copy(model, self.model)
        model.running = model.elapsed < config.months
        return model


def start(particles: Particles, worlds: int, seed: int, log_weights: Doubles | None = None) -> Start:
    """A sample of so many of the worlds as they stand, without the others.

    Parameters
    ----------
    particles : Particles
        Filtered worlds.
    worlds : int
        How many to take.
    seed : int
        Of the sampling.
    log_weights : Doubles (G,), optional
        Weights of the groups; equal if not given.
    """
    weights = resampling.normalised(particles.log_weights)
    groups = np.full(particles.groups, 1.0 / particles.groups)
    if log_weights is not None:
        groups = resampling.normalised(log_weights)
    rows = _comb((groups[:, None] * weights).ravel(), worlds, np.random.default_rng(seed).random())
    config, registry = particles.setting.config, particles.registry  # type: ignore[attr-defined]
    drawn = {name: values[rows] for name, values in particles.model.parameters.drawn.items()}
    model = Setting(config, NOTHING).model(Draws(seed, 0, worlds), drawn)
    registry.copy(model, particles.model, rows)
    return Start(particles.month, model, registry)


def _comb(weights: Doubles, number: int, offset: float) -> Rows:
    """Rows at the teeth of one comb through the weights, equally many per weight."""
    teeth = (np.arange(number) + offset) / number
    return np.minimum(np.searchsorted(np.cumsum(weights), teeth), weights.size - 1)


def paths(start: Start, config: Scenario, seed: int, months: int, variables: Sequence[str]) -> dict[str, Array]:
    """What comes of every world: monthly variables by name, (months, W).

    Parameters
    ----------
    start : Start
        Where they stand.
    config : Scenario
        The scenario that they go on in, which has begun in the same month as theirs.
    seed : int
        Of the luck from there on.
    months : int
        How many.
    variables : sequence of str
        Names as in `sim.actors.variables.MONTHLY`.
    """
    model = start.go_on(config.with_horizon(start.model.elapsed + months), seed)
    found: dict[str, list[Array]] = {name: [] for name in variables}
    for _ in model:
        for name, rows in found.items():
            rows.append(np.array(MONTHLY[name].read(model)))
    return {name: np.stack(rows) for name, rows in found.items()}


def under(
    start: Start, config: Scenario, doctrines: Mapping[str, str], seed: int, months: int, variables: Sequence[str]
) -> dict[str, dict[str, Array]]:
    """The same worlds in the same luck under each of several doctrines of Washington, told from the next month on.

    Parameters
    ----------
    doctrines : mapping of str to str
        What to call each, and the preset.
    """
    since = config.calendar[start.model.elapsed] if start.model.elapsed < config.months else None
    told = {label: config.with_doctrine("us", preset, since) for label, preset in doctrines.items()}
    return {label: paths(start, one, seed, months, variables) for label, one in told.items()}
