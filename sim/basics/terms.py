"""Numbers and terms of one world as words."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.basics.labels import counted

UNSAID = 0.02
"""Terms under this share of the heaviest are left unsaid."""


def value(array: object) -> float:
    """The number of the one world that is told."""
    return float(np.asarray(array, dtype=float).reshape(-1)[0])


def percent(share: object, digits: int = 0) -> str:
    """A share as a percentage."""
    return f"{100 * value(share):.{digits}f} %"


def points(share: object, digits: int = 1) -> str:
    """A change of a share, in signed percentage points."""
    return f"{100 * value(share):+.{digits}f} points"


def signed(number: float) -> str:
    """A number with its sign, to two decimals; with one digit that says something where these are all nought.

    >>> signed(0.254), signed(-0.0031), signed(0.0)
    ('+0.25', '-0.003', '+0.00')
    """
    return f"{number:+.2f}" if abs(number) >= 0.005 or number == 0.0 else f"{number:+.1g}"  # noqa: PLR2004 -- rounds to .01


def months(count: object) -> str:
    """So many months.

    >>> months(1.0), months(3)
    ('1 month', '3 months')
    """
    return counted(f"{value(count):.0f}", "months")


def line_proposed(offset: float) -> str:
    """A line of a settlement, by what it gives to whom.

    >>> line_proposed(0.02), line_proposed(-0.01), line_proposed(0.0)
    ("a line with 2 points of Ukraine's land more for Russia than the front", \
"a line with 1 point of Ukraine's land more for Ukraine than the front", 'the front as it stands')
    """
    if offset == 0.0:
        return "the front as it stands"
    size, whose = f"{100.0 * abs(offset):.2f}".rstrip("0").rstrip("."), "Russia" if offset > 0.0 else "Ukraine"
    return f"a line with {size} point{'' if size == '1' else 's'} of Ukraine's land more for {whose} than the front"


def because(
    terms: Mapping[str, object], scale: float = 1.0, digits: int = 2, sides: tuple[str, str] = ("for", "against")
) -> str:
    """The terms of a decision, the heaviest first, for and against; or of a sum, as its sides are called.

    >>> because({"rivalry": np.array([0.4]), "affinity": np.array([-0.1])})
    'for: rivalry +0.40; against: affinity -0.10'
    """
    numbers = {reason: scale * value(term) for reason, term in terms.items()}
    heaviest = max((abs(n) for n in numbers.values() if np.isfinite(n)), default=0.0)
    told = {r: n for r, n in numbers.items() if np.isfinite(n) and n != 0.0 and abs(n) >= UNSAID * heaviest}
    ranked = sorted(told.items(), key=lambda item: -abs(item[1]))
    told_by_side = []
    for side, up in zip(sides, (True, False), strict=True):
        said = [f"{reason} {number:+.{digits}f}" for reason, number in ranked if (number > 0) == up]
        if said:
            told_by_side.append(f"{side}: {', '.join(said)}")
    return "; ".join(told_by_side) or "nothing weighed either way"
