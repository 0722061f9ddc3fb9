"""The rules that every row of the tables `base_rates` and `base_rate_priors` obeys; in words in `tables/SOURCES.md`."""

from __future__ import annotations

import pandas as pd

from sim.record.base_rates import OUTCOMES, SUBJECTS
from sim.record.rules import LAST_DAY, Rule, broken, filled, one_of, unique

MOST = {"chance a month": 1.0, "share": 1.0, "months": 600.0, "ratio": 100.0, "log-hazard": 5.0}
"""The largest number of each unit; none is below nothing."""
SPAN = r"(\d{4})-(\d{4})"
NAMED = r"https?://|\(\d{4}\)"
"""A work is named with its year, or with an address."""


def _possible(rows: pd.DataFrame) -> pd.Series[bool]:
    return (rows["value"] >= 0.0) & (rows["value"] <= rows["unit"].map(MOST))


def _around(rows: pd.DataFrame) -> pd.Series[bool]:
    none = rows["low"].isna() & rows["high"].isna()
    return none | ((rows["low"] <= rows["value"]) & (rows["value"] <= rows["high"]))


def _before_the_end(rows: pd.DataFrame) -> pd.Series[bool]:
    years = rows["years"].str.fullmatch(SPAN).eq(True)
    first, last = (pd.to_numeric(part) for _, part in rows["years"].str.extract(SPAN).items())
    return rows["years"].isna() | (years & (first <= last) & (last <= LAST_DAY.year))


def _counted(rows: pd.DataFrame) -> pd.Series[bool]:
    return rows["basis"].ne("computed") | rows[["low", "high", "n"]].notna().all(axis=1)


RATE_RULES = (
    *(filled(column) for column in ("rate", "value", "counts", "how", "source", "beware", "speaks_to")),
    unique("rate"),
    one_of("subject", SUBJECTS),
    one_of("unit", MOST),
    one_of("basis", ("computed", "published")),
    Rule("value", "must be possible in its unit", _possible),
    Rule("low", "must be given with high, and the value lie between them", _around),
    Rule("years", "must be two years, the later no later than 2025, or empty", _before_the_end),
    Rule("n", "what is computed must have its cases and an interval", _counted),
    Rule("events", "must not be more than the cases", lambda rows: ~(rows["events"] > rows["n"])),
    Rule("source", "must name the year of a work or an address", lambda rows: rows["source"].str.contains(NAMED)),
)
"""What every row of `base_rates` obeys."""


def prior_rules(rates: pd.DataFrame) -> tuple[Rule, ...]:
    """What every row of `base_rate_priors` obeys, given the rates."""

    def _rests_on(rows: pd.DataFrame) -> pd.Series[bool]:
        to = [rates.loc[[name in said.split() for said in rates["speaks_to"]], "rate"] for name in rows["parameter"]]
        return rows["rates"].eq(pd.Series([" ".join(names) for names in to], index=rows.index))

    return (
        filled("reason"),
        unique("parameter"),
        one_of("scale", ("flat", "log")),
        Rule("low", "must be under high", lambda rows: rows["low"] < rows["high"]),
        Rule(
            "low", "must be above 0 on a scale of logarithms", lambda rows: rows["scale"].ne("log") | (rows["low"] > 0)
        ),
        Rule("rates", "must be those that speak to the parameter, in their order", _rests_on),
    )


def mistakes(rates: pd.DataFrame, priors: pd.DataFrame) -> list[str]:
    """Cells of the two tables that break a rule; see `sim.record.rules.broken`."""
    known = {*priors["parameter"], *OUTCOMES}
    heard = Rule(
        "speaks_to",
        f"must be parameters of `base_rate_priors` or {', '.join(OUTCOMES)}",
        lambda rows: rows["speaks_to"].map(lambda said: set(str(said).split()) <= known),
    )
    return broken("base_rates", rates, (*RATE_RULES, heard)) + broken("base_rate_priors", priors, prior_rules(rates))
