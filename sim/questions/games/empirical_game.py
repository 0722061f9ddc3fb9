"""The empirical game between doctrines: every profile in the same worlds, payoffs, and every method's solution."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np

from sim.basics.arrays import Array
from sim.ensemble import Ensemble, survey
from sim.questions.games import payoffs
from sim.questions.games.alpharank import alpha_rank
from sim.questions.games.belief import BeliefWorth, Wish, beliefs, wishes
from sim.questions.games.dominance import Dominance, Remaining, Removal, dominated, eliminated
from sim.questions.games.equilibrium import Profile, least_regret, most_at_stake, pure_equilibria
from sim.questions.games.game_form import GameForm
from sim.questions.games.quantal import Mixed, Quantal, quantal_response
from sim.questions.games.sampling import HoldOut, Resampled, hold_out, resampled

PRECISIONS = (0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
"""Precisions of quantal response, per the most that anybody gains by any change of doctrine."""
INTENSITIES = (0.1, 1.0, 10.0)
"""Intensities of selection in alpha-rank, in the same unit."""


@dataclass(frozen=True)
class EmpiricalGame:
    """A game that was played.

    Attributes
    ----------
    form : GameForm
    samples : array (n, S_1, ..., S_n, W)
        Payoffs, utility a month.
    reasons : dict of str to array (S_1, ..., S_n)
        Means of the terms that payoffs are made of, named "player: term".
    """

    form: GameForm
    samples: Array
    reasons: dict[str, Array]

    @property
    def payoffs(self) -> Array:
        """Means over worlds, shape (n, S_1, ..., S_n)."""
        return np.asarray(self.samples.mean(axis=-1))


@dataclass(frozen=True)
class SolvedGame:
    """Everything that is known of a game.

    Attributes
    ----------
    played : EmpiricalGame
    equilibria : list of Profile
        Pure equilibria of the mean payoffs.
    focus : Profile
        The equilibrium likeliest under resampling; without one the profile of least regret.
    sure : Resampled
    tested : HoldOut
    scale : float
        Most that anybody gains or loses by any change of its doctrine alone, utility a month.
    """

    played: EmpiricalGame
    equilibria: list[Profile]
    focus: Profile
    sure: Resampled
    tested: HoldOut
    scale: float
    quantal: list[Quantal]
    ranks: dict[float, Array]
    dominated: list[Dominance]
    removals: list[Removal]
    left: Remaining
    beliefs: list[BeliefWorth]
    wishes: list[Wish]
    mixed: list[Mixed]

    @property
    def payoffs(self) -> Array:
        """Means over worlds."""
        return self.played.payoffs

    @property
    def baseline(self) -> Profile:
        """The profile that others are compared with."""
        return self.played.form.baseline


def play(form: GameForm, ensemble: Ensemble) -> EmpiricalGame:
    """Simulate every profile in the same worlds.

    Raises
    ------
    InputError, WorkerError
        As `sim.ensemble.survey`.
    """
    seed, valuation = ensemble.seed, form.valuation
    read = partial(payoffs.terms, scenarios=form.scenarios, players=form.players, seed=seed, valuation=valuation)
    found = survey(form.scenarios, read, ensemble, payoffs.VARIABLES)["utility"]
    means, terms = found.mean("world", dtype=float), list(map(str, found["term"].to_numpy()))
    whole, owner = found.to_numpy().astype(float), np.array([name.split(":")[0] for name in terms])
    shape = (*form.shape, ensemble.worlds)
    return EmpiricalGame(
        form,
        np.stack([whole[..., owner == player].sum(axis=-1).reshape(shape) for player in form.players]),
        {name: means.sel(term=name).to_numpy().reshape(form.shape) for name in terms},
    )


def solved(played: EmpiricalGame, seed: int, mixed: Iterable[Mixed] = ()) -> SolvedGame:
    """Solve a game by every method but the mixed equilibria, which are handed in if they were asked for."""
    payoffs = played.payoffs
    sure, equilibria = resampled(played.samples, seed), pure_equilibria(payoffs)
    focus = max(equilibria, key=lambda profile: sure.probability[profile], default=least_regret(payoffs))
    scale = most_at_stake(payoffs)
    removals, left = eliminated(payoffs)
    return SolvedGame(
        played,
        equilibria,
        focus,
        sure,
        hold_out(played.samples, seed),
        scale,
        quantal_response(payoffs, [precision / scale for precision in PRECISIONS]),
        {intensity: alpha_rank(payoffs, intensity / scale) for intensity in INTENSITIES},
        dominated(payoffs),
        removals,
        left,
        beliefs(payoffs),
        wishes(payoffs, focus),
        list(mixed),
    )
