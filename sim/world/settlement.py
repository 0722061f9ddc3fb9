"""Whether talks happen, whether terms are accepted, and whether a peace holds."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.basics.arrays import Array, Mask, Number, either, real
from sim.world.packages import EUROPEAN_LEVEL

if TYPE_CHECKING:
    from sim.scenario.preferences import PeaceParameters, TableParameters


class Outcome(IntEnum):
    """How a world stands at the end."""

    WAR = 0
    FRAGILE = 1
    GUARANTEED = 2
    IMPOSED = 3
    RELAPSED = 4
    TRUCE = 5


OUTCOME_NAMES = {
    Outcome.WAR: "war",
    Outcome.FRAGILE: "fragile settlement",
    Outcome.GUARANTEED: "guaranteed settlement",
    Outcome.IMPOSED: "imposed peace",
    Outcome.RELAPSED: "relapsed",
    Outcome.TRUCE: "truce",
}
OUTCOME_SENTENCES = {
    Outcome.WAR: "the war goes on",
    Outcome.FRAGILE: "a settlement holds that no strong guarantee backs",
    Outcome.GUARANTEED: "a settlement holds that a strong guarantee backs",
    Outcome.IMPOSED: "a peace is imposed on Ukraine",
    Outcome.RELAPSED: "a settlement was signed and broke, and the war goes on",
    Outcome.TRUCE: "a truce holds that settles nothing",
}
"""The same in a sentence."""
IMPOSED_OFFSET = 0.02
"""A line further than this beyond the front counts as imposed."""
CERTAIN = 40.0
"""Log points beyond which any hazard that is not nil is 1."""
LEAST_POSTURE = 1e-6
"""Posture that stands for none where something is divided by it."""
LEAST_TEMPTED, MOST_TEMPTED = -1.0, 2.0
"""Ends of Moscow's temptation, utility a month."""
STRONG_GUARANTEE = 2
"""From this level a settlement counts as guaranteed."""


class Refusal(IntEnum):
    """Who kept a proposal from becoming a settlement."""

    NOBODY = 0
    UKRAINE = 1
    RUSSIA = 2
    BOTH = 3
    EUROPE = 4
    SENATE = 5


def talks_terms(
    rivalry: float, horizon: float, channel: float, ripeness: Array, talked: Array, p: TableParameters
) -> dict[str, Any]:
    """Terms of the log-odds that talks are held this month."""
    return {
        "the habit of not talking": p.talks_base,
        "Russia seen as negotiable": p.talks_rivalry * (1.0 - rivalry),
        "a short horizon": p.talks_horizon * (1.0 - horizon),
        "a leader-to-leader channel": p.talks_channel * channel,
        "a hurting stalemate": p.talks_ripeness * ripeness,
        "talks last month": p.talks_momentum * talked,
    }


def ripeness(movement: Array, months: float, p: TableParameters) -> Array:
    """How much a stalemate hurts, 0 to 1: more the longer the war and the less the line is expected to move."""
    still = np.exp(-np.abs(movement) / p.stalemate_movement)
    return np.asarray(still * real(np.minimum(1.0, months / p.stalemate_months)))


def guarantee_belief(pays: Any, credibility: Any, p: PeaceParameters) -> Any:
    """How far an American guarantee is believed, 0 to 1.

    Parameters
    ----------
    pays : Array
        Share of a promise that the guarantor is expected to pay when it is called in.
    credibility : Array
        Mean of the belief that promises are kept.
    """
    record = p.belief_incredible + (1.0 - p.belief_incredible) * credibility
    return pays * record


def tripwire(posture: Array, relied_on: Number, p: PeaceParameters) -> Array:
    """What is left of a belief that Americans come, as far as they stand nearby: all of it at the posture relied on."""
    stands = np.where(posture < relied_on, posture / real(np.maximum(relied_on, LEAST_POSTURE)), 1.0)
    return np.asarray(1.0 - p.tripwire * (1.0 - stands))


def believed(level: Any, american: Any, nearby: Any, european: Any) -> Array:
    """How far a guarantee of a level is believed: somebody comes, Americans or Europeans, each on their own account.

    Parameters
    ----------
    american : Array
        Belief that Washington does.
    nearby : Array
        What is left of that where it means soldiers and not arms (`tripwire`).
    european : Array
        Belief in the European force, where a guarantee has one.
    """
    soldiers = np.asarray(level) >= EUROPEAN_LEVEL
    fails = (1.0 - american * either(soldiers, nearby, 1.0)) * (1.0 - soldiers * real(european))
    return np.asarray(1.0 - fails)


def who_gains(p: PeaceParameters, armed: Number) -> Array:
    """Log points by which a pause strengthens Russia beyond Ukraine, which it arms so much."""
    return np.asarray(p.regroup_russia - armed)


def temptation(gain: Any, guarantee: Any, pause: Any) -> Any:
    """What renewed war is worth to Moscow over a peace on the same line, between `LEAST_TEMPTED` and `MOST_TEMPTED`.

    Parameters
    ----------
    gain : Array
        What peace saves it of war, threats included.
    guarantee, pause : Array
        What the guarantee to Ukraine costs it (negative), and what the pause was worth to it.
    """
    return np.minimum(np.maximum(pause - gain - guarantee, LEAST_TEMPTED), MOST_TEMPTED)


def renewed_war_hazard(base: Any, deterred: Any, tempted: Any) -> Any:
    """Chance a month that a peace breaks: base x exp(tempted - deterred), at most 1."""
    return np.minimum(1.0, base * times(tempted - deterred))


def times(logs: Any) -> Any:
    """By how much so many log points raise a hazard; what is certain beyond doubt is not told from what is surer."""
    return np.exp(np.minimum(logs, CERTAIN))


def discounted_relapse(hazard: Any, p: PeaceParameters) -> Any:
    """Q: chance of renewed war, sooner counting more: hazard / (hazard + discount rate)."""
    return hazard / (hazard + p.discount)


def classify(
    settled: Mask, relapsed: Mask, offset: Array, guarantee: Array, collapsed: Mask, truce: Mask | None = None
) -> Array:
    """Outcome class of each world, as the integers of `Outcome`; a truce in force hides a settlement that broke."""
    outcome = either(guarantee >= STRONG_GUARANTEE, Outcome.GUARANTEED.value, Outcome.FRAGILE.value)
    outcome = either((offset > IMPOSED_OFFSET) | collapsed, Outcome.IMPOSED.value, outcome)
    outcome = either(settled, outcome, Outcome.WAR.value)
    outcome = either(relapsed, Outcome.RELAPSED.value, outcome)
    return (outcome if truce is None else either(truce, Outcome.TRUCE.value, outcome)).astype(int)
