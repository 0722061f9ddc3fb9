"""`doctrine lessons`: the lessons: list them, open one, print the grading key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.cli import console
from sim.cli.exits import DONE
from sim.cli.options import Flag

if TYPE_CHECKING:
    from sim.teaching.lessons.notebook import Lesson

NOTE = "One of them: doctrine lessons 3. The grading key, computed now: doctrine lessons --key"


def lessons(number: str | None = None, /, *, key: Flag = False, json: Flag = False) -> int:
    """List the lessons, say what one of them asks and how to open it, or compute the grading key.

    Prints questions, predictions to make, and where the files are; with --key the answers to all predictions and
    exercises, computed now (about half a minute for all lessons).

    For example:

        doctrine lessons 3

    Parameters
    ----------
    number
        The lesson; all of them if not given.
    key
        Run the lessons and print the answers.
    json
        Print one JSON object.
    """
    from sim.teaching.lessons.notebook import lesson, lessons

    chosen = list(lessons().values()) if number is None else [lesson(number)]
    if key:
        return _key(chosen, json)
    if json:
        console.as_json({each.number: {name: getattr(each, name) for name in TOLD} for each in chosen})
    elif number is None:
        console.glossary((f"{each.number}", each.title) for each in chosen)
        console.line()
        console.paragraphs([NOTE])
    else:
        _open(chosen[0])
    return DONE


TOLD = ("title", "question", "prompt")
"""What is told of a lesson."""


def _open(lesson: Lesson) -> None:
    console.heading(f"{lesson.number}. {lesson.title}")
    console.paragraphs([_plain(lesson.question)], console.INDENT)
    console.line()
    console.heading("Predict")
    console.paragraphs([_plain(text) for text in lesson.prompt.replace("\n- ", "\n\n- ").split("\n\n")], console.INDENT)
    console.line()
    console.heading("Open it")
    page = lesson.path.parent / f"{lesson.name}.md"
    console.line(f"  to read       {page}")
    console.line(f"  to run        python {lesson.path}")
    console.line(f"  as a notebook jupytext --to notebook {lesson.path}")


def _plain(text: str) -> str:
    return " ".join(text.replace("*", "").replace("`", "").split())


def _key(chosen: list[Lesson], json: bool) -> int:
    from sim.teaching.lessons.notebook import key, run

    answers = {lesson.number: key(lesson, run(lesson)) for lesson in chosen}
    if json:
        console.as_json({number: dict(found) for number, found in answers.items()})
        return DONE
    for lesson in chosen:
        console.heading(f"{lesson.number}. {lesson.title}")
        for asked, text in answers[lesson.number]:
            console.entry(asked, [text])
        console.line()
    return DONE
