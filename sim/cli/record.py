"""`doctrine calibrate` and `doctrine backtest`: hold the model against the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from sim.cli.answers import deliver
from sim.cli.options import USUAL_OUTPUT, Flag, Luck, Output, Whole

if TYPE_CHECKING:
    from sim.answers.answer import Answer
    from sim.ensemble.ensemble import Ensemble


def calibrate(
    *,
    worlds: Whole = 2_000_000,
    seed: Whole = 7,
    output: Output = USUAL_OUTPUT,
    ship: Annotated[Flag, Parameter(show=False)] = False,
) -> int:
    """Fit the free parameters to the observed record, and say which it identifies.

    Writes results/calibrate/: posterior, prior against posterior, coverage, the seven facts, the silence of 2025,
    figures.

    For example:

        doctrine calibrate --jobs 2

    Parameters
    ----------
    worlds
        Simulated histories; a million of them take about a gigabyte.
    seed
        Seed of their luck.
    output
        Where results go.
    ship
        Write the tables into the package as well.
    """
    from sim.answers.record import calibrate as asked

    return _delivered("calibrate", asked, Luck(worlds=worlds, seed=seed), output, ship)


def backtest(
    *,
    worlds: Whole = 2_000_000,
    seed: Whole = 7,
    output: Output = USUAL_OUTPUT,
    ship: Annotated[Flag, Parameter(show=False)] = False,
) -> int:
    """Forecast 2025 and the gap of 2023-24 from what was known before, and score it against three rivals.

    Writes results/backtest/: scores, forecasts, a figure.

    For example:

        doctrine backtest --jobs 2

    Parameters
    ----------
    worlds
        Simulated histories; a million of them take about a gigabyte.
    seed
        Seed of their luck.
    output
        Where results go.
    ship
        Write the tables into the package as well.
    """
    from sim.answers.record import backtest as asked

    return _delivered("backtest", asked, Luck(worlds=worlds, seed=seed), output, ship)


def _delivered(name: str, asked: Callable[[Ensemble], Answer], luck: Luck, output: Output, ship: bool) -> int:
    """Deliver an answer, and ship its tables if asked to."""

    def ask(ensemble: Ensemble) -> Answer:
        from sim.estimation import calibration_tables

        found = asked(ensemble)
        if ship:
            calibration_tables.ship({**found.tables, **calibration_tables.stamp(ensemble.seed)})
        return found

    return deliver(name, ask, luck, output)
