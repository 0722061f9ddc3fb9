"""Waiting for a run: how far it is, a way to stop waiting, and what went wrong."""

from __future__ import annotations

import asyncio

from nicegui import ui

from sim.app.layout import paragraph
from sim.app.lessons.work import asked, known
from sim.app.runs import Stopped
from sim.lessons.chapters import Answer
from sim.limits import InputError

LOOK = 0.2
"""Seconds between two looks at the progress."""
HUNDRED = 100.0


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

    async def wait(self, number: int, value: float) -> Answer | None:
        """The answer of a chapter at a setting; None if it was not waited for or could not be had."""
        there = known(number, value)
        if there is not None:
            return there
        self._stopped.clear()
        self.whole.set_visibility(True)
        try:
            run = asked(number, value)
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

    def _ended(self, task: asyncio.Task[Answer]) -> Answer | None:
        try:
            answer = task.result()
        except (Stopped, asyncio.CancelledError):
            self.text.set_text("The run was stopped. Try again.")
            return None
        self.text.set_text("")
        return answer
