"""`/class/{code}`: the lobby, then the seat month by month, then the debrief."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from nicegui import Client, ui

from sim.basics.labels import listed
from sim.basics.limits import InputError
from sim.browser.classroom import entrance
from sim.browser.classroom.access import address, browser, complain, hall, told
from sim.browser.classroom.class_results import show_debrief
from sim.browser.layout import frame, heading, paragraph
from sim.browser.seat.month import FOCUS, SeatView, seat_view
from sim.questions.explain.reasons import ACTOR_NAMES
from sim.teaching.classroom import clock
from sim.teaching.classroom.identity import spaced
from sim.teaching.classroom.room import Room
from sim.teaching.classroom.state import Student
from sim.teaching.seats.orders import Orders

Take = Callable[[int, str], None]


class Lobby:
    """All seats of a room; only those that change are sent again.

    Parameters
    ----------
    room : Room
    take : callable
        Called with a table, counted from 0, and a seat.
    """

    def __init__(self, room: Room, take: Take) -> None:
        self._room, self._take = room, take
        self._box = ui.element("div").classes("class-tables")
        self._seats: dict[tuple[int, str], Seat] = {}
        self.refresh()

    def refresh(self) -> None:
        """Show who sits where now."""
        state = self._room.state
        for group in state.groups:
            if (group.number, state.settings.seats[0]) not in self._seats:
                self._add(group.number)
            for seat in state.settings.seats:
                sitter = group.sitters.get(seat)
                who = None if sitter is None else state.students[sitter].name
                self._seats[group.number, seat].show(who, state.over(group.number))

    def _add(self, table: int) -> None:
        with self._box, ui.element("section").classes("class-table"):
            heading(2, f"Table {table + 1}")
            with ui.element("div").classes("class-seats"):
                for seat in self._room.state.settings.seats:
                    self._seats[table, seat] = Seat(table, seat, self._take)


class Seat:
    """One seat in the lobby."""

    def __init__(self, table: int, seat: str, take: Take) -> None:
        self._name = ACTOR_NAMES[seat]
        self._button = ui.button(self._name, on_click=told(lambda: take(table, seat))).classes("class-seat")
        self._button.props("outline no-caps").props["aria-label"] = f"Take {self._name} at table {table + 1}"
        self._taken = ui.label().classes("class-taken")

    def show(self, who: str | None, over: bool) -> None:
        """Show who sits there, if anybody does."""
        self._button.set_visibility(who is None and not over)
        self._taken.set_visibility(who is not None or over)
        self._taken.set_text(f"{self._name}: {who or 'empty'}")


class SeatOfClass:
    """A seat in one month, until the page is told otherwise.

    Parameters
    ----------
    room : Room
    table : int
        Counted from 0.
    seat : str
    on_order, on_withdraw : callable
        What the student does.
    """

    def __init__(
        self,
        room: Room,
        table: int,
        seat: str,
        on_order: Callable[[Orders], Any],
        on_withdraw: Callable[[], Any],
    ) -> None:
        self._room, self._table = room, table
        self._clock_key = self._clock()
        self._form = seat_view(self._view(seat), on_order, on_withdraw)

    def refresh(self) -> None:
        """Let the clock stand or go on; between these it runs by itself."""
        if self._form is not None and self._clock() != self._clock_key:
            self._clock_key = self._clock()
            self._form.clock(self._left(), self._room.state.stopped is None)

    def _view(self, seat: str) -> SeatView:
        lived, state = self._room.table(self._table), self._room.state
        return SeatView(
            self._room.briefing(self._table, seat),
            tuple(lived.news),
            lived.series,
            tuple(lived.scenario.calendar[: lived.elapsed]),
            lived.scenario.months,
            state.groups[self._table].orders.get(seat),
            self._left(),
            state.stopped is None,
        )

    def _clock(self) -> tuple[float, bool] | None:
        """What the clock on the page depends on, besides time itself; None without a clock."""
        state = self._room.state
        if state.settings.clock is None:
            return None
        return state.groups[self._table].opened, state.stopped is None

    def _left(self) -> float | None:
        left = clock.remaining(self._room, self._table, time.time())
        return None if left is None else max(left, 0.0)


def show_played(room: Room, table: int) -> None:
    """What a seat sees when there is no more month to play and nothing is revealed yet."""
    from sim.browser.seat.month import show_past

    lived = room.table(table)
    paragraph("Your teacher will reveal what came of your orders, and what the others believed of you.")
    show_past(tuple(lived.news), lived.series, tuple(lived.scenario.calendar[: lived.elapsed]))


def page(code: str) -> None:
    """A student's page of a room; whoever is not in it yet is asked for a name."""
    me = browser()
    try:
        room = hall().find(code, address(), me)
    except InputError as error:
        with frame("Class", "No such room"):
            paragraph(str(error).capitalize() + ".").classes("complaint")
            entrance.join_form("")
        return
    student = room.student(me)
    if student is None:
        with frame("Class", f"Join room {spaced(room.code)}"):
            entrance.join_form(room.code)
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
    return f"{student.name}: {ACTOR_NAMES[student.seat]}, table {student.table + 1}"


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
    waiting = [ACTOR_NAMES[seat] for seat in clock.waiting(room, group.number, now) if seat != student.seat]
    others = f"Waiting for {listed(waiting)}." if waiting else ""
    if student.seat in group.orders:
        return f"Your orders are in. {others}".strip()
    return f"Your table waits for your orders. {others}".strip()
