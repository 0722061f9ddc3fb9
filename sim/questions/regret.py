"""Which doctrine one would regret least, not knowing which scenario the world is in.

The regret of a doctrine in a scenario is how much worse it does there, on average over worlds, than the best of the
doctrines compared. The minimax-regret doctrine has the smallest largest regret (Savage 1951): it is the choice of
somebody who gives the scenarios no probabilities. What is better must be said first: `GOOD` does.

A regret is the largest of differences between means, each of which has its interval by Student's t. The interval of the
regret runs from the largest of their lower ends, or 0, to the largest of their upper ends: of two doctrines it is that
of `doctrine compare`. Over scenarios the largest is taken in the same way.

References
----------
Savage, L. J. (1951). The theory of statistical decision. Journal of the American Statistical Association 46, 55-67.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.basics.arrays import Array
from sim.basics.intervals import LEVEL
from sim.basics.intervals import ends as student
from sim.basics.labels import counted, decimals, listed, number
from sim.basics.resampling import FEWEST_WORLDS, resampled_means
from sim.ensemble import Ensemble
from sim.questions.compare.doctrines import parting
from sim.questions.compare.measures import CHANCE, OUTCOMES
from sim.questions.compare.outcomes import surveyed
from sim.questions.compare.paired_sentence import scale
from sim.scenario import Scenario
from sim.scenario.spelling import doctrine_label


class Good(NamedTuple):
    """Whether more of an outcome is better (1) or worse (-1), and for whom."""

    sign: float
    whose: str


GOOD: dict[str, Good] = {
    "settled": Good(1.0, "for whoever wants the guns silent, on whatever terms"),
    "in_force": Good(1.0, "for whoever wants the guns silent, on whatever terms"),
    "durable_months": Good(1.0, "for whoever wants the guns silent, on whatever terms"),
    "relapsed": Good(-1.0, "for whoever wants a settlement to last"),
    "land": Good(-1.0, "for Ukraine, and whoever wants conquest not to pay"),
    "us_cost": Good(-1.0, "for the American taxpayer"),
    "europe_cost": Good(-1.0, "for the European taxpayer"),
    "credibility": Good(1.0, "for whoever has to rely on American words"),
}
"""Outcomes that can be regretted. There is no sum of them: how many lives or billions a month of peace is worth is not
the model's to say."""


class Regrets(NamedTuple):
    """Regrets in one outcome.

    Attributes
    ----------
    mean, regret : Array
        Shape (scenario, doctrine).
    ends : Array
        95 % interval of the regret, shape (2, scenario, doctrine); NaN for one world.
    largest : Array
        Largest regret of each doctrine, shape (doctrine,).
    largest_ends : Array
        Its 95 % interval, shape (2, doctrine).
    chance : Array
        Share of resamples of the worlds in which the doctrine has the smallest largest regret, shape (doctrine,); NaN
        under `sim.basics.resampling.FEWEST_WORLDS`.
    """

    mean: Array
    regret: Array
    ends: Array
    largest: Array
    largest_ends: Array
    chance: Array


def distinct(studies: Mapping[str, Mapping[str, Scenario]]) -> dict[str, Mapping[str, Scenario]]:
    """Scenarios that are not the same once the actor's doctrine is replaced; of equal ones the first."""
    kept: dict[str, Mapping[str, Scenario]] = {}
    seen: list[list[dict[str, Any]]] = []
    for name, scenarios in studies.items():
        content = [scenario.model_dump(exclude={"name", "title", "question"}) for scenario in scenarios.values()]
        if content not in seen:
            kept[name] = scenarios
            seen.append(content)
    return kept


def outcomes(
    studies: Mapping[str, Mapping[str, Scenario]],
    names: Sequence[str],
    ensemble: Ensemble,
) -> dict[str, Array]:
    """Outcomes of every doctrine in every scenario, shape (scenario, doctrine, world): the same luck everywhere."""
    parts = []
    for scenarios in studies.values():
        since = parting(list(scenarios.values()))
        parts.append(surveyed(scenarios, tuple(names), since, ensemble))
    return {name: np.stack([part[name].to_numpy().astype(float) for part in parts]) for name in names}


def regrets(values: Array, sign: float, seed: int = 1) -> Regrets:
    """Regret of each doctrine in each scenario.

    Parameters
    ----------
    values : Array
        An outcome, shape (scenario, doctrine, world).
    sign : float
        1 if more is better, -1 if less is.
    seed : int
        Seed of the bootstrap, which resamples worlds, the same ones everywhere.
    """
    gains = sign * values
    regret, ends = _regret(gains.mean(axis=-1)), np.stack(_ends(gains))
    return Regrets(
        values.mean(axis=-1), regret, ends, regret.max(axis=0), ends.max(axis=1), _chance(gains, regret, seed)
    )


