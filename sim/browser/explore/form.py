"""The choices of the page, in the order in which one makes them; a doctrine is a preset and its dials."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from sim.basics.actors import ACTORS
from sim.basics.labels import lower
from sim.browser.address import base
from sim.browser.dials import dials
from sim.browser.explore.comparison import MOST, Comparison
from sim.browser.fields import choice, slider, whole
from sim.browser.layout import TextElement, heading, paragraph
from sim.questions.dials.dial_grid import shares_turned
from sim.questions.explain.reasons import ACTOR_NAMES
from sim.scenario import shipped
from sim.scenario.presets import CUSTOM, PRESETS
from sim.scenario.spelling import SHARES, DialValues, doctrine_label, flat, over_time, parsed, text_of

DIGITS = 3
"""Decimals of a share that was made to fit the others."""
AS_IT_IS = ""
"""The text of a doctrine that is left as the scenario has it."""
WORLDS = {"500": "500: quick and rough", "1000": "1,000", "2000": "2,000: finer intervals"}
LARGEST_SEED = 999_999
"""The largest seed that the field takes; a link may ask for any."""


def preset_of(text: str) -> str:
    """The preset that a text starts from."""
    return text.partition(":")[0]


def values(actor: str, text: str) -> DialValues:
    """Every dial of a doctrine, and the seats.

    Raises
    ------
    InputError
        If the text is no doctrine.
    """
    table = parsed(text, actor)
    preset = table.pop("preset")
    start = {} if preset == CUSTOM else flat(PRESETS[actor][preset].doctrine)
    return start | flat(table)


def moved(actor: str, text: str, dial: str, value: float) -> str:
    """The text of a doctrine after one of its dials was moved.

    A share of one whole takes from the others, or gives to them, in proportion.

    >>> moved("europe", "hedger", "autonomy", 0.9)
    'hedger:autonomy=0.9'
    >>> moved("europe", "hedger:autonomy=0.9", "autonomy", 0.4)
    'hedger'
    """
    now = values(actor, text)
    preset = preset_of(text)
    changed = now | (_shares(now, dial, value) if dial.startswith(SHARES) else {dial: value})
    return text_of(actor, changed, None if preset == CUSTOM else preset)


def _shares(now: DialValues, dial: str, value: float) -> DialValues:
    """Shares that sum to 1 with one of them set."""
    whole = {name: share for name, share in now.items() if name.startswith(SHARES)}
    fitted = shares_turned(whole, dial, value, DIGITS)
    largest = max((name for name in fitted if name != dial), key=lambda name: fitted[name])
    rest = sum(share for name, share in fitted.items() if name not in (dial, largest))
    return fitted | {largest: round(1.0 - value - rest, DIGITS)}


class Picker:
    """A preset to choose and its dials to move.

    Parameters
    ----------
    actor : str
        Whose doctrine.
    label : str
        What the choice of the preset is called.
    text : str
        The doctrine now; empty where the scenario's own holds.
    own : str, optional
        The scenario's own doctrine, where it may be left as it is.
    on_change : callable
        Called with the new text.
    """

    def __init__(
        self, actor: str, label: str, text: str, on_change: Callable[[str], Any], own: str | None = None
    ) -> None:
        self.actor, self.text, self._own, self._on_change = actor, text, own, on_change
        self._moved: dict[str, tuple[ui.element, TextElement]] = {}
        presets = {name: doctrine_label(name) for name in PRESETS[actor]}
        left = {} if own is None else {AS_IT_IS: f"as in the scenario ({doctrine_label(own)})"}
        start = preset_of(text)
        custom = {CUSTOM: "own dials"} if start == CUSTOM else {}
        choice(label, {**left, **presets, **custom}, start, self._preset)
        self._summary = TextElement(tag="p", text="").classes("quiet")
        self._box = ui.element("div")
        self._build()

    def _preset(self, name: str) -> None:
        self.text = name
        self._build()
        self._on_change(name)

    def _build(self) -> None:
        """Make the dials anew."""
        self._box.clear()
        self._moved = {}
        self._say()
        if not self.text:
            return
        with self._box, ui.element("details") as more:
            TextElement(tag="summary", text="Its dials")
            self._place = ui.element("div")
        if ":" in self.text:
            more.props["open"] = True
            self._fill()
        else:
            more.on("toggle", self._fill)

    def _fill(self) -> None:
        """Make the sliders, when they are first looked at."""
        if self._moved:
            return
        now = values(self.actor, self.text)
        with self._place:
            for dial in dials(self.actor):
                change = self._mover(dial.name)
                self._moved[dial.name] = slider(dial.label, dial.help, now[dial.name], change)

    def _mover(self, dial: str) -> Callable[[float], None]:
        return lambda value: self._move(dial, value)

    def _move(self, dial: str, value: float) -> None:
        self.text = moved(self.actor, self.text, dial, value)
        if dial.startswith(SHARES):
            self._follow()
        self._say()
        self._on_change(self.text)

    def _follow(self) -> None:
        """Show the shares that gave way to the one that was moved."""
        now = values(self.actor, self.text)
        for dial, (field, shown) in self._moved.items():
            field.props["value"] = now[dial]
            shown.text = f"{now[dial]:.2f}"

    def _say(self) -> None:
        preset, colon, changes = self.text.partition(":")
        found = PRESETS[self.actor].get(preset)
        summary = found.summary if found else ""
        names = {dial.name: lower(dial.label) for dial in dials(self.actor)}
        told = [f"{names.get(dial, dial)}={value}" for dial, _, value in (c.partition("=") for c in changes.split(","))]
        self._summary.text = f"{summary} Changed: {', '.join(told)}." if colon else summary


class Controls:
    """The form; it holds the state, and tells when it changes.

    Parameters
    ----------
    state : Comparison
        What is chosen at first.
    on_change : callable
        Called with the new state.
    """

    def __init__(self, state: Comparison, on_change: Callable[[Comparison], Any]) -> None:
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
                theirs = over_time([dated.label for dated in getattr(base(self.state.scenario), actor)])
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


def _kept(state: Comparison, scenario: str) -> dict[str, str]:
    """What a change of scenario does not leave as it is: a month that the new one does not have."""
    return {} if state.since in base(scenario).calendar else {"since": ""}
