"""What was played in a room, as data that travels to another process: all that results are computed from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sim.classroom.room import Room
from sim.seats.orders import Orders

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
