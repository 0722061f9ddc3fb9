"""The choices of the page, in the order in which one makes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from sim.app.explore.picker import Picker
from sim.app.explore.state import MOST, State
from sim.app.fields import choice, whole
from sim.app.layout import heading, paragraph
from sim.app.links import base
from sim.presets import PRESETS
from sim.questions.explain import ACTOR_NAMES
from sim.scenario import ACTORS, shipped

WORLDS = {"500": "500: quick and rough", "1000": "1,000", "2000": "2,000: finer intervals"}
LARGEST_SEED = 999_999
"""The largest seed that the field takes; a link may ask for any."""


class Controls:
    """The form; it holds the state, and tells when it changes.

    Parameters
    ----------
    state : State
        What is chosen at first.
    on_change : callable
        Called with the new state.
    """

    def __init__(self, state: State, on_change: Callable[[State], Any]) -> None:
        self.state, self._on_change = state, on_change
        self._box = ui.element("form").props('aria-label="What to run"').classes("choices")
        self._box.on("submit", js_handler="(event) => event.preventDefault()")
        self.build()

    def build(self) -> None:
        """Make the form anew from the state."""
        self._box.clear()
        with self._box:
            self._scenario()
            self._compared()
            self._others()
            self._luck()

    def _set(self, **changes: str | int) -> None:
        self.state = self.state.with_(**changes)
        self._on_change(self.state)

    def _anew(self, **changes: str | int) -> None:
        self._set(**changes)
        self.build()

    def _scenario(self) -> None:
        here = base(self.state.scenario)
        heading(2, "The world")
        names = {name: base(name).title for name in shipped()}
        choice(
            "Scenario", names, self.state.scenario, lambda name: self._anew(scenario=name, **_kept(self.state, name))
        )
        paragraph(f"{here.question} From {here.calendar[0]} to {here.calendar[-1]}.").classes("quiet")

    def _compared(self) -> None:
        state = self.state
        heading(2, "Two doctrines of one actor")
        choice("Whose doctrine", {name: ACTOR_NAMES[name] for name in ACTORS}, state.actor, self._actor)
        months = {month: month for month in base(state.scenario).calendar}
        choice("Both hold from", months, state.month, lambda month: self._set(since=month))
        for mark, name, text in (("A", state.actor, state.first), ("B", "against", state.against)):
            with ui.element("fieldset"):
                TextElement(tag="legend", text=mark)
                Picker(state.actor, "Preset", text, self._setter(name))

    def _others(self) -> None:
        heading(2, "The other actors")
        for actor in ACTORS:
            if actor != self.state.actor:
                theirs = " > ".join(dated.preset for dated in getattr(base(self.state.scenario), actor))
                with ui.element("div").classes("one"):
                    Picker(actor, ACTOR_NAMES[actor], getattr(self.state, actor), self._setter(actor), theirs)

    def _luck(self) -> None:
        heading(2, "How many worlds")
        counts = {**WORLDS, str(self.state.worlds): WORLDS.get(str(self.state.worlds), f"{self.state.worlds:,}")}
        choice("Worlds", counts, str(self.state.worlds), lambda count: self._set(worlds=min(int(count), MOST)))
        whole("Seed of their luck", self.state.seed, 0, LARGEST_SEED, lambda seed: self._set(seed=seed))

    def _setter(self, name: str) -> Callable[[str], None]:
        return lambda text: self._set(**{name: text})

    def _actor(self, actor: str) -> None:
        """Compare two doctrines of another actor: the scenario's own, and one that differs from it."""
        before = self.state
        now = before.with_(**{before.actor: "", actor: "", "actor": actor, "since": ""})
        other = next(name for name in PRESETS[actor] if name != now.first)
        self.state = now
        self._anew(**{actor: now.first, "against": other})


def _kept(state: State, scenario: str) -> dict[str, str]:
    """What a change of scenario does not leave as it is: a month that the new one does not have."""
    return {} if state.since in base(scenario).calendar else {"since": ""}
