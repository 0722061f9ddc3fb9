"""The rooms of this server as its pages see them: who looks at what, when months end, and who guesses codes."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections import defaultdict, deque
from collections.abc import Callable
from pathlib import Path

from nicegui import Client

from sim.app.classroom.debriefs import Debriefs
from sim.app.classroom.guesses import Guesses
from sim.classroom.clock import due
from sim.classroom.room import Room
from sim.classroom.rooms import Rooms
from sim.limits import InputError

TICK = 0.5
"""Seconds between two looks at the clocks."""
RECENT = 600.0
"""Seconds for which a client's openings of rooms count."""
OPENINGS = 5
"""Rooms that one address may open in that time."""
log = logging.getLogger("doctrine.class")


class Hall:
    """All rooms, and the pages that show them.

    Parameters
    ----------
    folder : Path
        Where the rooms are kept.

    Attributes
    ----------
    rooms : Rooms, optional
        None if the folder cannot be used; then `trouble` says why.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.rooms, self.trouble = folder, None, ""
        self.guesses, self.debriefs = Guesses(), Debriefs()
        self._looking: dict[str, list[tuple[Client, Callable[[], None]]]] = defaultdict(list)
        self._stale: set[str] = set()
        self._bell = asyncio.Event()
        self._opened: dict[str, deque[float]] = defaultdict(deque)
        self._tasks: list[asyncio.Task[None]] = []

    rooms: Rooms | None

    async def start(self) -> None:
        """Resume the rooms, and set the clocks going."""
        try:
            self.rooms = Rooms(self.folder, time.time())
        except InputError as error:
            self.trouble = str(error)
            log.warning("%s", error)
            return
        for note in self.rooms.notes:
            log.warning("%s", note)
        self._bell = asyncio.Event()
        self._tasks = [asyncio.create_task(task()) for task in (self._relive, self._watch_clocks, self._tell)]

    async def stop(self) -> None:
        """Leave the folder to others."""
        for task in self._tasks:
            task.cancel()
        if self.rooms is not None:
            self.rooms.close()

    def opened(self) -> Rooms:
        """The rooms.

        Raises
        ------
        InputError
            If this server has none.
        """
        if self.rooms is None:
            raise InputError(self.trouble or "the rooms are not ready yet; try again in a moment")
        return self.rooms

    def find(self, code: str, address: str) -> Room:
        """A room by its code, for somebody who has not guessed wrong too often.

        Raises
        ------
        InputError
            If there is none, or he has.
        """
        rooms, now = self.opened(), time.time()
        self.guesses.check(address, now)
        try:
            return rooms.find(code)
        except InputError:
            self.guesses.wrong(address, now)
            raise

    def may_open(self, address: str) -> None:
        """Count an opening.

        Raises
        ------
        InputError
            If this address opened too many just now.
        """
        now, times = time.time(), self._opened[address]
        while times and now - times[0] > RECENT:
            times.popleft()
        if len(times) >= OPENINGS:
            raise InputError(f"you have opened {OPENINGS} rooms in ten minutes; use one of them, or wait")
        times.append(now)

    def delete(self, room: Room) -> None:
        """Remove a room, and tell its pages."""
        self.opened().delete(room.code)
        self.changed(room)

    # ---- pages

    def look(self, room: Room, client: Client, refresh: Callable[[], None]) -> None:
        """Have a page told whenever something in its room has changed, as long as it lives."""
        entry = (client, refresh)
        self._looking[room.code].append(entry)
        client.on_delete(lambda: self._forget(room.code, entry))

    def _forget(self, code: str, entry: tuple[Client, Callable[[], None]]) -> None:
        if entry in self._looking.get(code, ()):
            self._looking[code].remove(entry)

    def changed(self, room: Room) -> None:
        """Tell all pages of a room, soon and once however much changes."""
        self._stale.add(room.code)
        self._bell.set()

    async def _tell(self) -> None:
        """Refresh pages one by one, so that nobody waits for all of them."""
        while True:
            await self._bell.wait()
            self._bell.clear()
            codes, self._stale = self._stale, set()
            for code in codes:
                for client, refresh in list(self._looking.get(code, ())):
                    if not client.is_deleted:
                        _safely(client, refresh)
                        await asyncio.sleep(0)

    # ---- months

    async def advance(self, room: Room, tables: list[int]) -> None:
        """End the months of some tables, one after another, letting others in between."""
        for table in tables:
            room.advance(table, time.time())
            self.changed(room)
            await asyncio.sleep(0)

    async def _watch_clocks(self) -> None:
        while True:
            for room in list(self.rooms or ()):
                try:
                    await self.advance(room, due(room, time.time()))
                except Exception:
                    log.exception("room %s: a month could not be ended", room.code)
            await asyncio.sleep(TICK)

    async def _relive(self) -> None:
        """Import what tables need, and after a restart live through them again, beside everything else."""
        await asyncio.to_thread(_prepare)
        for room in list(self.rooms or ()):
            for group in list(room.state.groups):
                if group.months:
                    room.keep(group.number, await asyncio.to_thread(room.relived, group.number))


def _prepare() -> None:
    """Import what the first month would otherwise wait for.

    What is in memory then stays to the end: the collector of garbage need not look at it again and again, which would
    stop forty pages at once for the moment that it takes.
    """
    import sim.app.charts
    import sim.seats.briefing
    import sim.seats.table  # noqa: F401

    gc.collect()
    gc.freeze()


def _safely(client: Client, refresh: Callable[[], None]) -> None:
    """Refresh one page; what goes wrong there concerns no other."""
    try:
        with client:
            refresh()
    except Exception:
        log.exception("a page of a class could not be refreshed")
