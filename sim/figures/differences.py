"""What the doctrine changes, in the same worlds: paired differences with their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.ticker import MaxNLocator

from sim.basics.labels import HUNDRED
from sim.figures import axes
from sim.figures.record import Observed
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import Sheet, doctrine_key, page, source_line
from sim.figures.style import HEIGHT, INK, WIDTH, Look, looks
from sim.questions.compare import titles as findings
from sim.questions.compare.doctrines import of_doctrines
from sim.questions.compare.measures import ALREADY, CHANCE
from sim.questions.compare.outcomes import levels
from sim.questions.compare.paired import paired
from sim.questions.compare.paired_sentence import cut, ends
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

UNITS = {CHANCE: "worlds of 100", "share of full support": "0 to 1"}
"""How a unit is called, where not by its name; units called alike share axes."""
DIFFERENCES = {**UNITS, "percent": "percentage points"}
"""How a difference in a unit is called."""
LEFT_OUT = (*ALREADY, "refused_by_ukraine", "refused_by_russia", "effort_russia")
"""What no doctrine changes, and outcomes that the table in the report has and the figure has no room for."""
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


@figure_of_ours
@of_doctrines
def paired_differences(dataset: xr.Dataset, record: Observed | None = None, since: Any = None) -> Figure:
    """Dots and 95 % intervals of the difference to the first doctrine; of one doctrine alone, what is found at all."""
    if dataset.sizes["doctrine"] == 1:
        return _alone(dataset, since)
    table = paired(dataset, since=since)
    styles = looks(map(str, dataset["doctrine"].to_numpy()))
    baseline = str(table["baseline"].iloc[0])
    compared = {name: look for name, look in styles.items() if name != baseline}
    note = (
        f"Difference to {doctrine_label(baseline)} in the same worlds: mean and 95 % interval (often narrower than the "
        "dot). Black line: no difference."
    )
    edges: Any = table.to_dict("records")
    if any(map(cut, edges)):
        note += " An interval ends at the edge of what is possible."
    table[["low", "high"]] = [ends(row) for row in edges]
    table["axis"] = [DIFFERENCES.get(unit, unit) for unit in table["unit"]]
    return _figure(findings.paired_differences(table), note, source_line(dataset), table, compared)


def _alone(dataset: xr.Dataset, since: Any) -> Figure:
    """The outcomes of one doctrine: mean and 90 of 100 worlds."""
    table = levels(dataset, since).rename(columns={"mean": "difference", "p05": "low", "p95": "high"})
    chance = table["unit"] == CHANCE
    table.loc[chance, ["low", "high"]] = table.loc[chance, ["difference", "difference"]].to_numpy()
    table["axis"] = [UNITS.get(unit, unit) for unit in table["unit"]]
    styles = looks(map(str, dataset["doctrine"].to_numpy()))
    note = "Dot: mean of the worlds; line: 90 of 100 of them. All of the months after the change, if any."
    return _figure(findings.overview(dataset, since), note, source_line(dataset), table, styles)


def _figure(title: str, note: str, source: str, table: pd.DataFrame, styles: Mapping[str, Look]) -> Figure:
    """The outcomes in two columns, one pair of axes a unit."""
    halves = _halves(table[~table["outcome"].isin(LEFT_OUT)])
    high = max(_height(half, max(ROW, DOT * len(styles))) for half in halves)
    key = doctrine_key(styles, dots=True)
    sheet = page(title, note, source, key=key, height=max(HEIGHT, 2.5 + high), below=0.1)
    for place, half in enumerate(halves):
        _column(sheet, half, styles, place)
    return sheet.figure


def _halves(table: pd.DataFrame) -> list[list[pd.DataFrame]]:
    """The groups of outcomes that share a unit, in two columns of about the same height."""
    groups = [rows for _, rows in table.groupby("axis", sort=False)]
    total = _height(groups, ROW)
    cut = min(range(len(groups) + 1), key=lambda i: abs(2.0 * _height(groups[:i], ROW) - total))
    return [half for half in (groups[:cut], groups[cut:]) if half]


def _height(groups: list[pd.DataFrame], row: float) -> float:
    """Inches of a column of groups."""
    return sum(OVERHEAD + row * rows["outcome"].nunique() for rows in groups)


def _column(sheet: Sheet, groups: list[pd.DataFrame], styles: Mapping[str, Look], place: int) -> None:
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
    axes.prepare(ax, "", str(rows["axis"].iloc[0]), lines="x")
    outcomes = list(dict.fromkeys(rows["outcome"]))
    labels = rows.drop_duplicates("outcome")["label"]
    ax.set_yticks(range(len(outcomes)), labels)
    ax.set_ylim(len(outcomes) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.axvline(0.0, color=INK, linewidth=1.2, zorder=2)
    scale = HUNDRED if rows["unit"].iloc[0] == CHANCE else 1.0
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
    ends = [rows["difference"] - rows["low"], rows["high"] - rows["difference"]]
    reach = scale * np.nan_to_num(np.clip(ends, 0.0, None))
    ax.errorbar(x, y, xerr=reach, fmt=look.marker, color=look.colour, markersize=9, elinewidth=2.4, capsize=4, zorder=3)
