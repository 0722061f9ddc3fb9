"""Every lesson runs as plain Python, quickly, finds what it says, and is the page that is shown."""

import re
import runpy
import time
from pathlib import Path

import pytest

from sim.teaching.lessons.notebook import Lesson, findings, image, index, key, lessons, markdown_page
from sim.teaching.lessons.stage import Part, recorded

DOCS = Path(__file__).parents[2] / "docs"
LESSONS = lessons()
SECONDS = 10.0
"""Of processor time, so that a busy machine is no excuse and no reason."""
LARGEST = 150_000
WORDS_A_MINUTE, MINUTES = 200, 20
SECTIONS = (
    "## Predict",
    "## The surprise",
    "## What the simulation cannot say",
    "## Exercises",
    "## For a class",
    "## Sources",
)
HEADING = re.compile(r"^#+ .*$|^\d\. |[`].*?[`]|2022|2023-24|2023|2024|2025|n = 1\b", re.MULTILINE)
"""Digits that may stand in a text: of headings, of numbered exercises, of code, and of years."""


@pytest.fixture(scope="module", params=LESSONS, ids=[lesson.name for lesson in LESSONS.values()])
def played(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Lesson, list[Part], float]:
    lesson = LESSONS[request.param]
    with pytest.MonkeyPatch.context() as patch, recorded() as parts:
        patch.chdir(tmp_path_factory.mktemp("lesson"))
        start = time.process_time()
        runpy.run_path(str(lesson.path), run_name="lesson")
        used = time.process_time() - start
    return lesson, parts, used


def test_there_are_eight_in_order() -> None:
    assert list(LESSONS) == list(range(1, 9))


def test_a_lesson_is_quick_and_its_findings_hold(played: tuple[Lesson, list[Part], float]) -> None:
    _, parts, used = played
    assert len(findings(parts)) >= 3
    assert used < SECONDS


def test_a_lesson_predicts_shows_and_solves_three_exercises(played: tuple[Lesson, list[Part], float]) -> None:
    lesson, parts, _ = played
    answers = dict(key(lesson, parts))
    assert {"Exercise 1", "Exercise 2", "Exercise 3"} <= set(answers)
    assert any(name.startswith("Prediction: ") for name in answers)
    assert sum(part.kind == "figure" for part in parts) >= 2
    assert all(answers.values())


def test_the_page_is_what_the_lesson_says_now(played: tuple[Lesson, list[Part], float]) -> None:
    lesson, parts, _ = played
    made = (DOCS / "lessons" / f"{lesson.name}.md").read_text(encoding="utf-8")
    assert made == markdown_page(lesson, parts), f"python docs/make_lessons.py {lesson.number} makes it anew"


def test_figures_are_there_small_and_described(played: tuple[Lesson, list[Part], float]) -> None:
    lesson, parts, _ = played
    for part in parts:
        if part.figure is not None:
            file = DOCS / "images" / "lessons" / image(lesson, part)
            assert 10_000 < file.stat().st_size < LARGEST
            assert len(part.text) > 40


def test_the_page_takes_less_than_twenty_minutes_to_read(played: tuple[Lesson, list[Part], float]) -> None:
    lesson, parts, _ = played
    text = re.sub(r"```python.*?```", "", markdown_page(lesson, parts), flags=re.DOTALL)
    assert len(text.split()) < WORDS_A_MINUTE * MINUTES


@pytest.mark.parametrize("number", LESSONS)
def test_a_lesson_has_all_its_parts(number: int) -> None:
    source = "\n".join(cell.source for cell in LESSONS[number].cells if cell.markdown)
    places = [source.index(section) for section in SECTIONS]
    assert places == sorted(places)
    assert LESSONS[number].question.endswith("?")
    assert LESSONS[number].prompt


@pytest.mark.parametrize("number", LESSONS)
def test_no_number_is_typed_into_a_text(number: int) -> None:
    """Results are said by code; texts count in words, and name years."""
    for cell in LESSONS[number].cells:
        if cell.markdown:
            told = cell.source.partition("## Sources")[0]
            told = "\n".join(line for line in told.splitlines() if not line.startswith(">"))
            assert not re.findall(r"\d{2,}", HEADING.sub("", told)), told


def test_the_list_of_lessons_is_made_of_them() -> None:
    made = (DOCS / "lessons" / "index.md").read_text(encoding="utf-8")
    assert made == index(list(LESSONS.values())), "python docs/make_lessons.py makes it anew"
