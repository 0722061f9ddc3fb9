"""How far to trust what the record looks like, and what to look at next.

These figures take the tables that `sim.questions.inference` makes, not a Dataset.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.figures import axes
from sim.figures.page import Entry, page
from sim.figures.style import COLOURS, DARK, HEIGHT, INK, MEAN_WIDTH, QUIET, TEXT
from sim.questions.evidence import ALL
from sim.questions.labels import doctrine_label, number
from sim.questions.verdict import Verdict

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LOOKS = {"regression": (COLOURS[0], "o"), "Gaussian": (COLOURS[1], "s")}
"""Colour and marker of each method."""
KINDS_LEFT = 3.5
"""Inches for the names of rows."""
BAR, THIN = 0.36, 0.72
"""Heights of bars, in rows."""
NOISY = 2.0
"""Times its noise up to which an error of calibration is none to speak of."""
LEAST = 0.05
"""Shortest axis of bits."""
SHOWN = 1.12
"""Axis of bits over its longest bar."""


def calibration(table: pd.DataFrame, scores: pd.DataFrame, source_line: str) -> Figure:
    """How often a hypothesis is true that is given so much, in held-out worlds.

    Parameters
    ----------
    table, scores : DataFrame
        The tables `calibration` and `scores`.
    source_line : str
        As `sim.figures.inference.source` gives it.
    """
    note = (
        "Dots: probabilities in ten groups, what is given on average against how often it is true; lines: 95 % "
        "intervals. On the diagonal a probability is worth its name. Each half of the worlds is judged by the other."
    )
    key = [Entry(_called(name, scores), colour, colour, None, marker) for name, (colour, marker) in LOOKS.items()]
    sheet = page(_calibration_title(scores), note, source_line, key=key, height=9.0, below=0.7)
    ax = sheet.grid(1, 1, right=0.2, top=0.35)[0, 0]
    axes.prepare(ax, "How often it is true", "share of cases", lines="both")
    ax.plot([0.0, 1.0], [0.0, 1.0], color=QUIET, linewidth=1.4)
    for name in reversed(LOOKS):
        _dots(ax, table[table["method"] == name], name)
    ax.set_xlim(-0.02, 1.02)
    ax.set_ylim(-0.02, 1.02)
    ax.set_xlabel("probability given", size=TEXT, color=INK)
    return sheet.figure


def _called(name: str, scores: pd.DataFrame) -> str:
    row = scores[scores["method"] == name].iloc[0]
    return f"{name}: off by {row['error']:.3f}, log score {number(row['log_score'], 2)} bits"


def _dots(ax: Axes, rows: pd.DataFrame, name: str) -> None:
    colour, marker = LOOKS[name]
    ax.vlines(rows["given"], rows["true_low"], rows["true_high"], color=colour, linewidth=2.0)
    ax.plot(rows["given"], rows["true"], marker, color=colour, markersize=9, linewidth=MEAN_WIDTH)


def _calibration_title(scores: pd.DataFrame) -> str:
    row = scores.iloc[0]
    if row["error"] <= NOISY * row["noise"]:
        return f"Probabilities are worth their name: off by {row['error']:.3f}, by chance {row['noise']:.3f}"
    return f"Probabilities are off by {row['error']:.3f} on average, more than chance ({row['noise']:.3f})"


def information(table: pd.DataFrame, verdict: Verdict, source_line: str) -> Figure:
    """What each kind of evidence in the coming months is expected to tell about the hypothesis.

    Parameters
    ----------
    table : DataFrame
        The table `information`.
    verdict : Verdict
        What the record comes to.
    source_line : str
        As `sim.figures.inference.source` gives it.
    """
    pair = f"{doctrine_label(verdict.leader)} and {doctrine_label(verdict.rival)}"
    note = (
        f"Expected fall of uncertainty. Dark: between {pair}, of 1 bit, with two standard errors; light: among all "
        f"hypotheses, of {table['most_equal'].iloc[0]:.2f} bits. Worlds at war at the end of the record."
    )
    sheet = page(_information_title(table, pair), note, source_line, height=HEIGHT, below=0.7)
    ax = sheet.grid(1, 1, left=KINDS_LEFT, right=0.2)[0, 0]
    axes.prepare(ax, lines="x")
    places, bits, error = np.arange(len(table)), table["bits_pair"], 2.0 * table["se_pair"]
    colours = [QUIET if kind == ALL else COLOURS[0] for kind in table["kind"]]
    ax.barh(places, table["bits_equal"], height=THIN, color=colours, alpha=DARK)
    ax.barh(places, bits, height=BAR, color=colours)
    ax.hlines(places, np.maximum(bits - error, 0.0), bits + error, color=INK, linewidth=2.0)
    ends = np.maximum(table["bits_equal"], bits + error)
    for place, end, value in zip(places, ends, bits, strict=True):
        ax.annotate(f"{value:.2f}", (end, place), xytext=(6, 0), textcoords="offset points", va="center", size=TEXT)
    ax.set_yticks(places, table["label"])
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(table) - 0.5, -0.5)
    ax.set_xlim(0.0, max(SHOWN * float(ends.max()), LEAST))
    ax.set_xlabel("bits", size=TEXT, color=INK)
    return sheet.figure


def _information_title(table: pd.DataFrame, pair: str) -> str:
    best = table.loc[table["kind"] != ALL, "label"].iloc[0]
    return f"What would tell {pair} apart best in the months to come: {best}"
