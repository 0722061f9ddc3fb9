"""`/class/{code}`: the lobby, then the seat month by month, then the debrief."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from nicegui import Client, ui

from sim.app.classroom import join
from sim.app.classroom.debrief import show_debrief
from sim.app.classroom.lobby import Lobby
from sim.app.classroom.seat import SeatOfClass, show_played
from sim.app.classroom.ways import SEAT_NAMES, address, browser, complain, hall, told
from sim.app.layout import frame, paragraph
from sim.app.seat.component import FOCUS
from sim.classroom import clock
from sim.classroom.room import Room
from sim.classroom.secret import spaced
from sim.classroom.state import Student
from sim.limits import InputError
from sim.questions.labels import listed


def page(code: str) -> None:
    """A student's page of a room; whoever is not in it yet is asked for a name."""
    try:
        room = hall().find(code, address())
    except InputError as error:
        with frame("Class", "No such room"):
            paragraph(str(error).capitalize() + ".").classes("complaint")
            join.form("")
        return
    me = browser()
    student = room.student(me)
    if student is None:
        with frame("Class", f"Join room {spaced(room.code)}"):
            join.form(room.code)
        return
    with frame("Class", f"Room {spaced(room.code)}", wide=True):
        view = StudentPage(room, student, me)
    _follow(room, student, view.refresh)


def _follow(room: Room, student: Student, refresh: Callable[[], None]) -> None:
    """Keep the page up to date, and the room informed about whether it is open."""
    client, here = ui.context.client, False

    def arrived() -> None:
        nonlocal here
        if not here:
            here = True
            room.presence.arrived(student.number)
            hall().changed(room)

    def left(client: Client) -> None:
        nonlocal here
        if here and not client.has_socket_connection:
            here = False
            room.presence.left(student.number, time.time())
            hall().changed(room)

    client.on_connect(arrived)
    client.on_disconnect(left)
    client.on_delete(left)
    hall().look(room, client, refresh)


class StudentPage:
    """What one student sees; `refresh` sends what has changed, and nothing else.

    Parameters
    ----------
    room : Room
    student : Student
    token : str
        By which the student is known to the room.
    """

    def __init__(self, room: Room, student: Student, token: str) -> None:
        self._room, self._student, self._token = room, student, token
        self._key: Any = None
        self._month: int | None = None
        self._part: Lobby | SeatOfClass | None = None
        with ui.element("div").classes("class-where"):
            self._where = ui.label()
            self._leave = ui.button("Leave this seat", on_click=told(self._stand_up)).props("flat")
        with ui.element("div").props('role="status"').classes("class-state"):
            self._state = ui.label()
        self._body = ui.element("div")
        self.refresh()

    def refresh(self) -> None:
        """Show the room as it is now."""
        seated = self._student.seat is not None
        self._where.set_text(_where(self._student))
        self._leave.set_visibility(seated and not self._room.state.ended and not self._room.deleted)
        self._state.set_text(_told_state(self._room, self._student, time.time()))
        key = self._what()
        if key != self._key:
            new_month = self._month is not None and self._month != self._months_over()
            self._key, self._part, self._month = key, None, self._months_over()
            self._body.clear()
            with self._body:
                self._part = self._built()
            if new_month:
                ui.run_javascript(FOCUS)
        elif self._part is not None:
            self._part.refresh()

    def _what(self) -> Any:
        """What the body depends on, besides what parts of it look after themselves."""
        state, student = self._room.state, self._student
        group = state.seat(student)
        if self._room.deleted or student.dismissed or group is None or student.seat is None:
            return self._room.deleted, student.dismissed, state.ended
        mine = group.orders.get(student.seat)
        return group.number, student.seat, len(group.months), mine, state.shown, state.ended

    def _months_over(self) -> int | None:
        """How many months the student's table has behind it; None without a table."""
        group = self._room.state.seat(self._student)
        return None if group is None else len(group.months)

    def _built(self) -> Lobby | SeatOfClass | None:
        """Make the body anew; what of it looks after its own changes is returned."""
        state, student = self._room.state, self._student
        if student.dismissed or self._room.deleted:
            return None
        if student.table is None or student.seat is None:
            return self._lobby()
        going_on = not state.ended and not state.over(student.table)
        if state.shown and state.groups[student.table].months:
            show_debrief(self._room, student.table, student.seat, asked=going_on)
        if going_on:
            return SeatOfClass(self._room, student.table, student.seat, self._order, self._withdraw)
        if not state.shown:
            show_played(self._room, student.table)
        return None

    def _lobby(self) -> Lobby | None:
        if self._room.state.ended:
            return None
        paragraph("Choose a table and a seat. Seats that stay free are played by their doctrines.")
        return Lobby(self._room, self._sit_down)

    # ---- what the student does

    def _sit_down(self, table: int, seat: str) -> None:
        self._room.take(self._token, table, seat, time.time())
        self._answer()

    def _stand_up(self) -> None:
        self._room.leave(self._token, time.time())
        self._answer()

    def _order(self, orders: Mapping[str, Any]) -> None:
        self._do(lambda: self._room.order(self._token, orders, time.time()))

    def _withdraw(self) -> None:
        self._do(lambda: self._room.withdraw(self._token, time.time()))

    def _do(self, action: Callable[[], None]) -> None:
        try:
            action()
        except (InputError, OSError) as error:
            complain(error)
            self._key = None  # the form must take orders again
        self._answer()

    def _answer(self) -> None:
        """Show at once to whoever acted what came of it, and then to the others."""
        self.refresh()
        hall().changed(self._room)


def _where(student: Student) -> str:
    if student.table is None or student.seat is None:
        return student.name
    return f"{student.name}: {SEAT_NAMES[student.seat]}, table {student.table + 1}"


def _told_state(room: Room, student: Student, now: float) -> str:
    """One sentence about what is waited for."""
    state = room.state
    if room.deleted:
        return "Your teacher has deleted this room."
    if student.dismissed:
        return "Your teacher has taken you out of this room."
    if state.ended:
        return "The class is over."
    if not state.begun:
        return "Your teacher has not begun yet."
    if student.table is not None and state.over(student.table):
        return "Your table has played its last month."
    if state.stopped is not None:
        return "Your teacher has paused the class. You may give orders; the month ends after the pause."
    return _waiting(room, student, now) if student.table is not None else "The class is running: take a seat."


def _waiting(room: Room, student: Student, now: float) -> str:
    group = room.state.groups[student.table or 0]
    waiting = [SEAT_NAMES[seat] for seat in clock.waiting(room, group.number, now) if seat != student.seat]
    others = f"Waiting for {listed(waiting)}." if waiting else ""
    if student.seat in group.orders:
        return f"Your orders are in. {others}".strip()
    return f"Your table waits for your orders. {others}".strip()
