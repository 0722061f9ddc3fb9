"""How far to trust the model: the back-test, the seven facts, and what the record says about each parameter.

These figures take the tables that `sim.estimation` makes, not a Dataset.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.estimation.facts import EMPTY
from sim.figures import axes
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import ISW, KIEL, KeyEntry, page
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


@figure_of_ours
def backtest(fans: pd.DataFrame, scores: pd.DataFrame) -> Figure:
    """What the model and its rivals forecast for 2025 and for the gap of 2023-24, and what came.

    Parameters
    ----------
    fans, scores : DataFrame
        The tables `backtest_fans` and `backtest`.
    """
    tests = list(dict.fromkeys(fans["test"]))
    key = [KeyEntry("observed", OBSERVED, OBSERVED), KeyEntry(MODEL, MODEL_COLOUR, MODEL_COLOUR)]
    key += [KeyEntry(rival, colour, colour, line) for rival, (colour, line) in RIVAL_LOOKS.items()]
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


@figure_of_ours
def facts(table: pd.DataFrame, effective: float) -> Figure:
    """Each statistic of the record within what simulated histories give.

    Parameters
    ----------
    table : DataFrame
        The table `facts`.
    effective : float
        Independent draws that the fit is worth.
    """
    rows = table[table["observed"].notna()].reset_index(drop=True)
    title, missing = _said_of_facts(table, effective)
    note = (
        "Bar: 90 of 100 simulated histories, tick: their median, as distance from the median in half-widths of the "
        f"bar. Dot: observed.{missing}"
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
    for place, value, unit, inside in zip(
        places, *(rows[name] for name in ("observed", "unit", "inside")), strict=True
    ):
        ax.annotate(
            f"{value:.3g} {unit if isinstance(unit, str) else ''}{' (cannot fail)' if inside == EMPTY else ''}",
            (1.0, place),
            xycoords=("axes fraction", "data"),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            size=TEXT - 2,
            color=QUIET,
        )
    return sheet.figure


def _said_of_facts(table: pd.DataFrame, effective: float) -> tuple[str, str]:
    """The title of the picture of facts, and which of them do not hold if the fit is worth enough to say."""
    from sim.estimation.facts import HOLDS, UNTESTED, verdicts
    from sim.estimation.posterior import ENOUGH

    if effective < ENOUGH:
        return f"The fit is worth {effective:.0f} independent draws: too few to say which facts hold", ""
    told = verdicts(table)
    held = sum(verdict == HOLDS for verdict in told.values())
    tested = sum(verdict != UNTESTED for verdict in told.values())
    missing = ", ".join(str(fact) for fact, verdict in told.items() if verdict != HOLDS)
    title = f"{held} of the {tested} facts of the record that can fail hold in simulated histories"
    return title, f" Facts that do not hold, or are not tested: {missing or 'none'}."


@figure_of_ours
def parameters(comparison: pd.DataFrame, effective: float) -> Figure:
    """Prior and posterior of each free parameter, as places in the prior.

    Parameters
    ----------
    comparison : DataFrame
        The table `posterior_comparison`.
    effective : float
        Independent draws that the fit is worth.
    """
    from sim.estimation.priors import PRIORS

    title, bold = _said_of_parameters(comparison, effective)
    note = f"Grey: the prior, flat from end to end. Blue: the central 90 % and the median of the posterior.{bold}"
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


def _said_of_parameters(comparison: pd.DataFrame, effective: float) -> tuple[str, str]:
    """The title of the picture of parameters, and what bold names mean if there may be any."""
    from sim.estimation.posterior import ENOUGH

    if effective < ENOUGH:
        return f"The fit is worth {effective:.0f} independent draws: too few to say what the record identifies", ""
    known = int((comparison["identified"] == "yes").sum())
    title = f"The record says something about {known} of {len(comparison)} free parameters"
    return title, " Bold names: the record removes 15 % or more of the prior's spread."
