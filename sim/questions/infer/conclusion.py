"""What the tables of `doctrine infer` come to: which doctrine it is, or why that is undecided, in sentences."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.basics.labels import HUNDRED, listed, lower, number
from sim.questions.infer import evidence
from sim.questions.infer.classifier import overconfident
from sim.questions.infer.inference import InferenceTables, Question
from sim.questions.infer.robustness import BASE, BOUND, LEFT_OUT
from sim.scenario.spelling import doctrine_label

SURE = 0.9
"""Probability from which on a hypothesis is called what the record looks like."""
MISFIT = 0.05
"""Share of a hypothesis's own worlds as odd as the record, under which the record does not fit it."""
NEXT = 3
"""Observations that are named as the most telling."""
REASONS = 3
"""Kinds of evidence that are named for or against."""
TELLING = 1.0
"""Decibans under which a kind of evidence says nothing worth naming."""
FEW = 0.001


class Conclusion(NamedTuple):
    """What the tables come to.

    Attributes
    ----------
    leader : str
        The likeliest hypothesis.
    rival : str
        The other one that comes nearest to it under any variation.
    probability : float
        Of the leader.
    doubts : list of str
        Why the leader is not to be called the answer; empty if it is.
    """

    leader: str
    rival: str
    probability: float
    doubts: list[str]

    @property
    def decided(self) -> bool:
        """Whether the record is said to look like the leader."""
        return not self.doubts


def concluded(question: Question, findings: InferenceTables, robustness: pd.DataFrame) -> Conclusion:
    """Decide, or say why not.

    Undecided is what has no hypothesis above `SURE`, or does not survive a variation, or rests on probabilities that
    are overconfident, or fits no hypothesis.
    """
    base = robustness[robustness["group"] == BASE].to_dict("records")[0]
    leader = str(base["leader"])
    others = [name for name in question.hypotheses if name != leader]
    rival = max(others, key=lambda name: float(robustness[name].to_numpy().max()))
    found = Conclusion(leader, rival, float(base[leader]), [])
    name, doubts = doctrine_label(leader), found.doubts
    if found.probability < SURE:
        doubts.append(f"no hypothesis reaches {SURE:g}; {name} has {chance(found.probability)}")
    turned = robustness[(robustness["leader"] != leader) & (robustness["group"] != BOUND)]
    if len(turned):
        told = [
            f"{doctrine_label(row['leader'])} leads with {chance(row[row['leader']])} ({row['variation']})"
            for row in turned.to_dict("records")
        ]
        doubts.append(f"the verdict turns: {'; '.join(told)}")
    if overconfident(findings.calibration[findings.calibration["method"] == "regression"], SURE):
        doubts.append("probabilities that high come true less often than given")
    if base["typical"] < MISFIT:
        doubts.append(
            f"only {_of_hundred(float(base['typical']))} of 100 worlds of {name} itself are as odd as the record, and "
            "odds among hypotheses that all fit badly mean little"
        )
    return found


def sentences(
    question: Question, findings: InferenceTables, robustness: pd.DataFrame, ahead: pd.DataFrame, found: Conclusion
) -> list[str]:
    """The odds, the reasons, what stays undecided, and what to look at next."""
    return [
        opening(question, found),
        *(f"Why undecided: {doubt}." for doubt in found.doubts),
        _odds(question, findings),
        _reasons(findings, found),
        _survives(robustness, found),
        _fit(findings, found),
        _reliable(findings),
        *_next(ahead, found),
    ]


def opening(question: Question, found: Conclusion) -> str:
    """The conclusion in one sentence."""
    span = f"{question.observed[1]} to {question.observed[-1]}"
    name = doctrine_label(found.leader)
    if found.decided:
        return f"The record of {span} looks like {name}."
    return f"Undecided. As coded, the record of {span} is likest to {name}."


def chance(value: float) -> str:
    """A probability in words that claim no more than the simulation can tell.

    >>> chance(0.99999), chance(0.0000001), chance(0.4567)
    ('above 0.999', 'below 0.001', '0.46')
    """
    if value > 1.0 - FEW:
        return f"above {1.0 - FEW:g}"
    return f"below {FEW:g}" if value < FEW else f"{value:.2g}" if value < 0.1 else f"{value:.2f}"  # noqa: PLR2004


def _of_hundred(share: float) -> str:
    """Worlds of 100.

    >>> _of_hundred(0.25), _of_hundred(0.012), _of_hundred(0.0002)
    ('25', '1.2', 'below 0.1')
    """
    if share < FEW:
        return f"below {HUNDRED * FEW:g}"
    return number(HUNDRED * share, 1 if share < 0.1 else 0)  # noqa: PLR2004


