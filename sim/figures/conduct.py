"""What was done each month, and by whom, as the dated events have it; the user's own events marked as hers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sim.basics.mistakes import count
from sim.figures import axes
from sim.figures.record import own_key
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import KeyEntry, observed_line, page
from sim.figures.style import COLOURS, HEIGHT
from sim.record.conduct import FIRST_MONTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROWS = {
    "talks": "talks with Washington, or of both sides",
    "met": "Moscow and Kyiv in one room",
    "first_contact": "Washington first with Moscow, or not",
    "package_tabled": "terms tabled",
    "truce_offered": "halt of fire proposed",
    "russia_refused": "Russia refuses what Washington backs",
    "ukraine_refused": "Ukraine refuses it",
    "prisoners_exchanged": "prisoners exchanged (a selection)",
    "aid_stopped": "American deliveries stopped",
    "intelligence_cut": "American intelligence cut",
    "aid_bill": "aid asked for, not yet law",
    "sanctions": "American sanctions tightened, or eased",
    "sanctions_europe": "European sanctions tightened, or eased",
    "veto_europe": "veto within the EU",
    "posture": "American forces in Europe raised, or lowered",
}
"""Observables in the figure, from the top, in a few words."""
FULL, HALF = 9.0, 5.0
"""Points of a dot that counts under both codings, and of one that counts under one alone."""
SOURCE = "dated events, compiled by hand; each with its source in events.csv"


@figure_of_ours
def observed_conduct(conduct: pd.DataFrame, own: list[str]) -> Figure:
    """Months in which something was done, a row an observable.

    Parameters
    ----------
    conduct : pandas.DataFrame
        As `sim.record.conduct.monthly` gives it, with a column `own`: whether a row rests on an event of the user's.
    own : list of str
        Sources of the user's own events.
    """
    sheet = page(
        _title(conduct),
        "Dot: in this month, under both codings; small dot: as a formal act alone, or as upkeep alone. The title "
        "counts formal acts. What is not among the events counts as not having happened.",
        observed_line(SOURCE, own=own),
        key=[
            KeyEntry("done, tightened, raised, Moscow first", COLOURS[0], COLOURS[0], None, "o"),
            KeyEntry("eased, lowered, not Moscow first", COLOURS[1], COLOURS[1], None, "s"),
            *own_key(own),
        ],
        height=HEIGHT + 1.5,
    )
    ax = sheet.grid(1, 1, left=5.3, top=0.1)[0, 0]
    axes.prepare(ax, lines="y")
    for row, name in enumerate(ROWS):
        _row(ax, row, conduct[conduct["observable"] == name])
    axes.name_rows(ax, list(ROWS.values()))
    axes.span_months(ax, pd.date_range(FIRST_MONTH, conduct["month"].max(), freq="MS").to_numpy())
    return sheet.figure


def _row(ax: Axes, row: int, months: pd.DataFrame) -> None:
    """The marks of one observable: by sign, by how many codings count it, and whose."""
    codes = months[["formal", "upkeep"]]
    sign = codes["formal"].where(codes["formal"] != 0, codes["upkeep"])
    both = codes["formal"] == codes["upkeep"]
    at = pd.Series(axes.numbers(pd.to_datetime(months["month"], format="%Y-%m").to_numpy()), index=months.index)
    for value, colour, marker in ((1, COLOURS[0], "o"), (-1, COLOURS[1], "s")):
        for chosen, size in ((both, FULL), (~both, HALF)):
            there = at[(sign == value) & chosen & ~months["own"]]
            ax.plot(there, [row] * len(there), linestyle="none", marker=marker, markersize=size, color=colour, zorder=3)
    hers = at[(sign != 0) & months["own"]]
    marks = {**axes.OWN_MARKS, "markersize": FULL - 1.0, "markeredgewidth": 1.8}
    ax.plot(hers, [row] * len(hers), **marks, zorder=4, clip_on=False)  # wider than what is left beside a month


def _title(conduct: pd.DataFrame) -> str:
    """In how many months the sides met, and who refused what Washington backed, in formal acts."""
    months = conduct[conduct["formal"] == 1].groupby("observable").size()
    met, russia, ukraine = (int(months.get(name, 0)) for name in ("met", "russia_refused", "ukraine_refused"))
    return (
        f"Moscow and Kyiv met in {met} months of {conduct['month'].nunique()}; what Washington backed Russia refused "
        f"in {count(russia, 'month')}, Ukraine in {ukraine}"
    )
