"""What came of the class, on the teacher's page: histograms by seat against doctrines, and the table to download."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from sim.app.charts import chart, histogram
from sim.app.classroom.ways import SEAT_NAMES, browser, told
from sim.app.layout import heading, paragraph
from sim.app.runs import runs
from sim.classroom.played import played
from sim.classroom.pooled import SeatResult, pooled
from sim.classroom.room import Room
from sim.classroom.sheet import csv
from sim.limits import InputError
from sim.mistakes import count
from sim.questions.labels import decimals, doctrine_label, listed, lower, number

R = TypeVar("R")
FINE = 10.0
"""Parts of the spread of payoffs to which they are told."""
UNIT = "utility a month"
BYTE_ORDER_MARK = "utf-8-sig"
"""The encoding by whose first bytes Excel knows that a file is UTF-8."""


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
                f"class {browser()}", function, played(self._room), on_progress=partial(_tell, self._progress)
            )
        finally:
            self._progress.set_text("")


def _tell(label: ui.label, done: int, whole: int) -> None:
    label.set_text(f"Computing: {100 * done // max(whole, 1)} %")


def _show(result: SeatResult) -> None:
    heading(3, SEAT_NAMES[result.seat])
    own = next(iter(result.doctrines))
    best = max(result.doctrines, key=lambda name: float(result.doctrines[name].mean()))
    samples = {name: result.doctrines[name] for name in dict.fromkeys((own, best))}
    people = {f"table {table.table + 1}": table.payoff for table in result.tables}
    found = headline(result)
    rivals = listed([doctrine_label(name) for name in samples])
    told = f"{found} Bars: payoffs under {rivals} in other worlds. Lines: your tables."
    chart(histogram(samples, people, UNIT, found), told)
    _numbers(result, decimals(float(result.doctrines[own].std()) / FINE))


def _numbers(result: SeatResult, digits: int) -> None:
    """The same as a table, with names and outcomes."""
    with ui.element("table").classes("numbers"):
        with ui.element("thead"):
            _row("th", "Played by", "Payoff", "Left to its doctrine", "How it ended")
        with ui.element("tbody"):
            for table in result.tables:
                who = f"Table {table.table + 1}: {listed(table.people)}"
                _row("td", who, number(table.payoff, digits), number(table.left, digits), table.outcome)
            for name, payoffs in result.doctrines.items():
                label = f"{doctrine_label(name)} (mean of {len(payoffs)} worlds)"
                _row("td", label, number(float(payoffs.mean()), digits), "", _often(result.outcomes[name]))


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
        f"In the seat of {SEAT_NAMES[result.seat]} people did better than its doctrine would have at {better} of "
        f"{count(len(result.tables), 'table')}, worse at {worse}, and the same at {same}."
    )


def _often(outcomes: dict[str, float]) -> str:
    """The likeliest outcome with its chance."""
    name = max(outcomes, key=outcomes.__getitem__)
    return f"{lower(name)} in {100 * outcomes[name]:.0f} of 100"
