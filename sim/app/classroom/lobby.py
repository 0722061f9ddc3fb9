"""The lobby: tables and their seats, each a button that says who sits there."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui

from sim.app.classroom.ways import SEAT_NAMES, told
from sim.app.layout import heading
from sim.classroom.room import Room

Take = Callable[[int, str], None]


class Lobby:
    """Buttons for all seats of a room; only those that change are sent again.

    Parameters
    ----------
    room : Room
    student : int
        Whose page it is.
    take : callable
        Called with a table, counted from 0, and a seat.
    """

    def __init__(self, room: Room, student: int, take: Take) -> None:
        self._room, self._student, self._take = room, student, take
        self._box = ui.element("div").classes("class-tables")
        self._buttons: dict[tuple[int, str], ui.button] = {}
        self._shown: dict[tuple[int, str], tuple[str, bool]] = {}
        self.refresh()

    def refresh(self) -> None:
        """Show who sits where now."""
        state = self._room.state
        for group in state.groups:
            if (group.number, state.settings.seats[0]) not in self._buttons:
                self._add(group.number)
            for seat in state.settings.seats:
                sitter = group.sitters.get(seat)
                who = "free" if sitter is None else state.students[sitter].name
                free = sitter is None and not state.over(group.number)
                self._show((group.number, seat), (who, free))

    def _add(self, table: int) -> None:
        with self._box, ui.element("section").classes("class-table"):
            heading(2, f"Table {table + 1}")
            with ui.element("div").classes("class-seats"):
                for seat in self._room.state.settings.seats:
                    button = ui.button(on_click=told(lambda table=table, seat=seat: self._take(table, seat)))
                    self._buttons[table, seat] = button.props("outline no-caps align=left").classes("class-seat")

    def _show(self, place: tuple[int, str], what: tuple[str, bool]) -> None:
        if self._shown.get(place) == what:
            return
        self._shown[place] = what
        who, free = what
        button, (table, seat) = self._buttons[place], place
        button.set_text(f"{SEAT_NAMES[seat]}: {who}")
        button.set_enabled(free)
        label = f"Take {SEAT_NAMES[seat]} at table {table + 1}" if free else f"{SEAT_NAMES[seat]}, taken by {who}"
        button.props["aria-label"] = label
