"""The seven facts of the record as checks: each statistic of the observed history against the simulated histories.

A statistic is inside if it lies in the central 90 % of what single simulated histories give, with parameters from the
posterior: the histories are as short and as lumpy as the record, so the tolerance is the data's own uncertainty. An
interval that holds everything that is possible cannot fail, and says nothing. A fact holds if all its statistics are
inside intervals that could fail; a fact that the model has no quantity for does not hold.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.basics.arrays import Array, varies
from sim.estimation import summary_statistics as statistics
from sim.estimation.europe_supply import LITTLE as NOTHING
from sim.estimation.reference_table import observed_paths, posterior_predictive
from sim.estimation.summary_statistics import END, EUROPE, LINE, US, Paths
from sim.record import columns
from sim.scenario.parameter_sets import each_world
from sim.world import contacts

if TYPE_CHECKING:
    import pandas as pd

LEVEL = 0.9
WORLDS = 4096
CORRELATION = ""
"""A correlation has no unit."""
POSSIBLE = {"share": (0.0, 1.0), CORRELATION: (-1.0, 1.0)}
"""Everything that a statistic in a unit can be; in other units it has no end that intervals reach."""
INSIDE, OUTSIDE, EMPTY, UNMODELLED = "yes", "no", "cannot fail", "not modelled"
"""What is said of a statistic: the record lies inside its interval or not; or the interval is all that is possible, or
there is none."""
HOLDS, FAILS, UNTESTED = "holds", "does not hold", "is not tested"
FACTS = {
    1: "American allocations are lumpy, nearly memoryless, and stop twice",
    2: "Europe did not fill the gap of 2023-24; it rose in 2025, with a spike that fades",
    3: "American and European flows are nearly uncorrelated by month",
    4: "The front is persistent and answers aid weakly",
    5: "A bill that reaches the floor passes; the bottleneck is the agenda",
    6: "Contacts come in clusters, and end without a ceasefire",
    7: "Ukrainians grew readier for concessions",
}


WHOLE = ("2022-12", END)
"""From the first month of a history to the last of the record."""
SILENT_MONTHS = 2
"""Months without direct contact after which the next opens a new cluster: the 60 days of `sim.record.facts`."""
SURVEYS = [
    month[:7]
    for month, question, answer in zip(
        *(columns("opinion")[key] for key in ("month", "question", "answer")), strict=True
    )
    if (question, answer) == ("concessions", "opposed")
]
"""Months of a survey of Ukrainians about concessions."""
SPANS = {
    "to mid 2023": ("2022-12", "2023-06"),
    "end of 2023": ("2023-10", "2023-12"),
    "first half of 2024": ("2024-01", "2024-06"),
    "second half of 2024": ("2024-07", "2024-12"),
    "2025": ("2025-01", END),
}
"""Phases of the war by which fact 7 is told."""


class Check(NamedTuple):
    """A statistic of a fact: what it is, its unit, and how it is computed from paths, shape (W,)."""

    fact: int
    label: str
    unit: str
    compute: Callable[[Paths, list[str]], Array]


def within(path: str, first: str, last: str, compute: Callable[[Array], Array]) -> Callable[[Paths, list[str]], Array]:
    """A statistic of the months from `first` to `last` of one path."""

    def statistic(paths: Paths, calendar: list[str]) -> Array:
        return compute(paths[path][:, calendar.index(first) : calendar.index(last) + 1])

    return statistic


def share_under(amount: float) -> Callable[[Array], Array]:
    """Share of months that bring less than `amount`, EUR bn."""
    return lambda block: np.asarray((block < amount).mean(axis=1))


def ratio(path: str, over: tuple[str, str], under: tuple[str, str]) -> Callable[[Paths, list[str]], Array]:
    """Ratio of the means of two windows of one path."""
    above = within(path, *over, statistics.mean)
    below = within(path, *under, statistics.mean)
    return lambda paths, calendar: above(paths, calendar) / np.maximum(below(paths, calendar), 1e-9)


def correlation(paths: Paths, calendar: list[str]) -> Array:
    """Correlation over months of American and European flows."""
    return _correlated(paths[US], paths[EUROPE])


def _correlated(one: Array, other: Array) -> Array:
    """Correlation over the months of each history; 0 where either never varies."""
    a, b = one - one.mean(axis=1, keepdims=True), other - other.mean(axis=1, keepdims=True)
    spread = np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
    moves = varies(one, axis=1) & varies(other, axis=1) & (spread > 0.0)
    return np.asarray(np.where(moves, (a * b).sum(axis=1) / np.where(moves, spread, 1.0), 0.0))


def aid_and_front(paths: Paths, calendar: list[str]) -> Array:
    """Correlation of a month's movement of the line with all aid of the six months before."""
    aid = paths[US] + paths[EUROPE]
    half_year = np.stack([aid[:, m - 6 : m].sum(axis=1) for m in range(6, aid.shape[1])], axis=1)
    return _correlated(half_year, np.diff(paths[LINE], axis=1)[:, 5:])


