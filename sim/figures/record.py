"""What the figures take from the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.basics.bands import trailing_mean
from sim.basics.labels import HUNDRED
from sim.basics.months import in_spans
from sim.figures.sheet import KIEL, KeyEntry
from sim.figures.style import LONE_MARKER, OBSERVED, OWN_MARKER
from sim.record import concessions, conduct
from sim.record.own.beside import LACKING, SOURCES, Observed, hers, observed

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Observed", "during", "kiel", "load", "not_drawn", "own_key", "own_sources", "surveyed", "talked"]

BEFORE = 12
"""Months of the record shown before a run that starts after its end, or nearly."""


OWN_MONTHS = "your months"
"""What is the user's own is called in figures."""
ALONE = "your month by itself, where no mean of three is known"
WHY_NOT = {
    "europe_contribution": ("Europe's aid", "one part of it is not known"),
    "europe_share": ("Europe's share", "it takes six months in a row of both sides"),
}
"""Series that a month of the user's may be too little for: what they are called, and why."""


def load(folder: Path | None = None, release: int | None = None) -> Observed:
    """Read the record, with the user's own months from a folder; see `sim.record.own.beside.observed`."""
    return observed(folder, release)


def kiel(record: Observed | None) -> str:
    """The publisher of observed aid, and which of its releases is drawn."""
    return KIEL if record is None else f"{KIEL}, Release {record.release}"


def during(record: Observed | None, name: str, months: Any, window: int = 1, lead: bool = True) -> xr.DataArray | None:
    """An observed series over the months of a run, with a `lead` of a year where the run starts at its end.

    Returns None without a record, or if it says nothing about these months. The coordinate `own` is true in months of
    the user's own, and `shipped` has what ships of the series, NaN where nothing does. A mean of several months is
    there where all of them are known, and the user's if any of them is; a month of hers where they are not stands by
    itself, and is true in the coordinate `alone`.
    """
    if record is None or name not in record.series:
        return None
    series, shipped = record.series[name].dropna("month"), record.shipped[name].dropna("month")
    raw, own = series, hers(series)
    if window > 1:
        own = np.array([own[max(0, last - window + 1) : last + 1].any() for last in range(len(own))], dtype=bool)
    series = _smooth(series.assign_coords(own=("month", own)), window)
    shipped = _smooth(shipped.drop_vars("own", errors="ignore"), window).reindex(month=series["month"])
    series = series.assign_coords(shipped=("month", shipped.to_numpy()))
    series = _with_lone(series, raw[hers(raw)])
    start, last = months[0].astype("datetime64[M]"), series["month"].to_numpy()[-1].astype("datetime64[M]")
    if lead and last - start < np.timedelta64(BEFORE, "M"):
        start = start - np.timedelta64(BEFORE, "M")
    chosen = series.sel(month=slice(start.astype("datetime64[ns]"), months[-1]))
    return chosen if chosen.sizes["month"] else None


def _with_lone(series: xr.DataArray, own: xr.DataArray) -> xr.DataArray:
    """A series of means, and between them the user's own months that no mean is of."""
    lone = own[~np.isin(own["month"].to_numpy(), series["month"].to_numpy())]
    months = np.concatenate([series["month"].to_numpy(), lone["month"].to_numpy()])
    order, alone = np.argsort(months), np.arange(len(months)) >= series.sizes["month"]
    nothing = np.full(lone.sizes["month"], np.nan)
    return (
        series.reindex(month=months[order])
        .copy(data=np.concatenate([series.to_numpy(), lone.to_numpy()])[order])
        .assign_coords(
            own=("month", np.concatenate([series["own"].to_numpy(), ~np.isnan(lone.to_numpy())])[order]),
            shipped=("month", np.concatenate([series["shipped"].to_numpy(), nothing])[order]),
            alone=("month", alone[order]),
        )
    )


