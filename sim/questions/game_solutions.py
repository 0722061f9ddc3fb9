"""A game that was played, solved by every method."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sim.arrays import Array
from sim.questions.game import Played
from sim.questions.games.alpharank import alpha_rank
from sim.questions.games.belief import Belief, Wish, beliefs, wishes
from sim.questions.games.dominance import Dominance, Kept, Removal, dominated, eliminated
from sim.questions.games.quantal import Mixed, Quantal, quantal_response
from sim.questions.games.regret import Profile, least_regret, pure_equilibria
from sim.questions.games.sampling import HoldOut, Resampled, hold_out, resampled

PRECISIONS = (0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
"""Precisions of quantal response, per the most that anybody gains by any change of doctrine."""
INTENSITIES = (0.1, 1.0, 10.0)
"""Intensities of selection in alpha-rank, in the same unit."""


@dataclass(frozen=True)
class Solved:
    """Everything that is known of a game.

    Attributes
    ----------
    played : Played
    equilibria : list of Profile
        Pure equilibria of the mean payoffs.
    focus : Profile
        The equilibrium likeliest under resampling; without one the profile of least regret.
    sure : Resampled
    tested : HoldOut
    scale : float
        Most that anybody gains or loses by any change of its doctrine alone, utility a month.
    """

    played: Played
    equilibria: list[Profile]
    focus: Profile
    sure: Resampled
    tested: HoldOut
    scale: float
    quantal: list[Quantal]
    ranks: dict[float, Array]
    dominated: list[Dominance]
    removals: list[Removal]
    left: Kept
    beliefs: list[Belief]
    wishes: list[Wish]
    mixed: list[Mixed]

    @property
    def payoffs(self) -> Array:
        """Means over worlds."""
        return self.played.payoffs

    @property
    def baseline(self) -> Profile:
        """The profile that others are compared with."""
        return self.played.setting.baseline


def solved(played: Played, seed: int, mixed: Iterable[Mixed] = ()) -> Solved:
    """Solve a game by every method but the mixed equilibria, which are handed in if they were asked for."""
    payoffs = played.payoffs
    sure, equilibria = resampled(played.samples, seed), pure_equilibria(payoffs)
    focus = max(equilibria, key=lambda profile: sure.probability[profile], default=least_regret(payoffs))
    scale = max(float(np.ptp(mine, axis=player).max()) for player, mine in enumerate(payoffs)) or 1.0
    removals, left = eliminated(payoffs)
    return Solved(
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
