"""Array types, the precision of all numbers of the worlds, and the few elementwise functions that every stage uses."""

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

PRECISION: type[np.floating[Any]] = np.float32
"""Type of every number that a world has of its own. Half the memory of a double, and so twice as many in the cache and
in an instruction; seven digits are more than any number of this model is known to."""


def real(x: Any) -> Array:
    """Numbers, truth values (1 and 0), or arrays of them, in the precision of the worlds.

    What meets such an array stays in its precision if it is another one or a plain number of Python. A double of NumPy,
    even a scalar, would make doubles of both, so it comes through here first.
    """
    return np.asarray(x, dtype=PRECISION)


def full(shape: int | tuple[int, ...], value: Any) -> Array:
    """A new array of this value, or filled with values that broadcast to its shape, in the precision of the worlds."""
    return np.full(shape, value, dtype=PRECISION)


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
