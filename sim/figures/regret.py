"""Regret of each doctrine in each scenario, and the largest of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.basics.labels import HUNDRED, lower, short_label
from sim.figures import axes
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import doctrine_key, page
from sim.figures.style import HEIGHT, INK, looks
from sim.questions.compare.measures import CHANCE
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

UNITS = {CHANCE: "worlds of 100"}
ROW = 0.46
"""Inches a scenario."""
SPREAD = 0.6
"""Part of a row over which the doctrines are spread."""
WORST = 17.0
"""Size of the marker around a doctrine's largest regret."""


@figure_of_ours
def regret(table: pd.DataFrame, minimax: pd.DataFrame, source: str) -> Figure:
    """Regret by scenario, an outcome a column; each doctrine's largest regret ringed.

    Parameters
    ----------
    table, minimax : DataFrame
        As `sim.questions.regret.regret_table` and `minimax_table` give them.
    source : str
        The line at the bottom.
    """
    styles = looks(dict.fromkeys(map(str, table["doctrine"])))
    outcomes = list(dict.fromkeys(map(str, table["outcome"])))
    scenarios = list(dict.fromkeys(map(str, table["scenario"])))
    note = (
        "Regret: how much worse a doctrine does, on average, than the best one in the same scenario, with 95 % "
        "interval; 0 is the best. Ringed: the largest regret of the doctrine whose largest regret is smallest."
    )
    height = max(HEIGHT, 3.6 + ROW * len(scenarios))
    sheet = page(title(minimax), note, source, doctrine_key(styles, dots=True), height=height, below=0.4)
    grid = sheet.grid(1, len(outcomes), left=2.4, right=0.15, top=0.75, wspace=0.12)
    for place, (ax, outcome) in enumerate(zip(grid[0], outcomes, strict=True)):
        rows = table[table["outcome"] == outcome]
        unit = str(rows["unit"].iloc[0])
        label = str(minimax.loc[minimax["outcome"] == outcome, "label"].iloc[0])
        axes.prepare(ax, "", UNITS.get(unit, unit), lines="x")
        axes.caption(ax, short_label(label), colour=INK, up=27.0)
        scale = HUNDRED if unit == CHANCE else 1.0
        for nth, (name, look) in enumerate(styles.items()):
            aside = SPREAD * ((nth + 0.5) / len(styles) - 0.5)
            _dots(ax, rows[rows["doctrine"] == name], scenarios, scale, (look.colour, look.marker, aside))
        _ring(ax, minimax[minimax["outcome"] == outcome], scenarios, scale, list(styles))
        ax.set_yticks(np.arange(len(scenarios)), scenarios if place == 0 else [""] * len(scenarios))
        ax.set_ylim(len(scenarios) - 0.5, -0.5)
        ax.set_xlim(left=min(0.0, ax.get_xlim()[0]))
        ax.tick_params(axis="y", length=0)
    return sheet.figure


def title(minimax: pd.DataFrame) -> str:
    """The doctrine that is regretted least, by outcome."""
    best = minimax[minimax["minimax"].astype(bool)]
    names = dict.fromkeys(map(str, best["doctrine"]))
    if len(names) == 1:
        return f"{doctrine_label(next(iter(names)))} is regretted least, whatever is asked of it".capitalize()
    parts = []
    for name in names:
        labels = [lower(short_label(str(label))) for label in best.loc[best["doctrine"] == name, "label"]]
        parts.append(f"{doctrine_label(name)} for {' and '.join(labels)}")
    return f"No doctrine is regretted least for everything: {', '.join(parts)}"


def _dots(ax: Axes, rows: pd.DataFrame, scenarios: list[str], scale: float, look: tuple[str, str, float]) -> None:
    colour, marker, aside = look
    y = [scenarios.index(str(name)) + aside for name in rows["scenario"]]
    x = scale * rows["regret"].to_numpy(float)
    ends = scale * np.clip([rows["regret"] - rows["low"], rows["high"] - rows["regret"]], 0.0, None)
    ax.errorbar(x, y, xerr=ends, fmt=marker, color=colour, markersize=7.5, elinewidth=1.6, zorder=3, clip_on=False)


def _ring(ax: Axes, rows: pd.DataFrame, scenarios: list[str], scale: float, doctrines: list[str]) -> None:
    best = rows[rows["minimax"].astype(bool)].iloc[0]
    aside = SPREAD * ((doctrines.index(str(best["doctrine"])) + 0.5) / len(doctrines) - 0.5)
    y = scenarios.index(str(best["scenario"])) + aside
    ax.plot(
        scale * best["largest"], y, "o", markersize=WORST, markerfacecolor="none", color=INK, zorder=4, clip_on=False
    )
