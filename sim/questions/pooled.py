"""Statistics over worlds of which only a block at a time is in memory: of each block, and put together.

Counts and means are exact, and so are variances (Chan, Golub and LeVeque 1983), up to rounding. A quantile is the
average of the blocks' quantiles, weighted by their counts. Its bias is that of a quantile of one block, of the order of
1 / block size, and its standard error that of a quantile of all worlds: with blocks of 8,192 worlds it differs from
the quantile of all worlds by a small part of its sampling error.

References
----------
Chan, T. F., Golub, G. H. and LeVeque, R. J. (1983). Algorithms for computing the sample variance. The American
Statistician 37, 242-247.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.questions.bands import QUANTILES

COUNT, MEAN, SQUARES, *_ = range(3)
FIRST_QUANTILE = 3
PARTS = FIRST_QUANTILE + len(QUANTILES)
"""Numbers kept of each series: count, mean, sum of squared deviations, quantiles."""


def digest(values: Any) -> NDArray[np.float64]:
    """Count, mean, sum of squared deviations and quantiles of the last axis, NaN left out.

    Parameters
    ----------
    values : array (..., W)
        What worlds have; NaN where one has nothing.

    Returns
    -------
    array (..., PARTS)
        NaN where nothing was counted, but for the count itself.
    """
    values = np.asarray(values)
    missing = np.isnan(values)
    if not missing.any():
        return _complete(values)
    found = np.full((*values.shape[:-1], PARTS), np.nan)
    for place in np.ndindex(values.shape[:-1]):
        there = values[place][~missing[place]]
        found[place] = _complete(there) if there.size else np.nan
        found[place][COUNT] = there.size
    return found


def pooled(digests: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """The digest of all worlds, from those of blocks in their order; same shape as one of them."""
    blocks = np.stack(digests)
    count = blocks[..., COUNT]
    whole = np.full(blocks.shape[1:], np.nan)
    whole[..., COUNT] = count.sum(axis=0)
    some = np.maximum(whole[..., COUNT], 1.0)
    weighted = np.where(count[..., np.newaxis] > 0.0, blocks, 0.0)
    means = weighted[..., MEAN]
    whole[..., MEAN] = (count * means).sum(axis=0) / some
    between = count * (means - whole[..., MEAN]) ** 2
    whole[..., SQUARES] = (weighted[..., SQUARES] + between).sum(axis=0)
    quantiles = (count[..., np.newaxis] * weighted[..., FIRST_QUANTILE:]).sum(axis=0)
    whole[..., FIRST_QUANTILE:] = quantiles / some[..., np.newaxis]
    whole[whole[..., COUNT] == 0.0, MEAN:] = np.nan
    return whole


def statistics(digests: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean, standard deviation of a sample, and quantiles, in the order of `sim.questions.bands.STATISTICS`."""
    count = digests[..., COUNT]
    spread = np.where(count > 1.0, np.sqrt(digests[..., SQUARES] / np.maximum(count - 1.0, 1.0)), np.nan)
    return np.concatenate([digests[..., [MEAN]], spread[..., np.newaxis], digests[..., FIRST_QUANTILE:]], axis=-1)


def _complete(values: NDArray[Any]) -> NDArray[np.float64]:
    """The digest of series without gaps."""
    ranked = np.sort(values, axis=-1)
    mean = values.mean(axis=-1, dtype=float)
    squares = np.square(values - mean[..., np.newaxis]).sum(axis=-1, dtype=float)
    count = np.full(mean.shape, float(values.shape[-1]))
    return np.stack([count, mean, squares, *(_quantile(ranked, q) for q in QUANTILES.values())], axis=-1)


def _quantile(ranked: NDArray[Any], share: float) -> NDArray[np.float64]:
    """The quantile of sorted values, as `numpy.quantile` has it: linear between neighbours."""
    place = share * (ranked.shape[-1] - 1)
    below = int(place)
    low = ranked[..., below].astype(float)
    high = ranked[..., min(below + 1, ranked.shape[-1] - 1)].astype(float)
    return np.asarray(low + (place - below) * (high - low))
