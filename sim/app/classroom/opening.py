"""`/teach`: a teacher opens a room."""

from __future__ import annotations

import time

from nicegui import ui

from sim.app.classroom.ways import SEAT_NAMES, address, browser, hall, told
from sim.app.layout import frame, heading, paragraph
from sim.classroom.bounds import MOST_TABLES
from sim.classroom.settings import Settings
from sim.limits import InputError
from sim.presets import PRESETS
from sim.scenario import ACTORS, load, shipped
from sim.seats.orders import SEATS

EACH, ONE = "Each table its own world", "All tables the same world"
NO_CLOCK = 0
CLOCKS = {NO_CLOCK: "No clock", 60: "1 minute", 120: "2 minutes", 180: "3 minutes", 300: "5 minutes"}
TABLES, MONTHS = 8, 12


def page() -> None:
    """The form; everything in it has a sensible value already."""
    with frame("Class", "Open a room for your class"):
        paragraph(
            "Students join on their phones with a code. They sit at tables of up to five seats; each table lives "
            "through its own course of events, month by month. Seats that nobody takes are played by doctrines."
        )
        Form()
        _own_rooms()


class Form:
    """What is asked, and the room that comes of it."""

    def __init__(self) -> None:
        titles = {name: load(name).title for name in shipped()}
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
        ui.button("Open the room", on_click=told(self._open)).classes("class-go")
        self._ask()

    def _ask(self) -> None:
        """Say what the chosen scenario asks, and how long it is."""
        scenario = load(str(self._scenario.value))
        self._question.set_text(f"{scenario.question} {scenario.months} months from {scenario.start}.")
        self._months.max = scenario.months
        self._months.set_value(min(int(self._months.value or MONTHS), scenario.months))

    def _ask_seats(self) -> dict[str, ui.checkbox]:
        with ui.element("fieldset"):
            _legend("Seats that students may take")
            return {seat: ui.checkbox(SEAT_NAMES[seat], value=True) for seat in SEATS}

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
            fields[actor] = ui.input(SEAT_NAMES[actor], autocomplete=list(PRESETS[actor])).props("outlined")
            fields[actor].classes("class-field")
        return fields

    def _open(self) -> None:
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
        settings.resolved()  # what is wrong is said before it counts as an opening
        hall().may_open(address())
        room, key = hall().opened().open(settings, time.time())
        ui.navigate.to(f"/teach/{room.code}?key={key}")


def _legend(text: str) -> None:
    with ui.element("legend"):
        ui.label(text)


def _whole(name: str, value: float | None) -> int:
    if value is None or value != int(value):
        raise InputError(f"{name}: must be a whole number")
    return int(value)


def _own_rooms() -> None:
    """Rooms that this browser teaches already."""
    me = browser()
    mine = [room for room in hall().rooms or () if room.teaches(me)]
    if mine:
        heading(2, "Your rooms")
        for room in mine:
            with ui.element("p"):
                ui.link(f"Room {room.code}: {room.scenario.title}", f"/teach/{room.code}")