def _ends(gains: Array) -> tuple[Array, Array]:
    """Lower and upper end of the regret of each doctrine, from what it lacks of every doctrine, itself too."""
    low, high = student(gains[:, None] - gains[:, :, None])
    return low.max(axis=-1), high.max(axis=-1)


def _chance(gains: Array, regret: Array, seed: int) -> Array:
    """How often each doctrine has the smallest largest regret in worlds drawn anew; ties share."""
    if gains.shape[-1] < FEWEST_WORLDS:
        return np.full(regret.shape[1], np.nan)
    largest = _regret(np.moveaxis(resampled_means(np.asarray(gains, dtype=float), seed), 0, -1)).max(axis=0)
    best = largest == largest.min(axis=0)
    return np.asarray((best / best.sum(axis=0)).mean(axis=-1))


def _regret(gain: Array) -> Array:
    """How far each doctrine is below the best one, shape (scenario, doctrine, ...)."""
    return np.asarray(gain.max(axis=1, keepdims=True) - gain)


def regret_table(found: Mapping[str, Regrets], scenarios: Sequence[str], doctrines: Sequence[str]) -> pd.DataFrame:
    """One row an outcome, scenario and doctrine."""
    rows = [
        {"outcome": outcome, "unit": OUTCOMES[outcome].unit, "better": _better(outcome), "scenario": scenario}
        | {"doctrine": doctrine, "mean": float(got.mean[row, column]), "regret": float(got.regret[row, column])}
        | {"low": float(got.ends[0, row, column]), "high": float(got.ends[1, row, column])}
        for outcome, got in found.items()
        for row, scenario in enumerate(scenarios)
        for column, doctrine in enumerate(doctrines)
    ]
    return pd.DataFrame(rows)


def minimax_table(found: Mapping[str, Regrets], scenarios: Sequence[str], doctrines: Sequence[str]) -> pd.DataFrame:
    """One row an outcome and doctrine: its largest regret, and where."""
    rows = [
        {"outcome": outcome, "label": OUTCOMES[outcome].label, "unit": OUTCOMES[outcome].unit}
        | {"better": _better(outcome), "whose": GOOD[outcome].whose, "doctrine": doctrine}
        | {"largest": float(got.largest[column]), "scenario": scenarios[int(got.regret[:, column].argmax())]}
        | {"low": float(got.largest_ends[0, column]), "high": float(got.largest_ends[1, column])}
        | {"chance": float(got.chance[column]), "minimax": bool(got.largest[column] == got.largest.min())}
        for outcome, got in found.items()
        for column, doctrine in enumerate(doctrines)
    ]
    return pd.DataFrame(rows)


def _better(outcome: str) -> str:
    return "more" if GOOD[outcome].sign > 0.0 else "less"


def sentences(minimax: pd.DataFrame) -> list[str]:
    """Which doctrine one would regret least, an outcome a sentence."""
    return [_said(rows.to_dict("records")) for _, rows in minimax.groupby("outcome", sort=False)]


def _said(rows: list[dict[Any, Any]]) -> str:
    first = rows[0]
    best, worst = min(rows, key=lambda row: row["largest"]), max(rows, key=lambda row: row["largest"])
    if not math.isfinite(first["low"]):
        doubt = " One world cannot tell doctrine from luck."
    elif math.isnan(first["chance"]):
        doubt = f" How surely is not told under {FEWEST_WORLDS} worlds."
    else:
        doubt = _doubt(rows, best)
    better = f"{first['label']}, where {first['better']} is better ({first['whose']})"
    return (
        f"{better}: {doctrine_label(best['doctrine'])} has the smallest largest regret, {regret_text(best)} in "
        f"{best['scenario']}; {doctrine_label(worst['doctrine'])} has the largest, {regret_text(worst)} in "
        f"{worst['scenario']}.{doubt}"
    )


def _doubt(rows: list[dict[Any, Any]], best: dict[Any, Any]) -> str:
    """Which others may have the smallest largest regret as well; empty if none."""
    rivals = [doctrine_label(row["doctrine"]) for row in rows if row is not best and row["chance"] > 1.0 - LEVEL]
    return f" Not surely: it may as well be {listed(rivals, 'or')}." if rivals else ""


def regret_text(row: Mapping[Any, Any], ends: bool = True) -> str:
    """A regret with its unit and its interval, if more than one world tells any."""
    by = scale(row)
    unit = "of 100 worlds" if row["unit"] == CHANCE else str(row["unit"]).replace("percent", "%")
    digits = decimals(by * (row["high"] - row["low"]) / 2.0, most=1)
    text = counted(number(by * row["largest"], digits), unit)
    if not ends or not math.isfinite(row["low"]):
        return text
    return f"{text} ({number(by * row['low'], digits)} to {number(by * row['high'], digits)})"
