"""The decisions of a month in one world, each with its terms: what `explain` tells in words, as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.basics.labels import HUNDRED
from sim.basics.terms import value
from sim.questions.explain.consents import asked, treaty_vote
from sim.questions.explain.reasons import ACTOR_NAMES

if TYPE_CHECKING:
    from sim.actors.actor import Actor
    from sim.model import Negotiation

SUPPORT, UTILITY, FORCE, INDEX = "share of full support", "utility a month", "units of force", "of 1"
POINTS, ACTS, CHANCE = "points of belief", "acts a month", "chance"


class Decision(NamedTuple):
    """A number that an actor arrived at, and what it is the sum of.

    Attributes
    ----------
    actor : str
        A key of `sim.questions.explain.reasons.ACTOR_NAMES`.
    title, unit : str
        What was decided, and the unit of all its numbers.
    terms : tuple of (str, float)
        Reasons and what each adds, the heaviest first.
    total : float
        Their sum.
    """

    actor: str
    title: str
    unit: str
    terms: tuple[tuple[str, float], ...]
    total: float

    @property
    def who(self) -> str:
        """The actor's name."""
        return ACTOR_NAMES[self.actor]


class _Kept(NamedTuple):
    """Where a decision's terms are kept, and how they are told."""

    actor: str
    keeper: str
    decision: str
    title: str
    unit: str
    scale: float = 1.0
    without: tuple[str, ...] = ()


KEPT = (
    _Kept("us", "united_states", "aid", "Aid that Washington wants to give", SUPPORT),
    _Kept("us", "bureaucracy", "tightening sanctions", "Acts that tighten sanctions, expected", ACTS),
    _Kept("us", "bureaucracy", "easing sanctions", "Acts that ease sanctions, expected", ACTS),
    _Kept("us", "bureaucracy", "intelligence", "Intelligence sharing that it aims for", INDEX),
    _Kept("us", "bureaucracy", "posture", "Posture in Europe that it aims for", INDEX),
    _Kept("europe", "europe", "threat felt", "Threat that Europe feels", "index"),
    _Kept(
        "europe",
        "europe",
        "belief in American support",
        "How its belief in American support moved",
        POINTS,
        HUNDRED,
        ("what it believed",),
    ),
    _Kept("ukraine", "ukraine", "force", "Force of Ukraine", FORCE),
    _Kept("ukraine", "ukraine", "refusing", "What refusing a deal is worth to it", UTILITY),
    _Kept("russia", "russia", "refusing", "What refusing a deal is worth to it", UTILITY),
    _Kept("table", "mediator", "talks", "Whether talks are called (log-odds)", "log-odds"),
    _Kept("table", "contacts", "a direct meeting", "Whether the two meet by themselves (log-odds)", "log-odds"),
    _Kept("table", "mediator", "package to ukraine", "What the package is worth to Kyiv", UTILITY),
    _Kept("table", "mediator", "package to russia", "What the package is worth to Moscow", UTILITY),
    _Kept("table", "mediator", "package to washington", "What the package is worth to Washington", UTILITY),
)
"""Decisions with terms that sum to what was decided, in the order in which the month takes them."""


def decisions(model: Negotiation) -> list[Decision]:
    """The decisions of the month that a model of one world has just lived through, of those that were taken.

    Parameters
    ----------
    model : Negotiation
        Of one world.
    """
    found = [_decision(getattr(model, kept.keeper), kept) for kept in KEPT if _taken(model, kept)]
    found += [_summed("europe", f"Chance that it consents to {one.to}", CHANCE, one.terms) for one in asked(model)]
    if treaty_vote(model):
        ayes = {name.replace("_", " "): value(count) for name, count in model.congress.reasons["treaty ayes"].items()}
        found.append(_summed("congress", "Ayes for the treaty that are expected in the Senate", "ayes", ayes))
    return [one for one in found if all(np.isfinite(number) for _, number in one.terms)]


def _taken(model: Negotiation, kept: _Kept) -> bool:
    """Whether the decision was taken this month: packages are weighed only where one lies on the table."""
    if kept.decision.startswith("package"):
        return bool(model.mediator.proposed[0])
    return kept.decision in getattr(model, kept.keeper).reasons


def _decision(actor: Actor, kept: _Kept) -> Decision:
    numbers = {reason: kept.scale * value(term) for reason, term in actor.reasons[kept.decision].items()}
    for reason in kept.without:
        numbers.pop(reason, None)
    return _summed(kept.actor, kept.title, kept.unit, numbers)


def _summed(actor: str, title: str, unit: str, terms: dict[str, float]) -> Decision:
    """A decision that is the sum of its terms, the heaviest first."""
    ranked = sorted(terms.items(), key=lambda item: -abs(item[1]))
    return Decision(actor, title, unit, tuple(ranked), sum(terms.values()))
