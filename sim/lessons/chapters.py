"""The eight lessons as chapters with one knob each: what a prediction is held against is computed, not written down."""

from __future__ import annotations

from functools import cache

from sim.ensemble import Progress, simulate
from sim.lessons import scoring
from sim.lessons.chapter import Answer, Chapter, Estimate, Findings, Knob, Place, Row, Scale, Told
from sim.lessons.percent import Lesson, lessons
from sim.lessons.turns import (
    clear_or_vague,
    price_of_refusing,
    same_world,
    talking_is_not_siding,
    tied_hands,
    two_tables,
    who_pays,
    why_wars_do_not_end,
)
from sim.limits import InputError
from sim.mistakes import unknown

__all__ = [
    "CHAPTERS",
    "Answer",
    "Chapter",
    "Estimate",
    "Findings",
    "Knob",
    "Place",
    "Row",
    "Scale",
    "Told",
    "answer",
    "asked_in",
    "chapter",
    "lesson_of",
    "points",
]

SEED = 1
"""Of the luck of the lessons."""
CHAPTERS: dict[int, Chapter] = {
    each.number: each
    for each in (
        same_world.CHAPTER,
        tied_hands.CHAPTER,
        price_of_refusing.CHAPTER,
        clear_or_vague.CHAPTER,
        who_pays.CHAPTER,
        two_tables.CHAPTER,
        why_wars_do_not_end.CHAPTER,
        talking_is_not_siding.CHAPTER,
    )
}
"""The chapters by number."""


def chapter(number: int | str) -> Chapter:
    """A chapter by its number, also as it stands in an address.

    Raises
    ------
    InputError
        If there is none.
    """
    known = {str(each): found for each, found in CHAPTERS.items()}
    if str(number) not in known:
        raise InputError(unknown("lesson", number, known))
    return known[str(number)]


@cache
def lesson_of(number: int) -> Lesson:
    """The lesson that a chapter is made of: its title, its question, its file."""
    return lessons()[number]


def asked_in(number: int) -> str:
    """The question that a lesson opens with, as plain text.

    >>> asked_in(8).rpartition(": ")[2]
    "whoever talks so much to Moscow is on Moscow's side. How much does talking tell about siding?"
    """
    return " ".join(lesson_of(number).question.replace("*", "").split())


def answer(
    number: int, value: float, worlds: int | None = None, seed: int = SEED, progress: Progress | None = None
) -> Answer:
    """What a chapter finds with its knob at a setting: both settings in the same worlds, and the words for it.

    Parameters
    ----------
    number : int
        Of the lesson, 1 to 8.
    value : float
        The setting; one of `chapter(number).knob.settings`.
    worlds : int, optional
        How many; the chapter's own if None.
    seed : int
        Of their luck.
    progress : callable, optional
        Called with the world-months done and in all.

    Raises
    ------
    InputError
        If there is no such chapter or setting, or a number is out of bounds.
    """
    asked = chapter(number)
    setting = asked.knob.checked(value)
    count = asked.worlds if worlds is None else worlds
    results = simulate(asked.scenarios(setting), count, seed, progress=progress)
    found = asked.read(results, setting, count, seed)
    given = asked.given(found) if setting == asked.knob.default else ""
    return Answer(asked.number, setting, count, seed, found, asked.tell(setting, found), given)


def points(number: int, prediction: float, truth: float) -> float:
    """Points of a prediction, by the rule of `sim.lessons.scoring`.

    Raises
    ------
    InputError
        If the prediction is not on the chapter's scale.
    """
    scale = chapter(number).scale
    return scoring.points(scale.checked(prediction), truth, scale.low, scale.high)
