"""Figures of the lessons: counts as bars, and a formula's line with what was simulated as dots on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.basics.labels import number
from sim.figures import axes
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import LEADING, POINTS, page, put, spread, wrapped
from sim.figures.style import COLOURS, FAMILY, INK, LABEL, LINES, MARKERS, MEAN_WIDTH, QUIET, TEXT, ink

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BESIDE = 2.6
"""Inches kept for names beside bars or lines."""
ROOM = 0.08
BAR = 0.62
"""Height of a bar, of its row."""


class Curve(NamedTuple):
    """A line and dots of one name.

    Attributes
    ----------
    label : str
        Its name, written at its right end.
    x, y : array, shape (n,)
        The line; empty where there is none.
    dots : pair of arrays, shape (m,), optional
        What was simulated or observed.
    """

    label: str
    x: Any
    y: Any
    dots: tuple[Any, Any] | None = None


@figure_of_ours
def curves(
    title: str,
    note: str,
    source: str,
    across: str,
    up: str,
    drawn: Sequence[Curve],
    marks: Mapping[str, float] | None = None,
    low: float | None = 0.0,
    high: float | None = None,
    years: bool = False,
) -> Figure:
    """Lines by the formula, and dots by the simulation.

    Parameters
    ----------
    title, note, source : str
        The finding, how to read the figure, where it comes from.
    across, up : str
        What the axes show, with units.
    drawn : sequence of Curve
        At most eight.
    marks : mapping of str to float, optional
        Places on the horizontal axis with a thin line and a name.
    low, high : float, optional
        Ends of the vertical axis.
    years : bool
        Whether years run across.
    """
    sheet = page(title, note, source, below=0.95)
    ax = sheet.grid(1, 1, left=0.75, right=BESIDE, top=0.4)[0, 0]
    axes.prepare(ax, up)
    for place, curve in enumerate(drawn):
        colour = COLOURS[place]
        if len(curve.x):
            ax.plot(curve.x, curve.y, color=colour, linestyle=LINES[place], linewidth=MEAN_WIDTH, zorder=3)
        if curve.dots is not None:
            ax.plot(*curve.dots, linestyle="none", marker=MARKERS[place], markersize=10, color=colour, zorder=4)
    _frame(ax, drawn, low, high)
    if years:
        ax.xaxis.set_major_formatter("{x:.0f}")
        ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    for name, x in (marks or {}).items():
        ax.axvline(x, color=QUIET, linewidth=1.2, zorder=1.5)
        ax.annotate(
            name, (x, 1.0), xycoords=("data", "axes fraction"), xytext=(6, -4), textcoords="offset points",
            va="top", size=TEXT, color=QUIET, family=FAMILY, parse_math=False,
        )  # fmt: skip
    _names(ax, drawn)
    box, figure = ax.get_position(), sheet.figure
    put(figure, box.x0, box.y0 - 0.42 / figure.get_figheight(), across, va="top")
    return figure


def _frame(ax: Axes, drawn: Sequence[Curve], low: float | None, high: float | None) -> None:
    parts = [np.asarray(part, float) for curve in drawn for part in (curve.y, *(curve.dots or ((), ()))[1:])]
    heights = np.concatenate(parts)
    bottom = float(np.nanmin(heights)) if low is None else low
    top = float(np.nanmax(heights)) if high is None else high
    room = ROOM * (top - bottom)
    ax.set_ylim(bottom - (room if low is None else 0.3 * room), top + room)
    ax.xaxis.set_major_formatter(FuncFormatter(axes.tick))
    ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]))
    axes.few_ticks(ax, 6)
    ax.margins(x=0.03)


def _names(ax: Axes, drawn: Sequence[Curve]) -> None:
    """The name of each curve beside its right end, apart from each other."""
    figure: Any = ax.figure
    low, high = ax.get_ylim()
    line = (high - low) / (ax.get_position().height * figure.get_figheight()) * LABEL * LEADING / POINTS
    texts = [wrapped(curve.label, LABEL, BESIDE - 0.35, "bold") for curve in drawn]
    ends = [_end(curve) for curve in drawn]
    places = spread([y for _, y in ends], max(map(len, texts)) * line, low, high)
    left, right = ax.get_xlim()
    for place, (text, end, height) in enumerate(zip(texts, ends, places, strict=True)):
        ax.annotate(
            "\n".join(text),
            end,
            xytext=(right + 0.03 * (right - left), height),
            annotation_clip=False,
            va="center",
            size=LABEL,
            weight="bold",
            color=ink(COLOURS[place]),
            family=FAMILY,
            parse_math=False,
            arrowprops={"arrowstyle": "-", "color": COLOURS[place], "shrinkA": 0, "shrinkB": 4, "linewidth": 1.0},
        )


def _end(curve: Curve) -> tuple[float, float]:
    x, y = (curve.x, curve.y) if len(curve.x) else (curve.dots or ((0.0,), (0.0,)))
    last = int(np.argmax(np.asarray(x, float)))
    return float(x[last]), float(y[last])


@figure_of_ours
def bars(
    title: str,
    note: str,
    source: str,
    panels: Mapping[str, Mapping[str, float]],
    unit: str = "",
    digits: int = 0,
    most: float | None = None,
) -> Figure:
    """Bars with their numbers, in one panel or in several of the same rows.

    Parameters
    ----------
    title, note, source : str
        The finding, how to read the figure, where it comes from.
    panels : mapping of str to mapping of str to float
        By what is counted, by row; all panels have the same rows.
    unit : str
        Of the numbers.
    digits : int
        Decimals shown.
    most : float, optional
        Right end of every panel; the largest number's if None.
    """
    sheet = page(title, note, source, below=0.35)
    grid = sheet.grid(1, len(panels), left=BESIDE + 0.2, right=0.7, top=0.65, wspace=0.35)
    rows = list(next(iter(panels.values())))
    top = most or max(value for panel in panels.values() for value in panel.values())
    for place, (ax, (heading, panel)) in enumerate(zip(grid[0], panels.items(), strict=True)):
        axes.prepare(ax, heading, unit, lines="x", stacked=True)
        ax.set_xlim(0.0, 1.05 * top)
        ax.set_ylim(len(rows) - 0.5, -0.5)
        ax.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
        ax.barh(range(len(rows)), [panel[row] for row in rows], BAR, color=[COLOURS[i] for i in range(len(rows))])
        for row, name in enumerate(rows):
            _value(ax, panel[name], row, number(panel[name], digits), COLOURS[row])
        ax.set_yticks(range(len(rows)), [""] * len(rows))
        ax.tick_params(axis="y", length=0)
        if not place:
            _rows(ax, rows)
    return sheet.figure


def _value(ax: Axes, value: float, row: int, text: str, colour: str) -> None:
    ax.annotate(
        text,
        (max(value, 0.0), row),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        size=LABEL,
        weight="bold",
        color=ink(colour),
        family=FAMILY,
        annotation_clip=False,
        path_effects=[withStroke(linewidth=3.0, foreground="white")],
    )


def _rows(ax: Axes, rows: Sequence[str]) -> None:
    for row, name in enumerate(rows):
        ax.annotate(
            "\n".join(wrapped(name, LABEL, BESIDE - 0.2, "bold")),
            (0.0, row),
            xytext=(-10, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            size=LABEL,
            weight="bold",
            color=ink(COLOURS[row]) if row < len(COLOURS) else INK,
            family=FAMILY,
            parse_math=False,
            annotation_clip=False,
        )
