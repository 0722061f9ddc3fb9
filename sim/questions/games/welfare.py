"""Which profiles leave nobody better off without another one worse off, and which are better for all."""

from __future__ import annotations

import numpy as np

from sim.arrays import Array, Mask
from sim.questions.games.regret import TIE, Profile, over, shape_of


def efficient(payoffs: Array) -> Mask:
    """Whether each profile is Pareto efficient among all, shape (S_1, ..., S_n), from payoffs (n, S_1, ..., S_n)."""
    flat = payoffs.reshape(len(payoffs), -1).T
    no_worse = (flat[None, :, :] >= flat[:, None, :] - TIE).all(axis=-1)
    better = np.asarray(flat[None, :, :] > flat[:, None, :] + TIE).any(axis=-1)
    beaten = np.asarray(no_worse & better, dtype=bool).any(axis=1)
    return np.asarray(~beaten).reshape(shape_of(payoffs))


def better_for_all(payoffs: Array, than: Profile) -> Mask:
    """Whether no player loses and one gains by a profile over another, shape (S_1, ..., S_n)."""
    gain = over(payoffs, than)
    return np.asarray((gain >= -TIE).all(axis=0) & (gain > TIE).any(axis=0))
