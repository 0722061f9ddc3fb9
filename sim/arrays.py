"""Array types and the few elementwise functions that every stage uses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
"""One number a world, shape (W,), or a block of them, shape (members, W)."""
Number = Array | float
"""One number, or one number a world: parameters may differ between worlds."""
Rows = NDArray[np.intp]
"""Indices of some of the worlds."""
Mask = NDArray[np.bool_]
"""One truth value a world, shape (W,)."""


def expit(x: Array) -> Array:
    """Logistic function, overflow-free: the probability whose log-odds are `x`."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * x)))


def clip(x: Array, low: float, high: Array | float) -> Array:
    """`x` held between `low` and `high`, elementwise."""
    return np.asarray(np.minimum(np.maximum(x, low), high))


def blend(old: Any, new: Any, memory: Number) -> Any:
    """Exponential average: `memory` of the old value and the rest of the new one."""
    return memory * old + (1.0 - memory) * new


def pick(value: Number, rows: Rows | slice) -> Number:
    """What some of the worlds have of a quantity that is one number, or one number a world."""
    return value[rows] if isinstance(value, np.ndarray) and value.ndim else value


def total(block: Array | Sequence[Array]) -> Array:
    """Sum a block (members, W), or a row a member, over its members, row by row.

    `block.sum(axis=0)` adds in another order when there is one world, which would change the last bits.
    """
    return np.asarray(reduce(np.add, block))
