"""Strategies that another one beats whatever the others do."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.basics.arrays import Array
from sim.questions.games.equilibrium import TIE

Remaining = tuple[tuple[int, ...], ...]
"""The strategies left to each player, by their places."""


class Dominance(NamedTuple):
    """`strategy` of `player` is dominated by `by`: it is worse by `least` to `most`, whatever the others play."""

    player: int
    strategy: int
    by: int
    strict: bool
    least: float
    most: float


class Removal(NamedTuple):
    """A strategy that is removed in a round because `by` dominates it strictly in what is left."""

    round: int
    player: int
    strategy: int
    by: int


def advantages(payoffs: Array, player: int, strategy: int, by: int) -> Array:
    """What a player gains by `by` over `strategy`, against everything that the others can play (and worlds if any)."""
    mine = payoffs[player]
    return np.asarray(np.take(mine, by, axis=player) - np.take(mine, strategy, axis=player))


def dominated(payoffs: Array) -> list[Dominance]:
    """Every pair of strategies of which one dominates the other, strictly or weakly, by pure strategies.

    Parameters
    ----------
    payoffs : array (n, S_1, ..., S_n)
    """
    found = []
    for player, count in enumerate(payoffs.shape[1:]):
        for strategy, by in np.ndindex(count, count):
            gain = advantages(payoffs, player, strategy, by)
            if gain.min() >= -TIE and gain.max() > TIE:
                found.append(
                    Dominance(player, strategy, by, bool(gain.min() > TIE), float(gain.min()), float(gain.max()))
                )
    return found


def eliminated(payoffs: Array) -> tuple[list[Removal], Remaining]:
    """Remove strictly dominated strategies, round after round; the order does not change what is left.

    References
    ----------
    Bernheim, B. D. (1984). Rationalizable strategic behavior. *Econometrica* 52.
    """
    left = [list(range(count)) for count in payoffs.shape[1:]]
    removals: list[Removal] = []
    for number in range(1, sum(payoffs.shape[1:]) + 1):
        inside = payoffs[np.ix_(range(len(payoffs)), *left)]
        found = {(d.player, left[d.player][d.strategy]): left[d.player][d.by] for d in dominated(inside) if d.strict}
        if not found:
            break
        removals += [Removal(number, player, strategy, by) for (player, strategy), by in found.items()]
        left = [[s for s in strategies if (player, s) not in found] for player, strategies in enumerate(left)]
    return removals, tuple(map(tuple, left))
