"""The eight lessons as chapters with one knob each: what a prediction is held against is computed, not written down."""

from __future__ import annotations

from functools import cache

from sim.ensemble import Ensemble, Progress, simulate
from sim.teaching.lessons import (
    clear_or_vague,
    price_of_refusing,
    same_world,
    scoring,
    talking_is_not_siding,
    tied_hands,
    two_tables,
    who_pays,
    why_wars_do_not_end,
)
from sim.teaching.lessons.chapter import Chapter, ChapterAnswer, Findings, Knob, Place, Scale, Told
from sim.teaching.lessons.estimates import IntervalEstimate
from sim.teaching.lessons.notebook import Lesson, lesson, lessons, plain_paragraphs

__all__ = [
    "CHAPTERS",
    "Chapter",
    "ChapterAnswer",
    "Findings",
    "IntervalEstimate",
    "Knob",
    "Place",
    "Scale",
    "Told",
    "answer",
    "chapter",
    "lesson_of",
    "opening_question",
    "points",
    "predictand",
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
    return CHAPTERS[lesson(str(number)).number]


@cache
def lesson_of(number: int) -> Lesson:
    """The lesson that a chapter is made of: its title, its question, its file."""
    return lessons()[number]


def opening_question(number: int) -> str:
    """The question that a lesson opens with, as plain text.

    >>> opening_question(8).rpartition(": ")[2]
    "whoever talks so much to Moscow is on Moscow's side. How much does talking tell about siding?"
    """
    return plain_paragraphs(lesson_of(number).question)[0]


def answer(
    number: int, value: float, worlds: int | None = None, seed: int = SEED, progress: Progress | None = None
) -> ChapterAnswer:
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
    results = simulate(asked.scenarios(setting), Ensemble(count, seed, progress=progress))
    found = asked.read(results, setting, count, seed)
    given = asked.given(found) if setting == asked.knob.default else ""
    return ChapterAnswer(asked.number, setting, count, seed, found, asked.tell(setting, found), given)


def points(found: ChapterAnswer, prediction: float) -> float:
    """Points of a prediction, by the rule of `sim.teaching.lessons.scoring`.

    Raises
    ------
    InputError
        If the prediction is not on the chapter's scale.
    """
    return scoring.points(chapter(found.chapter).scale.checked(prediction), predictand(found))


def predictand(found: ChapterAnswer) -> scoring.Predictand:
    """What was to be predicted, with what was told before."""
    about = found.findings["difference"].about
    return chapter(found.chapter).scale.predictand(found.truth.mean, found.base.mean, about)
