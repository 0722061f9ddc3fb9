"""How far published months moved between two releases of the Ukraine Support Tracker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.basics.labels import listed, number
from sim.figures import axes
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import KIEL, KeyEntry, page, put
from sim.figures.style import COLOURS, INK, LABEL, MEAN_WIDTH, OBSERVED
from sim.record import vintages

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

FLOWS = {"us": "American allocations", "europe": "European allocations"}
NAMES = {"us": "American", "europe": "European"}
UNIT = "EUR bn a month, loan included"
UNCHANGED = "No month was changed."
SAME = 5e-4
"""A largest change under it is none: flows are published to the million."""


@figure_of_ours
def revised(older: int | None = None, newer: int | None = None) -> Figure:
    """Two releases by month and bloc, and what the later one changed.

    Parameters
    ----------
    older, newer : int, optional
        The releases, as in `sim.record.vintages.revised`.
    """
    both = vintages.revised(older, newer)
    first, second = both["europe"].columns
    changes = {flow: both[flow][second] - both[flow][first] for flow in FLOWS}
    europe, late = vintages.revision("europe"), vintages.revision("europe", "2024-01")
    sheet = page(
        _title(changes, second),
        f"Standard deviation of Europe's monthly change; from 2024 on EUR {number(late.sd, 1)} bn. Of logarithms "
        f"{europe.log_sd:.2f}, from 2024 on {late.log_sd:.2f}.",
        f"{KIEL}, Releases {first} and {second}.",
        key=[
            KeyEntry(f"Release {first}", COLOURS[1], COLOURS[1]),
            KeyEntry(f"Release {second}", OBSERVED, OBSERVED),
            KeyEntry("change", COLOURS[0], COLOURS[0], None, hatch=""),
        ],
        height=8.0,
    )
    grid = sheet.grid(2, len(FLOWS), top=0.55, wspace=0.17, hspace=0.5)
    months = both.index.to_numpy()
    x = axes.numbers(months)
    for column, (flow, heading) in enumerate(FLOWS.items()):
        above, below = grid[:, column]
        axes.prepare(above, heading, UNIT, stacked=True)
        above.plot(x, both[flow][first], color=COLOURS[1], linewidth=MEAN_WIDTH)
        above.plot(x, both[flow][second], color=OBSERVED, linewidth=1.8)
        axes.prepare(below, "Change", "EUR bn a month", stacked=True)
        for ax in (above, below):
            axes.span_months(ax, months)
            axes.few_ticks(ax)
        if _changed(changes[flow]):
            below.bar(x, changes[flow], width=25.0, color=COLOURS[0])
            below.margins(y=0.15)
        else:  # axes without anything in them would ask what is missing
            below.set_axis_off()
            put(below, x[0], 0.5, UNCHANGED, va="center", size=LABEL, color=INK)
    return sheet.figure


def _changed(change: pd.Series[float]) -> bool:
    return bool((change.abs() > SAME).any())


def _title(changes: dict[str, pd.Series[float]], release: int) -> str:
    """Which months moved, and how far in a usual case."""
    still = [NAMES[flow] for flow, change in changes.items() if not _changed(change)]
    moved = [
        f"{NAMES[flow]} months by EUR {number(change.std(), 1)} bn"
        for flow, change in changes.items()
        if _changed(change)
    ]
    return f"Release {release} moved " + listed(moved + [f"no {name} one" for name in still])
