"""How fast do Europe's members adjust? What their monthly allocations say: `python -m sim.estimation.europe_memory`.

If members moved part of the way to a target each month, their allocations would remember: the autocorrelation would
fall off geometrically with the lag, at the speed of adjustment, however lumpy the months are. The table has the
autocorrelation at each lag, pooled over members (each scaled by its own mean), with an interval over resampled members.

The answer is that the months remember nothing: the speed is not identified at the level of donors. What the record says
of it is in the rise of 2025, and so in the posterior of `europe.adjustment` (`doctrine calibrate`).
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

from sim.basics.arrays import Doubles
from sim.record import europe, tables

TABLE = "europe_memory"
LAGS = range(1, 7)
RESAMPLES = 2000
LEVELS = (0.05, 0.95)
DECIMALS = 3


def autocovariance(series: Doubles, lag: int) -> Doubles:
    """Autocovariance of each column (months, members) at a lag."""
    centred = series - series.mean(axis=0)
    return np.asarray((centred[lag:] * centred[: len(centred) - lag]).mean(axis=0))


def memory(series: Doubles, seed: int = 1) -> pd.DataFrame:
    """Pooled autocorrelation at each lag and its 90 % interval over resampled members."""
    scaled = series / series.mean(axis=0)
    members = scaled.shape[1]
    drawn = np.random.default_rng(seed).integers(members, size=(RESAMPLES, members))
    variance = autocovariance(scaled, 0)
    rows = []
    for lag in LAGS:
        covariance = autocovariance(scaled, lag)
        pooled = covariance.sum() / variance.sum()
        low, high = np.quantile(covariance[drawn].sum(axis=1) / variance[drawn].sum(axis=1), LEVELS)
        rows.append((lag, pooled, low, high))
    return pd.DataFrame(rows, columns=["lag_months", "autocorrelation", "low", "high"]).round(DECIMALS)


def estimated() -> pd.DataFrame:
    """The table, from the allocations that ship."""
    total, _ = europe.allocations()
    return memory(total.to_numpy(dtype=float))


if __name__ == "__main__":
    sys.stdout.write(f"{tables.write(TABLE, estimated())}\n")
