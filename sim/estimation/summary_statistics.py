"""What is compared with the record: a few numbers of one history, chosen for what each mechanism should explain.

All work on arrays (W, months), one history a row; the observed history is a block with one row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.basics.arrays import Array, varies
from sim.record import columns, last_month

Paths = dict[str, Array]
"""Monthly arrays (W, months) by name: as the ensemble records them, and money without the loan on frozen assets."""

US, EUROPE, LINE = "us_allocation_without_loan", "europe_contribution_without_loan", "russian_held_share"
END = last_month()
"""The last month of the record."""
EVENTS_END = min(END, max(columns("events")["date"])[:7])
"""The last month whose events are dated: months after it would count as months without talks."""

STARVED_BELOW = 0.6
"""Allocations under which a month counts as one without new money, EUR bn (record: the gap of 2023-24)."""
LITTLE = 2.0
"""European allocations under which a month brings little, EUR bn."""
LEAST = 0.01
"""What a month counts as at least where its logarithm is taken, EUR bn: one in which nobody gives has none."""
OFFSET = 0.3
"""Added before logarithms of monthly flows, EUR bn, so that empty months count and do not dominate."""


class WindowStatistic(NamedTuple):
    """A statistic of some months: which path, from and to which month (both included), and what is computed."""

    path: str
    first: str
    last: str
    compute: Callable[[Array], Array]


def mean(block: Array) -> Array:
    """Mean over months."""
    return np.asarray(block.mean(axis=1))


def log_mean(block: Array) -> Array:
    """Logarithm of the mean over months."""
    return np.asarray(np.log(block.mean(axis=1) + OFFSET))


def log_scatter(block: Array) -> Array:
    """Logarithm of the standard deviation over months."""
    return np.asarray(np.log(block.std(axis=1) + OFFSET))


def scatter_of_logs(block: Array) -> Array:
    """Standard deviation over months of their logarithms."""
    return np.asarray(np.log(np.maximum(block, LEAST)).std(axis=1))


def starved(block: Array) -> Array:
    """Share of months without new money."""
    return np.asarray((block < STARVED_BELOW).mean(axis=1))


def longest_starved(block: Array) -> Array:
    """Longest run of months with hardly any new money."""
    run = np.zeros(len(block))
    longest = run.copy()
    for month in block.T:
        run = np.where(month < STARVED_BELOW, run + 1.0, 0.0)
        longest = np.maximum(longest, run)
    return longest


def memory(block: Array) -> Array:
    """Lag-1 autocorrelation; 0 where nothing varies."""
    centred = block - block.mean(axis=1, keepdims=True)
    power = (centred**2).sum(axis=1)
    product = (centred[:, 1:] * centred[:, :-1]).sum(axis=1)
    moves = varies(block, axis=1) & (power > 0.0)
    return np.asarray(np.where(moves, product / np.where(moves, power, 1.0), 0.0))


def points_moved(block: Array) -> Array:
    """Change from the first to the last month, points of Ukraine."""
    return np.asarray(100.0 * (block[:, -1] - block[:, 0]))


def points_scatter(block: Array) -> Array:
    """Standard deviation of the monthly change, points of Ukraine, in logs."""
    return np.asarray(np.log(100.0 * np.diff(block, axis=1).std(axis=1) + 1e-3))


def movement_memory(block: Array) -> Array:
    """Lag-1 autocorrelation of the monthly change."""
    return memory(np.diff(block, axis=1))


def peak(block: Array) -> Array:
    """Logarithm of the highest month."""
    return np.asarray(np.log(block.max(axis=1) + OFFSET))


STATISTICS: dict[str, WindowStatistic] = {
    "us before the gap": WindowStatistic(US, "2022-12", "2023-09", log_mean),
    "us scatter before the gap": WindowStatistic(US, "2022-12", "2023-09", log_scatter),
    "us in summer 2023": WindowStatistic(US, "2023-07", "2023-09", log_mean),
    "us in the gap": WindowStatistic(US, "2023-10", "2024-03", log_mean),
    "us after the gap": WindowStatistic(US, "2024-04", "2024-12", log_mean),
    "us in 2025": WindowStatistic(US, "2025-02", END, log_mean),
    "us scatter": WindowStatistic(US, "2022-12", "2024-12", log_scatter),
    "us months without money": WindowStatistic(US, "2023-02", "2024-12", starved),
    "us longest gap": WindowStatistic(US, "2023-02", "2024-12", longest_starved),
    "europe before the gap": WindowStatistic(EUROPE, "2022-12", "2023-09", log_mean),
    "europe scatter before the gap": WindowStatistic(EUROPE, "2022-12", "2023-09", log_scatter),
    "europe in the gap": WindowStatistic(EUROPE, "2023-10", "2024-03", log_mean),
    "europe after the gap": WindowStatistic(EUROPE, "2024-04", "2024-12", log_mean),
    "europe scatter": WindowStatistic(EUROPE, "2022-12", "2024-12", log_scatter),
    "europe in spring 2025": WindowStatistic(EUROPE, "2025-03", "2025-05", log_mean),
    "europe after spring 2025": WindowStatistic(EUROPE, "2025-06", END, log_mean),
    "europe's peak of 2025": WindowStatistic(EUROPE, "2025-02", END, peak),
    "line to September 2023": WindowStatistic(LINE, "2022-12", "2023-09", points_moved),
    "line from summer 2023": WindowStatistic(LINE, "2023-06", "2023-09", points_moved),
    "line in 2023": WindowStatistic(LINE, "2022-12", "2023-12", points_moved),
    "line in 2024": WindowStatistic(LINE, "2023-12", "2024-12", points_moved),
    "line in autumn 2024": WindowStatistic(LINE, "2024-09", "2024-12", points_moved),
    "line in 2025": WindowStatistic(LINE, "2024-12", END, points_moved),
    "line scatter": WindowStatistic(LINE, "2022-12", "2024-12", points_scatter),
    "line memory": WindowStatistic(LINE, "2022-12", "2024-12", movement_memory),
    "talks to 2024": WindowStatistic("talks", "2022-12", "2024-12", mean),
    "talks in 2025": WindowStatistic("talks", "2025-02", EVENTS_END, mean),
    "months without war to 2024": WindowStatistic("quiet", "2022-12", "2024-12", mean),
    "months without war in 2025": WindowStatistic("quiet", "2025-02", END, mean),
    "refused by Ukraine in 2025": WindowStatistic("refused_by_ukraine", "2025-02", EVENTS_END, mean),
    "refused by Russia in 2025": WindowStatistic("refused_by_russia", "2025-02", EVENTS_END, mean),
}
"""Statistics by name, in the order of the columns of a table.

Meetings of Kyiv and Moscow without Washington are not among them: what the events say of those already bounds the
priors of `contacts`, and would count twice.
"""


def available(last: str) -> list[str]:
    """Names of the statistics that need no month after `last`."""
    return [name for name, window in STATISTICS.items() if window.last <= last]


def summarise(paths: Paths, calendar: list[str], names: list[str]) -> Array:
    """The named statistics of each history, shape (W, statistics)."""
    columns = []
    for name in names:
        window = STATISTICS[name]
        first, last = calendar.index(window.first), calendar.index(window.last)
        columns.append(window.compute(paths[window.path][:, first : last + 1]))
    return np.stack(columns, axis=1)
