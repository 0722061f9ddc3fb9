"""Parameter sets from the prior for the claims: every set meets the same luck; and what a claim itself integrates over.

The share of sets in which a claim comes out as claimed says what a reader who trusts the equations and none of their
numbers should make of it. The posterior has seen a record in which no settlement was ever made; the prior says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from sim.basics.arrays import Array
from sim.basics.draws import Draws
from sim.ensemble import Ensemble, Sets
from sim.estimation.priors import PRIORS, Prior, drawn
from sim.questions.sensitivity.design import prescribed
from sim.scenario import Scenario
from sim.scenario.parameter_sets import each_world, held, sets_of

SETS, PART = 40, 10
"""Sets of the prior, and into how many parts the worlds of an ensemble are cut for each of them."""
FEWEST = 10
"""Worlds a set at least."""
INTEGRATED: dict[str, Prior] = {
    "table.talks_channel": Prior(0.0, 4.8, "a leader-to-leader channel adds nothing to talks, or twice the default"),
}
"""Priors of a claim's own, of parameters that are not free in the fit. The record has one change of executive: it
cannot tell what the channel adds to talks from what rivalry and horizon do."""


class PriorSets(NamedTuple):
    """Parameter sets, so many worlds in a row to each.

    Attributes
    ----------
    names : list of str
        The parameters.
    points : Array
        Their values, shape (sets, parameters).
    worlds : int
        Worlds a set, with the same luck in each.
    """

    names: list[str]
    points: Array
    worlds: int

    def ensemble(self, ensemble: Ensemble) -> Ensemble:
        """The worlds of all sets together."""
        return ensemble.of(len(self.points) * self.worlds)

    def places(self, nth: int) -> slice:
        """Where the worlds of a set stand among all."""
        return slice(nth * self.worlds, (nth + 1) * self.worlds)


def prior_sets(ensemble: Ensemble, sets: int = SETS) -> PriorSets:
    """Sets drawn from the prior, and as many worlds for each as the ensemble has room for."""
    return sets_of_prior(ensemble.seed, max(FEWEST, ensemble.worlds // PART), sets)


def sets_of_prior(seed: int, worlds: int, sets: int = SETS) -> PriorSets:
    """Sets drawn from the prior, each for so many worlds."""
    draws = Draws(seed, 0, sets)
    values = drawn(draws) | _integrated(draws, list(INTEGRATED))
    return PriorSets(list(values), np.stack(list(values.values()), axis=1), worlds)


def given(scenario: Scenario, integrated: Sequence[str], sets: PriorSets | None) -> Sets | None:
    """What gives the worlds of a scenario their parameters; None where the scenario itself does.

    Parameters
    ----------
    scenario : Scenario
        What it sets itself holds.
    integrated : sequence of str
        Parameters that the claim integrates over, of `INTEGRATED`.
    sets : PriorSets or None
        Sets of the prior; None for the parameters as the scenario has them.
    """
    open_ = [name for name in integrated if not held(name, scenario)]
    if sets is not None:
        free = [name for name in sets.names if (name in PRIORS and not held(name, scenario)) or name in open_]
        return prescribed(free, sets.points[:, [sets.names.index(name) for name in free]], sets.worlds)
    return partial(_with_integrated, sets_of(scenario), open_) if open_ else None


def _with_integrated(sets: Mapping[str, Any], integrated: list[str], draws: Draws) -> dict[str, Array]:
    return each_world(sets, draws) | _integrated(draws, integrated)


def _integrated(draws: Draws, names: list[str]) -> dict[str, Array]:
    return {name: INTEGRATED[name].value(draws.uniform(f"prior {name}", 0)) for name in names}
