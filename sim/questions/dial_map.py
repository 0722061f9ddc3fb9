"""What a map shows: how far every node is from the doctrine itself, what of it is noise, and which dial does more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.questions.compare import interval
from sim.questions.resampling import percentile_interval, resampled_means

if TYPE_CHECKING:
    import xarray as xr

    from sim.questions.dial_grid import Grid

Array = NDArray[np.float64]
BEYOND = "beyond_noise"


class Contrast(NamedTuple):
    """Mean paired differences of the nodes to the doctrine itself, all of shape (Y, X).

    Attributes
    ----------
    difference, low, high : array
        Mean over worlds, and the ends of its 95 % interval.
    beyond : array of bool
        Whether the interval leaves out zero.
    """

    difference: Array
    low: Array
    high: Array
    beyond: NDArray[np.bool_]


class Effects(NamedTuple):
    """How far each dial moves the mean of an outcome, the other one averaged out.

    Attributes
    ----------
    x, y : float
        Largest less smallest mean over the values of the dial.
    low, high : float
        95 % interval of x - y over worlds; NaN of one world.
    """

    x: float
    y: float
    low: float
    high: float


def contrast_map(nodes: Array, own: Array) -> Contrast:
    """Compare every node with the doctrine itself, world by world.

    Parameters
    ----------
    nodes : array, shape (Y, X, W)
        An outcome in every world.
    own : array, shape (W,)
        The same under the doctrine itself.
    """
    found = np.array([[interval(node - own)[:3] for node in row] for row in nodes])
    difference, low, high = np.moveaxis(found, -1, 0)
    return Contrast(difference, low, high, (low > 0.0) | (high < 0.0))


def main_effects(nodes: Array, seed: int) -> Effects:
    """How far each dial moves the mean, and whether one does more than the other beyond noise.

    Parameters
    ----------
    nodes : array, shape (Y, X, W)
        An outcome in every world.
    seed : int
        Seed of the bootstrap over worlds, which both dials share.
    """
    along = nodes.mean(axis=0), nodes.mean(axis=1)
    x, y = (float(np.ptp(means.mean(axis=-1))) for means in along)
    if nodes.shape[-1] == 1:
        return Effects(x, y, np.nan, np.nan)
    draws = [np.ptp(resampled_means(means, seed), axis=-1) for means in along]
    low, high = percentile_interval(draws[0] - draws[1])
    return Effects(x, y, float(low), float(high))


def node_table(outcomes: xr.Dataset, grid: Grid) -> pd.DataFrame:
    """The map as a table: a row an outcome and node, the columns of the dials called by their names.

    Parameters
    ----------
    outcomes : xarray.Dataset
        Dims (doctrine, world): the doctrine itself, then the nodes, as `sim.questions.dial_grid` orders them.
    grid : Grid
        The nodes.
    """
    across, up = np.meshgrid(grid.levels, grid.levels)
    tables = []
    for name, values in outcomes.data_vars.items():
        own, nodes = _arrays(values, grid)
        found = contrast_map(nodes, own)
        columns = {
            "mean": nodes.mean(axis=-1),
            "mean_own": np.full(across.shape, own.mean()),
            "difference": found.difference,
            "low": found.low,
            "high": found.high,
            BEYOND: found.beyond,
        }
        about = {"outcome": str(name), "label": values.attrs["long_name"], "unit": values.attrs["units"]}
        places = {grid.dials[0]: across.ravel(), grid.dials[1]: up.ravel()}
        tables.append(pd.DataFrame({**about, **places, **{key: array.ravel() for key, array in columns.items()}}))
    return pd.concat(tables, ignore_index=True)


def effect_table(outcomes: xr.Dataset, grid: Grid, seed: int) -> pd.DataFrame:
    """Which dial moves each outcome more.

    Returns
    -------
    DataFrame
        One row an outcome: the range that each dial moves its mean over (columns `range_x`, `range_y`), and the ends
        of the 95 % interval of their difference.
    """
    rows = []
    for name, values in outcomes.data_vars.items():
        own, nodes = _arrays(values, grid)
        x, y, low, high = main_effects(nodes, seed)
        about = {"outcome": str(name), "label": values.attrs["long_name"], "unit": values.attrs["units"]}
        about |= {"phrase": values.attrs["phrase"], "dial_x": grid.dials[0], "dial_y": grid.dials[1]}
        means = nodes.mean(axis=-1)
        levels = {"own": float(own.mean()), "lowest": float(means.min()), "highest": float(means.max())}
        rows.append({**about, **levels, "range_x": x, "range_y": y, "difference": x - y, "low": low, "high": high})
    return pd.DataFrame(rows)


def _arrays(values: xr.DataArray, grid: Grid) -> tuple[Array, Array]:
    """An outcome under the doctrine itself, shape (W,), and at the nodes, shape (Y, X, W)."""
    every = values.transpose("doctrine", "world").to_numpy().astype(float)
    size = len(grid.levels)
    return every[0], every[1:].reshape(size, size, -1)
