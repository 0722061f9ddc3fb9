"""Which assumptions carry a comparison: bars of Sobol indices, and a map of where the sign flips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from sim.basics.labels import HUNDRED, listed, number
from sim.estimation.priors import PRIORS
from sim.figures import axes
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import KeyEntry, page
from sim.figures.style import COLOURS, HEIGHT, INK, QUIET, TEXT
from sim.questions.sensitivity.design import DIFFERENCE
from sim.questions.sensitivity.sensitivity_sentences import MOST_NAMED, carriers
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHOWN = 5
"""Parameters an outcome."""
COLUMNS = 2
BAR = COLOURS[0]
SAME, OPPOSITE = (COLOURS[0], "o"), (COLOURS[1], "s")
"""Colour and marker of points with the sign of the mean, and with the other."""
SMALLEST, LARGEST = 12.0, 190.0
"""Areas of the points, for no difference and for the largest."""
TICKS = (1.0, 2.0, 4.0, 7.0)
"""Ticks of a decade."""
ROW = 2.35
"""Inches a row of small figures."""


@figure_of_ours
def bars(indices: pd.DataFrame, outcomes: Sequence[str], labels: Sequence[str], source: str) -> Figure:
    """Total and first-order indices of the parameters that move the difference most, an outcome a picture.

    Parameters
    ----------
    indices : DataFrame
        As `sim.questions.sensitivity.design.indices` gives them.
    outcomes : sequence of str
        Which of the outcomes to show.
    labels : sequence of str
        The two doctrines.
    source : str
        The line at the bottom.
    """
    rows = -(-len(outcomes) // COLUMNS)
    key = [
        KeyEntry("total index, with 95 % interval", BAR, BAR, hatch=""),
        KeyEntry("first-order index", INK, INK, None, "D"),
    ]
    note = (
        f"Share of the variance, over parameter sets, of the mean difference {doctrine_label(labels[1])} less "
        f"{doctrine_label(labels[0])}: by itself (diamond), and with all its interactions (bar)."
    )
    sheet = page(bars_title(indices, outcomes), note, source, key, height=max(HEIGHT, 2.6 + ROW * rows), below=0.35)
    grid = sheet.grid(rows, COLUMNS, left=3.05, right=0.15, top=0.4, wspace=0.92, hspace=0.5)
    for place, ax in enumerate(grid.flat):
        if place < len(outcomes):
            _bars(ax, indices, outcomes[place])
        else:
            ax.set_axis_off()
    return sheet.figure


def bars_title(indices: pd.DataFrame, outcomes: Sequence[str]) -> str:
    """The parameters that are among the first of most outcomes."""
    counts: dict[str, int] = {}
    for outcome in outcomes:
        for name in carriers(indices, outcome)["parameter"].head(MOST_NAMED):
            counts[str(name)] = counts.get(str(name), 0) + 1
    if not counts:
        return "No assumption is seen to move the differences: luck hides them"
    most = max(counts.values())
    first = [name for name, count in counts.items() if count == most][:MOST_NAMED]
    verb = "is" if len(first) == 1 else "are"
    return f"{listed(first)} {verb} among the {MOST_NAMED} heaviest assumptions in {most} of {len(outcomes)} outcomes"


def _bars(ax: Axes, indices: pd.DataFrame, outcome: str) -> None:
    rows = indices[(indices["outcome"] == outcome) & (indices["quantity"] == DIFFERENCE)]
    axes.prepare(ax, str(rows["label"].iloc[0]), lines="x")
    rows = rows.sort_values("total", ascending=False, kind="stable").head(SHOWN)
    ax.set_xlim(0.0, 1.0)
    if rows["total"].isna().any():
        ax.set_yticks([])
        hidden = "the difference does not vary" if rows["luck"].isna().any() else "luck hides the parameters"
        ax.text(0.5, 0.5, hidden, transform=ax.transAxes, size=TEXT, color=QUIET, ha="center")
        return
    y = np.arange(len(rows))
    total = np.clip(rows["total"].to_numpy(float), 0.0, None)
    ends = np.clip([total - rows["total_low"], rows["total_high"] - total], 0.0, None)
    ax.barh(y, total, height=0.62, color=BAR, alpha=0.55, xerr=ends, error_kw={"elinewidth": 2.0, "ecolor": INK})
    first = np.clip(rows["first"].to_numpy(float), 0.0, None)
    ax.plot(first, y, "D", color=INK, markersize=7, zorder=4, clip_on=False)
    axes.name_rows(ax, rows["parameter"].tolist())
    ax.set_xlim(0.0, max(1.0, float((total + ends[1]).max())))


@figure_of_ours
def flip_map(
    points: pd.DataFrame,
    pair: tuple[str, str],
    surface: pd.DataFrame,
    flipping: pd.Series,
    labels: Sequence[str],
    source: str,
) -> Figure:
    """The difference at every parameter set, over the two parameters that move it most.

    Parameters
    ----------
    points : DataFrame
        As `sim.questions.sensitivity.flips.points_table` gives it.
    pair : tuple of str
        The parameters across and up.
    surface : DataFrame
        As `sim.questions.sensitivity.flips.surface` gives it.
    flipping : Series
        The outcome's row of `sim.questions.sensitivity.flips.flip_table`.
    labels : sequence of str
        The two doctrines.
    source : str
        The line at the bottom.
    """
    share, low, high = (number(HUNDRED * flipping[key], 0) for key in ("share", "share_low", "share_high"))
    title = f"{flipping['label']}: the doctrines change places in {share} % of parameter sets ({low} to {high} %)"
    second, (usual, other) = doctrine_label(labels[1]), ("more", "less") if flipping["mean"] > 0.0 else ("less", "more")
    key = [
        KeyEntry(said, colour, colour, None, marker)
        for said, (colour, marker) in (
            (f"{usual} under {second}, as on average", SAME),
            (f"{other} under {second}: the sign flips", OPPOSITE),
        )
    ]
    note = (
        f"A point is a parameter set, larger the further {second} and {doctrine_label(labels[0])} are apart (noise of "
        "luck drawn in). Black line: no difference on a quadratic surface through the points; the points on its wrong "
        "side are the work of the other parameters."
    )
    sheet = page(title, note, source, key, below=0.85)
    ax = sheet.grid(1, 1, left=1.1, right=0.4)[0, 0]
    axes.prepare(ax, lines="both")
    _points(ax, points, pair, f"{flipping['outcome']}_drawn_in", float(flipping["mean"]))
    _zero_line(ax, surface, pair)
    for name, axis, scale in zip(pair, (ax.xaxis, ax.yaxis), (ax.set_xscale, ax.set_yscale), strict=True):
        if PRIORS[name].log:
            scale("log")
            axis.set_major_locator(LogLocator(subs=TICKS))
        axis.set_major_formatter(FuncFormatter(axes.tick))
        axis.set_minor_formatter(NullFormatter())
        axis.set_label_text(name, size=TEXT, color=INK)
    return sheet.figure


def _points(ax: Axes, points: pd.DataFrame, pair: tuple[str, str], column: str, mean: float) -> None:
    values = points[column].to_numpy(float)
    x, y = (points[name].to_numpy(float) for name in pair)
    area = SMALLEST + (LARGEST - SMALLEST) * np.abs(values) / max(float(np.abs(values).max()), np.finfo(float).tiny)
    flips = values * mean < 0.0
    for (colour, marker), there in ((SAME, ~flips), (OPPOSITE, flips)):
        ax.scatter(x[there], y[there], s=area[there], c=colour, marker=marker, alpha=0.55, linewidths=0, clip_on=False)


def _zero_line(ax: Axes, surface: pd.DataFrame, pair: tuple[str, str]) -> None:
    whole = surface.pivot_table(index=pair[1], columns=pair[0], values="difference")
    values = whole.to_numpy(float)
    if values.min() < 0.0 < values.max():
        ax.contour(whole.columns.to_numpy(float), whole.index.to_numpy(float), values, levels=[0.0], colors=INK)
