"""Numbers and terms of one world as words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sim.actors.actor import Terms

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


def because(terms: Terms, scale: float = 1.0, digits: int = 2) -> str:
    """The terms of a decision, the heaviest first, for and against.

    >>> because({"rivalry": np.array([0.4]), "affinity": np.array([-0.1])})
    'for: rivalry +0.40; against: affinity -0.10'
    """
    numbers = {reason: scale * value(term) for reason, term in terms.items()}
    heaviest = max((abs(n) for n in numbers.values() if np.isfinite(n)), default=0.0)
    told = {r: n for r, n in numbers.items() if np.isfinite(n) and n != 0.0 and abs(n) >= UNSAID * heaviest}
    ranked = sorted(told.items(), key=lambda item: -abs(item[1]))
    sides = []
    for side, up in (("for", True), ("against", False)):
        said = [f"{reason} {number:+.{digits}f}" for reason, number in ranked if (number > 0) == up]
        if said:
            sides.append(f"{side}: {', '.join(said)}")
    return "; ".join(sides) or "nothing weighed either way"
