"""Fields of a form, made of the browser's own: they have labels, work with keys and thumbs, and weigh little."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from itertools import count
from math import isfinite
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments

from sim.basics.typed_numbers import stepped
from sim.browser.layout import TextElement

VALUE = "(event) => emit(event.target.value)"
"""What the browser tells of a change: the new value, as text."""
LONGEST_VALUE = 40
"""Characters of a number that are looked at."""
_ids = count()
SOON = 0.1
"""Seconds between two settings that are told while a hand drags."""
SET = "const field = document.getElementById({id!r}); if (field) field.value = {value}"


def choice(label: str, options: Mapping[str, str], value: str, on_change: Callable[[str], Any]) -> ui.element:
    """One of several.

    Parameters
    ----------
    label : str
        What is chosen.
    options : mapping of str to str
        Values and how each is called.
    value : str
        The one that is chosen now.
    on_change : callable
        Called with the chosen value; never with any that is no option.
    """
    with ui.element("div").classes("field"):
        named = TextElement(tag="label", text=label)
        field = ui.element("select")
        # One property instead of an element an option: a page of fields is made in a tenth of the time.
        field.props["innerHTML"] = "".join(
            f'<option value="{escape(name)}">{escape(text)}</option>' for name, text in options.items()
        )
        field.props["value"] = value
        named.props["for"] = field.html_id

    def changed(event: GenericEventArguments) -> None:
        if event.args in options:
            field.props["value"] = event.args
            on_change(event.args)

    field.on("change", changed, js_handler=VALUE)
    return field


def whole(label: str, value: int, low: int, high: int, on_change: Callable[[int], Any]) -> ui.element:
    """A whole number; what is no number from `low` to `high` is left as it was."""
    with ui.element("div").classes("field"):
        named = TextElement(tag="label", text=label)
        field = ui.element("input").props(f'type=number inputmode=numeric min="{low}" max="{high}" step=1')
        field.props["value"] = value
        named.props["for"] = field.html_id

    def changed(event: GenericEventArguments) -> None:
        text = str(event.args)[:LONGEST_VALUE]
        if text.isascii() and text.isdigit() and low <= int(text) <= high:
            field.props["value"] = int(text)
            on_change(int(text))

    field.on("change", changed, js_handler=VALUE)
    return field


def slider(
    label: str, meaning: str, value: float, on_change: Callable[[float], Any], step: float = 0.01
) -> tuple[ui.element, TextElement]:
    """A dial from 0 to 1 with its value beside it; returns both."""
    with ui.element("div").classes("field dial"):
        named = TextElement(tag="label", text=label)
        shown = TextElement(tag="output", text=f"{value:.2f}")
        field = ui.element("input").props(f'type=range min=0 max=1 step="{step}"')
        field.props["value"] = value
        told = TextElement(tag="p", text=meaning).classes("quiet")
        named.props["for"] = shown.props["for"] = field.html_id
        field.props["aria-describedby"] = told.html_id

    def changed(event: GenericEventArguments) -> None:
        number = number_in(event.args)
        if number is not None and 0.0 <= number <= 1.0:
            number = round(number, 2)
            field.props["value"] = number
            shown.text = f"{number:.2f}"
            on_change(number)

    follow = f"(event) => document.getElementById('{shown.html_id}').textContent = (+event.target.value).toFixed(2)"
    field.on("input", js_handler=follow)
    field.on("change", changed, js_handler=VALUE)
    return field, shown


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
            self.input.on("input", self._turned, js_handler=VALUE, throttle=SOON)
            self.input.on("change", self._turned, js_handler=VALUE)  # where the hand lets go
            if any(ends):
                with ui.element("div").classes("dial-ends quiet"):
                    for end in ends:
                        TextElement(tag="span", text=end)

    def _turned(self, event: GenericEventArguments) -> None:
        value = number_in(event.args)
        if value is not None and self.low <= value <= self.high:
            setting = stepped(value, self.step, self.low)
            self.say(setting)
            self.on_change(setting)

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


class NumberField:
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
        self.input.on("input", self._wrote, js_handler=VALUE)

    def _wrote(self, event: GenericEventArguments) -> None:
        value = number_in(event.args)
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


def number_in(text: object) -> float | None:
    """A number that a browser tells; None for anything else.

    >>> number_in("4.5"), number_in(""), number_in(["4.5"]), number_in("nan")
    (4.5, None, None, None)
    """
    if not isinstance(text, str | int | float) or len(str(text)) > LONGEST_VALUE:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None
