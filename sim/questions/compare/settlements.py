"""Settlements: when they come and of what kind, on what terms, and which of them break."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.questions.compare.doctrines import of_doctrines, start_of_effect
from sim.world.packages import GUARANTEE_NAMES, OFFSETS
from sim.world.settlement import OUTCOME_NAMES, Outcome, classify

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

SIGNED = (Outcome.GUARANTEED, Outcome.FRAGILE, Outcome.IMPOSED)
"""Classes of a settlement when it is signed."""
ANY, BROKEN = "any settlement", "broken again"
"""The two rows of `incidence` that are not classes."""
TERMS = ("settlement_offset", "settlement_guarantee", "settlement_relief")


def standing(dataset: xr.Dataset, month: Any) -> xr.DataArray:
    """Worlds with a settlement in force when a month begins: signed before it, or what the scenario opens with."""
    held = ~(dataset["relapse_month"] < month)
    found: xr.DataArray = (dataset["settlement_month"] < month) & held
    return found


def signed(dataset: xr.Dataset, month: Any) -> xr.DataArray:
    """Worlds in which a settlement is signed in a month or after it; none is where the scenario opens with one."""
    found: xr.DataArray = dataset["settlement_month"] >= month
    return found


def broken(dataset: xr.Dataset, month: Any) -> xr.DataArray:
    """Worlds in which a settlement breaks in a month or after it, whenever it was signed."""
    found: xr.DataArray = dataset["relapse_month"] >= month
    return found


def paused(dataset: xr.Dataset, month: Any) -> xr.DataArray:
    """Worlds whose last truce began in a month or after it."""
    found: xr.DataArray = dataset["truce_month"] >= month
    return found


@of_doctrines
def incidence(dataset: xr.Dataset) -> pd.DataFrame:
    """Cumulative incidence of settlement by class, and of relapse, by doctrine and month.

    The classes are competing risks: a world that signs one kind cannot sign another. No world is censored before the
    last month, so the incidence is the plain share of worlds (the estimate of Aalen and Johansen without
    censoring). The class is that of the terms when signed; a settlement that broke counts where it belonged.

    Returns
    -------
    pandas.DataFrame
        Columns `doctrine, month, event, count, share`; events are the classes of `SIGNED`, `ANY` of them, and
        `BROKEN`, a settlement that broke. A settlement in force from the start counts from the first month.
    """
    months = dataset["month"].to_numpy()
    kinds, signed, broken = _kinds(dataset), dataset["settlement_month"], dataset["relapse_month"]
    pieces = []
    for row, label in enumerate(map(str, dataset["doctrine"].to_numpy())):
        when = signed.sel(doctrine=label).to_numpy()
        dates = {OUTCOME_NAMES[kind]: when[kinds[row] == kind] for kind in SIGNED}
        dates |= {ANY: when, BROKEN: broken.sel(doctrine=label).to_numpy()}
        pieces += [_cumulative(label, event, found, months, len(when)) for event, found in dates.items()]
    return pd.concat(pieces, ignore_index=True)


def broken_by_class(dataset: xr.Dataset) -> pd.DataFrame:
    """Cumulative incidence of relapse by the class of what broke: columns as in `incidence`, without totals."""
    months, kinds = dataset["month"].to_numpy(), _kinds(dataset)
    broke = dataset["relapse_month"].transpose("doctrine", "world").to_numpy()
    pieces = [
        _cumulative(label, OUTCOME_NAMES[kind], broke[row][kinds[row] == kind], months, broke.shape[1])
        for row, label in enumerate(map(str, dataset["doctrine"].to_numpy()))
        for kind in SIGNED
    ]
    return pd.concat(pieces, ignore_index=True)


def _cumulative(label: str, event: str, dates: Any, months: Any, worlds: int) -> pd.DataFrame:
    dates = np.sort(dates[~np.isnat(dates)])
    count = np.searchsorted(dates, months, side="right")
    return pd.DataFrame({"doctrine": label, "month": months, "event": event, "count": count, "share": count / worlds})


def _kinds(dataset: xr.Dataset) -> NDArray[np.int64]:
    """Class of each world's settlement when signed, -1 without one, shape (doctrine, world).

    That Ukraine's force had collapsed is known only of settlements that held: the outcome says so.
    """
    values = {name: dataset[name].transpose("doctrine", "world").to_numpy() for name in ("outcome", *TERMS)}
    signed = ~np.isnan(values["settlement_guarantee"])
    imposed = values["outcome"] == Outcome.IMPOSED
    kinds = classify(signed, ~signed, values["settlement_offset"], values["settlement_guarantee"], imposed)
    return np.where(signed, kinds, -1)


@of_doctrines
def terms(dataset: xr.Dataset, since: Any = None) -> pd.DataFrame:
    """How often each package was signed: line x guarantee x relief, by doctrine, only those that occur.

    Parameters
    ----------
    dataset : xarray.Dataset
        An ensemble.
    since : str or datetime64, optional
        First month of those that count; every settlement counts if None, also one that the scenario opens with.

    Returns
    -------
    pandas.DataFrame
        Columns `doctrine, offset` (share of Ukraine, + to Russia), `guarantee` (level), `guarantee_name`, `relief`
        (share of sanctions lifted), `count, share` (of the doctrine's settlements), `share_of_worlds, broken` (the
        share of these settlements that broke).
    """
    frames = []
    for label in map(str, dataset["doctrine"].to_numpy()):
        one = dataset.sel(doctrine=label)
        frame = pd.DataFrame({name: one[f"settlement_{name}"].to_numpy() for name in ("offset", "guarantee", "relief")})
        if since is not None:
            frame[~signed(one, np.datetime64(since, "ns")).to_numpy()] = np.nan
        frame["broken"] = ~np.isnat(one["relapse_month"].to_numpy())
        frames.append(_packages(frame, label))
    return pd.concat(frames, ignore_index=True)


def _packages(worlds: pd.DataFrame, label: str) -> pd.DataFrame:
    """Count the packages of one doctrine."""
    signed = worlds.dropna()
    keys = ["offset", "guarantee", "relief"]
    found = signed.groupby(keys, as_index=False).agg(count=("broken", "size"), broken=("broken", "mean"))
    found["guarantee"] = found["guarantee"].astype(int)
    found.insert(0, "doctrine", label)
    found.insert(3, "guarantee_name", [GUARANTEE_NAMES[level] for level in found["guarantee"]])
    found["share"] = found["count"] / max(len(signed), 1)
    found["share_of_worlds"] = found["count"] / len(worlds)
    return found[
        ["doctrine", "offset", "guarantee", "guarantee_name", "relief", "count", "share", "share_of_worlds", "broken"]
    ]


def opens_with_one(dataset: xr.Dataset) -> bool:
    """Whether a settlement stands in every world from the start, so that none is signed."""
    return bool(standing(dataset, dataset["month"].to_numpy()[0]).all())


def counted_terms(dataset: xr.Dataset, since: Any = None) -> pd.DataFrame:
    """The lines and guarantees that the figures count: signed from the change on, or what all open with."""
    counted = None if opens_with_one(dataset) else start_of_effect(dataset, since)
    return by_line_and_guarantee(terms(dataset, counted))


def by_line_and_guarantee(table: pd.DataFrame) -> pd.DataFrame:
    """The table of `terms` without its reliefs, each line counted as the nearest of `OFFSETS`.

    Counts are added up; the relief is the mean of each line and guarantee.
    """
    nearest = np.abs(OFFSETS[:, None] - table["offset"].to_numpy(dtype=float)).argmin(axis=0)
    weighed = table.assign(offset=OFFSETS[nearest])
    weighed = weighed.assign(relief=table["relief"] * table["count"])
    keys = ["doctrine", "offset", "guarantee", "guarantee_name"]
    added = weighed.groupby(keys, as_index=False, sort=False)[["count", "share", "share_of_worlds", "relief"]].sum()
    return added.assign(relief=added["relief"] / added["count"])
