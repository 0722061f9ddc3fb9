"""An ensemble broken down, and held against the record: by year, by vote in Congress, by European member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from sim import record
from sim.basics.labels import listed, month_text
from sim.basics.months import in_spans
from sim.questions.compare.doctrines import of_doctrines
from sim.questions.compare.statistics import STATISTICS, summary
from sim.record.own.beside import hers
from sim.world.votes import CLOTURE, HOUSE_MAJORITY

if TYPE_CHECKING:
    import xarray as xr


class Target(NamedTuple):
    """A series to hold against the record: what it is called, how a year is summed up, unit and scale."""

    label: str
    how: str
    unit: str
    scale: float = 1.0


TARGETS = {
    "us_allocation": Target("American allocations", "mean", "EUR bn a month"),
    "europe_contribution": Target("European contributions", "mean", "EUR bn a month"),
    "europe_share": Target("Europe's share of aid", "mean", "percent", 100.0),
    "russian_held_share": Target("Land held by Russia, last month", "last", "percent of Ukraine", 100.0),
}
YEAR_COLUMNS = (
    "doctrine", "variable", "label", "unit", "year", "months", "own_months", "yours", "observed", "mean", "p05", "p95",
    "inside",
)  # fmt: skip
CHAMBERS = {"house": ("House", HOUSE_MAJORITY), "senate": ("Senate", CLOTURE)}
"""Name of each chamber and the ayes that pass a bill in it."""
COMPARABLE = ("standalone_ukraine", "multi_country_security_package")
"""Bills whose vote is about Ukraine: an omnibus or a continuing resolution is voted on for other reasons."""
BALLOT_COLUMNS = ("doctrine", "year", "chamber", "votes", "votes_per_100_worlds", *STATISTICS)
MEMBER_COLUMNS = ("doctrine", "member", "label", "unit", *STATISTICS, "share", "more")
POSTERIOR = "posterior"
SERIES = {
    "us_allocation": "American allocations",
    "europe_contribution": "European contributions",
    "russian_held_share": "Russian gain of territory",
}
"""Variables whose forecasts were back-tested, and how the table of the back-test calls them."""


@of_doctrines
def by_year(dataset: xr.Dataset, record: xr.Dataset) -> pd.DataFrame:
    """Yearly values, simulated and observed, over the months that both have.

    Parameters
    ----------
    dataset : xarray.Dataset
        An ensemble.
    record : xarray.Dataset
        The observed series, as `sim.record.series` gives them.

    Returns
    -------
    pandas.DataFrame
        One row a doctrine, variable and year: `observed`, the mean over worlds and the 5th and 95th of 100 worlds,
        and whether the observed value lies between these two (`inside`). Of the `months` that both have so many are the
        user's own (`own_months`), which `yours` names. Empty without common months.
    """
    rows: list[dict[str, Any]] = []
    for name, target in TARGETS.items():
        if name in record and name in dataset:
            rows += _rows(dataset[name], record[name], target)
    return pd.DataFrame(rows, columns=list(YEAR_COLUMNS))


def _rows(simulated: xr.DataArray, observed: xr.DataArray, target: Target) -> list[dict[str, Any]]:
    observed = observed.dropna("month")
    own = observed["month"].to_numpy()[hers(observed)]
    common = np.intersect1d(simulated["month"].to_numpy(), observed["month"].to_numpy())
    years = common.astype("datetime64[Y]").astype(int) + 1970
    rows = []
    for year in np.unique(years):
        months = common[years == year]
        yours = months[np.isin(months, own)]
        seen = float(_summed_up(observed.sel(month=months), target))
        worlds = _summed_up(simulated.sel(month=months), target)
        for label in map(str, simulated["doctrine"].to_numpy()):
            values = worlds.sel(doctrine=label).to_numpy()
            low, high = np.quantile(values, [0.05, 0.95])
            head = {"doctrine": label, "variable": str(simulated.name), "label": target.label}
            span = {"unit": target.unit, "year": int(year), "months": len(months)}
            span |= {"own_months": len(yours), "yours": in_spans(map(month_text, yours)), "observed": seen}
            found = {"mean": values.mean(), "p05": low, "p95": high, "inside": bool(low <= seen <= high)}
            rows.append({**head, **span, **found})
    return rows


def _summed_up(values: xr.DataArray, target: Target) -> xr.DataArray:
    values = values.astype(float)
    year = values.isel(month=-1) if target.how == "last" else values.mean("month")
    return target.scale * year


@of_doctrines
def ballots(dataset: xr.Dataset) -> pd.DataFrame:
    """Ayes on the bills voted on in each year, over worlds and months: one row a doctrine, year and chamber.

    A year without a vote in any world has a row with no votes and NaN ayes.
    """
    years = dataset["month"].dt.year.to_numpy()
    worlds = dataset.sizes["world"]
    rows = []
    for label in map(str, dataset["doctrine"].to_numpy()):
        for chamber in CHAMBERS:
            ayes = dataset[f"{chamber}_ayes"].sel(doctrine=label).transpose("month", "world").to_numpy()
            for year in np.unique(years):
                cast = ayes[years == year]
                count = int(np.isfinite(cast).sum())
                found = dict(zip(STATISTICS, summary(cast.ravel()), strict=True))
                head = {"doctrine": label, "year": int(year), "chamber": chamber, "votes": count}
                rows.append({**head, "votes_per_100_worlds": 100.0 * count / worlds, **found})
    return pd.DataFrame(rows, columns=list(BALLOT_COLUMNS))


def observed_ballots(votes: pd.DataFrame) -> pd.DataFrame:
    """Final passages of bills that were about aid to Ukraine: columns `date, chamber, bill, ayes, own, source`.

    Parameters
    ----------
    votes : pandas.DataFrame
        As `sim.record.votes` gives them; with a column `own`, true in rows of the user's, where there are any.
    """
    votes = votes if "own" in votes else votes.assign(own=False)
    chosen = votes["kind"].eq("final_passage") & votes["focus"].isin(COMPARABLE) & votes["usd_bn"].notna()
    found = votes.loc[chosen, ["date", "chamber", "bill", "yea", "own", "source"]].rename(columns={"yea": "ayes"})
    found["date"] = pd.to_datetime(found["date"], format="ISO8601")
    return found.reset_index(drop=True)


@of_doctrines
def members(dataset: xr.Dataset, baseline: str | None = None) -> pd.DataFrame:
    """Contributions of each European over the horizon, the largest under the baseline first.

    Returns
    -------
    pandas.DataFrame
        Mean, sd and quantiles over worlds in EUR bn, `share` the member's part of the mean European total, and
        `more` its mean over that under the baseline (the first doctrine unless named), as a ratio - 1; NaN
        over nothing.
    """
    values = dataset["europe_by_member"].transpose("doctrine", "member", "world")
    labels = [str(label) for label in values["doctrine"].to_numpy()]
    reference = values.sel(doctrine=labels[0] if baseline is None else baseline).mean("world")
    order = reference["member"].to_numpy()[(-reference).argsort().to_numpy()]
    names = member_labels()
    rows = []
    for label in labels:
        one = values.sel(doctrine=label)
        total = float(one.sum("member").mean("world"))
        for member in map(str, order):
            found = dict(zip(STATISTICS, summary(one.sel(member=member)), strict=True))
            base = float(reference.sel(member=member))
            rows.append(
                {"doctrine": label, "member": member, "label": names.get(member, member)}
                | {"unit": values.attrs.get("units", ""), **found}
                | {"share": _part(found["mean"], total), "more": _part(found["mean"], base) - 1.0}
            )
    return pd.DataFrame(rows, columns=list(MEMBER_COLUMNS))


def _part(one: float, whole: float) -> float:
    """One over the whole; NaN where the whole is nothing."""
    return float(one) / whole if whole else float("nan")


def member_labels() -> dict[str, str]:
    """Names of the members as a reader knows them."""
    from sim import record

    table = record.members()
    return dict(zip(table["member"], table["label"], strict=True))


def coverage(dataset: xr.Dataset, variables: tuple[str, ...]) -> str:
    """Say how often the band of 90 of 100 held what came, in back-tests; nothing where parameters were not fitted."""
    if dataset.attrs.get("parameter_sets") != POSTERIOR:
        return ""
    scores = record.table("backtest").drop_duplicates(["test", "series"])
    told = []
    for variable in variables:
        if variable in SERIES:
            inside = scores.loc[scores["series"] == SERIES[variable], "months_inside_90"].mean()
            told.append(f"{100 * inside:.0f} of 100 months of {SERIES[variable]}")
    return f" In back-tests the light band held {listed(told)}." if told else ""
