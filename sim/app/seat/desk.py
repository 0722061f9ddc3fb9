"""What lies on the desk: facts as a quiet list, beliefs as small pictures of what is thought possible."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from sim.app.layout import heading
from sim.figures.style import FAINT, INK, QUIET
from sim.questions.labels import decimals, number
from sim.seats.known import Belief, Fact

BLUE = "#0072B2"
NATURAL = {"% of full support": (0.0, 100.0), "%": (0.0, 100.0)}
"""Units that have ends of their own."""
PERCENT, MARGIN = 100.0, 4.0
"""The ends of the picture keep some per cent free."""
NEAR, SHORT = 12.0, 26.0
"""Per cent of the width: how near the edge a text must be turned inwards, and below what length a bar has one text."""
FINE = 10.0
"""Parts of an interval to which its numbers are told."""


def show_facts(facts: Iterable[Fact]) -> None:
    """Show what is known."""
    heading(4, "What you know")
    with ui.element("dl").classes("facts"):
        for fact in facts:
            TextElement(tag="dt", text=fact.label)
            with ui.element("dd"):
                TextElement(tag="span", text=fact.value).classes("value")
                TextElement(tag="span", text=fact.help).classes("quiet")


def show_beliefs(beliefs: Iterable[Belief]) -> None:
    """Show what is believed, with how unsure one is."""
    heading(4, "What you think possible")
    with ui.element("ul").classes("beliefs"):
        for belief in beliefs:
            with ui.element("li"):
                TextElement(tag="span", text=belief.label).classes("what")
                TextElement(tag="span", text=told(belief)).classes("told")
                ui.html(interval(belief), sanitize=False).classes("interval")
                TextElement(tag="span", text=belief.help).classes("quiet")


def told(belief: Belief) -> str:
    """A belief as a sentence."""
    mean, low, high = _numbers(belief)
    return f"about {mean} {belief.unit}; nine chances in ten from {low} to {high}"


def interval(belief: Belief) -> str:
    """A belief as a picture: a bar from end to end, the mean as a dot, and zero; made of its numbers alone."""
    low, high = _ends(belief)

    def at(value: float) -> float:
        return round(MARGIN + (PERCENT - 2.0 * MARGIN) * (value - low) / ((high - low) or 1.0), 2)

    _, first, last = _numbers(belief)
    start, end, middle = at(belief.low), at(belief.high), at(belief.mean)
    label = escape(f"{belief.label}: {told(belief)}", quote=True)
    return (
        f'<svg role="img" aria-label="{label}" width="100%" height="62" font-size="14" fill="{INK}">'
        f'<line x1="{at(low)}%" x2="{at(high)}%" y1="20" y2="20" stroke="{FAINT}" stroke-width="4"/>'
        f"{_tick(at(0.0)) if low <= 0.0 <= high else ''}"
        f'<line x1="{start}%" x2="{end}%" y1="20" y2="20" stroke="{BLUE}" stroke-width="10" stroke-opacity="0.45"/>'
        f'<circle cx="{middle}%" cy="20" r="7" fill="{BLUE}" stroke="#fff" stroke-width="2"/>'
        f"{_ends_told(start, end, first, last)}</svg>"
    )


def _tick(place: float) -> str:
    return (
        f'<line x1="{place}%" x2="{place}%" y1="8" y2="32" stroke="{QUIET}" stroke-width="2"/>'
        f'<text x="{place}%" y="60" text-anchor="{_anchor(place)}" fill="{QUIET}">0</text>'
    )


def _ends_told(start: float, end: float, first: str, last: str) -> str:
    """The numbers at the ends of the bar; as one text where it is too short for two."""
    if end - start < SHORT:
        middle = (start + end) / 2.0
        return f'<text x="{middle:.2f}%" y="44" text-anchor="{_anchor(middle)}">{first} to {last}</text>'
    ends = ((start, first), (end, last))
    return "".join(f'<text x="{x}%" y="44" text-anchor="{_anchor(x)}">{text}</text>' for x, text in ends)


def _anchor(place: float) -> str:
    """Which way a text runs that must stay within the picture."""
    if place < NEAR:
        return "start"
    return "end" if place > PERCENT - NEAR else "middle"


def _ends(belief: Belief) -> tuple[float, float]:
    """Ends of the axis: those of the unit, zero, and the bar."""
    natural = NATURAL.get(belief.unit, (0.0, 0.0))
    return min(*natural, belief.low), max(*natural, belief.high)


def _numbers(belief: Belief) -> tuple[str, str, str]:
    digits = decimals((belief.high - belief.low) / FINE, 3) if belief.high > belief.low else 2
    mean, low, high = (number(value, digits) for value in (belief.mean, belief.low, belief.high))
    return mean, low, high
