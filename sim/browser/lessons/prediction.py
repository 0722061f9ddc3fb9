"""The knob, the prediction, and the run that waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from nicegui import ui

from sim.basics.labels import HUNDRED, number
from sim.basics.limits import InputError
from sim.browser.fields import NumberField, Slider
from sim.browser.layout import heading, paragraph
from sim.browser.lessons.chapter_runs import Visit, answer_of, known_answer, run_of
from sim.browser.runs import Stopped
from sim.teaching.lessons.chapters import Chapter, ChapterAnswer
from sim.teaching.lessons.scoring import RULE

LOOK = 0.2
"""Seconds between two looks at the progress."""
Ran = Callable[[ChapterAnswer, float], Awaitable[None]]
FIRST = "Predict first: then this button works."


class Waiting:
    """A bar that is there while a run is under way."""

    def __init__(self) -> None:
        with ui.element("div").classes("waiting") as self.whole:
            self.bar = ui.linear_progress(0.0, show_value=False).props('aria-label="Progress of the run" size=12px')
            self.button = ui.button("Stop waiting", on_click=self.stop).props("outline no-caps")
        self.whole.set_visibility(False)
        self.text = paragraph("").props("role=status").classes("quiet")
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Wait no longer."""
        self._stopped.set()

    async def wait(self, number: int, value: float) -> ChapterAnswer | None:
        """The answer of a chapter at a setting; None if it was not waited for or could not be had."""
        there = known_answer(number, value)
        if there is not None:
            return there
        self._stopped.clear()
        self.whole.set_visibility(True)
        try:
            run = run_of(number, value)
            while not run.task.done() and not self._stopped.is_set():
                self._tell(run.done)
                await asyncio.wait({run.task}, timeout=LOOK)
            if run.task.done():
                return self._ended(run.task)
            self.text.set_text("You stopped waiting. The run goes on; ask again and it is there sooner.")
            return None
        except InputError as error:
            self.text.set_text(str(error))
            return None
        finally:
            self.whole.set_visibility(False)

    def _tell(self, done: float) -> None:
        self.bar.set_value(done)
        self.text.set_text(f"Running: {HUNDRED * done:.0f} %" if done else "Waiting for a free process")

    def _ended(self, task: asyncio.Task[ChapterAnswer]) -> ChapterAnswer | None:
        try:
            answer = task.result()
        except (Stopped, asyncio.CancelledError):
            self.text.set_text("The run was stopped. Try again.")
            return None
        self.text.set_text("")
        return answer


class Turning:
    """The knob of a chapter: a slider, or a choice where its settings are names.

    Parameters
    ----------
    chapter : Chapter
        Whose knob it is.
    value : float
        Where it stands.
    """

    def __init__(self, chapter: Chapter, value: float) -> None:
        self.value, knob = value, chapter.knob
        self._lock: Callable[[], object]
        if knob.choices:
            names = {setting: knob.said(setting) for setting in knob.settings}
            with ui.element("fieldset").classes("choices"):
                with ui.element("legend"):
                    ui.label(knob.label)
                choice = ui.radio(names, value=value, on_change=lambda event: self._set(event.value))
            self._lock = choice.disable
        else:
            slider = Slider(knob.label, knob.low, knob.high, knob.step, value, knob.said, self._set, knob.ends)
            self._lock = slider.lock

    def _set(self, value: float) -> None:
        self.value = value

    def lock(self) -> None:
        """Hold it where it is."""
        self._lock()


class Predicting:
    """Turn, predict, run.

    Parameters
    ----------
    chapter : Chapter
        Which.
    visit : Visit
        What this browser did in it before.
    ran : callable
        Called with the answer and the prediction.
    """

    def __init__(self, chapter: Chapter, visit: Visit, ran: Ran) -> None:
        self.chapter, self.ran = chapter, ran
        self.prediction = visit.prediction
        scale, knob = chapter.scale, chapter.knob
        heading(2, "Turn the knob")
        self.knob = Turning(chapter, knob.default if visit.value is None else visit.value)
        paragraph(knob.help).classes("quiet")
        heading(2, "Predict")
        self.given = paragraph("")
        middle = (scale.low + scale.high) / 2.0
        start = middle if self.prediction is None else self.prediction
        ends = number(scale.low, 0), number(scale.high, 0)
        self.slider = Slider(scale.what, scale.low, scale.high, scale.step, start, self._said, self._dragged, ends)
        self.slider.say(self.prediction)
        self.typed = NumberField(f"or type it: {' to '.join(ends)}", self.prediction, self._complaint, self._wrote)
        paragraph(RULE).classes("quiet")
        self.button = ui.button(f"Run {chapter.worlds:,} worlds", on_click=self._run).props("no-caps")
        self.button.set_enabled(False)
        self.hint = paragraph(FIRST).classes("quiet").props("role=status")
        self.waiting = Waiting()

    def _said(self, value: float) -> str:
        return f"{number(value, self.chapter.scale.digits)} {self.chapter.scale.unit}"

    def _complaint(self, written: float | None) -> str:
        """What is wrong with a prediction; empty if nothing."""
        try:
            self.chapter.scale.checked(written)
        except InputError as error:
            return str(error)
        return ""

    def _dragged(self, value: float) -> None:
        self.typed.set(value)
        self._predict(value)

    def _wrote(self, value: float | None) -> None:
        if value is None:
            self.slider.say(None)
        else:
            self.slider.set(value)
        self._predict(value)

    def _predict(self, value: float | None) -> None:
        """Take a prediction; without one the button is dead."""
        self.prediction = value
        self.button.set_enabled(value is not None)
        self.hint.set_text("" if value is not None else FIRST)

    async def tell_given(self) -> None:
        """Tell what a reader may know before; it takes a run with the knob where it is offered first."""
        self.given.set_text("One moment: the worlds with the knob where it was are being run.")
        try:
            self.given.set_text((await answer_of(self.chapter.number, self.chapter.knob.default)).given)
        except InputError as error:
            self.given.set_text(str(error))

    async def _run(self) -> None:
        prediction, value = self.prediction, self.knob.value
        if prediction is None:
            return
        self.button.set_enabled(False)
        answer = await self.waiting.wait(self.chapter.number, value)
        if answer is None:
            self.button.set_enabled(True)
        else:
            await self.ran(answer, prediction)

    def lock(self) -> None:
        """After the run: what was set and predicted stands."""
        self.knob.lock()
        self.slider.lock()
        self.typed.whole.set_visibility(False)
        self.button.set_visibility(False)
        self.hint.set_text("")
