"""Names as a reader sees them, and numbers as a sentence says them: the same in figures, tables and text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

DOCTRINE_LABELS = {
    "reagan_ussr": "Reagan–USSR",
    "nixon_china": "Nixon–China",
    "obama_iran": "Obama–Iran",
    "trump_dprk": "Trump–DPRK",
}
"""Presets whose name does not read as a name."""
MINUS = "−"
PROPER = ("America", "Europe", "Russia", "Ukraine")
"""How labels open that keep their capital."""


def doctrine_label(name: str) -> str:
    """A doctrine's name as text.

    >>> doctrine_label("architectural > trump_dprk+clarity")
    'architectural, then Trump–DPRK + clarity'
    """
    return ", then ".join(_amended(part) for part in name.split(" > "))


def _amended(name: str) -> str:
    return " + ".join(DOCTRINE_LABELS.get(part, part).replace("_", " ") for part in name.split("+"))


def month_text(month: Any) -> str:
    """A month as "YYYY-MM".

    >>> month_text(np.datetime64("2025-01-01"))
    '2025-01'
    """
    return str(np.datetime64(month, "M"))


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
