"""The monthly series of the record, under the names that the simulator's output has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd
import xarray as xr

from sim.basics.labels import UKRAINE_KM2, listed
from sim.basics.limits import InputError
from sim.record import tables

SHARE_WINDOW = 6
"""Months over which Europe's share is taken: monthly allocations are too lumpy for a share."""
TYPES = ("military", "financial", "humanitarian")
LOAN = "instrument"
"""The loan that the profits of frozen Russian assets repay, apart from `financial`; its treatment: docs/design.md."""
US, OTHER = "us", "other"
EUROPE = ("europe_bilateral", "eu_institutions")
BLOCS = (US, *EUROPE, OTHER)
KIEL = "Kiel Institute for the World Economy, Ukraine Support Tracker (Trebesch et al.), Release {}, allocations"
ISW = "The Economist, from the maps of the Institute for the Study of War; month end"
MONEY = {
    "us_allocation": "allocations of the United States, its share of the loan on frozen assets included",
    "us_allocation_without_loan": "allocations of the United States without that loan",
    "us_allocation_military": "military allocations of the United States",
    "us_instrument": "American share of the loan that the profits of frozen Russian assets repay",
    "europe_contribution": "allocations of European countries and EU institutions, the EU's share of the loan included",
    "europe_contribution_without_loan": "allocations of European countries and EU institutions without that loan",
    "europe_contribution_military": "military allocations of the same donors",
    "europe_instrument": "the EU's share of the loan that the profits of frozen Russian assets repay",
    "other_contribution": "allocations of all other donors",
}
"""Series of money, EUR bn a month, and what each is."""


class Variable(NamedTuple):
    """A monthly series and what it says about itself."""

    values: pd.Series[float]
    units: str
    long_name: str
    source: str


def releases() -> list[int]:
    """Releases of the Ukraine Support Tracker that can be chosen, the newest last.

    Examples
    --------
    >>> releases()
    [28, 29]
    """
    return sorted({int(release) for release in tables.read("aid_vintages")["release"]})


def chosen_release(release: int | None) -> int:
    """The release that was asked for; the newest if none was.

    Raises
    ------
    InputError
        If there is no such release.

    Examples
    --------
    >>> chosen_release(None), chosen_release(28)
    (29, 28)
    """
    known = releases()
    if release is None:
        return known[-1]
    if release not in known:
        raise InputError(f"release: must be {listed([str(one) for one in known], 'or')}, got {release}")
    return release


def dataset(release: int | None = None, own: Mapping[str, pd.DataFrame] | None = None) -> xr.Dataset:
    """All series on one monthly axis; NaN where a source does not reach.

    Parameters
    ----------
    release : int, optional
        One of `releases()`; the newest if not given. Of older ones only totals are known: series by type, and those of
        other donors, are left out.
    own : mapping of str to DataFrame, optional
        Months of the user's, in the layout of the tables `aid` and `territory`. A row replaces the shipped one of its
        month (and bloc); kinds of aid that it does not name are nothing. The coordinate `own` marks these months. A
        column `whole` of aid is false where the user names donors of a bloc, and the rest of it is that of the newest
        release: of an older one, which has totals alone, such a row counts as what it adds to the newest.

    Raises
    ------
    InputError
        If there is no such release.
    """
    chosen, mine = chosen_release(release), own or {}
    variables = {**_aid(chosen, mine.get("aid")), **_front(mine.get("territory"))}
    frame = pd.DataFrame({name: variable.values for name, variable in variables.items()}).sort_index()
    months = frame.index.to_numpy().astype("datetime64[ns]")
    marked = frame.index.isin([day for table in mine.values() for day in tables.dates(table["month"])])
    return xr.Dataset(
        {name: ("month", frame[name].to_numpy(float), _attributes(v)) for name, v in variables.items()},
        coords={
            "month": ("month", months, {"long_name": "month (its first day)"}),
            "own": ("month", marked, {"long_name": "the user's own, not the shipped record's"}),
        },
        attrs={"title": "The observed record", "release": chosen, "sources": "sim/record/tables/SOURCES.md"},
    )


def _attributes(variable: Variable) -> dict[str, str]:
    return {"units": variable.units, "long_name": variable.long_name, "source": variable.source}


def by_bloc(donors: pd.DataFrame) -> pd.DataFrame:
    """Sum aid by donor, in the layout of `aid_by_donor`, into that by bloc, in the layout of `aid`."""
    europeans = set(tables.read("europe_countries")["country"])
    names = {"United States": US, "EU institutions": EUROPE[1], **dict.fromkeys(europeans, EUROPE[0])}
    blocs = donors.assign(bloc=donors["donor"].map(names).fillna(OTHER)).drop(columns="donor")
    return blocs.groupby(["month", "bloc"], as_index=False).sum()


