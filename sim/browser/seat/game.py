"""A game: a frozen record of who sits where in which world, and what was ordered; its link, its file, its table.

The table is a function of the record alone, so whoever has the file has the game, to the last digit. Games under way
are kept in the memory of the server by visitor, so that a reload loses nothing; they are few and forgotten in time.
"""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, ClassVar

from nicegui import ui

from sim.basics.actors import ACTORS
from sim.basics.limits import InputError
from sim.basics.mistakes import shown, unknown
from sim.browser.address import DoctrinesAddress, base
from sim.browser.layout import paragraph
from sim.scenario import Scenario
from sim.scenario.presets import PRESETS
from sim.teaching.seats.orders import SEATS, Orders, checked
from sim.teaching.seats.table import SeatedWorld

CLOCKS = {0: "no clock", 30: "30 seconds", 60: "60 seconds", 120: "120 seconds"}
"""Seconds to decide a month."""
LARGEST_SEED = 999_999
WORLD = 0
"""Of a seed's worlds, the one that is played; the debrief compares with those that follow."""
MARK, VERSION = "doctrine-sim game", 1
"""What a file opens with, and the version of its rules."""
LONGEST_FILE = 64_000
"""Characters of a file; a full game is a tenth of that."""
MOST = 500
"""Games that are kept; the one that was played longest ago gives way."""
AGE = 12 * 3600.0
"""Seconds after which a game that nobody plays is forgotten."""
HOUR = 3600.0


@dataclass(frozen=True)
class Game(DoctrinesAddress):
    """One game; its link is that of the game before its first month.

    A doctrine is a preset that holds from the first month on. That of the seat advises the player, and its goals are
    the player's.

    Attributes
    ----------
    seat : str
        Where the player sits, one of `sim.teaching.seats.orders.SEATS`.
    clock : int
        Seconds to decide a month, one of `CLOCKS`; 0 for no clock.
    months : tuple of (Orders or None)
        What was ordered in the months that are over; None where the doctrine decided alone.
    ended : bool
        Whether the player has ended it before the last month.
    """

    PATH: ClassVar[str] = "/seat"
    LONGEST: ClassVar[int] = 500
    MOST: ClassVar[Mapping[str, int]] = MappingProxyType({"seed": LARGEST_SEED, "clock": max(CLOCKS)})
    WITH_USUAL: ClassVar[bool] = True

    scenario: str = "outlook"
    seat: str = "us"
    clock: int = 0
    months: tuple[Orders | None, ...] = ()
    ended: bool = False

    def __hash__(self) -> int:
        return hash(self.text())

    def after(self, orders: Orders | None) -> Game:
        """The game a month later."""
        return replace(self, months=(*self.months, orders))

    def anew(self) -> Game:
        """The same game before its first month."""
        return replace(self, months=(), ended=False)

    def check(self) -> None:
        """Say what is wrong."""
        super().check()
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

    def table(self) -> SeatedWorld:
        """The world after the months that are over; it lives through them, which takes some milliseconds each."""
        return SeatedWorld(self.world(), self.seed, WORLD, [by_seat(self.seat, orders) for orders in self.months])

    def text(self) -> str:
        """The whole game as a file."""
        named = {name: getattr(self, name) for name in (*STARTS, "ended", "months")}
        return json.dumps({MARK: VERSION, **named}, indent=1)

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


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


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


def saving(game: Game) -> None:
    """Show how to keep a game."""
    paragraph(
        f"A reload loses nothing, and the server remembers your last game for {AGE / HOUR:.0f} hours. To keep it "
        "longer, or to go on elsewhere, save it; the file is opened where a new game starts."
    )
    with ui.element("div").classes("row"):
        ui.button("Save the game", on_click=lambda: save(game)).props("outline")
        ui.link("Link to this world from its first month", game.link())


def save(game: Game) -> None:
    """Hand the file of a game to the browser."""
    ui.download.content(game.text(), file_name(game), "application/json")


def file_name(game: Game) -> str:
    """Name of the file that is saved."""
    return f"{game.scenario}-{game.seat}-{game.seed}-month{len(game.months)}.json"
