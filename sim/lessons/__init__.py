"""What a lesson is written with: say, show, score, check, solution; and the room where it is read, run and printed.

A lesson is a plain Python file in `docs/lessons/`, in the percent format that Jupyter tools convert to a notebook and
back. It runs as it stands. Whatever it says in numbers comes out of its code.
"""

from __future__ import annotations

from sim.lessons.quick import bare, end, happened, interval, of_100, war_and_land, worlds_where
from sim.lessons.scoring import RULE, score
from sim.lessons.stage import check, say, show, solution
from sim.questions.labels import number

__all__ = [
    "RULE",
    "bare",
    "check",
    "end",
    "happened",
    "interval",
    "number",
    "of_100",
    "say",
    "score",
    "show",
    "solution",
    "war_and_land",
    "worlds_where",
]
