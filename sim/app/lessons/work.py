"""Answers of chapters, each computed once: a class that turns the same knob to the same setting waits for one run.

All settings of all chapters together are fewer than a hundred, so what visitors can ask for here is bounded, and so is
what is kept.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from sim.app.runs import runs
from sim.lessons.chapters import Answer, answer, chapter


@dataclass(eq=False)
class Run:
    """An answer that is being computed, for whoever waits for it.

    Attributes
    ----------
    done : float
        How far it is, 0 to 1.
    """

    task: asyncio.Task[Answer] = field(init=False)
    done: float = 0.0

    def tell(self, done: int, total: int) -> None:
        """Take the progress of the run."""
        self.done = done / max(total, 1)


_known: dict[tuple[int, float], Answer] = {}
_under_way: dict[tuple[int, float], Run] = {}


def known(number: int, value: float) -> Answer | None:
    """The answer, if it was computed already."""
    return _known.get((number, value))


def asked(number: int, value: float) -> Run:
    """The run that computes an answer; it is started unless somebody else did.

    Raises
    ------
    InputError
        If there is no such chapter or setting.
    """
    place = chapter(number).number, chapter(number).knob.checked(value)
    if place not in _under_way:
        run = Run()
        run.task = asyncio.create_task(_answer(place, run))
        _under_way[place] = run
    return _under_way[place]


async def found(number: int, value: float) -> Answer:
    """The answer of a chapter at a setting. Whoever stops waiting does not stop the run for the others.

    Raises
    ------
    InputError
        If there is no such chapter or setting, or too many runs are waiting.
    """
    there = known(number, value)
    return there if there is not None else await asyncio.shield(asked(number, value).task)


async def _answer(place: tuple[int, float], run: Run) -> Answer:
    number, value = place
    try:
        _known[place] = await runs.ask(f"lesson {number} at {value:g}", answer, number, value, on_progress=run.tell)
        return _known[place]
    finally:
        del _under_way[place]
