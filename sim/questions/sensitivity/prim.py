"""Scenario discovery: boxes in the space of the parameters in which a doctrine fails far more often than elsewhere.

The patient rule induction method of ema_workbench peels the space, a slice at a time, to boxes with ever more failures.
A box is chosen on one half of the worlds and measured on the other: a method that looks through 27 parameters for the
place with most failures finds one in pure noise too.

References
----------
Friedman, J. H. and Fisher, N. I. (1999). Bump hunting in high-dimensional data. Statistics and Computing 9, 123-143.
Bryant, B. P. and Lempert, R. J. (2010). Thinking inside the box. Technological Forecasting and Social Change 77, 34-49.
Kwakkel, J. H. (2017). The Exploratory Modeling Workbench. Environmental Modelling & Software 96, 239-250.
"""

from __future__ import annotations

import inspect
import warnings
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binom

from sim.basics.arrays import Array
from sim.basics.intervals import count_interval
from sim.basics.limits import InputError

SIGNIFICANT = 0.05
"""Largest quasi-p-value of a limit that a box may rest on."""
SMALLEST = 0.05
"""Least share of the points in a box."""
ANY_FAILURE = np.finfo(float).tiny
"""Threshold of the older line of ema_workbench: a failure is a case of interest, and no box is thrown away."""
FEWEST = 20
"""Failures, and successes, in half of the worlds under which nothing is looked for."""
MISSING = (
    "scenario discovery needs ema_workbench, which is large and not installed; install it with: "
    "python -m pip install 'doctrine-sim[explore]'"
)
Fails = NDArray[np.bool_]


class FailureBox(NamedTuple):
    """A region of the parameter space.

    Attributes
    ----------
    limits : DataFrame
        One row a restricted parameter: `parameter`, `low`, `high` (missing where the box is open), and the
        quasi-p-values `qp_low`, `qp_high` of the two limits.
    base, coverage, density, mass : float
        In the worlds held out that no earlier box holds: share of failures there, part of all failures of the worlds
        held out that the box holds, share of failures inside, part of all worlds inside.
    low, high : float
        95 % interval of the density.
    density_choosing : float
        Share of failures inside, in the worlds that chose the box: too high.
    trajectory : DataFrame
        How the box was peeled: `step`, `restricted`, and of the worlds that chose and of those held out `coverage`
        and `density` (`_held_out`); `chosen` marks the box itself.
    """

    limits: pd.DataFrame
    base: float
    coverage: float
    density: float
    low: float
    high: float
    mass: float
    density_choosing: float
    trajectory: pd.DataFrame

    @property
    def confirmed(self) -> bool:
        """Whether worlds held out fail more often inside, beyond noise."""
        return self.low > self.base


def available() -> None:
    """Make sure that ema_workbench is there.

    Raises
    ------
    InputError
        If it is not; the message says how to install it.
    """
    _prim()


def boxes(points: pd.DataFrame, fails: Fails, most: int = 2) -> list[FailureBox]:
    """Boxes in which failures gather, one after the other, each in what the earlier ones left.

    Parameters
    ----------
    points : DataFrame
        Parameters of each world, a column each.
    fails : NDArray
        Whether each world fails, shape (W,).
    most : int
        Boxes at most; the search ends with the first that the worlds held out do not confirm.

    Returns
    -------
    list of FailureBox
        Empty if almost no world fails, or almost every one.
    """
    found: list[FailureBox] = []
    half = len(points) // 2
    choosing, held = np.arange(len(points)) < half, np.arange(len(points)) >= half
    failures = int(fails[held].sum())
    while len(found) < most and _enough(fails[choosing]) and _enough(fails[held]):
        box = _box(points, fails, choosing, held, failures)
        if box is None:
            break
        found.append(box)
        if not box.confirmed:
            break
        outside = ~inside(points, box.limits)
        choosing, held = choosing & outside, held & outside
    return found


def inside(points: pd.DataFrame, limits: pd.DataFrame) -> NDArray[np.bool_]:
    """Which points lie in a box, shape (W,)."""
    there = np.ones(len(points), dtype=bool)
    for name, low, high in zip(*(limits[column] for column in ("parameter", "low", "high")), strict=True):
        values = points[name].to_numpy(float)
        there &= ~(values < low) & ~(values > high)
    return there


def _enough(fails: Fails) -> bool:
    return bool(fails.sum() >= FEWEST and (~fails).sum() >= FEWEST)


