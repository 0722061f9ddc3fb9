"""From when on the compared doctrines differ: read off the paths, which are equal until then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import xarray as xr

    from sim.scenario import Scenario

PATH_DIMS = frozenset({"doctrine", "world", "month"})


def paths(dataset: xr.Dataset) -> list[str]:
    """Names of the monthly variables."""
    return [str(name) for name, values in dataset.data_vars.items() if set(values.dims) == PATH_DIMS]


def first_difference(dataset: xr.Dataset) -> np.datetime64 | None:
    """First month in which any path of any world differs between doctrines.

    Luck is common to the doctrines, so that their worlds are equal to the last bit until something in them differs.

    Returns
    -------
    numpy.datetime64 or None
        None if there is one doctrine, or no difference.
    """
    if dataset.sizes["doctrine"] == 1:
        return None
    differs = np.zeros(dataset.sizes["month"], dtype=bool)
    for name in paths(dataset):
        values = dataset[name].transpose("doctrine", "month", "world").to_numpy()
        equal = (values[1:] == values[:1]) | (np.isnan(values[1:]) & np.isnan(values[:1]))
        differs |= ~equal.all(axis=(0, 2))
    return dataset["month"].to_numpy()[np.argmax(differs)] if differs.any() else None


def month_of_change(dataset: xr.Dataset, scenarios: Mapping[str, Scenario]) -> Any:
    """The month of the change that a run is about: the first difference; of one doctrine, Washington's last change.

    Returns
    -------
    datetime64, str or None
        What figures and questions take as `since`; None if nothing changes.
    """
    if dataset.sizes["doctrine"] > 1:
        return first_difference(dataset)
    changes = next(iter(scenarios.values())).us[1:]
    return changes[-1].since if changes else None


def start_of_effect(dataset: xr.Dataset, since: Any = None) -> np.datetime64:
    """The month from which outcomes count: `since` if given, else the first difference, else the first month.

    Raises
    ------
    ValueError
        If no month of the Dataset is left.
    """
    if since is None:
        since = first_difference(dataset)
    first, last = dataset["month"].to_numpy()[[0, -1]]
    start = first if since is None else max(first, np.datetime64(since).astype("datetime64[ns]"))
    if start > last:
        raise ValueError(f"since must not be after the last month, {np.datetime64(last, 'M')}; got {since}")
    return np.datetime64(start)


def after(dataset: xr.Dataset, since: Any = None) -> xr.Dataset:
    """The months from the start of the effect on."""
    return dataset.sel(month=slice(start_of_effect(dataset, since), None))
