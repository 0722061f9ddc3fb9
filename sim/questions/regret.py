"""Which doctrine one would regret least, not knowing which scenario the world is in.

The regret of a doctrine in a scenario is how much worse it does there, on average over worlds, than the best of the
doctrines compared. The minimax-regret doctrine has the smallest largest regret (Savage 1951): it is the choice of
somebody who gives the scenarios no probabilities. What is better must be said first: `GOOD` does.

References
----------
Savage, L. J. (1951). The theory of statistical decision. Journal of the American Statistical Association 46, 55-67.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.arrays import Array
from sim.ensemble import Progress, survey
from sim.questions.compare import LEVEL
from sim.questions.headline import CHANCE, OUTCOMES
from sim.questions.labels import decimals, doctrine_label, listed, number
from sim.questions.resampling import of_statistic
from sim.questions.sensitivity import parting, reading
from sim.scenario import Scenario

HUNDRED = 100.0
BATCH = 20


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
        95 % interval of the regret, shape (2, scenario, doctrine).
    largest : Array
        Largest regret of each doctrine, shape (doctrine,).
    largest_ends : Array
        Its 95 % interval, shape (2, doctrine).
    chance : Array
        Share of resamples of the worlds in which the doctrine has the smallest largest regret, shape (doctrine,).
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
    worlds: int,
    seed: int = 1,
    jobs: int = 1,
    progress: Progress | None = None,
) -> dict[str, Array]:
    """Outcomes of every doctrine in every scenario, shape (scenario, doctrine, world): the same luck everywhere."""
    parts = []
    for scenarios in studies.values():
        read, needs = reading(names, parting(list(scenarios.values())))
        parts.append(survey(scenarios, read, needs, worlds, seed, jobs, progress))
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

    def statistic(places: NDArray[np.intp], axis: int = -1) -> Array:
        regret = _regret(sign * values[:, :, places].mean(axis=axis))
        return np.concatenate([regret, regret.max(axis=0, keepdims=True)])

    ends, drawn = of_statistic(statistic, values.shape[-1], seed, BATCH)
    mean = values.mean(axis=-1)
    regret = _regret(sign * mean)
    best = drawn[-1] == drawn[-1].min(axis=0)
    chance = (best / best.sum(axis=0)).mean(axis=-1)
    return Regrets(mean, regret, ends[:, :-1], regret.max(axis=0), ends[:, -1], chance)


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
    rivals = [doctrine_label(row["doctrine"]) for row in rows if row is not best and row["chance"] > 1.0 - LEVEL]
    doubt = f" Not surely: it may as well be {listed(rivals, 'or')}." if rivals else ""
    better = f"{first['label']}, where {first['better']} is better ({first['whose']})"
    return (
        f"{better}: {doctrine_label(best['doctrine'])} has the smallest largest regret, {amount(best)} in "
        f"{best['scenario']}; {doctrine_label(worst['doctrine'])} has the largest, {amount(worst)} in "
        f"{worst['scenario']}.{doubt}"
    )


def amount(row: Mapping[Any, Any], key: str = "largest", ends: bool = True) -> str:
    """A regret with its unit and its interval."""
    scale = HUNDRED if row["unit"] == CHANCE else 1.0
    unit = "of 100 worlds" if row["unit"] == CHANCE else str(row["unit"]).replace("percent", "%")
    digits = decimals(scale * max((row["high"] - row["low"]) / 2.0, 0.0), most=1)
    text = f"{number(scale * row[key], digits)} {unit}"
    if not ends:
        return text
    return f"{text} ({number(scale * row['low'], digits)} to {number(scale * row['high'], digits)})"
