"""Golden tables against those of the model as it is now: what differs, where first, and by how much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

RTOL = 1e-4
"""Of a number: the worlds live in single precision, and another processor rounds otherwise, month after month."""
ATOL = 1e-5
"""Of the largest number in the column: what is left where large numbers cancel each other."""
COARSE = {"calibrate": 1e-3}
"""Relative tolerance where a command rounds to four digits."""
WORLD = ["seed", "world"]
TIME = ("month", *WORLD)
"""Columns that say when and where, in the order in which one difference comes before another."""
MOST_NAMED = 3
Tables = Mapping[str, pd.DataFrame]


class Difference(NamedTuple):
    """The first number of a table that is another, and how many are.

    Attributes
    ----------
    table, row, column : str
        Where: the row in words.
    was, now : object
        What stands in the golden table, and what the model says now.
    cells : int
        Cells of the table that differ.
    worlds : frozenset of tuple
        Seed and number of the worlds that differ, if the table tells of worlds.
    """

    table: str
    row: str
    column: str
    was: Any
    now: Any
    cells: int = 1
    worlds: frozenset[tuple[int, int]] = frozenset()

    def __str__(self) -> str:
        more = f"; {self.cells} cells of the table differ" if self.cells > 1 else ""
        return f"{self.table}, {self.row}: {self.column} was {self.was}, is {self.now}{self._by()}{more}"

    def _by(self) -> str:
        """By how much, of two numbers."""
        if any(not isinstance(value, float) or np.isnan(value) for value in (self.was, self.now)) or not self.was:
            return ""
        return f" ({self.now / self.was - 1.0:+.2g} of it)"


def differences(case: str, golden: Tables, now: Tables) -> list[Difference]:
    """The first difference of every table of a case that has one."""
    missing = [Difference(f"{case}/{name}", "the table", "it", "there", "not there") for name in {*golden} - {*now}]
    new = [Difference(f"{case}/{name}", "the table", "it", "not there", "there") for name in {*now} - {*golden}]
    both = [difference(f"{case}/{name}", golden[name], now[name]) for name in golden if name in now]
    return [*missing, *new, *(found for found in both if found is not None)]


def difference(table: str, golden: pd.DataFrame, now: pd.DataFrame) -> Difference | None:
    """The first difference of two tables, in time where they tell of months."""
    if list(golden) != list(now):
        gone, new = (", ".join(c for c in one if c not in other) for one, other in ((golden, now), (now, golden)))
        return Difference(table, "the head", "its columns", f"with {gone or 'no more'}", f"with {new or 'no more'}")
    if len(golden) != len(now):
        return Difference(table, "the whole", "its number of rows", len(golden), len(now))
    rtol = COARSE.get(table.split("/")[-2] if "/" in table else table, RTOL)
    off = np.column_stack([~near(golden[column], now[column], rtol) for column in golden])
    if not off.any():
        return None
    wrong = np.flatnonzero(off.any(axis=1))
    row = _first(golden, wrong)
    column = str(golden.columns[int(np.argmax(off[row]))])
    worlds = golden.iloc[wrong][WORLD].itertuples(index=False, name=None) if {*WORLD} <= {*golden} else ()
    was, is_now = (_plain(frame[column].iloc[row]) for frame in (golden, now))
    return Difference(table, _words(golden.iloc[row], row), column, was, is_now, int(off.sum()), frozenset(worlds))


def near(golden: pd.Series[Any], now: pd.Series[Any], rtol: float = RTOL) -> Any:
    """Where two columns say the same: numbers within the tolerance, words to the letter."""
    was, found = (pd.to_numeric(column, errors="coerce").to_numpy(float) for column in (golden, now))
    scale = np.max(np.abs(was), where=np.isfinite(was), initial=0.0)
    numbers = np.isclose(found, was, rtol=rtol, atol=ATOL * scale)
    words = [column.astype(object).where(column.notna(), "").to_numpy() for column in (golden, now)]
    return numbers | (words[0] == words[1]) & np.isnan(was)


def _first(table: pd.DataFrame, rows: Any) -> int:
    """The row that comes first in time, and then by world."""
    order = [column for column in TIME if column in table]
    some = table.iloc[rows].assign(place=rows)
    return int(some.sort_values([*order, "place"], kind="stable")["place"].iloc[0])


def _words(row: pd.Series[Any], place: int) -> str:
    """Which row it is, by its month and world, or by its words."""
    known = [f"{column} {row[column]}" for column in (*WORLD, "month") if column in row]
    named = [value for value in row if isinstance(value, str) and value][:MOST_NAMED]
    return ", ".join(known or [f"row {place}", *named])


def _plain(value: Any) -> Any:
    """A number as Python prints it."""
    return value.item() if hasattr(value, "item") else value
