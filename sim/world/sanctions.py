"""Pressure of sanctions: acts in force times upkeep, American and European apart.

An act that tightens puts a share of what is not yet in force into force, and is upkeep itself; one that eases lifts a
share of what no law holds. Where new names are not put on the lists, evasion finds its ways, and what is in force
presses less and less.
"""

from __future__ import annotations

import numpy as np

from sim.basics.arrays import Array, Mask, Number, real

SHORT = 1e-9
"""Expected acts under which none is expected."""


def tightened(level: Array, act: Number, where: Mask) -> Array:
    """What is in force, or how well it is kept up, once an act has closed its share of the gap to the fullest."""
    return np.asarray(level + act * real(where) * (1.0 - level))


def eased(level: Array, act: Number, held: Number, where: Mask) -> Array:
    """What is left in force once an act has lifted its share of what the law does not hold."""
    return np.asarray(level - act * real(where) * np.maximum(level - held, 0.0))


def kept_up(upkeep: Array, leak: Number, kept: Mask) -> Array:
    """How well what is in force is kept up a month later: it leaks where it is not kept up, and mends where it is."""
    return np.asarray(upkeep + leak * (real(kept) - upkeep))


def pressure(american: Array, european: Array, share: Number) -> Array:
    """Sanctions that Russia feels, 0 to 1, of which so much is American where both are at their fullest."""
    return np.asarray(european + share * (american - european))


def still_to_come(level: Array, act: Number, more: Array, months: Number) -> Array:
    """By how much more acts a month raise what is in force, on average over so many months ahead.

    >>> still_to_come(np.array([0.5, 1.0]), 0.2, np.array([0.0, 1.0]), 10.0).tolist()
    [0.0, 0.0]
    """
    closing = np.maximum(act * more * months, SHORT)
    found = (1.0 - level) * (1.0 + np.expm1(-closing) / closing)
    return np.asarray(real(act * more * months > SHORT) * np.maximum(found, 0.0))
