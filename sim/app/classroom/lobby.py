"""The lobby: tables and their seats, a button for each that is free, and a name for each that is not."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui

from sim.app.classroom.ways import SEAT_NAMES, told
from sim.app.layout import heading
from sim.classroom.room import Room

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
        self._name = SEAT_NAMES[seat]
        self._button = ui.button(self._name, on_click=told(lambda: take(table, seat))).classes("class-seat")
        self._button.props("outline no-caps").props["aria-label"] = f"Take {self._name} at table {table + 1}"
        self._taken = ui.label().classes("class-taken")

    def show(self, who: str | None, over: bool) -> None:
        """Show who sits there, if anybody does."""
        self._button.set_visibility(who is None and not over)
        self._taken.set_visibility(who is not None or over)
        self._taken.set_text(f"{self._name}: {who or 'empty'}")
