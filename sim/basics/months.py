"""Months, written "YYYY-MM": which texts are one, which comes after which, and how many lie between two."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

PATTERN = r"^(19|20|21)[0-9][0-9]-(0[1-9]|1[0-2])$"
LAST_MONTH = "2199-12"
"""The last month that has a name here."""
A_YEAR = 12


def is_month(value: Any) -> bool:
    """Whether a value is a month, written "YYYY-MM"."""
    return isinstance(value, str) and re.fullmatch(PATTERN, value) is not None


def month_number(month: str) -> int:
    """Months since year 0."""
    year, number = month.split("-")
    return int(year) * A_YEAR + int(number) - 1


def month_after(start: str, months: int) -> str:
    """The month that comes `months` after `start`.

    >>> month_after("2022-12", 2)
    '2023-02'
    """
    year, number = divmod(month_number(start) + months, A_YEAR)
    return f"{year:04d}-{number + 1:02d}"


def in_spans(months: Iterable[str]) -> str:
    """Months in few words: those in a row by the first and the last of them.

    >>> in_spans(["2022-12", "2023-02", "2023-01", "2023-06"])
    '2022-12 to 2023-02, 2023-06'
    """
    spans: list[list[str]] = []
    for month in sorted(set(months)):
        if spans and month_after(spans[-1][-1], 1) == month:
            spans[-1].append(month)
        else:
            spans.append([month])
    return ", ".join(span[0] if len(span) == 1 else f"{span[0]} to {span[-1]}" for span in spans)


def months_from(start: str, months: int) -> list[str]:
    """So many months, from `start` on.

    >>> months_from("2022-12", 2)
    ['2022-12', '2023-01']
    """
    return [month_after(start, month) for month in range(months)]
