"""The whole comparison on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.figures import axes
from sim.figures.record import Observed, during, kiel, not_drawn, own_key, own_sources, talked
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import ISW, doctrine_key, page, source_line
from sim.figures.style import HEIGHT, MEAN_WIDTH, looks
from sim.questions.compare import titles as findings
from sim.questions.compare.doctrines import first_difference, of_doctrines
from sim.questions.compare.statistics import bands

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


class SummaryPanel(NamedTuple):
    """A small picture: heading, unit, scale, months of the trailing mean, and whether its axis starts at zero."""

    heading: str
    unit: str
    scale: float = 1.0
    window: int = 1
    from_zero: bool = True


PANELS = {
    "us_allocation": SummaryPanel("American allocations", "EUR bn a month, mean of 3 months", window=3),
    "europe_contribution": SummaryPanel("European contributions", "EUR bn a month, mean of 3 months", window=3),
    "europe_share": SummaryPanel("Europe's share of aid", "percent, last six months", 100.0),
    "russian_held_share": SummaryPanel("Land held by Russia", "percent of Ukraine", 100.0, from_zero=False),
    "talks": SummaryPanel("Talks", "worlds of 100", 100.0),
    "settled": SummaryPanel("Settlement in force", "worlds of 100", 100.0),
    "truce": SummaryPanel("Truce in force", "worlds of 100", 100.0),
    "relapsed": SummaryPanel("Last settlement broken", "worlds of 100, until another is signed", 100.0),
    "belief_russia": SummaryPanel("Russia expects of America", "percent of full support", 100.0),
}
FLAGS = ("talks", "settled", "truce", "relapsed")
"""Variables of 0 or 1: their mean says all, and bands nothing."""
COLUMNS = 3
MOST_FANS = 3


@figure_of_ours
@of_doctrines
def overview(dataset: xr.Dataset, record: Observed | None = None, since: Any = None) -> Figure:
    """Nine small pictures: money, the front, the table, beliefs."""
    styles = looks(map(str, dataset["doctrine"].to_numpy()))
    months = dataset["month"].to_numpy()
    change = first_difference(dataset) if since is None else np.datetime64(since, "ns")
    seen = {name: during(record, name, months, panel.window, lead=False) for name, panel in PANELS.items()}
    talks = talked(record, months)
    recorded = any(series is not None for series in seen.values())
    beside = list(dict.fromkeys([*own_sources(seen.values()), *talks.sources]))
    sheet = page(
        findings.overview(dataset, since),
        _note(dataset)
        + (" Black: observed; at the foot of Talks: months with talks." if recorded else "")
        + axes.change_note(change, months, len(styles) > 1)
        + not_drawn(record, PANELS, months),
        source_line(dataset, *([kiel(record), ISW] if recorded else []), own=beside),
        key=[*(doctrine_key(styles) if len(styles) > 1 else ()), *own_key(beside, seen.values())],
        height=HEIGHT + 2.5,
    )
    grid = sheet.grid(-(-len(PANELS) // COLUMNS), COLUMNS, left=0.65, top=0.6, wspace=0.17, hspace=0.58)
    for nth, (ax, (name, panel)) in enumerate(zip(grid.flat, PANELS.items(), strict=True)):
        axes.prepare(ax, panel.heading, panel.unit, stacked=True)
        _draw(ax, dataset, name, panel, styles, change)
        axes.observed(ax, seen[name], panel.scale)
        axes.span_months(ax, months, labels=nth >= len(PANELS) - COLUMNS)
        axes.change_line(ax, change, months)
        axes.few_ticks(ax, 4)
        if panel.from_zero:
            ax.set_ylim(bottom=0.0)
        if name == "talks":
            axes.observed_at_foot(ax, talks.months, talks.own)
    return sheet.figure


def _note(dataset: xr.Dataset) -> str:
    if dataset.sizes["world"] == 1:
        return axes.ONE_WORLD
    return "Line: mean; band: half of the worlds." if dataset.sizes["doctrine"] <= MOST_FANS else "Lines: means."


def _draw(ax: Axes, dataset: xr.Dataset, name: str, panel: SummaryPanel, styles: Any, since: Any) -> None:
    frames = axes.by_doctrine(bands(dataset, name, panel.window), name)
    if len(frames) > MOST_FANS or name in FLAGS:
        axes.means(ax, frames, styles, panel.scale, MEAN_WIDTH)
    else:
        axes.fans(ax, frames, styles, panel.scale, since)
