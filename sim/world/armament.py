"""What peace leaves of Ukraine's arms: donors answer its need, and a guarantee that arms keeps that need before them.

Peace that nobody pledges arms to is armed as little as its need is felt. So who gains from a pause is what the donors'
own equations make of the need that is left, in the currency of the front: log points of force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.basics.arrays import Array, Mask, Number, Rows, real
from sim.world.packages import ARMS, EUROPEAN_LEVEL

if TYPE_CHECKING:
    from sim.scenario.parameters import EuropeParameters, ExecutiveParameters, FrontParameters

LEAST = 1e-9
"""What stands for nothing where something is divided by it."""
UNARMED, ARMED, GARRISONED = range(3)
"""Kinds of peace: without a pledge of arms; with one; with one and a European force to pay for."""
KINDS = 3


def kind(level: Array) -> Rows:
    """The kind of peace that a guarantee of this level makes.

    >>> [int(kind(np.asarray(level))) for level in range(5)]
    [0, 0, 1, 2, 2]
    """
    return np.asarray((np.asarray(level) >= ARMS) * 1 + (np.asarray(level) >= EUROPEAN_LEVEL) * 1)


def need_left(armed: Mask | bool, p: FrontParameters) -> Number:
    """Share of wartime need that is felt in peace: that of an army that deters, or what was pledged."""
    return np.where(armed, real(p.need_armed), real(p.need_in_peace))


def needs(at_war: Array, p: FrontParameters) -> Array:
    """Need in each kind of peace, (KINDS, R), if in war it is this."""
    return np.stack([at_war * (p.need_armed if which >= ARMED else p.need_in_peace) for which in range(KINDS)])


def american(need: Array, then: Array, p: ExecutiveParameters) -> Array:
    """What a need of then leaves of American arms, share of those of a need of now: as the defence of order wants."""
    return np.asarray((p.order_base + p.order_need * then) / np.maximum(p.order_base + p.order_need * need, LEAST))


def european(need: Array, then: Array, threat: Array, p: EuropeParameters) -> Array:
    """What it leaves of what Europeans mean to give: as their taste goes with the threat felt, no less than nothing."""
    felt = p.threat_base + (1.0 - p.threat_base) * threat
    more = (1.0 - p.threat_base) * p.need_weight * (then - need)
    return np.asarray(np.maximum(1.0 + more / np.maximum(felt, LEAST), 0.0))


def by_kind(of_kinds: Array, level: Any) -> Array:
    """Of values by kind of peace, (KINDS, R), those of guarantee levels (n, 1, 1), as (n, 1, R)."""
    return np.asarray(of_kinds[kind(level)[:, 0, 0]][:, None, :])
