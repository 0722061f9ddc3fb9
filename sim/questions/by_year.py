"""The simulation against the record, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import xarray as xr


class Target(NamedTuple):
    """A series to hold against the record: what it is called, how a year is summed up, unit and scale."""

    label: str
    how: str
    unit: str
    scale: float = 1.0


TARGETS = {
    "us_allocation": Target("American allocations", "mean", "EUR bn a month"),
    "europe_contribution": Target("European contributions", "mean", "EUR bn a month"),
    "europe_share": Target("Europe's share of aid", "mean", "percent", 100.0),
    "russian_held_share": Target("Land held by Russia, last month", "last", "percent of Ukraine", 100.0),
}
COLUMNS = ("doctrine", "variable", "label", "unit", "year", "months", "observed", "mean", "p05", "p95", "inside")


def by_year(dataset: xr.Dataset, record: xr.Dataset) -> pd.DataFrame:
    """Yearly values, simulated and observed, over the months that both have.

    Parameters
    ----------
    dataset : xarray.Dataset
        An ensemble.
    record : xarray.Dataset
        The observed series, as `sim.record.series` gives them.

    Returns
    -------
    pandas.DataFrame
        One row a doctrine, variable and year: `observed`, the mean over worlds and the 5th and 95th of 100 worlds,
        and whether the observed value lies between these two (`inside`). Empty without common months.
    """
    rows: list[dict[str, Any]] = []
    for name, target in TARGETS.items():
        if name in record and name in dataset:
            rows += _rows(dataset[name], record[name], target)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(simulated: xr.DataArray, observed: xr.DataArray, target: Target) -> list[dict[str, Any]]:
    observed = observed.dropna("month")
    common = np.intersect1d(simulated["month"].to_numpy(), observed["month"].to_numpy())
    years = common.astype("datetime64[Y]").astype(int) + 1970
    rows = []
    for year in np.unique(years):
        months = common[years == year]
        seen = float(_summed_up(observed.sel(month=months), target))
        worlds = _summed_up(simulated.sel(month=months), target)
        for label in map(str, simulated["doctrine"].to_numpy()):
            values = worlds.sel(doctrine=label).to_numpy()
            low, high = np.quantile(values, [0.05, 0.95])
            head = {"doctrine": label, "variable": str(simulated.name), "label": target.label}
            span = {"unit": target.unit, "year": int(year), "months": len(months), "observed": seen}
            found = {"mean": values.mean(), "p05": low, "p95": high, "inside": bool(low <= seen <= high)}
            rows.append({**head, **span, **found})
    return rows


def _summed_up(values: xr.DataArray, target: Target) -> xr.DataArray:
    values = values.astype(float)
    year = values.isel(month=-1) if target.how == "last" else values.mean("month")
    return target.scale * year
