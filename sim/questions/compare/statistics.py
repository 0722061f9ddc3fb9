"""Statistics over worlds: bands by doctrine and month; and digests of blocks of worlds, which are put together.

Of digests counts and means are exact, and so are variances (Chan, Golub and LeVeque 1983), up to rounding. A quantile
is the average of the blocks' quantiles, weighted by their counts. Its bias is that of a quantile of one block, of the
order of 1 / block size, and its standard error that of a quantile of all worlds: with blocks of 8,192 worlds it differs
from the quantile of all worlds by a small part of its sampling error.

References
----------
Chan, T. F., Golub, G. H. and LeVeque, R. J. (1983). Algorithms for computing the sample variance. The American
Statistician 37, 242-247.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.basics.bands import QUANTILES, trailing_mean
from sim.questions.compare.doctrines import of_doctrines, paths

if TYPE_CHECKING:
    import xarray as xr

STATISTICS = ("mean", "sd", *QUANTILES)
COLUMNS = ("doctrine", "month", "variable", "unit", *STATISTICS)
COUNT, MEAN, SQUARES, *_ = range(3)
FIRST_QUANTILE = 3
PARTS = FIRST_QUANTILE + len(QUANTILES)
"""Numbers kept of each series: count, mean, sum of squared deviations, quantiles."""
ROWS = 16
"""Series worked on at a time."""


@of_doctrines
def bands(dataset: xr.Dataset, variable: str | Sequence[str] | None = None, window: int = 1) -> pd.DataFrame:
    """Mean, standard deviation and quantiles over worlds, one row a doctrine, variable and month.

    Worlds without a value (no vote held) are left out; a month in which no world has a value keeps its row, all NaN.
    The standard deviation is that of a sample: NaN where fewer than two worlds have a value.

    Parameters
    ----------
    dataset : xarray.Dataset
        Dims (doctrine, world, month).
    variable : str or sequence of str, optional
        Which monthly variables; all of them if None.
    window : int
        Months of a trailing mean taken in every world first; fewer at the start. 1 takes the months as they are.

    Returns
    -------
    pandas.DataFrame
        Columns `doctrine, month, variable, unit, mean, sd, p05, p25, p50, p75, p95`, in the Dataset's order.
    """
    names = paths(dataset) if variable is None else [variable] if isinstance(variable, str) else list(variable)
    if not names:
        return pd.DataFrame(columns=COLUMNS)
    return band_rows(dataset, names, [digest_statistics(digest(_months(dataset, name, window))) for name in names])


def _months(dataset: xr.Dataset, name: str, window: int) -> NDArray[Any]:
    """What worlds have, dims (doctrine, month, world), or its trailing mean."""
    values = dataset[name].transpose("doctrine", "month", "world").to_numpy()
    return values if window == 1 else trailing_mean(values.swapaxes(0, 1), window).swapaxes(0, 1)


def band_rows(dataset: xr.Dataset, names: Sequence[str], numbers: Sequence[NDArray[np.float64]]) -> pd.DataFrame:
    """The table of `bands`, from the statistics of each variable, dims (doctrine, month, statistic)."""
    labels, months = list(map(str, dataset["doctrine"].to_numpy())), dataset["month"].to_numpy()
    rows, units = len(labels) * len(months), [dataset[name].attrs.get("units", "") for name in names]
    columns = {
        "doctrine": [label for label in labels for _ in months] * len(names),
        "month": np.tile(months, len(names) * len(labels)),
        "variable": [name for name in names for _ in range(rows)],
        "unit": [unit for unit in units for _ in range(rows)],
    }
    every = np.stack(numbers).reshape(-1, len(STATISTICS))
    return pd.DataFrame(columns | dict(zip(STATISTICS, every.T, strict=True)))


def summary(values: Any) -> NDArray[np.float64]:
    """Statistics of the values that are there, in the order of `STATISTICS`; NaN where there are too few."""
    return digest_statistics(digest(np.asarray(values, dtype=float)))


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


def pool_digests(digests: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
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


def digest_statistics(digests: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean, standard deviation of a sample, and quantiles, in the order of `STATISTICS`."""
    count = digests[..., COUNT]
    spread = np.where(count > 1.0, np.sqrt(digests[..., SQUARES] / np.maximum(count - 1.0, 1.0)), np.nan)
    return np.concatenate([digests[..., [MEAN]], spread[..., np.newaxis], digests[..., FIRST_QUANTILE:]], axis=-1)


def _complete(values: NDArray[Any]) -> NDArray[np.float64]:
    """The digest of series without gaps, few at a time: what is in the processor's cache need not be fetched again."""
    rows = values.reshape(-1, values.shape[-1])
    found = np.empty((len(rows), PARTS))
    for start in range(0, len(rows), ROWS):
        found[start : start + ROWS] = _rows(np.ascontiguousarray(rows[start : start + ROWS]))
    return found.reshape(*values.shape[:-1], PARTS)


def _rows(rows: NDArray[Any]) -> NDArray[np.float64]:
    mean = rows.mean(axis=1, dtype=float)
    squares = np.square(rows - mean[:, np.newaxis]).sum(axis=1, dtype=float)
    count = np.full(mean.shape, float(rows.shape[1]))
    return np.stack([count, mean, squares, *_quantiles(rows)], axis=1)


def _quantiles(rows: NDArray[Any]) -> list[NDArray[np.float64]]:
    """The quantiles of each row, linear between neighbours."""
    last = rows.shape[1] - 1
    places = [share * last for share in QUANTILES.values()]
    below = np.array([int(place) for place in places])
    ranked = np.sort(rows, axis=1)
    low, high = (ranked[:, at].astype(float) for at in (below, np.minimum(below + 1, last)))
    return [low[:, i] + (place - below[i]) * (high[:, i] - low[:, i]) for i, place in enumerate(places)]
