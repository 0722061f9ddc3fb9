"""The observed record: what happened, month by month and vote by vote, and where each figure comes from.

Importing this package reads nothing; each function reads its own small table when called. Publishers, terms of use
and caveats stand in `tables/SOURCES.md`, which ships with the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

__all__ = [
    "appropriations",
    "coefficients",
    "columns",
    "events",
    "last_month",
    "members",
    "seats",
    "series",
    "table",
    "votes",
]


def series(release: int | None = None, own: Mapping[str, pd.DataFrame] | None = None) -> xr.Dataset:
    """Monthly series, from 2022-01 to `last_month()`, dim `month`, named as in the simulator's output, units in attrs.

    Parameters
    ----------
    release : int, optional
        Release of the Ukraine Support Tracker; the newest if not given. See `sim.record.monthly.releases`.
    own : mapping of str to DataFrame, optional
        Months of the user's own, laid over the shipped ones; see `sim.record.monthly.dataset`.

    Raises
    ------
    ValueError
        If there is no such release.

    Examples
    --------
    >>> series()["us_allocation"].attrs["units"]
    'EUR bn a month'
    >>> round(float(series(28)["europe_contribution"].sel(month="2025-05-01")), 3)
    7.563
    """
    from sim.record import monthly

    return monthly.dataset(release, own)


def table(name: str) -> pd.DataFrame:
    """Return any table by its name; `sim.record.tables.names()` lists them."""
    from sim.record import tables

    return tables.read(name)


def votes() -> pd.DataFrame:
    """Votes on Ukraine in Congress, one row a vote; `pro` is the side that favours aid, money in USD bn."""
    return table("votes")


def events() -> pd.DataFrame:
    """Dated events with who did what, and under which of two codings it counts; see `sim.record.event_rules`."""
    return table("events")


def appropriations() -> pd.DataFrame:
    """The five supplemental appropriations, USD bn: authority, not flow."""
    return table("appropriations")


def last_month() -> str:
    """The last month of the record, "YYYY-MM": the last that both money and the line reach.

    Read without pandas, so that what depends on the record's end can ask when it is imported.
    """
    return min(max(columns(name)["month"]) for name in ("aid", "territory"))


def columns(name: str) -> dict[str, list[str]]:
    """Return the columns of a table as text, read without pandas: what the model itself needs."""
    import csv
    from pathlib import Path

    with (Path(__file__).parent / "tables" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream)
    return {column: list(cells) for column, cells in zip(head, zip(*rows, strict=True), strict=True)}


def members() -> pd.DataFrame:
    """Europe's members: monthly budget (EUR bn), threat weight, past contributions; see `sim.record.europe`."""
    return table("europe_members")


def seats() -> pd.DataFrame:
    """Estimated seats of each faction, by congress and chamber; see `sim.estimation.congress`."""
    return table("congress_seats")


def coefficients() -> pd.DataFrame:
    """Estimated coefficients of the vote equation, one row a faction; `not_identified` names those that are priors."""
    return table("congress_coefficients")
