"""What is explored: a frozen record of every choice on the page, its link, and the study that it asks for.

The link, the study and the file are functions of the record alone, so whoever has one of them has them all.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from sim.app.explore.dials import written
from sim.app.links import base, pairs
from sim.limits import InputError, check_ensemble
from sim.mistakes import shown, unknown
from sim.scenario import ACTORS, Scenario
from sim.study import Study, comparison

FEWEST, MOST = 500, 2000
"""Worlds that the page runs."""
LONGEST = 1500
"""Characters of a link."""
WHOLE = re.compile(r"[0-9]{1,20}")
PATH = "/explore"
USUAL = {"scenario": "outlook", "us": "architectural", "against": "transactional"}
NUMBERS = ("worlds", "seed")
MARKS = ("A", "B")
"""How the two doctrines are told apart where their names do not."""


@dataclass(frozen=True)
class State:
    """Every choice on the page.

    Attributes
    ----------
    scenario : str
        Name of a shipped scenario.
    us, congress, europe, ukraine, russia : str
        Doctrine, written `preset:dial=value,dial=value`; empty where the scenario's own holds. That of the actor who
        is compared is the first of the two, and holds from `since` on; the others hold from the first month on.
    actor : str
        Whose doctrines are compared.
    against : str
        The second doctrine of that actor.
    since : str
        First month of both, "YYYY-MM"; empty for the month of the actor's last change in the scenario.
    worlds, seed : int
        How many worlds, and which luck.
    """

    scenario: str = USUAL["scenario"]
    us: str = USUAL["us"]
    congress: str = ""
    europe: str = ""
    ukraine: str = ""
    russia: str = ""
    actor: str = "us"
    against: str = USUAL["against"]
    since: str = ""
    worlds: int = 1000
    seed: int = 1

    @classmethod
    def read(cls, query: str) -> State:
        """The record that a link's query stands for.

        Raises
        ------
        InputError
            If a name is unknown or given twice, or a value cannot be had; everything that can be said without
            running anything is said here.
        """
        state = cls(**_read(pairs(query, LONGEST)))  # type: ignore[arg-type]
        state.check()
        return state

    def query(self) -> str:
        """The query of its link: what differs from the usual."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        usual = {field.name: field.default for field in fields(self)}
        return urlencode({name: value for name, value in named.items() if value != usual[name]}, safe=":,=")

    def link(self) -> str:
        """Its address within the app."""
        query = self.query()
        return f"{PATH}?{query}" if query else PATH

    def with_(self, **changes: str | int) -> State:
        """The same with other choices."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def check(self) -> None:
        """Say what is wrong.

        Raises
        ------
        InputError
            If any choice cannot be had.
        """
        base(self.scenario)
        check_ensemble(self.worlds, self.seed)
        if not FEWEST <= self.worlds <= MOST:
            raise InputError(f"worlds: must be a whole number from {FEWEST} to {MOST:,}, got {shown(self.worlds)}")
        if self.actor not in ACTORS:
            raise InputError(unknown("actor", self.actor, ACTORS))
        self.study()

    @property
    def month(self) -> str:
        """The first month of the doctrines that are compared."""
        last: str = getattr(base(self.scenario), self.actor)[-1].since
        return self.since or last

    @property
    def first(self) -> str:
        """The first of the two doctrines that are compared, written out."""
        given: str = getattr(self, self.actor)
        return given or own(self.scenario, self.actor, self.month)

    def around(self) -> Scenario:
        """The scenario with the doctrines of those who are not compared."""
        found = base(self.scenario)
        for actor in ACTORS:
            text = getattr(self, actor)
            if text and actor != self.actor:
                found = comparison(found, [text], actor, found.start).scenarios[text]
        return found

    def study(self) -> Study:
        """The study that it asks for: one scenario, two doctrines of an actor.

        Raises
        ------
        InputError
            If a doctrine or the month cannot be had.
        """
        _in(self.since, base(self.scenario))
        pair = [self.first, self.against]
        return comparison(self.around(), pair, self.actor, self.month, self.worlds, self.seed)

    def named(self) -> dict[str, Scenario]:
        """The two scenarios of the study by the short names of their doctrines, such as `transactional+commitment`."""
        pair = list(self.study().scenarios.values())
        names = [self._name(one) for one in pair]
        if len(set(names)) < len(pair):
            names = [f"{name} ({mark})" for name, mark in zip(names, MARKS, strict=True)]
        return dict(zip(names, pair, strict=True))

    def _name(self, scenario: Scenario) -> str:
        entries: Any = getattr(scenario, self.actor)
        return next(str(entry.preset) for entry in entries if entry.since == self.month)

    def toml(self) -> str:
        """The scenario under the first doctrine, as a file with nothing left to fill in."""
        return next(iter(self.study().scenarios.values())).to_toml()

    def command(self, file: str) -> str:
        """The command that compares the same two doctrines in the same worlds, given that file."""
        actor = [] if self.actor == "us" else ["--actor", self.actor]
        words = [file, self.first, self.against, *actor, "--since", self.month]
        return shlex.join(["doctrine", "compare", *words, "--worlds", str(self.worlds), "--seed", str(self.seed)])


def own(scenario: str, actor: str, month: str) -> str:
    """The doctrine that a scenario gives an actor in a month, as text."""
    _in(month, base(scenario))
    return written(actor, base(scenario).doctrine(actor, month))


def _in(month: str, scenario: Scenario) -> None:
    """Make sure that a scenario has a month, if one is given."""
    if month and month not in scenario.calendar:
        first, last = scenario.calendar[0], scenario.calendar[-1]
        raise InputError(
            f"since: must be a month from {first} to {last}, as {scenario.name} has it, got {shown(month)}"
        )


def _read(named: Mapping[str, str]) -> dict[str, str | int]:
    """The choices in a link, numbers as such."""
    names = [field.name for field in fields(State)]
    found: dict[str, str | int] = {}
    for name, value in named.items():
        if name not in names:
            raise InputError(unknown("part of the link", name, names))
        found[name] = _number(name, value) if name in NUMBERS else value
    return found


def _number(name: str, text: str) -> int:
    if not WHOLE.fullmatch(text):
        raise InputError(f"{name}: must be a whole number, got {shown(text)}")
    return int(text)
