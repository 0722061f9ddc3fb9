"""How much of the server anyone may have: the numbers with their reasons, budgets, places, and turns.

Places are for pages and connections: so many for strangers, shared by their addresses, and as many kept for the known.
Only who has shaken hands holds his place against others. Where all are taken, whoever came and did not introduce
himself gives way, of the address that holds most: so no number of idle connections shuts anybody out, and an address
that takes much pays for it alone.

Pages and messages wait for their turn. Whoever belongs to a class goes first. Strangers take turns by address, and
after each of theirs the server rests from them as long as that took: together they get half of its time at most,
however many they are and whatever they send.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from sim.browser.guard.visitors import Visitor


class Bounds(NamedTuple):
    """How many places there are: for one known browser, for strangers of an address, for all of either kind."""

    a_browser: int
    an_address: int
    strangers: int
    known: int


MOST_BYTES = 262_144
"""Of one message or request: a saved game that is opened may have 64,000 characters, which are quoted twice."""
MESSAGES_A_SECOND, MESSAGES_AT_ONCE = 40.0, 240.0
"""Of one connection: a slider that is dragged sends twenty a second."""
BYTES_A_SECOND, BYTES_AT_ONCE = 65_536.0, 524_288.0
"""Of the messages of one connection: a saved game or two at once, and clicks and texts after that."""
LONGEST_EVENT = 4096
"""Characters of what the browser tells of one event, unless its field takes a longer text; the fullest have 1,500."""
PAGES_A_SECOND, PAGES_AT_ONCE = 20.0, 240.0
"""Of one address: a class of forty behind one router opens its pages in the same second, some of them twice."""
PLACES = Bounds(a_browser=12, an_address=120, strangers=300, known=300)
"""Pages held in memory, open or just left, and as many connections of pages: of the browser of a student, a teacher or
the owner; of strangers at one address, such as a class of forty that arrives with three tabs each; of all strangers;
and of all who are known, such as three classes. A page that was left is kept for a minute in case its browser returns.
"""
CONNECTIONS_AN_ADDRESS, CONNECTIONS_IN_ALL = 400, 1000
"""Connections that wait for a request or have one answered: each browser opens about six while it loads a page."""
BACKLOG = 256
"""Connections that the system keeps until the server takes them, all of them at once."""
PATIENCE = 15.0
"""Seconds that a browser has to finish a request it began."""
SILENCE = 30.0
"""Seconds that a page has to introduce itself over the connection that it opened."""
SLOWEST = 60.0
"""Seconds that a browser may take to fetch the part of an answer that was sent already."""
MOST_WAITING, LONGEST_WAIT = 120, 20.0
"""Pages of one address that wait to be made, and seconds that they do: a class that arrives is served in ten."""
STOP = 5.0
"""Seconds that the server finishes what it is at when it is stopped."""
LONGEST_TURN = 0.25
"""Seconds for which the others wait for what has its turn and waits itself."""
DEEPEST = 16
"""Levels of lists within lists in a message: the events of a browser have three."""
KEPT_MESSAGES = 50
"""Messages that are sent again to a browser that lost its connection; one that missed more loads its page anew."""
LONGEST_REASON = 120
"""Bytes of the reason when a connection is closed: a WebSocket allows 123."""
REMEMBERED = 1000
"""Addresses whose budgets are kept before those are dropped that have been quiet long enough to be full again."""


class Budget:
    """What may be spent at once, refilled at a steady rate (a token bucket).

    Parameters
    ----------
    rate : float
        Refill in units a second.
    most : float
        Units that it holds when full.
    clock : callable
        The time in seconds.
    """

    def __init__(self, rate: float, most: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate, self.most, self.clock = rate, most, clock
        self.left, self.since = most, clock()

    def spend(self, units: float = 1.0) -> bool:
        """Spend some units; False if there are not so many, and then none is spent."""
        self._refill()
        if self.left < units:
            return False
        self.left -= units
        return True

    @property
    def full(self) -> bool:
        """Whether nothing of it is spent."""
        self._refill()
        return self.left >= self.most

    def _refill(self) -> None:
        now = self.clock()
        self.left = min(self.most, self.left + (now - self.since) * self.rate)
        self.since = now


class Budgets:
    """A budget for each of many spenders, such as addresses; it forgets those that are full when there are many."""

    def __init__(self, rate: float, most: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate, self.most, self.clock = rate, most, clock
        self.of: dict[str, Budget] = {}

    def spend(self, who: str) -> bool:
        """Spend one unit of somebody's; False if there is none."""
        if who not in self.of:
            if len(self.of) >= REMEMBERED:
                self.of = {name: budget for name, budget in self.of.items() if not budget.full}
            self.of[who] = Budget(self.rate, self.most, self.clock)
        return self.of[who].spend()


class Holder(NamedTuple):
    """Who has a place.

    Attributes
    ----------
    visitor : Visitor
    settled : bool
        Whether hands were shaken.
    since : float
        When it was taken.
    leave : callable
        Gives it up.
    """

    visitor: Visitor
    settled: bool
    since: float
    leave: Callable[[], object]


class FullError(Exception):
    """There is no place, and nobody who must give way."""


