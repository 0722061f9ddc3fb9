"""The terms that are signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import Normalize, to_hex

from sim.basics.labels import MINUS, month_text, number
from sim.figures import axes
from sim.figures.record import Observed
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import POINTS, KeyEntry, page, put, source_line, width_of
from sim.figures.style import HEIGHT, INK, LABEL, QUIET, READABLE, TEXT, contrast, looks
from sim.questions.compare import titles as findings
from sim.questions.compare.doctrines import of_doctrines, start_of_effect
from sim.questions.compare.settlements import counted_terms, opens_with_one
from sim.scenario.spelling import doctrine_label
from sim.world.packages import GUARANTEE_NAMES, OFFSETS

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_COLUMNS = 3
"""Panels side by side between whose lines there is room for numbers."""
FILL = 0.95
"""Diameter of the largest bubble, as a share of the distance between two lines of the grid."""
LEAST_CELL = 34.0
"""Points between two lines of the grid from which there is room for numbers."""
TALL = 10.2
"""Height of a page with two rows of panels, inches."""
TOLD_FROM = 1.0
"""Worlds of 100 from which a bubble says its number."""
RELIEFS = (0.0, 1 / 3, 2 / 3, 1.0)
SHADES = colormaps["YlGnBu"]
"""Light to dark as more sanctions are lifted; the same in grey print."""


@figure_of_ours
@of_doctrines
def settlement_terms(dataset: xr.Dataset, record: Observed | None = None, since: Any = None) -> Figure:
    """Line and guarantee of the settlements signed, shaded by relief from sanctions, a panel a doctrine."""
    table = counted_terms(dataset, since)
    names = list(map(str, dataset["doctrine"].to_numpy()))
    rows = 1 if len(names) <= MOST_COLUMNS else 2
    start, first = start_of_effect(dataset, since), dataset["month"].to_numpy()[0]
    counted = "" if start == first or opens_with_one(dataset) else f", signed from {month_text(start)} on"
    sheet = page(
        findings.settlement_terms(dataset, since),
        "Area (and number, where there is room): worlds of 100 with this guarantee and a line nearest to this step"
        f"{counted}. Shade: mean relief from sanctions.",
        source_line(dataset),
        key=[KeyEntry(findings.relief(share), INK, _shade(share), hatch="") for share in _reliefs(table)],
        height=HEIGHT if rows == 1 else TALL,
        below=0.85,
    )
    grid = sheet.grid(rows, -(-len(names) // rows), left=1.55, top=0.45, wspace=0.06, hspace=0.3)
    styles = looks(names)
    most = float(table["share_of_worlds"].max()) if len(table) else 1.0
    for ax, name in zip(grid.flat, names, strict=False):
        _panel(ax, table[table["doctrine"] == name], most)
        ax.tick_params(labelleft=ax in grid[:, 0])
        if len(names) > 1:
            axes.caption(ax, doctrine_label(name), colour=styles[name].ink)
    for ax in grid.flat[len(names) :]:
        ax.set_visible(False)
    middle = (grid[0, 0].get_position().x0 + grid[0, -1].get_position().x1) / 2
    down = grid[-1, 0].get_position().y0 - 0.62 / sheet.height
    text = "line of the settlement, to the nearest step: percentage points of Ukraine beyond the front (+ to Russia)"
    put(sheet.figure, middle, down, text, ha="center", va="center", color=QUIET)
    return sheet.figure


def _reliefs(table: pd.DataFrame) -> list[float]:
    """Reliefs that the key names: those there are, or a scale where they are many."""
    there = sorted({round(float(relief), 2) for relief in table["relief"]})
    return there if 0 < len(there) <= len(RELIEFS) else list(RELIEFS)


def _panel(ax: Axes, table: pd.DataFrame, most: float) -> None:
    axes.prepare(ax, lines="both")
    lines = range(len(OFFSETS))
    ax.set_xlim(-0.6, len(OFFSETS) - 0.4)
    ax.set_ylim(-0.6, len(GUARANTEE_NAMES) - 0.4)
    ax.set_xticks(lines, [_points(offset) for offset in OFFSETS])
    ax.set_yticks(range(len(GUARANTEE_NAMES)), [findings.guarantee(name) for name in GUARANTEE_NAMES])
    if table.empty:
        put(ax, 0.5, 0.5, "no settlement", ha="center", va="center", size=LABEL, color=QUIET, transform=ax.transAxes)
        return
    cell = _cell(ax)
    x = np.abs(OFFSETS[:, None] - table["offset"].to_numpy()).argmin(axis=0)
    y, worlds = table["guarantee"].to_numpy(), 100.0 * table["share_of_worlds"].to_numpy()
    size = FILL * cell * np.sqrt(worlds / (100.0 * most))
    shades = [_shade(relief) for relief in table["relief"]]
    ax.scatter(x, y, s=size**2, c=shades, edgecolors=INK, linewidths=0.8, zorder=3)
    for place in range(len(table)):
        if cell >= LEAST_CELL and worlds[place] >= TOLD_FROM:
            _tell(ax, (x[place], y[place]), worlds[place], shades[place], size[place])


def _cell(ax: Axes) -> float:
    """Least distance between two lines of the grid, points."""
    figure: Any = ax.figure
    box = ax.get_position()
    wide = box.width * figure.get_figwidth() / (len(OFFSETS) + 0.2)
    high = box.height * figure.get_figheight() / (len(GUARANTEE_NAMES) + 0.2)
    return POINTS * float(min(wide, high))


def _tell(ax: Axes, at: tuple[float, float], worlds: float, shade: str, size: float) -> None:
    """The number in its bubble, or above it if the bubble is small."""
    text = number(worlds, 0)
    inside = size > POINTS * width_of(text, TEXT) + 6.0
    ax.annotate(
        text,
        at,
        xytext=(0, 0.0 if inside else size / 2 + 1.0),
        textcoords="offset points",
        size=TEXT,
        color="white" if inside and contrast(shade) > READABLE else INK,
        ha="center",
        va="center_baseline" if inside else "bottom",
        zorder=4,
    )


def _points(offset: float) -> str:
    points = round(100.0 * offset)
    return "0" if points == 0 else f"{points:+d}".replace("-", MINUS)


def _shade(relief: float) -> str:
    return to_hex(SHADES(Normalize(0.0, 1.0)(relief)))
