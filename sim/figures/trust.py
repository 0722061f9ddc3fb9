"""How far to trust the model: the back-test, the seven facts, and what the record says about each parameter.

These figures take the tables that `sim.calibration` makes, not a Dataset.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.figures import axes
from sim.figures.page import ISW, KIEL, Entry, page
from sim.figures.style import COLOURS, DARK, HEIGHT, INK, LIGHT, MEAN_WIDTH, OBSERVED, QUIET, TEXT

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MODEL = "model"
MODEL_COLOUR, PRIOR_COLOUR = COLOURS[0], "#bdbdbd"
RIVAL_LOOKS = {
    "last twelve months": (COLOURS[1], (0.0, (5.0, 1.6))),
    "random walk": (COLOURS[3], (0.0, (1.4, 1.1))),
    "AR(1) on logs": (COLOURS[2], (0.0, (6.0, 1.5, 1.4, 1.5))),
}
HEADINGS = {
    "us": ("American allocations", "EUR bn, running total"),
    "europe": ("European contributions", "EUR bn, running total"),
    "territory": ("Russian gain of territory", "1,000 km², running total"),
}
ROW_HEIGHT = 0.34
"""Inches a row of the tall figures."""


def backtest(fans: pd.DataFrame, scores: pd.DataFrame) -> Figure:
    """What the model and its rivals forecast for 2025 and for the gap of 2023-24, and what came.

    Parameters
    ----------
    fans, scores : DataFrame
        The tables `backtest_fans` and `backtest`.
    """
    tests = list(dict.fromkeys(fans["test"]))
    key = [Entry("observed", OBSERVED, OBSERVED), Entry(MODEL, MODEL_COLOUR, MODEL_COLOUR)]
    key += [Entry(rival, colour, colour, line) for rival, (colour, line) in RIVAL_LOOKS.items()]
    note = (
        "Running totals. Model: median, half and 90 of 100 of its histories; rivals: medians. "
        f"Above: {tests[0]}. Below: {tests[1]}."
    )
    sheet = page(_backtest_title(scores, tests[0]), note, f"Observed: {KIEL}; {ISW}.", key=key, height=9.0)
    grid = sheet.grid(len(tests), len(HEADINGS), top=0.55, wspace=0.22, hspace=0.55)
    for row, test in enumerate(tests):
        for column, (series, (heading, unit)) in enumerate(HEADINGS.items()):
            ax = grid[row, column]
            axes.prepare(ax, heading, unit, stacked=True)
            _forecast(ax, fans[(fans["test"] == test) & (fans["series"] == series)])
    return sheet.figure


def _backtest_title(scores: pd.DataFrame, test: str) -> str:
    """How often the model beats its rivals on running totals, and where it does not."""
    part = scores[(scores["kind"] == "cumulative") & (scores["test"] == test)]
    won = part[part["ratio"] < 1.0].groupby("series").size()
    rivals = part["rival"].nunique()
    names = {name: int(won.get(name, 0)) for name in dict.fromkeys(part["series"])}
    said = ", ".join(f"{count} of {rivals} on {name}" for name, count in names.items())
    return f"Forecasting 2025, the model beats {said}"


def _forecast(ax: Axes, part: pd.DataFrame) -> None:
    mine = part[part["forecaster"] == MODEL]
    x = axes.numbers(mine["month"].to_numpy(dtype="datetime64[M]"))
    for low, high, opacity in (("p05", "p95", LIGHT), ("p25", "p75", DARK)):
        ax.fill_between(x, mine[low], mine[high], color=MODEL_COLOUR, alpha=opacity, linewidth=0)
    for rival, (colour, line) in RIVAL_LOOKS.items():
        ax.plot(x, part.loc[part["forecaster"] == rival, "p50"], color=colour, linestyle=line, linewidth=2.0)
    ax.plot(x, mine["p50"], color=MODEL_COLOUR, linewidth=MEAN_WIDTH)
    ax.plot(x, mine["came"], color=OBSERVED, linewidth=1.8, marker="o", markersize=5)
    axes.few_ticks(ax)
    months = mine["month"].to_numpy(dtype="datetime64[M]")
    marked = [0, len(x) // 2, -1]
    ax.set_xticks(x[marked], [str(month) for month in months[marked]])


def facts(table: pd.DataFrame, held: dict[int, bool]) -> Figure:
    """Each statistic of the record within what simulated histories give.

    Parameters
    ----------
    table : DataFrame
        The table `facts`.
    held : dict of int to bool
        Whether each fact holds.
    """
    rows = table[table["observed"].notna()].reset_index(drop=True)
    title = f"{sum(held.values())} of the {len(held)} facts of the record hold in simulated histories"
    missing = ", ".join(str(fact) for fact, holds in held.items() if not holds)
    note = (
        "Bar: 90 of 100 simulated histories, tick: their median, as distance from the median in half-widths of the "
        f"bar. Dot: observed. Facts that do not hold: {missing or 'none'}."
    )
    height = 2.6 + ROW_HEIGHT * len(rows)
    sheet = page(title, note, f"Observed: {KIEL}; {ISW}; roll calls.", height=max(HEIGHT, height), below=0.85)
    ax = sheet.grid(1, 1, left=4.6, right=2.4)[0, 0]
    axes.prepare(ax, lines="x")
    width = np.maximum((rows["high"] - rows["low"]).to_numpy(dtype=float) / 2.0, 1e-9)
    middle, places = rows["median"].to_numpy(dtype=float), np.arange(len(rows))[::-1]
    low, high, seen = ((rows[name].to_numpy(dtype=float) - middle) / width for name in ("low", "high", "observed"))
    ax.barh(places, high - low, left=low, height=0.55, color=MODEL_COLOUR, alpha=DARK)
    ax.plot(np.zeros(len(rows)), places, "|", color=MODEL_COLOUR, markersize=12, markeredgewidth=2.5)
    ax.plot(seen, places, "o", color=OBSERVED, markersize=8)
    ax.set_yticks(places, [f"{fact}  {name}" for fact, name in zip(rows["fact"], rows["statistic"], strict=True)])
    ax.set_xlim(-2.5, 2.5)
    ax.set_xlabel("distance from the simulated median, half-widths of the 90 % interval", size=TEXT, color=INK)
    for place, value, unit in zip(places, rows["observed"], rows["unit"], strict=True):
        ax.annotate(
            f"{value:.3g} {unit if isinstance(unit, str) else ''}",
            (1.0, place),
            xycoords=("axes fraction", "data"),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            size=TEXT - 2,
            color=QUIET,
        )
    return sheet.figure


def parameters(comparison: pd.DataFrame) -> Figure:
    """Prior and posterior of each free parameter, as places in the prior.

    Parameters
    ----------
    comparison : DataFrame
        The table `posterior_comparison`.
    """
    from sim.calibration.priors import PRIORS

    known = int((comparison["identified"] == "yes").sum())
    title = f"The record says something about {known} of {len(comparison)} free parameters"
    note = (
        "Grey: the prior, flat from end to end. Blue: the central 90 % and the median of the posterior. Bold names: "
        "the record removes 15 % or more of the prior's spread."
    )
    height = 2.4 + ROW_HEIGHT * len(comparison)
    sheet = page(
        title, note, f"Fitted to: {KIEL}; {ISW}; roll calls; dated talks.", height=max(HEIGHT, height), below=0.85
    )
    ax = sheet.grid(1, 1, left=3.9, right=0.3)[0, 0]
    axes.prepare(ax, lines="x")
    places = np.arange(len(comparison))[::-1]
    ax.barh(places, 1.0, height=0.7, color=PRIOR_COLOUR, alpha=LIGHT + DARK)
    for place, row in zip(places, comparison.itertuples(), strict=True):
        prior = PRIORS[str(row.parameter)]
        low, middle, high = prior.quantile(np.array([row.p05, row.p50, row.p95], dtype=float))
        ax.plot([low, high], [place, place], color=MODEL_COLOUR, linewidth=6, solid_capstyle="butt")
        ax.plot([middle], [place], "o", color="white", markersize=6, markeredgecolor=MODEL_COLOUR, markeredgewidth=2.5)
    ax.set_yticks(places, comparison["parameter"])
    for label, said in zip(ax.get_yticklabels(), comparison["identified"], strict=True):
        label.set_fontweight("bold" if said == "yes" else "normal")
    ax.set_xlim(0.0, 1.0)
    ax.set_xlabel("place in the prior, 0 its lower and 1 its upper bound", size=TEXT, color=INK)
    return sheet.figure
