"""Which doctrine the record looks like: the odds month by month, what moves them, whether they hold, what to look at.

These figures take the tables of `sim.infer`, not a Dataset.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.basics.labels import capital, listed, number
from sim.figures import axes
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import KIEL, KeyEntry, doctrine_key, page
from sim.figures.style import COLOURS, DARK, HEIGHT, INK, MEAN_WIDTH, QUIET, TEXT, Look, looks
from sim.questions.infer.conclusion import Conclusion, chance
from sim.questions.infer.evidence import ALL, turned
from sim.questions.infer.inference import Question
from sim.questions.infer.robustness import BOUND
from sim.scenario.spelling import doctrine_label

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
LOOKS = {"regression": (COLOURS[0], "o"), "Gaussian": (COLOURS[1], "s")}
"""Colour and marker of each method."""
NOISY = 2.0
"""Times its noise up to which an error of calibration is none to speak of."""
LEAST = 0.05
"""Shortest axis of bits."""
SHOWN = 1.12
"""Axis of bits over its longest bar."""


def source(question: Question, worlds: int, seed: int) -> str:
    """Where these figures come from."""
    title = next(iter(question.scenarios.values())).title
    return (
        f"Observed: {KIEL}; dated events, coded. Simulated: scenario “{title}”, {number(worlds, 0)} worlds a "
        f"hypothesis, seed {seed}."
    )


@figure_of_ours
def posterior(table: pd.DataFrame, found: Conclusion, source_line: str) -> Figure:
    """Probability of each hypothesis after each month of the record.

    Parameters
    ----------
    table : DataFrame
        The table `posterior`.
    found : Conclusion
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
    name = doctrine_label(found.leader)
    title = f"Undecided: as coded, the record is likest to {name} ({chance(found.probability)})"
    if found.decided:
        title = f"The record looks like {name}: probability {chance(found.probability)}"
    sheet = page(title, note, source_line)
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


@figure_of_ours
def evidence(table: pd.DataFrame, found: Conclusion, source_line: str, worlds: int) -> Figure:
    """Weight of each kind of evidence for the leader against every other hypothesis, in decibans.

    Parameters
    ----------
    table : DataFrame
        The table `evidence`.
    found : Conclusion
        What it comes to.
    source_line : str
        As `source` gives it.
    worlds : int
        Worlds a hypothesis: they tell odds up to their number.
    """
    others = [name for name in dict.fromkeys([*table["hypothesis"], *table["against"]]) if name != found.leader]
    others = sorted(others, key=lambda name: name != found.rival)
    leader = doctrine_label(found.leader)
    styles = looks([found.leader, *others])
    note = (
        f"Right: for {leader}; left: against. Dark: what a kind of evidence says by itself; light: what it adds to all "
        f"the others. 10 decibans are odds of ten to one; beyond ±{number(10.0 * np.log10(worlds), 0)} the number of "
        "worlds cannot tell."
    )
    rows = {name: turned(table, found.leader, name) for name in others}
    count = len(next(iter(rows.values())))
    high = max(HEIGHT, PAGE_ABOVE + 1.3 * ROW * count)
    sheet = page(_evidence_title(rows[found.rival], found), note, source_line, height=high, below=0.7)
    grid = sheet.grid(1, len(others), left=KINDS_LEFT, top=0.4, wspace=0.12)[0]
    widest = FAR * max(float(part[["alone", "added"]].abs().to_numpy().max()) for part in rows.values())
    for ax, (name, part) in zip(grid, rows.items(), strict=True):
        _weights(ax, part, styles[found.leader], named=ax is grid[0])
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
    axes.name_rows(ax, rows["label"].tolist(), named)
    for label, kind in zip(ax.get_yticklabels() if named else [], rows["kind"], strict=named):
        label.set_fontweight("bold" if kind == ALL else "normal")
    ax.spines["left"].set_visible(False)


def _evidence_title(rows: pd.DataFrame, found: Conclusion) -> str:
    kinds = rows[rows["kind"] != ALL].sort_values("alone", ascending=False, kind="stable")
    best = [str(label) for label in kinds["label"].head(2)]
    one, other = doctrine_label(found.leader), doctrine_label(found.rival)
    return f"{capital(listed(best))} tell {one} from {other}"


