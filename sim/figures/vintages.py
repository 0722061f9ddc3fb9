"""How far published months moved between two releases of the Ukraine Support Tracker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.basics.labels import number
from sim.figures import axes
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import KIEL, KeyEntry, page
from sim.figures.style import COLOURS, MEAN_WIDTH, OBSERVED
from sim.record import vintages

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FLOWS = {"us": "American allocations", "europe": "European allocations"}
UNIT = "EUR bn a month, loan included"


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
    america, europe = (vintages.revision(flow) for flow in FLOWS)
    late = vintages.revision("europe", "2024-01")
    sheet = page(
        f"Release {second} moved Europe's months by EUR {number(europe.sd, 1)} bn and America's "
        f"by {number(america.sd, 1)}",
        f"Standard deviations of the monthly change. Of logarithms, Europe: {europe.log_sd:.2f}, at "
        f"most {europe.log_most:.2f}; from 2024 on {late.log_sd:.2f}.",
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
        below.bar(x, both[flow][second] - both[flow][first], width=25.0, color=COLOURS[0])
        below.set_ylim(-2.5, 2.5)
        for ax in (above, below):
            axes.span_months(ax, months)
            axes.few_ticks(ax)
    return sheet.figure
