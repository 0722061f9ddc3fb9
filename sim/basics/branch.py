"""Follow a curve of solutions by its length: predict along the tangent, correct across it.

Solutions of n equations in n + 1 unknowns form a curve. Followed by one of its unknowns, the level, it is lost where it
turns back in that; followed by its own length it is not. Where another curve crosses it, as at the pitchforks of
symmetric games, the equations have no single direction: it goes straight on.

References
----------
Allgower, E. and Georg, K. (1990). Numerical Continuation Methods. Springer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq

from sim.basics.arrays import Array
from sim.basics.limits import InputError

Equations = Callable[[Array], tuple[Array, Array]]
"""What should be 0 at a point of n + 1 unknowns, shape (n,), and its derivatives, shape (n, n + 1)."""
FIRST, SHORTEST = 0.02, 1e-10
"""Length of the first step, and under which there is no going on."""
GROWTH, TURN = 1.6, 1e-4
"""Factor by which steps may grow, and length of the steps in which the curve turns back in its level."""
STRAIGHT, NEAR = 0.97, 0.1
"""Least cosine between the tangents at both ends of a step, and most that is corrected, as a part of its length."""
MOST_CORRECTIONS, MOST_STEPS = 8, 5_000
CLOSE, ROUNDING = 1e-12, 8.0 * np.finfo(float).eps
"""Size of a correction, and of what the equations leave, as parts of a point's own size, at which it is found."""
SINGULAR = 1e-13
"""Singular value, as a part of the largest, under which a direction is one that the equations leave free."""


class LostBranchError(InputError):
    """The curve could not be followed to where it was asked for."""


class _BentError(Exception):
    """Between both ends of a step the curve is not near its tangent."""


class Point(NamedTuple):
    """A point of the curve, the level its last unknown, with the tangent there and the length of the step from it.

    `turns` counts how often the curve has turned back in its level so far.
    """

    place: Array
    tangent: Array
    step: float
    turns: int


class Branch:
    """The curve through a point at level 0, followed from there upwards, as far as it is asked for.

    Parameters
    ----------
    equations : callable
        See `Equations`.
    start : array (n + 1,)
        A solution; its last unknown, the level, is 0.
    """

    def __init__(self, equations: Equations, start: Array) -> None:
        self.equations = equations
        upwards = np.zeros(len(start))
        upwards[-1] = 1.0
        self.points = [Point(np.asarray(start, dtype=float), self._tangent(start, upwards), FIRST, 0)]
        if self._rank(start) < len(start) - 1:
            raise LostBranchError(self._lost())

    def at(self, level: float) -> Point:
        """The first point on the curve with this level, 0 or more.

        Raises
        ------
        LostBranchError
            If the curve cannot be followed so far.
        """
        if level == self.points[0].place[-1]:
            return self.points[0]
        here = 0
        while not self.points[here].place[-1] < level <= self._after(here).place[-1]:
            here += 1
        found = self._between(here, level)
        return found if found is not None else self._again(here).at(level)

    def _again(self, here: int) -> Branch:
        """The same, with the step from a point, which is not straight throughout, taken anew and shorter."""
        first = self.points[here]
        self.points[here:] = [first._replace(step=first.step / 2.0)]
        return self

    def _after(self, here: int) -> Point:
        """The point after one of those known, found if it is not known yet."""
        if here + 1 == len(self.points):
            if len(self.points) > MOST_STEPS:
                raise LostBranchError(self._lost())
            self.points.append(self._stepped())
        return self.points[here + 1]

    def _stepped(self) -> Point:
        """The point after the last one known: the step from that is shortened until the curve is straight along it."""
        last = self.points[-1]
        step = last.step
        while step > SHORTEST:
            place = self._corrected(last, step)
            if place is not None:
                tangent = self._tangent(place, last.tangent)
                turned = tangent[-1] * last.tangent[-1] < 0.0
                if tangent @ last.tangent > STRAIGHT and not (turned and step > TURN):
                    self.points[-1] = last._replace(step=step)
                    return Point(place, tangent, GROWTH * step, last.turns + int(turned))
            step /= 2.0
        raise LostBranchError(self._lost())

    def _corrected(self, last: Point, step: float) -> Array | None:
        """The point of the curve straight across from where a step along the tangent ends; None if it is not near."""
        predicted = last.place + step * last.tangent
        with np.errstate(over="ignore", invalid="ignore"):  # too long a step may lead anywhere
            return self._by_newton(last.tangent, predicted, step)

    def _by_newton(self, tangent: Array, predicted: Array, step: float) -> Array | None:
        """The point of the curve in the plane across a tangent, from a place in it."""
        size = 1.0 + np.abs(predicted).max()
        rounding = CLOSE * size
        place = predicted
        for _ in range(MOST_CORRECTIONS):
            values, slopes = self.equations(place)
            aside = np.append(values, tangent @ (place - predicted))
            if np.abs(aside).max() <= ROUNDING * size:
                return place
            change = _solved(np.vstack([slopes, tangent]), aside)
            place = place - change
            if not np.linalg.norm(place - predicted) <= NEAR * step + len(place) * rounding:
                return None
            if np.abs(change).max() <= rounding:
                return place
        return None

    def _tangent(self, place: Array, before: Array) -> Array:
        """Direction of the curve, of length 1, that goes on in the direction before."""
        _, slopes = self.equations(place)
        onwards = np.zeros(len(place))
        onwards[-1] = 1.0
        found = _solved(np.vstack([slopes, before]), onwards)
        return np.asarray(found / np.linalg.norm(found))

    def _rank(self, place: Array) -> int:
        """How many equations say something at a place: at the start, where nothing goes straight on yet, all must."""
        return int(np.linalg.matrix_rank(self.equations(place)[1]))

    def _between(self, here: int, level: float) -> Point | None:
        """The point with a level that lies between those of a point and of the next; None if the curve bends away."""
        first, second = self.points[here], self.points[here + 1]
        if second.place[-1] == level:
            return second
        seen = {0.0: first.place, first.step: second.place}

        def above(step: float) -> float:
            place = seen.get(step)
            if place is None:
                place = self._corrected(first, step)
                if place is None:
                    raise _BentError
                seen[step] = place
            return float(place[-1]) - level

        try:
            step = brentq(above, 0.0, first.step, xtol=1e-15, rtol=1e-14)
        except _BentError:
            return None
        return first._replace(place=seen[step])

    def _lost(self) -> str:
        return (
            f"the curve of solutions cannot be followed beyond level {self.points[-1].place[-1]:.6g}, "
            f"after {len(self.points):,} steps"
        )


def _solved(matrix: Array, right: Array) -> Array:
    """The shortest vector that a matrix takes to the right side; NaN if the matrix is not finite.

    Where curves cross the matrix is singular; the shortest solution then leaves the other curve's direction alone.
    """
    if not (np.isfinite(matrix).all() and np.isfinite(right).all()):
        return np.full(len(right), np.nan)
    return np.asarray(np.linalg.lstsq(matrix, right, rcond=SINGULAR)[0])
