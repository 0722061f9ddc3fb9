"""What a run found, short enough for one screen, and plain enough for another program to read."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.questions.bands import STATISTICS
from sim.questions.bands import summary as statistics
from sim.questions.compare import paired
from sim.questions.headline import CHANCE, headline
from sim.questions.labels import MINUS, decimals, doctrine_label, number
from sim.questions.say import amount, say

if TYPE_CHECKING:
    import xarray as xr

SHOWN = ("settled", "in_force", "relapsed", "talks_months", "us_cost", "europe_cost", "europe_share", "land")
"""Outcomes on the screen; all of them are in the JSON object and in the files."""
SPOKEN = ("settled", "relapsed", "europe_cost", "land")
"""Outcomes that are put into sentences."""
MOST_SENTENCES = 4
UNITS = {CHANCE: "of 100 worlds", "percent": "%", "percent of Ukraine": "% of Ukraine", "months": ""}
"""Units as they follow an outcome's name in a table; "" where the name has it already."""
PAIR = 2
Row = dict[str, Any]


class Grid(NamedTuple):
    """A table in words: its head, and its rows; the first column is text, the others are numbers."""

    head: list[str]
    rows: list[list[str]]


def found(dataset: xr.Dataset) -> Row:
    """Everything that a run found, for JSON: numbers as numbers, what is not one as null."""
    outcomes = headline(dataset)
    rows = [_finite(row) for row in _differences(outcomes)]
    return {
        "since": outcomes.attrs["since"],
        "endings": endings(dataset),
        "outcomes": _outcomes(outcomes),
        "differences": rows,
        "sentences": sentences(_differences(outcomes)),
    }


def endings(dataset: xr.Dataset) -> dict[str, dict[str, float]]:
    """Share of worlds by how they end, a doctrine each."""
    outcome = dataset["outcome"]
    names = str(outcome.attrs["flag_meanings"]).split(", ")
    return {
        str(label): {
            name: float((outcome.sel(doctrine=label) == value).mean())
            for name, value in zip(names, outcome.attrs["flag_values"], strict=True)
        }
        for label in dataset["doctrine"].to_numpy()
    }


def sentences(rows: list[Row]) -> list[str]:
    """The main differences in words, the first doctrines first."""
    spoken = [row for name in SPOKEN for row in rows if row["outcome"] == name]
    return [_opened(say(row)) for row in spoken[:MOST_SENTENCES]]


def grid(dataset: xr.Dataset) -> Grid:
    """The table for the screen, as fits the number of doctrines."""
    outcomes = headline(dataset)
    labels = [str(label) for label in dataset["doctrine"].to_numpy()]
    if len(labels) == 1:
        return _one(outcomes)
    rows = [row for row in _differences(outcomes) if row["outcome"] in SHOWN]
    return _two(rows) if len(labels) == PAIR else _many(rows, labels)


def differences_in_words(dataset: xr.Dataset) -> list[str]:
    """Sentences on a Dataset of several doctrines; none on one."""
    return sentences(_differences(headline(dataset)))


def _differences(outcomes: xr.Dataset) -> list[Row]:
    rows: list[Row] = paired(outcomes).to_dict("records")
    return rows


def _outcomes(outcomes: xr.Dataset) -> dict[str, dict[str, dict[str, float | None]]]:
    """Statistics over worlds of every outcome, by doctrine."""
    return {
        str(label): {
            str(name): _finite(dict(zip(STATISTICS, statistics(values.sel(doctrine=label)).tolist(), strict=True)))
            for name, values in outcomes.data_vars.items()
        }
        for label in outcomes["doctrine"].to_numpy()
    }


def _one(outcomes: xr.Dataset) -> Grid:
    """One doctrine: means, and the range in which nine of ten worlds lie."""
    rows = []
    for name in SHOWN:
        values = outcomes[name]
        numbers = dict(zip(STATISTICS, statistics(values), strict=True))
        scale, chance = (100.0, True) if values.attrs["units"] == CHANCE else (1.0, False)
        digits = 0 if chance else decimals(numbers["sd"] / 10)
        shown = [number(scale * numbers[key], digits) for key in ("mean", "p05", "p95")]
        rows.append([_titled(values.attrs), shown[0], "" if chance else f"{shown[1]} to {shown[2]}"])
    return Grid(["", "mean", "9 of 10 worlds"], rows)


def _two(rows: list[Row]) -> Grid:
    """Two doctrines: both means, their difference and its interval."""
    head = ["", *(doctrine_label(rows[0][role]) for role in ("baseline", "doctrine")), "difference", "95 % interval"]
    cells = [
        [
            _titled({"long_name": row["label"], "units": row["unit"]}),
            amount(row, row["mean_baseline"]),
            amount(row, row["mean"]),
            _signed(row, row["difference"]),
            f"{_signed(row, row['low'])} to {_signed(row, row['high'])}",
        ]
        for row in rows
    ]
    return Grid(head, cells)


def _many(rows: list[Row], labels: list[str]) -> Grid:
    """More doctrines: the mean of the first, and how far each of the others is from it."""
    baseline, *others = labels
    by_outcome: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_outcome.setdefault(row["outcome"], {})[row["doctrine"]] = row
    cells = []
    for there in by_outcome.values():
        first = there[others[0]]
        cells.append(
            [
                _titled({"long_name": first["label"], "units": first["unit"]}),
                amount(first, first["mean_baseline"]),
                *(_give_or_take(there[label]) for label in others),
            ]
        )
    return Grid(["", doctrine_label(baseline), *map(doctrine_label, others)], cells)


def _give_or_take(row: Row) -> str:
    half = (row["high"] - row["low"]) / 2.0
    return f"{_signed(row, row['difference'])} ± {amount(row, half)}"


def _signed(row: Row, value: float) -> str:
    text = amount(row, value)
    return text if text.startswith(MINUS) or not text.strip("0.,") else f"+{text}"


def _titled(attributes: Row) -> str:
    """Name of an outcome with its unit."""
    unit = UNITS.get(attributes["units"], attributes["units"])
    return f"{attributes['long_name']}, {unit}" if unit else str(attributes["long_name"])


def _opened(sentence: str) -> str:
    """A sentence without what the line above it says of all."""
    sentence = sentence.removeprefix("In the same worlds, ")
    return sentence[:1].upper() + sentence[1:]


def _finite(row: Row) -> Row:
    return {key: None if isinstance(value, float) and not math.isfinite(value) else value for key, value in row.items()}
