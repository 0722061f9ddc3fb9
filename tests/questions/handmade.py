"""Small ensembles made by hand, whose answers are known."""

from itertools import pairwise
from typing import Any

import numpy as np
import xarray as xr

from sim.questions.compare.measures import SIGNED
from sim.world.settlement import Outcome, classify

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


def with_peace(dataset: xr.Dataset, stood: Any) -> xr.Dataset:
    """The ensemble whose worlds stand so, shape (doctrine, world, 1 + months): before the first month, and after each.

    The months of signing and breaking are what the recorder would make of it.
    """
    rows = np.array(stood, dtype=int)
    dates = np.concatenate([[BEFORE], MONTHS, [NAT]])
    events = np.full((3, *rows.shape[:2]), -1)
    for where in np.ndindex(rows.shape[:2]):
        path = [Outcome.WAR, *rows[where]]
        for step, (earlier, now) in enumerate(pairwise(path)):
            if now in SIGNED and earlier not in SIGNED:
                events[(slice(2), *where)] = step, -1
            elif earlier in SIGNED and now not in SIGNED:
                events[(1, *where)] = step
            if now == Outcome.TRUCE and earlier != now:
                events[(2, *where)] = step
    for name, steps in zip(("settlement_month", "relapse_month", "truce_month"), events, strict=True):
        dataset[name] = (DIMS[:2], dates[steps])
    dataset["peace"] = (DIMS, rows[..., 1:].astype(np.float32), {"units": "class", "long_name": "How the world stands"})
    return dataset


def with_events(dataset: xr.Dataset, month: Any, broke: Any, kind: Any = Outcome.FRAGILE) -> xr.Dataset:
    """The ensemble with these months of signing and breaking, shape (doctrine, world): indices of `MONTHS`.

    None is never, and -1 the month before the first: what the scenario opens with.
    """
    kinds = np.broadcast_to(np.asarray(kind, dtype=int), np.shape(month))
    stood = np.full((*np.shape(month), 1 + len(MONTHS)), int(Outcome.WAR))
    for where in np.ndindex(np.shape(month)):
        start, end = (rows[where[0]][where[1]] for rows in (month, broke))
        if start is not None:
            stood[where][start + 1 :] = kinds[where]
        if end is not None:
            stood[where][end + 1 :] = Outcome.RELAPSED
    if "settlement_guarantee" not in dataset:
        level = np.where(stood.max(axis=-1) > Outcome.WAR, np.where(kinds == Outcome.GUARANTEED, 2.0, 1.0), np.nan)
        dataset["settlement_guarantee"] = (DIMS[:2], level)
    return with_peace(dataset, stood)


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
    dataset = ensemble(worlds=len(month[0]), **options)
    for name, values in (("offset", offset), ("guarantee", guarantee), ("relief", relief)):
        dataset[f"settlement_{name}"] = (DIMS[:2], np.array(values, dtype=float))
    dataset["outcome"] = (DIMS[:2], np.array(outcome, dtype=np.int8))
    offsets, levels = (dataset[f"settlement_{name}"].to_numpy() for name in ("offset", "guarantee"))
    signed = np.isfinite(levels)
    kinds = classify(signed, ~signed, offsets, levels, dataset["outcome"].to_numpy() == Outcome.IMPOSED)
    return with_events(dataset, month, broke, kinds)
