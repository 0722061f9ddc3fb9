"""How does the model stand against the record? Asked with `sim.calibrate` and `sim.backtest`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.answers.answer import Answer, Grid, command
from sim.basics.labels import HUNDRED, number
from sim.basics.limits import InputError
from sim.ensemble.ensemble import Ensemble
from sim.estimation import calibration_tables, facts, posterior, silence
from sim.estimation.reference_table import Histories, simulated

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.estimation.calibration_tables import Tables

FEWEST = 20_000
"""Histories under which so few are near the record that the regression cannot be trusted."""
MANY = Ensemble(worlds=2_000_000, seed=7)
"""Histories that the tables that ship are made of; a million of them take about a gigabyte."""
BELOW_ONE = "Running totals: CRPS of the model over the rival's. Below 1 the model forecasts better."


def calibrate(ensemble: Ensemble = MANY) -> Answer:
    """Fit the free parameters to the observed record, and say which it identifies.

    Parameters
    ----------
    ensemble
        How many simulated histories, of which luck; a million of them take about a gigabyte.

    Returns
    -------
    Answer
        Tables of the posterior, of prior against posterior, of coverage, of the seven facts, and of the silence of
        2025; figures of the parameters and of the facts.

    Raises
    ------
    InputError
        If there are too few histories for a fit.
    """
    histories = _histories(ensemble)
    ensemble.says("Fitting, and checking that the posterior covers")
    tables = calibration_tables.calibrated(histories)
    ensemble.says("Holding the seven facts against it")
    tables |= calibration_tables.checked(tables[calibration_tables.POSTERIOR])

    rows = tables[calibration_tables.FIT].to_dict("records")
    (whole,) = (row for row in rows if row["posterior"] == calibration_tables.POSTERIOR)
    fit = {str(key): value for key, value in whole.items()}

    def draw() -> dict[str, Figure]:
        from sim.figures import calibration

        return {
            "parameters": calibration.parameters(tables[calibration_tables.COMPARISON], fit["effective"]),
            "facts": calibration.facts(tables[calibration_tables.FACTS], fit["effective"]),
        }

    return Answer(
        title=_title("Calibrate", ensemble),
        sentences=_found(tables, fit),
        tables=tables,
        grids=_told(tables) if fit["effective"] >= posterior.ENOUGH else [],
        command=command("calibrate", worlds=ensemble.worlds, seed=ensemble.seed),
        draw=draw,
    )


def backtest(ensemble: Ensemble = MANY) -> Answer:
    """Forecast 2025 and the gap of 2023-24 from what was known before, and score it against three rivals.

    Parameters
    ----------
    ensemble
        How many simulated histories, of which luck; a million of them take about a gigabyte.

    Returns
    -------
    Answer
        Tables of scores and of forecasts, and a figure of the forecasts.

    Raises
    ------
    InputError
        If there are too few histories for a fit.
    """
    histories = _histories(ensemble)
    ensemble.says("Forecasting and scoring")
    tables = calibration_tables.backtested(histories)

    def draw() -> dict[str, Figure]:
        from sim.figures import calibration

        return {"backtest": calibration.backtest(tables[calibration_tables.FANS], tables[calibration_tables.BACKTEST])}

    return Answer(
        title=_title("Backtest", ensemble),
        sentences=[BELOW_ONE],
        tables=tables,
        grids=_scores(tables[calibration_tables.BACKTEST]),
        command=command("backtest", worlds=ensemble.worlds, seed=ensemble.seed),
        draw=draw,
    )


def _histories(ensemble: Ensemble) -> Histories:
    if ensemble.worlds < FEWEST:
        raise InputError(f"worlds: must be at least {FEWEST:,} for a fit to the record, got {ensemble.worlds:,}")
    return simulated(ensemble)


def _title(what: str, ensemble: Ensemble) -> str:
    return f"{what}: {ensemble.worlds:,} simulated histories, seed {ensemble.seed}"


def _told(tables: Tables) -> list[Grid]:
    """What the record says of the free parameters, and what they make of the silence of 2025."""
    return [_identified(tables[calibration_tables.COMPARISON]), *silence.in_words(tables[calibration_tables.SILENCE])]


def _identified(compared: pd.DataFrame) -> Grid:
    """What the record says of the free parameters."""
    known = compared[compared["identified"] == "yes"]
    rows = [
        [str(name), f"{middle:g}", f"{low:g} to {high:g}", f"{removed:.0%}"]
        for name, low, middle, high, removed in zip(
            *(known[column] for column in ("parameter", "p05", "p50", "p95", "removed")), strict=True
        )
    ]
    return Grid(["identified", "median", "90 % interval", "removed of the prior"], rows)


def _found(tables: Tables, fit: dict[str, Any]) -> list[str]:
    """What the fit is worth; and of parameters and facts what it is worth enough to say."""
    draws, compared = f"{fit['effective']:,} free draws", tables[calibration_tables.COMPARISON]
    worth = f"{fit['kept']:,} histories are near enough to count, and place means as surely as {draws}."
    place = (
        f"The record lies {number(fit['nearest'], 1)} scales from the nearest of {fit['simulated']:,} simulated "
        f"histories; {number(HUNDRED * fit['farther'], 0)} of 100 of these lie farther from their own nearest."
    )
    if fit["effective"] < posterior.ENOUGH:
        enough = f"{posterior.ENOUGH:.0f}"
        return [
            f"{worth} Under {enough} nothing can be said of what the record identifies; ask for more --worlds.",
            place,
            f"Which facts hold would rest on {draws}, and is not told under {enough}.",
        ]
    silent = int((compared["identified"] == "no").sum())
    told = facts.verdicts(tables[calibration_tables.FACTS])
    return [
        f"{worth} {silent} of {len(compared)} free parameters keep the prior: the record is silent.",
        place,
        *(f"Fact {fact} {verdict}: {facts.FACTS[fact]}." for fact, verdict in told.items()),
    ]


def _scores(scores: pd.DataFrame) -> list[Grid]:
    """The scores of the running totals, a table a test."""
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
