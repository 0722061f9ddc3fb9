"""What a doctrine of Washington would decide: aid, acts of sanctions, intelligence, by its dials and what all can see.

The executive and the bureaucracy decide by these equations with their own dials; whoever asks what another doctrine
would do asks the same equations with the dials of that one. Elementwise, so that dials may be numbers, or columns
(H, 1) of H doctrines beside states of W worlds.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.basics.arrays import Array, Number, blend, clip, real, total

if TYPE_CHECKING:
    from sim.scenario.parameters import BureaucracyParameters, ExecutiveParameters

Terms = dict[str, Any]

THEATRES = ("indo_pacific", "hemisphere", "domestic")
"""The theatres that compete with Europe."""
TRIFLE = 1e-9
MOST_SUPPORT = 1.2
"""Upper end of the desired share of full support."""
DIALS = ("order", "rivalry", "alliance", "clarity", "horizon", "commitment", "channel", "affinity", "europe")
"""Dials that are one number each, `europe` as the equations use it."""


class Dials(NamedTuple):
    """Dials of one doctrine, or of several beside each other, (H, 1).

    `theatres` is how much the other theatres count, 1 on average, (theatres, 1) or (theatres, H, 1).
    """

    order: Any
    rivalry: Any
    alliance: Any
    clarity: Any
    horizon: Any
    commitment: Any
    channel: Any
    affinity: Any
    europe: Any
    theatres: Array


class Situation(NamedTuple):
    """What Washington sees when it decides on aid, (W,); crises (theatres, W).

    Attributes
    ----------
    need, share : Array
        Ukraine's need of aid; Europe's share of it.
    refused_by_ukraine, refused_by_russia : Array
        rho, fading memory of refusals.
    costs_moscow : Array
        What full American support takes from Moscow's war, utility a month.
    crises : Array
        Crises in other theatres.
    pressing : float
        1 where aid may be moved to press, else 0.
    """

    need: Array
    share: Array
    refused_by_ukraine: Array
    refused_by_russia: Array
    costs_moscow: Array
    crises: Array
    pressing: float


def dials(doctrine: Any) -> Dials:
    """The dials of one doctrine."""
    return Dials(**{dial: getattr(doctrine, dial) for dial in DIALS}, theatres=_theatre_weights(doctrine))


def stacked(doctrines: Sequence[Any]) -> Dials:
    """The dials of several doctrines, one below the other."""
    columns = {dial: real([[getattr(doctrine, dial)] for doctrine in doctrines]) for dial in DIALS}
    return Dials(**columns, theatres=np.stack([_theatre_weights(doctrine) for doctrine in doctrines], axis=1))


def _theatre_weights(doctrine: Any) -> Array:
    """How much Washington cares for each other theatre, 1 on average, shape (theatres, 1)."""
    priorities = np.array([[getattr(doctrine.priorities, theatre)] for theatre in THEATRES])
    return real(len(THEATRES) * priorities / max(float(priorities.sum()), TRIFLE))


# ---- aid


def pulls(d: Dials, seen: Situation, p: ExecutiveParameters) -> Terms:
    """What pulls aid up and down, but for what was promised."""
    pressed = pressing(d, seen, p)
    shortfall = np.maximum(0.0, 1.0 - seen.share / p.fair_share)
    return {
        "the defence of order": d.europe * d.order * (p.order_base + p.order_need * seen.need),
        "pressing Russia, which refused": pressed["russia"] * seen.refused_by_russia,
        "pressing Ukraine, which refused": pressed["ukraine"] * seen.refused_by_ukraine,
        "pressing Europe, which pays too little": -seen.pressing * p.press_europe * (1.0 - d.alliance) * shortfall,
        "what aid costs Moscow": -p.press_affinity * d.affinity * seen.costs_moscow,
    }


def pressing(d: Dials, seen: Situation, p: ExecutiveParameters) -> dict[str, Any]:
    """What the memory that a side refused pulls, by side."""
    leverage = 1.0 - d.order
    return {
        "russia": seen.pressing * p.press_russia * (1.0 - d.affinity) * leverage * d.europe,
        "ukraine": -seen.pressing * p.press_ukraine * leverage,
    }


def keeping(d: Dials, p: ExecutiveParameters) -> Number:
    """Weight of what was promised."""
    weight: Number = p.keep_promise * d.commitment
    return weight


def elsewhere(d: Dials, seen: Situation, p: ExecutiveParameters) -> Array:
    """By how much crises in other theatres make aid dearer."""
    crises = seen.crises if d.theatres.ndim == seen.crises.ndim else seen.crises[:, None]
    calling = total(d.theatres * crises)
    return np.asarray(p.effort_cost * (1.0 - d.europe) * p.crisis_cost * calling)


def aid_terms(d: Dials, seen: Situation, promised: Array, p: ExecutiveParameters) -> Terms:
    """Terms of the aid that is wanted, share of full support: the maximiser of a quadratic objective.

    They sum to it before it is held between 0 and `MOST_SUPPORT`.
    """
    promise = keeping(d, p)
    pulling = {**pulls(d, seen, p), "keeping what was promised": promise * promised}
    cost = p.effort_cost + promise
    terms = {reason: pull / cost for reason, pull in pulling.items()}
    wanted = reduce(add, terms.values())
    terms["a crisis elsewhere"] = wanted * (cost / (cost + elsewhere(d, seen, p)) - 1.0)
    return terms


def wanted(d: Dials, seen: Situation, promised: Number, promise: Number, p: ExecutiveParameters) -> Array:
    """What the terms of `aid_terms` sum to, in fewer steps, between 0 and `MOST_SUPPORT`.

    Parameters
    ----------
    promised, promise : Number
        What was promised, and its weight: `keeping`, or 0 for aid that no promise holds up.
    """
    return best(reduce(add, pulls(d, seen, p).values()) + promise * promised, cost(d, seen, p) + promise)


def cost(d: Dials, seen: Situation, p: ExecutiveParameters) -> Array:
    """What aid costs, but for breaking a promise."""
    return p.effort_cost + elsewhere(d, seen, p)


def best(pulling: Array, cost: Array) -> Array:
    """Aid that is best for whom so much pulls, at such a cost."""
    return clip(pulling / cost, 0.0, MOST_SUPPORT)


def words_noise(d: Dials, p: ExecutiveParameters) -> Number:
    """Sd of an announcement around what is wanted."""
    noise: Number = p.words_noise + p.words_vagueness * (1.0 - d.clarity)
    return noise


# ---- acts of sanctions


def tightening_terms(d: Dials, refused_by_russia: Array, p: BureaucracyParameters) -> Terms:
    """Terms of the hazard of an act that tightens sanctions, acts a month."""
    return {
        "rivalry with Russia": p.sanctions_tighten * d.rivalry,
        "pressing Russia, which refused": p.sanctions_press * (1.0 - d.affinity) * refused_by_russia,
    }


def easing_terms(d: Dials, p: BureaucracyParameters) -> Terms:
    """Terms of the hazard of an act that eases them, acts a month."""
    return {
        "a rival to bargain with": p.sanctions_ease * (1.0 - d.rivalry),
        "affinity with Russia": p.sanctions_affinity * d.affinity,
    }


def chance(hazard: Array) -> Array:
    """Chance that something of this hazard happens within a month.

    >>> float(chance(np.array(0.0)))
    0.0
    """
    return np.asarray(-np.expm1(-hazard))


def upkeep_chance(d: Dials, kept_up: Array, p: BureaucracyParameters) -> Array:
    """Chance that sanctions are kept up this month, which were or were not the month before (1 or 0)."""
    return np.asarray(blend(kept_up, d.rivalry, 1.0 - p.upkeep_turn))


# ---- what the bureaucracy is to aim for


def intelligence_terms(d: Dials, refused_by_ukraine: Array, pressing: float, p: BureaucracyParameters) -> Terms:
    """Terms of the intelligence sharing aimed at."""
    return {
        "the baseline": p.intelligence_base,
        "the defence of order": p.intelligence_order * d.order,
        "pressing Ukraine, which refused": -pressing * p.intelligence_pause * (1.0 - d.commitment) * refused_by_ukraine,
    }


def target(terms: Terms, floor: Number) -> Array:
    """What is aimed for, between 0 and 1 and not below the floor."""
    return np.asarray(np.maximum(clip(reduce(add, terms.values()), 0.0, 1.0), floor))
