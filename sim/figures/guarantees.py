"""Porcupine, tripwire or treaty: how often the same ceasefire breaks under each, and who pays how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.figures import axes
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import KeyEntry, page
from sim.figures.style import COLOURS, HEIGHT
from sim.questions.compare.guarantees import MONTHS, YEAR

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PERCENT = 100.0
LOOKS = {
    "european_aid": ("Europe, arms and money for Kyiv", COLOURS[0], ""),
    "european_force": ("Europe, its force", COLOURS[1], "//"),
    "american_aid": ("Washington", COLOURS[3], ".."),
}
"""Who pays for what: its name, colour and hatching."""
MARKS = {"transactional": ("o", COLOURS[2]), "architectural": ("s", COLOURS[6])}
"""Marker and colour of each doctrine of Washington."""
APART = 0.17
"""Rows of a guarantee between the two doctrines, half of what lies between them."""


@figure_of_ours
def who_keeps_the_peace(table: pd.DataFrame, source: str) -> Figure:
    """Share of ceasefires that break, with 95 % intervals, and money a year of peace; of `guarantees`."""
    names = list(dict.fromkeys(table["guarantee"]))
    sheet = page(
        _title(table),
        "The same ceasefire on the same line, with one guarantee or another. Upper row of each: a transactional "
        "Washington; lower: an architectural one. Lines: 95 % intervals. Money is that of the months it held.",
        source,
        key=[
            *(KeyEntry(f"{name} Washington", colour, colour, None, mark) for name, (mark, colour) in MARKS.items()),
            *(KeyEntry(label, colour, colour, hatch=hatch) for label, colour, hatch in LOOKS.values()),
        ],
        height=HEIGHT,
    )
    left, right = sheet.grid(1, 2, left=2.9, top=0.45, wspace=0.08)[0]
    axes.prepare(left, f"Broken within {MONTHS / YEAR:.0f} years", "of 100 ceasefires", lines="x")
    axes.prepare(right, "Paid", "EUR bn a year of peace", lines="x")
    for nth, washington in enumerate(MARKS):
        rows = np.arange(len(names)) + (2 * nth - 1) * APART
        one = table[table["washington"] == washington].set_index("guarantee").loc[names]
        _broken(left, rows, one, washington)
        _paid(right, rows, one)
    axes.name_rows(left, names)
    axes.name_rows(right, names, named=False)
    left.set_xlim(0.0, PERCENT)
    right.set_xlim(left=0.0)
    return sheet.figure


def _broken(ax: Axes, rows: np.ndarray, table: pd.DataFrame, washington: str) -> None:
    mark, colour = MARKS[washington]
    ax.hlines(rows, PERCENT * table["low"], PERCENT * table["high"], color=colour, linewidth=2.5)
    ax.plot(PERCENT * table["broken"], rows, mark, color=colour, markersize=8)


def _paid(ax: Axes, rows: np.ndarray, table: pd.DataFrame) -> None:
    base = np.zeros(len(table))
    for name, (_, colour, hatch) in LOOKS.items():
        width = table[name].to_numpy()
        ax.barh(rows, width, 1.7 * APART, base, color=colour, hatch=hatch, edgecolor="white", linewidth=0.0)
        base = base + width


def _title(table: pd.DataFrame) -> str:
    """What soldiers and arms each take off the share that breaks where Washington may not come."""
    broken = table[table["washington"] == "transactional"].set_index("guarantee")["broken"] * PERCENT
    told = f"{broken['porcupine']:.0f} with arms, {broken['tripwire']:.0f} with a European force as well"
    return f"With monitors {broken['monitors']:.0f} of 100 ceasefires break, {told}"
