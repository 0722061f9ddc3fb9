"""The seven facts that a good model reproduces, computed from the tables.

Facts 1 to 4 take any Dataset with the record's variable names and a `month` dimension: the observed one by default, or
a simulated ensemble, whose other dimensions are kept; what needs military aid is left out where that is not recorded.
The others are about votes, events and surveys and take none. Nothing here is typed in: a window says when, the tables
say how much.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import xarray as xr

from sim.basics.labels import UKRAINE_KM2
from sim.record import concessions, monthly, tables

Window = tuple[str, str | None]
"""First and last month; without a last one to the end of what is looked at."""
Facts = dict[str, xr.DataArray]

WAR_TO_FREEZE: Window = ("2022-02", "2025-01")
"""From the invasion to the last month under the architectural executive's appropriations."""
BEFORE_GAP: Window = ("2022-02", "2023-09")
HALF_YEAR_BEFORE_GAP: Window = ("2023-04", "2023-09")
GAP: Window = ("2023-10", "2024-03")
"""Between the continuing resolution without money for Ukraine and the supplemental of April 2024."""
AFTER_GAP: Window = ("2024-04", "2025-01")
FROZEN: Window = ("2025-02", None)
NEW_EXECUTIVE: Window = ("2025-01", None)
"""The rest of the record, without American money and under the new executive."""
STATIC_FRONT: Window = ("2023-01", None)
"""Since the line stopped moving by tens of thousands of km2."""
AID_WINDOW = 6
"""Months of aid set against the movement of the front that follows them."""
SILENCE_DAYS = 60
"""Days without direct contact after which the next contact opens a new cluster."""


def mean(series: xr.DataArray, window: Window) -> xr.DataArray:
    """Monthly mean over a window, both ends included; NaN if the series has no month in it."""
    inside = series.sel(month=slice(*window))
    return inside.mean("month") if inside.sizes["month"] else inside.sum("month") * float("nan")


def autocorrelation(series: xr.DataArray) -> xr.DataArray:
    """Lag-1 correlation along `month`."""
    return xr.corr(series, series.shift(month=1), dim="month")


def _data(data: xr.Dataset | None) -> xr.Dataset:
    return monthly.dataset() if data is None else data


def us_flows(data: xr.Dataset | None = None) -> Facts:
    """Fact 1: American allocations are lumpy, nearly memoryless, and stop twice (EUR bn a month)."""
    record = _data(data)
    us = record["us_allocation"]
    war = us.sel(month=slice(*WAR_TO_FREEZE))
    return {
        "mean": war.mean("month"),
        "median": war.median("month"),
        "sd": war.std("month", ddof=1),
        "autocorrelation": autocorrelation(war),
        "before_gap": mean(us, BEFORE_GAP),
        "in_gap": mean(us, GAP),
        "after_gap_without_loan": mean(_without_loan(record, "us"), AFTER_GAP),
        "frozen": mean(us, FROZEN),
    }


def european_response(data: xr.Dataset | None = None) -> Facts:
    """Fact 2: Europe did not fill the gap that Congress made; it rose when the executive cut (EUR bn a month).

    What it gave of its own, and how much of what came was the loan on frozen assets, are told apart.
    """
    record = _data(data)
    europe, own = record["europe_contribution"], _without_loan(record, "europe")
    found = {
        "half_year_before_gap": mean(europe, HALF_YEAR_BEFORE_GAP),
        "in_gap": mean(europe, GAP),
        "new_executive": mean(europe, NEW_EXECUTIVE),
        "new_executive_without_spike": _without_largest(europe, NEW_EXECUTIVE),
        "spike": europe.sel(month=slice(*NEW_EXECUTIVE)).max("month"),
        "without_loan_before": mean(own, WAR_TO_FREEZE),
        "without_loan_new_executive": mean(own, NEW_EXECUTIVE),
    }
    if "europe_contribution_military" in record:
        military = record["europe_contribution_military"]
        found["military_before"] = mean(military, WAR_TO_FREEZE)
        found["military_new_executive"] = mean(military, NEW_EXECUTIVE)
        found["military_new_executive_without_spike"] = _without_largest(military, NEW_EXECUTIVE)
    return found


