"""The page: choices on one side, what they do on the other; its address is always that of its state."""

from __future__ import annotations

import json
from collections import OrderedDict
from pathlib import Path

from fastapi import Request
from nicegui import app, ui
from nicegui.elements.mixins.text_element import TextElement

from sim.app.explore.controls import Controls
from sim.app.explore.results import show
from sim.app.explore.sharing import Sharing
from sim.app.explore.state import PATH, State
from sim.app.explore.work import Found, explored
from sim.app.explore.world import World
from sim.app.layout import frame, paragraph
from sim.app.links import base
from sim.app.runs import Stopped, runs
from sim.app.ticks import ticking
from sim.ensemble.workers import WorkerError
from sim.limits import InputError
from sim.mistakes import ScenarioError
from sim.scenario import shipped

STYLE = Path(__file__).with_name("explore.css")
MISTAKES = (InputError, ScenarioError)
TICK = 0.25
"""Seconds between two looks at the progress."""
PERCENT = 100
PHONE = 900
"""Pixels of a window below which the results are beneath the choices, as the style sheet has it."""
MOST_REMEMBERED = 64
"""Runs whose findings are kept: a class that opens the same link runs it once."""
REMEMBERED: OrderedDict[State, Found] = OrderedDict()
RUNNING: dict[str, Explorer] = {}
"""By visitor, the page whose run is under way."""
GO_THERE = f"if (innerWidth < {PHONE}) document.getElementById('found').scrollIntoView()"
"""Where the results are not beside the choices, go to them."""
HINT = (
    "Choose two doctrines and run them: the same worlds, with the same luck, are lived through under each. "
    "What differs is what the doctrine does."
)


def declare() -> None:
    """Declare the page, and open the pool of processes with the server."""
    ui.add_css(STYLE.read_text(encoding="utf-8"), shared=True)
    app.on_startup(prepared)
    ui.page(PATH)(_page)


def prepared() -> None:
    """Read the shipped scenarios once, before anybody waits for it."""
    for name in shipped():
        base(name)


def _page(request: Request) -> None:
    complaint = ""
    try:
        state = State.read(request.url.query)
    except MISTAKES as error:
        state, complaint = State(), f"This link cannot be opened: {error}. The page shows the usual choices instead."
    with frame("Explore", "Same worlds, other doctrine", wide=True):
        Explorer(state, complaint, app.storage.browser["id"])


class Explorer:
    """One visitor's page.

    Parameters
    ----------
    state : State
        What is chosen at first.
    complaint : str
        What was wrong with the link; empty if nothing.
    visitor : str
        Who it is, as the pool of runs knows them.
    """

    def __init__(self, state: State, complaint: str, visitor: str) -> None:
        self._visitor, self._shown, self._gone = visitor, state, False
        self._done, self._asked = (0, 0), state
        self._world: World | None = None
        paragraph(HINT)
        with ui.element("div").classes("explore"):
            self._controls = Controls(state, self._changed)
            with ui.element("div"):
                self._complaint = TextElement(tag="p", text="").classes("complaint").props("role=alert")
                self._buttons()
                self._stale = TextElement(tag="p", text="").classes("quiet").props("role=status")
                self._results = ui.element("div")
                self._sharing = Sharing(state)
                self._one = ui.element("div")
        self._timer = ticking(TICK, self._tell)
        self._complain(complaint)
        ui.context.client.on_delete(self._leave)

    def _buttons(self) -> None:
        with ui.element("div").classes("row"):
            self._run = ui.button("Run", on_click=self._start)
            self._cancel = ui.button("Cancel", on_click=self._stop).props("outline")
            self._bar = ui.element("progress").props(f'max="{PERCENT}" aria-label="Progress of the run"')
            self._status = TextElement(tag="span", text="").props("role=status")
        self._show_running(False)

    def _complain(self, text: str) -> None:
        self._complaint.text = text
        self._complaint.set_visibility(bool(text))

    def _show_running(self, running: bool) -> None:
        self._run.set_enabled(not running)
        self._cancel.set_visibility(running)
        self._bar.set_visibility(running)

    def _changed(self, state: State) -> None:
        """Follow the choices: the address, the command, what is wrong with them, whether the results are of them."""
        ui.run_javascript(f"history.replaceState(history.state, '', {json.dumps(state.link())})")
        try:
            state.check()
            self._sharing.show(state)
            self._complain("")
        except MISTAKES as error:
            self._complain(_plain(state, error))
        if self._world is not None:
            same = state == self._shown
            self._stale.text = "" if same else "The choices have changed since this run; run again to see what they do."

    async def _start(self) -> None:
        state = self._controls.state
        self._complain("")
        try:
            state.check()
            found = REMEMBERED.get(state) or await self._ran(state)
        except Stopped:
            self._end("Cancelled.")
        except (*MISTAKES, WorkerError) as error:
            self._end("", _plain(state, error))
        else:
            self._end(f"Done: {state.worlds:,} worlds under each doctrine.", found=found, state=state)

    async def _ran(self, state: State) -> Found:
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

    def _end(self, status: str, complaint: str = "", found: Found | None = None, state: State | None = None) -> None:
        """Show how a run ended, if anybody still looks."""
        if self._gone:
            return
        self._timer.deactivate()
        self._show_running(False)
        self._status.text = status
        self._complain(complaint)
        if found is not None and state is not None:
            self._show(found, state)

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

    def _show(self, found: Found, state: State) -> None:
        self._shown, self._stale.text = state, ""
        self._results.clear()
        self._one.clear()
        with self._results:
            show(found, state, self._month)
        with self._one:
            self._world = World(found, state)
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


def _plain(state: State, error: Exception) -> str:
    """What is wrong, in the words of the page."""
    if state.first == state.against:
        return "A and B are the same doctrine: change one of them."
    return str(error)
