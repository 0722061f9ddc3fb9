"""How far to trust the model: the part of the report that holds it, not the run, against the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim import record
from sim.calibration import backtest, facts
from sim.calibration.answer import BACKTEST, FACTS
from sim.report.tables import NOTHING, Table

if TYPE_CHECKING:
    from sim.scenario import Scenario

POSTERIOR = "posterior"


def trust(scenario: Scenario) -> dict[str, Any]:
    """Tables of the seven facts and of the back-test, and what the run's own intervals cover."""
    checks, scores = record.table(FACTS), record.table(BACKTEST)
    held = facts.holding(checks)
    return {
        "facts_held": sum(held.values()),
        "facts_all": len(held),
        "facts": _facts(checks, held),
        "backtest": _backtest(scores[scores["kind"] == "cumulative"]),
        "from_posterior": scenario.parameter_sets == POSTERIOR,
    }


def _facts(checks: Any, held: dict[int, bool]) -> Table:
    rows = []
    for row in checks.to_dict("records"):
        modelled = row["observed"] == row["observed"]
        seen = f"{row['observed']:.3g}" if modelled else NOTHING
        interval = f"{row['low']:.3g} to {row['high']:.3g}" if modelled else NOTHING
        unit = row["unit"] if isinstance(row["unit"], str) else ""
        rows.append([f"{row['fact']}. {row['statistic']}", unit, seen, interval, row["inside"]])
    quiet = [not held[int(row["fact"])] for row in checks.to_dict("records")]
    head = ["Fact and statistic", "Unit", "Observed", "90 of 100 simulated histories", "Inside"]
    return Table(
        "The seven facts of the record, parameters from the posterior; greyed: the fact does not hold",
        head,
        rows,
        quiet,
    )


def _backtest(scores: Any) -> Table:
    rows, quiet = [], []
    for row in scores.to_dict("records"):
        ratio = f"{row['ratio']:.2f} ({row['low']:.2f} to {row['high']:.2f})"
        inside = f"{row['months_inside_90']:.0%}"
        rows.append([f"{row['series']}: {row['test']}", row["rival"], ratio, inside])
        quiet.append(row["ratio"] >= 1.0)
    head = ["Forecast", "Rival", "Score, model over rival", "Months in the 90 % interval"]
    caption = (
        "Back-test of running totals: continuous ranked probability score, below 1 the model is better, with its "
        f"{backtest.SKILL_LEVEL:.0%} bootstrap interval; greyed: the rival is better"
    )
    return Table(caption, head, rows, quiet)
