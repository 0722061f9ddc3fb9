"""What the audiences believe about America, and how far its word counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.figures import axes
from sim.figures.record import Observed
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import doctrine_key, page, source_line
from sim.figures.style import MEAN_WIDTH, looks
from sim.questions.compare import titles as findings
from sim.questions.compare.doctrines import first_difference, of_doctrines
from sim.questions.compare.statistics import bands

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure

PANELS = {
    "belief_ukraine": ("Ukraine expects of America", "percent of full support"),
    "belief_russia": ("Russia expects of America", "percent of full support"),
    "belief_europe": ("Europe expects of America", "percent of full support"),
    "credibility": ("Credibility of American words", "percent"),
}
SCALE = 100.0
MOST_FANS = 3
"""Doctrines whose bands can lie over each other and still be read."""


@figure_of_ours
@of_doctrines
def beliefs(dataset: xr.Dataset, record: Observed | None = None, since: Any = None) -> Figure:
    """Three audiences' beliefs in lasting American support, and the credibility of American words."""
    table = bands(dataset, list(PANELS))
    styles = looks(map(str, dataset["doctrine"].to_numpy()))
    months = dataset["month"].to_numpy()
    change = first_difference(dataset) if since is None else np.datetime64(since, "ns")
    fans = len(styles) <= MOST_FANS
    note = (
        axes.ONE_WORLD
        if dataset.sizes["world"] == 1
        else "Line: mean; band: half of the worlds."
        if fans
        else "Lines: means."
    )
    sheet = page(
        findings.beliefs(dataset, since),
        note + axes.change_note(change, months, len(styles) > 1) + findings.kept_words(dataset, since),
        source_line(dataset),
        key=doctrine_key(styles) if len(styles) > 1 else (),
    )
    grid = sheet.grid(2, 2, top=0.4, wspace=0.13, hspace=0.34)
    for ax, (variable, (heading, unit)) in zip(grid.flat, PANELS.items(), strict=True):
        axes.prepare(ax, heading, unit)
        frames = axes.by_doctrine(table, variable)
        if fans:
            axes.fans(ax, frames, styles, SCALE, change)
        else:
            axes.means(ax, frames, styles, SCALE, MEAN_WIDTH)
        axes.span_months(ax, months)
        axes.change_line(ax, change, months)
        axes.few_ticks(ax)
    _same_scale(grid)
    return sheet.figure


def _same_scale(grid: Any) -> None:
    """One scale for all, from nothing to what is there."""
    top = max(ax.get_ylim()[1] for ax in grid.flat)
    for ax in grid.flat:
        ax.set_ylim(0.0, top)
    for ax in grid[0]:
        ax.tick_params(labelbottom=False)
