"""What came of the class: the debrief on a student's page; on the teacher's, seats against doctrines and a table."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from nicegui import ui

from sim.basics.labels import listed, number
from sim.basics.limits import InputError
from sim.basics.mistakes import count
from sim.browser.charts import Chart, histogram
from sim.browser.classroom.access import browser, hall, told
from sim.browser.layout import TextElement, heading, paragraph
from sim.browser.runs import runs
from sim.browser.seat.debrief import show_debrief as show_found
from sim.browser.seat.debrief_sentences import ENDINGS
from sim.questions.explain.reasons import ACTOR_NAMES
from sim.scenario.spelling import doctrine_name
from sim.teaching.classroom.class_payoffs import SeatResult, played, pooled
from sim.teaching.classroom.room import Room
from sim.teaching.classroom.spreadsheet import csv
from sim.teaching.seats.payoff import Yardstick, yardstick

TICK = 0.5
"""Seconds between two looks at how far it is."""
log = logging.getLogger("doctrine.class")
R = TypeVar("R")
UNIT = "points"
DIGITS = 1
POINTS = "0 points is the worst and 100 the best of all worlds shown here, by the goals of the seat's own doctrine."
BYTE_ORDER_MARK = "utf-8-sig"
"""The encoding by whose first bytes Excel knows that a file is UTF-8."""


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


class Results:
    """Buttons, and what they bring."""

    def __init__(self, room: Room) -> None:
        self._room = room
        heading(2, "Results")
        paragraph(
            "What people got out of each seat, against its doctrines in other worlds. Left to its doctrine means: the "
            "same world, and the same orders of the others, had nobody sat in the seat. Months that a table has not "
            "played are played by doctrines."
        )
        with ui.element("div").classes("class-actions"):
            self._pool = ui.button("Compare people with doctrines", on_click=told(self._compare))
            self._save = ui.button("Download the table (CSV)", on_click=told(self._download)).props("outline")
        with ui.element("div").props('role="status"'):
            self._progress = ui.label()
        self._place = ui.element("div")

    def refresh(self) -> None:
        """Offer results as soon as there are any."""
        any_month = any(group.months for group in self._room.state.groups)
        self._pool.set_enabled(any_month)
        self._save.set_enabled(any_month)

    async def _download(self) -> None:
        text = await self._ask(csv)
        name = f"class-{self._room.code}.csv"
        ui.download.content(text.encode(BYTE_ORDER_MARK), name, "text/csv; charset=utf-8")

    async def _compare(self) -> None:
        results = await self._ask(pooled)
        if not results:
            raise InputError("no seat was played by people for at least half of its months")
        self._place.clear()
        with self._place:
            for result in results:
                _show(result)

    async def _ask(self, function: Callable[..., R]) -> R:
        """Have something computed in another process, and tell how far it is."""
        try:
            return await runs.ask(
                f"class {browser()}",
                function,
                played(self._room),
                on_progress=partial(_tell, self._progress),
                first=True,
            )
        finally:
            self._progress.set_text("")


def _tell(label: ui.label, done: int, whole: int) -> None:
    label.set_text(f"Computing: {100 * done // max(whole, 1)} %")


def _show(result: SeatResult) -> None:
    heading(3, ACTOR_NAMES[result.seat])
    own = next(iter(result.doctrines))
    best = max(result.doctrines, key=lambda name: float(result.doctrines[name].mean()))
    measure = yardstick([*result.doctrines.values(), *((table.payoff, table.left) for table in result.tables)])
    samples = {doctrine_name(name): measure.each(result.doctrines[name]) for name in dict.fromkeys((own, best))}
    people = {f"table {table.table + 1}": measure.points(table.payoff) for table in result.tables}
    found = headline(result)
    told = f"{found} Bars: points under {listed(list(samples))} in other worlds. Lines: your tables."
    Chart(histogram(samples, people, UNIT, found), told)
    paragraph(POINTS).classes("quiet")
    _numbers(result, measure)


def _numbers(result: SeatResult, measure: Yardstick) -> None:
    """The same as a table, with names and outcomes."""

    def points(payoff: float) -> str:
        return number(measure.points(payoff), DIGITS)

    with ui.element("table").classes("numbers"):
        with ui.element("thead"):
            _row("th", "Played by", "Points", "Left to its doctrine", "How it ended")
        with ui.element("tbody"):
            for table in result.tables:
                who = f"Table {table.table + 1}: {listed(table.people)}"
                _row("td", who, points(table.payoff), points(table.left), ENDINGS[table.outcome])
            for name, payoffs in result.doctrines.items():
                label = f"{doctrine_name(name)} (mean of {len(payoffs)} worlds)"
                _row("td", label, points(float(payoffs.mean())), "", _often(result.outcomes[name]))


def _row(tag: str, *cells: str) -> None:
    with ui.element("tr"):
        for cell in cells:
            TextElement(tag=tag, text=cell)


def headline(result: SeatResult) -> str:
    """What people made of a seat, in the same worlds and with the same partners."""
    better = sum(table.payoff > table.left for table in result.tables)
    worse = sum(table.payoff < table.left for table in result.tables)
    same = len(result.tables) - better - worse
    return (
        f"In the seat of {ACTOR_NAMES[result.seat]} people did better than its doctrine would have at {better} of "
        f"{count(len(result.tables), 'table')}, worse at {worse}, and the same at {same}."
    )


def _often(outcomes: dict[str, float]) -> str:
    """The likeliest outcome with its chance."""
    name = max(outcomes, key=outcomes.__getitem__)
    return f"in {100 * outcomes[name]:.0f} of 100 worlds {ENDINGS[name]}"
