"""How do Europeans pay? What months without money, lumps and vetoes say: `python -m sim.estimation.europe_supply`.

Three tables: `europe_supply`, by donor, what it gave in a year, in how many months nothing, and how unequal the others
are; `europe_supply_forms`, what the months say of other forms; `europe_vetoes`, of governments that must agree.

- What a donor gives in a month in which it gives is a *lump*, e^power with e exponential: power 1 is as lumpy as
  American allocations, more has a heavier tail. Lumps are compared within a year, whose level is left open, so that a
  donor who came to give more is not taken to be lumpy. The months bear neither a gamma nor a lognormal as well.
- EU institutions give nothing where they pay less than `LITTLE`: tranches are decided on, crumbs are not. Months under
  a veto of money (`events`) do not count.
- Both times that EU institutions needed money from all governments, for 2023 and from 2024 on, one of these held it up.
  Hence a veto comes with what is asked. That its chance falls with `cohesion` as if so many `reluctant` governments had
  to agree one by one is judgement; how many, at the cohesion of those years, is what the two leave of it.

Not identified: how long an envelope lasts, of which there were two, for 12 and for 48 months; whether what EU
institutions do not pay in a month adds up; how fast members' will moves (`sim.estimation.europe_memory`). Not in it:
the veto of the European Peace Facility, which repays members and is no money of the EU's own in the record; it was
never lifted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from math import lgamma

import numpy as np
import pandas as pd

from sim.basics.arrays import Doubles
from sim.estimation.draws_weighed import LEVELS, Range, Values, Weighed, weighed
from sim.record import europe, last_month, tables

TABLE, FORMS, VETOES = "europe_supply", "europe_supply_forms", "europe_vetoes"
EU = "eu_institutions"
FIRST, YEARS = "2022-03", range(2022, int(last_month()[:4]) + 1)
"""The first whole month of the war, and the years of it."""
LITTLE = 0.1
"""What EU institutions pay in a month without a tranche, EUR bn: humanitarian aid and the like."""
OFF_BUDGET = "hu-peace-facility"
"""The veto of money that is not the EU's own."""
ENVELOPES = 2
"""How often EU institutions needed the consent of all governments: for 2023, and from 2024 on."""
COHESION = 0.6
"""Of the Europe of those years, the reference."""
DAYS = 365.25 / 12.0
"""In a month."""
DRAWS, SEED, DECIMALS = 400_000, 1, 3
EXACT = 9
"""Decimals of a sum that no version of pandas disputes; a half is then rounded everywhere alike."""
POINTS = 400
"""Of a grid of powers, shapes and spreads."""
POWERS, SHAPES, SPREADS = (np.geomspace(*ends, POINTS) for ends in ((0.2, 4.0), (0.1, 10.0), (0.2, 4.0)))
"""Of lumps, flat in the logarithm: from three months much alike to one that makes the decade."""
PRIORS = {"vetoed": Range(0.0, 1.0), "veto_lifted": Range(0.0, 1.0)}
"""Flat: the chance that an envelope is vetoed, and that a veto is let go within a month."""

Likelihood = Callable[[Doubles, Doubles], Doubles]
"""Log likelihood of the months of a year at each value of what shapes them, the level of the year left open."""


# ---- lumps


def power_of_exponential(months: Doubles, powers: Doubles) -> Doubles:
    """Months are a level times e^power, with e exponential."""
    n, logs, rates = len(months), np.log(months), 1.0 / powers
    together = np.logaddexp.reduce(rates[:, None] * logs, axis=1)
    return np.asarray((n - 1) * np.log(rates) + (rates - 1.0) * logs.sum() + lgamma(n) - n * together)


def gamma(months: Doubles, shapes: Doubles) -> Doubles:
    """Months are gamma distributed."""
    n, logs = len(months), np.log(months)
    ones, together = (np.array([lgamma(count * shape) for shape in shapes]) for count in (1, n))
    return np.asarray((shapes - 1.0) * logs.sum() - n * ones + together - n * shapes * np.log(months.sum()))


