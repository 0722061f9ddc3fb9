"""A doctrine on the page: a preset, and its dials."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement

from sim.app.explore.dials import WEIGHTS, dials, moved, preset_of, values
from sim.app.fields import choice, slider
from sim.presets import PRESETS
from sim.questions.labels import doctrine_label, lower
from sim.scenario.tables import CUSTOM

AS_IT_IS = ""
"""The text of a doctrine that is left as the scenario has it."""


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
        self._moved: dict[str, tuple[Element, TextElement]] = {}
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
        if dial.startswith(WEIGHTS):
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
