"""Games under way, kept in the memory of the server by visitor, so that a reload loses nothing.

They are few and forgotten in time: whoever wants to keep a game saves it as a file.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from sim.app.seat.game import Game

MOST = 500
"""Games that are kept; the one that was played longest ago gives way."""
AGE = 12 * 3600.0
"""Seconds after which a game that nobody plays is forgotten."""


class Games:
    """The last game of each visitor.

    Parameters
    ----------
    most : int
        How many are kept.
    age : float
        Seconds that one is kept.
    now : callable
        The clock.
    """

    def __init__(self, most: int = MOST, age: float = AGE, now: Callable[[], float] = time.monotonic) -> None:
        self._most, self._age, self._now = most, age, now
        self._kept: OrderedDict[str, tuple[float, Game]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def put(self, visitor: str, game: Game) -> None:
        """Keep a visitor's game in the place of an earlier one."""
        self._kept[visitor] = (self._now(), game)
        self._kept.move_to_end(visitor)
        self._sweep()

    def get(self, visitor: str) -> Game | None:
        """A visitor's game; None if there is none any more."""
        self._sweep()
        kept = self._kept.get(visitor)
        return kept[1] if kept else None

    def forget(self, visitor: str) -> None:
        """Forget a visitor's game."""
        self._kept.pop(visitor, None)

    def _sweep(self) -> None:
        """Forget what is too old or too much; the oldest come first."""
        while self._kept:
            visitor, (since, _) = next(iter(self._kept.items()))
            if len(self._kept) <= self._most and self._now() - since <= self._age:
                return
            del self._kept[visitor]


games = Games()
"""Those of the app."""
