"""The record with the user's own months beside it: the one place where hers are laid over what ships.

What is held against the record today, figures and facts, takes `observed()`. What is estimated, and where a scenario
starts, takes the shipped record alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, TypedDict

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from sim import record
from sim.basics.months import month_after
from sim.record import monthly, tables
from sim.record.own import layout
from sim.record.own.additions import Known, additions, known, own_folder, there
from sim.record.own.rows_in_words import month_of

OWN = "own_months"
"""Attribute of a series: the months that are the user's, set apart by blanks; a series without any has none."""
SOURCES = "own_sources"
"""Attribute of a series: who says so of these months, as the user gave them, a line each."""
LACKING = "own_lacking"
"""Attribute of a series: the user's months that it has no value in, though she gave some of what it is made of."""
OF_BLOC = {"us": "us_", "europe_bilateral": "europe_", "eu_institutions": "europe_", "other": "other_"}
"""How the names of the series begin that aid of a bloc is part of."""
ONE_DONOR = tuple(layout.BLOC_OF.values())
"""Blocs that are a single donor: who names it gives all of the bloc."""
REACH = {"europe_share": monthly.SHARE_WINDOW, "territory_change": 2}
"""Months of a series that a month is in, where these are several."""
OF_LINE = ("russian_held_share", "territory_change")


class OwnTable(TypedDict):
    """What of a table was the user's: how many rows, and the SHA-256 over them."""

    rows: int
    digest: str


class SaidBy(NamedTuple):
    """Of a row of the user's: its table, its month, and its source."""

    table: str
    month: str
    source: str


class Observed(NamedTuple):
    """What was observed: monthly series, votes and events, as `sim.record` gives them, with the user's own.

    Months of hers are named in a series' attribute `own_months`, and their sources in `own_sources`; rows of hers are
    true in the column `own`; `own` says which tables these are, and `said` who says so, row by row. `shipped` are the
    series without hers, and `replaced` the votes that hers stand in for.
    """

    series: xr.Dataset
    votes: pd.DataFrame
    events: pd.DataFrame
    shipped: xr.Dataset
    replaced: pd.DataFrame
    own: dict[str, OwnTable]
    said: list[SaidBy]

    def sources(self, first: str, last: str) -> dict[str, list[str]]:
        """Who says so of what is the user's own in these months, by table, each named once."""
        found: dict[str, dict[str, None]] = {}
        for table, month, source in self.said:
            if first <= month <= last:
                found.setdefault(table, {})[source] = None
        return {table: list(sources) for table, sources in found.items()}

    @property
    def release(self) -> int:
        """Release of the Ukraine Support Tracker that the aid is of."""
        return int(self.series.attrs["release"])

    @property
    def every_vote(self) -> pd.DataFrame:
        """The votes, and beside those of hers those that ship in their place."""
        return self.votes if self.replaced.empty else pd.concat([self.votes, self.replaced], ignore_index=True)


class OwnRows(NamedTuple):
    """The rows of the user's that count, by table."""

    aid: list[Known]
    line: list[Known]
    votes: list[Known]
    events: list[Known]


def own_rows(folder: Path | None = None) -> OwnRows:
    """The rows of the user's own that count; see `sim.record.own.additions`."""
    added = additions(own_folder(there(folder)))
    by_table = {table.name: list(known(added, table).values()) for table in layout.tables().values()}
    return OwnRows(**by_table)


def observed(folder: Path | None = None, release: int | None = None) -> Observed:
    """The record, with the months of the user's own laid over it.

    Parameters
    ----------
    folder : Path, optional
        Where hers are; as `own_folder` if not given.
    release : int, optional
        Release of the Ukraine Support Tracker; the newest if not given.

    Raises
    ------
    InputError
        If there is no such release.
    FolderError, RecordError
        If something in the folder cannot be what was added.
    """
    monthly.chosen_release(release)
    own = own_rows(folder)
    laid_over = ({"aid": _aid(own.aid)} if own.aid else {}) | ({"territory": _line(own.line)} if own.line else {})
    shipped, ballots = record.series(release), record.votes()
    series = record.series(release, laid_over) if laid_over else shipped
    votes = _below(ballots, _votes(own.votes), "vote")
    replaced = ballots.merge(votes.loc[votes["own"], ["date", "vote"]]).assign(own=False)
    marked, events = _marked(_without_gaps(series), own), _events(own.events)
    return Observed(marked, votes, events, shipped, replaced, _told(own), _said(own))


def _said(own: OwnRows) -> list[SaidBy]:
    """Who says so of each row of hers, by table and month."""
    return [
        SaidBy(table, month, source)
        for table, items in own._asdict().items()
        for month, source in sorted((month_of(item.row), str(item.row["source"])) for item in items)
    ]


