"""What teaches with the model: lessons to predict in, seats to sit in, and a class that plays together.

No room here knows of the web or of a terminal. What a lesson is written with is offered here, so that the top of a
lesson stays short; everything else by its own module: `sim.teaching.lessons.chapters` (the eight lessons with a knob
each), `sim.teaching.seats.table` (one world with people in its seats), `sim.teaching.classroom.rooms` (classes).

    from sim.teaching import check, say, score, show, solution

Nothing is imported before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.basics.labels import number
    from sim.teaching.lessons.estimates import interval, paired, ratio, worlds_where
    from sim.teaching.lessons.scoring import RULE, score
    from sim.teaching.lessons.stage import bare, check, happened, of_100, say, show, solution

__all__ = [
    "RULE",
    "bare",
    "check",
    "happened",
    "interval",
    "number",
    "of_100",
    "paired",
    "ratio",
    "say",
    "score",
    "show",
    "solution",
    "worlds_where",
]

_HOMES = {
    "sim.basics.labels": ("number",),
    "sim.teaching.lessons.estimates": ("interval", "paired", "ratio", "worlds_where"),
    "sim.teaching.lessons.scoring": ("RULE", "score"),
    "sim.teaching.lessons.stage": ("bare", "check", "happened", "of_100", "say", "show", "solution"),
}


if not TYPE_CHECKING:  # a type checker that sees it takes every name, misspelt ones too, for Any

    def __getattr__(name: str) -> Any:
        for home, names in _HOMES.items():
            if name in names:
                return getattr(import_module(home), name)
        raise AttributeError(f"module 'sim.teaching' has no attribute {name!r}")
