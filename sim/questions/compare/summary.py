"""What a run found, short enough for one screen, and plain enough for another program to read."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sim.basics.labels import MINUS, capital, decimals, number
from sim.basics.tables import Grid, Row
from sim.questions.compare.measures import CHANCE, PAUSING, STANDING
from sim.questions.compare.outcomes import unnoticed
from sim.questions.compare.paired_sentence import EDGE, OPENING, amount, cut, ends, paired_sentence, same
from sim.questions.compare.statistics import STATISTICS
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    import pandas as pd

    from sim.questions.compare.ensemble_numbers import EnsembleNumbers

ROWS = {
    STANDING: "Standing already, of 100",
    "settled": "Settlement signed, of 100",
    "relapsed": "Settlement broken, of 100",
    "in_force": "In force at the end, of 100",
    PAUSING: "Truce standing already, of 100",
    "truce": "Truce agreed, of 100",
    "truce_broken": "Truce broken, of 100",
    "us_cost": "American aid, EUR bn",
    "europe_cost": "European aid, EUR bn",
    "land": "Land held by Russia, %",
}
"""Outcomes on the screen, as short as the screen is narrow; all outcomes are in the JSON object and in the report."""
COLUMNS = {
    "settled": "settled",
    "truce": "truce",
    "us_cost": "US aid",
    "europe_cost": "Europe's aid",
    "land": "land",
}
"""Outcomes on the screen where many doctrines are compared, and what they are called."""
CAPTION = (
    "Settled, truce: at any time, of 100 worlds. Aid: EUR bn. Land: held by Russia, % of Ukraine. ± is a 95 % interval."
)
SPOKEN = ("settled", "relapsed", "europe_cost", "land")
"""Outcomes that are put into sentences."""
PAIR = 2


def summary_as_json(results: EnsembleNumbers) -> Row:
    """Everything that a run found, for JSON: numbers as numbers, what is not one as null."""
    return {
        "since": results.since,
        "endings": results.endings,
        "outcomes": _outcomes(results),
        "differences": [_finite(row) for row in _records(results.differences)],
        "sentences": differences_in_words(results),
    }


def summary_grid(results: EnsembleNumbers) -> Grid:
    """The table for the screen, as fits the number of doctrines; everything counts from the month of the change on."""
    corner = f"from {results.since} on" if results.since != results.first else ""
    titles = shown(results)
    if len(results.labels) == 1:
        return _one(_records(results.levels), titles, corner)
    rows = _records(results.differences)
    return _two(rows, titles, corner) if len(results.labels) == PAIR else _many(rows, results.labels, corner)


def shown(results: EnsembleNumbers) -> dict[str, str]:
    """The rows of the table by outcome; without what stands already where nothing does."""
    left_out = unnoticed(results.levels)
    return {name: title for name, title in ROWS.items() if name not in left_out}


def differences_in_words(numbers: EnsembleNumbers) -> list[str]:
    """The main differences in words; of many doctrines, those that go furthest; of one, nothing."""
    rows = _records(numbers.differences)
    by_outcome = [[row for row in rows if row["outcome"] == name and row["worlds"]] for name in SPOKEN]
    furthest = [max(these, key=lambda row: abs(row["difference"])) for these in by_outcome if these]
    return [capital(paired_sentence(row).removeprefix(OPENING)) for row in furthest]


def _records(table: pd.DataFrame) -> list[Row]:
    records: Any = table.to_dict("records")
    return list(records)


def _outcomes(results: EnsembleNumbers) -> dict[str, dict[str, dict[str, float | None]]]:
    """Statistics over worlds of every outcome, by doctrine."""
    found: dict[str, dict[str, dict[str, float | None]]] = {label: {} for label in results.labels}
    for row in _records(results.levels):
        found[row["doctrine"]][row["outcome"]] = _finite({name: float(row[name]) for name in STATISTICS})
    return found


def _one(levels: list[Row], titles: dict[str, str], corner: str) -> Grid:
    """One doctrine: means, and the range in which nine of ten worlds lie."""
    by_name = {row["outcome"]: row for row in levels}
    rows = []
    for name, title in titles.items():
        numbers = by_name[name]
        if numbers["unit"] == CHANCE:
            rows.append([title, number(100.0 * numbers["mean"], 0), ""])
            continue
        spread = numbers["sd"] > 0.0
        digits = decimals(numbers["sd"] / 10) if spread else 1
        mean, low, high = (number(numbers[key], digits) for key in ("mean", "p05", "p95"))
        rows.append([title, mean, f"{low} to {high}" if spread else ""])
    return Grid([corner, "mean", "9 of 10 worlds"], rows)


def _two(rows: list[Row], titles: dict[str, str], corner: str) -> Grid:
    """Two doctrines: both means, their difference and its interval."""
    by_name = {row["outcome"]: row for row in rows}
    head = [corner, *(doctrine_label(rows[0][role]) for role in ("baseline", "doctrine")), "difference ± 95 %"]
    cells = [
        [title, amount(row, row["mean_baseline"]), amount(row, row["mean"]), _difference(row)]
        for title, row in ((title, by_name[name]) for name, title in titles.items())
    ]
    return Grid(head, cells, _edge(by_name[name] for name in titles))


def _edge(rows: Iterable[Row]) -> str:
    """What to know of intervals that are cut off."""
    return f"(… to …): a 95 % interval that goes to {EDGE}." if any(map(cut, rows)) else ""


def _many(rows: list[Row], labels: list[str], corner: str) -> Grid:
    """More doctrines, a row each: the means of the first, and how far each of the others is from it."""
    baseline, *others = labels
    there = {(row["outcome"], row["doctrine"]): row for row in rows}
    cells = [
        [
            doctrine_label(baseline),
            *(amount(row, row["mean_baseline"]) for row in (there[name, others[0]] for name in COLUMNS)),
        ]
    ]
    cells += [[doctrine_label(label), *(_difference(there[name, label]) for name in COLUMNS)] for label in others]
    shown = (there[name, label] for name in COLUMNS for label in others)
    return Grid([corner, *COLUMNS.values()], cells, " ".join(filter(None, (CAPTION, _edge(shown)))))


def _difference(row: Row) -> str:
    """A difference, and half its interval; where that would go beyond what is possible, its ends."""
    if same(row):
        return "same"
    text = amount(row, row["difference"])
    sign = "" if text.startswith(MINUS) or not text.strip("0.,") else "+"
    half = (row["high"] - row["low"]) / 2.0
    if not math.isfinite(half):
        return f"{sign}{text}"
    if cut(row):
        return f"{sign}{text} ({' to '.join(amount(row, end) for end in ends(row))})"
    return f"{sign}{text} ± {amount(row, half)}"


def _finite(row: Row) -> Row:
    return {key: None if isinstance(value, float) and not math.isfinite(value) else value for key, value in row.items()}
