"""The knob to play with: one more run at each setting, and the curve of all that were run."""

from __future__ import annotations

from nicegui import ui

from sim.app.charts import chart
from sim.app.drawing import Options
from sim.app.layout import heading, paragraph
from sim.app.lessons.memory import Visit
from sim.app.lessons.pictures import STRIP, along, amount, summary
from sim.app.lessons.predicting import Turning
from sim.app.lessons.seeing import numbers
from sim.app.lessons.waiting import Waiting
from sim.app.lessons.work import known
from sim.lessons.chapters import Answer, Chapter
from sim.questions.labels import listed


class Sandbox:
    """Turn again, run again.

    Parameters
    ----------
    chapter : Chapter
        Which.
    visit : Visit
        What this browser did in it; settings that are run are added.
    """

    def __init__(self, chapter: Chapter, visit: Visit) -> None:
        self.chapter, self.visit = chapter, visit
        heading(2, "Turn the knob again")
        paragraph(f"{chapter.scale.what} The dots are what was run so far, in the same worlds.")
        self.picture = chart(*self._drawn())
        self.knob = Turning(chapter, chapter.knob.default if visit.value is None else visit.value)
        with ui.element("div").classes("buttons"):
            self.one = ui.button("Run this setting", on_click=self._one).props("no-caps")
            self.every = ui.button("Run every setting", on_click=self._every).props("outline no-caps")
        self.waiting = Waiting()
        self.words = ui.element("div").props("role=status")
        self._draw()

    async def _one(self) -> None:
        self._hold(True)
        answer = await self._try(self.knob.value)
        if answer is not None:
            self._draw()
            self._tell(answer)
        self._hold(False)

    async def _every(self) -> None:
        """Go through the whole knob; whoever stops waiting keeps what was run."""
        self._hold(True)
        for value in self.chapter.knob.settings:
            if await self._try(value) is None:
                break
            self._draw()
        self._hold(False)

    async def _try(self, value: float) -> Answer | None:
        answer = await self.waiting.wait(self.chapter.number, value)
        if answer is not None:
            self.visit.tried.add(value)
        return answer

    def _hold(self, busy: bool) -> None:
        for button in (self.one, self.every):
            button.set_enabled(not busy)

    def _answers(self) -> list[Answer]:
        found = (known(self.chapter.number, value) for value in sorted(self.visit.tried))
        return [answer for answer in found if answer is not None]

    def _drawn(self) -> tuple[Options, str]:
        """The chart of what was run so far, and the same in words."""
        answers = self._answers()
        each = [f"{self.chapter.knob.said(a.value)}: {amount(self.chapter, a.truth.mean)}" for a in answers]
        words = f"{self.chapter.scale.what} {summary(self.chapter, answers)}. {listed(each)}."
        return along(self.chapter, answers, self.visit), words

    def _draw(self) -> None:
        self.picture.show(*self._drawn())
        if self.chapter.knob.choices:
            self.picture.style(f"height: {STRIP.format(len(self._answers()) + 2)}")

    def _tell(self, answer: Answer) -> None:
        self.words.clear()
        with self.words:
            paragraph(answer.told.found).classes("finding")
            for text in answer.told.why:
                paragraph(text)
            numbers(answer)
