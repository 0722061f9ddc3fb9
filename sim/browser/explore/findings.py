"""What a run found, on the page: the differences first, then the pictures, then one world of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import numpy as np
from nicegui import ui

from sim.browser import charts
from sim.browser.explore.comparison import Comparison
from sim.browser.explore.paired_run import Fan, PairedFindings
from sim.browser.fields import choice, whole
from sim.browser.layout import TextElement, heading, paragraph
from sim.browser.player.playback import player, why
from sim.scenario.spelling import doctrine_label

OnMonth = Callable[[str], Any]
BAND = "Line: mean of the worlds. Band: 90 of 100 worlds."
ANCHOR = "why"
NONE = ""
"""No month is chosen yet."""


def show(found: PairedFindings, state: Comparison, on_month: OnMonth) -> None:
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


def _headline(found: PairedFindings, state: Comparison) -> None:
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
    top = "".join(f'<th scope="col">{escape(text)}</th>' if text else "<td></td>" for text in head)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for first, *cells in rows
    )
    table = f'<table class="numbers"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'
    ui.html(table, sanitize=False).classes("across").props('tabindex="0" role="region" aria-label="The main outcomes"')


def _endings(found: PairedFindings) -> None:
    kinds = list(next(iter(found.endings.values())))
    first, second = found.labels
    shares = {label: [found.endings[label][kind] for kind in kinds] for label in found.labels}
    gap = np.abs(np.subtract(shares[first], shares[second]))
    most = kinds[int(gap.argmax())]
    title = (
        f"“{most.capitalize()}” is the end of {shares[second][kinds.index(most)]:.0f} of 100 worlds under "
        f"{doctrine_label(second)}, of {shares[first][kinds.index(most)]:.0f} under {doctrine_label(first)}"
    )
    charts.Chart(charts.groups(kinds, shares, "worlds of 100", title), f"Bars: {title}.")


def _fan(found: PairedFindings, fan: Fan, on_month: OnMonth) -> None:
    options = charts.fan(found.months, fan.bands, fan.unit, fan.title, zero=fan.zero, change=_change(found))
    about = f"{fan.label}, {found.months[0]} to {found.months[-1]}, {fan.unit}. {fan.title}."
    charts.Chart(options, about, on_month)


def _change(found: PairedFindings) -> str | None:
    """The month to mark: none if the doctrines differ from the first month on."""
    return found.change if found.change != found.months[0] else None


class OneWorld:
    """The part of the page about one world.

    Parameters
    ----------
    found : Found
        What the run found.
    state : Comparison
        What was run.
    """

    def __init__(self, found: PairedFindings, state: Comparison) -> None:
        self._found, self._state = found, state
        self._scenarios = state.named()
        self._world = found.examples[0].world if found.examples else 0
        self._month, self._open = NONE, False
        with ui.element("section").props('aria-labelledby="one-world"'):
            heading(2, "One world, and why").props('id="one-world"')
            self._which()
            heading(3, "Why, in one month").props(f'id="{ANCHOR}"')
            self._months = ui.element("div")
            self._why = ui.element("div")
            with ui.element("details").on("toggle", self._opened):
                with ui.element("summary"):
                    heading(3, "The whole story of this world, month by month")
                self._player = ui.element("div")
        self._tell()

    def month(self, month: str) -> None:
        """Tell why in this month, and go there."""
        self._month = month
        self._tell()
        ui.run_javascript(f"document.getElementById('{ANCHOR}').scrollIntoView({{block: 'start'}})")

    def _which(self) -> None:
        first, second = map(doctrine_label, self._found.labels)
        names = {
            str(one.world): f"World {one.world}: {one.endings[0]} under {first}, {one.endings[1]} under {second}"
            for one in self._found.examples
        }
        if names:
            paragraph("Luck is the same under both doctrines. These worlds end otherwise all the same:")
            choice("A world that ends otherwise", names, str(self._world), lambda text: self._go(int(text)))
        else:
            paragraph("Every world ends in the same way under both doctrines.")
        whole(f"Or any world, 0 to {self._state.worlds - 1}", self._world, 0, self._state.worlds - 1, self._go)

    def _go(self, world: int) -> None:
        self._world = world
        self._tell()
        self._play()

    def _pick(self, month: str) -> None:
        self._month = month
        self._tell()

    def _tell(self) -> None:
        self._months.clear()
        with self._months:
            months = {NONE: "choose a month"} | {month: month for month in self._found.months}
            choice("Which month", months, self._month, self._pick)
        self._why.clear()
        if self._month:
            with self._why:
                why(self._scenarios, self._state.seed, self._world, self._month)

    def _opened(self) -> None:
        """Live through the world when its story is first asked for."""
        if not self._open:
            self._open = True
            self._play()

    def _play(self) -> None:
        if not self._open:
            return
        self._player.clear()
        with self._player:
            player(self._scenarios, self._state.seed, self._world)
