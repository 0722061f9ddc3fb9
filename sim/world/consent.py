"""Consent that is decided for half a year: what an answer betrays of it, exactly.

Governments make up their minds in January and July. Until the next time they consent wherever the chance of it is over
what they have in mind, u, uniform on (0, 1). Whoever was refused at a chance of c knows that u is over c; whoever got a
consent, that it is under. What is left is uniform between.
"""

from __future__ import annotations

import numpy as np

from sim.basics.arrays import Array, Mask, clip

DECIDED = ("-01", "-07")
"""Months in which governments make up their minds anew."""
LEAST_ROOM = 1e-6
"""Width of what is still open that counts as none."""


def left(chance: Array, low: Array, high: Array) -> Array:
    """Chance of a consent to one who knows that what they have in mind lies between `low` and `high`.

    >>> over, under = np.array(0.4), np.array(1.0)  # refused at .4
    >>> [round(float(left(np.array(chance), over, under)), 9) for chance in (0.3, 0.4, 0.7)]
    [0.0, 0.0, 0.5]
    """
    return clip((chance - low) / np.maximum(high - low, LEAST_ROOM), 0.0, 1.0)


def given(chance: Array, mind: Array, low: Array, high: Array) -> Mask:
    """Whether they consent, where the chance that is left is so much."""
    return np.asarray(mind < low + chance * (high - low))


def learned(chance: Array, consents: Mask, low: Array, high: Array) -> tuple[Array, Array]:
    """What is known of their mind after an answer to something that had a chance of so much left."""
    told = low + chance * (high - low)
    return np.where(consents, low, told), np.where(consents, told, high)
