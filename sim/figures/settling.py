"""When settlements come, of what kind, and how many break."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.figures import axes
from sim.figures.page import Entry, Page, page, source_line
from sim.figures.record import Observed
from sim.figures.style import HEIGHT, INK, Dashes, looks
from sim.questions import findings
from sim.questions.labels import doctrine_label
from sim.questions.settlements import BROKEN, SIGNED, incidence
from sim.questions.since import first_difference
from sim.world.settlement import OUTCOME_NAMES, Outcome

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FILLS = {
    Outcome.GUARANTEED: ("#2f7f6f", ""),
    Outcome.FRAGILE: ("#a9d3c6", "//"),
    Outcome.IMPOSED: ("#7a7a7a", "xx"),
}
"""Colour and hatching of each class, from the bottom of the stack."""
MOST_COLUMNS = 4
HEADROOM = 1.08
NAME_UP = 30.0
"""Points between a panel and its doctrine's name."""
TALL = 9.5
"""Height of a page with two rows of panels, inches."""
BREAKS: Dashes = (0.0, (3.0, 1.2))


def settlement_incidence(dataset: xr.Dataset, record: Observed | None = None, since: Any = None) -> Figure:
    """Worlds that have settled by each month, by class, and those in which the peace has broken, a panel a doctrine."""
    table = incidence(dataset)
    names = list(map(str, dataset["doctrine"].to_numpy()))
    months = dataset["month"].to_numpy()
    change = first_difference(dataset) if since is None else np.datetime64(since, "ns")
    note = "Filled: settlements signed so far, by class. Line: those of them that broke again."
    sheet = page(
        findings.settlement_incidence(dataset, since),
        note + axes.change_note(change, months, len(names) > 1),
        source_line(dataset),
        key=_key(table),
        height=HEIGHT if len(names) <= MOST_COLUMNS else TALL,
    )
    panels = _panels(sheet, len(names))
    top = _top(table)
    styles = looks(names)
    for ax, name in zip(panels, names, strict=False):
        _stack(ax, table[table["doctrine"] == name], top)
        axes.span_months(ax, months)
        axes.change_line(ax, change, months)
        ax.set_ylim(0.0, top)
        if len(names) > 1:
            axes.caption(ax, doctrine_label(name), colour=styles[name].ink, up=NAME_UP)
    return sheet.figure


def _panels(sheet: Page, count: int) -> list[Any]:
    """Axes side by side, in two rows if there are many."""
    rows = 1 if count <= MOST_COLUMNS else 2
    columns = -(-count // rows)
    grid = sheet.grid(rows, columns, top=0.75 if count > 1 else 0.4, wspace=0.08, hspace=0.35)
    for line in grid:
        for ax in line:
            axes.prepare(ax)
            ax.tick_params(labelleft=ax is line[0])
    for ax in grid.flat[count:]:
        ax.set_visible(False)
    axes.caption(grid[0, 0], "Settlements", "of 100 worlds")
    return list(grid.flat)


def _top(table: pd.DataFrame) -> float:
    """End of the vertical axis, worlds of 100: the same in all panels."""
    most = 100.0 * float(table["share"].max())
    return float(np.clip(10.0 * np.ceil(most * HEADROOM / 10.0), 10.0, 100.0))


def _stack(ax: Axes, table: pd.DataFrame, top: float) -> None:
    base: Any = 0.0
    for kind in SIGNED:
        rows = table[table["event"] == OUTCOME_NAMES[kind]]
        height = 100.0 * rows["share"].to_numpy()
        colour, hatch = FILLS[kind]
        x = axes.numbers(rows["month"])
        ax.fill_between(
            x, base, base + height, step="post", facecolor=colour, hatch=hatch, edgecolor="white", linewidth=0.0
        )
        base = base + height
    broken = table[table["event"] == BROKEN]
    x, y = axes.numbers(broken["month"]), 100.0 * broken["share"].to_numpy()
    ax.plot(x, y, color="white", linewidth=5.0, drawstyle="steps-post")
    ax.plot(x, y, color=INK, linewidth=2.6, linestyle=BREAKS, drawstyle="steps-post")


def _key(table: pd.DataFrame) -> list[Entry]:
    """The classes that occur, and the line."""
    occurs = set(table.loc[table["count"] > 0, "event"])
    classes = [
        Entry(OUTCOME_NAMES[kind], INK, colour, hatch=hatch)
        for kind, (colour, hatch) in FILLS.items()
        if OUTCOME_NAMES[kind] in occurs
    ]
    return [*classes, *([Entry(BROKEN, INK, INK, BREAKS)] if BROKEN in occurs else [])]
