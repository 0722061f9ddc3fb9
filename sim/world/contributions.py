"""Europe's voluntary contributions to a partly public good (Olson and Zeckhauser 1966; Bergstrom, Blume, Varian 1986).

Member i with budget y_i maximises (own consumption)^(1 - alpha_i) (own aid + p others' aid)^alpha_i, so its best
reply is alpha_i (y_i + p G_-i) - p G_-i: with publicness p = 1 the textbook game, with p = 0 a private good.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.arrays import Array


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
