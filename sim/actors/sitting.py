"""A sitting at the table: what both sides weigh, the packages that may be tabled, and the one that is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.basics.arrays import Array, Mask, Rows, real
from sim.world import packages
from sim.world.packages import COUNT, LEVELS, RELIEF, RELIEFS, SHAPE, TRUCES, Stakes
from sim.world.proposal import Asks, Point

SIDES = ("ukraine", "russia")
AMERICAN = {
    alone: np.concatenate([np.ravel(packages.needs_washington(LEVELS, RELIEF, alone)), [False] * TRUCES])[:, None]
    for alone in (False, True)
}
"""Packages of the list in which Washington has to do something, (22, 1), by whether Europeans may stand there alone."""
IS_TRUCE = np.arange(COUNT + TRUCES)[:, None] >= COUNT
"""Which of the list are truces."""
LISTED = (
    real([*np.repeat(packages.GUARANTEES, SHAPE[1]), *range(TRUCES)])[:, None],
    real([*np.tile(RELIEFS, SHAPE[0]), *[0.0] * TRUCES])[:, None],
)
"""Guarantee and relief of the list."""


class Sitting(NamedTuple):
    """What lies open to all who sit at the table, in the R worlds where something is proposed; a pair is a side each.

    Attributes
    ----------
    rows : Rows (R,)
        The worlds.
    stakes : pair of Stakes
        What each weighs.
    refusing, refusing_rise : pair of Array (R,)
        What refusing is worth to each beyond war, living on in a truce where one holds; what hardship adds to it.
    front, rise : pair of Array (5, 4, R), (5, 1, R)
        Gain over refusing of a settlement along the front, and what a unit of hardship adds to it.
    truce, truce_rise : pair of Array (2, R)
        The same of a truce.
    point : Point
        The public Nash point.
    asks : pair of Asks
        What each holds out for.
    washington : Array (5, 4, R)
        What a settlement along the front is worth to Washington over going on, Russia's gain left out.
    log_consent : Array (5, 4, R)
        Log of the chance that Europe and the Senate let a package through.
    """

    rows: Rows
    stakes: tuple[Stakes, Stakes]
    refusing: tuple[Array, Array]
    refusing_rise: tuple[Array, Array]
    front: tuple[Array, Array]
    rise: tuple[Array, Array]
    truce: tuple[Array, Array]
    truce_rise: tuple[Array, Array]
    point: Point
    asks: tuple[Asks, Asks]
    washington: Array
    log_consent: Array


class Offers(NamedTuple):
    """Some packages in each of R worlds, (n, R) or what broadcasts to it; a pair is a side each.

    Attributes
    ----------
    rows : Rows (R,)
        The worlds.
    units : pair of Array (R,)
        What a unit of hardship adds to a month of war.
    gains, rises : pair of Array
        Gain over refusing at the public mean of hardship, and what a unit of hardship adds to it.
    asks, ask_rises : pair of Array
        What each holds out for, and the same of it.
    worth : Array
        Gain of Washington, Russia's gain left out.
    log_consent : Array
        Log of the chance that all others agree.
    american, truce : Mask
        Whether Washington has to do something; whether it is but a truce.
    terms : tuple of Array
        Line, guarantee and relief.
    """

    rows: Rows
    units: tuple[Array, Array]
    gains: tuple[Array, Array]
    rises: tuple[Array, Array]
    asks: tuple[Array, Array]
    ask_rises: tuple[Array, Array]
    worth: Array
    log_consent: Array
    american: Mask
    truce: Mask
    terms: tuple[Array, Array, Array]


class Offer(NamedTuple):
    """A package a world, (R,): line, level of guarantee, share of sanctions lifted; and whether it is but a truce."""

    offset: Array
    guarantee: Rows
    relief: Array
    truce: Mask

    def of(self, columns: Rows) -> Offer:
        """The same in some of the worlds."""
        return Offer(self.offset[columns], self.guarantee[columns], self.relief[columns], self.truce[columns])
