"""Numbers and tables as text."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from sim.basics.labels import number

DIGITS = 3
"""Figures that a measured number is told with; machines are not steadier than that."""


def shown(value: Any) -> str:
    """A value of a table: whole numbers in full, others with three figures, text as it is.

    >>> shown(8192), shown(12.345), shown(0.5), shown("history"), shown(float("nan"))
    ('8,192', '12.3', '0.500', 'history', 'not measured')
    """
    if isinstance(value, int):
        return number(value, 0)
    if not isinstance(value, float):
        return str(value)
    if math.isnan(value):
        return "not measured"
    return number(float(f"{value:.{DIGITS}g}"), _decimals(value))


def _decimals(value: float) -> int:
    """Decimals that leave so many figures."""
    exponent = int(f"{value:.{DIGITS - 1}e}".partition("e")[2])
    return max(DIGITS - 1 - exponent, 0) if value else 0


def rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table, each by column."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict(orient="records")]


def markdown(table: pd.DataFrame) -> str:
    """A Markdown table whose columns line up; numbers to the right."""
    cells = {name: [str(name), *map(shown, table[name].tolist())] for name in table}
    right = {name: not pd.api.types.is_string_dtype(table[name]) for name in table}
    widths = {name: max(map(len, column)) for name, column in cells.items()}
    rows = [[_padded(cells[name][row], widths[name], right[name]) for name in cells] for row in range(len(table) + 1)]
    rule = ["-" * (widths[name] - 1) + (":" if right[name] else "-") for name in cells]
    return "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], rule, *rows[1:]))


def _padded(text: str, width: int, right: bool) -> str:
    return text.rjust(width) if right else text.ljust(width)
