"""Fields of a form, made of the browser's own: they have labels, work with keys and thumbs, and weigh little."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from nicegui import ui
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement
from nicegui.events import GenericEventArguments

VALUE = "(event) => emit(event.target.value)"
"""What the browser tells of a change: the new value, as text."""
LONGEST_VALUE = 200
"""Characters of a value that is looked at; fields send far fewer."""


def choice(label: str, options: Mapping[str, str], value: str, on_change: Callable[[str], Any]) -> Element:
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


def whole(label: str, value: int, low: int, high: int, on_change: Callable[[int], Any]) -> Element:
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
) -> tuple[Element, TextElement]:
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
        number = _unit(event.args)
        if number is not None:
            field.props["value"] = number
            shown.text = f"{number:.2f}"
            on_change(number)

    follow = f"(event) => document.getElementById('{shown.html_id}').textContent = (+event.target.value).toFixed(2)"
    field.on("input", js_handler=follow)
    field.on("change", changed, js_handler=VALUE)
    return field, shown


def _unit(text: Any) -> float | None:
    """A number from 0 to 1 with two decimals; None for anything else."""
    try:
        number = round(float(str(text)[:LONGEST_VALUE]), 2)
    except ValueError:
        return None
    return number if 0.0 <= number <= 1.0 else None
