"""What a map of two dials says, in sentences and in a table for the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.questions.dial_map import BEYOND
from sim.questions.headline import CHANCE
from sim.questions.labels import decimals, number
from sim.questions.say import HUNDRED, differs, topic, unit_of

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
THEATRES = {
    "europe": "Europe",
    "indo_pacific": "the Indo-Pacific",
    "hemisphere": "the hemisphere",
    "domestic": "domestic goals",
}
"""Shares of the priorities as a reader says them."""
STEPS = 10
"""Parts of the span of a map that a number tells apart."""
HEAD = ("", "own", "lowest", "highest")


def title(effects: pd.DataFrame) -> str:
    """The finding: the first outcome that one dial moves more than the other; where there is none, the first."""
    rows = _rows(effects)
    text = _moved(next(filter(differs, rows), rows[0]))
    return text[:1].upper() + text[1:]


def sentences(nodes: pd.DataFrame, effects: pd.DataFrame) -> list[str]:
    """A sentence an outcome: which dial moves it more, and at how many nodes it differs beyond noise."""
    counts = nodes.groupby("outcome", sort=False)[BEYOND].agg(["sum", "size"])
    said = []
    for row in _rows(effects):
        text = _moved(row)
        beyond, of = counts.loc[row["outcome"]]
        said.append(f"{text[:1].upper()}{text[1:]}; {beyond} of {of} nodes differ beyond noise.")
    return said


def screen_rows(nodes: pd.DataFrame, effects: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    """A table in words: the doctrine's own mean of every outcome, the range over nodes, and the range by each dial."""
    rows = _rows(effects)
    head = [*HEAD, *(f"by {called(rows[0][dial])}" for dial in ("dial_x", "dial_y")), "beyond noise"]
    share = nodes.groupby("outcome", sort=False)[BEYOND].mean()
    columns = ("own", "lowest", "highest", "range_x", "range_y")
    return head, [
        [row["outcome"], *(_text(row, row[column]) for column in columns), f"{share[row['outcome']]:.0%}"]
        for row in rows
    ]


def _rows(effects: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in effects.to_dict("records")]


def _moved(row: Row) -> str:
    """Which dial moves an outcome more."""
    x, y = called(row["dial_x"]), called(row["dial_y"])
    if row["range_x"] == row["range_y"] == 0.0:
        return f"neither {x} nor {y} moves {topic(row)} in any world"
    if not differs(row):
        both = f"{_text(row, row['range_x'])} and {_text(row, row['range_y'])}{unit_of(row)}"
        return f"{x} and {y} move {topic(row)} by {both}, too close to tell apart"
    more, less, ranges = (x, y, ("range_x", "range_y")) if row["low"] > 0.0 else (y, x, ("range_y", "range_x"))
    far, near = (_text(row, row[name]) for name in ranges)
    return f"{more} moves {topic(row)} more than {less}: by {far}{unit_of(row)} against {near}"


def levelled(value: float, span: float) -> str:
    """A level as it is told on a map whose means span so much: to the decimal that tells its parts apart.

    >>> levelled(21.8432, 0.61), levelled(236.6, 11.0)
    ('21.84', '237')
    """
    return number(value, decimals(span / STEPS, most=3))


def _text(row: Row, value: float) -> str:
    scale = HUNDRED if row["unit"] == CHANCE else 1.0
    return levelled(scale * value, scale * (row["highest"] - row["lowest"]))


def called(dial: str) -> str:
    """A dial as a reader says it.

    >>> called("priorities.indo_pacific"), called("free_riding")
    ('priority of the Indo-Pacific', 'free riding')
    """
    head, _, share = dial.partition(".")
    return f"priority of {THEATRES[share]}" if share else head.replace("_", " ")
