"""Figures of the textbook games: comparative statics, the parameters at hand in bold, direct labels at the curves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.figures import axes
from sim.figures.page import LEADING, POINTS, page, put, spread, wrapped
from sim.figures.style import COLOURS, FAMILY, INK, LABEL, LINES, MEAN_WIDTH, OTHER_WIDTH, TEXT, WIDTH, Dashes, ink
from sim.theory.words import short

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.theory.game import Game
    from sim.theory.statics import Curve, Drawn

LABELS = 2.1
"""Inches right of a panel for the names of its curves."""
MARGIN = 0.06
"""Free space above and below the curves, share of their height."""
NEAR = 0.12
"""Share of the panel's width from either end within which the value of a point stands on the other side of it."""
DERIVED = "A minimal model made for teaching, in the spirit of the reference, not the paper's own."


def statics(game: Game, asked: str, finding: str, panels: Sequence[Drawn]) -> Figure:
    """The comparative statics of a game.

    Parameters
    ----------
    game : Game
    asked : str
        The parameters at hand, in words.
    finding : str
        What they come to: the title.
    panels : sequence of Drawn
        From `sim.theory.statics.drawn`.
    """
    note = f"{game.lesson} Dot: the parameters at hand, {asked}."
    source = f"{game.title}: {game.reference}.{f' {DERIVED}' if game.derived else ''}"
    sheet = page(finding, note, source, below=0.95)
    grid = sheet.grid(1, len(panels), left=0.75, right=LABELS, top=0.75, wspace=_gap(len(panels)))
    for ax, panel in zip(grid[0], panels, strict=True):
        _panel(ax, panel)
    return sheet.figure


def _gap(panels: int) -> float:
    """Space between panels for the labels of the left one, in mean widths of a panel."""
    between = LABELS + 0.75
    whole = WIDTH - 0.6 - 0.75 - LABELS
    return between / ((whole - (panels - 1) * between) / panels)


def _panel(ax: Axes, drawn: Drawn) -> None:
    axes.prepare(ax)
    _heading(ax, drawn.panel.heading)
    looks = _looks(len(drawn.curves), drawn.panel.family is not None)
    for curve, (colour, line) in zip(drawn.curves, looks, strict=True):
        width = MEAN_WIDTH if curve.here else OTHER_WIDTH
        ax.plot(curve.x, curve.y, color=colour, linestyle=line, linewidth=width, zorder=4 if curve.here else 3)
    _scale(ax, drawn)
    for curve, (colour, _) in zip(drawn.curves, looks, strict=True):
        _point(ax, curve, colour)
    _names(ax, drawn.curves, [colour for colour, _ in looks])
    _below(ax, drawn.label)


def _looks(curves: int, last_is_here: bool) -> list[tuple[str, Dashes]]:
    """Colours and lines; where the last curve is that of the parameters at hand, it has the first of them."""
    looks = [(COLOURS[i % len(COLOURS)], LINES[i % len(LINES)]) for i in range(curves)]
    return [*looks[1:], looks[0]] if last_is_here else looks


def _heading(ax: Axes, text: str) -> None:
    """What is drawn, above the panel, broken to its width and that of the labels beside it."""
    figure: Any = ax.figure
    width = ax.get_position().width * figure.get_figwidth() + LABELS
    axes.caption(ax, "\n".join(wrapped(text, LABEL, width, "bold")))


def _scale(ax: Axes, drawn: Drawn) -> None:
    panel = drawn.panel
    heights = np.concatenate([curve.y for curve in drawn.curves])
    heights = heights[np.isfinite(heights)]
    low = float(heights.min(initial=0.0)) if panel.floor is None else panel.floor
    high = float(heights.max(initial=low)) if panel.ceiling is None else panel.ceiling
    room = MARGIN * ((high - low) or 1.0)
    ax.set_xlim(panel.low, panel.high)
    ax.set_ylim(low - (room if low < 0.0 or panel.floor is None else 0.3 * room), high + room)
    if low < 0.0 < high:
        ax.axhline(0.0, color=INK, linewidth=1.2, zorder=2)
    ax.xaxis.set_major_formatter(FuncFormatter(axes.tick))
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    axes.few_ticks(ax, 6)


def _point(ax: Axes, curve: Curve, colour: str) -> None:
    """The dot of the parameters at hand, and its value beside it."""
    if curve.point is None or not np.isfinite(curve.point[1]):
        return
    ax.plot(*curve.point, marker="o", markersize=10, color=colour, zorder=6, clip_on=False)
    low, high = ax.get_xlim()
    bottom, top = ax.get_ylim()
    right = curve.point[0] < high - NEAR * (high - low)
    up = curve.point[1] < top - NEAR * (top - bottom)
    ax.annotate(
        short(curve.point[1]),
        curve.point,
        xytext=(9 if right else -9, 7 if up else -7),
        textcoords="offset points",
        ha="left" if right else "right",
        va="bottom" if up else "top",
        size=LABEL,
        weight="bold",
        color=ink(colour),
        family=FAMILY,
        path_effects=[withStroke(linewidth=3.5, foreground="white")],
        zorder=7,
    )


def _names(ax: Axes, curves: Sequence[Curve], colours: Sequence[str]) -> None:
    """The name of each curve at its right end; the ends of curves that coincide get their names below each other."""
    figure: Any = ax.figure
    inches = ax.get_position().height * figure.get_figheight()
    low, high = ax.get_ylim()
    texts = [wrapped(curve.label, LABEL, LABELS - 0.35, "bold" if curve.here else "normal") for curve in curves]
    ends = [_end(curve, (low + high) / 2.0) for curve in curves]
    gap = (high - low) / inches * max(map(len, texts)) * LABEL * LEADING / POINTS
    right = ax.get_xlim()[1] + 0.04 * (ax.get_xlim()[1] - ax.get_xlim()[0])
    for curve, text, end, colour, place in zip(
        curves, texts, ends, colours, spread([y for _, y in ends], gap, low, high), strict=True
    ):
        ax.annotate(
            "\n".join(text),
            (end[0], min(max(end[1], low), high)),
            xytext=(right, place),
            annotation_clip=False,
            va="center",
            size=LABEL,
            weight="bold" if curve.here else "normal",
            color=ink(colour),
            family=FAMILY,
            parse_math=False,
            arrowprops={"arrowstyle": "-", "color": colour, "shrinkA": 0, "shrinkB": 0, "linewidth": 1.0},
        )


def _end(curve: Curve, otherwise: float) -> tuple[float, float]:
    """Where a curve ends on the right."""
    there = np.flatnonzero(np.isfinite(curve.y))
    return (float(curve.x[there[-1]]), float(curve.y[there[-1]])) if there.size else (float(curve.x[-1]), otherwise)


def _below(ax: Axes, label: str) -> None:
    """What runs across, under the ticks, in lines as wide as the panel and its labels."""
    figure: Any = ax.figure
    box = ax.get_position()
    lines = wrapped(label, TEXT, box.width * figure.get_figwidth() + LABELS - 0.3)
    put(figure, box.x0, box.y0 - 0.42 / figure.get_figheight(), "\n".join(lines), va="top", linespacing=1.2)
