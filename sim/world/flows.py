"""Money: from authority to allocation, pipeline and delivery, none created and none lost (EUR bn a month).

And Europe's voluntary contributions to a partly public good (Olson and Zeckhauser 1966; Bergstrom, Blume, Varian 1986):
member i with budget y_i maximises (own consumption)^(1 - alpha_i) (own aid + p others' aid)^alpha_i, so its best
reply is alpha_i (y_i + p G_-i) - p G_-i: with publicness p = 1 the textbook game, with p = 0 a private good.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from sim.basics.arrays import Array, Doubles
from sim.basics.draws import PARTS

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


@lru_cache(maxsize=64)
def lumps(nothing: float, power: float) -> Doubles:
    """Lumps of mean 1 at the middles of `PARTS` equally likely parts: nothing, or a power of an exponential.

    As with normals, a table is several times as quick as the function; nothing lies beyond 11.8 times the mean of the
    exponential.

    Parameters
    ----------
    nothing : float
        Chance of nothing.
    power : float
        Of the exponential: 1 is as lumpy as American allocations, more has a heavier tail.
    """
    upper = ((np.arange(PARTS) + 0.5) / PARTS - nothing) / (1.0 - nothing)
    given = (-np.log(np.where(upper > 0.0, upper, 1.0))) ** power
    return np.asarray(given / given.mean())


def best_reply(taste: Any, budget: Any, others: Any, publicness: Any, limit: float) -> Array:
    """Contribution of each member given what the others give, clipped to [0, limit x budget].

    Parameters
    ----------
    taste : array (members, W)
        alpha_i, share of full income that i would give to a public good.
    budget : array (members, 1)
        y_i, EUR bn a month.
    others : array (members, W)
        G_-i, aid expected from everyone else, EUR bn a month.
    publicness : float
        p, share of others' aid that counts as one's own.
    limit : float
        Most that a member gives, as a share of its budget.
    """
    counted = publicness * others
    reply: Array = budget + counted
    reply *= taste
    reply -= counted
    np.maximum(reply, 0.0, out=reply)
    np.minimum(reply, limit * budget, out=reply)
    return reply


def others_give(gifts: Array, everybody: Array) -> Array:
    """G_-i of each member: what `everybody` gives, members and others, without its own gift, shape (members, W)."""
    others: Array = everybody - gifts
    return others
