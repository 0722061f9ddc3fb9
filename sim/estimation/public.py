"""What moves Kyiv's public? What the surveys of the record can say: `python -m sim.estimation.public`.

The share against any concession follows the equation of the model (`sim.world.public`), and a survey sees it with the
error of a sample. A Gaussian filter gives the likelihood of all surveys. A term that the surveys cannot bear does not
raise the evidence of a form: hence neither land lost nor American aid is in the model's.
"""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from sim.basics.arrays import Doubles
from sim.estimation.draws_weighed import Range, Values, Weighed, weighed
from sim.record import concessions, monthly, tables
from sim.world import public

FORMS, COEFFICIENTS = "public_forms", "public_coefficients"
SURVEY_SD = 0.018
"""Error of a survey: 3.5 points at 95 %, as the pollster states for some 1,000 asked, the sampling design included."""
WAR_BEGAN = pd.Period("2022-02", "M")
YEAR, HALF_YEAR, PERCENT = 12, 6, 100.0
DRAWS, BATCH, SEED = 400_000, 50_000, 1
DECIMALS = 3
LAST = 46.0
"""Months of war at the end of the record: until then the public wearies where weariness has no end of its own."""

COMMON = {
    "opposed_lasting": Range(-1.0, 1.0),
    "opposed_speed": Range(0.02, 0.5, log=True),
    "opposed_noise": Range(0.003, 0.05, log=True),
}
WAR = COMMON | {"opposed_war": Range(0.0, 4.0)}
TO_AN_END = WAR | {"opposed_months": Range(12.0, LAST)}
OF_THE_MODEL = "months of war, to an end"
CANDIDATES: dict[str, dict[str, Range]] = {
    "a level": COMMON,
    "months of war": WAR,
    OF_THE_MODEL: TO_AN_END,
    "and land lost in a year": TO_AN_END | {"land_lost": Range(-2.0, 2.0)},
    "and American aid of half a year": TO_AN_END | {"support": Range(-2.0, 2.0)},
}
"""Forms of the equation: which coefficients each has, and their priors. One that lacks a coefficient has none of it."""
COVARIATES = ("land_lost", "support")


def surveys() -> pd.Series[float]:
    """Share against any concession, by month of the survey."""
    opposed: pd.Series[float] = concessions.opposed() / PERCENT
    opposed.index = pd.PeriodIndex(opposed.index, freq="M")
    return opposed


def covariates(months: pd.PeriodIndex) -> pd.DataFrame:
    """By month: months of war; points of Ukraine lost within a year; American aid of half a year over the most."""
    record = monthly.dataset().to_dataframe().to_period("M")
    held, aid = record["russian_held_share"], record["us_allocation_without_loan"]
    given = aid.rolling(HALF_YEAR, min_periods=1).mean()
    found = {
        "months": pd.Series([(month - WAR_BEGAN).n for month in months], months, dtype=float),
        "land_lost": (held - held.shift(YEAR)).mul(PERCENT).bfill().reindex(months),
        "support": (given / given.max()).reindex(months),
    }
    return pd.DataFrame(found).ffill()


def answered(name: str, seen: pd.Series[float], draws: int = DRAWS) -> tuple[Weighed, float]:
    """What the surveys leave of a form of `CANDIDATES`; and by how much its forecasts of the next survey miss (rmse).

    Parameters
    ----------
    name : str
    seen : Series
        Share opposed, by month.
    draws : int
        How many sets of coefficients.
    """
    months = pd.period_range(seen.index[0], seen.index[-1], freq="M")
    table, missed = covariates(months), []

    def log_likelihood(values: Values) -> Doubles:
        batches = [{name: drawn[at : at + BATCH] for name, drawn in values.items()} for at in range(0, draws, BATCH)]
        found, squares = np.concatenate([_filtered(batch, seen, table) for batch in batches], axis=1)
        missed.append(squares)
        return np.asarray(found)

    found = weighed(CANDIDATES[name], log_likelihood, draws, SEED)
    return found, (found.mean(missed[0]) / (len(seen) - 1)) ** 0.5


def _filtered(values: Values, seen: pd.Series[float], table: pd.DataFrame) -> Doubles:
    """Log likelihood of the surveys after the first, and the sum of squared errors of their forecasts, (2, draws)."""
    p: Any = SimpleNamespace(**{"opposed_war": 0.0, "opposed_months": LAST} | dict(values))
    size = p.opposed_lasting.size
    mean, variance = np.full(size, seen.iloc[0]), np.full(size, SURVEY_SD**2)
    found = np.zeros((2, size))
    for month in table.index[1:]:
        here = table.loc[month]
        pull = sum(values[name] * here[name] for name in COVARIATES if name in values)
        at: Any = SimpleNamespace(**vars(p) | {"opposed_lasting": p.opposed_lasting + pull})
        mean = public.moved(mean, public.leaning(float(here["months"]), at), 0.0, p)
        variance = (1.0 - p.opposed_speed) ** 2 * variance + p.opposed_noise**2
        if month in seen.index:
            error, spread = float(seen[month]) - mean, variance + SURVEY_SD**2
            found[0] -= 0.5 * (error**2 / spread + np.log(2.0 * np.pi * spread))
            found[1] += error**2
            gain = variance / spread
            mean, variance = mean + gain * error, (1.0 - gain) * variance
    return found


def coefficients(draws: int = DRAWS) -> pd.DataFrame:
    """Median and 90 % interval of the coefficients of the model's form."""
    return answered(OF_THE_MODEL, surveys(), draws)[0].table(DECIMALS)


def forms(draws: int = DRAWS) -> pd.DataFrame:
    """What each form comes to beside the model's: log of the Bayes factor, and error of its forecasts in points."""
    seen = surveys()
    found = {name: answered(name, seen, draws) for name in CANDIDATES}
    base = found[OF_THE_MODEL][0].log_evidence
    rows = [
        (name, len(CANDIDATES[name]), len(seen), round(form.log_evidence - base, 1), round(PERCENT * rmse, 1))
        for name, (form, rmse) in found.items()
    ]
    return pd.DataFrame(rows, columns=["form", "coefficients", "surveys", "log_bayes_factor", "rmse_points"])


def main() -> None:
    """Write both tables beside the observed ones."""
    for name, table in ((FORMS, forms()), (COEFFICIENTS, coefficients())):
        sys.stdout.write(f"{tables.write(name, table)}\n")


if __name__ == "__main__":
    main()
