"""Chapter 8: evidence for a suspicion is what the suspicion predicts and its rival does not."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from sim.lessons import reading
from sim.lessons.chapter import Chapter, Estimate, Findings, Knob, Place, Row, Scale, Told
from sim.lessons.quick import HUNDRED
from sim.lessons.wording import SAME_SETTING, between, by
from sim.questions.labels import number
from sim.scenario import Scenario, load

if TYPE_CHECKING:
    import xarray as xr

MONTHS = tuple(f"2025-0{month}" for month in range(1, 9))
CHANGE, HORIZON = MONTHS[0], 33
NO_AFFINITY, EVEN = 0.0, 50.0
WARM = {"channel": 0.95, "rivalry": 0.10}
"""The telephone and the view of the rival of the preset `aligned`, without its affinity."""
MANY = 7
"""Months of easing, of the eight, that are nearly all."""
TELLING = 2.0
"""How many times as often something must be seen under one hypothesis for it to tell the two apart."""
CHANCE, COUNT, WORLDS = "percent", "months of 8", "worlds of 100"


@cache
def talked() -> int:
    """Months with talks in the record, of the eight."""
    from sim.questions.conduct import recorded

    return int(recorded(list(MONTHS))["talks"].sum())


def scenarios(value: float) -> dict[str, Scenario]:
    """Strategy, siding as the knob has it, and a strategy that only telephones more."""
    history = load("history").with_horizon(HORIZON)
    dials = {"base": {"affinity": NO_AFFINITY}, "turned": {"affinity": value}, "warm": WARM}
    return {
        label: history.with_doctrine("us", {"preset": "transactional", **these}, since=CHANGE)
        for label, these in dials.items()
    }


def read(results: xr.Dataset, _value: float, _worlds: int, _seed: int) -> Findings:
    """How likely the record's months of talks are under either, what that makes of the chance, and better signs."""
    from sim.questions.conduct import Rules

    months = slice(MONTHS[0], MONTHS[-1])
    talks = results["talks"].sel(month=months).sum("month", dtype=float)
    hits = {
        label: (talks.sel(doctrine=label) == talked()).to_numpy().astype(float) for label in ("base", "turned", "warm")
    }
    change = results["sanctions"].diff("month").sel(month=months)
    often = HUNDRED * ((change < -Rules().sanctions_step).sum("month") >= MANY).astype(float)
    truth = chance(hits["turned"], hits["base"])
    return {
        "truth": truth,
        "base": Estimate(EVEN),
        "difference": Estimate(truth.mean - EVEN, truth.about),
        "ratio": reading.ratio(hits["turned"], hits["base"]),
        "seen": reading.mean(HUNDRED * hits["turned"]),
        "seen_base": reading.mean(HUNDRED * hits["base"]),
        "months": reading.mean(talks.sel(doctrine="turned")),
        "months_base": reading.mean(talks.sel(doctrine="base")),
        "months_warm": reading.mean(talks.sel(doctrine="warm")),
        "affinity_adds": reading.paired(talks),
        "telephone_adds": reading.paired(talks, "warm", "base"),
        "eased": reading.mean(often.sel(doctrine="turned")),
        "eased_base": reading.mean(often.sel(doctrine="base")),
    }


def chance(suspicion: np.ndarray, rival: np.ndarray) -> Estimate:
    """Bayes' rule from even chances: the suspicion's chance in percent after evidence, by the worlds that saw it.

    Parameters
    ----------
    suspicion, rival : array, shape (W,)
        1 for each world that saw the evidence, of the same worlds under either hypothesis.
    """
    odds = reading.ratio(suspicion, rival)
    if not odds.mean >= 0.0:
        return Estimate(float("nan"), float("nan"))
    share = odds.mean / (1.0 + odds.mean)
    return Estimate(HUNDRED * share, HUNDRED * odds.about / (1.0 + odds.mean) ** 2)


def tell(value: float, found: Findings) -> Told:
    """Say what the talks do to the suspicion, where talks come from, and what would tell more."""
    why = (_telephone(found), _better_sign(value, found))
    if value == NO_AFFINITY:
        return Told(f"{SAME_SETTING} Evidence cannot tell two hypotheses apart that are one.", why[:1], _rows(found))
    seen, base = number(found["seen"].mean, 1), number(found["seen_base"].mean, 1)
    text = (
        f"Of 100 worlds of siding (affinity {value:g}), {seen} see talks in exactly {talked()} of {len(MONTHS)} "
        f"months; of 100 worlds of strategy, {base}. The evidence is {number(found['ratio'].mean, 2)} times as likely "
        f"under the one as under the other, so the chance of siding goes from {EVEN:g} % to "
        f"{between(found['truth'], 0)} %."
    )
    return Told(text, why, _rows(found))


def _telephone(found: Findings) -> str:
    heart, phone = found["affinity_adds"], found["telephone_adds"]
    text = (
        f"Where do talks come from? Affinity changes the months with talks by {by(heart, 2)}. To call Moscow more "
        f"readily and to see it as less of a rival, without a spark of affinity, changes them by {by(phone, 2)}."
    )
    if phone.low > heart.high:
        return (
            f"{text} It is the telephone, not the heart. Whoever wants a deal talks; whoever wants the other side to "
            "win also talks."
        )
    return f"{text} Here the heart talks as much as the telephone."


def _better_sign(value: float, found: Findings) -> str:
    siding, strategy = found["eased"].mean, found["eased_base"].mean
    text = (
        f"Look for what only one of the two would do. Sanctions are eased in at least {MANY} of the {len(MONTHS)} "
        f"months in {number(siding, 0)} of 100 worlds of siding and in {number(strategy, 0)} of strategy."
    )
    if siding > TELLING * max(strategy, 1.0):
        return f"{text} That sign tells them apart: a bargainer keeps sanctions as a chip."
    return f"{text} At an affinity of {value:g} this sign does not tell much either."


def _rows(found: Findings) -> tuple[Row, ...]:
    return (
        Row("Chance of siding after the talks", found["truth"], "%"),
        Row("Likelihood ratio", found["ratio"], "times", 2),
        Row("Months with talks, siding", found["months"], COUNT, 2),
        Row("Months with talks, strategy", found["months_base"], COUNT, 2),
        Row("Months with talks, strategy with a telephone", found["months_warm"], COUNT, 2),
        Row("Sanctions eased nearly always, siding", found["eased"], WORLDS),
        Row("Sanctions eased nearly always, strategy", found["eased_base"], WORLDS),
    )


def given(found: Findings) -> str:
    """What the record has, and how often strategy has it."""
    return (
        f"The record has talks in {talked()} of the {len(MONTHS)} months from January to August 2025. Before you "
        "look, you give strategy and siding the same chance. Strategy talks in "
        f"{number(found['months_base'].mean, 1)} of the months on average."
    )


def place(value: float) -> Place:
    """Strategy and siding in Explore."""
    return Place("history", "us", ("transactional", f"transactional:affinity={value:g}"), CHANGE)


CHAPTER = Chapter(
    number=8,
    knob=Knob(
        "affinity",
        "How much siding values Moscow's payoff",
        "The dial “affinity” of Washington's doctrine from January 2025; all else is transactional. Strategy has 0.",
        0.0,
        1.0,
        0.1,
        0.6,
        NO_AFFINITY,
        ("not at all: that is strategy itself", "as much as can be"),
    ),
    scale=Scale(
        "What chance do you give to siding, now that you know of the months with talks?", CHANCE, 0.0, 100.0, 1.0
    ),
    worlds=2000,
    scenarios=scenarios,
    read=read,
    tell=tell,
    given=given,
    place=place,
)
