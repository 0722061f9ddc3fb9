"""Words and numbers as a sentence says them: the same in figures, tables and text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

MINUS = "−"
HUNDRED = 100.0
"""What a share is multiplied with: percent, worlds of 100."""
UKRAINE_KM2 = 603_500.0
"""Area that shares of territory refer to, km2: Ukraine in its borders of 1991, Crimea included, rounded."""
SINGULAR = {"months": "month", "proposals": "proposal", "points": "point"}
"""What one of a unit is called, where a sentence counts in it."""
SHORTER = {
    "Land held by Russia at the end": "Land held by Russia",
    "Months with a settlement in force": "Months of peace",
    "American allocations": "American cost",
    "European contributions": "European cost",
}
"""Labels that a column has no room for."""
PROPER = ("America", "Europe", "Russia", "Ukraine")
"""How labels open that keep their capital."""


def significant(value: float, digits: int) -> str:
    """A number with so many digits that count, written out.

    >>> significant(-15468.2, 4), significant(5000.0, 4), significant(120.0, 2), significant(0.0123, 2)
    ('-15,470', '5,000', '120', '0.012')
    """
    return f"{float(f'{value:.{digits}g}'):,.15g}"


def month_text(month: Any) -> str:
    """A month as "YYYY-MM".

    >>> month_text(np.datetime64("2025-01-01"))
    '2025-01'
    """
    return str(np.datetime64(month, "M"))


def month_name(month: str) -> str:
    """A month as a sentence says it.

    >>> month_name("2025-01")
    'January 2025'
    """
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words in a row.

    >>> listed(["land", "money", "time"])
    'land, money and time'
    """
    if len(words) < 2:  # noqa: PLR2004 -- one word needs no conjunction
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def lower(label: str) -> str:
    """A label inside a sentence: small, unless it opens with a name.

    >>> lower("Land held by Russia"), lower("American allocations")
    ('land held by Russia', 'American allocations')
    """
    return label if label.startswith(PROPER) else label[:1].lower() + label[1:]


def capital(text: str) -> str:
    """A text that opens a sentence."""
    return text[:1].upper() + text[1:]


def short_label(label: str) -> str:
    """A label as short as a column is narrow."""
    return SHORTER.get(label, label)


def counted(amount: str, unit: str) -> str:
    """An amount, as it is printed, with its unit: one month, two months, and 1.0 months, which is not counted.

    >>> counted("1", "months"), counted("1.0", "months"), counted("3", "EUR bn"), counted("0", "")
    ('1 month', '1.0 months', '3 EUR bn', '0')
    """
    one = amount.removeprefix(MINUS) == "1"
    return f"{amount} {SINGULAR.get(unit, unit) if one else unit}".rstrip()


def decimals(width: float, most: int = 4) -> int:
    """Decimals that show a number known to within `width` with its first uncertain digit.

    >>> decimals(3.0), decimals(0.4), decimals(0.02)
    (0, 1, 2)
    """
    if not math.isfinite(width) or width <= 0.0:
        return most
    return min(max(-math.floor(math.log10(width)), 0), most)


def number(value: float, digits: int) -> str:
    """A number with so many decimals, thousands set apart, a true minus sign and no minus zero.

    >>> number(-1234.5, 0), number(-0.01, 1)
    ('−1,234', '0.0')
    """
    rounded = round(float(value), digits) + 0.0
    return f"{rounded:,.{digits}f}".replace("-", MINUS)


def spoken(value: float) -> str:
    """A number in three digits at most, for a headline.

    >>> spoken(6.513), spoken(0.0413), spoken(412.3)
    ('6.5', '0.04', '412')
    """
    size = abs(value)
    return number(value, 0 if size >= 20 else 1 if size >= 1 else 2)  # noqa: PLR2004
