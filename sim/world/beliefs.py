"""Beliefs: about the front and the Senate; the credibility of words; hidden hardship.

What is made of Washington is in `sim.world.reading`. All others but credibility are normal. What a side's answer at the
table tells of its hardship cuts the distribution at a threshold; the belief stays normal, with the moments of what is
left.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.basics.arrays import Array, Mask, Number, clip, real
from sim.basics.normal_table import log_ndtr

if TYPE_CHECKING:
    from sim.scenario.parameters import BeliefParameters

LEAST_SPREAD = 0.01
"""Sd of hardship that the surest belief has."""
FURTHEST = 12.0
"""Sds from its mean beyond which a threshold tells no more."""
HALF_LOG_TAU = 0.5 * math.log(2.0 * math.pi)
TRACE = 1e-6
"""What is always left of a count of promises: who remembers nothing believes half of everything."""


def kalman(mean: Array, variance: Array, signal: Number, noise: Array) -> tuple[Array, Array]:
    """Update N(mean, variance) on a signal with variance `noise`; returns the posterior mean and variance."""
    gain = variance / (variance + noise)
    return mean + gain * (signal - mean), (1.0 - gain) * variance


def promise_kept(promised: Array, conduct: Array, p: BeliefParameters) -> Array:
    """How far a promise was kept, 1 (met or exceeded) to 0 (missed by the tolerance or more)."""
    shortfall = np.maximum(promised - conduct, 0.0)
    return np.asarray(clip(1.0 - shortfall / p.promise_tolerance, 0.0, 1.0))


def remembered(count: Array, more: Array, p: BeliefParameters) -> Array:
    """A count of promises a month later: faded, but never to nothing, and this month's added."""
    return np.maximum(p.credibility_memory * count + more, TRACE)


def credibility(kept: Array, broken: Array) -> Array:
    """Mean of a Beta distribution with these counts of promises."""
    return kept / (kept + broken)


def answered(
    mean: Array, variance: Array, threshold: Array, accepted: Mask, mood: Number, forgetting: Number, most: Number
) -> tuple[Array, Array]:
    """Mean and variance of hardship after an answer: yes says that hardship and mood lie above the threshold.

    The exact moments of a normal cut at the threshold, S^2 = variance + mood^2, b the threshold in S from the mean,
    lam = phi(b) / Phi(-b) for a yes: mean + (variance / S) lam and variance - (variance / S)^2 lam (lam - b); for a no
    the mirror image.

    Parameters
    ----------
    mean, variance : Array
        Belief before, (R,).
    threshold : Array
        Hardship, mood included, from which on the side accepts.
    accepted : Array of bool
        What it said.
    mood : Number
        Sd of the mood.
    forgetting, most : Number
        Variance that an answer adds, up to `most` in all.
    """
    sign = np.where(accepted, real(1.0), real(-1.0))
    spread = np.maximum(np.sqrt(variance + mood**2), LEAST_SPREAD)
    b = clip(sign * (threshold - mean) / spread, -FURTHEST, FURTHEST)
    lam = np.exp(-0.5 * b**2 - HALF_LOG_TAU - log_ndtr(-b))
    share = variance / spread
    left = variance - share**2 * lam * (lam - b)
    return mean + sign * share * lam, np.minimum(np.maximum(left, 0.0) + forgetting, most)
