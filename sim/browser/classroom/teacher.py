"""`/teach/{code}`: the tables live, the students, and what the teacher does with them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from fastapi.responses import RedirectResponse
from nicegui import app, ui

from sim.basics.labels import HUNDRED, listed, number
from sim.basics.limits import InputError
from sim.basics.mistakes import count
from sim.browser.classroom.access import address, browser, confirmed, hall, told
from sim.browser.classroom.class_results import Results
from sim.browser.layout import TextElement, frame, heading, paragraph
from sim.questions.explain.reasons import ACTOR_NAMES
from sim.teaching.classroom import clock
from sim.teaching.classroom.identity import spaced
from sim.teaching.classroom.room import Room
from sim.teaching.classroom.state import Group, Student

COLUMNS = ("Table", "Month", "At the table", "Russia holds", "Last news", "")
MINUTE = 60
TICK = 1.0
"""Seconds between two updates of the clocks on the teacher's page."""


class GroupRows:
    """The rows; only cells that change are sent again."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._rows: list[GroupRow] = []
        region = ui.element("div").classes("class-scroll").props('tabindex="0" role="region" aria-label="Tables"')
        with region, ui.element("table").classes("class-live"):
            with ui.element("thead"), ui.element("tr"):
                for title in COLUMNS:
                    TextElement(tag="th", text=title).props('scope="col"') if title else ui.element("td")
            self._body = ui.element("tbody")
        self.refresh()

    def refresh(self) -> None:
        """Show the tables as they are now."""
        with self._body:
            for group in self._room.state.groups[len(self._rows) :]:
                self._rows.append(GroupRow(self._room, group))
        for row in self._rows:
            row.refresh()

    def show_clocks(self) -> None:
        """Let the clocks go on."""
        for row in self._rows:
            row.show_clock()


class GroupRow:
    """One table."""

    def __init__(self, room: Room, group: Group) -> None:
        self._room, self._group = room, group
        self._key: Any = None
        with ui.element("tr"):
            TextElement(tag="th", text=str(group.number + 1)).props('scope="row"')
            with ui.element("td"):
                self._month = ui.label()
                self._clock = ui.label().classes("quiet")
            with ui.element("td"):
                self._people = {seat: ui.label() for seat in room.state.settings.seats}
                self._nobody = ui.label("nobody").classes("quiet")
            with ui.element("td"):
                self._front = TextElement(tag="span", text="").classes("class-front")
            with ui.element("td").classes("class-news"):
                self._news = ui.label()
            with ui.element("td"):
                self._next = ui.button("End month", on_click=told(self._advance)).props("outline dense")
                self._next.props(f'aria-label="End the month at table {group.number + 1}"')

    def refresh(self) -> None:
        """Show the table as it is now."""
        state, group, now = self._room.state, self._group, time.time()
        for seat, label in self._people.items():
            label.set_text(_told_seat(self._room, group, seat, now))
            label.set_visibility(seat in group.sitters)
        self._nobody.set_visibility(not group.sitters)
        self._next.set_visibility(bool(group.sitters) and not state.ended and not state.over(group.number))
        self.show_clock()
        key = len(group.months), bool(group.months or group.sitters)
        if key != self._key:
            self._key = key
            self._show_world()

    def _show_world(self) -> None:
        """What everybody at the table can read, and therefore the class."""
        state, group = self._room.state, self._group
        if not group.months and not group.sitters:
            self._month.set_text("")
            self._front.set_text("")
            return
        over, months = state.over(group.number), self._room.scenario.calendar
        done = len(group.months)
        self._month.set_text("played to the end" if over else f"{months[done]} ({done + 1} of {len(months)})")
        held = self._room.scenario.initial.line
        if done:
            table = self._room.table(group.number)
            held = table.series["russian_held_share"][-1]
            self._news.set_text(_latest(table.news))
        self._front.set_text(f"{number(HUNDRED * held, 1)} %")

    def show_clock(self) -> None:
        """Show how much of the month is left."""
        state = self._room.state
        left = clock.remaining(self._room, self._group.number, time.time())
        playing = bool(self._group.sitters) and not state.ended and not state.over(self._group.number)
        seconds = max(round(left or 0.0), 0)
        self._clock.set_text(f"{seconds // MINUTE}:{seconds % MINUTE:02d} left" if left is not None and playing else "")

    async def _advance(self) -> None:
        await hall().advance(self._room, [self._group.number])


def _told_seat(room: Room, group: Group, seat: str, now: float) -> str:
    """Who sits there, and what he is at."""
    sitter = group.sitters.get(seat)
    if sitter is None:
        return ""
    done = "✓ has ordered" if seat in group.orders else "is deciding"
    if not room.presence.here(sitter):
        done = "is away" if room.presence.awaited(sitter, now) else "is away: the doctrine plays"
        done = "✓ has ordered, is away" if seat in group.orders else done
    if room.state.over(group.number) or room.state.ended:
        done = ""
    return f"{ACTOR_NAMES[seat]}: {room.state.students[sitter].name} {done}".strip()


def _latest(news: list[tuple[str, tuple[str, ...]]]) -> str:
    return f"{news[-1][0]}: {' '.join(news[-1][1])}" if news else ""


class Students:
    """The list, folded; it is made again only when somebody joins, moves or goes."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._key: Any = None
        with ui.expansion("Students", on_value_change=self.refresh).classes("class-more") as self._fold:
            self._door = ui.button(on_click=told(self._close_or_open)).props("outline")
            self._list = ui.element("ul").classes("class-students")

    def refresh(self) -> None:
        """Show who is here now."""
        students = [student for student in self._room.state.students if not student.dismissed]
        closed = self._room.state.closed
        self._fold.set_text(f"Students ({len(students)}){', door closed' if closed else ''}")
        self._door.set_text("Let new students in" if closed else "Let nobody new in")
        self._door.set_visibility(not self._room.state.ended)
        key = [(student.number, student.table, student.seat, self._here(student)) for student in students]
        if key == self._key or not self._fold.value:
            return
        self._key = key
        self._list.clear()
        with self._list:
            for student in students:
                with ui.element("li"):
                    self._row(student)

    def _here(self, student: Student) -> bool:
        return self._room.presence.here(student.number)

    def _row(self, student: Student) -> None:
        where = "no seat" if student.seat is None else f"{ACTOR_NAMES[student.seat]}, table {(student.table or 0) + 1}"
        ui.label(f"{student.name}: {where}{'' if self._here(student) else ' (away)'}")
        if student.seat is not None and not self._room.state.ended:
            free = ui.button("Free the seat", on_click=told(lambda: self._free(student))).props("flat")
            free.props["aria-label"] = f"Free the seat of {student.name}"
        out = ui.button("Take out", on_click=told(lambda: self._dismiss(student))).props("flat")
        out.props["aria-label"] = f"Take {student.name} out of the room"

    def _close_or_open(self) -> None:
        self._room.close_door(not self._room.state.closed, time.time())
        hall().changed(self._room)

    def _free(self, student: Student) -> None:
        self._room.free(student.number, time.time())
        hall().changed(self._room)

    def _dismiss(self, student: Student) -> None:
        self._room.dismiss(student.number, time.time())
        hall().changed(self._room)


def page(code: str, key: str = "") -> RedirectResponse | None:
    """The teacher's page of a room.

    The link with the key makes a browser the teacher's; then the key vanishes from the address, which all can see.
    """
    try:
        room = hall().find(code, address(), browser(), key)
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
        self._tables = GroupRows(room)
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
        if app.state.reached.alone:
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
        confirmed("End the class? Nothing can be played afterwards.", "End the class", self._finish)

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
        confirmed("Delete the room and all that was played in it?", "Delete the room", self._delete)

    def _delete(self) -> None:
        hall().delete(self._room)
        ui.navigate.to("/teach")

    def _do(self, action: Callable[[], None]) -> None:
        action()
        hall().changed(self._room)


def _reached() -> list[str]:
    """Where phones reach this server, the likeliest address first; this machine's own if it lets nobody in."""
    own, *others = app.state.reached.addresses()
    return others or [own]


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