def lognormal(months: Doubles, spreads: Doubles) -> Doubles:
    """Months are lognormal."""
    n, logs = len(months), np.log(months)
    squares = ((logs - logs.mean()) ** 2).sum()
    wide = (n - 1) * np.log(spreads * np.sqrt(2.0 * np.pi))
    return np.asarray(-logs.sum() - 0.5 * np.log(n) - wide - 0.5 * squares / spreads**2)


OF_THE_MODEL = "a power of an exponential"
SIZES: dict[str, tuple[Likelihood, Doubles]] = {
    OF_THE_MODEL: (power_of_exponential, POWERS),
    "gamma": (gamma, SHAPES),
    "lognormal": (lognormal, SPREADS),
}
"""Forms of what a month with money comes to."""


def year(months: pd.Series[float]) -> pd.Index[int]:
    """The year of each month."""
    return pd.DatetimeIndex(months.index).year


def by_year(months: pd.Series[float]) -> list[Doubles]:
    """The months of each year that has any."""
    return [np.asarray(part, dtype=float) for _, part in months.groupby(year(months))]


def answered(form: str, months: pd.Series[float]) -> Doubles:
    """Log likelihood of a donor's months with money, at each value of what shapes them in this form."""
    likelihood, values = SIZES[form]
    return np.asarray(sum(likelihood(part, values) for part in by_year(months)))


def log_evidence(log_likelihood: Doubles) -> float:
    """Log of the mean likelihood of values that are equally likely before."""
    highest = log_likelihood.max()
    return float(np.log(np.exp(log_likelihood - highest).mean()) + highest)


def quantiles(values: Doubles, log_likelihood: Doubles) -> list[float]:
    """Median and ends of the 90 % interval of values that were equally likely before, in the order of `LEVELS`."""
    reached = np.cumsum(np.exp(log_likelihood - log_likelihood.max()))
    return [float(np.interp(level, reached / reached[-1], values)) for level in LEVELS.values()]


# ---- months of nothing


def held_up() -> pd.DataFrame:
    """Vetoes of money of the EU's own: from when to when."""
    events = tables.read("events")
    asked = (events["category"] == "veto") & (events["scope"] == "money") & (events["id"] != OFF_BUDGET)
    return events.loc[asked, ["date", "until"]]


def months_of(member: str, given: pd.Series[float]) -> tuple[pd.Series[float], pd.Series[float]]:
    """A donor's months that say how it pays, and those of them in which it paid; EU institutions' not under a veto."""
    if member != EU:
        return given, given[given > 0.0]
    first = given.index
    under = pd.Series(False, first)
    for date, until in held_up().itertuples(index=False):
        under |= (date <= first) & (first < until)
    free = given[~under]
    return free, free[free >= LITTLE]


def log_beta(nothing: float, months: float) -> float:
    """Log likelihood of so many months of nothing, their chance being open and flat."""
    return lgamma(nothing + 1.0) + lgamma(months - nothing + 1.0) - lgamma(months + 2.0)


def same_every_year(months: pd.Series[float], with_money: pd.Series[float]) -> float:
    """Log of the Bayes factor of a chance of nothing of each year's own, over one of all years."""
    nothing = (~months.index.isin(with_money.index)).astype(float)
    years = pd.Series(nothing, months.index).groupby(year(months)).agg(["sum", "size"])
    return sum(log_beta(*of) for of in years.to_numpy()) - log_beta(nothing.sum(), len(nothing))


def adding_up(months: pd.Series[float], with_money: pd.Series[float]) -> float:
    """Log of the Bayes factor of payments that make up for the months without one, over payments as they come."""
    place = pd.Series(np.arange(len(months)), months.index)[with_money.index]
    since = place.diff().fillna(place.iloc[0] + 1.0)
    made_up = answered(OF_THE_MODEL, with_money / since) - np.log(since).sum()
    return log_evidence(made_up) - log_evidence(answered(OF_THE_MODEL, with_money))


