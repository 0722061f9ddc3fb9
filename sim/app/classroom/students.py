"""Everybody who joined, on the teacher's page, with what helps a teacher: free a seat, take somebody out."""

from __future__ import annotations

import time
from typing import Any

from nicegui import ui

from sim.app.classroom.ways import SEAT_NAMES, hall, told
from sim.classroom.room import Room
from sim.classroom.state import Student


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
        where = "no seat" if student.seat is None else f"{SEAT_NAMES[student.seat]}, table {(student.table or 0) + 1}"
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
