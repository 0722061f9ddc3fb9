"""Bands of an ensemble: mean, spread and quantiles over worlds, by doctrine and month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.questions.since import paths

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

QUANTILES = {"p05": 0.05, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p95": 0.95}
STATISTICS = ("mean", "sd", *QUANTILES)
COLUMNS = ("doctrine", "month", "variable", "unit", *STATISTICS)


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
    names = paths(dataset) if variable is None else [variable] if isinstance(variable, str) else variable
    pieces = [_variable(dataset, name, window) for name in names]
    return pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame(columns=COLUMNS)


def trailing_mean(values: Any, window: int) -> NDArray[np.float64]:
    """Mean of each value and the `window` - 1 before it along the first axis; of fewer at the start."""
    values = np.asarray(values, dtype=float)
    total = np.cumsum(values, axis=0)
    total[window:] -= total[:-window].copy()
    count = np.minimum(np.arange(1, len(values) + 1), window)
    return np.asarray(total / count.reshape(-1, *[1] * (values.ndim - 1)))


def _variable(dataset: xr.Dataset, name: str, window: int) -> pd.DataFrame:
    values = dataset[name].transpose("doctrine", "month", "world")
    frames = []
    for label in values["doctrine"].to_numpy():
        rows = values.sel(doctrine=label).to_numpy().astype(float)
        rows = trailing_mean(rows, window) if window > 1 else rows
        frames.append(band(_summary(rows), str(label), dataset[name]))
    return pd.concat(frames, ignore_index=True)


def band(numbers: NDArray[np.float64], label: str, values: xr.DataArray) -> pd.DataFrame:
    """The rows of `bands` of one doctrine and variable, from its statistics, shape (months, statistics)."""
    frame = pd.DataFrame(numbers, columns=list(STATISTICS))
    frame.insert(0, "doctrine", label)
    frame.insert(1, "month", values["month"].to_numpy())
    frame.insert(2, "variable", str(values.name))
    frame.insert(3, "unit", values.attrs.get("units", ""))
    return frame


def _summary(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Statistics of each row, shape (rows, statistics)."""
    if np.isnan(rows).any():
        return np.array([summary(row) for row in rows])
    spread = rows.std(axis=1, ddof=1) if rows.shape[1] > 1 else np.full(len(rows), np.nan)
    quantiles = np.quantile(rows, list(QUANTILES.values()), axis=1)
    return np.column_stack([rows.mean(axis=1), spread, *quantiles])


def summary(values: Any) -> NDArray[np.float64]:
    """Statistics of the values that are there, in the order of `STATISTICS`; NaN where there are too few."""
    values = np.asarray(values, dtype=float)
    values = values[~np.isnan(values)]
    if values.size == 0:
        return np.full(len(STATISTICS), np.nan)
    found: NDArray[np.float64] = _summary(values[np.newaxis])[0]
    return found
