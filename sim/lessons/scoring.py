"""How a prediction is scored: the quadratic rule, under which nobody gains by writing what they do not believe.

You lose the square of how far you are off. Whoever maximises the score they expect writes the mean of what they believe
(a number) or their honest chances (chances): the rule is proper.

References
----------
Brier, G. W. (1950). Verification of forecasts expressed in terms of probability. Monthly Weather Review 78.
Gneiting, T. and Raftery, A. E. (2007). Strictly proper scoring rules, prediction, and estimation. JASA 102.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.lessons.stage import answer, say
from sim.limits import InputError
from sim.mistakes import shown
from sim.questions.labels import MINUS, number

FULL = 100.0
"""Points of a prediction that is right."""
SUM_TOLERANCE = 1e-6
RULE = "You lose the square of how far you are off, so that nothing pays better than to write what you really expect."


def points(prediction: float | str, truth: float, low: float, high: float) -> float:
    """Points of a number: 100 (1 - ((prediction - truth) / (high - low))^2).

    Parameters
    ----------
    prediction, truth : float
        From `low` to `high`.
    low, high : float
        The ends of the scale that was offered.

    Raises
    ------
    InputError
        If the prediction is no number from `low` to `high`.

    Examples
    --------
    >>> points(30.0, 30.0, 0.0, 100.0), points(80.0, 30.0, 0.0, 100.0)
    (100.0, 75.0)
    """
    if isinstance(prediction, str) or not low <= prediction <= high:
        raise InputError(f"prediction: must be a number from {low:g} to {high:g}, got {shown(prediction)}")
    return FULL * (1.0 - ((float(prediction) - truth) / (high - low)) ** 2)


def brier(chances: Mapping[str, float], came: str) -> float:
    """Points of chances over what may come: 100 (1 - sum (chance - what came)^2 / 2).

    Raises
    ------
    InputError
        If the chances are not from 0 to 1 with sum 1, or do not name what came.

    Examples
    --------
    >>> brier({"up": 1.0, "down": 0.0}, "up"), brier({"up": 0.5, "down": 0.5}, "up")
    (100.0, 75.0)
    """
    if any(not 0.0 <= chance <= 1.0 for chance in chances.values()) or abs(sum(chances.values()) - 1) > SUM_TOLERANCE:
        raise InputError(f"prediction: the chances must be from 0 to 1 and sum to 1, got {shown(dict(chances))}")
    if came not in chances:
        raise InputError(f"prediction: must give a chance to {shown(came)}, got {shown(dict(chances))}")
    return FULL * (1.0 - sum((chance - (name == came)) ** 2 for name, chance in chances.items()) / 2.0)


def score(
    prediction: float | str, truth: float, of: str, low: float = 0.0, high: float = 100.0, digits: int = 0
) -> float:
    """Say how good a prediction was.

    Parameters
    ----------
    prediction, truth : float
        What the reader wrote, and what the model says.
    of : str
        What was to be predicted, with its unit.
    low, high : float
        The ends of the scale that was offered.
    digits : int
        Decimals of the truth that are shown.

    Returns
    -------
    float
        Points, 100 at most.

    Raises
    ------
    InputError
        If the prediction is not on the scale.
    """
    reached = points(prediction, truth, low, high)
    answer(f"Prediction: {of}", number(truth, digits))
    said, subject = shown(prediction).replace("-", MINUS), of[:1].upper() + of[1:]
    say(
        f"**{subject}: you said {said}, the model says {number(truth, digits)}. "
        f"{number(reached, 0)} points of {FULL:.0f}.**"
    )
    return reached
