"""Whether two thirds of the Senate would ratify a treaty: votes on aid, moved by a will that nobody knows beforehand.

The log-odds of an aye on a treaty are those of an aid vote of size 0, moved by the same amount in every faction: the
Senate's *will*. It is normal over worlds; its mean is such that a Senate like that of the record refuses as large a
share of treaties as the base rate says. Since ayes only rise with the will, a treaty fails where the will is under a
*bar*, and a chance is a normal tail of the distance to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.basics.arrays import Array, Number, clip, expit, full, real, total
from sim.basics.normal import ndtri
from sim.basics.normal_table import log_ndtr
from sim.world.votes import TWO_THIRDS

if TYPE_CHECKING:
    from sim.scenario.parameters import CongressParameters

NEEDED = TWO_THIRDS - 0.5
"""Ayes before rounding that ratify."""
STEPS = 4
"""Newton steps to the bar: the count is smooth in the will, and the start is near."""
LEAST_SLOPE = 1.0
"""Ayes a log-odd that a count moves at the least: of a Senate that is nearly of one mind it would teach nothing."""
FURTHEST = 2.0
"""Longest Newton step, log-odds."""


class Bar(NamedTuple):
    """The will at which the count stands at a number, and by how many ayes a unit of will moves the count there."""

    will: Array
    slope: Array


def ayes(seats: Array, odds: Array, will: Number) -> Array:
    """Ayes expected of seats (factions, 1) whose log-odds on an aid vote of size 0 are `odds` (factions, W)."""
    return total(seats * expit(odds + will))


def counted(seats: Array, odds: Array, will: Number) -> tuple[Array, Array]:
    """Ayes expected, and how many a unit of will adds."""
    chance = expit(odds + will)
    aye = seats * chance
    return total(aye), np.maximum(total(aye * (1.0 - chance)), LEAST_SLOPE)


def bar(seats: Array, odds: Array, start: Number = 0.0, count: Number = NEEDED) -> Bar:
    """Where the count stands at two thirds, or at another number, looked for from `start`."""
    will = full(odds.shape[-1], start)
    for _ in range(STEPS):
        expected, slope = counted(seats, odds, will)
        will = will + clip((count - expected) / slope, -FURTHEST, FURTHEST)
    return Bar(will, counted(seats, odds, will)[1])


def chance(mean: Array, variance: Array, at: Bar, shock: Number) -> Array:
    """Chance that a Senate ratifies whose will is believed to be N(mean, variance), given the sd of a vote's shock."""
    return np.exp(log_ndtr((mean - at.will) / np.sqrt(variance + (shock / at.slope) ** 2)))


def mean_will(reference: Bar, p: CongressParameters) -> Number:
    """Mean will over worlds: that of which a reference Senate refuses the share `treaty_refused` of treaties."""
    spread = np.sqrt(p.treaty_sd**2 + (p.senate_shock / reference.slope[0]) ** 2)
    return real(reference.will[0] - spread * ndtri(p.treaty_refused))