def passed(paths: Paths, calendar: list[str]) -> Array:
    """Share of the bills that reached the floor and became law; missing where none did."""
    votes, laws = np.isfinite(paths["house_ayes"]).sum(axis=1), paths["bill_passed"].sum(axis=1)
    return np.where(votes > 0.0, laws / np.where(votes > 0.0, votes, 1.0), np.nan)


def clusters(paths: Paths, calendar: list[str]) -> Array:
    """How often Kyiv and Moscow began to meet without Washington after at least two months in which they had not."""
    return np.asarray(1.0 * contacts.clusters(paths["direct_talks"], SILENT_MONTHS))


def met_again(paths: Paths, calendar: list[str]) -> Array:
    """Share of their meetings without Washington that another followed a month later; missing where they never met."""
    met, again = paths["direct_talks"][:, :-1], paths["direct_talks"][:, 1:]
    months = met.sum(axis=1)
    return np.where(months > 0.0, (met * again).sum(axis=1) / np.where(months > 0.0, months, 1.0), np.nan)


def surveyed(first: str, last: str) -> Callable[[Paths, list[str]], Array]:
    """Share opposed to any concession in the months of a survey from `first` to `last`, on average."""

    def statistic(paths: Paths, calendar: list[str]) -> Array:
        asked = [calendar.index(month) for month in SURVEYS if first <= month <= last]
        return np.asarray(paths["opposed"][:, asked].mean(axis=1))

    return statistic


def ayes(paths: Paths, calendar: list[str]) -> Array:
    """House ayes on the last bill to the end of 2024; missing where there was none."""
    block = paths["house_ayes"][:, : calendar.index("2024-12") + 1]
    last = np.full(len(block), np.nan)
    for month in block.T:
        last = np.where(np.isfinite(month), month, last)
    return last


CHECKS = (
    Check(1, "mean before the gap", "EUR bn a month", within(US, "2022-12", "2023-09", statistics.mean)),
    Check(1, "mean in the gap", "EUR bn a month", within(US, "2023-10", "2024-03", statistics.mean)),
    Check(1, "mean after the gap", "EUR bn a month", within(US, "2024-04", "2025-01", statistics.mean)),
    Check(1, "mean from February 2025", "EUR bn a month", within(US, "2025-02", END, statistics.mean)),
    Check(1, "scatter", "log EUR bn", within(US, "2022-12", "2025-01", statistics.log_scatter)),
    Check(1, "lag-1 autocorrelation", CORRELATION, within(US, "2022-12", "2025-01", statistics.memory)),
    Check(2, "gap over before", "ratio", ratio(EUROPE, ("2023-10", "2024-03"), ("2022-12", "2023-09"))),
    Check(2, "2025 over 2023-24", "ratio", ratio(EUROPE, ("2025-03", END), ("2022-12", "2024-12"))),
    Check(2, "spring of 2025 over what followed", "ratio", ratio(EUROPE, ("2025-03", "2025-05"), ("2025-06", END))),
    Check(2, "scatter of logarithms", "log EUR bn", within(EUROPE, *WHOLE, statistics.scatter_of_logs)),
    Check(2, "months under 2 bn", "share", within(EUROPE, *WHOLE, share_under(statistics.LITTLE))),
    Check(2, "months of nothing, EU institutions", "share", within("eu_payment", *WHOLE, share_under(NOTHING))),
    Check(3, "correlation by month", CORRELATION, correlation),
    Check(4, "gain in 2023", "points", within(LINE, "2022-12", "2023-12", statistics.points_moved)),
    Check(4, "gain in 2024", "points", within(LINE, "2023-12", "2024-12", statistics.points_moved)),
    Check(4, "gain in 2025", "points", within(LINE, "2024-12", END, statistics.points_moved)),
    Check(4, "persistence of movement", CORRELATION, within(LINE, "2022-12", "2024-12", statistics.movement_memory)),
    Check(4, "correlation with half a year's aid", CORRELATION, aid_and_front),
    Check(5, "bills on the floor that pass", "share", passed),
    Check(5, "House ayes on the last bill to 2024", "ayes", ayes),
    Check(5, "longest gap", "months", within(US, "2023-02", "2024-12", statistics.longest_starved)),
    Check(6, "months with talks to 2024", "share", within("talks", "2022-12", "2024-12", statistics.mean)),
    Check(6, "months with talks in 2025", "share", within("talks", "2025-02", statistics.EVENTS_END, statistics.mean)),
    Check(6, "clusters of direct contacts", "count", clusters),
    Check(6, "met directly again a month later", "share", met_again),
    Check(6, "settled by the end of the record", "share", within("settled", END, END, statistics.mean)),
    *(Check(7, f"opposed to concessions, {span}", "share", surveyed(*ends)) for span, ends in SPANS.items()),
)


