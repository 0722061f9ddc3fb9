"""`/class`: a code and a name, and one is in. `/teach`: a teacher opens a room."""

from __future__ import annotations

import time

from fastapi.responses import RedirectResponse
from nicegui import ui

from sim.basics.actors import ACTORS
from sim.basics.limits import InputError
from sim.basics.mistakes import count
from sim.browser.address import base
from sim.browser.classroom.access import HERE, TOKEN, address, browser, confirmed, hall, owner, told
from sim.browser.guard.messages import bounded
from sim.browser.layout import Complaint, frame, heading, paragraph
from sim.questions.explain.reasons import ACTOR_NAMES
from sim.scenario import shipped
from sim.scenario.presets import PRESETS
from sim.scenario.spelling import LONGEST_DOCTRINE
from sim.teaching.classroom.bounds import LONGEST_NAME, MOST_TABLES
from sim.teaching.classroom.identity import typed
from sim.teaching.classroom.room import Room
from sim.teaching.classroom.settings import Settings
from sim.teaching.seats.orders import SEATS

LONGEST_CODE = 24
"""Characters of a code as it is typed, with any gaps."""
EACH, ONE = "Each table its own world", "All tables the same world"
NO_CLOCK = 0
CLOCKS = {NO_CLOCK: "No clock", 60: "1 minute", 120: "2 minutes", 180: "3 minutes", 300: "5 minutes"}
TABLES, MONTHS = 8, 12
KEPT_FROM = {
    TOKEN: "Rooms are opened by whoever runs this server, at the address with a token that it printed at its start.",
    HERE: "Rooms are opened on the machine that runs this server.",
}
"""What is said to who may not."""


def join_page() -> None:
    """Join a room, or go back to one."""
    with frame("Class", "Join your class"):
        paragraph("Your teacher shows a code of six letters and digits.")
        join_form("")
        _joined_rooms()
        heading(2, "For teachers")
        with ui.element("p"):
            ui.link("Open a room for your class", "/teach")


def join_form(code: str) -> None:
    """The two fields; the code is filled in if the address had it."""
    me = browser()
    code_field = ui.input("Code", value=code).props('outlined autocomplete="off" autocapitalize="characters"')
    bounded(code_field.classes("class-field code"), LONGEST_CODE)
    name_field = ui.input("Your name").props('outlined autocomplete="given-name"')
    bounded(name_field.classes("class-field"), 4 * LONGEST_NAME)
    paragraph("Your class and your teacher see the name. A first name is enough.").classes("quiet")

    def join() -> None:
        if typed(code_field.value or "") is None:
            raise InputError("code: six letters and digits, as your teacher shows them")
        room = hall().find(code_field.value, address(), me)
        if room.student(me) is None:
            room.join(name_field.value or "", time.time(), me)
            hall().changed(room)
        ui.navigate.to(f"/class/{room.code}")

    place = Complaint()
    for field in (code_field, name_field):
        field.on("keydown.enter", told(join, place))
    ui.button("Join", on_click=told(join, place)).classes("class-go")


def _joined_rooms() -> None:
    """Rooms that this browser is in already."""
    me, rooms = browser(), hall().rooms
    mine = [(room, student) for room in rooms or () if (student := room.student(me)) and not room.state.ended]
    if mine:
        heading(2, "You are in")
        for room, student in mine:
            with ui.element("p"):
                ui.link(f"Room {room.code}, as {student.name}", f"/class/{room.code}")


def teach_page(token: str = "") -> RedirectResponse | None:
    """The form, for whom it is; everything in it has a sensible value already.

    The address with the token makes a browser the owner's; then the token vanishes from the address.
    """
    if token and owner().admit(token):
        return RedirectResponse("/teach", 303)
    with frame("Class", "Open a room for your class"):
        if owner().may_teach():
            paragraph(
                "Students join on their phones with a code. They sit at tables of up to five seats; each table lives "
                "through its own course of events, month by month. Seats that nobody takes are played by doctrines."
            )
            Form()
        else:
            paragraph(KEPT_FROM[owner().how]).classes("complaint")
            ui.link("Join a class", "/class")
        _taught_rooms()
        if owner().asks():
            AllRooms()
    return None


