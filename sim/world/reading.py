"""Reading Washington: how likely what it did this month is under each doctrine, and what follows from what is believed.

What each doctrine would have decided comes from the executive's own equations (`sim.world.executive`,
`sim.world.settlement`) with its dials. Arrays are (H, W): hypotheses, worlds.

References
----------
Hamilton, J. (1989). A new approach to the economic analysis of nonstationary time series. *Econometrica* 57: a state
that may switch, filtered.
"""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.basics.arrays import Array, Mask, Number, clip, either, real, total
from sim.basics.months import month_number
from sim.basics.normal_table import log_ndtr
from sim.world import executive
from sim.world.executive import MOST_SUPPORT, Dials, Situation

if TYPE_CHECKING:
    from sim.scenario.parameters import ExecutiveParameters

NEVER = 1e-12
"""Chance of what a doctrine never does: a slip is always possible."""
RULED_OUT = -60.0
"""Log likelihood, relative to the best, that any doctrine keeps: its chance stays a number."""
TRIFLE = 1e-9
"""EUR bn that count as none."""
A_TERM_BEGAN, TERM = "2025-01", 48
"""First month of a presidential term, and the months of one."""
FULL_NEED = 1.0
"""Ukraine's need when a promise is called in."""


def new_term(month: str) -> bool:
    """Whether a presidential term begins in a month.

    >>> [new_term(month) for month in ("2025-01", "2025-02", "2026-01", "2029-01", "2021-01")]
    [True, False, False, True, True]
    """
    return (month_number(month) - month_number(A_TERM_BEGAN)) % TERM == 0


def odds(minds: Any, which: str, audience: str) -> list[float]:
    """How likely an audience finds each hypothesis, summing to 1.

    Parameters
    ----------
    minds : Any
        The table `[reading]` of a scenario.
    which : str
        "prior", where a doctrine is new, or "start", before the first month.
    audience : str
        Whose.
    """
    weights = getattr(getattr(minds, which), audience)
    if weights is None and which == "start":
        return odds(minds, "prior", audience)
    weights = weights or [1.0] * len(minds.hypotheses)
    return [weight / sum(weights) for weight in weights]


# ---- what each sign says: log likelihoods


def aid(wants: Array, authority: Array, allocated: Array, full: Number, smallest: Number, drip: Number) -> Array:
    """Of an allocation, exponential around what a doctrine wants and cut off where authority ends.

    Parameters
    ----------
    wants : Array (H, W)
        Aid that each doctrine would want, share of full support.
    authority, allocated : Array
        What could be allocated, and what was.
    full, smallest, drip : Number
        `full_support`, `smallest` and `drip`.
    """
    rate = 1.0 / np.maximum(wants * full, drip)
    could, spent = authority >= smallest, allocated >= authority
    idle = could & ~spent & (allocated < smallest)
    nothing = np.log(-np.expm1(-np.minimum(np.maximum(authority, TRIFLE), smallest) * rate))
    some = real(could & ~spent) * np.log(rate) - real(could) * np.minimum(allocated, authority) * rate
    return either(idle, nothing, some)


def words(wants: Array, announced: Array, credibility: Array, noise: Number, error: Number) -> Array:
    """Of an announcement, normal around what a doctrine wants and piled up at the ends, as far as words are credible.

    Parameters
    ----------
    noise : Array (H, 1)
        Sd of each doctrine's announcements.
    error : Number
        Sd of what they miss beyond that.
    """
    spread = np.sqrt(noise**2 + error**2)
    off = (announced - wants) / spread
    said = -0.5 * off**2 - np.log(spread)
    lowest, highest = np.flatnonzero(announced <= 0.0), np.flatnonzero(announced >= MOST_SUPPORT)
    said[:, lowest], said[:, highest] = log_ndtr(off[:, lowest]), log_ndtr(-off[:, highest])
    return np.asarray(credibility * said)


def event(chance: Array, happened: Mask, possible: Mask | None = None) -> Array:
    """Of something that happened or did not, where it was possible: everywhere if None."""
    of_this = np.abs(chance - real(~happened))
    said = np.log(np.maximum(of_this, NEVER))
    return said if possible is None else np.asarray(real(possible) * said)


def act(hazard: Array, happened: Mask) -> Array:
    """Of an act that is done at this hazard a month, (H, W)."""
    said, rows = -hazard, np.flatnonzero(happened)
    said[:, rows] = np.log(np.maximum(executive.chance(hazard[:, rows]), NEVER))
    return said


def level(expected: Array, seen: Array, spread: Number) -> Array:
    """Of a level that is seen so exactly."""
    return np.asarray(-0.5 * ((seen - expected) / spread) ** 2)


def capped(log_likelihood: Array, cap: Number) -> Array:
    """Log likelihoods relative to the best doctrine, none lower than the cap under it."""
    return np.asarray(np.maximum(log_likelihood - reduce(np.maximum, log_likelihood), -cap))


# ---- what is believed


def switched(probability: Array, prior: Array, chance: Number) -> Array:
    """Probabilities a month later, if the doctrine is a new one with this chance."""
    return np.asarray((1.0 - chance) * probability + chance * prior)


def learned(probability: Array, evidence: Array, pace: Number) -> Array:
    """Probabilities after evidence, log likelihoods of which a share is taken in."""
    return revised(probability, taken_in(evidence, pace))


def taken_in(evidence: Array, pace: Number) -> Array:
    """Likelihoods that remain of evidence of which a share is taken in."""
    return np.asarray(np.exp(np.maximum(pace * (evidence - reduce(np.maximum, evidence)), RULED_OUT)))


def revised(probability: Array, likelihood: Array) -> Array:
    """Probabilities by Bayes' rule."""
    weight = probability * likelihood
    return np.asarray(weight / total(weight))


def stay(switch: Number, months: Number) -> Number:
    """Average chance, over so many months ahead, that the doctrine of today is still in force."""
    switch = clip(real(switch), 1e-6, 0.999999)
    return np.asarray(np.minimum(1.0, -np.expm1(months * np.log1p(-switch)) / (switch * months)))


def mean(probability: Array, values: Array) -> Array:
    """What is expected of something that each doctrine decides."""
    return total(probability * values)


def variance(probability: Array, values: Array, expected: Array, own: Number) -> Array:
    """How unsure it is: what doctrines differ by, and the variance that each has of its own."""
    return total(probability * ((values - expected) ** 2 + own))


# ---- what each doctrine would decide


def pays(d: Dials, seen: Situation, cost: Array, p: ExecutiveParameters) -> Array:
    """k: share of a promise of full support that is paid when it is called in by a Ukraine in need, at this cost."""
    called = seen._replace(need=real(FULL_NEED), refused_by_ukraine=real(0.0), refused_by_russia=real(0.0))
    promise = executive.keeping(d, p)
    return np.minimum(
        executive.best(reduce(add, executive.pulls(d, called, p).values()) + promise, cost + promise), 1.0
    )


def refusals_to_come(tabled: Array, p: ExecutiveParameters) -> Any:
    """rho*: where the memory of refusals comes to rest if every package is refused, tabled with this chance a month."""
    added = p.refusal_weight * tabled
    return added / np.maximum(1.0 - p.refusal_memory * (1.0 - added), TRIFLE)
