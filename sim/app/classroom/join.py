"""`/class`: a code and a name, and one is in."""

from __future__ import annotations

import time

from nicegui import ui

from sim.app.classroom.ways import address, browser, hall, told
from sim.app.layout import frame, heading, paragraph
from sim.classroom.bounds import LONGEST_NAME
from sim.classroom.secret import typed
from sim.limits import InputError


def page() -> None:
    """Join a room, or go back to one."""
    with frame("Class", "Join your class"):
        paragraph("Your teacher shows a code of six letters and digits.")
        form("")
        _own_rooms()
        heading(2, "For teachers")
        with ui.element("p"):
            ui.link("Open a room for your class", "/teach")


def form(code: str) -> None:
    """The two fields; the code is filled in if the address had it."""
    me = browser()
    code_field = ui.input("Code", value=code).props('outlined autocomplete="off" autocapitalize="characters"')
    code_field.classes("class-field code")
    name_field = ui.input("Your name").props(f'outlined autocomplete="given-name" maxlength="{4 * LONGEST_NAME}"')
    name_field.classes("class-field")
    paragraph("Your class and your teacher see the name. A first name is enough.").classes("quiet")

    def join() -> None:
        if typed(code_field.value or "") is None:
            raise InputError("code: six letters and digits, as your teacher shows them")
        room = hall().find(code_field.value, address())
        if room.student(me) is None:
            room.join(name_field.value or "", time.time(), me)
            hall().changed(room)
        ui.navigate.to(f"/class/{room.code}")

    for field in (code_field, name_field):
        field.on("keydown.enter", told(join))
    ui.button("Join", on_click=told(join)).classes("class-go")


def _own_rooms() -> None:
    """Rooms that this browser is in already."""
    me, rooms = browser(), hall().rooms
    mine = [(room, student) for room in rooms or () if (student := room.student(me)) and not room.state.ended]
    if mine:
        heading(2, "You are in")
        for room, student in mine:
            with ui.element("p"):
                ui.link(f"Room {room.code}, as {student.name}", f"/class/{room.code}")
