"""How a chapter says its numbers: the words follow sign and luck, and stay true if the model changes."""

from __future__ import annotations

from sim.lessons.chapter import Estimate
from sim.questions.labels import number

SAME_SETTING = (
    "This is the setting that everything is compared with: with the same luck and the same doctrine every world is the "
    "same world. Turn the knob to see something differ."
)


def more(difference: Estimate, what: str, digits: int = 0, words: tuple[str, str] = ("more", "fewer")) -> str:
    """A difference in words.

    >>> more(Estimate(12.4, 3.0), "worlds of 100")
    '12 more worlds of 100 (give or take 3)'
    >>> more(Estimate(-12.4, 3.0), "worlds of 100")
    '12 fewer worlds of 100 (give or take 3)'
    >>> more(Estimate(0.4, 3.0), "worlds of 100")
    'no difference beyond luck (0, give or take 3)'
    """
    size, about = number(abs(difference.mean), digits), number(difference.about, digits)
    if not difference.sure:
        signed = number(difference.mean, digits)
        return f"no difference beyond luck ({signed}, give or take {about})"
    return f"{size} {words[difference.mean < 0.0]} {what} (give or take {about})"


def plus(value: float, digits: int) -> str:
    """A number with its sign.

    >>> plus(0.11, 1), plus(-0.11, 1), plus(0.0, 1)
    ('+0.1', '−0.1', '0.0')
    """
    text = number(value, digits)
    return f"+{text}" if value > 0.0 and text.strip("0.,") else text


def by(difference: Estimate, digits: int = 0) -> str:
    """A change as a signed number.

    >>> by(Estimate(-12.4, 3.0)), by(Estimate(0.6, 2.0))
    ('−12 (give or take 3)', '+1 (give or take 2, so perhaps nothing)')
    """
    doubt = "" if difference.sure else ", so perhaps nothing"
    return f"{plus(difference.mean, digits)} (give or take {number(difference.about, digits)}{doubt})"


def between(estimate: Estimate, digits: int) -> str:
    """A number with the luck in it.

    >>> between(Estimate(54.8, 6.2), 0)
    '55 (give or take 6)'
    """
    return f"{number(estimate.mean, digits)} (give or take {number(estimate.about, digits)})"


def most(part: float, whole: float) -> str:
    """How much of a whole a part is.

    >>> most(9.0, 10.0), most(6.0, 10.0), most(3.0, 10.0), most(-1.0, 10.0)
    ('nearly all', 'most', 'a part', 'nothing')
    """
    share = part / whole if whole else 0.0
    steps = ((0.85, "nearly all"), (0.5, "most"), (0.1, "a part"))
    return next((words for least, words in steps if share >= least), "nothing")
