"""Which package the mediator proposes: the best product of chances over all packages, in many worlds at once.

    score = (1 - tilt) log P_U + (1 + tilt) log P_R + power log(surplus) + log(consent)

A package is worth the sum of what its line, its guarantee and its relief are worth, to everybody. So a value is kept
as three short columns, and only the score, which is not such a sum, is worked out for every package.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from sim.basics.arrays import Array, Number, Rows, full, pick, real
from sim.basics.normal import log_ndtr
from sim.world.packages import COUNT, SHAPE

SLICE = 512
"""Worlds worked on at a time, so that all their packages stay in the processor's cache."""
LOWEST, HIGHEST, STEPS = -128, 8, 256
"""Range of the table of the normal distribution, in standard deviations, and its steps a standard deviation."""
MIDDLE = -LOWEST * STEPS
"""Line of the table that begins at 0."""
AXES = range(len(SHAPE))


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

    def of(self, places: Rows, columns: Rows) -> Array:
        """The worth of the packages at `places` of the grid, in the worlds `columns`."""
        line, guarantee, relief = np.unravel_index(places, SHAPE)
        land = self.line[line, 0, 0, columns]
        return np.asarray(land + self.guarantee[0, guarantee, 0, columns] + self.relief[0, 0, relief, columns])

    def part(self, worlds: slice) -> Worth:
        """The worth in some of the worlds."""
        return Worth(*(axis[..., worlds] for axis in self))

    def whole(self) -> Array:
        """The worth of every package, shape (7, 5, 4, W)."""
        return np.asarray((self.guarantee + self.relief) + self.line)

    def least(self) -> float:
        """A number that no package in any world is worth less than."""
        return float(sum(axis.min() for axis in self))


def by_axis(terms: Iterable[Array], worlds: int) -> Worth:
    """Add up terms by the axis of the grid along which they vary; those that vary along none count as of the line."""
    sums = [full((*(size if place == axis else 1 for place, size in enumerate(SHAPE)), worlds), 0.0) for axis in AXES]
    for term in terms:
        lengths = (1,) * (len(SHAPE) + 1 - term.ndim) + term.shape
        sums[next((axis for axis in AXES if lengths[axis] > 1), 0)] += term
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
    ukraine, russia = ukraine * STEPS, russia * STEPS
    least = min(ukraine.least(), russia.least())
    # All is divided by the weight of Kyiv's consent, which needs none then; the packages rank alike.
    one = 1.0 - tilt
    log_consent = log_consent / one
    weights = [real(weight / one) for weight in (1.0 + tilt, power)]
    found = np.empty(worlds, dtype=np.intp)
    for start in range(0, worlds, SLICE):
        part = slice(start, start + SLICE)
        to_moscow, to_gain = (pick(weight, part) for weight in weights)
        kyiv, moscow = (log_chance(side.part(part).whole(), least) for side in (ukraine, russia))
        gain = surplus.part(part).whole()
        with np.errstate(divide="ignore", invalid="ignore"):
            np.log(gain, out=gain)
            gain *= to_gain
        moscow *= to_moscow
        score = kyiv
        score += moscow
        score += gain
        score += log_consent[..., part]
        found[part] = _highest(score.reshape(COUNT, -1))
    return found


def log_chance(place: Array, least: float) -> Array:
    """Log of the chance that a side accepts a package worth so much more than it is thought to want. Uses up `place`.

    The tails matter: where no package is likely to be accepted, the mediator still weighs by how far each side is from
    accepting, and so spreads the concessions instead of pressing one side only.

    The logarithm of the normal distribution function, by straight lines between the points of a table, and below the
    table by its parabola: within 2e-6 of the exact value, or a millionth of it where that is more, from 128 standard
    deviations below on. The exact function is many times slower, and this is where the time of a run goes.

    Parameters
    ----------
    place : array
        What packages are worth over what the side is thought to want, in `STEPS` of a standard deviation.
    least : float
        None of them is less; looked for once instead of for every part.
    """
    # Beyond its ends the table goes on with its first and last line: the last is 0, and the first bends down below.
    line = (place + MIDDLE).astype(np.intp)
    bend = 0.5 * np.minimum(place / STEPS - LOWEST, 0.0) ** 2 if least < LOWEST * STEPS else None
    place *= _SLOPE.take(line, mode="clip")
    place += _INTERCEPT.take(line, mode="clip")
    if bend is not None:
        place -= bend
    return place


def _highest(score: Array) -> Rows:
    """Row of the highest score in each column, the first of equals, -1 where no package is worth anything.

    A score is not a number where a package costs Washington something, and minus infinity where it gives it nothing.
    By comparing all rows with the highest: several times as quick as looking for it down the columns.
    """
    highest = np.fmax.reduce(score, axis=0)
    after = ((score == highest).view(np.uint8) * _ROWS_AFTER).max(axis=0)
    return np.where(highest > -np.inf, COUNT - after.astype(np.intp), -1)


_ROWS_AFTER = np.arange(COUNT, 0, -1, dtype=np.uint8)[:, None]
"""Rows from each one on, itself included."""
_GRID = LOWEST + np.arange((HIGHEST - LOWEST) * STEPS + 1) / STEPS
_CURVE = log_ndtr(_GRID)
_RISE = np.append(np.diff(_CURVE), 0.0)
_SLOPE = real(_RISE)
_INTERCEPT = real(np.append(_CURVE[:-1], 0.0) - _RISE * STEPS * _GRID)
"""The lines, in places: log of the chance = slope x place + intercept."""
