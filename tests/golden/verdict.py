"""Whether a case is what its golden numbers say, but for worlds in which a decision is near its threshold."""

from __future__ import annotations

from collections.abc import Callable

from golden import REMEDY
from golden.compared import Difference, Tables, differences
from golden.near import TRIES, disturbed

MOST_EXEMPT = 1
"""Worlds of a scenario, of the forty that are kept, that may have taken another path near a threshold."""
Worlds = frozenset[tuple[int, int]]


def verdict(case: str, golden: Tables, made: Callable[[], Tables]) -> str:
    """What is wrong with a case, in words for whoever changed it; nothing if all is as it was.

    Parameters
    ----------
    case
        Its name.
    golden
        Its golden tables.
    made
        Makes them by the model as it is now.
    """
    found = differences(case, golden, made())
    if not found:
        return ""
    near = _worlds_near(case, golden, made, found) if all(one.worlds for one in found) else _near(case, golden, made)
    return "" if near else "\n".join([*map(str, found), REMEDY])


def _near(case: str, golden: Tables, made: Callable[[], Tables]) -> bool:
    """Whether a disturbance of the size of rounding gives the golden tables, all of them."""
    for number in range(TRIES):
        with disturbed(number):
            if not differences(case, golden, made()):
                return True
    return False


def _worlds_near(case: str, golden: Tables, made: Callable[[], Tables], found: list[Difference]) -> bool:
    """Whether the worlds that differ are few, and such disturbances give each of them as the golden one is."""
    left = _worlds(found)
    if len(left) > MOST_EXEMPT:
        return False
    for number in range(TRIES):
        with disturbed(number):
            left &= _worlds(differences(case, golden, made()))
        if not left:
            return True
    return False


def _worlds(found: list[Difference]) -> Worlds:
    return Worlds().union(*(one.worlds for one in found))
