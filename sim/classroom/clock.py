"""When a month ends: everybody has ordered, or the time is up."""

from __future__ import annotations

from sim.classroom.room import Room


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
