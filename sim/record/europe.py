"""Europe's members as the simulator uses them: `python -m sim.record.europe` writes `europe_members.csv`.

Everything comes from two tables: monthly allocations by donor, and member, GDP and military spending by country. The
loan that the profits of frozen assets repay is left out: no member decided on it month by month (docs/design.md).

- `budget`, the most a member could sustain, EUR bn a month: its own peak, the best half-year in the record, or,
  where that is more, what its GDP would yield at the effort that the median member showed at its peak.
  A member that gives little is thus not taken to be poor.
- `weight`, the threat it feels, in (0, 1]: half revealed effort (mean allocation to the end of 2024 as a share of
  budget), half military spending as a share of GDP, each over the largest. EU institutions have no army: effort alone.
- `start`, its mean allocation in 2022, EUR bn a month.

How unequal its months are is estimated elsewhere (`sim.estimation.europe_supply`).
"""

from __future__ import annotations

import sys

import pandas as pd

from sim.record import last_month, tables
from sim.record.monthly import TYPES

LABELS = {
    "eu_institutions": "EU institutions",
    "germany": "Germany",
    "united_kingdom": "United Kingdom",
    "nordics": "Nordic countries",
    "benelux": "Benelux",
    "france": "France",
    "poland": "Poland",
    "baltics": "Baltic states",
    "southern": "Southern Europe",
    "others": "Other European donors",
}
START = slice("2022-02", "2022-12")
BEFORE, AFTER = slice("2022-02", "2024-12"), slice("2025-01", last_month())
"""The first year of the war; all months under the architectural executive; the rest of the record."""
HALF_YEAR = 6
DECIMALS = 4


def allocations() -> tuple[pd.DataFrame, pd.DataFrame]:
    """All and military allocations, EUR bn a month: one row a month from 2022-02, one column a member."""
    given = by_member(*TYPES)
    return given[BEFORE.start :], by_member("military")[BEFORE.start :]


def by_member(*kinds: str) -> pd.DataFrame:
    """Allocations of these kinds, EUR bn a month: one row a month of the record, one column a member."""
    countries = tables.read("europe_countries").set_index("country")["member"]
    donors = tables.read("aid_by_donor")
    member = donors["donor"].map({**countries, LABELS["eu_institutions"]: "eu_institutions"})
    given = donors[list(kinds)].sum(axis=1).groupby([donors["month"], member.rename("member")]).sum()
    months = pd.date_range(donors["month"].min(), last_month(), freq="MS", name="month")
    return given.unstack("member").reindex(index=months, columns=list(LABELS)).fillna(0.0)


def peak(total: pd.DataFrame) -> pd.Series[float]:
    """Largest mean over six consecutive months, EUR bn a month."""
    return total.rolling(HALF_YEAR).mean().max()


def budget(total: pd.DataFrame, gdp: pd.Series[float]) -> pd.Series[float]:
    """Most that each member could sustain, EUR bn a month; own peak alone where there is no GDP."""
    own = peak(total)
    common_effort = (own / gdp).median()
    return own.where(own > common_effort * gdp.fillna(0.0), common_effort * gdp)


def military_spending(countries: pd.DataFrame) -> pd.Series[float]:
    """Military spending of each member, share of GDP weighted by GDP, percent."""
    spending = countries["military_pct_gdp"] * countries["gdp_2021_eur_bn"]
    grouped = pd.DataFrame({"spending": spending, "gdp": countries["gdp_2021_eur_bn"]})
    sums = grouped.groupby(countries["member"]).sum()
    return sums["spending"] / sums["gdp"]


def threat_weight(effort: pd.Series[float], spending: pd.Series[float]) -> pd.Series[float]:
    """Mean of both, each over its largest value; effort alone where nothing is spent on an army."""
    return pd.DataFrame({"effort": effort / effort.max(), "spending": spending / spending.max()}).mean(axis=1)


def members() -> pd.DataFrame:
    """The table, one row a member."""
    total, military = allocations()
    countries = tables.read("europe_countries")
    gdp = countries.groupby("member")["gdp_2021_eur_bn"].sum().reindex(list(LABELS))
    limit, before = budget(total, gdp), total[BEFORE].mean()
    spending = military_spending(countries).reindex(list(LABELS))
    columns = {
        "label": pd.Series(LABELS),
        "gdp_2021_eur_bn": gdp.round(1),
        "budget": limit,
        "own_peak": peak(total),
        "start": total[START].mean(),
        "mean_to_2024": before,
        "mean_2025": total[AFTER].mean(),
        "military_share": military.sum() / total.sum(),
        "military_pct_gdp": spending,
        "effort": before / limit,
        "weight": threat_weight(before / limit, spending),
    }
    return pd.DataFrame(columns).round(DECIMALS).rename_axis("member").reset_index()


def main() -> None:
    """Write the table and show it."""
    frame = members()
    path = tables.write("europe_members", frame)
    sys.stdout.write(f"wrote {path.name}\n\n{frame.to_string()}\n")


if __name__ == "__main__":
    main()
