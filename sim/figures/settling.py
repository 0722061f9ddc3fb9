"""When settlements and truces come, of what kind, and how many break."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.figures import axes
from sim.figures.record import Observed
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import KeyEntry, Sheet, page, source_line
from sim.figures.style import HEIGHT, INK, looks
from sim.questions.compare import titles as findings
from sim.questions.compare.doctrines import first_difference, of_doctrines
from sim.questions.compare.settlements import again, in_force
from sim.scenario.spelling import doctrine_label
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
    Outcome.TRUCE: ("#e6b450", ".."),
}
"""Colour and hatching of each class, from the bottom of the stack."""
MOST_COLUMNS = 4
HEADROOM = 1.08
NAME_UP = 30.0
"""Points between a panel and its doctrine's name."""
TALL = 10.2
"""Height of a page with two rows of panels, inches."""
LOST = {"settlement": ("#b3b3b3", "\\\\"), "truce": ("#e6e6e6", "")}
"""The same for what broke: apart in tone and in hatching, as areas are narrow and phones small."""


@figure_of_ours
@of_doctrines
def settlement_incidence(dataset: xr.Dataset, record: Observed | None = None, since: Any = None) -> Figure:
    """Worlds at peace in each month by class, and on top those that are at war again, a panel a doctrine."""
    table = in_force(dataset)
    names = list(map(str, dataset["doctrine"].to_numpy()))
    months = dataset["month"].to_numpy()
    change = first_difference(dataset) if since is None else np.datetime64(since, "ns")
    note = "Up to the top: worlds that have had a settlement or a truce. Under the black line: in force; above: broken."
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
        _stack(ax, table[table["doctrine"] == name])
        axes.span_months(ax, months)
        axes.change_line(ax, change, months)
        ax.set_ylim(0.0, top)
        if len(names) > 1:
            axes.caption(ax, doctrine_label(name), colour=styles[name].ink, up=NAME_UP)
    return sheet.figure


def _panels(sheet: Sheet, count: int) -> list[Any]:
    """Axes side by side, in two rows if there are many."""
    rows = 1 if count <= MOST_COLUMNS else 2
    columns = -(-count // rows)
    grid = sheet.grid(rows, columns, top=0.75 if count > 1 else 0.4, wspace=0.08, hspace=0.55)
    for line in grid:
        for ax in line:
            axes.prepare(ax)
            ax.tick_params(labelleft=ax is line[0])
    for ax in grid.flat[count:]:
        ax.set_visible(False)
    axes.caption(grid[0, 0], "Settlements and truces", "of 100 worlds")
    return list(grid.flat)


def _top(table: pd.DataFrame) -> float:
    """End of the vertical axis, worlds of 100: the same in all panels."""
    most = 100.0 * float(table.groupby(["doctrine", "month"])["share"].sum().max())
    return float(np.clip(10.0 * np.ceil(most * HEADROOM / 10.0), 10.0, 100.0))


def _stack(ax: Axes, table: pd.DataFrame) -> None:
    """The classes in force above each other, and on top what is at war again."""
    base: Any = 0.0
    months = axes.numbers(table["month"].unique())
    x = np.append(months, months[-1] + axes.MARGIN)  # the last month is as wide as there is room for
    for kind, look in FILLS.items():
        base = _fill(ax, x, base, _worlds(table, OUTCOME_NAMES[kind]), *look)
    line = base
    for name, look in LOST.items():
        base = _fill(ax, x, base, _worlds(table, again(name)), *look)
    ax.step(x, line, where="post", color=INK, linewidth=1.6)


def _worlds(table: pd.DataFrame, event: str) -> Any:
    """Worlds of 100 by month, the last one twice: at its beginning and at its end."""
    worlds = 100.0 * table.loc[table["event"] == event, "share"].to_numpy()
    return np.append(worlds, worlds[-1])


def _fill(ax: Axes, x: Any, base: Any, height: Any, colour: str, hatch: str) -> Any:
    """Draw an area upon a base, and give back its top."""
    ax.fill_between(
        x, base, base + height, step="post", facecolor=colour, hatch=hatch, edgecolor="white", linewidth=0.0
    )
    return base + height


def _key(table: pd.DataFrame) -> list[KeyEntry]:
    """The states that occur."""
    occurs = set(table.loc[table["count"] > 0, "event"])
    looks_by_state = {OUTCOME_NAMES[kind]: look for kind, look in FILLS.items()}
    looks_by_state |= {again(name): look for name, look in LOST.items()}
    return [
        KeyEntry(state, INK, colour, hatch=hatch)
        for state, (colour, hatch) in looks_by_state.items()
        if state in occurs
    ]
