"""Who has done which chapter: kept while the server runs, for so many browsers at most, the longest unseen go first."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from sim.lessons.chapters import points
from sim.lessons.scoring import FULL

MOST_BROWSERS = 2000
"""Browsers that are remembered: fifty classes of forty."""


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

    def score(self, number: int, value: float, prediction: float, truth: float) -> None:
        """Score the first prediction; later ones are play.

        Raises
        ------
        InputError
            If the prediction is not on the chapter's scale.
        """
        if not self.done:
            self.points = points(number, prediction, truth)
            self.value, self.prediction = value, prediction
        self.tried.add(value)


class Memory:
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


memory = Memory()
"""Of this server."""
