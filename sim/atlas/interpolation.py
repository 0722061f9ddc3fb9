"""Between the nodes: multilinear interpolation, the same few lines as in `script/interpolation.js`.

At a node it is the node's own number. Between nodes it is an average of the corners of the cell around the point,
each weighted by the share of the cell that lies opposite to it.

References
----------
Press, W. H. et al. (2007). Numerical Recipes, third edition, section 3.6 (interpolation on a grid).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def place(levels: Sequence[float], value: float) -> tuple[int, float]:
    """The cell of a value, and how far into it the value lies, from 0 to 1.

    >>> place((0.0, 0.25, 1.0), 0.25), place((0.0, 0.25, 1.0), 0.625), place((0.0, 0.25, 1.0), 1.0)
    ((1, 0.0), (1, 0.5), (1, 1.0))
    """
    cell = 0
    while cell < len(levels) - 2 and value >= levels[cell + 1]:
        cell += 1
    return cell, (value - levels[cell]) / (levels[cell + 1] - levels[cell])


def corners(levels: Sequence[Sequence[float]], point: Sequence[float]) -> list[tuple[int, float]]:
    """The nodes around a point and their weights; nodes without weight are left out.

    Parameters
    ----------
    levels : sequence of sequences of float
        The values of each dial on the grid, rising.
    point : sequence of float
        A value of each dial.

    Returns
    -------
    list of (int, float)
        Number of the node, the last dial changing fastest, and its weight; the weights sum to 1.
    """
    cells = [place(of_dial, value) for of_dial, value in zip(levels, point, strict=True)]
    found = []
    for ends in itertools.product((0, 1), repeat=len(cells)):
        node, weight = 0, 1.0
        for of_dial, (cell, part), end in zip(levels, cells, ends, strict=True):
            node = node * len(of_dial) + cell + end
            weight *= part if end else 1.0 - part
        if weight:
            found.append((node, weight))
    return found


def interpolate(values: Array, levels: Sequence[Sequence[float]], point: Sequence[float]) -> Array:
    """Values at a point.

    Parameters
    ----------
    values : array, shape (nodes, ...)
        What was simulated at the nodes.
    levels, point
        As in `corners`.

    Returns
    -------
    array, shape (...)
    """
    total: Array = np.zeros(np.shape(values)[1:])
    for node, weight in corners(levels, point):
        total = total + weight * values[node]
    return total
