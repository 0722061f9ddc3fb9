"""What Kyiv, Moscow and Europe take Washington for, month by month, beside what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.actors.variables import READ, READERS
from sim.figures import axes
from sim.figures.record import Observed
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import KeyEntry, page, put, source_line
from sim.figures.style import HEIGHT, LABEL, looks
from sim.questions.compare import titles as findings
from sim.questions.compare.doctrines import first_difference, of_doctrines
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.basics.arrays import Array

MOST = 3
"""Doctrines that stand beside each other."""
TINT = 0.45
"""Opacity of an area, so that black is read on it."""
ROOM = 20.0
"""Least height of an area that its name fits into, percent."""
NAME = 0.15
"""Width of a name, as a part of the months of one column."""
FULL = 100.0
SHADES = looks(READ)


@figure_of_ours
@of_doctrines
def reading(dataset: xr.Dataset, record: Observed | None = None, since: Any = None) -> Figure:
    """How likely each audience finds the doctrines that it thinks possible: areas, mean over worlds."""
    names, months = list(map(str, dataset["doctrine"].to_numpy())), dataset["month"].to_numpy()
    change = first_difference(dataset) if since is None else np.datetime64(since, "ns")
    shown = names[:MOST]
    left_out = "" if shown == names else f" The first {MOST} of {len(names)} doctrines."
    sheet = page(
        findings.reading(dataset, since),
        "Each column is a Washington as it is; areas: how likely each audience finds it to be what, mean over worlds."
        + left_out
        + axes.change_note(change, months, len(names) > 1),
        source_line(dataset),
        key=[
            KeyEntry(f"taken for {doctrine_label(name)}", look.ink, look.colour, hatch="")
            for name, look in SHADES.items()
        ],
        height=HEIGHT + 1.0,
    )
    grid = sheet.grid(len(READERS), len(shown), left=0.65, top=0.6, wspace=0.12, hspace=0.5)
    for column, name in enumerate(shown):
        for row, (audience, who) in enumerate(READERS.items()):
            ax = grid[row, column]
            heading = f"It is {doctrine_label(name)}" if row == 0 else ""
            axes.prepare(
                ax, heading or f"{who} thinks", f"{who} thinks, %" if heading else "percent", stacked=bool(heading)
            )
            _areas(ax, dataset.sel(doctrine=name), audience, len(shown))
            axes.span_months(ax, months, labels=row + 1 == len(READERS))
            axes.change_line(ax, change, months)
            ax.set_ylim(0.0, FULL)
            axes.few_ticks(ax)
    return sheet.figure


def _areas(ax: Axes, dataset: xr.Dataset, audience: str, columns: int) -> None:
    """One doctrine over the other, each with its name where there is room for it."""
    at = axes.numbers(dataset["month"].to_numpy())
    below = np.zeros(len(at))
    width = max(1, round(NAME * columns * len(at)))
    for doctrine, look in SHADES.items():
        share = dataset[f"{audience}_reads_{doctrine}"].mean("world", dtype=float).to_numpy()
        above = below + FULL * share
        ax.fill_between(at, below, above, color=look.colour, alpha=TINT, linewidth=0.0)
        ax.plot(at, above, color=look.colour, linewidth=1.2)
        start = _roomiest(below, above, width)
        if start is not None:
            middle = (below[start : start + width].max() + above[start : start + width].min()) / 2.0
            place = (at[start] + at[start + width - 1]) / 2.0
            put(ax, place, middle, doctrine_label(doctrine), ha="center", va="center", size=LABEL)
        below = above


def _roomiest(below: Array, above: Array, width: int) -> int | None:
    """Where a name of so many months finds most room between two lines; None if it finds too little."""
    if len(below) < width:
        return None
    windows = [slice(start, start + width) for start in range(len(below) - width + 1)]
    room = [float(above[window].min() - below[window].max()) for window in windows]
    best = int(np.argmax(room))
    return best if room[best] >= ROOM else None