# ---- vetoes


def vetoes(held: Doubles, draws: int = DRAWS) -> Weighed:
    """What the envelopes of the record leave of the chance that one is vetoed, and of how soon it is let go.

    Parameters
    ----------
    held : array
        How long each veto lasted, months.
    """

    def log_likelihood(values: Values) -> Doubles:
        vetoed, rate = values["vetoed"], -np.log1p(-values["veto_lifted"])
        asked = len(held) * np.log(vetoed) + (ENVELOPES - len(held)) * np.log1p(-vetoed)
        return np.asarray(asked + len(held) * np.log(rate) - rate * held.sum())

    return weighed(PRIORS, log_likelihood, draws, SEED)


# ---- the tables


def donors() -> Iterable[tuple[str, pd.Series[float], pd.Series[float], pd.Series[float]]]:
    """Each donor, all its months of the war, those that say how it pays, and those in which it paid."""
    total, _ = europe.allocations()
    for member in total.columns:
        given = total.loc[FIRST:, member]
        yield member, given, *months_of(member, given)


def supply() -> pd.DataFrame:
    """By donor: what it gave in a year, months of nothing, and the power of its lumps."""
    from scipy.stats import beta  # which a report, whose facts know this file, need not wait for

    rows = []
    for member, given, months, paid in donors():
        nothing = len(months) - len(paid)
        chance = np.asarray(beta.ppf(list(LEVELS.values()), nothing + 1, len(paid) + 1)).tolist()
        power = quantiles(POWERS, answered(OF_THE_MODEL, paid))
        sums = given.groupby(year(given)).sum().round(EXACT).to_list()
        rows.append((member, *sums, len(months), nothing, *chance, *power))
    names = [f"{what}{end}" for what in ("nothing", "power") for end in ("_low", "", "_high")]
    years = [f"given_{year}" for year in YEARS]
    return pd.DataFrame(rows, columns=["member", *years, "months", "months_of_nothing", *names]).round(DECIMALS)


def forms() -> pd.DataFrame:
    """What other forms come to beside the model's: log of the Bayes factor, all donors together."""
    seen = list(donors())
    evidence = {form: sum(log_evidence(answered(form, paid)) for *_, paid in seen) for form in SIZES}
    ours = evidence[OF_THE_MODEL]
    rows = [("a month with money", form, len(seen), found - ours) for form, found in evidence.items()]
    changing = sum(same_every_year(months, paid) for *_, months, paid in seen)
    rows += [("months of nothing", "the same chance every year", len(seen), 0.0)]
    rows += [("months of nothing", "a chance of each year's own", len(seen), changing)]
    [(institutions, paid)] = [(months, paid) for member, _, months, paid in seen if member == EU]
    rows += [("what the EU did not pay", "is not made up for", 1, 0.0)]
    rows += [("what the EU did not pay", "adds up while nothing is paid", 1, adding_up(institutions, paid))]
    return pd.DataFrame(rows, columns=["of", "form", "donors", "log_bayes_factor"]).round(1)


def coefficients(draws: int = DRAWS) -> pd.DataFrame:
    """Median and 90 % interval of what governs vetoes."""
    events = held_up()
    held = (events["until"] - events["date"]).dt.days.to_numpy(dtype=float) / DAYS
    found = vetoes(held, draws).table(DECIMALS).set_index("coefficient")
    found.loc["reluctant"] = np.log1p(-found.loc["vetoed"]) / np.log(COHESION)
    return found.round(2).reset_index()


def main() -> None:
    """Write the tables beside the observed ones."""
    for name, table in ((TABLE, supply()), (FORMS, forms()), (VETOES, coefficients())):
        sys.stdout.write(f"{tables.write(name, table)}\n{table.to_string(index=False)}\n\n")


if __name__ == "__main__":
    main()