def _without_largest(series: xr.DataArray, window: Window) -> xr.DataArray:
    inside = series.sel(month=slice(*window))
    return (inside.sum("month") - inside.max("month")) / (inside.count("month") - 1)


def co_movement(data: xr.Dataset | None = None) -> Facts:
    """Fact 3: American and European flows are nearly uncorrelated by month."""
    record = _data(data).sel(month=slice(*WAR_TO_FREEZE))
    us, europe = record["us_allocation"], record["europe_contribution"]
    return {
        "correlation": xr.corr(us, europe, dim="month"),
        "correlation_without_loan": xr.corr(*_without_loans(record), dim="month"),
    }


def _without_loans(record: xr.Dataset) -> tuple[xr.DataArray, xr.DataArray]:
    """American and European flows without the loan on frozen assets, or whatever else events grant."""
    return _without_loan(record, "us"), _without_loan(record, "europe")


def _without_loan(record: xr.Dataset, donor: str) -> xr.DataArray:
    return record[{"us": "us_allocation", "europe": "europe_contribution"}[donor]] - record[f"{donor}_instrument"]


def front(data: xr.Dataset | None = None) -> Facts:
    """Fact 4: the line creeps, persistently, and hardly follows aid (km2; correlations)."""
    record = _data(data)
    change = record["territory_change"].sel(month=slice(None, _last_month(record["russian_held_share"])))
    still = change.sel(month=slice(*STATIC_FRONT))
    us, europe = _without_loans(record)
    aid = us + europe
    found = dict(_gain(change.sel(month=str(year))) for year in sorted(set(still["month"].dt.year.to_numpy().tolist())))
    found["autocorrelation"] = autocorrelation(still)
    found["correlation_with_aid"] = xr.corr(still, _preceding(aid), dim="month")
    if {"us_allocation_military", "europe_contribution_military"} <= set(record):
        military = record["us_allocation_military"] + record["europe_contribution_military"]
        found["correlation_with_military_aid"] = xr.corr(still, _preceding(military), dim="month")
    return found


def _last_month(series: xr.DataArray) -> pd.Timestamp:
    """The last month of a series that is known, whatever months other series have."""
    return pd.Timestamp(series.dropna("month", how="all")["month"].to_numpy()[-1])


def _gain(change: xr.DataArray) -> tuple[str, xr.DataArray]:
    """What was gained over the months of a year, named by it and, where it is not over, by its last month; km2.

    NaN where one of its months is not known: a sum over the others would say too little.
    """
    last = pd.Timestamp(change["month"].to_numpy()[-1])
    name = f"gain_{last:%Y}" if last.month == 12 else f"gain_{last:%Y}_to_{last:%m}"  # noqa: PLR2004 -- December
    return name, change.sum("month", skipna=False) * UKRAINE_KM2


def _preceding(series: xr.DataArray) -> xr.DataArray:
    """Mean over the six months before each month."""
    return series.rolling(month=AID_WINDOW).mean().shift(month=1)


