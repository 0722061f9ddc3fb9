"""Which profiles leave nobody better off without another one worse off, and which are better for all."""

from __future__ import annotations

import numpy as np

from sim.arrays import Array, Mask
from sim.questions.games.regret import TIE, Profile, shape_of


def efficient(payoffs: Array) -> Mask:
    """Whether each profile is Pareto efficient among all, shape (S_1, ..., S_n), from payoffs (n, S_1, ..., S_n)."""
    flat = payoffs.reshape(len(payoffs), -1).T
    no_worse = (flat[None, :, :] >= flat[:, None, :] - TIE).all(axis=-1)
    better = (flat[None, :, :] > flat[:, None, :] + TIE).any(axis=-1)
    return np.asarray(~(no_worse & better).any(axis=1)).reshape(shape_of(payoffs))


def better_for_all(payoffs: Array, than: Profile) -> Mask:
    """Whether no player loses and one gains by a profile over another, shape (S_1, ..., S_n)."""
    gain = payoffs - payoffs[(slice(None), *than)].reshape(-1, *[1] * (payoffs.ndim - 1))
    return np.asarray((gain >= -TIE).all(axis=0) & (gain > TIE).any(axis=0))
