"""When a month ends: everybody who is there has ordered, or the time is up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.teaching.classroom.bounds import GRACE

if TYPE_CHECKING:
    from sim.teaching.classroom.room import Room


class Presence:
    """Open pages by student's number.

    Parameters
    ----------
    now : float
        Since when; whoever has not shown up yet counts as gone since then.
    """

    def __init__(self, now: float) -> None:
        self._began = now
        self._pages: dict[int, int] = {}
        self._left: dict[int, float] = {}

    def arrived(self, student: int) -> None:
        """Count one more open page."""
        self._pages[student] = self._pages.get(student, 0) + 1

    def left(self, student: int, now: float) -> None:
        """Count one page less."""
        self._pages[student] = max(self._pages.get(student, 0) - 1, 0)
        if not self._pages[student]:
            self._left[student] = now

    def here(self, student: int) -> bool:
        """Whether a page is open."""
        return self._pages.get(student, 0) > 0

    def awaited(self, student: int, now: float) -> bool:
        """Whether the table waits: a page is open, or was until a moment ago."""
        return self.here(student) or now - self._left.get(student, self._began) <= GRACE


def due(room: Room, now: float) -> list[int]:
    """Tables whose month ends now."""
    if room.state.stopped is not None or room.state.ended:
        return []
    return [group.number for group in room.state.groups if _ends(room, group.number, now)]


def _ends(room: Room, table: int, now: float) -> bool:
    group = room.state.groups[table]
    if room.state.over(table) or not group.sitters:
        return False
    if group.orders and not waiting(room, table, now):
        return True
    left = remaining(room, table, now)
    return left is not None and left <= 0.0 and attended(room, table, now)


def waiting(room: Room, table: int, now: float) -> list[str]:
    """Seats whose people are awaited and have not ordered."""
    group = room.state.groups[table]
    return [
        seat
        for seat, student in group.sitters.items()
        if seat not in group.orders and room.presence.awaited(student, now)
    ]


def attended(room: Room, table: int, now: float) -> bool:
    """Whether anybody at a table is there; one that all have left stands still until somebody comes back."""
    group = room.state.groups[table]
    return any(room.presence.awaited(student, now) for student in group.sitters.values())


def remaining(room: Room, table: int, now: float) -> float | None:
    """Seconds that are left of a table's month, perhaps less than none; None without a clock."""
    clock = room.state.settings.clock
    return None if clock is None else clock - (room.state.clock(now) - room.state.groups[table].opened)
