"""The tables of the report: numbers as text, ready to be set."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.questions.headline import CHANCE
from sim.questions.labels import decimals, doctrine_label, number
from sim.questions.say import HUNDRED, amount, differs

if TYPE_CHECKING:
    import pandas as pd

UNITS = {CHANCE: "worlds of 100", "percent": "%", "percent of Ukraine": "% of Ukraine"}
"""How a unit is written in a table."""
NOTHING = "–"
"""Where there is no number."""
LARGE_RATIO = 20.0


class Table(NamedTuple):
    """A table as text: its caption, its head, and rows whose first cell is a head too; `quiet` rows are greyed."""

    caption: str
    head: list[str]
    rows: list[list[str]]
    quiet: list[bool]


def comparison(table: pd.DataFrame) -> list[Table]:
    """A table for each doctrine that is compared with the baseline."""
    tables = []
    for name, rows in table.groupby("doctrine", sort=False):
        doctrine, baseline = doctrine_label(str(name)), doctrine_label(str(rows["baseline"].iloc[0]))
        head = ["Outcome", "Unit", baseline, doctrine, "Difference", "95 % interval", "More in", "Less in", "Gain"]
        records: Any = rows.to_dict("records")
        tables.append(
            Table(
                f"{doctrine}, compared with {baseline} in the same worlds",
                head,
                [_comparison_row(row) for row in records],
                [not differs(row) for row in records],
            )
        )
    return tables


def single(table: pd.DataFrame, worlds: int) -> Table:
    """The outcomes of one doctrine; of one world, only its values."""
    records: Any = table.to_dict("records")
    head = ["Outcome", "Unit", "Mean", "5 of 100 below", "Median", "5 of 100 above"]
    rows = [_level(row) for row in records]
    if worlds == 1:
        return Table("Outcomes of the world", [*head[:2], "Value"], [row[:3] for row in rows], [False] * len(rows))
    return Table("Outcomes over the worlds", head, rows, [False] * len(rows))


def _level(row: Any) -> list[str]:
    chance = row["unit"] == CHANCE
    scale = HUNDRED if chance else 1.0
    digits = decimals(row["sd"] / 10.0) if row["sd"] > 0.0 else 2
    numbers = [number(scale * row[key], 0 if chance else digits) for key in ("mean", "p05", "p50", "p95")]
    unit = UNITS.get(str(row["unit"]), str(row["unit"]))
    return [str(row["label"]), unit, numbers[0], *([NOTHING] * 3 if chance else numbers[1:])]


def against_record(years: pd.DataFrame) -> list[Table]:
    """Observed and simulated values by year, a table a variable."""
    tables = []
    for _, rows in years.groupby("variable", sort=False):
        names = list(dict.fromkeys(rows["doctrine"]))
        label, unit = str(rows["label"].iloc[0]), str(rows["unit"].iloc[0])
        body = [_year(of_year.to_dict("records")) for _, of_year in rows.groupby("year")]
        head = ["Year", "Observed", *[doctrine_label(name) for name in names]]
        tables.append(Table(f"{label}, {unit}", head, body, [False] * len(body)))
    return tables


def record_score(years: pd.DataFrame) -> list[str]:
    """How many observed values lie within the simulated range, by doctrine."""
    return [
        f"{doctrine_label(str(name))}: {int(rows['inside'].sum())} of {len(rows)}"
        for name, rows in years.groupby("doctrine", sort=False)
    ]


def _comparison_row(row: Any) -> list[str]:
    unit = UNITS.get(str(row["unit"]), str(row["unit"]))
    if not row["worlds"]:
        return [str(row["label"]), unit, *[NOTHING] * 7]
    interval = f"{amount(row, row['low'])} to {amount(row, row['high'])}" if math.isfinite(row["low"]) else NOTHING
    return [
        str(row["label"]),
        unit,
        amount(row, row["mean_baseline"]),
        amount(row, row["mean"]),
        _signed(row),
        interval,
        number(HUNDRED * row["larger"], 0),
        number(HUNDRED * row["smaller"], 0),
        _ratio(row["variance_ratio"]),
    ]


def _signed(row: Any) -> str:
    text = amount(row, row["difference"])
    return f"+{text}" if row["difference"] > 0.0 and text.strip("0.,") else text


def _ratio(value: float) -> str:
    if math.isnan(value):
        return NOTHING
    return "∞" if math.isinf(value) else f"{number(value, 0 if value > LARGE_RATIO else 1)}×"


def _year(rows: list[Any]) -> list[str]:
    months = rows[0]["months"]
    year = f"{rows[0]['year']}" + ("" if months == 12 else f" ({months} month{'s' if months > 1 else ''})")  # noqa: PLR2004
    return [year, number(rows[0]["observed"], 1), *[_simulated(row) for row in rows]]


def _simulated(row: Any) -> str:
    mean, low, high = (number(row[key], 1) for key in ("mean", "p05", "p95"))
    return f"{mean} ({low} to {high}){'' if row['inside'] else ' *'}"
