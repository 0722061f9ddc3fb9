"""What was found, in a few sentences with their intervals: what differs, and what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.basics.intervals import LEVEL, count_interval
from sim.basics.labels import capital, listed, lower, number
from sim.questions.compare.doctrines import of_doctrines
from sim.questions.compare.measures import ALREADY, CHANCE, PEACE
from sim.questions.compare.outcomes import levels
from sim.questions.compare.paired import paired
from sim.questions.compare.paired_sentence import OPENING, differs, paired_sentence
from sim.questions.compare.settlements import BREAKING, broken_by_class
from sim.scenario.spelling import doctrine_label
from sim.world.settlement import OUTCOME_NAMES

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

COUNTED = ("standing", "settled", "relapsed", "truce_standing", "truce", "truce_broken")
"""Of settlements those there were before, those signed, and those that broke; and the same of truces."""
TOLD = (*COUNTED, "europe_cost", "us_cost", "land")
"""Outcomes that are told one by one, if doctrines differ in them."""
TOLD_OF_MANY = ("settled",)
"""Where many doctrines are compared."""
MANY = 3
"""Doctrines besides the baseline from which only the most important is told."""
SMALL = 0.1
"""A difference under this part of the spread between worlds is small next to luck."""
LARGE = 100.0
"""A level from which decimals say nothing."""
TOO_FEW = 10
"""Settlements or truces under which no share of them is told."""
LAST_OF_PEACE = "truce_broken"
"""After what is told of settlements and truces comes what becomes of them."""


@of_doctrines
def story(dataset: xr.Dataset, since: Any = None, table: pd.DataFrame | None = None) -> list[tuple[str, list[str]]]:
    """Paragraphs of sentences, each with a heading: one for every doctrine compared, or one on a doctrine alone.

    Parameters
    ----------
    dataset : xarray.Dataset
        An ensemble.
    since : str or datetime64, optional
        As in `sim.questions.compare.outcomes`.
    table : pandas.DataFrame, optional
        The paired differences, if they are there already.
    """
    if dataset.sizes["doctrine"] == 1:
        return [("", _alone(dataset, since))]
    rows = paired(dataset, since=since) if table is None else table
    fates = broken_by_class(dataset, since) if PEACE in dataset else None
    told = TOLD if rows["doctrine"].nunique() < MANY else TOLD_OF_MANY
    found = []
    for name, of in rows.groupby("doctrine", sort=False):
        pair = f"{doctrine_label(str(name))} against {doctrine_label(str(of['baseline'].iloc[0]))}"
        fate = None if fates is None else fates[fates["doctrine"] == name]
        found.append((capital(f"{pair}, in the same worlds"), _compared(of, fate, told)))
    return found


def _compared(rows: pd.DataFrame, fate: pd.DataFrame | None, told: tuple[str, ...]) -> list[str]:
    """The main differences, what becomes of settlements and truces, and what does not differ."""
    records: Any = rows.to_dict("records")
    by_name = {row["outcome"]: row for row in records}
    sentences = []
    for name in told:
        row = by_name.get(name)
        if row and row["worlds"] and (differs(row) or not np.isfinite(row["low"])):
            sentences.append(capital(paired_sentence(row).removeprefix(OPENING)))
        if name == LAST_OF_PEACE and fate is not None:
            sentences.append(broken(fate))
    return [sentence for sentence in [*sentences, unmoved(rows)] if sentence]


def broken(fate: pd.DataFrame) -> str:
    """How many settlements and truces broke: of those there were, not of all worlds, so not over the same worlds.

    Parameters
    ----------
    fate : pandas.DataFrame
        Rows of one doctrine of `sim.questions.compare.settlements.broken_by_class`.
    """
    by_kind, told = fate.set_index("kind")[["stood", "agreed", "broken"]], []
    under, during = f" under {doctrine_label(str(fate['doctrine'].iloc[0]))}", " break before the end"
    level = f"{_percent(LEVEL)} interval "
    for name, kinds in BREAKING.items():
        stood, agreed, fell = map(int, by_kind.loc[[OUTCOME_NAMES[kind] for kind in kinds]].sum())
        count = stood + agreed
        if count < TOO_FEW:
            continue
        old = f" ({number(stood, 0)} of which stood already)" if stood else ""
        share, low, high = (number(100.0 * part, 0) for part in (fell / count, *count_interval(fell, count)))
        told.append(f"of the {number(count, 0)} {name}s{under}{old}, {share} of 100{during} ({level}{low} to {high})")
        under = during = level = ""  # which the first part has said
    return capital(f"{'; '.join(told)}.") if told else ""


def unmoved(rows: pd.DataFrame) -> str:
    """What does not differ beyond noise, and what differs by little next to luck."""
    if not np.isfinite(rows["low"].astype(float)).any():
        return ""
    records: Any = rows[~rows["outcome"].isin(ALREADY)].to_dict("records")
    same = [_topic(row) for row in records if row["larger"] == row["smaller"] == 0.0]
    noise = [_topic(row) for row in records if not differs(row) and _topic(row) not in same]
    small = [_topic(row) for row in records if differs(row) and abs(row["standardised"]) < SMALL]
    told = [f"The same in every world: {listed(same)}."] if same else []
    told += [f"No difference beyond noise: {listed(noise)}."] if noise else []
    if small:
        told.append(f"A difference, but under a tenth of the spread between worlds: {listed(small)}.")
    return " ".join(told) or "Every outcome in the table differs beyond noise."


def _alone(dataset: xr.Dataset, since: Any) -> list[str]:
    """The outcomes of one doctrine in words."""
    found: Any = levels(dataset, since).to_dict("records")
    rows = {row["outcome"]: row for row in found}
    worlds = dataset.sizes["world"]
    if worlds == 1:
        return [_one_world(row) for name, row in rows.items() if name in TOLD and (row["mean"] or name not in ALREADY)]
    counted = [name for name in COUNTED if name in rows and (rows[name]["mean"] or name not in ALREADY)]
    told = [_frequency(rows[name], worlds) for name in counted]
    if PEACE in dataset and (fate := broken(broken_by_class(dataset, since))):
        told.append(fate)
    told += [_level(rows[name]) for name in ("europe_cost", "us_cost", "land", "europe_share") if name in rows]
    return told


def _one_world(row: dict[str, Any]) -> str:
    """An outcome of the one world that was simulated."""
    if row["unit"] == CHANCE:
        return f"{row['label']}: {'yes' if row['mean'] else 'no'}."
    unit = f" {row['unit']}".replace(" percent", " %")
    return f"{capital(str(row['phrase']))} is {number(row['mean'], 0 if row['mean'] >= LARGE else 1)}{unit}."


def _frequency(row: dict[str, Any], worlds: int) -> str:
    label = str(row["label"])
    count = round(row["mean"] * worlds)
    low, high = (number(100.0 * end, 0) for end in count_interval(count, worlds))
    share = number(100.0 * row["mean"], 0)
    return f"{label} in {share} of 100 worlds ({_percent(LEVEL)} interval {low} to {high})."


def _level(row: dict[str, Any]) -> str:
    phrase, unit = str(row["phrase"]), f" {row['unit']}".replace(" percent", " %")
    digits = 0 if row["mean"] >= LARGE else 1
    mean, low, high = (number(row[key], digits) for key in ("mean", "p05", "p95"))
    return f"{capital(phrase)} is {mean}{unit} on average, {low} to {high} in 90 of 100 worlds."


def _topic(row: Any) -> str:
    label = str(row["label"])
    return f"how often {lower(label)}" if row["unit"] == CHANCE else lower(label)


def _percent(level: float) -> str:
    return f"{100 * level:.0f} %"
