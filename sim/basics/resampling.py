"""Intervals by drawing worlds anew, of what is no mean over worlds itself: ratios, ranges and ranks of such means.

A mean, and a difference of means, has Student's t (`sim.basics.intervals`), which knows how few worlds there are.
Worlds drawn anew do not: of two worlds every other draw is one world twice.

References
----------
Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap, chapter 13 (the percentile interval).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.basics.arrays import Doubles
from sim.basics.intervals import LEVEL

FEWEST_WORLDS = 20
"""Worlds under which drawing them anew means nothing."""
RESAMPLES = 2000
"""Draws of worlds: the ends of a 95 % interval then rest on 50 draws each."""
FEWER = 999
"""Draws where each is a statistic that costs more than a mean."""
DRAWN_AT_ONCE = 100
"""Draws that are in memory together."""


def resampled_means(values: Doubles, seed: int, resamples: int = RESAMPLES) -> Doubles:
    """Means over worlds drawn with replacement; a draw takes the same worlds for every row.

    Parameters
    ----------
    values : array, shape (..., W)
        One number a world, last axis the worlds.
    seed : int
        Seed of the draws: the same seed and worlds give the same draws.
    resamples : int
        Draws.

    Returns
    -------
    array, shape (resamples, ...)
    """
    values = np.asarray(values, dtype=float)
    worlds = values.shape[-1]
    rng = np.random.Generator(np.random.PCG64(seed))
    drawn = [
        np.einsum("rw,...w->r...", rng.multinomial(worlds, np.full(worlds, 1.0 / worlds), size=size) / worlds, values)
        for size in _sizes(resamples)
    ]
    return np.concatenate(drawn)


def percentile_interval(draws: Doubles) -> tuple[Doubles, Doubles]:
    """Ends of the central 95 % of the draws, along their first axis."""
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(draws, [tail, 1.0 - tail], axis=0)
    return low, high


def bootstrap(values: Doubles, seed: int, of_means: Callable[[Doubles], Doubles]) -> tuple[Doubles, Doubles]:
    """Lower and upper end of the 95 % interval of what is made of means; NaN under `FEWEST_WORLDS`.

    Parameters
    ----------
    values : array, shape (..., W)
        As in `resampled_means`.
    seed : int
        Seed of the draws.
    of_means : callable
        What is made of the means of every draw, first axis the draws: the interval is that of it.

    Returns
    -------
    tuple of arrays, shape (...)
    """
    few = np.shape(values)[-1] < FEWEST_WORLDS
    low, high = percentile_interval(of_means(resampled_means(values, seed, 1 if few else RESAMPLES)))
    return (np.full_like(low, np.nan), np.full_like(high, np.nan)) if few else (low, high)


def of_statistic(
    statistic: Callable[..., Any], points: int, seed: int, batch: int, resamples: int = FEWER
) -> tuple[Doubles, Doubles]:
    """Interval of any statistic under resampling of points: `scipy.stats.bootstrap` with a seed and percentiles.

    Parameters
    ----------
    statistic : callable
        Takes places of points, shape (..., points), and `axis`, and returns the statistic of each row of them.
    points : int
        How many points there are to draw from.
    seed : int
        Seed of the draws.
    batch : int
        Draws that are in memory together.
    resamples : int
        Draws.

    Returns
    -------
    tuple of arrays
        The interval's ends, shape (2, ...), and the draws, shape (..., resamples).
    """
    from scipy.stats import bootstrap as resample

    found = resample(
        (np.arange(points),),
        statistic,
        n_resamples=resamples,
        batch=batch,
        vectorized=True,
        axis=-1,
        confidence_level=LEVEL,
        method="percentile",
        rng=np.random.Generator(np.random.PCG64(seed)),
    )
    ends = np.stack([found.confidence_interval.low, found.confidence_interval.high])
    return ends, found.bootstrap_distribution


def _sizes(resamples: int) -> list[int]:
    whole, rest = divmod(resamples, DRAWN_AT_ONCE)
    return [DRAWN_AT_ONCE] * whole + [rest] * (rest > 0)
