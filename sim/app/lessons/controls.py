"""A slider that every keyboard and screen reader knows: the browser's own, with its label, its setting and its ends."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement
from nicegui.events import GenericEventArguments

_ids = count()
SOON = 0.1
"""Seconds between two settings that are told while a hand drags."""
SET = "const slider = document.getElementById({id!r}); if (slider) slider.value = {value}"


class Slider:
    """A labelled slider.

    Parameters
    ----------
    label : str
        What it sets.
    low, high, step, value : float
        Its settings, and the first.
    said : callable
        A setting as a reader sees it.
    on_change : callable
        Called with each new setting.
    ends : pair of str
        What the ends mean.
    """

    def __init__(
        self,
        label: str,
        low: float,
        high: float,
        step: float,
        value: float,
        said: Callable[[float], str],
        on_change: Callable[[float], None],
        ends: tuple[str, str] = ("", ""),
    ) -> None:
        self.low, self.high, self.step = low, high, step
        self.said, self.on_change = said, on_change
        self.id = f"slider-{next(_ids)}"
        with ui.element("div").classes("dial") as self.whole:
            with ui.element("div").classes("dial-head"):
                self.label = TextElement(tag="label", text=label).props(f"for={self.id}")
                self.shown = TextElement(tag="output", text=said(value)).props(f"for={self.id}").classes("setting")
            self.input = ui.element("input").props(f"type=range id={self.id} min={low} max={high} step={step}")
            # As an attribute it is only where the slider starts: what is drawn again does not move a hand's setting.
            self.input.props["^value"] = value
            self.input.on("input", self._turned, js_handler="(e) => emit(e.target.value)", throttle=SOON)
            if any(ends):
                with ui.element("div").classes("dial-ends quiet"):
                    for end in ends:
                        TextElement(tag="span", text=end)

    def _turned(self, event: GenericEventArguments) -> None:
        try:
            value = float(event.args)
        except (TypeError, ValueError):
            return
        if self.low <= value <= self.high:
            self.say(self._stepped(value))
            self.on_change(self._stepped(value))

    def _stepped(self, value: float) -> float:
        return round(self.low + round((value - self.low) / self.step) * self.step, 6)

    def say(self, value: float | None) -> None:
        """Show a setting in words; nothing is set yet if None."""
        text = "not set" if value is None else self.said(value)
        self.shown.set_text(text)
        self.input.props["aria-valuetext"] = text

    def set(self, value: float) -> None:
        """Move the slider."""
        self.say(value)
        ui.run_javascript(SET.format(id=self.id, value=value))

    def lock(self, locked: bool = True) -> None:
        """Hold it where it is, or let it go."""
        self.input.props["disabled"] = locked
        self.input.update()