def congress(votes: pd.DataFrame | None = None) -> dict[str, float]:
    """Fact 5: stand-alone bills pass; a third of House Republicans would end all aid, always the same ones (shares)."""
    votes = (tables.read("votes") if votes is None else votes).set_index("vote")
    passages = votes[(votes["kind"] == "final_passage") & (votes["focus"] == "standalone_ukraine")]
    funded = passages[(passages["chamber"] == "house") & passages["usd_bn"].notna()]
    for_aid = funded["rep_yea"] / (funded["rep_yea"] + funded["rep_nay"])
    by_month = funded["date"].dt.strftime("%Y-%m")
    shares = {f"republican_ayes_{month}": share for month, share in zip(by_month, for_aid, strict=True)}
    ending = _ending_all_aid(votes)
    return shares | {
        "passed_of_those_that_reached_the_floor": float((passages["yea"] > passages["nay"]).mean()),
        "ending_aid_least": float(ending.min()),
        "ending_aid_most": float(ending.max()),
        "ending_aid_again": _again("H2023-304", "H2024-148"),
        "ending_aid_again_in_2025": _again("H2023-304", "H2025-209"),
        "longest_wait_months": longest_wait(),
    }


def _ending_all_aid(votes: pd.DataFrame) -> pd.Series[float]:
    """Share of House Republicans for each amendment that would end security assistance."""
    house = votes[(votes["says"] == "ban") & (votes["chamber"] == "house")]
    return house["rep_yea"] / (house["rep_yea"] + house["rep_nay"])


def _again(first: str, second: str) -> float:
    """Of the Republicans who voted yea on the first vote and voted on the second, the share who did so again."""
    patterns = tables.read("vote_patterns_house")
    both = patterns[(patterns["party"] == "republican") & (patterns[first] == "Y") & patterns[second].isin(["Y", "N"])]
    return float(both.loc[both[second] == "Y", "members"].sum() / both["members"].sum())


def longest_wait() -> float:
    """Longest time between two appropriations, months."""
    enacted = tables.read("appropriations")["enacted"]
    return float(enacted.diff().max() / pd.Timedelta(days=365.25 / 12))


def contacts(events: pd.DataFrame | None = None) -> dict[str, float]:
    """Fact 6: Moscow and Kyiv meet in clusters with years between; the late ones exchange prisoners."""
    events = tables.read("events") if events is None else events
    talks = events[(events["category"] == "talks") & (events["direct_contact"] == 1)]
    silence = talks["date"].diff().dt.days
    return {
        "meetings": float(len(talks)),
        "clusters": float((silence > SILENCE_DAYS).sum() + 1),
        "longest_silence_days": float(silence.max()),
        "meetings_that_exchanged_prisoners": float(talks["outcome"].fillna("").str.contains("exchange").sum()),
        "pause_days_2025_03": pause_days("2025-03", events),
    }


def pause_days(month: str, events: pd.DataFrame) -> float:
    """Days from the first American pause of deliveries in a month to its end."""
    paused = events[(events["category"] == "aid_pause") & (events["scope"] == "arms")]
    first = paused[paused["date"].dt.strftime("%Y-%m") == month].sort_values("date", kind="stable").iloc[0]
    return float((first["until"] - first["date"]).days)


def opinion() -> dict[str, float]:
    """Fact 7: Ukrainians opposed to any territorial concession (KIIS, percent), by phase of the war."""
    opposed = concessions.opposed()
    return {
        "least_to_mid_2023": float(opposed[:"2023-06"].min()),
        "most_to_mid_2023": float(opposed[:"2023-06"].max()),
        "end_2023": float(opposed["2023-12":"2023-12"].iloc[0]),
        "mid_2024": float(opposed["2024-05":"2024-05"].iloc[0]),
        "since": float(opposed["2024-06":].mean()),
    }


def table(
    data: xr.Dataset | None = None, votes: pd.DataFrame | None = None, events: pd.DataFrame | None = None
) -> pd.DataFrame:
    """All facts as observed: fact, statistic, value; of what ships, or of other series, votes and events."""
    found: list[Mapping[str, float | xr.DataArray]] = [
        us_flows(data), european_response(data), co_movement(data), front(data), congress(votes), contacts(events),
        opinion(),
    ]  # fmt: skip
    rows = [(n, name, float(value)) for n, facts in enumerate(found, 1) for name, value in facts.items()]
    return pd.DataFrame(rows, columns=["fact", "statistic", "value"])
