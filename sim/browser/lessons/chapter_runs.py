"""Answers of chapters, each computed once, and who has done which chapter.

A class that turns the same knob to the same setting waits for one run. All settings of all chapters together are fewer
than a hundred, so what visitors can ask for here is bounded, and so is what is kept. Who has done what is kept while
the server runs, for so many browsers at most; the longest unseen go first.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field

from sim.browser.runs import runs
from sim.teaching.lessons.chapters import ChapterAnswer, answer, chapter, points
from sim.teaching.lessons.scoring import FULL

MOST_BROWSERS = 2000
"""Browsers that are remembered: fifty classes of forty."""


@dataclass(eq=False)
class ChapterRun:
    """An answer that is being computed, for whoever waits for it.

    Attributes
    ----------
    done : float
        How far it is, 0 to 1.
    """

    task: asyncio.Task[ChapterAnswer] = field(init=False)
    done: float = 0.0

    def tell(self, done: int, total: int) -> None:
        """Take the progress of the run."""
        self.done = done / max(total, 1)


_known: dict[tuple[int, float], ChapterAnswer] = {}
_under_way: dict[tuple[int, float], ChapterRun] = {}


def known_answer(number: int, value: float) -> ChapterAnswer | None:
    """The answer, if it was computed already."""
    return _known.get((number, value))


def run_of(number: int, value: float) -> ChapterRun:
    """The run that computes an answer; it is started unless somebody else did.

    Raises
    ------
    InputError
        If there is no such chapter or setting.
    """
    place = chapter(number).number, chapter(number).knob.checked(value)
    if place not in _under_way:
        run = ChapterRun()
        run.task = asyncio.create_task(_answer(place, run))
        _under_way[place] = run
    return _under_way[place]


async def answer_of(number: int, value: float) -> ChapterAnswer:
    """The answer of a chapter at a setting. Whoever stops waiting does not stop the run for the others.

    Raises
    ------
    InputError
        If there is no such chapter or setting, or too many runs are waiting.
    """
    there = known_answer(number, value)
    return there if there is not None else await asyncio.shield(run_of(number, value).task)


async def _answer(place: tuple[int, float], run: ChapterRun) -> ChapterAnswer:
    number, value = place
    try:
        _known[place] = await runs.ask(f"lesson {number} at {value:g}", answer, number, value, on_progress=run.tell)
        return _known[place]
    finally:
        del _under_way[place]


@dataclass
class Visit:
    """What one browser did in one chapter.

    Attributes
    ----------
    value, prediction : float, optional
        The setting and the prediction of the run that was scored; nothing before it.
    points : float
        Of that prediction, 100 at most.
    tried : set of float
        Settings that were run.
    """

    value: float | None = None
    prediction: float | None = None
    points: float = 0.0
    tried: set[float] = field(default_factory=set)

    @property
    def done(self) -> bool:
        """Whether the prediction was scored."""
        return self.prediction is not None

    def score(self, found: ChapterAnswer, prediction: float) -> None:
        """Score the first prediction; later ones are play.

        Raises
        ------
        InputError
            If the prediction is not on the chapter's scale.
        """
        if not self.done:
            self.points = points(found, prediction)
            self.value, self.prediction = found.value, prediction
        self.tried.add(found.value)


class Visits:
    """Visits by browser and chapter.

    Parameters
    ----------
    most : int
        Browsers that are remembered.
    """

    def __init__(self, most: int = MOST_BROWSERS) -> None:
        self.most = most
        self._visits: OrderedDict[str, dict[int, Visit]] = OrderedDict()

    def visit(self, browser: str, number: int) -> Visit:
        """What a browser did in a chapter; from here on it is remembered."""
        known = self._visits.setdefault(browser, {})
        self._visits.move_to_end(browser)
        while len(self._visits) > self.most:
            self._visits.popitem(last=False)
        return known.setdefault(number, Visit())

    def done(self, browser: str) -> dict[int, Visit]:
        """The chapters that a browser has done."""
        return {number: visit for number, visit in self._visits.get(browser, {}).items() if visit.done}

    def forget(self, browser: str) -> None:
        """Forget a browser."""
        self._visits.pop(browser, None)


def graded(reached: float) -> str:
    """Points as a reader sees them.

    >>> graded(94.6)
    '95 of 100 points'
    """
    return f"{reached:.0f} of {FULL:.0f} points"


memory = Visits()
"""Of this server."""