def not_drawn(record: Observed | None, names: Iterable[str], months: Any) -> str:
    """Say which of the user's own months of a run are not drawn in these series, and why; nothing if there are none."""
    if record is None:
        return ""
    ends = [f"{np.datetime64(end, 'M')}" for end in (months[0], months[-1])]
    told = []
    for name in names:
        lacking = str(record.series[name].attrs.get(LACKING, "")).split() if name in record.series else []
        if there := in_spans(month for month in lacking if ends[0] <= month <= ends[1]):
            what, why = WHY_NOT[name]
            told.append(f"{what} in {there} ({why})")
    return f" Not drawn of your months: {'; '.join(told)}." if told else ""


class TalkMonths(NamedTuple):
    """Months in which there were talks, and whether they rest on events of the user's."""

    months: npt.NDArray[np.datetime64]
    own: npt.NDArray[np.bool_]
    sources: list[str]
    """Who says so of hers."""


def talked(record: Observed | None, months: Any) -> TalkMonths:
    """The months of a run in which there were talks, by the events that are formal acts."""
    nothing = TalkMonths(np.array([], "datetime64[ns]"), np.array([], bool), [])
    if record is None:
        return nothing
    coded = conduct.monthly(record.events, ("talks",)).query("formal == 1")
    at = pd.to_datetime(coded["month"], format="%Y-%m").to_numpy().astype("datetime64[ns]")
    hers = record.events[record.events["own"]].set_index("id")["source"]
    ids = [[name for name in names.split("; ") if name in hers.index] for names in coded["events"]]
    inside = (at >= months[0]) & (at <= months[-1])
    said = dict.fromkeys(str(hers[name]) for names, there in zip(ids, inside, strict=True) if there for name in names)
    return TalkMonths(at[inside], np.array([bool(names) for names in ids], bool)[inside], list(said))


def surveyed(record: Observed | None, months: Any) -> xr.DataArray | None:
    """Share of Ukrainians against any concession of land in the months of a survey, as `during` gives a series.

    Returns None without a record, or if no survey was in these months. Surveys are all of what ships.
    """
    if record is None:
        return None
    import xarray as xr

    asked = concessions.opposed()
    at = asked.index.to_numpy().astype("datetime64[ns]")
    inside = (at >= months[0]) & (at <= months[-1])
    shares = asked.to_numpy(float)[inside] / HUNDRED
    nobodys = np.zeros(len(shares), dtype=bool)
    beside = {"month": at[inside], "own": ("month", nobodys), "shipped": ("month", shares), "alone": ("month", nobodys)}
    return xr.DataArray(shares, beside, ("month",)) if len(shares) else None


def _smooth(series: xr.DataArray, window: int) -> xr.DataArray:
    """Means of so many months, this one included (fewer at the very start), where none of them is missing."""
    if window == 1:
        return series
    months = series["month"].to_numpy().astype("datetime64[M]").astype(int)
    whole = np.ones(len(months), dtype=bool)
    whole[window - 1 :] = months[window - 1 :] - months[: len(months) - window + 1] == window - 1
    return series.copy(data=trailing_mean(series.to_numpy(), window))[whole]


def own_sources(seen: Iterable[xr.DataArray | None]) -> list[str]:
    """Sources of the user's own months among what is drawn of the record, series as `during` gives them."""
    said = [series.attrs[SOURCES] for series in seen if series is not None and bool(series["own"].any())]
    return list(dict.fromkeys("\n".join(said).split("\n"))) if said else []


def own_key(sources: Sequence[str], seen: Iterable[xr.DataArray | None] = ()) -> list[KeyEntry]:
    """The entries of a key for what is the user's own, if any of it is drawn; of `seen` series also lone months."""
    found = [KeyEntry(OWN_MONTHS, OBSERVED, OBSERVED, None, OWN_MARKER, hollow=True)] if sources else []
    if any(series is not None and bool(series["alone"].any()) for series in seen):
        found.append(KeyEntry(ALONE, OBSERVED, OBSERVED, None, LONE_MARKER, hollow=True))
    return found
