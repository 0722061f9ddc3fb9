"""What `doctrine calibrate` and `doctrine backtest` do: hold the model against the record, write tables and figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim import console
from sim.commands import DONE, RESULTS, Wishes

if TYPE_CHECKING:
    import pandas as pd

    from sim.calibration.histories import Histories
    from sim.console import Watch

MARK = "made_by.json"
"""File that says that a folder was written by one of these commands."""
FEWEST = 20_000
"""Histories under which so few are near the record that the regression cannot be trusted."""
Tables = dict[str, "pd.DataFrame"]


def calibrate(worlds: int, seed: int, wishes: Wishes, ship: bool) -> int:
    """Fit the free parameters to the record, and hold the seven facts against the posterior."""
    from sim.calibration import answer, facts

    def work(histories: Histories, watch: Watch) -> Tables:
        watch.doing("Fitting, and checking that the posterior covers")
        tables = answer.calibrated(histories)
        watch.doing("Holding the seven facts against it")
        return tables | answer.checked(tables[answer.POSTERIOR])

    def draw(tables: Tables) -> dict[str, Any]:
        from sim.figures import trust

        held = facts.holding(tables[answer.FACTS])
        return {
            "parameters": trust.parameters(tables[answer.COMPARISON]),
            "facts": trust.facts(tables[answer.FACTS], held),
        }

    tables = _carry_out("calibrate", worlds, seed, wishes, ship, work, draw)
    if not wishes.quiet and not wishes.json:
        _tell_calibration(tables, facts.holding(tables[answer.FACTS]))
    return DONE


def backtest(worlds: int, seed: int, wishes: Wishes, ship: bool) -> int:
    """Fit on the record up to a month, forecast what came next, and score the forecast against three rivals."""
    from sim.calibration import answer

    def work(histories: Histories, watch: Watch) -> Tables:
        watch.doing("Forecasting and scoring")
        return answer.backtested(histories)

    def draw(tables: Tables) -> dict[str, Any]:
        from sim.figures import trust

        return {"backtest": trust.backtest(tables[answer.FANS], tables[answer.BACKTEST])}

    tables = _carry_out("backtest", worlds, seed, wishes, ship, work, draw)
    if not wishes.quiet and not wishes.json:
        _tell_backtest(tables[answer.BACKTEST])
    return DONE


def _carry_out(
    name: str,
    worlds: int,
    seed: int,
    wishes: Wishes,
    ship: bool,
    work: Callable[[Histories, Watch], Tables],
    draw: Callable[[Tables], dict[str, Any]],
) -> Tables:
    """Simulate histories, make tables and figures of them, and write both into a folder, whole or not at all."""
    from sim import figures, folders
    from sim.calibration import answer
    from sim.limits import InputError, check_ensemble

    check_ensemble(worlds, seed, wishes.jobs)
    if worlds < FEWEST:
        raise InputError(f"worlds: must be at least {FEWEST:,} for a fit to the record, got {worlds:,}")
    place = wishes.out or RESULTS / name
    with console.watching(wishes.quiet) as watch, folders.new_folder(place, _guard(place, wishes.force)) as folder:
        tables = work(answer.reference(worlds, seed, wishes.jobs, watch.simulated), watch)
        for table, frame in tables.items():
            frame.to_csv(folder / f"{table}.csv", index=False, lineterminator="\n")
        watch.doing("Drawing figures")
        for figure, drawn in draw(tables).items():
            figures.save(drawn, folder / "figures", figure)
        about = {"command": f"doctrine {name} --worlds {worlds} --seed {seed}", "worlds": worlds, "seed": seed}
        (folder / MARK).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    if ship:
        answer.ship(tables)
    if wishes.json:
        records = {table: json.loads(frame.to_json(orient="records")) for table, frame in tables.items()}
        console.plain(json.dumps({**about, "folder": place.as_posix(), **records}) + "\n")
    elif not wishes.quiet:
        console.heading(f"{name.capitalize()}: {worlds:,} simulated histories, seed {seed}, in {place}")
    return tables


def _guard(place: Path, force: bool) -> Callable[[Path], None]:
    """Let only a folder of these commands be replaced, and only by force."""
    from sim.folders import FolderError

    def guard(folder: Path) -> None:
        if not (folder / MARK).is_file():
            raise FolderError(f"{place}: is there already and was not written by this command; choose another --out")
        if not force:
            raise FolderError(f"{place}: is there already; --force replaces it, --out DIR writes elsewhere")

    return guard


def _tell_calibration(tables: Tables, held: dict[int, bool]) -> None:
    from sim.calibration import answer, facts

    compared = tables[answer.COMPARISON]
    known = compared[compared["identified"] == "yes"]
    rows = [
        [str(name), f"{middle:g}", f"{low:g} to {high:g}", f"{removed:.0%}"]
        for name, low, middle, high, removed in zip(
            *(known[column] for column in ("parameter", "p05", "p50", "p95", "removed")), strict=True
        )
    ]
    console.table(["identified", "median", "90 % interval", "removed of the prior"], rows)
    console.line()
    texts = [f"{len(compared) - len(known)} of {len(compared)} free parameters keep the prior: the record is silent."]
    texts += [
        f"Fact {fact} {'holds' if holds else 'does NOT hold'}: {facts.FACTS[fact]}." for fact, holds in held.items()
    ]
    console.paragraphs(texts, console.INDENT)


def _tell_backtest(scores: pd.DataFrame) -> None:
    running = scores[scores["kind"] == "cumulative"]
    for test, part in running.groupby("test", sort=False):
        console.line(f"\n{test}; running totals, CRPS of the model over the rival's (below 1 the model is better)")
        rows = [
            [f"{series}, against {rival}", f"{ratio:.2f}", f"{low:.2f} to {high:.2f}"]
            for series, rival, ratio, low, high in zip(
                *(part[column] for column in ("series", "rival", "ratio", "low", "high")), strict=True
            )
        ]
        console.table(["", "ratio", "90 % interval"], rows)
