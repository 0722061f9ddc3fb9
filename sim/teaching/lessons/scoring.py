"""How a prediction is scored: half for the direction, half for how much nearer its size is than a naive guess.

Whoever says nothing gets nothing for the size: neither "no difference" from what was told before nor the middle of the
scale earns any of it unless it is the truth, and what has the wrong direction earns nothing at all. That is a skill
score. Skill scores are not proper (Gneiting and Raftery 2007): they ask for what one holds likeliest, not for the mean
of what one expects.

References
----------
Murphy, A. H. (1988). Skill scores based on the mean square error. Monthly Weather Review 116.
Gneiting, T. and Raftery, A. E. (2007). Strictly proper scoring rules, prediction, and estimation. JASA 102.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from sim.basics.labels import MINUS, number
from sim.basics.limits import InputError
from sim.basics.mistakes import shown
from sim.teaching.lessons.stage import answer, say

FULL = 100.0
"""Points of a prediction that is right."""
HALF = FULL / 2.0
RULE = (
    "Half of the points are for the direction (more, less, or no clear difference from what it is compared with); if "
    "that is right, the other half is for the size: all of it for the truth, none for an answer no nearer to it than "
    "“no difference” or the middle of the scale."
)
RISES, FALLS, SAME = "more", "less", "no clear difference"


class Predictand(NamedTuple):
    """What was to be predicted, as it came out.

    Attributes
    ----------
    truth : float
    base : float
        What was told before, and what "no difference" is: 0 where a difference was to be predicted.
    about : float
        Half-width of the 95 % interval of truth - base; NaN where luck is not known.
    low, high : float
        The ends of the scale that was offered.
    digits : int
        Decimals in which `base` was told: what differs by less is no difference to who read it.
    """

    truth: float
    base: float
    about: float
    low: float = 0.0
    high: float = 100.0
    digits: int = 0

    @property
    def naive(self) -> float:
        """How far off the better of both naive guesses is."""
        return min(abs(guess - self.truth) for guess in (self.base, (self.low + self.high) / 2.0))

    @property
    def rounding(self) -> float:
        """What two numbers may differ by and still be printed alike."""
        return 0.5 * 10.0**-self.digits

    @property
    def direction(self) -> str:
        """Which way the truth lies from what was told."""
        change = self.truth - self.base
        return self.told(self.truth) if not abs(change) <= self.about else SAME

    def told(self, prediction: float) -> str:
        """Which way a prediction lies from what was told."""
        change = prediction - self.base
        if abs(change) <= self.rounding:
            return SAME
        return RISES if change > 0.0 else FALLS

    def agrees(self, prediction: float) -> bool:
        """Whether a prediction has the direction; where none is clear, whether luck could have made it."""
        if self.direction != SAME:
            return self.told(prediction) == self.direction
        return self.told(prediction) == SAME or abs(prediction - self.base) <= self.about


def points(prediction: float | str, asked: Predictand) -> float:
    """Points of a number: 50 for the direction, and 50 (1 - distance / distance of the naive guess) if it is right.

    Raises
    ------
    InputError
        If the prediction is no number on the scale.

    Examples
    --------
    >>> asked = Predictand(truth=20.0, base=0.0, about=2.0, low=-30.0, high=30.0)
    >>> points(20.0, asked), points(15.0, asked), points(0.0, asked), points(-20.0, asked)
    (100.0, 87.5, 0.0, 0.0)
    """
    if isinstance(prediction, str) or not asked.low <= prediction <= asked.high:
        raise InputError(f"prediction: must be a number from {asked.low:g} to {asked.high:g}, got {shown(prediction)}")
    return HALF + HALF * skill(float(prediction), asked) if asked.agrees(float(prediction)) else 0.0


def skill(prediction: float, asked: Predictand) -> float:
    """How much nearer to the truth than the naive guess, 0 to 1; 1 for the truth, even where that is a naive guess.

    The truth is as it is told: in `digits` decimals, of which the rest could not be guessed.
    """
    if math.isnan(asked.truth):
        return 0.0
    distance = abs(prediction - asked.truth)
    if distance <= asked.rounding:
        return 1.0
    return max(1.0 - distance / asked.naive, 0.0) if asked.naive > 0.0 else 0.0


def score(prediction: float | str, asked: Predictand, of: str) -> float:
    """Say how good a prediction was.

    Parameters
    ----------
    prediction : float
        What the reader wrote.
    asked : Predictand
        What the model says, and what the reader was told.
    of : str
        What was to be predicted, with its unit.

    Returns
    -------
    float
        Points, 100 at most.

    Raises
    ------
    InputError
        If the prediction is not on the scale.
    """
    reached = points(prediction, asked)
    truth = number(asked.truth, asked.digits)
    answer(f"Prediction: {of}", f"{truth} ({asked.direction})")
    said, subject = shown(prediction).replace("-", MINUS), of[:1].upper() + of[1:]
    say(
        f"**{subject}: you said {said} ({asked.told(float(prediction))}), the model says {truth} ({asked.direction}). "
        f"{number(reached, 0)} points of {FULL:.0f}.**"
    )
    return reached
