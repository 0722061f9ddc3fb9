"""Small ensembles made by hand, whose answers are known."""

from typing import Any

import numpy as np
import xarray as xr

MONTHS = np.array(["2025-01", "2025-02", "2025-03"], dtype="datetime64[M]").astype("datetime64[ns]")
NAT, BEFORE = np.datetime64("NaT", "ns"), np.datetime64("2024-12-01", "ns")
DIMS = ("doctrine", "world", "month")


def ensemble(worlds: int = 4, doctrines: tuple[str, ...] = ("calm", "bold"), **paths: Any) -> xr.Dataset:
    """Dataset of three months with the paths given, each broadcast to (doctrine, world, month)."""
    shape = (len(doctrines), worlds, len(MONTHS))
    dataset = xr.Dataset(coords={"doctrine": list(doctrines), "world": np.arange(worlds), "month": MONTHS})
    for name, values in paths.items():
        filled = np.broadcast_to(np.asarray(values, dtype=np.float32), shape).copy()
        dataset[name] = (DIMS, filled, {"units": f"unit of {name}", "long_name": name})
    return dataset


def with_events(dataset: xr.Dataset, month: Any, broke: Any) -> xr.Dataset:
    """The ensemble with these months of signing and breaking, shape (doctrine, world): indices of `MONTHS`.

    None is never, and -1 the month before the first: what the scenario opens with.
    """
    dates = np.concatenate([MONTHS, [NAT, BEFORE]])
    for name, values in (("settlement_month", month), ("relapse_month", broke)):
        rows = [[len(MONTHS) if index is None else index for index in row] for row in values]
        dataset[name] = (DIMS[:2], dates[np.array(rows)])
    return dataset


def outcomes(**values: Any) -> xr.Dataset:
    """Outcomes by doctrine and world, as `headline` gives them; each value has shape (2, worlds)."""
    data = {name: (("doctrine", "world"), np.asarray(array, dtype=float)) for name, array in values.items()}
    found = xr.Dataset(data, coords={"doctrine": ["calm", "bold"]})
    for name in values:
        found[name].attrs = {"units": "0 or 1", "long_name": f"A thing called {name}", "phrase": f"does {name}"}
    return found


def with_settlements(
    month: Any, offset: Any, guarantee: Any, relief: Any, broke: Any, outcome: Any, **options: Any
) -> xr.Dataset:
    """An ensemble with these settlements; a month is an index of `MONTHS`, None where nothing is signed."""
    dataset = with_events(ensemble(worlds=len(month[0]), **options), month, broke)
    for name, values in (("offset", offset), ("guarantee", guarantee), ("relief", relief)):
        dataset[f"settlement_{name}"] = (DIMS[:2], np.array(values, dtype=float))
    dataset["outcome"] = (DIMS[:2], np.array(outcome, dtype=np.int8))
    return dataset
