"""What an audience takes Washington to be, and by which signs of this month, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from sim.basics.labels import listed
from sim.basics.terms import percent, value

if TYPE_CHECKING:
    from sim.actors.actor import Audience

UNTHINKABLE = 0.005
"""Chance under which an audience is not told to find a doctrine possible."""
TOLD = 0.05
"""Part by which odds must move for a sign to be told of."""
SIGNS = {
    "calls": "whom it called last month",
    "aid": "what it gave",
    "words": "what it said",
    "sanctions": "its sanctions",
    "intelligence": "its intelligence",
}


def _likeliest(audience: Audience) -> list[tuple[float, int]]:
    """How likely it finds each doctrine, and its place among the hypotheses; the likeliest first."""
    return sorted(((value(row), -place) for place, row in enumerate(audience.probabilities)), reverse=True)


def taken_for(audience: Audience) -> str:
    """The doctrines that an audience finds possible, the likeliest first, with how likely it finds each."""
    names = audience.model.config.reading.hypotheses
    found = [(chance, names[-place]) for chance, place in _likeliest(audience)]
    return " or ".join(f"{name} ({percent(chance)})" for chance, name in found if chance >= UNTHINKABLE)


def by_sign(audience: Audience) -> Iterator[str]:
    """By how much each sign of the month moved the odds between the two that it finds likeliest, where it doubts."""
    (_, first), (chance, second), *_ = [*_likeliest(audience), (0.0, 0)]
    if chance < UNTHINKABLE:
        return
    names, moved = audience.model.config.reading.hypotheses, odds_moved(audience, -first, -second)
    told = [f"{factor:.2f} ({SIGNS[sign]})" for sign, factor in moved.items() if abs(factor - 1.0) >= TOLD]
    what = f"the odds of {names[-first]} against {names[-second]}"
    yield f"This month multiplied {what} by {listed(told)}." if told else f"Nothing seen this month moved {what} much."


def odds_moved(audience: Audience, one: int, other: int) -> dict[str, float]:
    """By what each sign of the month multiplied an audience's odds of one hypothesis against another."""
    evidence, pace = audience.model.reading.evidence, value(audience.parameters.reading.pace)
    weights = {sign: audience.trust_in_words() if sign == "words" else 1.0 for sign in SIGNS}
    said = {sign: value(getattr(evidence, sign)[one]) - value(getattr(evidence, sign)[other]) for sign in SIGNS}
    return {sign: float(np.exp(pace * weight * said[sign])) for sign, weight in weights.items()}
