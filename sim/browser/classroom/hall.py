"""The rooms of this server as its pages see them: who looks at what, when months end, and who guesses codes."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable
from pathlib import Path

from nicegui import Client

from sim.basics.limits import InputError
from sim.browser.classroom.debriefs import Debriefs
from sim.teaching.classroom.clock import due
from sim.teaching.classroom.room import Room
from sim.teaching.classroom.rooms import Rooms
from sim.teaching.classroom.settings import Settings

MOST_REMEMBERED = 10_000
"""Of those whose times are kept."""
MOST_WRONG = 30
"""Wrong codes an address may try in `GUESS_WHILE` seconds: a class behind one router makes that many typing errors."""
MOST_OWN = 10
"""Those of one browser, so that one phone alone does not close the door for its class."""
GUESS_WHILE = 60.0
OPENING_WHILE = 600.0
"""Seconds for which tries and openings count."""
MOST_TRIES, MOST_OPENED = 30, 5
"""Tries and openings of one address in that time; whatever is wrong with a try, it counts before it is looked at."""
MOST_AT_ONCE = 10
"""Rooms that one address may have opened and not deleted; known until the server stops."""
MINUTE = 60.0
TICK = 0.5
"""Seconds between two looks at the clocks."""
log = logging.getLogger("doctrine.class")


class Recent:
    """Times by who it was.

    Parameters
    ----------
    most : int
        How often one may.
    seconds : float
        For which a time counts.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self.most, self.seconds = most, seconds
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def full(self, who: str, now: float) -> bool:
        """Whether somebody did it as often as he may."""
        times = self._times.get(who)
        while times and now - times[0] > self.seconds:
            times.popleft()
        return bool(times) and len(times or ()) >= self.most

    def add(self, who: str, now: float) -> None:
        """Count a time."""
        self._times.setdefault(who, deque(maxlen=self.most)).append(now)
        self._times.move_to_end(who)
        while len(self._times) > MOST_REMEMBERED:
            self._times.popitem(last=False)


class Guesses:
    """Wrong codes by the address and the browser that tried them."""

    def __init__(self) -> None:
        self._addresses, self._browsers = Recent(MOST_WRONG, GUESS_WHILE), Recent(MOST_OWN, GUESS_WHILE)

    def check(self, address: str, browser: str, now: float) -> None:
        """Let somebody try.

        Raises
        ------
        InputError
            If he, or his address, was wrong too often just now.
        """
        if self._browsers.full(browser, now):
            raise InputError(f"too many wrong codes; wait {GUESS_WHILE:.0f} seconds and try again")
        if self._addresses.full(address, now):
            raise InputError(f"too many wrong codes from your network; wait {GUESS_WHILE:.0f} seconds and try again")

    def wrong(self, address: str, browser: str, now: float) -> None:
        """Count a wrong code."""
        self._addresses.add(address, now)
        self._browsers.add(browser, now)


class Openings:
    """Openings by address."""

    def __init__(self) -> None:
        self._tries, self._opened = Recent(MOST_TRIES, OPENING_WHILE), Recent(MOST_OPENED, OPENING_WHILE)
        self._rooms: dict[str, list[Room]] = {}

    def tried(self, address: str, now: float) -> None:
        """Count a try.

        Raises
        ------
        InputError
            If it is one too many.
        """
        if self._tries.full(address, now):
            raise InputError(
                f"that was tried {MOST_TRIES} times in {OPENING_WHILE / MINUTE:.0f} minutes; wait, then try again"
            )
        self._tries.add(address, now)

    def check(self, address: str, now: float) -> None:
        """Let an address open one more.

        Raises
        ------
        InputError
            If it has as many as it may.
        """
        if self._opened.full(address, now):
            raise InputError(
                f"you have opened {MOST_OPENED} rooms in {OPENING_WHILE / MINUTE:.0f} minutes; use one of them, or wait"
            )
        here = self._rooms[address] = [room for room in self._rooms.get(address, ()) if not room.deleted]
        if len(here) >= MOST_AT_ONCE:
            raise InputError(f"{MOST_AT_ONCE} rooms have been opened from your network; delete one that is over")

    def opened(self, address: str, room: Room, now: float) -> None:
        """Count an opening."""
        self._opened.add(address, now)
        self._rooms.setdefault(address, []).append(room)


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
        self.guesses, self.openings, self.debriefs = Guesses(), Openings(), Debriefs()
        self._looking: dict[str, list[tuple[Client, Callable[[], None]]]] = defaultdict(list)
        self._stale: set[str] = set()
        self._bell = asyncio.Event()
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
        """Leave the folder to others, and what was in memory to the collector of garbage again."""
        for task in self._tasks:
            task.cancel()
        gc.unfreeze()
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

    def find(self, code: str, address: str, *secrets: str) -> Room:
        """A room by its code, for somebody who is in it, or has not guessed wrong too often.

        Parameters
        ----------
        code : str
            As somebody typed it.
        address : str
            From which it is asked.
        *secrets : str
            That of the browser, and any other by which somebody may be known to the room. What others guess at the
            same address is nothing to him.

        Raises
        ------
        InputError
            If there is none, or he has.
        """
        rooms, now, browser = self.opened(), time.time(), secrets[0] if secrets else ""
        try:
            room = rooms.find(code)
            if not any(secret and room.knows(secret) for secret in secrets):
                self.guesses.check(address, browser, now)
        except InputError:
            self.guesses.check(address, browser, now)
            self.guesses.wrong(address, browser, now)
            raise
        return room

    def knows(self, browser: str) -> bool:
        """Whether a browser is that of a student or a teacher of any room."""
        return any(room.knows(browser) for room in self.rooms or ())

    async def open(self, settings: Settings, address: str) -> tuple[Room, str]:
        """Open a room; what its settings mean is worked out beside everything else.

        Raises
        ------
        InputError, ScenarioError
            If the settings are none, or there are rooms enough.
        """
        self.openings.tried(address, time.time())
        scenario = await asyncio.to_thread(settings.resolved)
        self.openings.check(address, time.time())
        room, key = self.opened().open(settings, time.time(), scenario)
        self.openings.opened(address, room, time.time())
        return room, key

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
        """Import what tables need, and after a restart live through them again, beside everything else.

        What is in memory once all is imported stays to the end: the collector of garbage need not look at it again and
        again, which would stop forty pages at once for the moment that it takes.
        """
        await asyncio.to_thread(_prepare)
        gc.freeze()
        for room in list(self.rooms or ()):
            for group in list(room.state.groups):
                if group.months:
                    room.keep(group.number, await asyncio.to_thread(room.relived, group.number))


def _prepare() -> None:
    """Import what the first month would otherwise wait for."""
    import sim.browser.charts
    import sim.teaching.seats.briefing
    import sim.teaching.seats.table  # noqa: F401

    gc.collect()


def _safely(client: Client, refresh: Callable[[], None]) -> None:
    """Refresh one page; what goes wrong there concerns no other."""
    try:
        with client:
            refresh()
    except Exception:
        log.exception("a page of a class could not be refreshed")
