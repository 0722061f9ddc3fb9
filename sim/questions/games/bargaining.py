"""Three fair points of a bargaining problem with two sides: Nash, Kalai and Smorodinsky, egalitarian.

References
----------
Nash, J. (1950). The bargaining problem. *Econometrica* 18.
Kalai, E. and Smorodinsky, M. (1975). Other solutions to Nash's bargaining problem. *Econometrica* 43.
Kalai, E. (1977). Proportional solutions to bargaining situations. *Econometrica* 45.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Array, Mask

NOWHERE = -1
"""Place of a solution that does not exist: no agreement is better for both than none."""
SIDES = 2


def better_for_both(gains: Array) -> Mask:
    """Agreements that give each side more than no agreement; shape (A, ...) from gains (2, A, ...)."""
    return np.asarray((gains > 0.0).all(axis=0))


def efficient(gains: Array) -> Mask:
    """Agreements that no other one beats for one side without loss to the other, shape (A,) from gains (2, A)."""
    first, second = gains
    weakly = (first[None, :] >= first[:, None]) & (second[None, :] >= second[:, None])
    strictly = (first[None, :] > first[:, None]) | (second[None, :] > second[:, None])
    return np.asarray(~(weakly & strictly).any(axis=1))


def nash(gains: Array, power: float = 0.5) -> Array:
    """The agreement with the largest product of gains over no agreement, g_1^a g_2^(1-a).

    Parameters
    ----------
    gains : array (2, A, ...)
        What each agreement gives the two sides beyond what they have without one.
    power : float
        a, bargaining power of the first side, 0 to 1.

    Returns
    -------
    array (...) of int
        Its place among the A; -1 where no agreement is better for both.
    """
    positive = np.maximum(gains, np.finfo(float).tiny)
    return _most(power * np.log(positive[0]) + (1.0 - power) * np.log(positive[1]), gains)


def kalai_smorodinsky(gains: Array) -> Array:
    """The agreement that gives both the largest equal share of the most that each could get; as `nash` otherwise."""
    inside = np.where(better_for_both(gains), gains, 0.0)
    most = inside.max(axis=1, keepdims=True)
    return _most((gains / np.where(most > 0.0, most, 1.0)).min(axis=0), gains)


def egalitarian(gains: Array) -> Array:
    """The agreement whose smaller gain is largest; as `nash` otherwise. It compares the sides' utilities."""
    return _most(gains.min(axis=0), gains)


SOLUTIONS = {"Nash": nash, "Kalai–Smorodinsky": kalai_smorodinsky, "egalitarian": egalitarian}
"""By name."""


def _most(score: Array, gains: Array) -> Array:
    """Place of the best score among the agreements that are better for both."""
    there = better_for_both(gains)
    place = np.where(there, score, -np.inf).argmax(axis=0)
    return np.where(there.any(axis=0), place, NOWHERE)
