"""The page: choices on one side, what they do on the other; its address is always that of its state."""

from __future__ import annotations

import json
from collections import OrderedDict
from pathlib import Path

from fastapi import Request
from nicegui import app, ui

from sim.browser.address import MISTAKES, base
from sim.browser.explore.comparison import Comparison
from sim.browser.explore.findings import OneWorld, show
from sim.browser.explore.form import Controls
from sim.browser.explore.paired_run import PairedFindings, explored
from sim.browser.layout import Complaint, TextElement, frame, heading, paragraph, ticking
from sim.browser.runs import Stopped, runs
from sim.ensemble.processes import WorkerError
from sim.scenario import shipped

STYLE = Path(__file__).with_name("explore.css")
TICK = 0.25
"""Seconds between two looks at the progress."""
PERCENT = 100
PHONE = 900
"""Pixels of a window below which the results are beneath the choices, as the style sheet has it."""
MOST_REMEMBERED = 64
"""Runs whose findings are kept: a class that opens the same link runs it once."""
REMEMBERED: OrderedDict[Comparison, PairedFindings] = OrderedDict()
RUNNING: dict[str, Explorer] = {}
"""By visitor, the page whose run is under way."""
GO_THERE = f"if (innerWidth < {PHONE}) document.getElementById('found').scrollIntoView()"
"""Where the results are not beside the choices, go to them."""
HINT = (
    "Choose two doctrines and run them: the same worlds, with the same luck, are lived through under each. "
    "What differs is what the doctrine does."
)
COPY = """
async () => {
  const text = location.href;
  try { await navigator.clipboard.writeText(text); } catch {
    const field = Object.assign(document.createElement('textarea'), { value: text });
    document.body.append(field); field.select(); document.execCommand('copy'); field.remove();
  }
  document.getElementById('copied').textContent = 'The link is copied.';
}
"""
"""Pages that come over a network without encryption have no clipboard; the old way works there."""


def register() -> None:
    """Declare the page."""
    ui.add_css(STYLE.read_text(encoding="utf-8"), shared=True)
    app.on_startup(prepared)
    ui.page(Comparison.PATH)(_page)


def prepared() -> None:
    """Read the shipped scenarios once, before anybody waits for it."""
    for name in shipped():
        base(name)


def _page(request: Request) -> None:
    complaint = ""
    try:
        state = Comparison.read(request.url.query)
    except MISTAKES as error:
        state = Comparison()
        complaint = f"This link cannot be opened: {error}. The page shows the usual choices instead."
    with frame("Explore", "Same worlds, other doctrine", wide=True):
        Explorer(state, complaint, app.storage.browser["id"])


