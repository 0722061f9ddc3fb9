"""The list of the chapters, and what this browser has done of them."""

from __future__ import annotations

from statistics import mean

from nicegui import app, ui

from sim.app.layout import frame, paragraph
from sim.app.lessons.memory import Visit, graded, memory
from sim.lessons.chapters import CHAPTERS, asked_in, lesson_of
from sim.lessons.scoring import RULE


def show() -> None:
    """The page `/lessons`."""
    browser = str(app.storage.browser["id"])
    done = memory.done(browser)
    with frame("Lessons", "Eight lessons, one knob each"):
        paragraph(
            "Read a page of theory, turn one knob, write down what you expect, and only then let the worlds run. The "
            "surprise is what you learn."
        )
        paragraph(f"Every prediction is scored, 100 points at most. {RULE}")
        _sum(done)
        with ui.element("ol").classes("chapters"):
            for number in CHAPTERS:
                _entry(number, done.get(number))
        if done:
            ui.button("Forget my points", on_click=lambda: _forget(browser)).props("outline no-caps")


def _sum(done: dict[int, Visit]) -> None:
    if done:
        average = graded(mean(visit.points for visit in done.values()))
        paragraph(f"You have done {len(done)} of {len(CHAPTERS)}: {average} on average.").classes("sum")


def _entry(number: int, visit: Visit | None) -> None:
    lesson = lesson_of(number)
    with ui.element("li"):
        ui.link(lesson.title, f"/lessons/{number}").classes("chapter")
        paragraph(asked_in(number))
        state = f"Done: {graded(visit.points)}." if visit is not None else "Not done yet."
        paragraph(state).classes("quiet")


def _forget(browser: str) -> None:
    memory.forget(browser)
    ui.navigate.to("/lessons")
