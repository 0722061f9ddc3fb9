"""How far interpolation is from the model: points off the grid, simulated, against what the page would show there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.atlas.interpolation import interpolate

NEARLY_ALL = 0.95
"""Share of the held-out points that the error on the page covers."""

Array = NDArray[np.float64]


class Errors(NamedTuple):
    """Absolute errors over the held-out points, one an outcome or series.

    Attributes
    ----------
    typical, nearly_all, largest : array, shape (K,)
        Median, 95 % quantile and maximum.
    """

    typical: Array
    nearly_all: Array
    largest: Array


def interpolated(values: Array, levels: Sequence[Sequence[float]], points: Array) -> Array:
    """What the page shows at each of some points, shape (points, ...)."""
    return np.array([interpolate(values, levels, point) for point in points])


def errors(shown: Array, simulated: Array) -> Errors:
    """Compare what the page shows with what the model says, in the same worlds.

    Parameters
    ----------
    shown, simulated : arrays, shape (points, K)
        By point and outcome.
    """
    off = np.abs(np.asarray(shown) - np.asarray(simulated))
    return Errors(np.median(off, axis=0), np.quantile(off, NEARLY_ALL, axis=0), off.max(axis=0))
