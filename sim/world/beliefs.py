"""Beliefs about lasting American support: Gaussian, updated on conduct and words; and the credibility of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.basics.arrays import Array, Number, clip

if TYPE_CHECKING:
    from sim.scenario.parameters import BeliefParameters

TRACE = 1e-6
"""What is always left of a count of promises: who remembers nothing believes half of everything."""


def kalman(mean: Array, variance: Array, signal: Number, noise: Array) -> tuple[Array, Array]:
    """Update N(mean, variance) on a signal with variance `noise`; returns the posterior mean and variance."""
    gain = variance / (variance + noise)
    return mean + gain * (signal - mean), (1.0 - gain) * variance


def drift(commitment: float, p: BeliefParameters) -> float:
    """Variance that a month adds to a belief, less under a committed doctrine."""
    return p.drift + p.drift_uncommitted * (1.0 - commitment)


def conduct_noise(clarity: float, starved: Array, attribution: float, p: BeliefParameters) -> Array:
    """Variance of conduct as a sign of will: more under vagueness, and where Congress rather than the president cut.

    Parameters
    ----------
    clarity : float
        The executive's dial.
    starved : Array
        Share of the executive's request that Congress left without authority, 0 to 1, shape (W,).
    attribution : float
        Weight of that share; 0 when audiences do not ask who cut.
    """
    return (p.conduct_noise + p.conduct_vagueness * (1.0 - clarity)) * (1.0 + attribution * starved)


def words_noise(clarity: float, credibility: Array, p: BeliefParameters) -> Array:
    """Variance of an announcement as a sign of will: more when vague, more when promises have been broken."""
    return (p.words_noise + p.words_vagueness * (1.0 - clarity)) / credibility


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
