"""A slider and a number, the browser's own, that every keyboard and screen reader knows; they never fight the hand."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from math import isfinite

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement
from nicegui.events import GenericEventArguments

_ids = count()
SOON = 0.1
"""Seconds between two settings that are told while a hand drags."""
SET = "const field = document.getElementById({id!r}); if (field) field.value = {value}"
TOLD = "(e) => emit(e.target.value)"
LONGEST = 40
"""Characters of a number that are looked at."""


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
            self.input.on("input", self._turned, js_handler=TOLD, throttle=SOON)
            self.input.on("change", self._turned, js_handler=TOLD)  # where the hand lets go
            if any(ends):
                with ui.element("div").classes("dial-ends quiet"):
                    for end in ends:
                        TextElement(tag="span", text=end)

    def _turned(self, event: GenericEventArguments) -> None:
        value = read(event.args)
        if value is not None and self.low <= value <= self.high:
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


class Number:
    """A labelled field for a number, which says beneath what is wrong with it.

    Parameters
    ----------
    label : str
        What is written.
    value : float, optional
        What stands there at first.
    complaint : callable
        What is wrong with a number, or with None where there is none; empty if nothing.
    on_change : callable
        Called with each number that nothing is wrong with, and with None for any other text.
    """

    def __init__(
        self,
        label: str,
        value: float | None,
        complaint: Callable[[float | None], str],
        on_change: Callable[[float | None], None],
    ) -> None:
        self.complaint, self.on_change = complaint, on_change
        self.id = f"number-{next(_ids)}"
        with ui.element("div").classes("field typed") as self.whole:
            TextElement(tag="label", text=label).props(f"for={self.id}")
            self.input = ui.element("input").props(f"type=number step=any inputmode=decimal id={self.id}")
            self.wrong = TextElement(tag="p", text="").props(f"id={self.id}-wrong role=alert").classes("wrong")
        if value is not None:
            self.input.props["^value"] = value
        # Told at once, key by key: what is told later could arrive after the click on the button beside it.
        self.input.on("input", self._wrote, js_handler=TOLD)

    def _wrote(self, event: GenericEventArguments) -> None:
        value = read(event.args)
        self._say(self.complaint(value) if str(event.args).strip() else "")
        self.on_change(None if self.wrong.text else value)

    def _say(self, wrong: str) -> None:
        self.wrong.text = wrong
        self.input.props["aria-invalid"] = "true" if wrong else "false"
        self.input.props["aria-describedby"] = f"{self.id}-wrong" if wrong else ""

    def set(self, value: float) -> None:
        """Write a number in it that nothing is wrong with."""
        self._say("")
        ui.run_javascript(SET.format(id=self.id, value=value))


def read(text: object) -> float | None:
    """A number that a browser tells; None for anything else.

    >>> read("4.5"), read(""), read(["4.5"]), read("nan")
    (4.5, None, None, None)
    """
    if not isinstance(text, str | int | float) or len(str(text)) > LONGEST:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None
