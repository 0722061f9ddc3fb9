"""Votes in Congress by party, predicted by a fit that has seen no vote of their bill, and observed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.basics.labels import HUNDRED
from sim.figures import axes
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import CLERKS, KeyEntry, page
from sim.figures.style import COLOURS, INK, OBSERVED, TEXT

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SAYS = ("grant", "ban", "cut")
"""What tells of aid itself, in the order of the rows; other votes are about much else."""
PARTIES = {"republicans": ("Republicans", COLOURS[1]), "democrats": ("Democrats and independents", COLOURS[0])}
ROW_HEIGHT = 0.32
"""Inches a vote."""


@figure_of_ours
def votes_left_out(table: pd.DataFrame) -> Figure:
    """Share of each party for aid in every vote on a grant, a ban or a cut: its interval unseen, and what came.

    Parameters
    ----------
    table : DataFrame
        The table `congress_rollcalls`.
    """
    shown = table[table["says"].isin(SAYS)]
    sheet = page(
        _title(shown),
        "Bar: 90 of 100, tick: the median, by a fit without any vote of the bill. Dot: observed.",
        f"{CLERKS}; python -m sim.estimation.congress.",
        key=[KeyEntry("predicted", INK, INK), KeyEntry("observed", OBSERVED, OBSERVED, None, "o")],
        height=3.0 + ROW_HEIGHT * shown["vote"].nunique(),
        below=0.85,
    )
    grid = sheet.grid(1, len(PARTIES), left=3.3, top=0.45, wspace=0.08)[0]
    for nth, (ax, (party, (heading, colour))) in enumerate(zip(grid, PARTIES.items(), strict=True)):
        rows = shown[shown["party"] == party]
        rows = rows.sort_values("date", kind="stable").sort_values(
            "says", key=lambda says: says.map(SAYS.index), kind="stable"
        )
        axes.prepare(ax, heading, lines="x")
        _party(ax, rows, colour)
        names = rows["date"].dt.strftime("%Y-%m-%d ") + rows["chamber"].str.title() + ", " + rows["says"]
        ax.set_yticks(np.arange(len(rows))[::-1], list(names) if nth == 0 else [""] * len(names))
    return sheet.figure


def _party(ax: Axes, rows: pd.DataFrame, colour: str) -> None:
    places = np.arange(len(rows))[::-1]
    low, high, middle, came = (
        HUNDRED * rows[name].to_numpy(float) for name in ("low", "high", "predicted", "observed")
    )
    ax.barh(places, high - low, left=low, height=0.55, color=colour, alpha=0.45)
    ax.plot(middle, places, "|", color=colour, markersize=12, markeredgewidth=2.5)
    ax.plot(came, places, "o", color=OBSERVED, markersize=7)
    ax.set_xlim(-2.0, 102.0)
    ax.set_ylim(-0.7, len(rows) - 0.3)
    ax.set_xlabel("for aid, % of the party's ballots", size=TEXT, color=INK)


def _title(shown: pd.DataFrame) -> str:
    """How many shares lie inside, by party."""
    inside = (shown["low"] <= shown["observed"]) & (shown["observed"] <= shown["high"])
    told = {party: (int(held.sum()), len(held)) for party, held in inside.groupby(shown["party"])}
    ours, theirs = told["republicans"], told["democrats"]
    return (
        f"Of votes on aid that no fit has seen, intervals of 90 % hold {ours[0]} of {ours[1]} Republican shares and "
        f"{theirs[0]} of {theirs[1]} Democratic ones"
    )
