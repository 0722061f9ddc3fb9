"""From one doctrine to the other in steps: what every dial, group of dials or mechanism adds to each outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.ticker import MaxNLocator

from sim.basics.labels import HUNDRED
from sim.basics.tables import Row
from sim.figures import axes
from sim.figures.differences import UNITS
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import KeyEntry, page, width_of, wrapped
from sim.figures.style import COLOURS, FAMILY, INK, LABEL, QUIET, TEXT, ink
from sim.questions.compare.paired_sentence import differs, scale
from sim.questions.dials.attribution import waterfall_numbers

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 6
"""Outcomes that fit a page."""
COLUMNS = 3
UP, DOWN, NOISE = COLOURS[0], COLOURS[1], "#9a9a9a"
ROW = 0.3
"""Inches a step."""
PANEL = 3.0
"""Inches of a panel, about: headings are broken to fit."""
ROOM = 0.42
"""Part of the range of values that is left free at either side for the numbers beside the bars."""


@figure_of_ours
def waterfall(
    parts: Mapping[str, Sequence[Row]], title: str, ends: tuple[str, str], source: str, whose: str = "dial"
) -> Figure:
    """Steps from the first doctrine to the second, a panel an outcome; of more than six outcomes the first six.

    Parameters
    ----------
    parts : mapping of str to sequence of dict
        By outcome, as `sim.questions.dials.attribution.waterfall_rows` gives them: start, steps, end.
    title : str
        The finding.
    ends : tuple of str
        What start and end are called.
    source : str
        Where the figure comes from.
    whose : str
        What makes a step.
    """
    shown = dict(list(parts.items())[:MOST])
    lines = -(-len(shown) // COLUMNS)
    rows = next(iter(shown.values()))[1:-1]
    steps = [f"{str(row['name']).replace('_', ' ')} {row.get('change', '')}".strip() for row in rows]
    names = [ends[0], *steps, ends[1]]
    key = [KeyEntry("raises", ink(UP), UP, hatch=""), KeyEntry("lowers", ink(DOWN), DOWN, hatch="")]
    key += [KeyEntry("not told from no effect", ink(NOISE), NOISE, hatch="")]
    note = (
        f"From the upper to the lower dot: the Shapley value of each {whose}, and its 95 % interval. A step is a mean "
        "over all orders in which they can move, so that the places in between are levels of no one scenario."
    )
    high = ROW * (len(names) + 1) + 1.45
    sheet = page(title, note, source, key=key, height=2.4 + lines * high, below=0.45)
    left = max(width_of(name, TEXT) for name in names) + 0.15
    grid = sheet.grid(
        lines, min(len(shown), COLUMNS), left=left, right=0.15, top=0.95, wspace=0.1, hspace=1.45 / (ROW * len(names))
    )
    for place, ax in enumerate(grid.flat):
        if place >= len(shown):
            ax.set_visible(False)
            continue
        outcome = list(shown)[place]
        _panel(ax, shown[outcome], names if place % COLUMNS == 0 else [""] * len(names))
    return sheet.figure


def _panel(ax: Axes, rows: Sequence[Row], names: list[str]) -> None:
    """One outcome: a dot, its steps, a dot."""
    steps, unit = rows[1:-1], str(rows[1]["unit"])
    by = scale(steps[0])
    axes.prepare(
        ax, "\n".join(wrapped(str(rows[1]["label"]), LABEL, PANEL, "bold")), UNITS.get(unit, unit), "x", stacked=True
    )
    ax.set_yticks(range(len(rows)), names)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    reached = by * rows[0]["value"] + np.cumsum([0.0, *(by * row["value"] for row in steps)])
    _limits(ax, reached, steps, by)
    texts = waterfall_numbers(rows)
    for nth, row in enumerate(steps, 1):
        _step(ax, nth, float(reached[nth - 1]), row, texts[nth])
    for nth, row in ((0, rows[0]), (len(rows) - 1, rows[-1])):
        x = by * row["value"]
        ax.plot([x], [nth], "o", color=INK, markersize=9, zorder=4)
        _number(ax, x, nth, texts[nth], INK, x < np.mean(ax.get_xlim()), bold=True)
    ax.xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 2.5, 5, 10]))


def _limits(ax: Axes, reached: Any, steps: Sequence[Row], by: float) -> None:
    """Room for every bar, its interval, and the number beside it."""
    tips = [by * row[end] + before for row, before in zip(steps, reached, strict=False) for end in ("low", "high")]
    every = np.array([*reached, *tips])
    low, high = np.nanmin(every), np.nanmax(every)
    width = high - low or max(abs(high), 1.0) / HUNDRED
    ax.set_xlim(low - ROOM * width, high + ROOM * width)


def _step(ax: Axes, place: int, before: float, row: Row, text: str) -> None:
    """One bar from where the steps before it have led, its interval, and its size on the side that is freer."""
    by = scale(row)
    size = by * row["value"]
    after = before + size
    colour = NOISE if not differs(row) else UP if size > 0.0 else DOWN
    ax.barh([place], [size], left=before, height=0.62, color=colour, zorder=3)
    ax.plot([before, before], [place - 1, place + 0.31], color=QUIET, linewidth=0.8, zorder=2)
    ax.plot([after, after], [place - 0.31, place + 1], color=QUIET, linewidth=0.8, zorder=2)
    low, high = before + by * row["low"], before + by * row["high"]
    ax.plot([low, high], [place, place], color=INK, linewidth=1.6, zorder=4)
    right = before + after < sum(ax.get_xlim())
    tips = [tip for tip in (before, after, low, high) if np.isfinite(tip)]
    _number(ax, max(tips) if right else min(tips), place, text, ink(colour), right)


def _number(ax: Axes, x: float, y: float, text: str, colour: str, right: bool, bold: bool = False) -> None:
    ax.annotate(
        text,
        (x, y),
        xytext=(7 if right else -7, 0),
        textcoords="offset points",
        ha="left" if right else "right",
        va="center",
        size=TEXT,
        weight="bold" if bold else "normal",
        color=colour,
        family=FAMILY,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.8},
        zorder=5,
    )
