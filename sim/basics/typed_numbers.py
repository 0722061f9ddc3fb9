"""Numbers as a user gives them: typed, alone and in lists, to the letter or none; or turned to on a dial."""

from __future__ import annotations

import re

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
EXACT = 6
"""Decimals of a number of a dial."""
LONGEST = 40
"""Letters of a number; with more it is no number that anybody means."""


def number(text: str) -> float | None:
    """The number that a text is; None if it is none.

    Python's own words for numbers are none here: no `nan`, no `inf`, no underscores, no digits of other scripts.

    >>> number(".5"), number(" 1e-3 "), number("1_0"), number("nan")
    (0.5, 0.001, None, None)
    """
    text = text.strip(" ")
    return float(text) if len(text) <= LONGEST and NUMBER.fullmatch(text) else None


def whole(text: str) -> int | None:
    """The whole number that a text is; None if it is none.

    >>> whole("1000"), whole(" -5"), whole("1_000"), whole("1.0"), whole("٣")
    (1000, -5, None, None, None)
    """
    text = text.strip(" ")
    return int(text) if len(text) <= LONGEST and WHOLE.fullmatch(text) else None


def numbers(text: str) -> list[float] | None:
    """The numbers of a list, written with a comma or blanks between two of them; None if one is missing or is none.

    >>> numbers("10,6,4"), numbers("10, 6 4"), numbers("50,,1"), numbers("50,1,")
    ([10.0, 6.0, 4.0], [10.0, 6.0, 4.0], None, None)
    """
    parts = re.split(r" *, *| +", text.strip(" "))
    found = [value for part in parts if (value := number(part)) is not None]
    return found if len(found) == len(parts) else None


def stepped(value: float, step: float, low: float = 0.0) -> float:
    """The step of a dial, counted from its low end, that is nearest to a value, without the rounding of sums.

    >>> stepped(0.3333, 0.05), stepped(0.1 + 0.2, 0.1)
    (0.35, 0.3)
    """
    return round(low + round((value - low) / step) * step, EXACT)
