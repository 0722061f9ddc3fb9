"""Figures of the textbook games: comparative statics, the parameters at hand in bold, direct labels at the curves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.figures import axes
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import LEADING, NO_BREAK, POINTS, page, put, spread, wrapped
from sim.figures.style import COLOURS, FAMILY, INK, LABEL, LINES, MEAN_WIDTH, OTHER_WIDTH, TEXT, WIDTH, Dashes, ink
from sim.theory.statics import SIMULATOR
from sim.theory.textbook import short

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.theory.statics import PanelCurves, StaticsCurve
    from sim.theory.textbook import TextbookGame

LABELS = 2.1
"""Inches right of a panel for the names of its curves."""
MARGIN = 0.06
"""Free space above and below the curves, share of their height."""
BESIDE = 0.8
"""Inches that a value beside its dot may take."""
ABOVE = 0.75
"""Lines between a dot and the middle of its value."""
TINY = 1e-6
DIAMOND: Any = {
    "marker": "D",
    "markersize": 6,
    "markerfacecolor": "white",
    "markeredgecolor": INK,
    "markeredgewidth": 1.4,
}
"""What the simulator comes to."""
DERIVED = "A minimal model made for teaching, in the spirit of the reference, not the paper's own."


@figure_of_ours
def statics(game: TextbookGame, asked: str, finding: str, panels: Sequence[PanelCurves]) -> Figure:
    """The comparative statics of a game.

    Parameters
    ----------
    game : TextbookGame
    asked : str
        The parameters at hand, in words.
    finding : str
        What they come to: the title.
    panels : sequence of PanelCurves
        From `sim.theory.statics.comparative_statics`.
    """
    note = f"{game.lesson} Dot: the parameters at hand, {asked.replace(' = ', f'{NO_BREAK}={NO_BREAK}')}."
    note += f" Diamonds: {SIMULATOR}." if any(panel.simulated for panel in panels) else ""
    source = f"{game.title}: {game.reference}.{f' {DERIVED}' if game.derived else ''}"
    sheet = page(finding, note, source, below=0.95)
    grid = sheet.grid(1, len(panels), left=0.75, right=LABELS, top=0.6, wspace=_gap(len(panels)))
    for ax, panel in zip(grid[0], panels, strict=True):
        _panel(ax, panel)
    return sheet.figure


def _gap(panels: int) -> float:
    """Space between panels for the labels of the left one, in mean widths of a panel."""
    between = LABELS + 0.75
    whole = WIDTH - 0.6 - 0.75 - LABELS
    return between / ((whole - (panels - 1) * between) / panels)


def _panel(ax: Axes, drawn: PanelCurves) -> None:
    axes.prepare(ax)
    _heading(ax, drawn.panel.heading)
    looks = _looks(len(drawn.curves), drawn.panel.family is not None)
    for curve, (colour, line) in zip(drawn.curves, looks, strict=True):
        width = MEAN_WIDTH if curve.here else OTHER_WIDTH
        ax.plot(curve.x, curve.y, color=colour, linestyle=line, linewidth=width, zorder=4 if curve.here else 3)
    _scale(ax, drawn)
    if drawn.simulated:
        ax.plot(*zip(*drawn.simulated, strict=True), linestyle="none", zorder=5, clip_on=False, **DIAMOND)
    colours = [colour for colour, _ in looks]
    _points(ax, drawn.curves, colours)
    if len(drawn.curves) > 1:
        _names(ax, drawn.curves, colours)
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


def _scale(ax: Axes, drawn: PanelCurves) -> None:
    panel = drawn.panel
    heights = np.concatenate([curve.y for curve in drawn.curves])
    heights = heights[np.isfinite(heights)]
    low = float(heights.min(initial=0.0)) if panel.floor is None else panel.floor
    high = float(heights.max(initial=low)) if panel.ceiling is None else panel.ceiling
    room = MARGIN * ((high - low) or 1.0)
    ax.set_xlim(drawn.curves[0].x[0], drawn.curves[0].x[-1])
    ax.set_ylim(low - (room if low < 0.0 or panel.floor is None else 0.3 * room), high + room)
    if low < 0.0 < high:
        ax.axhline(0.0, color=INK, linewidth=1.2, zorder=2)
    ax.xaxis.set_major_formatter(FuncFormatter(axes.tick))
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    axes.few_ticks(ax, 6)


def _points(ax: Axes, curves: Sequence[StaticsCurve], colours: Sequence[str]) -> None:
    """The dots of the parameters at hand, each with its value beside it, the values apart from each other."""
    here = [
        (curve, curve.point, colour)
        for curve, colour in zip(curves, colours, strict=True)
        if curve.point is not None and np.isfinite(curve.point[1])
    ]
    low, high = ax.get_ylim()
    beside = ABOVE * _line_height(ax)
    places = [y + (beside if y + 2.0 * beside < high else -beside) for _, (_, y), _ in here]
    apart = spread(places, _line_height(ax), low, high)
    for (curve, point, colour), place in zip(here, apart, strict=True):
        ax.plot(*point, marker="o", markersize=10, color=colour, zorder=6, clip_on=False)
        left = _on_the_left(ax, curve, point, place)
        ax.annotate(
            short(point[1]),
            (point[0], place),
            xytext=(-10 if left else 10, 0),
            textcoords="offset points",
            ha="right" if left else "left",
            va="center",
            size=LABEL,
            weight="bold",
            color=ink(colour),
            family=FAMILY,
            path_effects=[withStroke(linewidth=3.5, foreground="white")],
            zorder=7,
        )


def _on_the_left(ax: Axes, curve: StaticsCurve, point: tuple[float, float], place: float) -> bool:
    """Whether a value above or below its dot stands clear of the curve on the left of it rather than on the right."""
    figure: Any = ax.figure
    low, high = ax.get_xlim()
    where = (point[0] - low) / (high - low)
    near = BESIDE / (ax.get_position().width * figure.get_figwidth())
    if not near < where < 1.0 - near:
        return bool(where > near)
    before, after = np.interp([point[0] - (high - low) / 20.0, point[0] + (high - low) / 20.0], curve.x, curve.y)
    return bool((after > before) == (place > point[1]) and after != before)


def _line_height(ax: Axes) -> float:
    """Height of a line of a label, in units of the vertical axis."""
    figure: Any = ax.figure
    low, high = ax.get_ylim()
    return float((high - low) / (ax.get_position().height * figure.get_figheight()) * LABEL * LEADING / POINTS)


def _names(ax: Axes, curves: Sequence[StaticsCurve], colours: Sequence[str]) -> None:
    """The name of each curve at its right end; the ends of curves that coincide get their names below each other."""
    low, high = ax.get_ylim()
    texts = [wrapped(curve.label, LABEL, LABELS - 0.35, "bold" if curve.here else "normal") for curve in curves]
    ends = [_end(curve, (low + high) / 2.0) for curve in curves]
    height = max(map(len, texts)) * _line_height(ax)
    # Ends that coincide are named in the order in which the curves lie.
    order = [y + TINY * (high - low) * _middle(curve) for (_, y), curve in zip(ends, curves, strict=True)]
    places = spread(order, height, low, high)
    right = ax.get_xlim()[1] + 0.04 * (ax.get_xlim()[1] - ax.get_xlim()[0])
    for curve, text, end, colour, place in zip(curves, texts, ends, colours, places, strict=True):
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


def _middle(curve: StaticsCurve) -> float:
    """The mean height of a curve, 0 where it has none."""
    there = curve.y[np.isfinite(curve.y)]
    return float(there.mean()) if there.size else 0.0


def _end(curve: StaticsCurve, otherwise: float) -> tuple[float, float]:
    """Where a curve ends on the right."""
    there = np.flatnonzero(np.isfinite(curve.y))
    return (float(curve.x[there[-1]]), float(curve.y[there[-1]])) if there.size else (float(curve.x[-1]), otherwise)


def _below(ax: Axes, label: str) -> None:
    """What runs across, under the ticks, in lines as wide as the panel and its labels."""
    figure: Any = ax.figure
    box = ax.get_position()
    lines = wrapped(label, TEXT, box.width * figure.get_figwidth() + LABELS - 0.3)
    put(figure, box.x0, box.y0 - 0.42 / figure.get_figheight(), "\n".join(lines), va="top", linespacing=1.2)
