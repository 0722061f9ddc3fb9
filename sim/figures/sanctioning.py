"""Sanctions by whose they are, and the acts that made them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.figures import axes
from sim.figures.record import Observed
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import doctrine_key, page, source_line
from sim.figures.style import HEIGHT, MEAN_WIDTH, looks
from sim.questions.compare import titles as findings
from sim.questions.compare.doctrines import first_difference, of_doctrines
from sim.questions.compare.statistics import bands
from sim.record import conduct

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure

LEVELS = {
    "sanctions_us": "American sanctions, kept up",
    "sanctions_europe": "European sanctions, kept up",
    "sanctions": "Both, as Russia feels them",
}
"""Levels in the first row, percent of the fullest."""
SO_FAR = {
    "tightened": ("sanctions_us_act", "sanctions", 1.0, "Washington tightened"),
    "eased": ("sanctions_us_act", "sanctions", -1.0, "Washington eased"),
    "packages": ("sanctions_europe_act", "sanctions_europe", 1.0, "The EU tightened"),
}
"""Counts in the second row: the path, the observable of the record, which acts, and a heading."""
SCALE, MOST_FANS = 100.0, 3
"""Doctrines whose bands can lie over each other and still be read."""
EVENTS = "acts of sanctions: dated events of the record, formal"


@figure_of_ours
@of_doctrines
def sanctions(dataset: xr.Dataset, record: Observed | None = None, since: Any = None) -> Figure:
    """American and European sanctions as far as they are kept up, and the acts since the first month."""
    counted = dataset.assign({name: _so_far(dataset[path] == sign) for name, (path, _, sign, _) in SO_FAR.items()})
    table = bands(counted, [*LEVELS, *SO_FAR])
    styles, months = looks(map(str, dataset["doctrine"].to_numpy())), dataset["month"].to_numpy()
    change = first_difference(dataset) if since is None else np.datetime64(since, "ns")
    seen = {name: _acts(record, observable, sign, months) for name, (_, observable, sign, _) in SO_FAR.items()}
    shown = any(acts is not None for acts in seen.values())
    fans = len(styles) <= MOST_FANS
    sheet = page(
        findings.sanctions(dataset, since),
        (axes.ONE_WORLD if dataset.sizes["world"] == 1 else "Line: mean." + " Band: half of the worlds." * fans)
        + (" Black: the record; dots: months of its acts." if shown else "")
        + axes.change_note(change, months, len(styles) > 1),
        source_line(dataset, *([EVENTS] if shown else [])),
        key=doctrine_key(styles) if len(styles) > 1 else (),
        height=HEIGHT + 1.0,
    )
    grid = sheet.grid(2, len(LEVELS), left=0.65, top=0.6, wspace=0.17, hspace=0.5)
    headings = {name: (heading, "percent of the fullest") for name, heading in LEVELS.items()}
    headings |= {name: (heading, "months so far") for name, (*_, heading) in SO_FAR.items()}
    for ax, (name, (heading, unit)) in zip(grid.flat, headings.items(), strict=True):
        axes.prepare(ax, heading, unit, stacked=True)
        scale = SCALE if name in LEVELS else 1.0
        if fans:
            axes.fans(ax, axes.by_doctrine(table, name), styles, scale, change)
        else:
            axes.means(ax, axes.by_doctrine(table, name), styles, scale, MEAN_WIDTH)
        axes.observed(ax, seen.get(name))
        axes.span_months(ax, months, labels=name in SO_FAR)
        axes.change_line(ax, change, months)
        axes.few_ticks(ax)
        ax.set_ylim(bottom=0.0)
    _mark(grid[0, 0], seen["tightened"])
    _mark(grid[0, 1], seen["packages"])
    return sheet.figure


def _so_far(acts: xr.DataArray) -> xr.DataArray:
    """How many months with such an act there were up to each month."""
    return acts.cumsum("month").astype(float)


def _acts(record: Observed | None, observable: str, sign: float, months: Any) -> xr.DataArray | None:
    """Months with such an act up to each month that the record and the run share; None if they share none."""
    if record is None:
        return None
    import xarray as xr

    coded = conduct.monthly(record.events, (observable,))
    at = pd.to_datetime(coded["month"], format="%Y-%m").to_numpy().astype("datetime64[ns]")
    inside = (at >= months[0]) & (at <= months[-1])
    if not inside.any():
        return None
    so_far = (coded["formal"].to_numpy(float)[inside] == sign).cumsum().astype(float)
    hers = np.zeros(len(so_far), dtype=bool)
    beside = {"month": at[inside], "own": ("month", hers), "shipped": ("month", so_far), "alone": ("month", hers)}
    return xr.DataArray(so_far, beside, ("month",))


def _mark(ax: Any, acts: xr.DataArray | None) -> None:
    """The months of the record's acts, at the foot of the axes."""
    if acts is not None:
        acted = np.diff(acts.to_numpy(), prepend=0.0) > 0.0
        axes.observed_at_foot(ax, acts["month"].to_numpy()[acted], np.zeros(int(acted.sum()), dtype=bool))
