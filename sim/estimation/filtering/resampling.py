"""Weights of worlds in groups: evidence, how many worlds they are worth, and who goes on.

References
----------
Carpenter, J., Clifford, P. and Fearnhead, P. (1999). Improved particle filter for nonlinear problems. IEE Proceedings:
Radar, Sonar and Navigation 146, 2-7 (systematic resampling).
"""

from __future__ import annotations

import numpy as np

from sim.basics.arrays import Array, Doubles, Mask, Rows

ENOUGH = 0.5
"""Share of a group that its weights must be worth for it not to be resampled."""


def log_mean(log_weights: Doubles) -> Doubles:
    """Log of the mean weight along the last axis; no warning where all are nothing."""
    highest = log_weights.max(axis=-1, keepdims=True)
    safe = np.where(np.isfinite(highest), highest, 0.0)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(np.exp(log_weights - safe).mean(axis=-1)) + safe[..., 0])


def log_change(before: Doubles, now: Doubles) -> Doubles:
    """By how much the log of a mean weight rose; what was nothing adds nothing more."""
    was = np.isfinite(before)
    return np.asarray(np.where(was, now, 0.0) - np.where(was, before, 0.0))


def normalised(log_weights: Doubles) -> Doubles:
    """Weights that sum to 1 along the last axis; equal ones where all are nothing."""
    highest = log_weights.max(axis=-1, keepdims=True)
    weights = np.where(np.isfinite(highest), np.exp(log_weights - np.where(np.isfinite(highest), highest, 0.0)), 1.0)
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def effective(log_weights: Doubles) -> Doubles:
    """How many equally weighted worlds the weights are worth, along the last axis."""
    return np.asarray(1.0 / np.square(normalised(log_weights)).sum(axis=-1))


def systematic(weights: Doubles, start: Array) -> Rows:
    """How often each goes on, (G, N): by one comb of N teeth a group, the first at `start`, 0 to 1, (G,)."""
    number = weights.shape[-1]
    ends = np.cumsum(weights, axis=-1) * number
    ends[..., -1] = number
    teeth = np.ceil(np.clip(ends - start[..., None], 0.0, number)).astype(np.intp)
    return np.asarray(np.diff(teeth, axis=-1, prepend=0))


def places(counts: Rows) -> Rows:
    """For every place whose world goes on there, (G, N), counted through all groups: itself where it goes on at all.

    So a world changes its place, and its luck, only where it goes on more than once.
    """
    flat = counts.ravel()
    rows = np.arange(flat.size)
    rows[flat == 0] = np.repeat(rows, np.maximum(flat - 1, 0))
    return np.asarray(rows)


def resampled(log_weights: Doubles, start: Array, where: Mask) -> Rows:
    """Rows that go on, (G N,), resampled in the groups `where`, (G,), and as they are in the others."""
    counts = systematic(normalised(log_weights), start)
    return places(np.where(where[:, None], counts, 1))
