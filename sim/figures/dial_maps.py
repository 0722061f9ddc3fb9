"""Two dials, and what they change: a small map an outcome, coloured by the difference to the doctrine itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.colors import Normalize
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.basics.labels import HUNDRED
from sim.figures import axes
from sim.figures.differences import DIFFERENCES
from sim.figures.diverging import diverging
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import KeyEntry, page, wrapped
from sim.figures.style import FAMILY, INK, LABEL, QUIET, TEXT
from sim.questions.compare.measures import CHANCE
from sim.questions.dials.dial_map import BEYOND, dial_name, level_text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 6
"""Outcomes that fit a page."""
COLUMNS = 3
HIGH = 3.35
"""Inches of a row of maps with its headings."""
PANEL = 3.3
"""Inches of a map with its bar of colours, about: headings are broken to fit."""
HATCH, HATCHED = "////", "#8a8a8a"
LINES = 4
"""Contour lines of a map, at most one more."""
TICKS = (0.0, 0.5, 1.0)


@figure_of_ours
def dial_maps(
    nodes: pd.DataFrame, dials: tuple[str, str], own: tuple[float, float], title: str, whose: str, source: str
) -> Figure:
    """Small maps of the first six outcomes.

    Parameters
    ----------
    nodes : DataFrame
        As `sim.questions.dials.dial_map.node_table` makes it.
    dials : tuple of str
        The horizontal and the vertical dial.
    own : tuple of float
        Where the doctrine itself is.
    title : str
        The finding.
    whose : str
        Name of that doctrine.
    source : str
        Where the figure comes from.
    """
    outcomes = list(dict.fromkeys(nodes["outcome"]))[:MOST]
    lines = -(-len(outcomes) // COLUMNS)
    key = [
        KeyEntry(f"{whose}, as it is", INK, INK, None, "o"),
        KeyEntry("not told from no difference (95 %)", QUIET, HATCHED, hatch=HATCH),
    ]
    note = f"Colour and lines: mean difference to {whose} in the same worlds, when only the two dials change."
    sheet = page(title, note, source, key=key, height=2.3 + lines * HIGH, below=0.7)
    grid = sheet.grid(lines, min(len(outcomes), COLUMNS), left=0.75, right=0.85, top=1.0, wspace=0.48, hspace=0.75)
    for place, ax in enumerate(grid.flat):
        if place >= len(outcomes):
            ax.set_visible(False)
            continue
        _map(ax, nodes[nodes["outcome"] == outcomes[place]], dials, own)
        if place % COLUMNS == 0:
            ax.set_ylabel(dial_name(dials[1]), size=LABEL, color=INK, family=FAMILY)
        if place + COLUMNS >= len(outcomes):
            ax.set_xlabel(dial_name(dials[0]), size=LABEL, color=INK, family=FAMILY)
    return sheet.figure


def _map(ax: Axes, rows: pd.DataFrame, dials: tuple[str, str], own: tuple[float, float]) -> None:
    """One outcome: cells coloured, noise hatched, lines of equal difference, the doctrine itself."""
    unit = str(rows["unit"].iloc[0])
    scale = HUNDRED if unit == CHANCE else 1.0
    table = rows.pivot_table(index=dials[1], columns=dials[0], values="difference")
    x, y, values = table.columns.to_numpy(float), table.index.to_numpy(float), scale * table.to_numpy(float)
    level = level_text(scale * float(rows["mean_own"].iloc[0]), float(np.ptp(values)))
    heading = "\n".join(wrapped(str(rows["label"].iloc[0]), LABEL, PANEL, "bold"))
    axes.prepare(ax, heading, f"{DIFFERENCES.get(unit, unit)}; dot: {level}", stacked=True)
    ax.grid(visible=False)
    reach = float(np.abs(values).max()) or 1.0
    mesh = ax.pcolormesh(x, y, values, cmap=diverging(), norm=Normalize(-reach, reach), shading="nearest")
    _hatch(ax, rows, dials, x[1] - x[0])
    noise = ~rows.pivot_table(index=dials[1], columns=dials[0], values=BEYOND, aggfunc="any").to_numpy(bool)
    _contours(ax, x, y, np.ma.array(values, mask=noise))
    ax.plot([own[0]], [own[1]], "o", color=INK, markersize=11, markeredgecolor="white", markeredgewidth=2.0, zorder=6)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_ticks(TICKS)
        axis.set_major_formatter(FuncFormatter(axes.tick))
    _bar(ax, mesh)


def _hatch(ax: Axes, rows: pd.DataFrame, dials: tuple[str, str], size: float) -> None:
    """Hatch the cells whose difference is noise."""
    noise = rows[~rows[BEYOND]]
    for x, y in zip(noise[dials[0]], noise[dials[1]], strict=True):
        corner = (x - size / 2.0, y - size / 2.0)
        look: dict[str, Any] = {"facecolor": "none", "edgecolor": HATCHED, "linewidth": 0.0, "hatch": HATCH}
        ax.add_patch(Rectangle(corner, size, size, **look))


def _contours(ax: Axes, x: Any, y: Any, values: Any) -> None:
    """Lines of equal difference with their values, through cells that are not noise."""
    told = values.compressed()
    levels = MaxNLocator(LINES).tick_values(told.min(), told.max()) if told.size else []
    levels = [level for level in levels if told.min() < level < told.max() and level != 0.0]
    if not levels:
        return
    lines = ax.contour(x, y, values, levels=levels, colors=INK, linewidths=1.0)
    for text in ax.clabel(lines, fmt=axes.tick, fontsize=TEXT, inline=True, inline_spacing=3):
        text.set_fontfamily(FAMILY)


def _bar(ax: Axes, mesh: Any) -> None:
    """What the colours mean, beside the map."""
    place = ax.inset_axes((1.04, 0.0, 0.06, 1.0))
    figure: Any = ax.figure
    bar = figure.colorbar(mesh, cax=place, ticks=MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
    bar.ax.yaxis.set_major_formatter(FuncFormatter(axes.tick))
    bar.ax.tick_params(labelsize=TEXT, labelcolor=INK, color=QUIET, labelfontfamily=FAMILY)
    bar.outline.set_visible(False)