class Explorer:
    """One visitor's page.

    Parameters
    ----------
    state : Comparison
        What is chosen at first.
    complaint : str
        What was wrong with the link; empty if nothing.
    visitor : str
        Who it is, as the pool of runs knows them.
    """

    def __init__(self, state: Comparison, complaint: str, visitor: str) -> None:
        self._visitor, self._shown, self._gone = visitor, state, False
        self._done, self._asked = (0, 0), state
        self._world: OneWorld | None = None
        paragraph(HINT)
        with ui.element("div").classes("explore"):
            self._controls = Controls(state, self._changed)
            with ui.element("div"):
                self._complaint = Complaint(complaint)
                self._buttons()
                self._stale = TextElement(tag="p", text="").classes("quiet").props("role=status")
                self._results = ui.element("div")
                self._sharing = Sharing(state)
                self._one = ui.element("div")
        self._timer = ticking(TICK, self._tell)
        ui.context.client.on_delete(self._leave)

    def _buttons(self) -> None:
        with ui.element("div").classes("row"):
            self._run = ui.button("Run", on_click=self._start)
            self._cancel = ui.button("Cancel", on_click=self._stop).props("outline")
            self._bar = ui.element("progress").props(f'max="{PERCENT}" aria-label="Progress of the run"')
            self._status = TextElement(tag="span", text="").props("role=status")
        self._show_running(False)

    def _show_running(self, running: bool) -> None:
        self._run.set_enabled(not running)
        self._cancel.set_visibility(running)
        self._bar.set_visibility(running)

    def _changed(self, state: Comparison) -> None:
        """Follow the choices: the address, the command, what is wrong with them, whether the results are of them."""
        ui.run_javascript(f"history.replaceState(history.state, '', {json.dumps(state.link())})")
        try:
            state.check()
            self._sharing.show(state)
            self._complaint.say("")
        except MISTAKES as error:
            self._complaint.say(_plain(state, error))
        if self._world is not None:
            same = state == self._shown
            self._stale.text = "" if same else "The choices have changed since this run; run again to see what they do."

    async def _start(self) -> None:
        state = self._controls.state
        self._complaint.say("")
        try:
            state.check()
            found = REMEMBERED.get(state) or await self._ran(state)
        except Stopped:
            self._end("Cancelled.")
        except (*MISTAKES, WorkerError) as error:
            self._end("", _plain(state, error))
        else:
            self._end(f"Done: {state.worlds:,} worlds under each doctrine.", result=(found, state))

    async def _ran(self, state: Comparison) -> PairedFindings:
        """The findings of a run; one from another of the visitor's tabs, or before a reload, gives way to it."""
        if self._visitor in RUNNING:
            runs.cancel(self._visitor)
        RUNNING[self._visitor] = self
        self._show_running(True)
        self._done, self._asked, self._status.text = (0, 0), state, "Starting"
        self._timer.activate()
        try:
            found = await runs.ask(self._visitor, explored, state, on_progress=self._progress)
        except Stopped:
            if state not in REMEMBERED:
                raise
            return REMEMBERED[state]
        finally:
            if RUNNING.get(self._visitor) is self:
                del RUNNING[self._visitor]
        REMEMBERED[state] = found
        if len(REMEMBERED) > MOST_REMEMBERED:
            REMEMBERED.popitem(last=False)
        return found

    def _end(self, status: str, complaint: str = "", result: tuple[PairedFindings, Comparison] | None = None) -> None:
        """Show how a run ended, if anybody still looks."""
        if self._gone:
            return
        self._timer.deactivate()
        self._show_running(False)
        self._status.text = status
        self._complaint.say(complaint)
        if result is not None:
            self._show(*result)

    def _progress(self, done: int, total: int) -> None:
        self._done = (done, total)

    def _tell(self) -> None:
        """Say how far the run is; if somebody else's has just found the same, take that."""
        if self._asked in REMEMBERED:
            runs.cancel(self._visitor)
        done, total = self._done
        ahead = runs.ahead(self._visitor)
        part = PERCENT * done // max(total, 1)
        self._bar.props["value"] = part
        self._bar.update()
        self._status.text = f"Waiting: {ahead} before this one" if ahead else f"{part} %"

    def _show(self, found: PairedFindings, state: Comparison) -> None:
        self._shown, self._stale.text = state, ""
        self._results.clear()
        self._one.clear()
        with self._results:
            show(found, state, self._month)
        with self._one:
            self._world = OneWorld(found, state)
        ui.run_javascript(GO_THERE)

    def _month(self, month: str) -> None:
        if self._world is not None:
            self._world.month(month)

    def _stop(self) -> None:
        runs.cancel(self._visitor)
        self._status.text = "Cancelling"

    def _leave(self) -> None:
        self._gone = True
        if RUNNING.get(self._visitor) is self:
            runs.cancel(self._visitor)


def _plain(state: Comparison, error: Exception) -> str:
    """What is wrong, in the words of the page."""
    if state.first == state.against:
        return "A and B are the same doctrine: change one of them."
    return str(error)


class Sharing:
    """The buttons, and the command."""

    def __init__(self, state: Comparison) -> None:
        self._state = state
        with ui.element("section").props('aria-labelledby="again"'):
            heading(2, "The same again, elsewhere").props('id="again"')
            with ui.element("div").classes("row"):
                ui.button("Copy link").props("outline").on("click", js_handler=COPY)
                ui.button("Save as TOML", on_click=self._save).props("outline")
                TextElement(tag="span", text="").props('id="copied" role="status"')
            paragraph(
                "The link opens this page as it is now. The file holds the scenario under A, with nothing left to fill "
                "in; this command then finds the same numbers to the last digit:"
            )
            self._command = paragraph("").classes("command")
        self.show(state)

    def show(self, state: Comparison) -> None:
        """Follow the state; one that cannot be had has no command."""
        self._state = state
        self._command.text = state.command(file_name(state))

    def _save(self) -> None:
        ui.download.content(self._state.toml(), file_name(self._state), "application/toml")


def file_name(state: Comparison) -> str:
    """Name of the file that is saved."""
    return f"{state.scenario}-explored.toml"
