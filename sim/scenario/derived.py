"""What the equations take from a doctrine that is no dial of it, but follows from its dials."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

THEATRE_FULL_WEIGHT = 0.4
"""Share of priorities at which a theatre counts as fully prioritised (judgement)."""


def theatre_weight(share: float) -> float:
    """Weight of a theatre as the equations use it, 1 at full priority.

    >>> theatre_weight(0.2), theatre_weight(0.55)
    (0.5, 1.0)
    """
    return min(1.0, share / THEATRE_FULL_WEIGHT)


DERIVED: dict[str, dict[str, Callable[[Mapping[str, Any]], float]]] = {
    "us": {"europe": lambda dials: theatre_weight(dials["priorities"]["europe"])},
}
"""By actor and name, from the table of its dials."""
