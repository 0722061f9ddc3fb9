"""What the record knows of the state of the world at the end of a month, under the names of `[initial]`."""

from __future__ import annotations

from functools import cache

from sim import record
from sim.record import concessions
from sim.record.europe import START

YEAR = 12
"""Months over which Europe's contributions are taken: single months are too lumpy for a level."""
PERCENT = 100.0
LINE_DECIMALS, MOMENTUM_DECIMALS, EUROPE_DECIMALS = 4, 5, 1


def opening_state(month: str) -> dict[str, float]:
    """Read the state at the end of a month off the record; what the record does not know is left out.

    - `line`: share of Ukraine under Russian control, at the end of the month.
    - `momentum`: change of that share within the month.
    - `europe`: allocations of Europeans over the year that ends with the month, over their mean of 2022, the loan on
      frozen assets left out; so it is 1.0 at the end of 2022. The year starts with the war: before February 2022 there
      is nothing to count.
    - `opposed`: share of Ukrainians against any concession of land, by the last survey of the year that ends with the
      month.

    Parameters
    ----------
    month : str
        "YYYY-MM".

    Examples
    --------
    >>> opening_state("2022-12")
    {'line': 0.1843, 'momentum': -8e-05, 'europe': 1.0, 'opposed': 0.85}
    >>> opening_state("2021-12")
    {}
    """
    return dict(_known().get(month, {}))


@cache
def _known() -> dict[str, dict[str, float]]:
    """What the record knows, by month: read once, since every file of a chain may ask."""
    frame = record.series().to_dataframe()
    given = frame["europe_contribution_without_loan"][START.start :]
    year = given.rolling(YEAR, min_periods=1).mean() / given[START].mean()
    known = {
        "line": frame["russian_held_share"].round(LINE_DECIMALS),
        "momentum": frame["territory_change"].round(MOMENTUM_DECIMALS),
        "europe": year.round(EUROPE_DECIMALS),
        "opposed": (concessions.opposed() / PERCENT).reindex(frame.index).ffill(limit=YEAR - 1),
    }
    found: dict[str, dict[str, float]] = {}
    for name, values in known.items():
        for day, value in values.dropna().items():
            found.setdefault(f"{day:%Y-%m}", {})[name] = float(value)
    return found
