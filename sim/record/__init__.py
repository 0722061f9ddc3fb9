"""The observed record: what happened, month by month and vote by vote, and where each figure comes from.

Importing this package reads nothing; each function reads its own small table when called. Publishers, terms of use
and caveats stand in `tables/SOURCES.md`, which ships with the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

__all__ = ["appropriations", "coefficients", "events", "members", "seats", "series", "table", "votes"]


def series() -> xr.Dataset:
    """Monthly series, 2022-01 to 2025-08, dim `month`, named as in the simulator's output, units in attrs.

    Examples
    --------
    >>> series()["us_allocation"].attrs["units"]
    'EUR bn a month'
    """
    from sim.record import monthly

    return monthly.dataset()


def table(name: str) -> pd.DataFrame:
    """Return any table by its name; `sim.record.tables.names()` lists them."""
    from sim.record import tables

    return tables.read(name)


def votes() -> pd.DataFrame:
    """Votes on Ukraine in Congress, one row a vote; `pro` is the side that favours aid, money in USD bn."""
    return table("votes")


def events() -> pd.DataFrame:
    """Dated diplomatic, aid and battlefield events; `direct_contact` marks Moscow and Kyiv face to face."""
    return table("events")


def appropriations() -> pd.DataFrame:
    """The five supplemental appropriations, USD bn: authority, not flow."""
    return table("appropriations")


def members() -> pd.DataFrame:
    """Europe's members: monthly budget (EUR bn), threat weight, past contributions; see `sim.record.europe`."""
    return table("europe_members")


def seats() -> pd.DataFrame:
    """Estimated seats of each faction, by congress and chamber; see `sim.record.congress`."""
    return table("congress_seats")


def coefficients() -> pd.DataFrame:
    """Estimated coefficients of the vote equation, one row a faction; `not_identified` names those that are priors."""
    return table("congress_coefficients")
