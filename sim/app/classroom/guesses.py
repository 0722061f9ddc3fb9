"""How often codes may be guessed: enough for typing errors of a class, far too seldom to find a room."""

from __future__ import annotations

from collections import OrderedDict, deque

from sim.limits import InputError

MOST_WRONG = 30
"""Wrong codes an address may try in `WHILE` seconds: a class behind one router makes that many typing errors."""
WHILE = 60.0
MOST_ADDRESSES = 10_000
"""Addresses that are remembered."""


class Guesses:
    """Wrong codes by the address that tried them."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()

    def check(self, address: str, now: float) -> None:
        """Let an address try.

        Raises
        ------
        InputError
            If it was wrong too often just now.
        """
        times = self._wrong.get(address)
        while times and now - times[0] > WHILE:
            times.popleft()
        if times and len(times) >= MOST_WRONG:
            raise InputError(f"too many wrong codes from your network; wait {WHILE:.0f} seconds and try again")

    def wrong(self, address: str, now: float) -> None:
        """Count a wrong code."""
        self._wrong.setdefault(address, deque()).append(now)
        self._wrong.move_to_end(address)
        while len(self._wrong) > MOST_ADDRESSES:
            self._wrong.popitem(last=False)
