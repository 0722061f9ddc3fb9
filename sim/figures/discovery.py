"""Where doctrines fail: the boxes, and what a smaller box gains in density and loses in coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.basics.labels import HUNDRED, capital, number
from sim.figures import axes
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import Sheet, doctrine_key, page
from sim.figures.style import HEIGHT, INK, MEAN_WIDTH, QUIET, TEXT, looks
from sim.questions.sensitivity.discovery import limit_words, places
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW = 0.42
"""Inches a restricted parameter."""
OVERHEAD = 1.0
"""Inches a box for its heading."""
FAINT_LINE = 0.45


@figure_of_ours
def trade_off(trajectory: pd.DataFrame, found: pd.DataFrame, words: str, source: str) -> Figure:
    """Density against coverage along the peeling of each doctrine's first box.

    Parameters
    ----------
    trajectory, found : DataFrame
        As `sim.questions.sensitivity.discovery.trajectory_table` and `box_table` give them.
    words : str
        When a world fails.
    source : str
        The line at the bottom.
    """
    first = trajectory[trajectory["box"] == 1]
    styles = looks(dict.fromkeys(map(str, found["doctrine"])))
    note = (
        f"A world fails if {words}. Lines: boxes from the whole space (right) to ever smaller ones (left), measured on "
        "worlds held out; faint: on the worlds that chose them. Marker: the box that is reported."
    )
    sheet = page(_title(found), note, source, doctrine_key(styles), below=0.85)
    ax = sheet.grid(1, 1, left=0.9, right=0.4, top=0.35)[0, 0]
    axes.prepare(ax, "", "Density: worlds of 100 inside that fail", lines="both")
    for name, look in styles.items():
        rows = first[first["doctrine"] == name]
        ax.plot(
            HUNDRED * rows["coverage"], HUNDRED * rows["density"], color=look.colour, alpha=FAINT_LINE, linewidth=1.6
        )
        x, y = HUNDRED * rows["coverage_held_out"], HUNDRED * rows["density_held_out"]
        ax.plot(x, y, color=look.colour, linestyle=look.line, linewidth=MEAN_WIDTH)
        there = rows["chosen"].to_numpy(bool)
        ax.plot(x[there], y[there], look.marker, color=look.colour, markersize=15, markeredgecolor=INK, zorder=5)
    ax.set_xlim(0.0, 102.0)
    ax.set_ylim(0.0, 102.0)
    ax.set_xlabel("Coverage: failures of 100 that lie inside", size=TEXT, color=INK)
    return sheet.figure


def _title(found: pd.DataFrame) -> str:
    """The first box with the highest density among those that are confirmed."""
    sure = found[found["confirmed"].astype(bool) & (found["box"] == 1)]
    if sure.empty:
        return "No region is confirmed in which a doctrine fails more often than elsewhere"
    best = sure.iloc[int(sure["density"].argmax())]
    inside, base = (number(HUNDRED * best[key], 0) for key in ("density", "base"))
    named = capital(doctrine_label(str(best["doctrine"])))
    return f"{named} fails in {inside} of 100 worlds of its worst region, against {base} overall"


@figure_of_ours
def boxes(limits: pd.DataFrame, found: pd.DataFrame, words: str, source: str) -> Figure:
    """The limits of every box, as places in the priors.

    Parameters
    ----------
    limits, found : DataFrame
        As `sim.questions.sensitivity.discovery.limit_table` and `box_table` give them.
    words, source : str
        As in `trade_off`.
    """
    groups = [rows for _, rows in limits.groupby(["doctrine", "box"], sort=False)]
    note = (
        f"A world fails if {words}. Grey: the whole range of a parameter. Bar: where the region lies. Densities (with "
        "95 % intervals) and coverages are of worlds held out."
    )
    high = sum(OVERHEAD + ROW * len(rows) for rows in groups)
    sheet = page(_title(found), note, source, height=max(HEIGHT, high + 3.0), below=0.2)
    down = sheet.top * sheet.height - 0.2
    styles = looks(dict.fromkeys(map(str, found["doctrine"])))
    for rows in groups:
        down = _group(sheet, rows, _of(found, rows), styles[str(rows["doctrine"].iloc[0])].colour, down)
    return sheet.figure


def _of(found: pd.DataFrame, rows: pd.DataFrame) -> dict[str, Any]:
    """The row of the box that limits belong to."""
    same = (found["doctrine"] == rows["doctrine"].iloc[0]) & (found["box"] == rows["box"].iloc[0])
    return {str(key): value for key, value in found[same].iloc[0].items()}


def _group(sheet: Sheet, rows: pd.DataFrame, box: dict[str, Any], colour: str, down: float) -> float:
    """One box under another; how far down the next begins."""
    tall = ROW * len(rows)
    left, width = 3.6, 6.2
    inches = sheet.figure.get_figwidth()
    bottom = (down - 0.35 - tall) / sheet.height
    ax = sheet.figure.add_axes((left / inches, bottom, width / inches, tall / sheet.height))
    inside, low, high, part = (number(HUNDRED * box[key], 0) for key in ("density", "low", "high", "coverage"))
    sure = "" if box["confirmed"] else "; NOT confirmed in worlds held out"
    axes.prepare(
        ax,
        f"{doctrine_label(str(box['doctrine']))}, region {box['box']}",
        f"fails in {inside} of 100 ({low} to {high}), {part} % of failures{sure}",
        lines="x",
    )
    _spans(ax, rows, colour)
    return down - OVERHEAD - tall


def _spans(ax: Axes, rows: pd.DataFrame, colour: str) -> None:
    placed = places(rows)
    y = np.arange(len(rows))
    ax.barh(y, 1.0, height=0.6, color=QUIET, alpha=0.15)
    low, high = placed["low"].to_numpy(float), placed["high"].to_numpy(float)
    ax.barh(y, high - low, left=low, height=0.6, color=colour)
    axes.name_rows(ax, rows["parameter"].tolist())
    ax.set_xlim(0.0, 1.0)
    ax.set_xticks([])
    for place, row in zip(y, rows.to_dict("records"), strict=True):
        words = limit_words(row).removeprefix(f"{row['parameter']} is ")
        p = np.nanmax([row["qp_low"], row["qp_high"]])
        ax.annotate(
            f"{words} (p {'< 0.001' if p < 0.001 else f'= {p:.3f}'})",  # noqa: PLR2004 -- as p-values are written
            (1.0, place),
            xycoords=("axes fraction", "data"),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            size=TEXT,
            color=INK,
        )
