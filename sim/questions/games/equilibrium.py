"""What players gain by deviating from a profile: in pure equilibria nothing. Which profiles are better for whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.basics.arrays import Array, Mask

Profile = tuple[int, ...]
"""A strategy of each player, by its place."""
TIE = 1e-9
"""Gains up to this are rounding, not reasons."""


def shape_of(payoffs: Array) -> tuple[int, ...]:
    """Number of strategies of each player, from payoffs (n, S_1, ..., S_n) or samples of them with worlds last."""
    return payoffs.shape[1 : len(payoffs) + 1]


def profiles(payoffs: Array) -> Iterator[Profile]:
    """Every profile, the last player's strategy changing fastest."""
    return np.ndindex(*shape_of(payoffs))


def deviated(profile: Profile, player: int, strategy: int) -> Profile:
    """The profile in which one player plays something else.

    >>> deviated((0, 0, 0), 1, 2)
    (0, 2, 0)
    """
    return (*profile[:player], strategy, *profile[player + 1 :])


def at(payoffs: Array, profile: Profile) -> Array:
    """Every player's payoff in a profile, shape (n,)."""
    place: Any = (slice(None), *profile)
    return np.asarray(payoffs[place])


def over(payoffs: Array, profile: Profile) -> Array:
    """Payoffs less those of a profile, player by player, shape of the payoffs."""
    return np.asarray(payoffs - at(payoffs, profile).reshape(-1, *[1] * (payoffs.ndim - 1)))


def gains(payoffs: Array) -> Array:
    """Most that each player gains by deviating alone from each profile, in the payoffs' unit, never negative.

    Parameters
    ----------
    payoffs : array (n, S_1, ..., S_n) or (n, S_1, ..., S_n, W)

    Returns
    -------
    array of the same shape
    """
    return np.stack([mine.max(axis=player, keepdims=True) - mine for player, mine in enumerate(payoffs)])


def most_at_stake(payoffs: Array) -> float:
    """Most that anybody gains or loses by any change of its strategy alone; 1 where nothing is at stake."""
    return max(float(np.ptp(mine, axis=player).max()) for player, mine in enumerate(payoffs)) or 1.0


def regret(payoffs: Array) -> Array:
    """Most that any player gains by deviating alone from each profile, shape (S_1, ..., S_n) or with W last.

    If every payoff is known to within e, regret is known to within 2 e.
    """
    return np.asarray(gains(payoffs).max(axis=0))


def pure_equilibria(payoffs: Array) -> list[Profile]:
    """Profiles from which nobody gains by deviating alone; there may be none.

    References
    ----------
    Nash, J. (1950). Equilibrium points in n-person games. *Proceedings of the National Academy of Sciences* 36.
    """
    return [profile for profile in profiles(payoffs) if regret(payoffs)[profile] <= TIE]


def least_regret(payoffs: Array) -> Profile:
    """The profile nearest to equilibrium; the first of several."""
    place = np.unravel_index(int(np.argmin(regret(payoffs))), shape_of(payoffs))
    return tuple(int(strategy) for strategy in place)


def best_replies(payoffs: Array) -> Array:
    """Whether each player's strategy is a best reply to the others', in every profile; shape of the payoffs, bool."""
    return np.asarray(gains(payoffs) <= TIE)


def best_deviation(payoffs: Array, profile: Profile) -> tuple[int, int, float] | None:
    """Player, strategy and gain of the deviation that gains most; None in equilibrium."""
    player = int(np.argmax(at(gains(payoffs), profile)))
    gain = float(gains(payoffs)[(player, *profile)])
    if gain <= TIE:
        return None
    along: Any = (*profile[:player], slice(None), *profile[player + 1 :])
    return player, int(np.argmax(payoffs[player][along])), gain


def attractor(payoffs: Array, start: Profile) -> list[Profile]:
    """Where deviating by the largest gain leads from a profile: an equilibrium, or the cycle it ends in."""
    path = [start]
    while (step := best_deviation(payoffs, path[-1])) is not None:
        after = deviated(path[-1], step[0], step[1])
        if after in path:
            return path[path.index(after) :]
        path.append(after)
    return path[-1:]


def efficient(payoffs: Array) -> Mask:
    """Whether each profile is Pareto efficient among all, shape (S_1, ..., S_n), from payoffs (n, S_1, ..., S_n)."""
    flat = payoffs.reshape(len(payoffs), -1).T
    no_worse = (flat[None, :, :] >= flat[:, None, :] - TIE).all(axis=-1)
    better = np.asarray(flat[None, :, :] > flat[:, None, :] + TIE).any(axis=-1)
    beaten = np.asarray(no_worse & better, dtype=bool).any(axis=1)
    return np.asarray(~beaten).reshape(shape_of(payoffs))


def better_for_all(payoffs: Array, than: Profile) -> Mask:
    """Whether no player loses and one gains by a profile over another, shape (S_1, ..., S_n)."""
    gain = over(payoffs, than)
    return np.asarray((gain >= -TIE).all(axis=0) & (gain > TIE).any(axis=0))
