"""How do contacts of Kyiv and Moscow follow each other, and Washington's talks? `python -m sim.estimation.contacts`.

The log-odds of a meeting are those of the model (`sim.world.contacts`), month by month from the second month of the
war to the end of the record, by the coded events. There are two clusters, five months with a meeting in all; so each
coefficient keeps much of its prior, and the table says how much. No truce was in force in a month that would tell what
one adds: `direct_truce` is judgement.
"""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from sim.basics.arrays import Doubles, expit
from sim.estimation.draws_weighed import Range, Values, Weighed, weighed
from sim.record import monthly, tables
from sim.record.event_rules import named
from sim.scenario.preferences import TableParameters
from sim.world import contacts, settlement

TABLE, FORMS = "contact_coefficients", "contact_forms"
WAR_BEGAN, MEETINGS = pd.Period("2022-02", "M"), ("talks", "call", "summit")
WINDOW = 3
"""Months of movement from which the sides expect the next."""
DRAWS, SEED, DECIMALS = 1_000_000, 1, 2
OF_THE_MODEL = "momentum and an answer to Washington"
PRIORS = {
    "direct_base": Range(-7.0, -2.0),
    "direct_momentum": Range(0.0, 6.0),
    "direct_answer": Range(0.0, 4.0),
    "direct_ripeness": Range(0.0, 2.0),
}
"""Flat: without reason once in ninety years, or once a year; what is added multiplies odds by 1, or by 400, 55 or 7."""
CANDIDATES = {
    "each month by itself": ("direct_base", "direct_ripeness"),
    "an answer to Washington": ("direct_base", "direct_ripeness", "direct_answer"),
    "momentum": ("direct_base", "direct_ripeness", "direct_momentum"),
    OF_THE_MODEL: tuple(PRIORS),
}
"""Forms of the equation: the terms that each has."""


def months() -> pd.DataFrame:
    """By month: whether the two met (`meets`) and had the month before, Washington talked, and how ripe the war was."""
    events = tables.read("events")
    month = events["date"].dt.to_period("M")
    calendar = pd.period_range(WAR_BEGAN, month.max(), freq="M")
    direct = set(month[(events["category"] == "talks") & (events["direct_contact"] == 1)])
    american = events["actors"].map(lambda actors: "US" in named(actors))
    washington = set(month[events["category"].isin(MEETINGS) & american])
    found = pd.DataFrame(
        {"meets": [float(m in direct) for m in calendar], "talks": [float(m in washington) for m in calendar]}, calendar
    )
    moved = monthly.dataset()["territory_change"].to_series().to_period("M").rolling(WINDOW).mean().reindex(calendar)
    p = TableParameters()
    ages = range(len(calendar))
    found["ripeness"] = [
        float(settlement.ripeness(np.array([move]), float(age), p)[0])
        for age, move in zip(ages, moved.bfill(), strict=True)
    ]
    found["met"] = found["meets"].shift(1)
    return found.iloc[1:]


def answered(name: str, seen: pd.DataFrame, draws: int = DRAWS) -> Weighed:
    """What the months leave of a form of `CANDIDATES`."""
    columns = [seen[column].to_numpy(float) for column in ("met", "talks", "ripeness", "meets")]
    kinds, count = np.unique(np.column_stack(columns).round(DECIMALS), axis=0, return_counts=True)

    def log_likelihood(values: Values) -> Doubles:
        p: Any = SimpleNamespace(**dict.fromkeys(PRIORS, 0.0) | {"direct_truce": 0.0} | dict(values))
        found = np.zeros(draws)
        for (met, talks, ripeness, meets), times in zip(kinds, count, strict=True):
            odds = np.sum(np.broadcast_arrays(*contacts.meeting_terms(met, talks, ripeness, 0.0, p).values()), axis=0)
            found += times * np.log(expit(odds if meets else -odds))
        return found

    return weighed({term: PRIORS[term] for term in CANDIDATES[name]}, log_likelihood, draws, SEED)


def coefficients(draws: int = DRAWS) -> pd.DataFrame:
    """Median and 90 % interval of the coefficients of the model's form."""
    return answered(OF_THE_MODEL, months(), draws).table(DECIMALS)


def forms(draws: int = DRAWS) -> pd.DataFrame:
    """What each form comes to beside the model's: log of the Bayes factor."""
    seen = months()
    found = {name: answered(name, seen, draws).log_evidence for name in CANDIDATES}
    rows = [
        (name, len(terms), len(seen), int(seen["meets"].sum()), round(found[name] - found[OF_THE_MODEL], 1))
        for name, terms in CANDIDATES.items()
    ]
    return pd.DataFrame(rows, columns=["form", "coefficients", "months", "meetings", "log_bayes_factor"])


def main() -> None:
    """Write both tables beside the observed ones."""
    for name, table in ((FORMS, forms()), (TABLE, coefficients())):
        sys.stdout.write(f"{tables.write(name, table)}\n")


if __name__ == "__main__":
    main()