def _told(own: OwnRows) -> dict[str, OwnTable]:
    """Which tables of hers there are, and what tells their rows from others, in whatever steps they were added."""
    told: dict[str, OwnTable] = {}
    for name, items in own._asdict().items():
        if items:
            given = ({key: value for key, value in item.row.items() if value is not None} for item in items)
            rows = sorted(json.dumps(row, sort_keys=True) for row in given)
            told[name] = OwnTable(rows=len(rows), digest=hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return told


def hers(series: xr.DataArray) -> npt.NDArray[np.bool_]:
    """Which months of a series are the user's own; none of a series without such months."""
    own = str(series.attrs.get(OWN, "")).split()
    return np.isin(series["month"].to_numpy().astype("datetime64[M]").astype(str), own)


def _frame(rows: Iterable[Known]) -> pd.DataFrame:
    return pd.DataFrame([dict(item.row) for item in rows])


def _aid(rows: list[Known]) -> pd.DataFrame:
    """Her aid by month and bloc; donors are summed up, with those that the record has and she does not name.

    `whole` is true where she gives a bloc as one, which a bloc that is one donor always is.
    """
    given = pd.DataFrame(_frame(rows), columns=["month", "donor", *monthly.TYPES, monthly.LOAN])
    given["month"] = tables.dates(given["month"])
    given[monthly.LOAN] = given[monthly.LOAN].astype(float).fillna(0.0)
    whole = given["donor"].isin(monthly.BLOCS)
    blocs, donors = given[whole].rename(columns={"donor": "bloc"}), given[~whole]
    shipped = tables.read("aid_by_donor")[list(donors)]
    shipped = shipped[shipped["month"].isin(donors["month"])]
    both = pd.concat([shipped, donors]).drop_duplicates(["month", "donor"], keep="last")
    named = {(row.month, layout.bloc_of(str(row.donor))) for row in donors.itertuples()}
    summed = monthly.by_bloc(both)
    there = np.array([place in named for place in zip(summed["month"], summed["bloc"], strict=True)], dtype=bool)
    both = pd.concat([blocs.assign(given="whole"), summed[there].assign(given="by donor")], ignore_index=True)
    return both.assign(whole=both["given"].eq("whole") | both["bloc"].isin(ONE_DONOR)).drop(columns="given")


def _line(rows: list[Known]) -> pd.DataFrame:
    """Her line; months between that nobody knows are there without one, so that no change is taken across them."""
    given = pd.DataFrame(_frame(rows), columns=["month", "held"]).rename(columns={"held": "held_km2"})
    given["month"] = tables.dates(given["month"])
    later = pd.date_range(tables.read("territory")["month"].max(), given["month"].max(), freq="MS", inclusive="right")
    between = later.difference(pd.DatetimeIndex(given["month"]))
    return (
        given.set_index("month").reindex(given["month"].tolist() + between.tolist()).rename_axis("month").reset_index()
    )


def _without_gaps(series: xr.Dataset) -> xr.Dataset:
    """The series with every month to the last; no share of aid where one of its months is not known."""
    months = series["month"].to_numpy()
    every = pd.date_range(months[0], months[-1], freq="MS").to_numpy().astype("datetime64[ns]")
    whole = series.drop_vars("own", errors="ignore").reindex(month=every)
    whole["month"].attrs.update(series["month"].attrs)
    there = whole[["us_allocation", "europe_contribution"]].to_dataframe().notna().all(axis=1)
    all_there = there.rolling(monthly.SHARE_WINDOW, min_periods=1).min().to_numpy() > 0
    share = whole["europe_share"]
    return whole.assign(europe_share=share.where(all_there).assign_attrs(share.attrs))


def _marked(series: xr.Dataset, own: OwnRows) -> xr.Dataset:
    """The series, each with those of its months that anything of the user's is in, their sources, and what lacks."""
    for name in map(str, series.data_vars):
        there = set(series[name].dropna("month")["month"].to_numpy().astype("datetime64[M]").astype(str))
        rows = [item.row for item in _rows_of(own, name)]
        reach = REACH.get(name, 1)
        months = there & {month_after(str(row["month"]), ahead) for row in rows for ahead in range(reach)}
        if months:
            series[name].attrs[OWN] = " ".join(sorted(months))
            series[name].attrs[SOURCES] = "\n".join(dict.fromkeys(str(row["source"]) for row in rows))
        if lacking := {str(row["month"]) for row in rows} - there:
            series[name].attrs[LACKING] = " ".join(sorted(lacking))
    return series


def _rows_of(own: OwnRows, name: str) -> list[Known]:
    """The user's rows that a series is made of."""
    if name in OF_LINE:
        return own.line
    begins = ("us_", "europe_") if name == "europe_share" else (name.partition("_")[0],)
    return [item for item in own.aid if OF_BLOC[layout.bloc_of(str(item.row["donor"]))].startswith(begins)]


def _votes(rows: list[Known]) -> pd.DataFrame:
    given = _frame(rows)
    if given.empty:
        return given
    chambers = given["vote"].map(lambda vote: layout.chamber_of(str(vote)))
    return given.assign(chamber=chambers, date=tables.dates(given["date"]))


def _events(rows: list[Known]) -> pd.DataFrame:
    """The events, hers in place of those that ship with the same name, or of the same day and with the same words."""
    shipped = record.events()
    if not rows:
        return shipped.assign(own=False)
    from sim.record.own import coding

    given = coding.as_events([item.row for item in rows])
    given["id"] = [name if isinstance(name, str) else f"own-{nth}" for nth, name in enumerate(given["id"], start=1)]
    events = layout.tables()["events"]
    hers = {key for item in rows for key in events.keys_of(item.row)}
    apart = [hers.isdisjoint(events.keys_of(row)) for row in _as_texts(shipped)]
    return _below(shipped[apart], given, "event")


def _as_texts(shipped: pd.DataFrame) -> list[layout.Row]:
    """Events that ship, with what an event of hers is known by."""
    days = shipped["date"].dt.strftime("%Y-%m-%d")
    return [
        dict(zip(("date", "event", "id"), said, strict=True))
        for said in zip(days, shipped["event"], shipped["id"], strict=True)
    ]


def _below(shipped: pd.DataFrame, own: pd.DataFrame, key: str) -> pd.DataFrame:
    """Shipped rows and hers, by date; hers in place of a shipped one of the same date and key."""
    if own.empty:
        return shipped.assign(own=False)
    both = pd.concat([shipped.assign(own=False), own.assign(own=True)], ignore_index=True)
    return both.drop_duplicates(["date", key], keep="last").sort_values("date", kind="stable", ignore_index=True)
