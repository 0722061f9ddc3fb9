"""What a class got out of its seats, all tables together, against the seats' doctrines.

Each doctrine of a seat is run in the same worlds, drawn once for the room and not those of its tables. Months that a
table did not play are played by the doctrines, as in its seats that nobody took.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.basics.draws import Draws
from sim.ensemble import Progress
from sim.teaching.classroom.bounds import MOST_TABLES
from sim.teaching.classroom.room import Room
from sim.teaching.seats.debrief import doctrines
from sim.teaching.seats.orders import Orders
from sim.teaching.seats.payoff import Tell, Worlds, by_orders, counter, in_blocks, outcome_shares
from sim.world.settlement import OUTCOME_NAMES, Outcome

if TYPE_CHECKING:
    from sim.scenario import Scenario

HALF = 0.5
"""Share of the months from which a seat counts as played by people."""


class PlayedTable(NamedTuple):
    """One table: months by seat of what was ordered, and names of who ordered it."""

    number: int
    world: int
    months: tuple[dict[str, Orders], ...]
    players: tuple[dict[str, str], ...]

    def people(self, seat: str) -> tuple[str, ...]:
        """Who played a seat, in the order in which they came."""
        return tuple(dict.fromkeys(names[seat] for names in self.players if seat in names))

    def share(self, seat: str) -> float:
        """Share of the months over that people played from a seat."""
        return sum(seat in names for names in self.players) / len(self.players) if self.players else 0.0


class Played(NamedTuple):
    """A room's tables that have played at least one month."""

    scenario: Scenario
    seed: int
    seats: tuple[str, ...]
    tables: tuple[PlayedTable, ...]

    def by_people(self, seat: str) -> list[PlayedTable]:
        """Tables at which people played a seat for at least half of the months."""
        return [table for table in self.tables if table.share(seat) >= HALF]


def played(room: Room) -> Played:
    """What has been played in a room so far."""
    state = room.state
    tables = tuple(
        PlayedTable(
            group.number,
            state.settings.world(group.number),
            tuple(dict(month) for month in group.months),
            tuple({seat: state.students[who].name for seat, who in names.items()} for names in group.players),
        )
        for group in state.groups
        if group.months
    )
    return Played(room.scenario, state.settings.seed, state.settings.seats, tables)


WORLDS = 300
"""Worlds in which each doctrine is run."""
FIRST = MOST_TABLES
"""The first of them: those before are the tables'."""


class TableResult(NamedTuple):
    """What a seat got at one table.

    Attributes
    ----------
    table : int
        Counted from 0.
    people : tuple of str
        Who played the seat.
    share : float
        Of the months over, those that people played from this seat.
    payoff : float
        Discounted utility a month.
    left : float
        The same world had the seat been left to its doctrine, with the orders of the other seats as they were.
    outcome : str
        How the world ended.
    """

    table: int
    people: tuple[str, ...]
    share: float
    payoff: float
    left: float
    outcome: str


class SeatResult(NamedTuple):
    """What people and doctrines got out of a seat.

    Attributes
    ----------
    seat : str
    tables : tuple of TableResult
        Tables at which people played it for at least half of the months.
    doctrines : dict of str to array (WORLDS,)
        Payoff by doctrine of the seat; the scenario's own doctrine comes first.
    outcomes : dict of str to dict of str to float
        Shares of outcomes by doctrine.
    """

    seat: str
    tables: tuple[TableResult, ...]
    doctrines: dict[str, NDArray[np.floating[Any]]]
    outcomes: dict[str, dict[str, float]]


def pooled(room: Played, worlds: int = WORLDS, progress: Progress | None = None) -> tuple[SeatResult, ...]:
    """Pool the tables of a room; seats that people played nowhere are left out.

    Parameters
    ----------
    room : Played
        What was played.
    worlds : int
        How many worlds each doctrine is run in.
    progress : callable, optional
        Called with (worlds done, worlds in all).
    """
    seats = [seat for seat in room.seats if room.by_people(seat)]
    whole = sum(2 * len(room.by_people(seat)) + worlds * len(doctrines(room.scenario, seat)) for seat in seats)
    tell = counter(progress, whole)
    return tuple(_seat(room, seat, worlds, tell) for seat in seats)


def payoff(room: Played, table: PlayedTable, seat: str) -> float:
    """What the world of a table was worth to a seat: discounted utility a month."""
    return float(_lived(room, table, seat, table.months).payoff[0])


def rows(results: tuple[SeatResult, ...]) -> Iterator[dict[str, Any]]:
    """The results as one plain table: a row a seat and table, then a row a seat and doctrine."""
    for result in results:
        for table in result.tables:
            yield {
                "seat": result.seat,
                "played by": f"table {table.table + 1}",
                "payoff": table.payoff,
                "left to its doctrine": table.left,
                "outcome": table.outcome,
            }
        for name, payoffs in result.doctrines.items():
            yield {"seat": result.seat, "played by": name, "payoff": float(payoffs.mean())}


def _seat(room: Played, seat: str, worlds: int, tell: Tell) -> SeatResult:
    tables = tuple(_table(room, table, seat, tell) for table in room.by_people(seat))
    drawn = range(FIRST, FIRST + worlds)
    found = {
        label: in_blocks(rival, seat, room.scenario, room.seed, drawn, tell)
        for label, rival in doctrines(room.scenario, seat).items()
    }
    return SeatResult(
        seat,
        tables,
        {label: each.payoff for label, each in found.items()},
        {label: outcome_shares(each.outcome) for label, each in found.items()},
    )


def _table(room: Played, table: PlayedTable, seat: str, tell: Tell) -> TableResult:
    lived = _lived(room, table, seat, table.months)
    without = [{other: orders for other, orders in month.items() if other != seat} for month in table.months]
    left = _lived(room, table, seat, without)
    tell(2)
    return TableResult(
        table.number,
        table.people(seat),
        table.share(seat),
        float(lived.payoff[0]),
        float(left.payoff[0]),
        OUTCOME_NAMES[Outcome(int(lived.outcome[0]))],
    )


def _lived(room: Played, table: PlayedTable, seat: str, months: Any) -> Worlds:
    return by_orders(room.scenario, seat, Draws(room.seed, table.world, table.world + 1), months)
