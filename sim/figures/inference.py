"""Which doctrine the record looks like: the odds month by month, what moves them, and whether they hold.

These figures take the tables that `sim.questions.inference` and `sim.questions.robustness` make, not a Dataset.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.figures import axes
from sim.figures.page import KIEL, Entry, doctrine_key, page
from sim.figures.style import DARK, HEIGHT, INK, TEXT, Look, looks
from sim.questions.evidence import ALL, turned
from sim.questions.inference import Question
from sim.questions.labels import doctrine_label, listed, number
from sim.questions.robustness import BOUND
from sim.questions.verdict import Verdict, chance

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TOP = 1.02
"""Upper end of an axis of probability, so that a line at 1 is seen."""
LABELS_RIGHT = 2.1
"""Inches kept for names at the end of lines."""
KINDS_LEFT, VARIATIONS_LEFT = 3.5, 5.9
"""Inches for the names of rows."""
ROW, PAGE_ABOVE = 0.30, 2.9
"""Inches a row, and a page without its rows."""
BAR, THIN = 0.36, 0.72
"""Heights of bars, in rows."""
FAR = 1.15
"""Axis of decibans over its longest bar."""
LONGEST = 52
"""Letters of the name of a variation that have room."""
WRITTEN = 0.12
"""Part of a bar of probability in which its number has room."""


def source(question: Question, worlds: int, seed: int) -> str:
    """Where these figures come from."""
    title = next(iter(question.scenarios.values())).title
    return (
        f"Observed: {KIEL}; dated events, coded. Simulated: scenario “{title}”, {number(worlds, 0)} worlds a "
        f"hypothesis, seed {seed}."
    )


def posterior(table: pd.DataFrame, verdict: Verdict, source_line: str) -> Figure:
    """Probability of each hypothesis after each month of the record.

    Parameters
    ----------
    table : DataFrame
        The table `posterior`.
    verdict : Verdict
        What it comes to.
    source_line : str
        As `source` gives it.
    """
    names = list(dict.fromkeys(table["hypothesis"]))
    months = table["month"].drop_duplicates().to_numpy(dtype="datetime64[M]").astype("datetime64[ns]")
    styles = looks(names)
    note = (
        "Probability given the record up to and with each month, as coded; the first point is the prior. It is what "
        "the simulator says if one of these hypotheses is true."
    )
    sheet = page(_posterior_title(verdict), note, source_line)
    ax = sheet.grid(1, 1, right=LABELS_RIGHT, top=0.4)[0, 0]
    axes.prepare(ax, "Probability", "0 to 1")
    for name in names:
        mine = table[table["hypothesis"] == name]
        axes.line(ax, axes.numbers(months), mine["probability"].to_numpy(float), styles[name])
        ax.plot(axes.numbers(months), mine["probability"], styles[name].marker, color=styles[name].colour, markersize=8)
    axes.span_months(ax, months)
    ax.set_xticks(axes.numbers(months), [str(month)[:7] for month in months.astype("datetime64[M]")])
    ax.set_ylim(-TOP + 1.0, TOP)
    last = table[table["month"] == table["month"].iloc[-1]]
    axes.end_labels(ax, dict(zip(last["hypothesis"], last["probability"], strict=True)), styles)
    return sheet.figure


def _posterior_title(verdict: Verdict) -> str:
    name = doctrine_label(verdict.leader)
    if verdict.decided:
        return f"The record looks like {name}: probability {chance(verdict.probability)}"
    return f"Undecided: as coded, the record is likest to {name} ({chance(verdict.probability)})"


def evidence(table: pd.DataFrame, verdict: Verdict, source_line: str, worlds: int) -> Figure:
    """Weight of each kind of evidence for the leader against every other hypothesis, in decibans.

    Parameters
    ----------
    table : DataFrame
        The table `evidence`.
    verdict : Verdict
        What it comes to.
    source_line : str
        As `source` gives it.
    worlds : int
        Worlds a hypothesis: they tell odds up to their number.
    """
    others = [name for name in dict.fromkeys([*table["hypothesis"], *table["against"]]) if name != verdict.leader]
    others = sorted(others, key=lambda name: name != verdict.rival)
    leader = doctrine_label(verdict.leader)
    styles = looks([verdict.leader, *others])
    note = (
        f"Right: for {leader}; left: against. Dark: what a kind of evidence says by itself; light: what it adds to all "
        f"the others. 10 decibans are odds of ten to one; beyond ±{number(10.0 * np.log10(worlds), 0)} the number of "
        "worlds cannot tell."
    )
    rows = {name: turned(table, verdict.leader, name) for name in others}
    count = len(next(iter(rows.values())))
    high = max(HEIGHT, PAGE_ABOVE + 1.3 * ROW * count)
    sheet = page(_evidence_title(rows[verdict.rival], verdict), note, source_line, height=high, below=0.7)
    grid = sheet.grid(1, len(others), left=KINDS_LEFT, top=0.4, wspace=0.12)[0]
    widest = FAR * max(float(part[["alone", "added"]].abs().to_numpy().max()) for part in rows.values())
    for ax, (name, part) in zip(grid, rows.items(), strict=True):
        _weights(ax, part, styles[verdict.leader], named=ax is grid[0])
        ax.set_xlim(-widest, widest)
        ax.set_xlabel("decibans", size=TEXT, color=INK)
        axes.caption(ax, f"against {doctrine_label(name)}", colour=styles[name].ink)
    return sheet.figure


def _weights(ax: Axes, rows: pd.DataFrame, look: Look, named: bool) -> None:
    axes.prepare(ax, lines="x")
    places = np.arange(len(rows))
    ax.barh(places, rows["added"], height=THIN, color=look.colour, alpha=DARK)
    ax.barh(places, rows["alone"], height=BAR, color=look.colour)
    ax.axvline(0.0, color=INK, linewidth=1.2)
    ax.set_yticks(places, rows["label"])
    ax.tick_params(axis="y", length=0, labelleft=named)
    for label, kind in zip(ax.get_yticklabels() if named else [], rows["kind"], strict=named):
        label.set_fontweight("bold" if kind == ALL else "normal")
    ax.spines["left"].set_visible(False)
    ax.set_ylim(len(rows) - 0.5, -0.5)


def _evidence_title(rows: pd.DataFrame, verdict: Verdict) -> str:
    kinds = rows[rows["kind"] != ALL].sort_values("alone", ascending=False, kind="stable")
    best = [str(label) for label in kinds["label"].head(2)]
    one, other = doctrine_label(verdict.leader), doctrine_label(verdict.rival)
    told = listed(best)
    return f"{told[:1].upper()}{told[1:]} tell {one} from {other}"


def robustness(table: pd.DataFrame, verdict: Verdict, source_line: str) -> Figure:
    """The posterior with one thing at a time done otherwise: a bar of probabilities a variation.

    Parameters
    ----------
    table : DataFrame
        The table `robustness`.
    verdict : Verdict
        What it comes to.
    source_line : str
        As `source` gives it.
    """
    names = [str(name) for name in table.columns[4:]]
    styles = looks(names)
    note = (
        "Probability of each hypothesis with one thing at a time done otherwise: how contestable months are read, what "
        "is left out, thresholds, parameters, method. Months read for a hypothesis: how far coding alone can push."
    )
    high = max(HEIGHT, PAGE_ABOVE + ROW * len(table))
    sheet = page(_robustness_title(table, verdict), note, source_line, key=_key(styles), height=high, below=0.7)
    ax = sheet.grid(1, 1, left=VARIATIONS_LEFT, right=0.2)[0, 0]
    axes.prepare(ax, lines="x")
    places, left = np.arange(len(table)), np.zeros(len(table))
    for name in names:
        values = table[name].to_numpy(float)
        ax.barh(places, values, left=left, height=THIN, color=styles[name].colour, edgecolor="white", linewidth=0.8)
        _numbers(ax, places, left, values)
        left = left + values
    labels = [text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…" for text in table["variation"]]
    ax.set_yticks(places, labels)
    for label, row in zip(ax.get_yticklabels(), table["leader"], strict=True):
        label.set_fontweight("normal" if row == verdict.leader else "bold")
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(table) - 0.5, -0.5)
    ax.set_xlim(0.0, 1.0)
    ax.set_xlabel("probability", size=TEXT, color=INK)
    return sheet.figure


def _numbers(ax: Axes, places: Any, left: Any, values: Any) -> None:
    """Write the probabilities that have room in their bar and are not all of it."""
    for place, start, value in zip(places, left, values, strict=True):
        if WRITTEN < value < 1.0 - WRITTEN / 2.0:
            ax.text(
                start + value / 2.0,
                place,
                f"{value:.2f}",
                ha="center",
                va="center_baseline",
                size=TEXT,
                color="white",
                weight="bold",
            )


def _key(styles: dict[str, Look]) -> list[Entry]:
    return [entry._replace(line=None, marker="s") for entry in doctrine_key(styles)]


def _robustness_title(table: pd.DataFrame, verdict: Verdict) -> str:
    fair = table[table["group"] != BOUND]
    turned = fair[fair["leader"] != verdict.leader]
    name = doctrine_label(verdict.leader).capitalize()
    if turned.empty:
        return f"{name} leads in all {len(fair)} variations"
    first = str(turned["variation"].iloc[0])
    return f"{name} leads in {len(fair) - len(turned)} of {len(fair)} variations, not with {first}"
