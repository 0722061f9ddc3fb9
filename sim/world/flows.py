"""Money: from authority to allocation, pipeline and delivery, none created and none lost (EUR bn a month)."""

from __future__ import annotations

import numpy as np

from sim.arrays import Array

TRIFLE = 1e-6
"""Flow under which nothing is desired, EUR bn a month."""


def allocate(desired: Array, lump: Array, authority: Array) -> Array:
    """What is allocated this month: the desired flow in lumps, within the authority that Congress gave."""
    return np.minimum(desired * lump, authority)


def deliver(pipeline: Array, rate: float) -> Array:
    """What arrives this month out of the pipeline."""
    return rate * pipeline


def starved(desired: Array, authority: Array) -> Array:
    """Share of the desired flow that authority cannot cover, 0 to 1; 0 where nothing is desired."""
    wanted = np.maximum(desired, TRIFLE)
    return np.where(desired > TRIFLE, np.maximum(0.0, 1.0 - authority / wanted), 0.0)


def share(ours: Array, theirs: Array) -> Array:
    """Our share of all that is given, 0 to 1; one half where nobody gives anything."""
    given = ours + theirs
    return np.where(given > 0.0, ours / np.where(given > 0.0, given, 1.0), 0.5)
