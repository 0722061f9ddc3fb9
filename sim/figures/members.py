"""Who pays in Europe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.figures import axes
from sim.figures.record import Observed
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import doctrine_key, page, source_line
from sim.figures.style import HEIGHT, looks
from sim.questions.compare import titles as findings
from sim.questions.compare.breakdowns import members
from sim.questions.compare.doctrines import of_doctrines

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure

SPREAD = 0.62
"""Part of a row over which the dots of the doctrines are spread."""
NAMES = 2.8
"""Inches for the names of the members."""
ROW = 0.12
"""Least inches a dot."""


@figure_of_ours
@of_doctrines
def europe_members(dataset: xr.Dataset, record: Observed | None = None, since: Any = None) -> Figure:
    """Contributions by member over the whole horizon: mean, half of the worlds, 90 of 100."""
    table = members(dataset)
    styles = looks(map(str, dataset["doctrine"].to_numpy()))
    order = list(dict.fromkeys(table["member"]))
    sheet = page(
        findings.europe_members(dataset, since),
        "Dot: mean; thick line: half of the worlds; thin line: 90 of 100. Largest under the first doctrine on top.",
        source_line(dataset),
        key=doctrine_key(styles, dots=True) if len(styles) > 1 else (),
        height=max(HEIGHT, 2.6 + ROW * len(order) * len(styles)),
    )
    ax = sheet.grid(1, 1, left=NAMES, top=0.4)[0, 0]
    months = dataset.sizes["month"]
    axes.prepare(ax, "Contributions", f"{table['unit'].iloc[0]} over {months} months", lines="x")
    for nth, (name, look) in enumerate(styles.items()):
        aside = SPREAD * ((nth + 0.5) / len(styles) - 0.5) if len(styles) > 1 else 0.0
        rows = table[table["doctrine"] == name]
        y = [order.index(member) + aside for member in rows["member"]]
        ax.hlines(y, rows["p05"], rows["p95"], color=look.colour, linewidth=1.5, zorder=2)
        ax.hlines(y, rows["p25"], rows["p75"], color=look.colour, linewidth=5.0, zorder=2)
        ax.plot(rows["mean"], y, linestyle="none", marker=look.marker, markersize=9, color=look.colour, zorder=3)
    ax.set_yticks(range(len(order)), table.drop_duplicates("member")["label"])
    ax.set_ylim(len(order) - 0.5, -0.5)
    ax.set_xlim(left=0.0)
    ax.tick_params(axis="y", length=0)
    return sheet.figure
