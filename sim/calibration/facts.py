"""The seven facts of the record as checks: each statistic of the observed history against the simulated histories.

A statistic is inside if it lies in the central 90 % of what single simulated histories give, with parameters from the
posterior: the histories are as short and as lumpy as the record, so the tolerance is the data's own uncertainty. A fact
holds if all its statistics are inside; a fact that the model has no quantity for does not hold.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.arrays import Array
from sim.calibration import statistics
from sim.calibration.histories import lived, observed_paths, scenario
from sim.calibration.statistics import Paths
from sim.draws import Draws
from sim.parameter_sets import each_world

if TYPE_CHECKING:
    import pandas as pd

LEVEL = 0.9
WORLDS = 4096
FACTS = {
    1: "American allocations are lumpy, nearly memoryless, and stop twice",
    2: "Europe did not fill the gap of 2023-24; it rose in 2025, with a spike that fades",
    3: "American and European flows are nearly uncorrelated by month",
    4: "The front is persistent and answers aid weakly",
    5: "A bill that reaches the floor passes; the bottleneck is the agenda",
    6: "Contacts come in clusters, and end without a ceasefire",
    7: "Ukrainians grew readier for concessions",
}


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


def ratio(path: str, over: tuple[str, str], under: tuple[str, str]) -> Callable[[Paths, list[str]], Array]:
    """Ratio of the means of two windows of one path."""
    above = within(path, *over, statistics.mean)
    below = within(path, *under, statistics.mean)
    return lambda paths, calendar: above(paths, calendar) / np.maximum(below(paths, calendar), 1e-9)


def correlation(paths: Paths, calendar: list[str]) -> Array:
    """Correlation over months of American and European flows."""
    us, europe = (paths[name] - paths[name].mean(axis=1, keepdims=True) for name in ("us", "europe"))
    spread = np.sqrt((us**2).sum(axis=1) * (europe**2).sum(axis=1))
    return np.asarray((us * europe).sum(axis=1) / np.maximum(spread, 1e-9))


def aid_and_front(paths: Paths, calendar: list[str]) -> Array:
    """Correlation of a month's movement of the line with all aid of the six months before."""
    aid = paths["us"] + paths["europe"]
    half_year = np.stack([aid[:, m - 6 : m].sum(axis=1) for m in range(6, aid.shape[1])], axis=1)
    moved = np.diff(paths["line"], axis=1)[:, 5:]
    a, b = half_year - half_year.mean(axis=1, keepdims=True), moved - moved.mean(axis=1, keepdims=True)
    spread = np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
    return np.asarray((a * b).sum(axis=1) / np.where(spread > 0.0, spread, 1.0))


def passed(paths: Paths, calendar: list[str]) -> Array:
    """Share of the bills that reached the floor and became law; missing where none did."""
    votes, laws = paths["voted"].sum(axis=1), paths["passed"].sum(axis=1)
    return np.where(votes > 0.0, laws / np.where(votes > 0.0, votes, 1.0), np.nan)


def ayes(paths: Paths, calendar: list[str]) -> Array:
    """House ayes on the last bill to the end of 2024; missing where there was none."""
    block = paths["house_ayes"][:, : calendar.index("2024-12") + 1]
    last = np.full(len(block), np.nan)
    for month in block.T:
        last = np.where(np.isfinite(month), month, last)
    return last


CHECKS = (
    Check(1, "mean before the gap", "EUR bn a month", within("us", "2022-12", "2023-09", statistics.mean)),
    Check(1, "mean in the gap", "EUR bn a month", within("us", "2023-10", "2024-03", statistics.mean)),
    Check(1, "mean after the gap", "EUR bn a month", within("us", "2024-04", "2025-01", statistics.mean)),
    Check(1, "mean from February 2025", "EUR bn a month", within("us", "2025-02", "2025-08", statistics.mean)),
    Check(1, "scatter", "log EUR bn", within("us", "2022-12", "2025-01", statistics.log_scatter)),
    Check(1, "lag-1 autocorrelation", "", within("us", "2022-12", "2025-01", statistics.memory)),
    Check(2, "gap over before", "ratio", ratio("europe", ("2023-10", "2024-03"), ("2022-12", "2023-09"))),
    Check(2, "2025 over 2023-24", "ratio", ratio("europe", ("2025-03", "2025-08"), ("2022-12", "2024-12"))),
    Check(2, "spring over summer 2025", "ratio", ratio("europe", ("2025-03", "2025-05"), ("2025-06", "2025-08"))),
    Check(3, "correlation by month", "", correlation),
    Check(4, "gain in 2023", "points", within("line", "2022-12", "2023-12", statistics.points_moved)),
    Check(4, "gain in 2024", "points", within("line", "2023-12", "2024-12", statistics.points_moved)),
    Check(4, "gain in 2025 to August", "points", within("line", "2024-12", "2025-08", statistics.points_moved)),
    Check(4, "persistence of movement", "", within("line", "2022-12", "2024-12", statistics.movement_memory)),
    Check(4, "correlation with half a year's aid", "", aid_and_front),
    Check(5, "bills on the floor that pass", "share", passed),
    Check(5, "House ayes on the last bill to 2024", "ayes", ayes),
    Check(5, "longest gap", "months", within("us", "2023-02", "2024-12", statistics.longest_starved)),
    Check(6, "months with talks to 2024", "share", within("talks", "2022-12", "2024-12", statistics.mean)),
    Check(6, "months with talks in 2025", "share", within("talks", "2025-02", "2025-08", statistics.mean)),
    Check(6, "settled by August 2025", "share", within("settled", "2025-08", "2025-08", statistics.mean)),
)


def table(sets: pd.DataFrame, worlds: int = WORLDS, seed: int = 1) -> pd.DataFrame:
    """Observed, simulated interval, inside or not, of every statistic; one row for a fact that is not modelled.

    Parameters
    ----------
    sets : DataFrame
        Parameter sets, one a row, of which each world draws one.
    worlds, seed : int
        How many histories, and which luck.
    """
    import pandas as pd

    drawn = each_world(sets, Draws(seed, 0, worlds))
    simulated = lived(scenario(), seed, 0, worlds, drawn)
    observed, calendar = observed_paths()
    rows = [_row(check, observed, simulated, calendar) for check in CHECKS]
    missing = sorted(set(FACTS) - {check.fact for check in CHECKS})
    rows += [(fact, "not modelled", "", np.nan, np.nan, np.nan, np.nan, "no") for fact in missing]
    columns = ["fact", "statistic", "unit", "observed", "low", "median", "high", "inside"]
    return pd.DataFrame(rows, columns=columns)


def holding(facts: pd.DataFrame) -> dict[int, bool]:
    """Whether each fact holds: all its statistics inside."""
    return {int(str(fact)): bool((part["inside"] == "yes").all()) for fact, part in facts.groupby("fact")}


def _row(check: Check, observed: Paths, simulated: Paths, calendar: list[str]) -> tuple[object, ...]:
    came = float(check.compute(observed, calendar)[0])
    values = check.compute(simulated, calendar)
    low, middle, high = np.nanquantile(values, ((1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2))
    inside = "yes" if low <= came <= high else "no"
    numbers = (float(f"{number:.4g}") for number in (came, low, middle, high))
    return (check.fact, check.label, check.unit, *numbers, inside)
