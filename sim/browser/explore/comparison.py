"""What is explored: a frozen record of every choice on the page, its link, and the study that it asks for.

The link, the study and the file are functions of the record alone, so whoever has one of them has them all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from sim.answers.answer import command, not_us
from sim.basics.actors import ACTORS
from sim.basics.limits import InputError, check_ensemble
from sim.basics.mistakes import shown, unknown
from sim.browser.address import DoctrinesAddress, base
from sim.ensemble import Ensemble
from sim.ensemble.study import Study, comparison, under
from sim.scenario import Scenario
from sim.scenario.spelling import OWN, check_doctrine, shorts, written

FEWEST, MOST = 500, 2000
"""Worlds that the page runs."""
MARKS = ("A", "B")
"""How the two doctrines are told apart where their names do not."""


@dataclass(frozen=True)
class Comparison(DoctrinesAddress):
    """Every choice on the page: two doctrines of one actor, and the worlds in which they are compared.

    The doctrine of the actor who is compared is the first of the two, and holds from `since` on; those of the others
    hold from the first month on. Doctrines are written `preset:dial=value,dial=value`.

    Attributes
    ----------
    actor : str
        Whose doctrines are compared.
    against : str
        The second doctrine of that actor.
    since : str
        First month of both, "YYYY-MM"; empty for the month of the actor's last change in the scenario.
    worlds : int
        How many worlds.
    """

    PATH: ClassVar[str] = "/explore"
    LONGEST: ClassVar[int] = 1500

    scenario: str = "outlook"
    us: str = field(default="architectural", kw_only=True)
    actor: str = "us"
    against: str = "transactional"
    since: str = ""
    worlds: int = 1000

    @classmethod
    def read(cls, query: str) -> Comparison:
        """The record that a link's query stands for; dials are spelt out where it says `own`."""
        found = super().read(query)
        spelt = found._spelt_out()
        if spelt != found:
            spelt.check()
        return spelt

    def _spelt_out(self) -> Comparison:
        """The same choices, with the dials that stand behind `own`: the form moves dials."""
        here = base(self.scenario)
        found: dict[str, str] = {}
        for name in (*ACTORS, "against"):
            text: str = getattr(self, name)
            actor = self.actor if name == "against" else name
            month = self.month if actor == self.actor else here.start
            if text.partition(":")[0] == OWN:
                as_it_is = text == OWN and actor != self.actor
                found[name] = "" if as_it_is else written(under(here, actor, text, month).doctrine(actor, month))
        return self.with_(**found)

    def check(self) -> None:
        """Say what is wrong."""
        super().check()
        check_ensemble(self.worlds, self.seed)
        if not FEWEST <= self.worlds <= MOST:
            raise InputError(f"worlds: must be a whole number from {FEWEST} to {MOST:,}, got {shown(self.worlds)}")
        if self.actor not in ACTORS:
            raise InputError(unknown("actor", self.actor, ACTORS))
        for actor in ACTORS:
            check_doctrine(getattr(self, actor), actor)
        check_doctrine(self.against, self.actor)
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
                found = under(found, actor, text, found.start)
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
        return comparison(self.around(), pair, self.actor, self.month, Ensemble(self.worlds, self.seed))

    def named(self) -> dict[str, Scenario]:
        """The two scenarios of the study by their doctrines, such as `transactional:commitment=0.85`."""
        pair = list(self.study().scenarios.values())
        names = shorts([self._text(one) for one in pair])
        if len(set(names)) < len(pair):
            names = [f"{name} ({mark})" for name, mark in zip(names, MARKS, strict=True)]
        return dict(zip(names, pair, strict=True))

    def _text(self, scenario: Scenario) -> str:
        entries: Any = getattr(scenario, self.actor)
        return next(str(entry.text) for entry in entries if entry.since == self.month)

    def toml(self) -> str:
        """The scenario under the first doctrine, as a file with nothing left to fill in."""
        return next(iter(self.study().scenarios.values())).to_toml()

    def command(self, file: str) -> str:
        """The command that compares the same two doctrines in the same worlds, given that file."""
        words = ("compare", file, self.first, self.against)
        return command(*words, actor=not_us(self.actor), since=self.month, worlds=self.worlds, seed=self.seed)


def own(scenario: str, actor: str, month: str) -> str:
    """The doctrine that a scenario gives an actor in a month, as text."""
    _in(month, base(scenario))
    return written(base(scenario).doctrine(actor, month))


def _in(month: str, scenario: Scenario) -> None:
    """Make sure that a scenario has a month, if one is given."""
    if month and month not in scenario.calendar:
        first, last = scenario.calendar[0], scenario.calendar[-1]
        raise InputError(
            f"since: must be a month from {first} to {last}, as {scenario.name} has it, got {shown(month)}"
        )
