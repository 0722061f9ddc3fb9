"""The flows of a month as bars: money from Washington and Europe, and Moscow's effort under its ceiling."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from sim.app.player.frames import Frame
from sim.figures.style import COLOURS, INK, QUIET
from sim.questions.labels import number

WIDTH, LEFT, ROW, BAR, TOP = 520.0, 1.0, 54.0, 18.0, 28.0
ROOM = WIDTH - LEFT - 145.0
"""Pixels of the longest bar; what is left is for its number. Names stand above bars: beside them they would have no
room at the size that a phone needs."""
GIVES, FIGHTS = COLOURS[0], COLOURS[1]
MONEY, FORCE = "EUR bn", "units"


class Scale(NamedTuple):
    """The longest bars of all months shown: money (EUR bn a month) and effort (units of force a month)."""

    money: float
    effort: float


def scale(shown: list[list[Frame]]) -> Scale:
    """One scale for all months and doctrines, so that bars can be compared."""
    every = [frame for frames in shown for frame in frames]
    money = max(max(frame.allocated, frame.delivered, frame.europe) for frame in every)
    return Scale(money or 1.0, max(frame.ceiling for frame in every) or 1.0)


def sentence(frame: Frame) -> str:
    """The flows of a month in words."""
    talks = "" if not frame.talks else f" Talks are held, {called(frame)}."
    return (
        f"Washington allocates {number(frame.allocated, 1)} EUR bn and delivers {number(frame.delivered, 1)}; "
        f"Europe allocates {number(frame.europe, 1)}. Russia adds {number(frame.effort, 1)} units of force, "
        f"of at most {number(frame.ceiling, 1)}.{talks}"
    )


def called(frame: Frame) -> str:
    """Who is called first."""
    return "Moscow is called first" if frame.moscow_first else "the allies are consulted first"


def flows(frame: Frame, longest: Scale) -> str:
    """The flows of a month as SVG."""
    rows = (
        ("Washington allocates", frame.allocated, longest.money, GIVES, MONEY),
        ("Washington delivers", frame.delivered, longest.money, GIVES, MONEY),
        ("Europe allocates", frame.europe, longest.money, GIVES, MONEY),
        ("Russia's war effort", frame.effort, longest.effort, FIGHTS, FORCE),
    )
    bars = "".join(_bar(place, *row) for place, row in enumerate(rows))
    top, last = TOP + ROW * (len(rows) - 1), TOP + ROW * len(rows) - 2.0
    limit = LEFT + ROOM * frame.ceiling / longest.effort
    talks = f"At the table: {called(frame)}" if frame.talks else "At the table: no talks this month"
    return (
        f'<svg viewBox="0 0 {WIDTH:.0f} {last + 10.0:.0f}" role="img" '
        f'aria-label="{escape(sentence(frame))}" xmlns="http://www.w3.org/2000/svg" class="flows">{bars}'
        f'<path d="M{limit:.1f},{top:.1f} v{BAR + 4}" stroke="{INK}" stroke-width="2.5"/>'
        f'<text x="{LEFT:.0f}" y="{last:.0f}" class="m">{talks}</text></svg>'
    )


def _bar(place: int, name: str, size: float, longest: float, colour: str, unit: str) -> str:
    top, length = TOP + ROW * place, ROOM * max(size, 0.0) / longest
    return (
        f'<text x="{LEFT:.0f}" y="{top - 7:.0f}" class="m">{name}</text>'
        f'<rect x="{LEFT:.0f}" y="{top:.0f}" width="{ROOM:.0f}" height="{BAR}" fill="none" stroke="{QUIET}" '
        'stroke-width=".5"/>'
        f'<rect x="{LEFT:.0f}" y="{top:.0f}" width="{length:.1f}" height="{BAR}" fill="{colour}"/>'
        f'<text x="{LEFT + ROOM + 6:.0f}" y="{top + 15:.0f}" class="m">{number(size, 1)} {unit}</text>'
    )
