"""Where a verdict turns: the free parameter, and its value, that best parts the prior sets in which a claim holds.

With some fifty parameters and some forty sets one parts them well by luck alone. So parameter and value are chosen
without each set in turn and asked about it: how often the left-out sets are told right is how well it parts them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.basics.arrays import Array

OPEN = (0.1, 0.9)
"""Shares of sets between which it is asked where a verdict turns."""
WELL = 0.75
"""Of left-out sets told right, among those that hold and those that do not alike, from which it is said."""
Flags = NDArray[np.bool_]


class Turn(NamedTuple):
    """A parameter, the value at which a verdict turns, whether it holds above or below, and how well that tells."""

    name: str
    value: float
    above: bool
    right: float


def turning(names: Sequence[str], points: Array, holds: Flags) -> Turn | None:
    """The best cut, if the share of sets that hold is open and the cut tells left-out sets well.

    Parameters
    ----------
    names : sequence of str
        The parameters.
    points : Array
        Their values, shape (sets, parameters).
    holds : array of bool
        In which sets it comes out as claimed.
    """
    if not OPEN[0] <= holds.mean() <= OPEN[1]:
        return None
    place, value, above = _cut(points, holds)
    told = np.array([_told_without(points, holds, nth) for nth in range(len(holds))])
    right = float(np.mean([(told == holds)[holds].mean(), (told == holds)[~holds].mean()]))
    return Turn(names[place], value, above, right) if right >= WELL else None


def _told_without(points: Array, holds: Flags, nth: int) -> bool:
    """What is told of a set by the best cut among the others."""
    others = np.arange(len(holds)) != nth
    if holds[others].all() or not holds[others].any():
        return bool(holds[others][0])
    place, value, above = _cut(points[others], holds[others])
    return bool((points[nth, place] > value) == above)


def _cut(points: Array, holds: Flags) -> tuple[int, float, bool]:
    """Parameter, value and side that tell most sets right, those that hold and those that do not weighing the same."""
    weights = np.where(holds, 0.5 / holds.sum(), -0.5 / (~holds).sum())
    order = points.argsort(axis=0)
    gains = weights[order][::-1].cumsum(axis=0)[::-1]  # of a cut under each point, if it holds above
    cut, place = np.unravel_index(np.abs(gains[1:]).argmax(), gains[1:].shape)
    sides = points[order[cut : cut + 2, place], place]
    return int(place), float(sides.mean()), bool(gains[cut + 1, place] > 0.0)
