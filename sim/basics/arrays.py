"""Array types, the precision of all numbers of the worlds, and the few elementwise functions that every stage uses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
"""One number a world, shape (W,), or a block of them, shape (members, W)."""
Doubles = NDArray[np.float64]
"""Numbers in double precision, of any shape."""
Number = Array | float
"""One number, or one number a world: parameters may differ between worlds."""
Rows = NDArray[np.intp]
"""Indices of some of the worlds."""
Mask = NDArray[np.bool_]
"""One truth value a world, shape (W,)."""

PRECISION: type[np.floating[Any]] = np.float32
"""Type of every number that a world has of its own. Half the memory of a double, and so twice as many in the cache and
in an instruction; seven digits are more than any number of this model is known to."""

PLACES = 8.0
"""Units of the last place within which numbers that should be the same may differ."""

ASKED_FOR = 2**25 - 2**16
"""Bytes: as large an array as glibc learns from."""


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


def either(where: Mask, yes: Number, no: Number) -> Array:
    """`np.where` for finite numbers; several times as quick where chance decides, which no processor foresees."""
    chosen = real(where)
    return np.asarray(chosen * yes + (1.0 - chosen) * no)


def pick(value: Number, rows: Rows | slice) -> Number:
    """What some of the worlds have of a quantity that is one number, or one number a world."""
    return value[rows] if isinstance(value, np.ndarray) and value.ndim else value


def varies(values: Array, axis: int | None = None) -> Any:
    """Whether values along an axis, or all of them, differ by more than the rounding of their last places.

    The mean of many times .1 is not quite .1, so that a standard deviation of what never varies need not be 0.

    >>> varies(np.array([[0.3, 0.1 + 0.2], [0.3, 0.30001]]), axis=1).tolist()
    [False, True]
    """
    largest = np.abs(values).max(axis=axis)
    return np.ptp(values, axis=axis) > PLACES * np.finfo(values.dtype).eps * largest


def total(block: Array | Sequence[Array]) -> Array:
    """Sum a block (members, W), or a row a member, over its members, row by row.

    `block.sum(axis=0)` adds in another order when there is one world, which would change the last bits.
    """
    return np.asarray(reduce(np.add, block))


def keep_memory() -> None:
    """Have what arrays give back kept for the next ones, where the C library is glibc.

    Memory that is returned to the system and asked for again comes a page at a time, each emptied first, which takes a
    tenth of a run. When an array of less than 32 MB is given back, glibc takes that for the size that a program goes on
    asking for, and keeps as much at hand from then on; no page of this one is ever touched.
    """
    np.empty(ASKED_FOR, np.uint8)
