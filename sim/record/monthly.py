"""The monthly series of the record, under the names that the simulator's output has."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import xarray as xr

from sim.record import tables

UKRAINE_KM2 = 603_500.0
"""Area that shares of territory refer to, km2: Ukraine in its borders of 1991, Crimea included, rounded."""
SHARE_WINDOW = 6
"""Months over which Europe's share is taken: monthly allocations are too lumpy for a share."""
TYPES = ("military", "financial", "humanitarian")
KIEL = "Kiel Institute for the World Economy, Ukraine Support Tracker (Trebesch et al.), Release 28, allocations"
ISW = "The Economist, from the maps of the Institute for the Study of War; month end"


class Variable(NamedTuple):
    """A monthly series and what it says about itself."""

    values: pd.Series[float]
    units: str
    long_name: str
    source: str


def dataset() -> xr.Dataset:
    """All series on one monthly axis, 2022-01 to 2025-08; NaN where a source does not reach."""
    variables = {**_aid(), **_front()}
    frame = pd.DataFrame({name: variable.values for name, variable in variables.items()}).sort_index()
    months = frame.index.to_numpy().astype("datetime64[ns]")
    return xr.Dataset(
        {name: ("month", frame[name].to_numpy(float), _attributes(v)) for name, v in variables.items()},
        coords={"month": ("month", months, {"long_name": "month (its first day)"})},
        attrs={"title": "The observed record", "sources": "sim/record/tables/SOURCES.md"},
    )


def _attributes(variable: Variable) -> dict[str, str]:
    return {"units": variable.units, "long_name": variable.long_name, "source": variable.source}


def _by_bloc(*kinds: str) -> pd.DataFrame:
    """Sum aid of these kinds, EUR bn a month: one row a month, one column a bloc."""
    aid = tables.read("aid").set_index(["month", "bloc"])
    return aid[list(kinds)].sum(axis=1).unstack("bloc")


def _europe(blocs: pd.DataFrame) -> pd.Series[float]:
    return blocs["europe_bilateral"] + blocs["eu_institutions"]


def europe_share(europe: pd.Series[float], us: pd.Series[float]) -> pd.Series[float]:
    """Europe / (Europe + US) on trailing sums of six months, this one included (fewer at the very start)."""
    ours, theirs = (flow.rolling(SHARE_WINDOW, min_periods=1).sum() for flow in (europe, us))
    return ours / (ours + theirs)


def _aid() -> dict[str, Variable]:
    flows, military, instrument = _by_bloc(*TYPES), _by_bloc("military"), _by_bloc("instrument")
    us, europe = flows["us"] + instrument["us"], _europe(flows)
    money = {
        "us_allocation": (us, "allocations of the United States, the loan of 2024-10 included"),
        "us_allocation_without_loan": (flows["us"], "allocations of the United States without that loan"),
        "us_allocation_military": (military["us"], "military allocations of the United States"),
        "us_instrument": (instrument["us"], "loan serviced from the profits of frozen Russian assets"),
        "europe_contribution": (europe, "allocations of European countries and EU institutions"),
        "europe_contribution_military": (_europe(military), "military allocations of the same donors"),
        "other_contribution": (flows["other"], "allocations of all other donors"),
    }
    share = Variable(
        europe_share(europe, us), "0 to 1", "Europe's share of European and American aid, six months", KIEL
    )
    return {n: Variable(v, "EUR bn a month", label, KIEL) for n, (v, label) in money.items()} | {"europe_share": share}


def _front() -> dict[str, Variable]:
    front = tables.read("territory").set_index("month")
    held = front["held_km2"] / UKRAINE_KM2
    change = front["change_km2"] / UKRAINE_KM2
    return {
        "russian_held_share": Variable(
            held, "share of Ukraine", "share of Ukraine under Russian control, month end", ISW
        ),
        "territory_change": Variable(
            change, "share of Ukraine a month", "change in that share since the month before", ISW
        ),
    }
