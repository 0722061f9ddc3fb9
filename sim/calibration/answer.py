"""How the simulator answers to the record, in tables: what `doctrine calibrate` and `doctrine backtest` make.

The tables ship with the package, because scenarios draw from the posterior and reports print how far to trust it.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

from sim.calibration import backtest, coverage, facts, histories, posterior
from sim.calibration.histories import LAST_OBSERVED, Histories

if TYPE_CHECKING:
    import pandas as pd

Tables = dict[str, "pd.DataFrame"]
POSTERIOR, COMPARISON, COVERAGE = "posterior", "posterior_comparison", "posterior_coverage"
FIT = "posterior_fit"
LAST_SEEN = {POSTERIOR: LAST_OBSERVED, "posterior_2024": "2024-12"}
"""Tables of parameter sets, and the last month of the record that each has seen: the second no change of doctrine."""
FACTS, BACKTEST, FANS = "facts", "backtest", "backtest_fans"
ROUNDED = 4


def reference(worlds: int, seed: int, jobs: int = 1, progress: Callable[[int, int], None] | None = None) -> Histories:
    """Simulated histories with parameters from the prior; `progress` is told histories done and in all."""
    done = [0]

    def tick(more: int) -> None:
        done[0] += more
        if progress is not None:
            progress(done[0], worlds)

    if jobs == 1:
        return histories.simulated(worlds, seed, None, tick)
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        return histories.simulated(worlds, seed, pool, tick)


def calibrated(table: Histories) -> Tables:
    """The posterior, set against its prior, and whether it covers; and the posterior before the change of doctrine."""
    samples = {name: posterior.fit(table, last) for name, last in LAST_SEEN.items()}
    sets = {name: posterior.sets(sample) for name, sample in samples.items()}
    return {
        **sets,
        FIT: posterior.fits(samples, len(table.quantiles)),
        COMPARISON: posterior.comparison(sets[POSTERIOR]),
        COVERAGE: coverage.check(table, posterior.KEPT),
    }


def backtested(table: Histories) -> Tables:
    """Skill against the rivals, and coverage, of both back-tests."""
    return {BACKTEST: backtest.report(table).round(ROUNDED), FANS: backtest.fans(table)}


def checked(sets: pd.DataFrame) -> Tables:
    """The seven facts against histories with parameters drawn from a posterior."""
    return {FACTS: facts.table(sets)}


def ship(tables: Tables) -> list[str]:
    """Write tables into the package, and return the names of their files."""
    from sim.record import tables as shipped

    return [shipped.write(name, frame).name for name, frame in tables.items()]
