"""What the figures take from the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.questions.bands import trailing_mean

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

BEFORE = 12
"""Months of the record shown before a run that starts after its end, or nearly."""


class Observed(NamedTuple):
    """The record: monthly series and votes, as `sim.record` gives them."""

    series: xr.Dataset
    votes: pd.DataFrame


def load() -> Observed:
    """Read the record that ships with the package."""
    from sim import record

    return Observed(record.series(), record.votes())


def during(record: Observed | None, name: str, months: Any, window: int = 1, lead: bool = True) -> xr.DataArray | None:
    """An observed series over the months of a run, with a `lead` of a year where the run starts at its end.

    Returns None without a record, or if it says nothing about these months.
    """
    if record is None or name not in record.series:
        return None
    series = record.series[name].dropna("month")
    if window > 1:
        series = series.copy(data=trailing_mean(series.to_numpy(), window))
    start, last = months[0].astype("datetime64[M]"), series["month"].to_numpy()[-1].astype("datetime64[M]")
    if lead and last - start < np.timedelta64(BEFORE, "M"):
        start = start - np.timedelta64(BEFORE, "M")
    chosen = series.sel(month=slice(start.astype("datetime64[ns]"), months[-1]))
    return chosen if chosen.sizes["month"] else None