def table(sets: pd.DataFrame, worlds: int = WORLDS, seed: int = 1) -> pd.DataFrame:
    """Observed, simulated interval, inside or not, of every statistic; one row for a fact that is not modelled.

    Parameters
    ----------
    sets : DataFrame
        Parameter sets, one a row, of which each world draws one.
    worlds, seed : int
        How many histories, and which luck. An interval is of those that have the statistic: a history without a vote
        has no share of bills that pass.
    """
    import pandas as pd

    simulated = posterior_predictive(partial(each_world, sets), worlds, seed)
    observed, calendar = observed_paths()
    rows = [_row(check, observed, simulated, calendar) for check in CHECKS]
    missing = sorted(set(FACTS) - {check.fact for check in CHECKS})
    rows += [(fact, UNMODELLED, "", np.nan, np.nan, np.nan, np.nan, UNMODELLED) for fact in missing]
    columns = ["fact", "statistic", "unit", "observed", "low", "median", "high", "inside"]
    return pd.DataFrame(rows, columns=columns)


def verdicts(facts: pd.DataFrame) -> dict[int, str]:
    """What becomes of each fact: it holds, does not hold, or is not tested, since an interval of it cannot fail."""
    return {int(str(fact)): _verdict(set(part["inside"])) for fact, part in facts.groupby("fact")}


def _verdict(inside: set[str]) -> str:
    if inside & {OUTSIDE, UNMODELLED}:
        return FAILS
    return UNTESTED if EMPTY in inside else HOLDS


def holding(facts: pd.DataFrame) -> dict[int, bool]:
    """Whether each fact holds."""
    return {fact: verdict == HOLDS for fact, verdict in verdicts(facts).items()}


def _row(check: Check, observed: Paths, simulated: Paths, calendar: list[str]) -> tuple[object, ...]:
    came = float(check.compute(observed, calendar)[0])
    values = check.compute(simulated, calendar)
    low, middle, high = np.nanquantile(values, ((1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2))
    inside = _inside(came, low, high, POSSIBLE.get(check.unit, (-np.inf, np.inf)))
    numbers = (float(f"{number:.4g}") for number in (came, low, middle, high))
    return (check.fact, check.label, check.unit, *numbers, inside)


def _inside(came: float, low: float, high: float, possible: tuple[float, float]) -> str:
    """Whether the record lies in an interval, if the interval leaves out anything that is possible.

    >>> _inside(0.5, 0.0, 0.9, (0.0, 1.0)), _inside(0.5, 0.0, 1.0, (0.0, 1.0)), _inside(0.5, 0.6, 1.0, (0.0, 1.0))
    ('yes', 'cannot fail', 'no')
    """
    if low <= possible[0] and possible[1] <= high:
        return EMPTY
    return INSIDE if low <= came <= high else OUTSIDE
