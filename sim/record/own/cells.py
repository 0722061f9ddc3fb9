"""Cells of a user's table: the text in one becomes a value, or an error says the rule and the remedy."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sim.basics.mistakes import shown, unknown
from sim.basics.months import is_month, month_after
from sim.basics.plain_text import HEEDED
from sim.basics.typed_numbers import number, whole

Value = str | float | int | None
"""What stands in a cell; None where it is empty."""
Read = Callable[[str], Value]
"""Makes a value of the text in a cell that is not empty; raises ValueError with the rule, and the remedy after it."""

LONGEST_TEXT = 500
DECIMALS = 9
"""Decimals that are kept of a number once it is in the unit of the record: no rounding of a product shows."""
FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet takes a text for a formula by, when the table is opened again."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
ROLL_CALL = re.compile(r"([HS]20\d\d-)(\d{1,4})", re.ASCII)
AS_TEXT = "a spreadsheet keeps it so in a column formatted as text"


class Unit(NamedTuple):
    """A unit that a column may have.

    Attributes
    ----------
    name : str
        As it stands at the end of the column's name: `eur_bn`.
    scale : float
        What one of it is in the first unit of the column.
    least, most : float
        The smallest number that may stand there, and the largest.
    below, above : str
        What to think of first where a number is smaller, or larger.
    """

    name: str
    scale: float
    least: float
    most: float
    below: str
    above: str


def today() -> date:
    """The day on which a table is read: what has not happened yet was not observed."""
    return date.today()


def amount(unit: Unit) -> Read:
    """Numbers of a unit, turned into the first one of the column."""

    def read(text: str) -> float:
        value = _number(text)
        if not unit.least <= value <= unit.most:
            remedy = unit.below if value < unit.least else unit.above
            raise ValueError(f"must be from {unit.least:,.10g} to {unit.most:,.10g}, got {text}; {remedy}")
        return round(value * unit.scale, DECIMALS)

    return read


def count(most: int) -> Read:
    """Whole numbers from 0."""

    def read(text: str) -> int:
        value = whole(text)
        if value is None or not 0 <= value <= most:
            raise ValueError(f"must be a whole number from 0 to {most}, got {shown(text)}; write its digits alone")
        return value

    return read


def _number(text: str) -> float:
    value = number(text)
    if value is None and re.fullmatch(r"[+-]?[\d.,'_\s\u2019]*\d", text) and re.search(r"[,'_\s\u2019]", text):
        raise ValueError(
            f"must be a number, got {shown(text)}; write decimals with a point, and thousands without a mark"
        )
    if value is None and re.search(r"\d", text):
        raise ValueError(
            f"must be a number, got {shown(text)}; write the number alone: its unit stands in the column's name"
        )
    if value is None or not math.isfinite(value):
        raise ValueError(f"must be a number, got {shown(text)}; leave out the row of what is not known")
    return value


def month(first: str) -> Read:
    """Months that are over, from the first of the record."""

    def read(text: str) -> str:
        if not is_month(text):
            raise ValueError(f"must be a month, YYYY-MM, got {shown(text)}; {AS_TEXT}")
        last = month_after(f"{today():%Y-%m}", -1)
        if not first <= text <= last:
            raise ValueError(
                f"must be from {first}, where the record begins, to {last}, the last that is over, got {text}; "
                "correct the month, or leave out the row"
            )
        return text

    return read


def day(first: str) -> Read:
    """Days from the first month of the record to today."""

    def read(text: str) -> str:
        try:
            found = date.fromisoformat(text) if DAY.fullmatch(text) else None
        except ValueError:
            found = None
        if found is None:
            raise ValueError(f"must be a date, YYYY-MM-DD, got {shown(text)}; {AS_TEXT}")
        if not first <= text[:7] or found > today():
            raise ValueError(
                f"must be from {first}, where the record begins, to today, {today()}, got {text}; "
                "correct the date, or leave out the row"
            )
        return text

    return read


def one_of(what: str, names: Sequence[str], means: Mapping[str, str] | None = None) -> Read:
    """Names of a list, some of which may mean another."""

    def read(text: str) -> str:
        if text not in names:
            raise ValueError(unknown(what, text, names))
        return (means or {}).get(text, text)

    return read


def roll_call(text: str) -> str:
    """Names of roll calls, in whichever way the number is written: `H2026-7` and `H2026-0007` are `H2026-007`.

    >>> roll_call("H2026-7"), roll_call("S2025-0012"), roll_call("H2026-1042")
    ('H2026-007', 'S2025-012', 'H2026-1042')
    """
    found = ROLL_CALL.fullmatch(text)
    if found is None or not int(found[2]):
        raise ValueError(f"must be H2026-012, got {shown(text)}; write it in that way")
    return f"{found[1]}{int(found[2]):03d}"


def line(text: str) -> str:
    """A line of text that nothing takes for anything else."""
    if HEEDED.search(text) or "\n" in text:
        raise ValueError(f"must be one line without hidden letters, got {shown(text)}; type it anew")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"must be at most {LONGEST_TEXT} letters, got {len(text):,}")
    if text.startswith(FORMULA):
        raise ValueError(f"must not begin with {text[0]!r}, which makes a formula of it in a spreadsheet")
    return text
