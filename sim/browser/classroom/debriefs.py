"""Debriefs of a class: each computed once, in another process, whoever looks at it and however often."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import NamedTuple

from sim.basics.limits import InputError
from sim.browser.runs import runs
from sim.browser.seat.debrief_sentences import judged
from sim.teaching.classroom.room import Room
from sim.teaching.seats.debrief import Debrief
from sim.teaching.seats.table import SeatedWorld

WORLDS = 200
"""Other worlds in which each doctrine is run: half as many as for one person alone, for forty ask at once."""
MOST_KEPT = 500
"""Debriefs that are kept: those of a few classes, some hundred kilobytes each at most."""
PERCENT = 100


PlayedOut = tuple[Debrief, SeatedWorld]
"""A debrief, and its table played to the end by the doctrines."""


class Which(NamedTuple):
    """Which debrief: it changes with every month that is played."""

    code: str
    table: int
    seat: str
    months: int


class Debriefs:
    """Those that are computed or under way."""

    def __init__(self) -> None:
        self._tasks: OrderedDict[Which, asyncio.Task[PlayedOut]] = OrderedDict()
        self._far: dict[Which, int] = {}

    def ask(self, room: Room, table: int, seat: str) -> Which:
        """Have a debrief computed, unless it is there or under way; call it from the server's loop."""
        which = Which(room.code, table, seat, len(room.state.groups[table].months))
        if which not in self._tasks:
            self._tasks[which] = asyncio.create_task(self._compute(which, room))
            self._forget_old()
        return which

    def found(self, which: Which) -> PlayedOut | None:
        """A debrief, if it is there.

        Raises
        ------
        Exception
            If it could not be computed; who asks for it next starts it again.
        """
        task = self._tasks.get(which)
        if task is None:
            raise InputError("the debrief could not be computed")
        if not task.done():
            return None
        if task.cancelled() or task.exception() is not None:
            del self._tasks[which]
        return task.result()

    def told(self, which: Which) -> str:
        """How far it is."""
        ahead = runs.ahead(self._client(which))
        if ahead:
            return f"Your debrief waits for {ahead} others."
        return f"Your debrief is being computed: {self._far.get(which, 0)} %."

    async def _compute(self, which: Which, room: Room) -> PlayedOut:
        def tell(done: int, whole: int) -> None:
            self._far[which] = PERCENT * done // max(whole, 1)

        try:
            table = room.table(which.table)
            return await runs.ask(self._client(which), judged, table, which.seat, WORLDS, on_progress=tell, first=True)
        finally:
            self._far.pop(which, None)

    def _client(self, which: Which) -> str:
        return f"class {which.code} {which.table} {which.seat} {which.months}"

    def _forget_old(self) -> None:
        while len(self._tasks) > MOST_KEPT:
            _, task = self._tasks.popitem(last=False)
            task.cancel()
