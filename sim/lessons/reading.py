"""Numbers of a chapter, each with the luck in it: means over worlds, paired differences, ratios of means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.lessons.chapter import Estimate
from sim.lessons.quick import HUNDRED, NORMAL_95, interval, seen

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray


def mean(values: NDArray[np.floating] | xr.DataArray) -> Estimate:
    """The mean of one value a world; worlds without a value do not count.

    >>> mean(np.array([1.0, 3.0]))
    Estimate(mean=2.0, about=1.3859...)
    """
    numbers = np.asarray(values, dtype=float)
    numbers = numbers[~np.isnan(numbers)]
    if not numbers.size:
        return Estimate(float("nan"), float("nan"))
    return Estimate(float(numbers.mean()), NORMAL_95 * float(numbers.std()) / numbers.size**0.5)


def ratio(above: NDArray[np.floating] | xr.DataArray, below: NDArray[np.floating] | xr.DataArray) -> Estimate:
    """The ratio of two means over the same worlds, each with one value a world.

    References
    ----------
    Cochran, W. G. (1977). Sampling Techniques, section 2.11 (the ratio's error, linearised). Wiley.
    """
    numerator, denominator = np.asarray(above, dtype=float), np.asarray(below, dtype=float)
    size = float(denominator.mean())
    if size == 0.0:
        return Estimate(float("nan"), float("nan"))
    value = float(numerator.mean()) / size
    rest = numerator - value * denominator
    return Estimate(value, NORMAL_95 * float(rest.std()) / rest.size**0.5 / abs(size))


def of_worlds(results: xr.Dataset, what: str, label: str) -> Estimate:
    """How many of 100 worlds see something; `what` as in `sim.lessons.worlds_where`."""
    return mean(HUNDRED * seen(results.sel(doctrine=label), what))


def more_worlds(results: xr.Dataset, what: str, one: str, other: str) -> Estimate:
    """How many more of 100 worlds see something under `one` than under `other`, world by world."""
    return Estimate(*interval(results, what, one, other))


def paired(values: xr.DataArray, one: str = "turned", other: str = "base") -> Estimate:
    """The difference of one value a world between two labels, world by world."""
    return mean(values.sel(doctrine=one).to_numpy().astype(float) - values.sel(doctrine=other).to_numpy().astype(float))


Pair = tuple["xr.DataArray", "xr.DataArray"]


def difference_of_ratios(one: Pair, other: Pair) -> Estimate:
    """The difference of two ratios of means over the same worlds; the worlds' luck is in both, and mostly cancels."""
    first, second = ratio(*one), ratio(*other)
    rests = [
        (np.asarray(above, dtype=float) - value.mean * np.asarray(below, dtype=float)) / float(np.mean(below))
        for (above, below), value in ((one, first), (other, second))
    ]
    rest = rests[0] - rests[1]
    return Estimate(first.mean - second.mean, NORMAL_95 * float(rest.std()) / rest.size**0.5)
