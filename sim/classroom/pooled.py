"""The tables of a class together: what people got out of each seat, against its doctrines.

Each doctrine of a seat is run in the same worlds, drawn once for the room and not those of its tables. Months that a
table did not play are played by the doctrines, as in its seats that nobody took.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.arrays import Array
from sim.classroom.bounds import MOST_TABLES
from sim.classroom.played import Played, PlayedTable
from sim.draws import Draws
from sim.ensemble import Progress
from sim.seats.debrief import doctrines
from sim.seats.payoff import Worlds, by_doctrine, by_orders
from sim.world.settlement import OUTCOME_NAMES, Outcome

WORLDS = 300
"""Worlds in which each doctrine is run."""
FIRST = MOST_TABLES
"""The first of them: those before are the tables'."""
BLOCK = 100
"""Worlds lived through between two reports of progress."""


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
    tell = _told(progress, whole)
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


def _seat(room: Played, seat: str, worlds: int, tell: Callable[[int], None]) -> SeatResult:
    tables = tuple(_table(room, table, seat, tell) for table in room.by_people(seat))
    found = {label: _joined(room, rival, seat, worlds, tell) for label, rival in doctrines(room.scenario, seat).items()}
    return SeatResult(
        seat,
        tables,
        {label: payoffs for label, (payoffs, _) in found.items()},
        {label: _shares(outcomes) for label, (_, outcomes) in found.items()},
    )


def _table(room: Played, table: PlayedTable, seat: str, tell: Callable[[int], None]) -> TableResult:
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


def _joined(room: Played, rival: Any, seat: str, worlds: int, tell: Callable[[int], None]) -> tuple[Array, Array]:
    """Payoffs and outcomes of a doctrine in the room's worlds."""
    found = []
    for start in range(FIRST, FIRST + worlds, BLOCK):
        stop = min(start + BLOCK, FIRST + worlds)
        found.append(by_doctrine(rival, seat, room.scenario, room.seed, start, stop))
        tell(stop - start)
    return np.concatenate([part.payoff for part in found]), np.concatenate([part.outcome for part in found])


def _shares(outcomes: Array) -> dict[str, float]:
    return {name: float(np.mean(outcomes == place)) for place, name in OUTCOME_NAMES.items()}


def _told(progress: Progress | None, whole: int) -> Callable[[int], None]:
    """What counts worlds; `whole` of them in all."""
    done = 0

    def tell(worlds: int) -> None:
        nonlocal done
        done += worlds
        if progress is not None:
            progress(done, whole)

    return tell
