"""The tables of a room on the teacher's page: month, people, the front, the last news; one row each."""

from __future__ import annotations

import time
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from sim.app.classroom.ways import SEAT_NAMES, hall, told
from sim.classroom import clock
from sim.classroom.room import Room
from sim.classroom.state import Group
from sim.questions.labels import number

COLUMNS = ("Table", "Month", "At the table", "Russia holds", "Last news", "")
PERCENT = 100.0
MINUTE = 60


class Tables:
    """The rows; only cells that change are sent again."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._rows: list[Row] = []
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
                self._rows.append(Row(self._room, group))
        for row in self._rows:
            row.refresh()

    def show_clocks(self) -> None:
        """Let the clocks go on."""
        for row in self._rows:
            row.show_clock()


class Row:
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
        self._front.set_text(f"{number(PERCENT * held, 1)} %")

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
    return f"{SEAT_NAMES[seat]}: {room.state.students[sitter].name} {done}".strip()


def _latest(news: list[tuple[str, tuple[str, ...]]]) -> str:
    return f"{news[-1][0]}: {' '.join(news[-1][1])}" if news else ""
