"""How the simulator answers to the record, in tables: what `doctrine calibrate` and `doctrine backtest` make.

The tables ship with the package, because scenarios draw from the posterior and reports print how far to trust it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.ensemble import Ensemble
from sim.estimation import backtest, facts, posterior, silence
from sim.estimation.reference_table import LAST_OBSERVED, Histories, simulated
from sim.estimation.summary_statistics import STATISTICS

if TYPE_CHECKING:
    import pandas as pd

Tables = dict[str, "pd.DataFrame"]
POSTERIOR, COMPARISON, COVERAGE = "posterior", "posterior_comparison", "posterior_coverage"
FIT, STAMP = "posterior_fit", "posterior_stamp"
LAST_SEEN = {POSTERIOR: LAST_OBSERVED, "posterior_2024": "2024-12"}
"""Tables of parameter sets, and the last month of the record that each has seen: the second no change of doctrine."""
FACTS, SILENCE, BACKTEST, FANS = "facts", "silence", "backtest", "backtest_fans"
ROUNDED = 4


def calibrated(table: Histories) -> Tables:
    """The posterior, set against its prior, and whether it covers; and the posterior before the change of doctrine."""
    samples = {name: posterior.fit(table, last) for name, last in LAST_SEEN.items()}
    sets = {name: posterior.sets(sample) for name, sample in samples.items()}
    return {
        **sets,
        FIT: posterior.fits(table, samples, LAST_SEEN),
        COMPARISON: posterior.comparison(sets[POSTERIOR], round(samples[POSTERIOR].effective)),
        COVERAGE: posterior.coverage(table),
    }


def backtested(table: Histories) -> Tables:
    """Skill against the rivals, and coverage, of both back-tests."""
    return {BACKTEST: backtest.report(table).round(ROUNDED), FANS: backtest.fans(table)}


def checked(sets: pd.DataFrame) -> Tables:
    """The seven facts against histories with parameters drawn from a posterior, and the silence of 2025 beside them."""
    return {FACTS: facts.table(sets), SILENCE: silence.table(sets)}


def stamp(seed: int) -> Tables:
    """What the tables were made of: the statistics of the first few histories; see `sim.record.stamps`."""
    from sim.record import stamps

    found = simulated(Ensemble(stamps.WORLDS, seed)).statistics
    return {STAMP: stamps.stamp(dict(zip(STATISTICS, found.T, strict=True)), seed)}


def ship(tables: Tables) -> list[str]:
    """Write tables into the package, and return the names of their files."""
    from sim.record import tables as shipped

    return [shipped.write(name, frame).name for name, frame in tables.items()]
