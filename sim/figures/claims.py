"""The claims and what decides them: effects on one axis, as claimed to the right, and the verdict beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.ticker import FixedLocator

from sim.basics.labels import number
from sim.figures import axes
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import CLERKS, NO_BREAK, KeyEntry, page, put
from sim.figures.style import COLOURS, FAINT, HEIGHT, INK, LABEL, QUIET, TEXT, WIDTH, ink
from sim.questions.claims.all_claims import CLAIMS
from sim.questions.claims.claim_sentences import MARKS, mark, title
from sim.questions.claims.judgement import CONTRADICTED, SUPPORTED, UNDECIDED
from sim.questions.claims.measures import DEFAULT, POSTERIOR

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW, ABOVE = 0.31, 3.3
"""Inches a row, and a page without its rows."""
NAMES, VERDICTS = 5.35, 2.05
"""Inches left for what is claimed, and right for the verdicts."""
FARTHEST = 12.0
"""Multiples of what matters at which an axis ends; marks beyond stand at its end."""
TICKS = (-10.0, -3.0, -1.0, 0.0, 1.0, 3.0, 10.0)
LOOKS = {DEFAULT: (COLOURS[0], "o", -0.16), POSTERIOR: (COLOURS[1], "D", 0.16)}
INKS = {SUPPORTED: "#00664a", CONTRADICTED: "#a33f00", UNDECIDED: QUIET}
BAND = 0.55
"""Opacity of the band in which effects are too small to matter."""


@figure_of_ours
def forest(table: pd.DataFrame, worlds: int, seed: int) -> Figure:
    """Every statistic of every claim, under both sets of parameters.

    Parameters
    ----------
    table : DataFrame
        As `sim.questions.claims.evaluation.evaluated` gives it.
    worlds, seed : int
        What it was made of.
    """
    lines = _lines(table)
    note = (
        "Effect with its 95 % interval, in multiples of the smallest that matters; as claimed is to the right. Grey "
        f"band: too small to matter. (Informs: decides nothing.) **{NO_BREAK}built in: an input, no finding; "
        f"*{NO_BREAK}its sign is built in. Where default and posterior parameters disagree, a claim is undecided."
    )
    key = [KeyEntry(f"{name} parameters", ink(colour), colour, None, sign) for name, (colour, sign, _) in LOOKS.items()]
    source = f"Observed: {CLERKS}; dated events. Simulated: {number(worlds, 0)} worlds a scenario, seed {seed}."
    high = max(HEIGHT * 0.6, ABOVE + ROW * len(lines))
    sheet = page(title(table), note, source, key=key, height=high, below=0.8)
    ax = sheet.grid(1, 1, left=NAMES, right=VERDICTS, top=0.1)[0, 0]
    _scale(ax, len(lines))
    for place, line in enumerate(lines):
        _line(ax, place, line)
    return sheet.figure


def _lines(table: pd.DataFrame) -> list[dict[str, Any]]:
    """What is drawn, from the top: a claim, then its statistics."""
    lines: list[dict[str, Any]] = []
    for name, part in table.groupby("claim", sort=False):
        first = part.iloc[0]
        lines.append({"head": str(name), "verdict": str(first["claim_verdict"])})
        lines += [{str(key): value for key, value in row.items()} for row in part.to_dict("records")]
    return lines


def _scale(ax: Axes, rows: int) -> None:
    axes.prepare(ax, lines="x")
    ax.set_xscale("asinh", linear_width=1.0)
    ax.set_xlim(-FARTHEST, FARTHEST)
    ax.xaxis.set_major_locator(FixedLocator(list(TICKS)))
    ax.xaxis.set_major_formatter(axes.tick)
    ax.xaxis.set_minor_locator(FixedLocator([]))
    ax.axvspan(-1.0, 1.0, color=FAINT, alpha=BAND, linewidth=0, zorder=0)
    ax.axvline(0.0, color=INK, linewidth=1.2, zorder=2)
    ax.set_ylim(rows - 0.5, -0.5)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("← opposite        multiples of the smallest effect that matters        as claimed →", size=TEXT)


def _line(ax: Axes, place: int, line: dict[str, Any]) -> None:
    if "head" in line:
        _beside(
            ax,
            place,
            f"{line['head']}: {CLAIMS[line['head']].short}",
            left=True,
            weight="bold",
            size=LABEL,
        )
        _beside(ax, place, line["verdict"], left=False, weight="bold", size=LABEL, color=INKS[line["verdict"]])
        ax.axhline(place - 0.5, color=QUIET, linewidth=0.8, zorder=1, xmin=0.0)
        return
    _beside(ax, place, f"{line['text']}{mark(line['built_in'])}", left=True)
    if not line["decides"]:
        _beside(ax, place, "(informs)", left=False, color=QUIET)
    said = [MARKS[line[f"{name}_verdict"]] for name in LOOKS]
    if line["decides"]:
        _beside(ax, place, said[0] if len(set(said)) == 1 else "; posterior ".join(said), left=False, color=QUIET)
    for name, (colour, sign, aside) in LOOKS.items():
        value, low, high = (
            float(np.clip(line[f"{name}_effect{part}"], -FARTHEST, FARTHEST)) for part in ("", "_low", "_high")
        )
        ax.plot([low, high], [place + aside] * 2, color=colour, linewidth=2.4, zorder=3)
        ax.plot([value], [place + aside], sign, color=colour, markersize=8, zorder=4, clip_on=False)


def _beside(ax: Axes, place: int, text: str, left: bool, **look: Any) -> None:
    """Text at the side of the axes, at the height of a row."""
    figure: Any = ax.figure
    box = ax.get_position()
    x = box.x0 - NAMES / WIDTH if left else box.x1 + 0.15 / WIDTH
    y = box.y1 - (place + 0.5) / (ax.get_ylim()[0] + 0.5) * box.height
    put(figure, x, y, text, va="center", **look)