def make_place(asking: Visitor, holders: Iterable[Holder], bounds: Bounds) -> None:
    """Make sure that there is a place; somebody else may lose his for it.

    Raises
    ------
    FullError
        If there is none.
    """
    everybody = list(holders)
    known = [holder for holder in everybody if holder.visitor.known]
    mine = [holder for holder in everybody if holder.visitor.key == asking.key]
    if asking.known:
        if len(mine) >= bounds.a_browser:
            _first(mine).leave()
        elif len(known) >= bounds.known:
            raise FullError
        return
    if len(mine) >= bounds.an_address:
        _idle(mine).leave()
    elif len(everybody) - len(known) >= bounds.strangers:
        _most([holder for holder in everybody if not holder.visitor.known], len(mine)).leave()


def _most(strangers: list[Holder], mine: int) -> Holder:
    """Who gives way of the address that holds most, if it holds more than the one that asks would."""
    ((address, most),) = Counter(holder.visitor.address for holder in strangers).most_common(1)
    theirs = [holder for holder in strangers if holder.visitor.address == address]
    return _first(theirs) if most > mine + 1 else _idle(strangers)


def _idle(holders: list[Holder]) -> Holder:
    """Who came first of those who have not shaken hands."""
    idle = [holder for holder in holders if not holder.settled]
    if not idle:
        raise FullError
    return _first(idle)


def _first(holders: list[Holder]) -> Holder:
    return min(holders, key=lambda holder: (holder.settled, holder.since))


class BusyError(Exception):
    """Too many wait already, or waited for too long."""


@dataclass(eq=False)
class Turn:
    """A turn that somebody waits for, or has."""

    visitor: Visitor
    later: bool
    granted: asyncio.Future[None]
    began: float = 0.0
    over: bool = False


current: ContextVar[Turn | None] = ContextVar("turn", default=None)
"""The turn within which something is done; what it starts for later sees that it is over."""


class Turns:
    """Grants turns.

    Parameters
    ----------
    clock, work : callable
        The time, and the time that the processor has worked on this thread, in seconds.
    """

    def __init__(
        self, clock: Callable[[], float] = time.perf_counter, work: Callable[[], float] = time.thread_time
    ) -> None:
        self._clock, self._work = clock, work
        self._waiting: list[Turn] = []
        self._having: Turn | None = None
        self._rested = 0.0
        self._alarm: asyncio.TimerHandle | None = None
        self._last: OrderedDict[str, int] = OrderedDict()
        self._numbers = count()

    @asynccontextmanager
    async def turn(self, visitor: Visitor, later: bool = False) -> AsyncIterator[Callable[[], None]]:
        """Wait for a turn, and have it in the block, or until what is handed out is called, or for `LONGEST_TURN`.

        Within a turn there is no other to wait for.

        Parameters
        ----------
        visitor : Visitor
            Whose turn it is.
        later : bool
            Whether others of the same address go first: a message is answered before a page is made. So many may
            wait for it.

        Raises
        ------
        BusyError
            If there is no turn for what is to be done later.
        """
        outer = current.get()
        if outer is not None and not outer.over:
            yield lambda: None
            return
        if later and sum(turn.visitor.key == visitor.key for turn in self._waiting) >= MOST_WAITING:
            raise BusyError
        mine = Turn(visitor, later, asyncio.get_running_loop().create_future())
        self._waiting.append(mine)
        self._grant()
        try:
            await self._granted(mine)
            token = current.set(mine)
            alarm = asyncio.get_running_loop().call_later(LONGEST_TURN, self._end, mine)
            try:
                yield lambda: self._end(mine)
            finally:
                alarm.cancel()
                current.reset(token)
        finally:
            self._end(mine)

    async def _granted(self, turn: Turn) -> None:
        try:
            async with asyncio.timeout(LONGEST_WAIT if turn.later else None):
                await turn.granted
        except TimeoutError:
            raise BusyError from None

    def _end(self, turn: Turn) -> None:
        """Take a turn back, and grant the next."""
        if turn.over:
            return
        turn.over = True
        if turn is self._having:
            self._having = None
            if not turn.visitor.known:
                self._rested = self._clock() + self._work() - turn.began
        else:
            self._waiting.remove(turn)
        self._grant()

    def _grant(self) -> None:
        """Grant the next turn, if it may be granted now."""
        if self._having is not None or not self._waiting:
            return
        known = [turn for turn in self._waiting if turn.visitor.known]
        left = 0.0 if known else self._rested - self._clock()
        if left > 0.0:
            if self._alarm is None:
                self._alarm = asyncio.get_running_loop().call_later(left, self._awake)
            return
        self._have(min(known or self._waiting, key=lambda turn: (self._last.get(turn.visitor.key, -1), turn.later)))

    def _awake(self) -> None:
        self._alarm = None
        self._grant()

    def _have(self, turn: Turn) -> None:
        self._waiting.remove(turn)
        self._having, turn.began = turn, self._work()
        self._last[turn.visitor.key] = next(self._numbers)
        self._last.move_to_end(turn.visitor.key)
        while len(self._last) > REMEMBERED:
            self._last.popitem(last=False)
        if not turn.granted.done():  # whoever has just gone ends his turn at once
            turn.granted.set_result(None)


turns = Turns()
"""Those of the server."""
