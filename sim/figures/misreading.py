"""Being misread: which sign tells doctrines apart, what is taken for what, and what that costs."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.basics.labels import decimals, number
from sim.figures import axes
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import KeyEntry, page, put
from sim.figures.style import COLOURS, HEADING, HEIGHT, INK, LABEL, MEAN_WIDTH, TEXT, looks
from sim.questions.reading.costs import DOUBTED, SUSPECTED, UNSUSPECTED
from sim.questions.reading.signs import SIGNS
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PERCENT = 100.0
PERIODS = {"first": ("in the first half-year", COLOURS[0], 0.2), "later": ("later", COLOURS[4], -0.2)}
"""Columns of the table of information: what they are called, their colour, and how far up their bars stand."""
THICK, BAND = 0.36, 0.22
LEAST_SHADE, DARK = 0.08, 0.6
"""Tint of a cell of chance 0; chance from which a number in it is white."""
PATHS = {
    "europe so far": ("European aid so far", "EUR bn more than if it were known"),
    "quiet": ("A settlement or truce in force", "of 100 worlds, more than if it were known"),
}
MINDS = {
    DOUBTED: ("read, all three thought possible", INK),
    UNSUSPECTED: (UNSUSPECTED, looks(["transactional"])["transactional"].colour),
    SUSPECTED: (SUSPECTED, looks(["aligned"])["aligned"].colour),
}


@figure_of_ours
def signs_that_tell(tables: Mapping[str, pd.DataFrame], truth: str, source: str) -> Figure:
    """Nats a month by which each sign tells the truth from its rivals, one panel a rival; of `information`."""
    sheet = page(
        _telling(tables, truth),
        f"Washington is {doctrine_label(truth)}. Bars: mean log likelihood ratio of a month of each sign, capped as "
        "audiences cap it; 0.7 nats double the odds.",
        source,
        key=[KeyEntry(label, colour, colour, hatch="") for label, colour, _ in PERIODS.values()],
        height=HEIGHT - 1.0,
    )
    grid = sheet.grid(1, len(tables), left=3.6, top=0.45, wspace=0.12)[0]
    most = max(float(table[list(PERIODS)].to_numpy().max()) for table in tables.values())
    least = min(0.0, *(float(table[list(PERIODS)].to_numpy().min()) for table in tables.values()))
    for nth, (ax, (rival, table)) in enumerate(zip(grid, tables.items(), strict=True)):
        axes.prepare(ax, f"From {doctrine_label(rival)}", "nats a month", lines="x")
        by_sign = table.set_index("sign").loc[list(SIGNS)]
        axes.name_rows(ax, list(SIGNS.values()), named=nth == 0)
        for period, (_, colour, up) in PERIODS.items():
            values = by_sign[period].to_numpy()
            ax.barh(np.arange(len(values)) - up, values, THICK, color=colour, linewidth=0.0)
            for row, value in enumerate(values):
                put(ax, max(value, 0.0) + 0.02 * most, row - up, number(value, 2), va="center", size=TEXT)
        ax.set_xlim(1.1 * least, 1.2 * most)
    return sheet.figure


def _telling(tables: Mapping[str, pd.DataFrame], truth: str) -> str:
    """Which sign tells most of each rival, in the first half-year."""
    told = []
    for rival, table in tables.items():
        best = max(table.to_dict("records"), key=lambda row: float(row["first"]))["sign"]
        told.append(f"{SIGNS[best].lower()} from {doctrine_label(rival)}")
    return f"What tells {doctrine_label(truth)} most: {', '.join(told)}"


@figure_of_ours
def confusions(tables: Mapping[str, pd.DataFrame], source: str) -> Figure:
    """What each doctrine is taken for, one matrix a month; of `confusion`."""
    last = list(tables.values())[-1]
    sheet = page(
        _confused(last, list(tables)[-1]),
        "Rows: what Washington is. Columns: how likely Europe finds it to be what, percent, mean over worlds. On "
        "the right: mean log chance given to the truth (its prior gave "
        f"{number(float(last['prior'].mean()), 2)}).",
        source,
        height=HEIGHT - 1.5,
    )
    grid = sheet.grid(1, len(tables), left=2.0, right=0.9, top=0.85, wspace=0.45)[0]
    for nth, (ax, (month, table)) in enumerate(zip(grid, tables.items(), strict=True)):
        _matrix(ax, table, named=nth == 0)
        axes.caption(ax, month, up=26.0)
    return sheet.figure


def _matrix(ax: Axes, table: pd.DataFrame, named: bool) -> None:
    names = [name for name in table.columns if name not in ("score", "prior")]
    chances = table[names].to_numpy()
    for row, column in np.ndindex(*chances.shape):
        chance = float(chances[row, column])
        tint = LEAST_SHADE + (1.0 - LEAST_SHADE) * chance
        ax.fill_between([column - 0.5, column + 0.5], row - 0.5, row + 0.5, color=COLOURS[0], alpha=tint, linewidth=0.0)
        colour = "white" if chance > DARK else INK
        text = number(PERCENT * chance, 0)
        put(ax, column, row, text, ha="center", va="center", size=HEADING, color=colour)
    for row, score in enumerate(table["score"]):
        put(ax, len(names) - 0.4, row, number(float(score), 2), va="center", size=LABEL)
    ax.set_xlim(-0.5, len(names) - 0.5)
    ax.set_ylim(len(table) - 0.5, -0.5)
    ax.xaxis.tick_top()
    ax.set_xticks(range(len(names)), [doctrine_label(name) for name in names], size=TEXT, rotation=12, ha="left")
    ax.set_yticks(range(len(table)), [doctrine_label(str(name)) for name in table.index] if named else [], size=LABEL)
    ax.tick_params(length=0.0)
    for side in ax.spines.values():
        side.set_visible(False)


def _confused(table: pd.DataFrame, month: str) -> str:
    """What the transactional one and its twin are taken for, by the last month."""
    chances = table.to_dict("index")
    one, other = chances["transactional"]["aligned"], chances["aligned"]["transactional"]
    return (
        f"By {month} a transactional Washington is thought aligned with {PERCENT * one:.0f} %, "
        f"an aligned one transactional with {PERCENT * other:.0f} %"
    )


@figure_of_ours
def cost_of_being_misread(paths: pd.DataFrame, outcomes: pd.DataFrame, source: str) -> Figure:
    """What changes month by month where the doctrine is read and not known, or one of two is not thought possible."""
    sheet = page(
        _costly(outcomes),
        "Each less the same world where the doctrine is known. Lines: means; bands: 95 % intervals of the mean.",
        source,
        key=[KeyEntry(label, colour, colour) for label, colour in MINDS.values()],
        height=HEIGHT - 1.0,
    )
    for ax, (path, (heading, unit)) in zip(
        sheet.grid(1, 2, left=0.75, top=0.6, wspace=0.2)[0], PATHS.items(), strict=True
    ):
        axes.prepare(ax, heading, unit, stacked=True)
        ours = paths[paths["path"] == path]
        for mind, (_, colour) in MINDS.items():
            one = ours[ours["mind"] == mind]
            at = axes.numbers(one["month"].to_numpy())
            ax.fill_between(at, one["low"], one["high"], color=colour, alpha=BAND, linewidth=0.0)
            ax.plot(at, one["value"], color=colour, linewidth=MEAN_WIDTH)
        ax.axhline(0.0, color=INK, linewidth=1.2)
        axes.span_months(ax, paths["month"].unique())
        axes.few_ticks(ax)
    return sheet.figure


def _costly(outcomes: pd.DataFrame) -> str:
    """What being read and not known does to Europe's first year and to agreements."""
    read = {row["outcome"]: row for row in outcomes.to_dict("records") if row["mind"] == DOUBTED}
    europe, agreements = (_signed(read[name]) for name in ("europe", "agreements"))
    return f"To be read and not known: European aid {europe} EUR bn in a year, agreements {agreements} of 100 worlds"


def _signed(row: Mapping[Hashable, Any]) -> str:
    """A difference with its sign, in as many decimals as its interval allows."""
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    return f"{'+' if value > 0.0 else ''}{number(value, min(1, decimals((high - low) / 2.0)))}"
