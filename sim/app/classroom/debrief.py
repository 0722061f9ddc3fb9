"""The debrief on a student's page: how far it is, then what came of the seat."""

from __future__ import annotations

import logging

from nicegui import ui

from sim.app.classroom.ways import hall
from sim.app.seat.hindsight import show_debrief as show_found
from sim.classroom.room import Room
from sim.limits import InputError

TICK = 0.5
"""Seconds between two looks at how far it is."""
log = logging.getLogger("doctrine.class")


def show_debrief(room: Room, table: int, seat: str, asked: bool) -> None:
    """Show what came of a seat's orders, as soon as it is computed.

    Parameters
    ----------
    asked : bool
        Whether it is computed only if the student asks: while the game goes on, every month makes another one.
    """
    if asked:
        box = ui.element("div")
        with box:
            ui.button("Show what came of it so far", on_click=lambda: _replaced(box, room, table, seat))
    else:
        _compute(room, table, seat)


def _replaced(box: ui.element, room: Room, table: int, seat: str) -> None:
    box.clear()
    with box:
        _compute(room, table, seat)


def _compute(room: Room, table: int, seat: str) -> None:
    with ui.element("div").props('role="status"'):
        status = ui.label()
    place = ui.element("div")
    debriefs = hall().debriefs
    which = debriefs.ask(room, table, seat)

    def look() -> None:
        try:
            found = debriefs.found(which)
        except Exception as error:
            timer.cancel()
            known = isinstance(error, InputError)
            if not known:
                log.exception("room %s: a debrief could not be computed", room.code)
            reason = str(error).capitalize() if known else "It could not be computed"
            status.set_text(f"{reason}. Reload the page to try again.")
            return
        if found is None:
            status.set_text(debriefs.told(which))
            return
        timer.cancel()
        status.set_text("")
        with place:
            show_found(*found)

    timer = ui.timer(TICK, look, immediate=True)
