"""The page of one world: `/world?scenario=history&doctrines=architectural;transactional&seed=1&world=17`."""

from __future__ import annotations

from pathlib import Path

from fastapi import Request
from nicegui import ui

from sim.app.fields import choice, whole
from sim.app.layout import frame, heading, paragraph
from sim.app.links import base, pairs
from sim.app.player.playing import player
from sim.app.player.why import why
from sim.limits import InputError
from sim.mistakes import ScenarioError, shown, unknown
from sim.study import Study, comparison

PATH = "/world"
STYLE = Path(__file__).with_name("player.css")
DEFAULTS = {"scenario": "history", "doctrines": "architectural;transactional", "seed": "1", "world": "0", "month": ""}
MOST_DOCTRINES, MOST_WORLDS, LONGEST_QUERY = 3, 2000, 2000
BETWEEN = ";"
"""Stands between doctrines; a comma stands between the dials of one."""


def declare() -> None:
    """Declare the page."""
    ui.add_css(STYLE.read_text(encoding="utf-8"), shared=True)
    ui.page(PATH)(_page)


def _page(request: Request) -> None:
    with frame("One world", wide=True):
        try:
            study, world, month = asked(request.url.query)
        except (InputError, ScenarioError) as error:
            paragraph(f"This link cannot be opened: {error}.").classes("complaint").props("role=alert")
            return
        heading(2, study.base.title)
        paragraph(f"The same world of seed {study.seed}, with the same luck, under each doctrine.")
        _World(study, world, month)


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
            player(self._study.scenarios, self._study.seed, self._world)

    def _tell(self) -> None:
        self._why.clear()
        with self._why:
            why(self._study.scenarios, self._study.seed, self._world, self._month)


def asked(query: str) -> tuple[Study, int, str]:
    """What a link asks for: scenarios under their doctrines, the world, the month to explain.

    Raises
    ------
    InputError, ScenarioError
        If it names what is not there, or a number is out of bounds.
    """
    given = pairs(query, LONGEST_QUERY)
    for key in given:
        if key not in DEFAULTS:
            raise InputError(unknown("part of a link", key, DEFAULTS))
    text = DEFAULTS | given
    doctrines = text["doctrines"].split(BETWEEN)
    if len(doctrines) > MOST_DOCTRINES:
        raise InputError(f"doctrines: must be {MOST_DOCTRINES} at most, got {len(doctrines)}")
    study = comparison(base(text["scenario"]), doctrines, seed=_whole(text, "seed", 2**63 - 1))
    calendar = study.base.calendar
    month = text["month"] or calendar[-1]
    if month not in calendar:
        raise InputError(f"month: must be from {calendar[0]} to {calendar[-1]}, got {shown(month)}")
    return study, _whole(text, "world", MOST_WORLDS - 1), month


def _whole(text: dict[str, str], key: str, most: int) -> int:
    value = text[key]
    if not (value.isascii() and value.isdigit()) or int(value) > most:
        raise InputError(f"{key}: must be a whole number from 0 to {most}, got {shown(value)}")
    return int(value)
