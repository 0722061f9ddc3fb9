"""What a map of two dials shows: how far every node is from the doctrine itself, and which dial does more; in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.basics.arrays import Doubles
from sim.basics.intervals import interval
from sim.basics.labels import counted, decimals, number
from sim.basics.resampling import FEWEST_WORLDS, percentile_interval, resampled_means
from sim.basics.tables import Row
from sim.questions.compare.paired_sentence import differs, scale, topic, unit_of

if TYPE_CHECKING:
    import xarray as xr

    from sim.questions.dials.dial_grid import DialGrid

BEYOND = "beyond_noise"
THEATRES = {
    "europe": "Europe",
    "indo_pacific": "the Indo-Pacific",
    "hemisphere": "the hemisphere",
    "domestic": "domestic goals",
}
"""Shares of the priorities as a reader says them."""
ROUNDING = 1e-9
"""Part of a range under which two ranges are the same: shares of worlds tie, and their sums differ in last digits."""
STEPS = 10
"""Parts of the span of a map that a number tells apart."""
HEAD = ("", "own", "lowest", "highest")


class Contrast(NamedTuple):
    """Mean paired differences of the nodes to the doctrine itself, all of shape (Y, X).

    Attributes
    ----------
    difference, low, high : array
        Mean over worlds, and the ends of its 95 % interval.
    beyond : array of bool
        Whether the interval leaves out zero.
    """

    difference: Doubles
    low: Doubles
    high: Doubles
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


def contrast_map(nodes: Doubles, own: Doubles) -> Contrast:
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


def main_effects(nodes: Doubles, seed: int) -> Effects:
    """How far each dial moves the mean, and whether one does more than the other beyond noise.

    Parameters
    ----------
    nodes : array, shape (Y, X, W)
        An outcome in every world.
    seed : int
        Seed of the bootstrap over worlds, which both dials share; under `FEWEST_WORLDS` of them no interval is known.
    """
    along = nodes.mean(axis=0), nodes.mean(axis=1)
    x, y = (float(np.ptp(means.mean(axis=-1))) for means in along)
    if nodes.shape[-1] < FEWEST_WORLDS:
        return Effects(x, y, np.nan, np.nan)
    draws = [np.ptp(resampled_means(means, seed), axis=-1) for means in along]
    apart = draws[0] - draws[1]
    apart[np.abs(apart) < ROUNDING * max(x, y)] = 0.0
    low, high = percentile_interval(apart)
    return Effects(x, y, float(low), float(high))


def node_table(outcomes: xr.Dataset, grid: DialGrid) -> pd.DataFrame:
    """The map as a table: a row an outcome and node, the columns of the dials called by their names.

    Parameters
    ----------
    outcomes : xarray.Dataset
        Dims (doctrine, world): the doctrine itself, then the nodes, as `sim.questions.dials.dial_grid` orders them.
    grid : DialGrid
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


def effect_table(outcomes: xr.Dataset, grid: DialGrid, seed: int) -> pd.DataFrame:
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


def _arrays(values: xr.DataArray, grid: DialGrid) -> tuple[Doubles, Doubles]:
    """An outcome under the doctrine itself, shape (W,), and at the nodes, shape (Y, X, W)."""
    every = values.transpose("doctrine", "world").to_numpy().astype(float)
    size = len(grid.levels)
    return every[0], every[1:].reshape(size, size, -1)


# ---- in words


def title(effects: pd.DataFrame) -> str:
    """The finding: the first outcome that one dial moves more than the other; where there is none, the first."""
    rows = _rows(effects)
    text = _moved(next(filter(differs, rows), rows[0]))
    return text[:1].upper() + text[1:]


def sentences(nodes: pd.DataFrame, effects: pd.DataFrame) -> list[str]:
    """A sentence an outcome: which dial moves it more, and at how many nodes it differs beyond noise."""
    counts = nodes.groupby("outcome", sort=False)[BEYOND].agg(["sum", "size"])
    said = []
    for row in _rows(effects):
        text = _moved(row)
        beyond, of = counts.loc[row["outcome"]]
        said.append(f"{text[:1].upper()}{text[1:]}; {beyond} of {of} nodes differ beyond noise.")
    return said


def screen_rows(nodes: pd.DataFrame, effects: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    """A table in words: the doctrine's own mean of every outcome, the range over nodes, and the range by each dial."""
    rows = _rows(effects)
    head = [*HEAD, *(f"by {dial_name(rows[0][dial])}" for dial in ("dial_x", "dial_y")), "beyond noise"]
    share = nodes.groupby("outcome", sort=False)[BEYOND].mean()
    columns = ("own", "lowest", "highest", "range_x", "range_y")
    return head, [
        [row["outcome"], *(_text(row, row[column]) for column in columns), f"{share[row['outcome']]:.0%}"]
        for row in rows
    ]


def _rows(effects: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in effects.to_dict("records")]


def _moved(row: Row) -> str:
    """Which dial moves an outcome more."""
    x, y = dial_name(row["dial_x"]), dial_name(row["dial_y"])
    if row["range_x"] == row["range_y"] == 0.0:
        return f"neither {x} nor {y} moves {topic(row)} in any world"
    if not differs(row):
        both = f"{_text(row, row['range_x'])} and {counted(_text(row, row['range_y']), unit_of(row))}"
        return f"{x} and {y} move {topic(row)} by {both}, too close to tell apart"
    more, less, ranges = (x, y, ("range_x", "range_y")) if row["low"] > 0.0 else (y, x, ("range_y", "range_x"))
    far, near = (_text(row, row[name]) for name in ranges)
    return f"{more} moves {topic(row)} more than {less}: by {counted(far, unit_of(row))} against {near}"


def level_text(value: float, span: float) -> str:
    """A level as it is told on a map whose means span so much: to the decimal that tells its parts apart.

    >>> level_text(21.8432, 0.61), level_text(236.6, 11.0)
    ('21.84', '237')
    """
    return number(value, decimals(span / STEPS, most=3))


def _text(row: Row, value: float) -> str:
    return level_text(scale(row) * value, scale(row) * (row["highest"] - row["lowest"]))


def dial_name(dial: str) -> str:
    """A dial as a reader says it.

    >>> dial_name("priorities.indo_pacific"), dial_name("free_riding")
    ('priority of the Indo-Pacific', 'free riding')
    """
    head, _, share = dial.partition(".")
    return f"priority of {THEATRES[share]}" if share else head.replace("_", " ")
