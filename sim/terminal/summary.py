"""What a run found, short enough for one screen, and plain enough for another program to read."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.questions.bands import STATISTICS
from sim.questions.headline import CHANCE
from sim.questions.labels import MINUS, decimals, doctrine_label, number
from sim.questions.say import amount, say

if TYPE_CHECKING:
    import pandas as pd

    from sim.questions.results import Results

ROWS = {
    "settled": "Settlement signed, of 100",
    "in_force": "In force at the end, of 100",
    "relapsed": "Broken again, of 100",
    "talks_months": "Months with talks",
    "us_cost": "American aid, EUR bn",
    "europe_cost": "European aid, EUR bn",
    "europe_share": "Europe's share at the end, %",
    "land": "Land held by Russia, %",
}
"""Outcomes on the screen, as short as the screen is narrow; all outcomes are in the JSON object and in the report."""
COLUMNS = {
    "settled": "signed",
    "relapsed": "broken",
    "us_cost": "US aid",
    "europe_cost": "Europe's aid",
    "land": "land",
}
"""Outcomes on the screen where many doctrines are compared, and what they are called."""
CAPTION = (
    "Signed, broken: settlements, of 100 worlds. Aid: EUR bn. Land: held by Russia, % of Ukraine. ± is a 95 % interval."
)
SPOKEN = ("settled", "relapsed", "europe_cost", "land")
"""Outcomes that are put into sentences."""
PAIR = 2
Row = dict[str, Any]


class Grid(NamedTuple):
    """A table in words: its head, its rows, the first column text and the others numbers, and what to know of it."""

    head: list[str]
    rows: list[list[str]]
    caption: str = ""


def found(results: Results) -> Row:
    """Everything that a run found, for JSON: numbers as numbers, what is not one as null."""
    return {
        "since": results.since,
        "endings": results.endings,
        "outcomes": _outcomes(results),
        "differences": [_finite(row) for row in _rows(results.differences)],
        "sentences": differences_in_words(results),
    }


def sentences(rows: list[Row]) -> list[str]:
    """The main differences in words; where many doctrines are compared, those that go furthest."""
    by_outcome = [[row for row in rows if row["outcome"] == name and row["worlds"]] for name in SPOKEN]
    furthest = [max(these, key=lambda row: abs(row["difference"])) for these in by_outcome if these]
    return [_opened(say(row)) for row in furthest]


def grid(results: Results) -> Grid:
    """The table for the screen, as fits the number of doctrines; sums and means from the month of the change on."""
    corner = f"from {results.since} on" if results.since != results.first else ""
    if len(results.labels) == 1:
        return _one(_rows(results.levels), corner)
    rows = _rows(results.differences)
    return _two(rows, corner) if len(results.labels) == PAIR else _many(rows, results.labels, corner)


def differences_in_words(results: Results) -> list[str]:
    """Sentences on several doctrines; none on one."""
    return sentences(_rows(results.differences))


def _rows(table: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _outcomes(results: Results) -> dict[str, dict[str, dict[str, float | None]]]:
    """Statistics over worlds of every outcome, by doctrine."""
    found: dict[str, dict[str, dict[str, float | None]]] = {label: {} for label in results.labels}
    for row in _rows(results.levels):
        found[row["doctrine"]][row["outcome"]] = _finite({name: float(row[name]) for name in STATISTICS})
    return found


def _one(levels: list[Row], corner: str) -> Grid:
    """One doctrine: means, and the range in which nine of ten worlds lie."""
    by_name = {row["outcome"]: row for row in levels}
    rows = []
    for name, title in ROWS.items():
        numbers = by_name[name]
        if numbers["unit"] == CHANCE:
            rows.append([title, number(100.0 * numbers["mean"], 0), ""])
            continue
        spread = numbers["sd"] > 0.0
        digits = decimals(numbers["sd"] / 10) if spread else 1
        mean, low, high = (number(numbers[key], digits) for key in ("mean", "p05", "p95"))
        rows.append([title, mean, f"{low} to {high}" if spread else ""])
    return Grid([corner, "mean", "9 of 10 worlds"], rows)


def _two(rows: list[Row], corner: str) -> Grid:
    """Two doctrines: both means, their difference and its interval."""
    by_name = {row["outcome"]: row for row in rows}
    head = [corner, *(doctrine_label(rows[0][role]) for role in ("baseline", "doctrine")), "difference ± 95 %"]
    cells = [
        [title, _mean(row, "mean_baseline"), _mean(row, "mean"), _difference(row)]
        for title, row in ((title, by_name[name]) for name, title in ROWS.items())
    ]
    return Grid(head, cells)


def _many(rows: list[Row], labels: list[str], corner: str) -> Grid:
    """More doctrines, a row each: the means of the first, and how far each of the others is from it."""
    baseline, *others = labels
    there = {(row["outcome"], row["doctrine"]): row for row in rows}
    cells = [[doctrine_label(baseline), *(_mean(there[name, others[0]], "mean_baseline") for name in COLUMNS)]]
    cells += [[doctrine_label(label), *(_difference(there[name, label]) for name in COLUMNS)] for label in others]
    return Grid([corner, *COLUMNS.values()], cells, CAPTION)


def _mean(row: Row, which: str) -> str:
    """A mean with as many digits as its difference has; where there is none, with few."""
    if row["difference"] != 0.0:
        return amount(row, row[which])
    return number(100.0 * row[which], 0) if row["unit"] == CHANCE else number(row[which], 1)


def _difference(row: Row) -> str:
    """A difference, and half its interval."""
    if row["larger"] == row["smaller"] == 0.0:
        return "same"
    text = amount(row, row["difference"])
    sign = "" if text.startswith(MINUS) or not text.strip("0.,") else "+"
    half = (row["high"] - row["low"]) / 2.0
    return f"{sign}{text} ± {amount(row, half)}" if math.isfinite(half) else f"{sign}{text}"


def _opened(sentence: str) -> str:
    """A sentence without what the line above it says of all."""
    sentence = sentence.removeprefix("In the same worlds, ")
    return sentence[:1].upper() + sentence[1:]


def _finite(row: Row) -> Row:
    return {key: None if isinstance(value, float) and not math.isfinite(value) else value for key, value in row.items()}
