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
from scipy.stats import binomtest

from sim.limits import InputError

LEVEL = 0.95
"""Coverage of every interval."""
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


class Box(NamedTuple):
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


def boxes(points: pd.DataFrame, fails: Fails, most: int = 2) -> list[Box]:
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
    list of Box
        Empty if almost no world fails, or almost every one.
    """
    found: list[Box] = []
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


def _box(points: pd.DataFrame, fails: Fails, choosing: Fails, held: Fails, failures: int) -> Box | None:
    """The box on the peeling trajectory that gains most, of those whose every limit is significant."""
    peeled = _peeled(points[choosing], fails[choosing])
    base = float(fails[choosing].mean())
    rows = [_row(step, limits, points, fails, choosing, held, failures) for step, limits in enumerate(peeled)]
    trajectory = pd.DataFrame(rows)
    sound = np.array([len(limits) > 0 and _significant(limits) for limits in peeled])
    gain = trajectory["mass"].to_numpy() * (trajectory["density"].to_numpy() - base)
    if not sound.any():
        return None
    place = int(np.argmax(np.where(sound, gain, -np.inf)))
    trajectory["chosen"] = np.arange(len(trajectory)) == place
    there = held & inside(points, peeled[place])
    count, hits = int(there.sum()), int(fails[there].sum())
    if not count:
        return None
    ends = binomtest(hits, count).proportion_ci(LEVEL, method="wilson")
    return Box(
        peeled[place],
        float(fails[held].mean()),
        hits / failures,
        hits / count,
        float(ends.low),
        float(ends.high),
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


def _significant(limits: pd.DataFrame) -> bool:
    """Whether no limit could be left away without losing density, by Bryant and Lempert's test."""
    values = limits[["qp_low", "qp_high"]].to_numpy(float)
    return bool(np.nanmax(values) < SIGNIFICANT)


def _peeled(points: pd.DataFrame, fails: Fails) -> list[pd.DataFrame]:
    """Limits of every box of the peeling and pasting trajectory, the first open on all sides."""
    prim = _prim()
    options: dict[str, Any] = {"mass_min": SMALLEST}
    if "threshold" in inspect.signature(prim).parameters:  # the line for Python 3.11
        options["threshold"] = ANY_FAILURE
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pandas and NumPy, about the library's own code
        found = prim(points.reset_index(drop=True), fails.astype(float), **options).find_box()
        values = found.p_values if hasattr(found, "p_values") else found.qp
        return [_limits(box, found.box_lims[0], p) for box, p in zip(found.box_lims, values, strict=True)]


def _limits(box: pd.DataFrame, whole: pd.DataFrame, p_values: dict[str, list[float]]) -> pd.DataFrame:
    """The restricted parameters of a box, open sides as missing."""
    rows = []
    for name in box:
        ends = [float(box[name].iloc[side]) for side in range(2)]
        shut = [ends[side] != float(whole[name].iloc[side]) for side in range(2)]
        if any(shut):
            limit = dict(zip(("low", "high"), np.where(shut, ends, np.nan).tolist(), strict=True))
            p = np.where(shut, np.asarray(p_values[str(name)], dtype=float), np.nan).tolist()
            rows.append({"parameter": str(name)} | limit | dict(zip(("qp_low", "qp_high"), p, strict=True)))
    return pd.DataFrame(rows, columns=["parameter", "low", "high", "qp_low", "qp_high"])


def _prim() -> Any:
    """The class `Prim`, in either line of ema_workbench."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about optional libraries that it does without
        try:
            from ema_workbench.analysis.prim import Prim
        except ImportError:
            raise InputError(MISSING) from None
    return Prim
