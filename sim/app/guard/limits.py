"""How much one browser, one address and all together may ask of the server, each number with its reason."""

from __future__ import annotations

import time
from collections.abc import Callable

MOST_BYTES = 262_144
"""Of one message or request: a saved game that is opened may have 64,000 characters, which are quoted twice."""
MESSAGES_A_SECOND, MESSAGES_AT_ONCE = 40.0, 240.0
"""Of one connection: a slider that is dragged sends twenty a second."""
PAGES_A_SECOND, PAGES_AT_ONCE = 20.0, 240.0
"""Of one address: a class of forty behind one router opens its pages in the same second, some of them twice."""
PAGES_AN_ADDRESS, PAGES_IN_ALL = 300, 500
"""Pages held in memory, open or just left: a page that was left is kept for a minute in case its browser comes back."""
SOCKETS_AN_ADDRESS, SOCKETS_IN_ALL = 200, 400
"""Connections of open pages: a class of forty with some tabs each."""
CONNECTIONS_IN_ALL = 1000
"""Connections of all kinds: each browser opens about six while it loads a page."""
PATIENCE = 15.0
"""Seconds that a browser has to finish a request it began."""
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

    def spend(self) -> bool:
        """Spend one unit; False if there is none."""
        self._refill()
        if self.left < 1:
            return False
        self.left -= 1
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
