"""The empirical game between doctrines: every profile in the same worlds, and each player's payoff in each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.arrays import Array
from sim.ensemble import survey
from sim.presets import PRESETS
from sim.questions import payoffs
from sim.questions.games.file import REFERENCE, GameFile
from sim.questions.games.regret import Profile
from sim.study import comparison

if TYPE_CHECKING:
    import xarray as xr

    from sim.ensemble import Progress
    from sim.scenario import Scenario

BETWEEN = " / "
"""What stands between the doctrines in the label of a profile."""
FEWEST_WORLDS = 20
"""Worlds under which resampling them means nothing."""


@dataclass(frozen=True)
class Setting:
    """A game before it is played.

    Attributes
    ----------
    players : tuple of str
        In the order of the axes.
    strategies : tuple of tuple of str
        Doctrines that each player chooses from.
    baseline : Profile
        What the others are compared with.
    scenarios : dict of str to Scenario
        By label, in the order of the profiles, the last player's doctrine changing fastest.
    valuation : Valuation
    file : GameFile
        What was asked for.
    """

    players: tuple[str, ...]
    strategies: tuple[tuple[str, ...], ...]
    baseline: Profile
    scenarios: dict[str, Scenario]
    valuation: payoffs.Valuation
    file: GameFile

    @property
    def shape(self) -> tuple[int, ...]:
        """Doctrines of each player."""
        return tuple(map(len, self.strategies))

    def named(self, profile: Profile) -> tuple[str, ...]:
        """The doctrines of a profile."""
        return tuple(names[place] for names, place in zip(self.strategies, profile, strict=True))

    def scenario(self, profile: Profile) -> Scenario:
        """The scenario under a profile."""
        return self.scenarios[BETWEEN.join(self.named(profile))]


@dataclass(frozen=True)
class Played:
    """A game that was played.

    Attributes
    ----------
    setting : Setting
    samples : array (n, S_1, ..., S_n, W)
        Payoffs, utility a month.
    reasons : dict of str to array (S_1, ..., S_n)
        Means of the terms that payoffs are made of, named "player: term".
    """

    setting: Setting
    samples: Array
    reasons: dict[str, Array]

    @property
    def payoffs(self) -> Array:
        """Means over worlds, shape (n, S_1, ..., S_n)."""
        return np.asarray(self.samples.mean(axis=-1))


def setting(base: Scenario, game: GameFile) -> Setting:
    """Make the scenarios of all profiles.

    Raises
    ------
    ScenarioError, InputError
        If a doctrine is none, or the month of change is not in the scenario.
    """
    since = {actor: game.since or getattr(base, actor)[-1].since for actor in game.players}
    made: dict[tuple[str, ...], Scenario] = {(): base}
    for actor, doctrines in game.players.items():
        made = {
            (*names, doctrine): scenario
            for names, before in made.items()
            for doctrine, scenario in comparison(before, doctrines, actor, since[actor]).scenarios.items()
        }
    types = {actor: _type(base, actor, game, since.get(actor)) for actor in PRESETS}
    return Setting(
        tuple(game.players),
        tuple(map(tuple, game.players.values())),
        tuple(_baseline(base, actor, game) for actor in game.players),
        {BETWEEN.join(names): scenario for names, scenario in made.items()},
        payoffs.Valuation(types, min(since.values()), game.discount, game.weights),
        game,
    )


def play(asked: Setting, worlds: int, seed: int, jobs: int = 1, progress: Progress | None = None) -> Played:
    """Simulate every profile in the same worlds.

    Raises
    ------
    InputError, WorkerError
        As `sim.ensemble.survey`.
    """
    read = partial(
        payoffs.terms, scenarios=asked.scenarios, players=asked.players, seed=seed, valuation=asked.valuation
    )
    found = survey(asked.scenarios, read, payoffs.VARIABLES, worlds, seed, jobs, progress)
    return Played(asked, _samples(found, asked), _reasons(found, asked))


def _type(base: Scenario, actor: str, game: GameFile, since: str | None) -> Any:
    """By whose goals an actor values: a preset's, or those that the scenario gives it."""
    name = game.valued_by.get(actor, REFERENCE)
    if name != REFERENCE:
        return PRESETS[actor][name].doctrine
    return base.doctrine(actor, since or getattr(base, actor)[-1].since)


def _baseline(base: Scenario, actor: str, game: GameFile) -> int:
    """Place of the doctrine that the others of an actor are compared with."""
    doctrines = game.players[actor]
    wanted = game.baseline.get(actor, getattr(base, actor)[-1].preset)
    return doctrines.index(wanted) if wanted in doctrines else 0


def _samples(found: xr.Dataset, asked: Setting) -> Array:
    worlds = found.sizes["world"]
    owner = np.array([str(name).split(":")[0] for name in found["term"].to_numpy()])
    whole = found["utility"].to_numpy().astype(float)
    return np.stack(
        [whole[..., owner == player].sum(axis=-1).reshape(*asked.shape, worlds) for player in asked.players]
    )


def _reasons(found: xr.Dataset, asked: Setting) -> dict[str, Array]:
    means = found["utility"].mean("world", dtype=float)
    return {str(name): means.sel(term=name).to_numpy().reshape(asked.shape) for name in found["term"].to_numpy()}
