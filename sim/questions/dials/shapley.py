"""Who did it: a difference shared out among what differs, by the values of Shapley and of Owen.

A coalition is a set of players that have moved (dials set as in the second doctrine, mechanisms switched on); v(S) is
the outcome when those of S have moved and no others. A player is given the mean of what its move changes, over all
orders in which the players can move. The shares sum to v(all) - v(none), world by world, to the last bit or two.

Coalitions are numbered by bits: player i is in coalition m if bit i of m is set, so that 0 is nobody and 2^k - 1 all.

References
----------
Shapley, L. S. (1953). A value for n-person games. Contributions to the Theory of Games II, 307-317.
Owen, G. (1977). Values of games with a priori unions. Mathematical Economics and Game Theory, 76-88.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from math import comb

import numpy as np

from sim.basics.arrays import Doubles


def shapley(values: Doubles) -> Doubles:
    """Shapley value of every player: its marginal contribution, averaged over all orders.

    Parameters
    ----------
    values : array, shape (2^k, ...)
        v of every coalition, by its bits; further axes (worlds) are taken one by one.

    Returns
    -------
    array, shape (k, ...)
        They sum to `values[-1] - values[0]`.

    Raises
    ------
    ValueError
        If the coalitions are not those of one or more players.

    Examples
    --------
    The airport of three aircraft that need runways of 6, 9 and 15:

    >>> runways = [max((need for bit, need in enumerate((6, 9, 15)) if m >> bit & 1), default=0) for m in range(8)]
    >>> shapley(np.array(runways)).tolist()
    [2.0, 3.5, 9.5]
    """
    return owen(values, [[player] for player in range(players_of(values))])


def owen(values: Doubles, groups: Sequence[Sequence[int]]) -> Doubles:
    """Owen value of every player: as Shapley's, but over the orders in which the members of a group move together.

    Parameters
    ----------
    values : array, shape (2^k, ...)
        As in `shapley`.
    groups : sequence of sequences of int
        The players of each group; every player in one group.

    Returns
    -------
    array, shape (k, ...)
        They sum to `values[-1] - values[0]`, and those of a group to the Shapley value of the group as one player.

    Raises
    ------
    ValueError
        If the coalitions are not those of one or more players, or the groups do not part the players.
    """
    values = np.asarray(values, dtype=float)
    count = players_of(values)
    if sorted(player for group in groups for player in group) != list(range(count)):
        raise ValueError(f"the groups must hold each of the {count} players once; got {[list(g) for g in groups]}")
    shares = np.zeros((count, *values.shape[1:]))
    for place, group in enumerate(groups):
        unions = [sum(1 << who for who in other) for other in (*groups[:place], *groups[place + 1 :])]
        for player in group:
            partners = [1 << other for other in group if other != player]
            for (others, often), (some, how) in product(_subsets(unions), _subsets(partners)):
                before = others | some  # whole other groups, and some of its own
                shares[player] += often * how * (values[before | 1 << player] - values[before])
    return shares


def players_of(values: Doubles) -> int:
    """How many players the coalitions have.

    Raises
    ------
    ValueError
        If their number is no power of two, or there is no player.
    """
    number = len(values)
    count = number.bit_length() - 1
    if count < 1 or number != 1 << count:
        raise ValueError(f"coalitions must be 2, 4, 8, ...: one for every set of players; got {number}")
    return count


def _subsets(masks: list[int]) -> Iterator[tuple[int, float]]:
    """Every set of those before a player, as a mask, with its probability over all orders of them and the player."""
    others = len(masks)
    for size in range(others + 1):
        weight = 1.0 / ((others + 1) * comb(others, size))
        for chosen in combinations(masks, size):
            yield sum(chosen), weight
