"""The page of one world: `/world?scenario=history&doctrines=architectural;transactional&seed=1&world=17`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

from fastapi import Request
from nicegui import ui

from sim.basics.limits import InputError
from sim.basics.mistakes import shown
from sim.browser.address import MISTAKES, Address, base
from sim.browser.fields import choice, whole
from sim.browser.layout import Complaint, frame, heading, paragraph
from sim.browser.player.playback import player, why
from sim.ensemble import Ensemble
from sim.ensemble.study import Study, comparison
from sim.scenario.spelling import check_doctrine

STYLE = Path(__file__).with_name("player.css")
MOST_DOCTRINES, MOST_WORLDS = 3, 2000
BETWEEN = ";"
"""Stands between doctrines; a comma stands between the dials of one."""


@dataclass(frozen=True)
class WorldAddress(Address):
    """Which world is shown under which doctrines of Washington, and the month that is explained.

    Attributes
    ----------
    doctrines : str
        Their texts with `BETWEEN` between them.
    world : int
        Its number among those of the seed.
    month : str
        "YYYY-MM"; the last one if empty.
    """

    PATH: ClassVar[str] = "/world"
    LONGEST: ClassVar[int] = 2000
    MOST: ClassVar[Mapping[str, int]] = MappingProxyType({"seed": 2**63 - 1, "world": MOST_WORLDS - 1})

    scenario: str = "history"
    doctrines: str = f"architectural{BETWEEN}transactional"
    world: int = 0
    month: str = ""

    def study(self) -> Study:
        """The scenario under each doctrine."""
        doctrines = self.doctrines.split(BETWEEN)
        return comparison(base(self.scenario), doctrines, ensemble=Ensemble(seed=self.seed))

    @property
    def explained(self) -> str:
        """The month that is explained."""
        return self.month or base(self.scenario).calendar[-1]

    def check(self) -> None:
        """Say what is wrong."""
        doctrines = self.doctrines.split(BETWEEN)
        if len(doctrines) > MOST_DOCTRINES:
            raise InputError(f"doctrines: must be {MOST_DOCTRINES} at most, got {len(doctrines)}")
        for doctrine in doctrines:
            check_doctrine(doctrine, "us")
        calendar = self.study().base.calendar
        if self.month and self.month not in calendar:
            raise InputError(f"month: must be from {calendar[0]} to {calendar[-1]}, got {shown(self.month)}")


def register() -> None:
    """Declare the page."""
    ui.add_css(STYLE.read_text(encoding="utf-8"), shared=True)
    ui.page(WorldAddress.PATH)(_page)


def _page(request: Request) -> None:
    with frame("One world", wide=True):
        try:
            address = WorldAddress.read(request.url.query)
        except MISTAKES as error:
            Complaint(f"This link cannot be opened: {error}.")
            return
        study = address.study()
        heading(2, study.base.title)
        paragraph(f"The same world of seed {study.ensemble.seed}, with the same luck, under each doctrine.")
        _World(study, address.world, address.explained)


class _World:
    """The world that is shown, and the month that is explained; both can be chosen."""

    def __init__(self, study: Study, world: int, month: str) -> None:
        self._study, self._world, self._month = study, world, month
        whole(f"World, 0 to {MOST_WORLDS - 1}", world, 0, MOST_WORLDS - 1, self._go)
        heading(3, "The world, month by month")
        self._player = ui.element("div")
        heading(3, "Why, in one month")
        choice("Which month", {name: name for name in study.base.calendar}, month, self._pick)
        self._why = ui.element("div")
        self._play()
        self._tell()

    def _go(self, world: int) -> None:
        self._world = world
        self._play()
        self._tell()

    def _pick(self, month: str) -> None:
        self._month = month
        self._tell()

    def _play(self) -> None:
        self._player.clear()
        with self._player:
            player(self._study.scenarios, self._study.ensemble.seed, self._world)

    def _tell(self) -> None:
        self._why.clear()
        with self._why:
            why(self._study.scenarios, self._study.ensemble.seed, self._world, self._month)
