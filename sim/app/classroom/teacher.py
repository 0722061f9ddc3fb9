"""`/teach/{code}`: the tables live, and what the teacher does with them."""

from __future__ import annotations

import time
from collections.abc import Callable

from fastapi.responses import RedirectResponse
from nicegui import app, ui

from sim.app.classroom.results import Results
from sim.app.classroom.students import Students
from sim.app.classroom.tables import Tables
from sim.app.classroom.ways import address, browser, hall, told
from sim.app.layout import frame, heading, paragraph
from sim.app.server import LOOPBACK, addresses
from sim.classroom.room import Room
from sim.classroom.secret import spaced
from sim.limits import InputError
from sim.mistakes import count
from sim.questions.labels import listed

TICK = 1.0
"""Seconds between two updates of the clocks on the teacher's page."""


def page(code: str, key: str = "") -> RedirectResponse | None:
    """The teacher's page of a room.

    The link with the key makes a browser the teacher's; then the key vanishes from the address, which all can see.
    """
    try:
        room = hall().find(code, address())
        if key and room.teaches(key):
            room.admit(browser(), time.time())
            return RedirectResponse(f"/teach/{room.code}")
        _refuse_others(room)
    except InputError as error:
        with frame("Class", "This page is the teacher's"):
            paragraph(str(error).capitalize() + ".").classes("complaint")
            ui.link("Open a room", "/teach")
        return None
    with frame("Class", f"Room {spaced(room.code)}", wide=True):
        view = TeacherPage(room)
    hall().look(room, ui.context.client, view.refresh)
    return None


def _refuse_others(room: Room) -> None:
    if not room.teaches(browser()):
        raise InputError("open it with the teacher's link, in the browser in which the room was opened or in another")


class TeacherPage:
    """What the teacher sees; `refresh` sends what has changed, and nothing else."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._invitation()
        with ui.element("div").props('role="status"').classes("class-state"):
            self._state = ui.label()
        with ui.element("div").classes("class-actions"):
            self._run = ui.button(on_click=told(self._run_or_pause))
            self._next = ui.button("End the month at all tables", on_click=told(self._advance_all)).props("outline")
            self._reveal = ui.button(on_click=told(self._show_or_hide)).props("outline")
            self._more = ui.button("Add a table", on_click=told(self._add_table)).props("outline")
            self._end = ui.button("End the class", on_click=self._ask_end).props("outline")
        heading(2, "Tables")
        self._tables = Tables(room)
        self._students = Students(room)
        self._results = Results(room)
        self._manage()
        self.refresh()
        ui.timer(TICK, self._tables.show_clocks)

    def refresh(self) -> None:
        """Show the room as it is now."""
        state = self._room.state
        self._state.set_text(_told_state(self._room))
        running = state.stopped is None
        self._run.set_text("Pause" if running else "Go on" if state.begun else "Begin")
        self._reveal.set_text("Hide the debriefs" if state.shown else "Reveal the debriefs")
        for button in (self._run, self._next, self._more, self._end):
            button.set_enabled(not state.ended)
        self._tables.refresh()
        self._students.refresh()
        self._results.refresh()

    def _invitation(self) -> None:
        """The code and the address, to be read from the last row."""
        best, *rest = _reached()
        with ui.element("div").classes("class-board"):
            ui.label("On your phone, open")
            ui.label(f"{best}/class").classes("class-address")
            ui.label("and enter the code")
            ui.label(spaced(self._room.code)).classes("class-code")
        if rest:
            paragraph(f"If that address does not open: {listed([f'{other}/class' for other in rest], 'or')}")
        if app.state.reached[0] in (LOOPBACK, "localhost", "::1"):
            paragraph(
                "Only this machine can join: to let phones in the same network in, start the app with "
                "doctrine app --host 0.0.0.0"
            ).classes("complaint")

    # ---- what the teacher does

    def _run_or_pause(self) -> None:
        act = self._room.run if self._room.state.stopped is not None else self._room.pause
        self._do(lambda: act(time.time()))

    async def _advance_all(self) -> None:
        state = self._room.state
        open_ones = [group.number for group in state.groups if group.sitters and not state.over(group.number)]
        if not open_ones:
            raise InputError("nobody sits at a table whose month could end")
        await hall().advance(self._room, open_ones)

    def _show_or_hide(self) -> None:
        self._do(lambda: self._room.reveal(not self._room.state.shown, time.time()))

    def _add_table(self) -> None:
        self._do(lambda: self._room.add_tables(1, time.time()))

    def _ask_end(self) -> None:
        asked("End the class? Nothing can be played afterwards.", "End the class", self._finish)

    def _finish(self) -> None:
        self._do(lambda: self._room.end(time.time()))

    def _manage(self) -> None:
        with ui.expansion("This room").classes("class-more"):
            paragraph(
                "To see this page on another device, make a link and open it there. Keep it off the projector: whoever "
                "has it is the teacher."
            )
            ui.button("Make a teacher's link", on_click=told(self._link)).props("outline")
            self._link_place = paragraph("")
            paragraph("Deleting the room removes all names and all that was played. Download the table first.")
            ui.button("Delete the room", on_click=self._ask_delete).props("outline")

    def _link(self) -> None:
        key = self._room.new_key(time.time())
        self._link_place.set_text(f"{_reached()[0]}/teach/{self._room.code}?key={key}")

    def _ask_delete(self) -> None:
        asked("Delete the room and all that was played in it?", "Delete the room", self._delete)

    def _delete(self) -> None:
        hall().delete(self._room)
        ui.navigate.to("/teach")

    def _do(self, action: Callable[[], None]) -> None:
        action()
        hall().changed(self._room)


def _reached() -> list[str]:
    """Where phones reach this server, the likeliest address first; this machine's own if it lets nobody in."""
    own, *others = addresses(*app.state.reached)
    return others or [own]


def asked(question: str, verb: str, action: Callable[[], None]) -> None:
    """Ask before something that cannot be undone."""
    with ui.dialog(value=True) as dialog, ui.card():
        dialog.props["aria-label"] = question
        ui.label(question)
        with ui.row():
            ui.button(verb, on_click=told(action)).on("click", dialog.close)
            ui.button("Cancel", on_click=dialog.close).props("outline")
    dialog.on("hide", dialog.delete)


def _told_state(room: Room) -> str:
    state = room.state
    if room.deleted:
        return "This room has been deleted."
    present = [student for student in state.students if not student.dismissed]
    seated = sum(student.seat is not None for student in present)
    people = f"{count(len(present), 'student')}, {seated} in a seat."
    if state.ended:
        return f"The class is over. {people}"
    if not state.begun:
        return f"{people} Begin when everybody sits."
    return f"{'The class is running' if state.stopped is None else 'The class is paused'}. {people}"
