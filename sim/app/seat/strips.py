"""Where the player stands among the worlds of each doctrine: one small histogram a doctrine, on one axis."""

from __future__ import annotations

from html import escape

import numpy as np
from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from sim.app.seat.verdict import DIGITS, beaten, name_of
from sim.arrays import Array
from sim.figures.style import FAINT, INK, looks
from sim.questions.labels import number
from sim.seats.debrief import Debrief

BINS = 40
RARE = (0.05, 0.95)
"""Worlds beyond are drawn in the outermost bars, or a few would squeeze all others together."""
HEIGHT, TOP, FOOT = 56, 8, 48
"""Pixels: of a strip, and the top and foot of its bars."""
PERCENT, MARGIN = 100.0, 2.0
TICKS = (0.0, 0.5, 1.0)
"""Places of the numbers of the axis, as shares of it."""
ANCHORS = ("start", "middle", "end")


def show_strips(found: Debrief) -> None:
    """Show the distribution of each doctrine with the player's mark, and the numbers as a table."""
    edges = _edges(found)
    seen = looks(found.distribution)
    with ui.element("ul").classes("strips"):
        for label, values in found.distribution.items():
            with ui.element("li"):
                TextElement(tag="strong", text=name_of(label))
                TextElement(tag="span", text=f"You did better than {beaten(found, label)} of its worlds.")
                picture = strip(values, edges, found.payoff, found.here[label], seen[label].colour, _told(found, label))
                ui.html(picture, sanitize=False)
    ui.html(axis(edges), sanitize=False).props("aria-hidden=true")
    with ui.element("details"):
        TextElement(tag="summary", text="The numbers")
        ui.html(_table(found), sanitize=False).classes("scroll").props(
            'tabindex="0" role="region" aria-label="Payoffs by doctrine"'
        )


def strip(values: Array, edges: Array, you: float, here: float, colour: str, told: str) -> str:
    """One histogram as a picture, made of its numbers alone.

    Parameters
    ----------
    values : Array
        Payoffs of the worlds.
    edges : Array
        Of the bins, which all strips share.
    you, here : float
        The player's payoff, and the doctrine's in the player's world.
    colour, told : str
        Of the bars; what the picture shows, for those who do not see it.
    """
    counts = np.histogram(np.clip(values, edges[0], edges[-1]), edges)[0]
    highest, width = max(int(counts.max()), 1), (PERCENT - 2 * MARGIN) / (len(edges) - 1)
    tall = FOOT - TOP
    bars = "".join(
        f'<rect x="{MARGIN + place * width:.2f}%" width="{width:.2f}%" y="{FOOT - tall * count / highest:.1f}" '
        f'height="{tall * count / highest:.1f}" fill="{colour}" fill-opacity="0.55"/>'
        for place, count in enumerate(counts)
        if count
    )
    at_you, at_here = _at(you, edges), _at(here, edges)
    return (
        f'<svg role="img" aria-label="{escape(told, quote=True)}" width="100%" height="{HEIGHT}">{bars}'
        f'<line x1="0%" x2="100%" y1="{FOOT}" y2="{FOOT}" stroke="{FAINT}" stroke-width="2"/>'
        f'<circle cx="{at_here}%" cy="{FOOT}" r="6" fill="#fff" stroke="{INK}" stroke-width="2.5"/>'
        f'<line x1="{at_you}%" x2="{at_you}%" y1="0" y2="{HEIGHT}" stroke="{INK}" stroke-width="3"/></svg>'
    )


def axis(edges: Array) -> str:
    """The numbers beneath the strips."""
    low, high = float(edges[0]), float(edges[-1])
    texts = "".join(
        f'<text x="{MARGIN + (PERCENT - 2 * MARGIN) * part:.1f}%" y="16" text-anchor="{anchor}">'
        f"{number(low + part * (high - low), 2)}</text>"
        for part, anchor in zip(TICKS, ANCHORS, strict=True)
    )
    return f'<svg width="100%" height="22" font-size="14" fill="{INK}">{texts}</svg>'


def _edges(found: Debrief) -> Array:
    """Bins from the lowest to the highest of what is not rare; what is rarer counts into the outermost."""
    usual = [np.quantile(values, RARE) for values in found.distribution.values()]
    every = np.concatenate([*usual, [found.payoff], list(found.here.values())])
    return np.histogram_bin_edges(every, bins=BINS)


def _at(value: float, edges: Array) -> float:
    low, high = float(edges[0]), float(edges[-1])
    return round(MARGIN + (PERCENT - 2 * MARGIN) * (value - low) / (high - low), 2)


def _told(found: Debrief, label: str) -> str:
    values = found.distribution[label]
    low, middle, high = (number(part, DIGITS) for part in np.quantile(values, (0.05, 0.5, 0.95)))
    return (
        f"Payoffs of {len(values)} worlds under {name_of(label)}: half are below {middle}, nine in ten from "
        f"{low} to {high}. Yours is {number(found.payoff, DIGITS)}."
    )


def _table(found: Debrief) -> str:
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("doctrine", "average of its worlds", "in your world", "you beat")
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(name_of(label))}</th><td>{number(float(values.mean()), DIGITS)}</td>'
        f"<td>{number(found.here[label], DIGITS)}</td><td>{beaten(found, label)}</td></tr>"
        for label, values in found.distribution.items()
    )
    you = f'<tr><th scope="row">you</th><td>–</td><td>{number(found.payoff, DIGITS)}</td><td>–</td></tr>'
    return f'<table class="numbers"><thead><tr>{head}</tr></thead><tbody>{you}{rows}</tbody></table>'
