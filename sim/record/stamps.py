"""The stamp of a table that ships: what a few worlds said when it was made.

A table is out of date when the model no longer says the same of those worlds. Numbers are kept and compared, not
hashed: another processor rounds otherwise. A new mechanism that moves nothing leaves the table as true as it was.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.basics.arrays import Array

WORLDS = 8
"""Worlds that a stamp is made of, the first of the table's own."""
MOST_ASTRAY = 1
"""Worlds that may say something else: a decision so near its threshold that rounding took it the other way."""
RTOL, ATOL = 1e-4, 1e-5
"""Of a number, and of the largest number of its row."""
DIGITS = 7


def stamp(numbers: Mapping[str, Array], seed: int) -> pd.DataFrame:
    """The stamp: a row a quantity, a column a world.

    Parameters
    ----------
    numbers : mapping of str to Array
        What the first `WORLDS` worlds say, by the quantity's name.
    seed : int
        Seed of their luck.
    """
    values = np.stack([np.asarray(row, dtype=float) for row in numbers.values()])
    rounded = np.array([[float(f"{value:.{DIGITS}g}") for value in row] for row in values])
    columns = {f"world_{world}": rounded[:, world] for world in range(WORLDS)}
    return pd.DataFrame({"of": list(numbers), "seed": seed, **columns})


def outdated(shipped: pd.DataFrame, now: pd.DataFrame) -> str:
    """Why a table is out of date, given its stamp and that of the model as it is now; nothing if it is not."""
    if shipped["of"].tolist() != now["of"].tolist():
        named = sorted({*shipped["of"]} ^ {*now["of"]})
        return f"it is made of other quantities: {', '.join(named[:3])}"
    was, found = (frame.filter(like="world_").to_numpy(float) for frame in (shipped, now))
    size = np.max(np.abs(was), axis=1, where=np.isfinite(was), initial=0.0)[:, np.newaxis]
    off = np.abs(found - was) > RTOL * np.abs(was) + ATOL * size
    off |= np.isnan(found) != np.isnan(was)
    astray = np.flatnonzero(off.any(axis=0))
    if len(astray) <= MOST_ASTRAY:
        return ""
    world = int(astray[0])
    row = int(np.argmax(off[:, world]))
    first = f"{shipped['of'].iloc[row]} was {was[row, world]:g}, is {found[row, world]:g}"
    return f"{len(astray)} of {WORLDS} worlds say something else: {first}"