def overlaid(shipped: pd.DataFrame, own: pd.DataFrame | None, *keys: str) -> pd.DataFrame:
    """Rows by their keys, the user's in place of the shipped ones that have the same."""
    frame = shipped.set_index([*keys])
    if own is None:
        return frame
    mine = own.assign(month=tables.dates(own["month"])).set_index([*keys])
    return pd.concat([frame.drop(index=mine.index, errors="ignore"), mine.reindex(columns=frame.columns)]).sort_index()


def _sums(aid: pd.DataFrame, kinds: tuple[str, ...], blocs: tuple[str, ...]) -> pd.Series[float]:
    """Aid of these kinds and blocs together, EUR bn a month; NaN where one of the blocs is not covered."""
    wide = aid[list(kinds)].fillna(0.0).sum(axis=1).unstack("bloc").reindex(columns=list(BLOCS))
    return wide[list(blocs)].sum(axis=1, skipna=False)


def _money(aid: pd.DataFrame) -> pd.DataFrame:
    """Series of `MONEY` from aid by month and bloc."""
    found: dict[str, pd.Series[float]] = {}
    for name, blocs in (("us_allocation", (US,)), ("europe_contribution", EUROPE)):
        found[name] = _sums(aid, (*TYPES, LOAN), blocs)
        found[f"{name}_without_loan"] = _sums(aid, TYPES, blocs)
        found[f"{name}_military"] = _sums(aid, ("military",), blocs)
        found[f"{name.split('_')[0]}_instrument"] = _sums(aid, (LOAN,), blocs)
    found["other_contribution"] = _sums(aid, TYPES, (OTHER,))
    return pd.DataFrame(found)[list(MONEY)]


def _of_release(release: int, own: pd.DataFrame | None) -> pd.DataFrame:
    """Series of money of one release: of an older one its totals, and what follows from them."""
    newest = tables.read("aid")
    with_hers = _money(overlaid(newest, own, "month", "bloc"))
    if release == releases()[-1]:
        return with_hers
    totals = tables.read("aid_vintages").query("release == @release").set_index("month")
    money = pd.DataFrame({"us_allocation": totals["us"], "europe_contribution": totals["europe"]})
    published = _money(overlaid(newest, None, "month", "bloc"))
    for name, loan in zip(list(money), ["us_instrument", "europe_instrument"], strict=True):
        money[loan] = published[loan]
        money[f"{name}_without_loan"] = money[name] - published[loan]
    return money if own is None else _revised(money, own, (with_hers - published)[list(money)])


def _revised(older: pd.DataFrame, own: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Totals of an older release with the user's months.

    They are what she says where she says all of it: of every bloc that is in it, none of them donor by donor. Where she
    says a part, the total moves by what she `added` to the newest release, which alone has the parts.
    """
    whole = own[own["whole"]] if "whole" in own else own
    said, summed = (
        _money(overlaid(tables.read("aid").iloc[:0], rows, "month", "bloc"))[list(older)] for rows in (whole, own)
    )
    moved = older.where(added.reindex(older.index).fillna(0.0) == 0.0, older + added)
    return said.combine_first(moved.clip(lower=0.0)).combine_first(summed)[list(older)]


def europe_share(europe: pd.Series[float], us: pd.Series[float]) -> pd.Series[float]:
    """Europe / (Europe + US) on trailing sums of six months, this one included (fewer at the very start)."""
    ours, theirs = (flow.rolling(SHARE_WINDOW, min_periods=1).sum() for flow in (europe, us))
    return ours / (ours + theirs)


def _aid(release: int, own: pd.DataFrame | None) -> dict[str, Variable]:
    money, source = _of_release(release, own), KIEL.format(release)
    share = Variable(
        europe_share(money["europe_contribution"], money["us_allocation"]),
        "0 to 1",
        "Europe's share of European and American aid, six months",
        source,
    )
    flows = {name: Variable(money[name], "EUR bn a month", MONEY[name], source) for name in MONEY if name in money}
    return flows | {"europe_share": share}


def _front(own: pd.DataFrame | None) -> dict[str, Variable]:
    front = overlaid(tables.read("territory"), own, "month").asfreq("MS")
    told = front["change_km2"]
    if own is not None:  # what ships of the month after one of hers counts from another line
        told = told.mask(told.index.isin(tables.dates(own["month"]) + pd.offsets.MonthBegin()))
    change = told.fillna(front["held_km2"].diff())
    return {
        "russian_held_share": Variable(
            front["held_km2"] / UKRAINE_KM2,
            "share of Ukraine",
            "share of Ukraine under Russian control, month end",
            ISW,
        ),
        "territory_change": Variable(
            change / UKRAINE_KM2, "share of Ukraine a month", "change in that share since the month before", ISW
        ),
    }