def _box(points: pd.DataFrame, fails: Fails, choosing: Fails, held: Fails, failures: int) -> FailureBox | None:
    """The box on the peeling trajectory, pruned, that gains most: its share of worlds times its rise in density."""
    peeled = [
        pruned(limits, points[choosing], fails[choosing]) for limits in _peeled(points[choosing], fails[choosing])
    ]
    base = float(fails[choosing].mean())
    rows = [_row(step, limits, points, fails, choosing, held, failures) for step, limits in enumerate(peeled)]
    trajectory = pd.DataFrame(rows)
    place = int(np.argmax(trajectory["mass"].to_numpy() * (trajectory["density"].to_numpy() - base)))
    if peeled[place].empty:
        return None
    trajectory["chosen"] = np.arange(len(trajectory)) == place
    there = held & inside(points, peeled[place])
    count, hits = int(there.sum()), int(fails[there].sum())
    if not count:
        return None
    low, high = count_interval(hits, count)
    return FailureBox(
        peeled[place],
        float(fails[held].mean()),
        hits / failures,
        hits / count,
        low,
        high,
        float(there[-(len(points) - len(points) // 2) :].mean()),
        float(trajectory["density"].iloc[place]),
        trajectory.drop(columns="mass"),
    )


def _row(
    step: int, limits: pd.DataFrame, points: pd.DataFrame, fails: Fails, choosing: Fails, held: Fails, failures: int
) -> dict[str, float]:
    """A step of the trajectory, in the worlds that choose and in those held out."""
    within = inside(points, limits)
    ours, theirs = choosing & within, held & within
    return {
        "step": step,
        "restricted": len(limits),
        "mass": float(within[choosing].mean()),
        "coverage": float(fails[ours].sum() / fails[choosing].sum()),
        "density": float(fails[ours].mean()) if ours.any() else float("nan"),
        "coverage_held_out": float(fails[theirs].sum() / failures),
        "density_held_out": float(fails[theirs].mean()) if theirs.any() else float("nan"),
    }


def pruned(limits: pd.DataFrame, points: pd.DataFrame, fails: Fails) -> pd.DataFrame:
    """A box without the limits that make it no denser, the least needed dropped first.

    Returns
    -------
    pandas.DataFrame
        The limits that are left, with their quasi-p-values: the chance of so many failures inside if the density there
        were what it is without that limit (Bryant and Lempert 2010). They do not know that the limit was searched for;
        worlds held out do.
    """
    names = limits["parameter"].to_numpy()
    ends = limits[["low", "high"]].to_numpy(float, copy=True)
    while True:
        p = quasi_p(names, ends, points, fails)
        if not (p >= SIGNIFICANT).any():
            left = ~np.isnan(ends).all(axis=1)
            columns = {"low": ends[:, 0], "high": ends[:, 1], "qp_low": p[:, 0], "qp_high": p[:, 1]}
            kept = {name: values[left] for name, values in {"parameter": names, **columns}.items()}
            return pd.DataFrame(kept)
        ends.flat[np.nanargmax(p)] = np.nan


def quasi_p(names: Any, ends: Array, points: pd.DataFrame, fails: Fails) -> Array:
    """How likely a box would be as dense without each of its limits, shape (limits, 2); NaN where a side is open."""
    values = points[list(names)].to_numpy(float)
    outside = np.stack([values < ends[:, 0], values > ends[:, 1]], axis=-1)
    broken = outside.sum(axis=(1, 2))
    there = broken == 0
    wider = broken[:, None, None] == outside
    density = (wider & fails[:, None, None]).sum(axis=0) / np.maximum(wider.sum(axis=0), 1)
    p = binom.sf(int(fails[there].sum()) - 1, int(there.sum()), density)
    return np.asarray(np.where(np.isnan(ends), np.nan, p))


def _peeled(points: pd.DataFrame, fails: Fails) -> list[pd.DataFrame]:
    """Limits of every box of the peeling and pasting trajectory, the first open on all sides."""
    found = _peel(points, fails)
    return [_limits(box, found.box_lims[0]) for box in found.box_lims]


def _peel(points: pd.DataFrame, fails: Fails) -> Any:
    """What ema_workbench finds."""
    prim = _prim()
    options: dict[str, Any] = {"mass_min": SMALLEST}
    if "threshold" in inspect.signature(prim).parameters:  # the line for Python 3.11
        options["threshold"] = ANY_FAILURE
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pandas and NumPy, about the library's own code
        return prim(points.reset_index(drop=True), fails.astype(float), **options).find_box()


def _limits(box: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """The restricted parameters of a box, open sides as missing."""
    rows = []
    for name in box:
        ends = [float(box[name].iloc[side]) for side in range(2)]
        shut = [ends[side] != float(whole[name].iloc[side]) for side in range(2)]
        if any(shut):
            low, high = (end if closed else float("nan") for end, closed in zip(ends, shut, strict=True))
            rows.append({"parameter": str(name), "low": low, "high": high})
    return pd.DataFrame(rows, columns=["parameter", "low", "high"])


def _prim() -> Any:
    """The class `Prim`, in either line of ema_workbench."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about optional libraries that it does without
        try:
            from ema_workbench.analysis.prim import Prim
        except ImportError:
            raise InputError(MISSING) from None
    return Prim
