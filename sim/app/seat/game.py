"""A game: a frozen record of who sits where in which world, and what was ordered; its link, its file, its table.

The table is a function of the record alone, so whoever has the file has the game, to the last digit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from sim.app.links import base, pairs
from sim.limits import InputError
from sim.mistakes import shown, unknown
from sim.presets import PRESETS
from sim.scenario import ACTORS, Scenario
from sim.seats.orders import SEATS, Orders, checked
from sim.seats.table import Table

PATH = "/seat"
CLOCKS = {0: "no clock", 30: "30 seconds", 60: "60 seconds", 120: "120 seconds"}
"""Seconds to decide a month."""
LARGEST_SEED = 999_999
WORLD = 0
"""Of a seed's worlds, the one that is played; the debrief compares with those that follow."""
MARK, VERSION = "doctrine-sim game", 1
"""What a file opens with, and the version of its rules."""
LONGEST_LINK, LONGEST_FILE = 500, 64_000
"""Characters; a full game is a tenth of the second."""
WHOLE = re.compile(r"[0-9]{1,6}")
NUMBERS = ("seed", "clock")


@dataclass(frozen=True)
class Game:
    """One game.

    Attributes
    ----------
    scenario : str
        Name of a shipped scenario.
    seat : str
        Where the player sits, one of `sim.seats.orders.SEATS`.
    us, congress, europe, ukraine, russia : str
        Preset that holds from the first month on; empty where the scenario's own doctrine does. That of the seat
        advises the player, and its goals are the player's.
    seed : int
        Which luck.
    clock : int
        Seconds to decide a month, one of `CLOCKS`; 0 for no clock.
    months : tuple of (Orders or None)
        What was ordered in the months that are over; None where the doctrine decided alone.
    ended : bool
        Whether the player has ended it before the last month.
    """

    scenario: str = "outlook"
    seat: str = "us"
    us: str = ""
    congress: str = ""
    europe: str = ""
    ukraine: str = ""
    russia: str = ""
    seed: int = 1
    clock: int = 0
    months: tuple[Orders | None, ...] = ()
    ended: bool = False

    def __hash__(self) -> int:
        return hash(self.text())

    def with_(self, **changes: Any) -> Game:
        """The same with other choices."""
        return replace(self, **changes)

    def after(self, orders: Orders | None) -> Game:
        """The game a month later."""
        return replace(self, months=(*self.months, orders))

    def anew(self) -> Game:
        """The same game before its first month."""
        return replace(self, months=(), ended=False)

    def check(self) -> None:
        """Say what is wrong.

        Raises
        ------
        InputError
            If any choice or order cannot be had.
        """
        base(self.scenario)
        if self.seat not in SEATS:
            raise InputError(unknown("seat", self.seat, SEATS))
        for actor in ACTORS:
            if getattr(self, actor) not in ("", *PRESETS[actor]):
                raise InputError(f"{actor}: {unknown('doctrine', getattr(self, actor), PRESETS[actor])}")
        if not _whole(self.seed) or not 0 <= self.seed <= LARGEST_SEED:
            raise InputError(f"seed: must be a whole number from 0 to {LARGEST_SEED:,}, got {shown(self.seed)}")
        if not _whole(self.clock) or self.clock not in CLOCKS:
            raise InputError(f"clock: must be one of {', '.join(map(str, CLOCKS))}, got {shown(self.clock)}")
        most = base(self.scenario).months
        if len(self.months) > most:
            raise InputError(f"months: {self.scenario} has {most}, got {len(self.months)}")

    def world(self) -> Scenario:
        """The scenario with the doctrines that were chosen."""
        found = base(self.scenario)
        for actor in ACTORS:
            if getattr(self, actor):
                found = found.with_doctrine(actor, getattr(self, actor), found.start)
        return found

    def table(self) -> Table:
        """The world after the months that are over; it lives through them, which takes some milliseconds each."""
        return Table(self.world(), self.seed, WORLD, [by_seat(self.seat, orders) for orders in self.months])

    def link(self) -> str:
        """Address, within the app, of the same game before its first month."""
        named = {name: getattr(self, name) for name in STARTS}
        return f"{PATH}?{urlencode({name: value for name, value in named.items() if value != ''})}"

    def text(self) -> str:
        """The whole game as a file."""
        named = {name: getattr(self, name) for name in (*STARTS, "ended", "months")}
        return json.dumps({MARK: VERSION, **named}, indent=1)

    @classmethod
    def from_link(cls, query: str) -> Game:
        """The game that a link's query stands for, before its first month.

        Raises
        ------
        InputError
            If a name is unknown or given twice, or a value cannot be had.
        """
        named = pairs(query, LONGEST_LINK)
        return _game({name: _number(name, value) if name in NUMBERS else value for name, value in named.items()})

    @classmethod
    def from_text(cls, text: Any) -> Game:
        """The game of a file.

        Raises
        ------
        InputError
            If it is too long, no file of a game, or anything in it cannot be had.
        """
        if not isinstance(text, str) or len(text) > LONGEST_FILE:
            raise InputError(f"the file is no saved game: those have at most {LONGEST_FILE:,} characters")
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            raise InputError("the file is no saved game: it is not JSON") from None
        if not isinstance(found, dict) or found.pop(MARK, None) != VERSION:
            raise InputError(f'the file is no saved game: those open with "{MARK}": {VERSION}')
        return _game(found)


STARTS = ("scenario", "seat", *ACTORS, "seed", "clock")
"""What a game begins with."""


def by_seat(seat: str, orders: Orders | None) -> dict[str, Orders]:
    """A month's orders as a table takes them."""
    return {} if orders is None else {seat: orders}


def _game(found: Mapping[str, Any]) -> Game:
    """A game of named values that nobody has looked at yet."""
    for name, value in found.items():
        if name not in (*STARTS, "ended", "months"):
            raise InputError(unknown("part of a game", name, STARTS))
        kind = KINDS.get(name, str)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise InputError(f"{name}: must be {NAMES[kind]}, got {shown(value)}")
    game = Game(**{**found, "months": ()})
    game.check()
    given = found.get("months", ())
    game = game.with_(months=tuple(given))
    game.check()
    return game.with_(months=tuple(_orders(game.seat, orders) for orders in given))


KINDS: dict[str, type] = {"seed": int, "clock": int, "ended": bool, "months": list}
NAMES = {int: "a whole number", bool: "true or false", list: "a list", str: "text"}


def _orders(seat: str, given: Any) -> Orders | None:
    """A month's orders as a file has them."""
    if given is None:
        return None
    if not isinstance(given, dict):
        raise InputError(f"months: each must be a list of orders, or null, got {shown(given)}")
    return checked(seat, given)


def _number(name: str, text: str) -> int:
    if not WHOLE.fullmatch(text):
        raise InputError(f"{name}: must be a whole number of at most six digits, got {shown(text)}")
    return int(text)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
