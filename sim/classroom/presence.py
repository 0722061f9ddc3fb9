"""Who has a page of the room open: this is not in the journal, for phones come and go all the time."""

from __future__ import annotations

from sim.classroom.bounds import GRACE


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
