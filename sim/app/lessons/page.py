"""The page of a chapter: read, turn the knob, predict, run, see; then the knob to play with."""

from __future__ import annotations

from nicegui import app, ui

from sim.app.layout import frame, heading, paragraph
from sim.app.lessons.link import explore
from sim.app.lessons.memory import Visit, memory
from sim.app.lessons.predicting import Predicting
from sim.app.lessons.sandbox import Sandbox
from sim.app.lessons.seeing import see
from sim.app.lessons.work import found
from sim.lessons.chapters import CHAPTERS, Answer, Chapter, asked_in, chapter, lesson_of
from sim.limits import InputError

FOCUS = "document.getElementById('found')?.focus()"


def show(number: str) -> None:
    """The page `/lessons/{number}`."""
    try:
        asked = chapter(number)
    except InputError as error:
        with frame("Lessons", "There is no such lesson"):
            paragraph(str(error)).classes("complaint")
            ui.link("To the list of lessons", "/lessons")
        return
    Page(asked, memory.visit(str(app.storage.browser["id"]), asked.number)).build()


class Page:
    """A chapter as one browser sees it.

    Parameters
    ----------
    asked : Chapter
        Which.
    visit : Visit
        What this browser did in it before.
    """

    def __init__(self, asked: Chapter, visit: Visit) -> None:
        self.chapter, self.visit = asked, visit

    def build(self) -> None:
        """Make the page; what was done before is shown as it was left."""
        lesson = lesson_of(self.chapter.number)
        with frame("Lessons", f"{self.chapter.number}. {lesson.title}"):
            paragraph(asked_in(self.chapter.number)).classes("question")
            heading(2, "Read")
            for text in self.chapter.before:
                paragraph(text)
            self.predicting = Predicting(self.chapter, self.visit, self.ran)
            self.seen = ui.element("section").props('aria-labelledby="found"')
            self.after = ui.element("section")
            self._neighbours()
            ui.timer(0.0, self._start, once=True)

    async def _start(self) -> None:
        """As soon as the page is connected: tell what may be known before, and what was found in an earlier visit."""
        await self.predicting.tell_given()
        if self.visit.value is not None:
            self._see(await found(self.chapter.number, self.visit.value))

    async def ran(self, answer: Answer, prediction: float) -> None:
        """Score a prediction and show what was found."""
        self.visit.score(self.chapter.number, answer.value, prediction, answer.truth.mean)
        self._see(answer)
        ui.run_javascript(FOCUS)

    def _see(self, answer: Answer) -> None:
        self.predicting.lock()
        with self.seen:
            see(self.chapter, answer, self.visit)
        with self.after:
            Sandbox(self.chapter, self.visit)
            heading(2, "Go on")
            with ui.element("ul").classes("points"):
                for text in self.chapter.next:
                    with ui.element("li"):
                        ui.label(text)
            note = self.chapter.place(answer.value).note
            paragraph(f"In Explore every dial of every actor can be turned, and each month says why. {note}")
            ui.link("Open it in Explore", explore(self.chapter, answer.value)).classes("step")

    def _neighbours(self) -> None:
        number = self.chapter.number
        with ui.element("nav").props('aria-label="Lessons"').classes("neighbours"):
            ui.link("All lessons", "/lessons").classes("step")
            if number + 1 in CHAPTERS:
                ui.link(f"Next: {number + 1}. {lesson_of(number + 1).title}", f"/lessons/{number + 1}").classes("step")
