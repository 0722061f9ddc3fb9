"""What the audiences believe about America, how far its word counts, and what Kyiv's public would cede."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.figures import axes
from sim.figures.record import Observed, surveyed
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import KIIS, doctrine_key, page, source_line
from sim.figures.style import HEIGHT, MEAN_WIDTH, looks
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
    "opposed": ("Against any cession of land", "percent of Ukrainians"),
}
COLUMNS = 3
PUBLIC = "opposed"
"""What surveys of the record stand beside."""
SCALE = 100.0
MOST_FANS = 3
"""Doctrines whose bands can lie over each other and still be read."""


@figure_of_ours
@of_doctrines
def beliefs(dataset: xr.Dataset, record: Observed | None = None, since: Any = None) -> Figure:
    """Three audiences' beliefs in lasting American support, the credibility of its words, and Kyiv's public."""
    table = bands(dataset, list(PANELS))
    styles = looks(map(str, dataset["doctrine"].to_numpy()))
    months = dataset["month"].to_numpy()
    change = first_difference(dataset) if since is None else np.datetime64(since, "ns")
    fans = len(styles) <= MOST_FANS
    surveys = surveyed(record, months)
    note = (
        axes.ONE_WORLD
        if dataset.sizes["world"] == 1
        else "Line: mean; band: half of the worlds."
        if fans
        else "Lines: means."
    )
    sheet = page(
        findings.beliefs(dataset, since),
        note
        + ("" if surveys is None else " Black: surveys.")
        + axes.change_note(change, months, len(styles) > 1)
        + findings.kept_words(dataset, since),
        source_line(dataset, *([] if surveys is None else [KIIS])),
        key=doctrine_key(styles) if len(styles) > 1 else (),
        height=HEIGHT + 1.0,
    )
    grid = sheet.grid(-(-len(PANELS) // COLUMNS), COLUMNS, left=0.65, top=0.6, wspace=0.17, hspace=0.5)
    panels = grid.flat[: len(PANELS)]
    for ax in grid.flat[len(PANELS) :]:
        ax.set_visible(False)
    for nth, (ax, (variable, (heading, unit))) in enumerate(zip(panels, PANELS.items(), strict=True)):
        axes.prepare(ax, heading, unit, stacked=True)
        frames = axes.by_doctrine(table, variable)
        if fans:
            axes.fans(ax, frames, styles, SCALE, change)
        else:
            axes.means(ax, frames, styles, SCALE, MEAN_WIDTH)
        if variable == PUBLIC:
            axes.observed(ax, surveys, SCALE)
        axes.span_months(ax, months, labels=nth + COLUMNS >= len(PANELS))
        axes.change_line(ax, change, months)
        axes.few_ticks(ax)
    _same_scale(panels)
    return sheet.figure


def _same_scale(panels: Any) -> None:
    """One scale for all, from nothing to what is there."""
    top = max(ax.get_ylim()[1] for ax in panels)
    for ax in panels:
        ax.set_ylim(0.0, top)
