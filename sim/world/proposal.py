"""Which package the mediator proposes: the best product of chances over all packages, in many worlds at once.

    score = (1 - tilt) log P_U + (1 + tilt) log P_R + power log(surplus) + log(consent)

A package is worth the sum of what its line, its guarantee and its relief are worth, to everybody. So a value is kept
as three short columns, and only the score, which is not such a sum, is worked out for every package.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from scipy.special import log_ndtr

from sim.arrays import Array, Number, Rows
from sim.world.packages import COUNT, SHAPE, chosen

SLICE = 256
"""Worlds worked on at a time, so that all their packages stay in the processor's cache."""
LOWEST, HIGHEST, STEPS = -40.0, 8.0, 256
"""Range of the table of the normal distribution, in standard deviations, and its steps a standard deviation."""
MIDDLE = -LOWEST * STEPS
"""Step of the table at 0."""
TRIFLE = 1e-30
NEVER, UNTHINKABLE = -1e12, -1e9
"""Added to the score of a package that is worth nothing to Washington, and a score that no other comes near."""


class Worth(NamedTuple):
    """What packages are worth, by axis: shapes (7, 1, 1, W), (1, 5, 1, W) and (1, 1, 4, W); their sum is the worth."""

    line: Array
    guarantee: Array
    relief: Array

    def __mul__(self, factor: Number) -> Worth:  # type: ignore[override]
        """Scale, by one number or one a world."""
        return Worth(*(part * factor for part in self))

    def __add__(self, other: Worth) -> Worth:  # type: ignore[override]
        """Add two worths."""
        return Worth(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    def over(self, reference: Array) -> Worth:
        """The worth less what something else is worth, (W,)."""
        return self._replace(line=self.line - reference)

    def single(self) -> Worth:
        """The worth in single precision."""
        return Worth(*(axis.astype(np.float32) for axis in self))

    def of(self, places: Rows, columns: Rows) -> Array:
        """The worth of the packages at `places` of the grid, in the worlds `columns`."""
        line, guarantee, relief = (chosen(axis, places, columns) for axis in self)
        return np.asarray(line + guarantee + relief)

    def whole(self, part: slice) -> Array:
        """The worth of every package in some of the worlds, shape (7, 5, 4, those worlds)."""
        line, guarantee, relief = (axis[..., part] for axis in self)
        return np.asarray(line + guarantee + relief)


def by_axis(terms: Iterable[Array], worlds: int) -> Worth:
    """Add up terms by the axis of the grid along which they vary; those that vary along none count as of the line."""
    shapes = [tuple(size if place == axis else 1 for place, size in enumerate(SHAPE)) for axis in range(len(SHAPE))]
    sums: list[Array] = [np.zeros((*shape, worlds)) for shape in shapes]
    for term in terms:
        lengths = (1,) * (len(SHAPE) + 1 - term.ndim) + term.shape
        axis = next((axis for axis in range(len(SHAPE)) if lengths[axis] > 1), 0)
        sums[axis] = sums[axis] + term
    return Worth(*sums)


def best(ukraine: Worth, russia: Worth, surplus: Worth, log_consent: Array, tilt: Number, power: Number) -> Rows:
    """Index of the best package in each world, in the order of the grid.

    Parameters
    ----------
    ukraine, russia : Worth
        What packages are worth to each side over what it is thought to want, in standard deviations of that estimate.
    surplus : Worth
        What they are worth to Washington over going on.
    log_consent : array (1, 5, 4, W)
        Log of the chance that all who must consent do.
    tilt : Number
        How much more Moscow's acceptance weighs than Kyiv's.
    power : Number
        Weight of the surplus.

    Returns
    -------
    array of int (W,)
        -1 where no package is worth anything to Washington.

    Notes
    -----
    Scores are in single precision: packages that are within a few millionths of each other count as equally good.
    """
    worlds = log_consent.shape[-1]
    ukraine, russia, surplus = (worth.single() for worth in (ukraine, russia, surplus))
    log_consent = log_consent.astype(np.float32)
    tilts, powers = (np.broadcast_to(np.float32(number), (worlds,)) for number in (tilt, power))
    found = np.empty(worlds, dtype=np.intp)
    for start in range(0, worlds, SLICE):
        part = slice(start, start + SLICE)
        kyiv, moscow = (log_chance(side.whole(part)) for side in (ukraine, russia))
        gain = log_surplus(surplus.whole(part))
        kyiv *= 1.0 - tilts[part]
        moscow *= 1.0 + tilts[part]
        gain *= powers[part]
        score = kyiv
        score += moscow
        score += gain
        score += log_consent[..., part]
        found[part] = _highest(score.reshape(COUNT, -1))
    return found


def log_chance(z: Array) -> Array:
    """Log of the chance that a side accepts a package worth `z` standard deviations more than it is thought to want.

    Uses up `z`.

    The tails matter: where no package is likely to be accepted, the mediator still weighs by how far each side is from
    accepting, and so spreads the concessions instead of pressing one side only.

    The logarithm of the normal distribution function, by straight lines between the points of a table, and below the
    table by its parabola: within 2e-6 of the exact value, or a millionth of it where that is more, from 40 standard
    deviations below on. The exact function is many times slower, and this is where the time of a run goes.
    """
    np.minimum(z, HIGHEST, out=z)
    beyond = np.minimum(z - LOWEST, 0.0) if z.min() < LOWEST else 0.0
    place = z * STEPS
    place += MIDDLE
    np.maximum(place, 0.0, out=place)
    step = place.astype(np.intp)
    z *= _SLOPE.take(step)
    z += _INTERCEPT.take(step)
    z -= 0.5 * beyond * beyond
    return z


def log_surplus(surplus: Array) -> Array:
    """Log of what Washington gains, `NEVER` where it gains nothing. Uses up `surplus`.

    Arithmetic instead of a condition: the logarithm of 0 and a choice between arrays cost several times as much.
    """
    nothing = surplus <= 0.0
    np.maximum(surplus, TRIFLE, out=surplus)
    np.log(surplus, out=surplus)
    surplus += np.float32(NEVER) * nothing
    return surplus


def _highest(score: Array) -> Rows:
    """Row of the highest score in each column, -1 where no package is worth anything."""
    row = score.argmax(axis=0)
    return np.where(score[row, np.arange(row.size)] > UNTHINKABLE, row, -1)


_GRID = LOWEST + np.arange(int((HIGHEST - LOWEST) * STEPS) + 2) / STEPS
_CURVE = log_ndtr(_GRID)
_LINES = np.diff(_CURVE) * STEPS
_SLOPE, _INTERCEPT = _LINES.astype(np.float32), (_CURVE[:-1] - _LINES * _GRID[:-1]).astype(np.float32)