def _odds(question: Question, findings: InferenceTables) -> str:
    last = findings.posterior[findings.posterior["month"] == question.observed[-1]]
    equal = np.allclose(question.prior, question.prior[0])
    prior = "equal prior odds" if equal else f"prior {listed([f'{p:.2g}' for p in question.prior])}"
    told = [f"{doctrine_label(row['hypothesis'])} {chance(row['probability'])}" for row in last.to_dict("records")]
    return f"Posterior, {prior}: {listed(told)}."


def _reasons(findings: InferenceTables, found: Conclusion) -> str:
    """What speaks for the leader against the second, and what against it, in decibans, each kind alone."""
    rows = evidence.turned(findings.evidence, found.leader, found.rival)
    rows = rows[rows["kind"] != evidence.ALL].sort_values("alone", ascending=False, kind="stable")
    pro = rows[rows["alone"] >= TELLING].head(REASONS)
    con = rows[rows["alone"] <= -TELLING].tail(REASONS)[::-1]
    one, other = doctrine_label(found.leader), doctrine_label(found.rival)
    if pro.empty and con.empty:
        return f"No kind of evidence by itself tells {one} from {other}."
    told = [f"for {one}: {_named(pro)}"] if len(pro) else []
    told += [f"for {other}: {_named(con)}"] if len(con) else []
    return f"{one.capitalize()} against {other}, each kind alone, in decibans (10 is ten to one); {'; '.join(told)}."


def _named(rows: pd.DataFrame) -> str:
    return listed([f"{row['label']} {abs(row['alone']):.0f}" for row in rows.to_dict("records")])


def _survives(robustness: pd.DataFrame, found: Conclusion) -> str:
    """How many variations keep the leader, which hurts most, and how far coding alone can push."""
    others = robustness[~robustness["group"].isin([BASE, BOUND])].to_dict("records")
    kept = sum(row["leader"] == found.leader for row in others)
    weakest = min(others, key=lambda row: float(row[found.leader]))
    missed = min((row for row in others if row["group"] == LEFT_OUT), key=lambda row: float(row[found.leader]))
    bounds = [float(p) for p in robustness.loc[robustness["group"] == BOUND, found.leader]]
    told = [f"{chance(float(row[found.leader]))} ({row['variation']})" for row in (weakest, missed)]
    return (
        f"{doctrine_label(found.leader).capitalize()} leads in {kept} of {len(others)} variations; it has least with "
        f"{told[0]} and, of what can be left out, with {told[1]}. Reading every contestable month for one side or the "
        f"other moves it from {chance(min(bounds))} to {chance(max(bounds))}."
    )


def _fit(findings: InferenceTables, found: Conclusion) -> str:
    """Whether any hypothesis makes such a record, and what is oddest about it."""
    together = findings.check[findings.check["summary"] == evidence.ALL]
    told = [f"{_of_hundred(row['p'])} of {doctrine_label(row['hypothesis'])}" for row in together.to_dict("records")]
    text = f"As far out as the record, of 100 worlds each: {listed(told)}"
    text = f"{text}; no hypothesis makes such a record easily" if (together["p"] < MISFIT).all() else text
    mine = findings.check[(findings.check["hypothesis"] == found.leader) & (findings.check["summary"] != evidence.ALL)]
    oddest = min(mine.to_dict("records"), key=lambda row: float(row["p"]))
    return (
        f"{text}. Oddest for {doctrine_label(found.leader)}: {lower(str(oddest['label']))}, "
        f"{oddest['observed']:.2g} where its worlds have {oddest['p05']:.2g} to {oddest['p95']:.2g}."
    )


def _reliable(findings: InferenceTables) -> str:
    score = findings.scores.iloc[0]
    return (
        f"In held-out worlds the likeliest hypothesis is the true one in {number(HUNDRED * score['right'], 0)} of 100; "
        f"probabilities are off by {score['error']:.3f} on average, perfect ones by {score['noise']:.3f}."
    )


def _next(ahead: pd.DataFrame, found: Conclusion) -> list[str]:
    """What to look at in the months to come."""
    kinds = ahead[ahead["kind"] != evidence.ALL]
    if kinds.empty:
        return []
    best = [f"{row['label']} {row['bits_pair']:.2f}" for row in kinds.head(NEXT).to_dict("records")]
    pair = listed([doctrine_label(found.leader), doctrine_label(found.rival)])
    text = f"Over the months to come would tell most between {pair}, in bits of 1: {listed(best)}"
    return [f"{text}; least: {kinds['label'].iloc[-1]}."]
