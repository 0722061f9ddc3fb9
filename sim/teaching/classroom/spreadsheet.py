"""What was played as a table for a spreadsheet or R: one row a table, month and seat, as comma-separated values."""

from __future__ import annotations

import csv as comma_separated
import io
from collections.abc import Iterator
from typing import Any

from sim.ensemble import Progress
from sim.teaching.classroom.class_payoffs import Played, PlayedTable, payoff
from sim.teaching.seats.orders import ORDERS, SEATS
from sim.teaching.seats.table import SeatedWorld

OUTCOMES = ("russian_held_share", "us_allocation", "europe_contribution", "talks", "settled", "relapsed", "truce")
"""What the public could see of a month; as in the columns of `sim.teaching.seats.table.SeatedWorld.series`."""
ORDER_NAMES = tuple(dict.fromkeys(order.name for seat in SEATS for order in ORDERS[seat]))
COLUMNS = (
    "table",
    "world",
    "month",
    "seat",
    "played_by",
    "name",
    *(f"order_{name}" for name in ORDER_NAMES),
    *OUTCOMES,
    "payoff",
)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a text begins that a spreadsheet would take for a formula: some take the full-width signs for the others."""
PERSON, DOCTRINE = "person", "doctrine"


def csv(room: Played, progress: Progress | None = None) -> str:
    """The table as text; `payoff` is that of the whole world, discounted utility a month, and repeats in every month.

    Parameters
    ----------
    room : Played
        What was played. Months that are missing at a table have no rows; for the payoff doctrines play them.
    progress : callable, optional
        Called with (tables done, tables in all).
    """
    text = io.StringIO()
    writer = comma_separated.writer(text, quoting=comma_separated.QUOTE_NONNUMERIC)
    writer.writerow(COLUMNS)
    for done, table in enumerate(room.tables, start=1):
        writer.writerows([harmless(cell) for cell in row] for row in _rows(room, table))
        if progress is not None:
            progress(done, len(room.tables))
    return text.getvalue()


def harmless(cell: Any) -> Any:
    r"""A cell that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless(-1.5)
    ("'=1+1", -1.5)
    >>> harmless("\uff1d1+1")[0], harmless("\t=1+1")[0]
    ("'", "'")
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(DANGEROUS) else cell


def _rows(room: Played, table: PlayedTable) -> Iterator[list[Any]]:
    lived = SeatedWorld(room.scenario, room.seed, table.world, table.months)
    payoffs = {seat: payoff(room, table, seat) for seat in SEATS}
    for place, (orders, names) in enumerate(zip(table.months, table.players, strict=True)):
        seen = [lived.series[name][place] for name in OUTCOMES]
        for seat in SEATS:
            yield [
                table.number + 1,
                table.world,
                room.scenario.calendar[place],
                seat,
                PERSON if seat in names else DOCTRINE,
                names.get(seat, ""),
                *(orders.get(seat, {}).get(name, "") for name in ORDER_NAMES),
                *seen,
                payoffs[seat],
            ]
