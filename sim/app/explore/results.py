"""What a run found, on the page: the differences first, then the pictures, then one world of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import numpy as np
from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from sim.app import charts
from sim.app.explore.state import State
from sim.app.explore.work import Fan, Found
from sim.app.layout import heading, paragraph
from sim.questions.labels import doctrine_label

OnMonth = Callable[[str], Any]
BAND = "Line: mean of the worlds. Band: 90 of 100 worlds."


def show(found: Found, state: State, on_month: OnMonth) -> None:
    """Build the results."""
    with ui.element("section").props('aria-labelledby="found"'):
        heading(2, "What the doctrine changes").props('id="found"')
        _headline(found, state)
        _table(found.head, found.rows)
        with ui.element("details"):
            TextElement(tag="summary", text="Every outcome in words")
            _list(found.differences)
    with ui.element("section").props('aria-labelledby="ends"'):
        heading(2, "How the worlds end").props('id="ends"')
        _endings(found)
    with ui.element("section").props('aria-labelledby="months"'):
        heading(2, "Month by month").props('id="months"')
        paragraph(f"{BAND} Click a month to read why each actor did what it did, or choose it below.").classes("quiet")
        with ui.element("div").classes("pictures"):
            for fan in found.fans:
                _fan(found, fan, on_month)


def _headline(found: Found, state: State) -> None:
    first, second = map(doctrine_label, found.labels)
    paragraph(f"{found.title}.").classes("lead").props("data-test=headline")
    _list(found.sentences)
    paragraph(
        f"The same {state.worlds:,} worlds (seed {state.seed}) were lived through twice, once under {first} and once "
        f"under {second}. A 95 % interval says how far luck alone may have moved the difference."
    ).classes("quiet")


def _list(sentences: Sequence[str]) -> None:
    with ui.element("ul").classes("findings"):
        for sentence in sentences:
            TextElement(tag="li", text=sentence)


def _table(head: list[str], rows: list[list[str]]) -> None:
    """A small table of words and numbers."""
    top = "".join(f'<th scope="col">{escape(text)}</th>' for text in head)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for first, *cells in rows
    )
    table = f'<table class="numbers"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'
    ui.html(table, sanitize=False).classes("across").props('tabindex="0" role="region" aria-label="The main outcomes"')


def _endings(found: Found) -> None:
    kinds = list(next(iter(found.endings.values())))
    first, second = found.labels
    shares = {label: [found.endings[label][kind] for kind in kinds] for label in found.labels}
    gap = np.abs(np.subtract(shares[first], shares[second]))
    most = kinds[int(gap.argmax())]
    title = (
        f"“{most.capitalize()}” is the end of {shares[second][kinds.index(most)]:.0f} of 100 worlds under "
        f"{doctrine_label(second)}, of {shares[first][kinds.index(most)]:.0f} under {doctrine_label(first)}"
    )
    charts.chart(charts.groups(kinds, shares, "worlds of 100", title), f"Bars: {title}.")


def _fan(found: Found, fan: Fan, on_month: OnMonth) -> None:
    options = charts.fan(found.months, fan.bands, fan.unit, fan.title, zero=fan.zero, change=_change(found))
    about = f"{fan.label}, {found.months[0]} to {found.months[-1]}, {fan.unit}. {fan.title}."
    charts.chart(options, about, on_month)


def _change(found: Found) -> str | None:
    """The month to mark: none if the doctrines differ from the first month on."""
    return found.change if found.change != found.months[0] else None
