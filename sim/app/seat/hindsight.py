"""The debrief on a page: among the doctrines' worlds, the costliest decision, and in the eyes of the others.

The class shows it too: it needs a debrief, and the table of it played to the end.
"""

from __future__ import annotations

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from sim.app.charts import chart, lines
from sim.app.layout import heading, paragraph
from sim.app.seat.strips import show_strips
from sim.app.seat.verdict import (
    TRIFLE,
    by_month,
    cost_something,
    costliest,
    deviations,
    headline,
    how_it_ended,
    in_this_world,
    land_worth,
    parts,
    scale,
    utility,
)
from sim.questions.labels import number
from sim.seats.debrief import Debrief, Read
from sim.seats.table import Table

FEWEST = 3
"""Months from which a line says more than a list."""
MOST_LISTED = 5
"""Decisions that are listed after the costliest."""


def show_debrief(found: Debrief, lived: Table) -> None:
    """Show a debrief.

    Parameters
    ----------
    found : Debrief
    lived : Table
        Its table, with every month over.
    """
    land = land_worth(found, lived)
    _standing(found, land)
    _decisions(found, land)
    _reads(found)


def _standing(found: Debrief, land: float | None) -> None:
    with ui.element("section").props('aria-labelledby="seat-standing"'):
        heading(2, headline(found)).props('id="seat-standing"')
        for text in (how_it_ended(found), *in_this_world(found), parts(found), scale(land)):
            if text:
                paragraph(text)
        worlds = len(found.distribution[found.own])
        heading(3, f"You among {worlds} other worlds under each doctrine")
        paragraph(
            "Each strip shows how often a payoff occurs, utility a month; further right is better for you. The black "
            "line is you. The ring is what the doctrine would have got in your very world. The doctrines differ, your "
            "goals do not: all are judged by those of your own doctrine. Other worlds have other luck; the ring has "
            "yours. The outermost bars hold all that is beyond."
        )
        show_strips(found)


def _decisions(found: Debrief, land: float | None) -> None:
    with ui.element("section").props('aria-labelledby="seat-decisions"'):
        heading(2, costliest(found, land)).props('id="seat-decisions"')
        if not found.decisions:
            return
        worst = found.decisions[0]
        if cost_something(found):
            _list(deviations(found.seat, worst) or ["You ordered what your doctrine would have ordered."])
        paragraph(
            "This is hindsight: the month was lived again as your doctrine would have decided it, with the same luck "
            "and with everything else as it was. Nobody could know that luck then; a sound order may turn out dear."
        )
        months, losses = by_month(found)
        if len(months) >= FEWEST and any(losses):
            told = f"{worst.month} cost most, {utility(worst.loss)}" if worst.loss > 0.0 else "no month cost anything"
            title = f"What each month's orders cost you: {told}; below zero the order paid"
            chart(
                lines(months, {"cost": losses}, "utility a month", title, zero=True),
                f"{title}, over {len(months)} months.",
            )
        _next_worst(found)


def _next_worst(found: Debrief) -> None:
    others = [one for one in found.decisions[1:] if one.loss >= TRIFLE][:MOST_LISTED]
    if not others:
        return
    with ui.element("details"):
        TextElement(tag="summary", text="The next costliest decisions")
        for one in others:
            heading(3, f"{one.month}: {utility(one.loss)}")
            _list(deviations(found.seat, one))


def _reads(found: Debrief) -> None:
    with ui.element("section").props('aria-labelledby="seat-reads"'):
        heading(2, "What the others believed of you").props('id="seat-reads"')
        if not found.reads:
            paragraph("Nothing of yours came up that others had to guess.")
        with ui.element("div").classes("seat-charts"):
            for read in found.reads:
                _read(read)


def _read(read: Read) -> None:
    pairs = list(zip(read.months, read.believed, read.truth, strict=True))
    if len(pairs) >= FEWEST:
        drawn = lines(read.months, {"believed": read.believed, "what was so": read.truth}, read.unit, read.label)
        month, believed, truth = pairs[-1]
        chart(drawn, f"{read.label}. In {month}: {number(believed, 2)} against {number(truth, 2)} {read.unit}.")
        return
    with ui.element("div"):
        heading(3, read.label)
        _list([f"{month}: {number(said, 1)} against {number(truth, 1)} {read.unit}" for month, said, truth in pairs])


def _list(texts: list[str]) -> None:
    with ui.element("ul"):
        for text in texts:
            TextElement(tag="li", text=text)
