"""Whether talks happen, whether terms are accepted, and whether a peace holds."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.basics.arrays import Array, Mask, Number, real

if TYPE_CHECKING:
    from sim.scenario.preferences import PeaceParameters, TableParameters


class Outcome(IntEnum):
    """How a world stands at the end."""

    WAR = 0
    FRAGILE = 1
    GUARANTEED = 2
    IMPOSED = 3
    RELAPSED = 4


OUTCOME_NAMES = {
    Outcome.WAR: "war",
    Outcome.FRAGILE: "fragile ceasefire",
    Outcome.GUARANTEED: "guaranteed settlement",
    Outcome.IMPOSED: "imposed peace",
    Outcome.RELAPSED: "relapsed",
}
OUTCOME_SENTENCES = {
    Outcome.WAR: "the war goes on",
    Outcome.FRAGILE: "a ceasefire holds that no strong guarantee backs",
    Outcome.GUARANTEED: "a settlement holds that a strong guarantee backs",
    Outcome.IMPOSED: "a peace is imposed on Ukraine",
    Outcome.RELAPSED: "a settlement was signed and broke, and the war goes on",
}
"""The same in a sentence."""
IMPOSED_OFFSET = 0.02
"""A line further than this beyond the front counts as imposed."""
LOGISTIC_PER_NORMAL = 1.702
"""Slope at which the logistic function comes nearest to the normal distribution function."""
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
) -> dict[str, Array]:
    """Terms of the log-odds that talks are held this month, each (W,)."""
    flat = 0.0 * ripeness
    return {
        "the habit of not talking": p.talks_base + flat,
        "Russia seen as negotiable": p.talks_rivalry * (1.0 - rivalry) + flat,
        "a short horizon": p.talks_horizon * (1.0 - horizon) + flat,
        "a leader-to-leader channel": p.talks_channel * channel + flat,
        "a hurting stalemate": p.talks_ripeness * ripeness,
        "talks last month": p.talks_momentum * talked,
    }


def ripeness(movement: Array, months: float, p: TableParameters) -> Array:
    """How much a stalemate hurts, 0 to 1: more the longer the war and the less the line is expected to move."""
    still = np.exp(-np.abs(movement) / p.stalemate_movement)
    return np.asarray(still * real(np.minimum(1.0, months / p.stalemate_months)))


def guarantee_belief(commitment: float, credibility: Any, p: PeaceParameters) -> Any:
    """How far an American guarantee is believed, 0 to 1: (.3 + .7 commitment)(.4 + .6 credibility)."""
    doctrine = p.belief_uncommitted + (1.0 - p.belief_uncommitted) * commitment
    record = p.belief_incredible + (1.0 - p.belief_incredible) * credibility
    return doctrine * record


def renewed_war_hazard(guarantee: Any, belief: Any, vague: Any, deterrence: Number, p: PeaceParameters) -> Any:
    """Chance a month that a settlement breaks: q0 (1 + fragility vague) exp(-deterrence g belief)."""
    return p.hazard * (1.0 + p.fragility * vague) * np.exp(-deterrence * guarantee * belief)


def discounted_relapse(hazard: Any, p: PeaceParameters) -> Any:
    """Q: chance of renewed war, sooner counting more: hazard / (hazard + discount rate)."""
    return hazard / (hazard + p.discount)


def classify(settled: Mask, relapsed: Mask, offset: Array, guarantee: Array, collapsed: Mask) -> Array:
    """Outcome class of each world, as the integers of `Outcome`."""
    outcome = np.where(guarantee >= STRONG_GUARANTEE, Outcome.GUARANTEED, Outcome.FRAGILE)
    outcome = np.where((offset > IMPOSED_OFFSET) | collapsed, Outcome.IMPOSED, outcome)
    outcome = np.where(settled, outcome, Outcome.WAR)
    return np.asarray(np.where(relapsed, Outcome.RELAPSED, outcome))