@figure_of_ours
def robustness(table: pd.DataFrame, found: Conclusion, source_line: str) -> Figure:
    """The posterior with one thing at a time done otherwise: a bar of probabilities a variation.

    Parameters
    ----------
    table : DataFrame
        The table `robustness`.
    found : Conclusion
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
    key = [entry._replace(line=None, marker="s") for entry in doctrine_key(styles)]
    sheet = page(_robustness_title(table, found), note, source_line, key=key, height=high, below=0.7)
    ax = sheet.grid(1, 1, left=VARIATIONS_LEFT, right=0.2)[0, 0]
    axes.prepare(ax, lines="x")
    places, left = np.arange(len(table)), np.zeros(len(table))
    for name in names:
        values = table[name].to_numpy(float)
        ax.barh(places, values, left=left, height=THIN, color=styles[name].colour, edgecolor="white", linewidth=0.8)
        _numbers(ax, places, left, values)
        left = left + values
    axes.name_rows(ax, [text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…" for text in table["variation"]])
    for label, row in zip(ax.get_yticklabels(), table["leader"], strict=True):
        label.set_fontweight("normal" if row == found.leader else "bold")
    ax.set_xlim(0.0, 1.0)
    ax.set_xlabel("probability", size=TEXT, color=INK)
    return sheet.figure


def _numbers(ax: Axes, places: Any, left: Any, values: Any) -> None:
    """Write the probabilities that have room in their bar and are not all of it."""
    look: dict[str, Any] = {"ha": "center", "va": "center_baseline", "color": "white", "weight": "bold"}
    for place, start, value in zip(places, left, values, strict=True):
        if WRITTEN < value < 1.0 - WRITTEN / 2.0:
            ax.text(start + value / 2.0, place, f"{value:.2f}", size=TEXT, **look)


def _robustness_title(table: pd.DataFrame, found: Conclusion) -> str:
    fair = table[table["group"] != BOUND]
    turned = fair[fair["leader"] != found.leader]
    name = doctrine_label(found.leader).capitalize()
    if turned.empty:
        return f"{name} leads in all {len(fair)} variations"
    first = str(turned["variation"].iloc[0])
    return f"{name} leads in {len(fair) - len(turned)} of {len(fair)} variations, not with {first}"


@figure_of_ours
def calibration(table: pd.DataFrame, scores: pd.DataFrame, source_line: str) -> Figure:
    """How often a hypothesis is true that is given so much, in held-out worlds.

    Parameters
    ----------
    table, scores : DataFrame
        The tables `calibration` and `scores`.
    source_line : str
        As `source` gives it.
    """
    note = (
        "Dots: probabilities in ten groups, what is given on average against how often it is true; lines: 95 % "
        "intervals. On the diagonal a probability is worth its name. Each half of the worlds is judged by the other."
    )
    key = []
    for name, (colour, marker) in LOOKS.items():
        row = scores[scores["method"] == name].iloc[0]
        called = f"{name}: off by {row['error']:.3f}, log score {number(row['log_score'], 2)} bits"
        key.append(KeyEntry(called, colour, colour, None, marker))
    sheet = page(_calibration_title(scores), note, source_line, key=key, height=9.0, below=0.7)
    ax = sheet.grid(1, 1, right=0.2, top=0.35)[0, 0]
    axes.prepare(ax, "How often it is true", "share of cases", lines="both")
    ax.plot([0.0, 1.0], [0.0, 1.0], color=QUIET, linewidth=1.4)
    for name, (colour, marker) in reversed(LOOKS.items()):
        rows = table[table["method"] == name]
        ax.vlines(rows["given"], rows["true_low"], rows["true_high"], color=colour, linewidth=2.0)
        ax.plot(rows["given"], rows["true"], marker, color=colour, markersize=9, linewidth=MEAN_WIDTH)
    ax.set_xlim(-0.02, 1.02)
    ax.set_ylim(-0.02, 1.02)
    ax.set_xlabel("probability given", size=TEXT, color=INK)
    return sheet.figure


def _calibration_title(scores: pd.DataFrame) -> str:
    row = scores.iloc[0]
    if row["error"] <= NOISY * row["noise"]:
        return f"Probabilities are worth their name: off by {row['error']:.3f}, by chance {row['noise']:.3f}"
    return f"Probabilities are off by {row['error']:.3f} on average, more than chance ({row['noise']:.3f})"


@figure_of_ours
def information(table: pd.DataFrame, found: Conclusion, source_line: str) -> Figure:
    """What each kind of evidence in the coming months is expected to tell about the hypothesis.

    Parameters
    ----------
    table : DataFrame
        The table `information`.
    found : Conclusion
        What the record comes to.
    source_line : str
        As `source` gives it.
    """
    pair = f"{doctrine_label(found.leader)} and {doctrine_label(found.rival)}"
    note = (
        f"Expected fall of uncertainty. Dark: between {pair}, of 1 bit, with two standard errors; light: among all "
        f"hypotheses, of {table['most_equal'].iloc[0]:.2f} bits. Worlds at war at the end of the record."
    )
    best = table.loc[table["kind"] != ALL, "label"].iloc[0]
    title = f"What would tell {pair} apart best in the months to come: {best}"
    sheet = page(title, note, source_line, height=HEIGHT, below=0.7)
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
    axes.name_rows(ax, table["label"].tolist())
    ax.set_xlim(0.0, max(SHOWN * float(ends.max()), LEAST))
    ax.set_xlabel("bits", size=TEXT, color=INK)
    return sheet.figure
