"""`doctrine calibrate` and `doctrine backtest`: hold the model against the record, write tables and figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from sim.commands.answers import Answer
from sim.commands.answers import answer as end_with
from sim.limits import InputError, check_ensemble
from sim.terminal.options import USUAL_OUTPUT, Flag, Output, Whole

if TYPE_CHECKING:
    import pandas as pd

    from sim.calibration.histories import Histories
    from sim.terminal.console import Watch
    from sim.terminal.summary import Grid

FEWEST = 20_000
"""Histories under which so few are near the record that the regression cannot be trusted."""
BELOW_ONE = "Running totals: CRPS of the model over the rival's. Below 1 the model forecasts better."
Tables = dict[str, "pd.DataFrame"]


def calibrate(
    *,
    worlds: Whole = 2_000_000,
    seed: Whole = 7,
    output: Output = USUAL_OUTPUT,
    ship: Annotated[Flag, Parameter(show=False)] = False,
) -> int:
    """Fit the free parameters to the observed record, and say which it identifies.

    Writes results/calibrate/: posterior, prior against posterior, coverage, the seven facts, figures.

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
    from sim.calibration import answer, facts
    from sim.figures import trust

    def work(histories: Histories, watch: Watch) -> Answer:
        watch.doing("Fitting, and checking that the posterior covers")
        tables = answer.calibrated(histories)
        watch.doing("Holding the seven facts against it")
        tables |= answer.checked(tables[answer.POSTERIOR])
        held = facts.holding(tables[answer.FACTS])
        drawn = {
            "parameters": trust.parameters(tables[answer.COMPARISON]),
            "facts": trust.facts(tables[answer.FACTS], held),
        }
        return Answer(tables, drawn, _told(tables, held), [_identified(tables[answer.COMPARISON])])

    return _carry_out("calibrate", worlds, seed, output, ship, work)


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
    from sim.calibration import answer
    from sim.figures import trust

    def work(histories: Histories, watch: Watch) -> Answer:
        watch.doing("Forecasting and scoring")
        tables = answer.backtested(histories)
        drawn = {"backtest": trust.backtest(tables[answer.FANS], tables[answer.BACKTEST])}
        return Answer(tables, drawn, [BELOW_ONE], _scores(tables[answer.BACKTEST]))

    return _carry_out("backtest", worlds, seed, output, ship, work)


def _carry_out(
    name: str, worlds: int, seed: int, output: Output, ship: bool, work: Callable[[Histories, Watch], Answer]
) -> int:
    """Simulate histories and make an answer of them; ship its tables if asked to."""
    from sim.calibration import answer

    check_ensemble(worlds, seed, output.jobs)
    if worlds < FEWEST:
        raise InputError(f"worlds: must be at least {FEWEST:,} for a fit to the record, got {worlds:,}")

    def whole(watch: Watch) -> Answer:
        found = work(answer.reference(worlds, seed, output.jobs, watch.simulated), watch)
        if ship:
            answer.ship(dict(found.tables))
        return found

    title = f"{name.capitalize()}: {worlds:,} simulated histories, seed {seed}"
    return end_with(title, [name, "--worlds", str(worlds), "--seed", str(seed)], output, whole)


def _identified(compared: pd.DataFrame) -> Grid:
    """What the record says of the free parameters."""
    from sim.terminal.summary import Grid

    known = compared[compared["identified"] == "yes"]
    rows = [
        [str(name), f"{middle:g}", f"{low:g} to {high:g}", f"{removed:.0%}"]
        for name, low, middle, high, removed in zip(
            *(known[column] for column in ("parameter", "p05", "p50", "p95", "removed")), strict=True
        )
    ]
    return Grid(["identified", "median", "90 % interval", "removed of the prior"], rows)


def _told(tables: Tables, held: dict[int, bool]) -> list[str]:
    from sim.calibration import answer, facts

    compared = tables[answer.COMPARISON]
    silent = int((compared["identified"] != "yes").sum())
    fit = tables[answer.FIT].set_index("posterior").loc[answer.POSTERIOR]
    return [
        f"{silent} of {len(compared)} free parameters keep the prior: the record is silent.",
        f"{fit.kept:,} histories are near enough to count, and place means as surely as {fit.effective:,} free draws.",
        *(f"Fact {fact} {'holds' if holds else 'does NOT hold'}: {facts.FACTS[fact]}." for fact, holds in held.items()),
    ]


def _scores(scores: pd.DataFrame) -> list[Grid]:
    """The scores of the running totals, a table a test."""
    from sim.terminal.summary import Grid

    running = scores[scores["kind"] == "cumulative"]
    return [
        Grid(
            [str(test), "ratio", "90 % interval"],
            [
                [f"{series}, against {rival}", f"{ratio:.2f}", f"{low:.2f} to {high:.2f}"]
                for series, rival, ratio, low, high in zip(
                    *(part[column] for column in ("series", "rival", "ratio", "low", "high")), strict=True
                )
            ],
        )
        for test, part in running.groupby("test", sort=False)
    ]