class Form:
    """What is asked, and the room that comes of it."""

    def __init__(self) -> None:
        self._address = address()
        titles = {name: base(name).title for name in shipped()}
        self._scenario = ui.select(titles, label="Scenario", value="classroom", on_change=self._ask)
        self._question = paragraph("").classes("quiet")
        self._months = ui.number("Months to play", value=MONTHS, min=1, precision=0)
        self._tables = ui.number("Tables", value=TABLES, min=1, max=MOST_TABLES, precision=0)
        self._clock = ui.select(CLOCKS, label="Time for a month", value=NO_CLOCK)
        for field in (self._scenario, self._months, self._tables, self._clock):
            field.props("outlined").classes("class-field")
        self._seats = self._ask_seats()
        self._worlds = self._ask_worlds()
        with ui.expansion("Doctrines and luck").classes("class-more"):
            self._doctrines = self._ask_doctrines()
            self._seed = ui.number("Seed of the luck", value=1, min=0, precision=0).props("outlined")
            self._seed.classes("class-field")
            paragraph("The same seed gives the same luck: use it again to repeat a class.").classes("quiet")
        place = Complaint()
        ui.button("Open the room", on_click=told(self._open, place)).classes("class-go")
        self._ask()

    def _ask(self) -> None:
        """Say what the chosen scenario asks, and how long it is."""
        scenario = base(str(self._scenario.value))
        self._question.set_text(f"{scenario.question} {scenario.months} months from {scenario.start}.")
        self._months.max = scenario.months
        self._months.set_value(min(int(self._months.value or MONTHS), scenario.months))

    def _ask_seats(self) -> dict[str, ui.checkbox]:
        with ui.element("fieldset"):
            _legend("Seats that students may take")
            return {seat: ui.checkbox(ACTOR_NAMES[seat], value=True) for seat in SEATS}

    def _ask_worlds(self) -> ui.radio:
        with ui.element("fieldset"):
            _legend("Luck")
            return ui.radio([EACH, ONE], value=EACH)

    def _ask_doctrines(self) -> dict[str, ui.input]:
        paragraph(
            "Left empty, everybody follows the scenario. Otherwise a preset, or a preset with dials: "
            "transactional:commitment=0.85"
        )
        fields = {}
        for actor in ACTORS:
            fields[actor] = ui.input(ACTOR_NAMES[actor], autocomplete=list(PRESETS[actor])).props("outlined")
            bounded(fields[actor].classes("class-field"), LONGEST_DOCTRINE)
        return fields

    async def _open(self) -> None:
        settings = Settings(
            scenario=str(self._scenario.value),
            doctrines={actor: field.value.strip() for actor, field in self._doctrines.items() if field.value.strip()},
            months=_whole("months", self._months.value),
            seed=_whole("seed", self._seed.value),
            tables=_whole("tables", self._tables.value),
            shared=self._worlds.value == ONE,
            seats=tuple(seat for seat, box in self._seats.items() if box.value),
            clock=self._clock.value or None,
        )
        room, key = await hall().open(settings, self._address)
        ui.navigate.to(f"/teach/{room.code}?key={key}")


def _legend(text: str) -> None:
    with ui.element("legend"):
        ui.label(text)


class AllRooms:
    """Every room of this server, for its owner, who may delete them."""

    def __init__(self) -> None:
        heading(2, "All rooms of this server")
        paragraph("You see these because you run it. Deleting a room removes all names and all that was played.")
        self._list = ui.element("ul").classes("class-students")
        self.refresh()

    def refresh(self) -> None:
        """Show the rooms that there are now, the last one used first."""
        self._list.clear()
        with self._list:
            for room in sorted(hall().rooms or (), key=lambda room: -room.state.touched):
                with ui.element("li"):
                    self._row(room)

    def _row(self, room: Room) -> None:
        used = time.strftime("%Y-%m-%d %H:%M", time.localtime(room.state.touched))
        people = count(len(room.state.students), "student")
        ui.label(f"Room {room.code}: {room.scenario.title}, {people}, last used {used}")
        button = ui.button("Delete", on_click=lambda: self._ask_delete(room)).props("flat")
        button.props["aria-label"] = f"Delete room {room.code}"

    def _ask_delete(self, room: Room) -> None:
        question = f"Delete room {room.code} and all that was played in it?"
        confirmed(question, "Delete the room", lambda: self._delete(room))

    def _delete(self, room: Room) -> None:
        if not room.deleted:
            hall().delete(room)
        self.refresh()


def _whole(name: str, value: float | None) -> int:
    if value is None or value != int(value):
        raise InputError(f"{name}: must be a whole number")
    return int(value)


def _taught_rooms() -> None:
    """Rooms that this browser teaches already."""
    me = browser()
    mine = [room for room in hall().rooms or () if room.teaches(me)]
    if mine:
        heading(2, "Your rooms")
        for room in mine:
            with ui.element("p"):
                ui.link(f"Room {room.code}: {room.scenario.title}", f"/teach/{room.code}")
