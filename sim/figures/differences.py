"""What the doctrine changes, in the same worlds: paired differences with their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.ticker import MaxNLocator

from sim.figures import axes
from sim.figures.page import Page, doctrine_key, page, source_line
from sim.figures.record import Observed
from sim.figures.style import HEIGHT, INK, WIDTH, Look, looks
from sim.questions import findings
from sim.questions.compare import paired
from sim.questions.headline import CHANCE
from sim.questions.labels import doctrine_label
from sim.questions.say import HUNDRED

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

UNITS = {
    CHANCE: "worlds of 100",
    "percent": "percentage points",
    "percent of Ukraine": "percent of Ukraine",
    "share of full support": "0 to 1",
}
"""How a difference in a unit is called, where not like the unit itself; units called alike share axes."""
LEFT_OUT = ("refused_by_ukraine", "refused_by_russia", "effort_russia")
"""Outcomes that the table in the report has and the figure has no room for."""
NAMES = 3.85
"""Inches for the names of the outcomes, in each of the two columns."""
GUTTER = 0.45
"""Inches between the columns."""
OVERHEAD = 1.0
"""Inches of a group for its unit and its ticks."""
ROW, DOT = 0.30, 0.13
"""Least inches a row, and a dot."""
SPREAD = 0.56
"""Part of a row over which the dots of the doctrines are spread."""


def paired_differences(dataset: xr.Dataset, record: Observed | None = None, since: Any = None) -> Figure:
    """Dots and 95 % intervals of the difference to the first doctrine, one pair of axes a unit.

    Raises
    ------
    ValueError
        If there is one doctrine only.
    """
    if dataset.sizes["doctrine"] == 1:
        raise ValueError("paired differences need two doctrines or more; the Dataset has one")
    table = paired(dataset, since=since)
    styles = looks(map(str, dataset["doctrine"].to_numpy()))
    baseline = str(table["baseline"].iloc[0])
    compared = {name: look for name, look in styles.items() if name != baseline}
    halves = _halves(table[~table["outcome"].isin(LEFT_OUT)])
    row = max(ROW, DOT * len(compared))
    sheet = page(
        findings.paired_differences(table),
        f"Difference to {doctrine_label(baseline)} in the same worlds, mean and 95 % interval (often narrower than the "
        "dot). Black line: no difference.",
        source_line(dataset),
        key=doctrine_key(compared, dots=True),
        height=max(HEIGHT, 2.5 + max(_height(half, row) for half in halves)),
        below=0.1,
    )
    for place, half in enumerate(halves):
        _column(sheet, half, compared, place)
    return sheet.figure


def _halves(table: pd.DataFrame) -> list[list[pd.DataFrame]]:
    """The groups of outcomes that share a unit, in two columns of about the same height."""
    units = table["unit"].map(lambda unit: UNITS.get(unit, unit))
    groups = [rows for _, rows in table.groupby(units, sort=False)]
    total = _height(groups, ROW)
    cut = min(range(len(groups) + 1), key=lambda i: abs(2.0 * _height(groups[:i], ROW) - total))
    return [half for half in (groups[:cut], groups[cut:]) if half]


def _height(groups: list[pd.DataFrame], row: float) -> float:
    """Inches of a column of groups."""
    return sum(OVERHEAD + row * rows["outcome"].nunique() for rows in groups)


def _column(sheet: Page, groups: list[pd.DataFrame], styles: Mapping[str, Look], place: int) -> None:
    """Groups below each other, each on its own axes."""
    free = (sheet.top - sheet.bottom) * sheet.height
    count = sum(rows["outcome"].nunique() for rows in groups)
    row = (free - OVERHEAD * len(groups)) / count
    width = ((sheet.right - sheet.left) * WIDTH - GUTTER) / 2.0
    left = sheet.left * WIDTH + place * (width + GUTTER) + NAMES
    down = sheet.top * sheet.height
    for rows in groups:
        high = row * rows["outcome"].nunique()
        down -= OVERHEAD / 2.0 + high
        box = (left / WIDTH, down / sheet.height, (width - NAMES) / WIDTH, high / sheet.height)
        _group(sheet.figure.add_axes(box), rows, styles)
        down -= OVERHEAD / 2.0


def _group(ax: Axes, rows: pd.DataFrame, styles: Mapping[str, Look]) -> None:
    unit = str(rows["unit"].iloc[0])
    axes.prepare(ax, "", UNITS.get(unit, unit), lines="x")
    outcomes = list(dict.fromkeys(rows["outcome"]))
    labels = rows.drop_duplicates("outcome")["label"]
    ax.set_yticks(range(len(outcomes)), labels)
    ax.set_ylim(len(outcomes) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.axvline(0.0, color=INK, linewidth=1.2, zorder=2)
    scale = HUNDRED if unit == CHANCE else 1.0
    for nth, (name, look) in enumerate(styles.items()):
        aside = SPREAD * ((nth + 0.5) / len(styles) - 0.5) if len(styles) > 1 else 0.0
        _dots(ax, rows[rows["doctrine"] == name], outcomes, look, scale, aside)
    low, high = ax.get_xlim()
    pad = 0.06 * (max(high, 0.0) - min(low, 0.0))
    ax.set_xlim(min(low, 0.0) - pad, max(high, 0.0) + pad)
    ax.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))


def _dots(ax: Axes, rows: pd.DataFrame, outcomes: list[str], look: Look, scale: float, aside: float) -> None:
    y = [outcomes.index(name) + aside for name in rows["outcome"]]
    x = scale * rows["difference"].to_numpy(float)
    reach = scale * np.nan_to_num((rows["high"] - rows["low"]).to_numpy(float) / 2.0)
    ax.errorbar(x, y, xerr=reach, fmt=look.marker, color=look.colour, markersize=9, elinewidth=2.4, capsize=4, zorder=3)
