"""Sobol indices of the mean over luck: whose uncertainty makes the outcome uncertain.

An outcome Y(x, L) depends on the parameters x and on luck L. What is decomposed is the variance, over parameters, of
the mean over luck, m(x) = E[Y | x]: the first-order index of parameter i is Var(E[m | x_i]) / Var(m), the total index
E[Var(m | all but x_i)] / Var(m). With few lucks a point the mean over them is m plus noise, and the usual estimators
would count the noise as an effect of everything. Here the lucks of a point are split into halves: the product of two
halves has no noise in its mean, so the estimates are free of luck however few lucks there are; only less precise.

References
----------
Saltelli, A. et al. (2010). Variance based sensitivity analysis of model output. Computer Physics Communications
181(2), 259-270. Sobol, I. M. (2001). Global sensitivity indices. Mathematics and Computers in Simulation 55, 271-280.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.basics.arrays import PLACES, Array, varies
from sim.basics.resampling import of_statistic

BATCH = 50
"""Resamples held in memory at a time."""


class Indices(NamedTuple):
    """Sobol indices of one quantity.

    Attributes
    ----------
    first, total : Array
        Indices, shape (parameters,); NaN where the parameters move the quantity less than luck lets one see, or where
        it does not vary.
    first_ends, total_ends : Array
        Ends of their 95 % intervals, shape (2, parameters).
    sd : float
        Standard deviation, over parameters, of the mean over luck; 0 where none is seen.
    luck : float
        Share of luck in the variance of a single world, 0 to 1; NaN where the quantity does not vary.
    """

    first: Array
    total: Array
    first_ends: Array
    total_ends: Array
    sd: float
    luck: float


def designed(parameters: int, base: int, seed: int) -> tuple[Array, Array]:
    """Quantiles of the matrices A and B, shape (base, parameters) each: the halves of one scrambled Sobol sequence."""
    from scipy.stats import qmc  # which takes half a second to import, and a report, which knows of designs, needs none

    rng = np.random.Generator(np.random.PCG64(seed))
    both = qmc.Sobol(2 * parameters, rng=rng).random(base)
    return both[:, :parameters], both[:, parameters:]


def crossed(a: Array, b: Array) -> list[Array]:
    """The matrices AB: A with one column of B, a parameter each."""
    return [np.where(np.arange(a.shape[1]) == column, b, a) for column in range(a.shape[1])]


def indices(f_a: Array, f_b: Array, f_ab: Array, seed: int = 1) -> Indices:
    """Sobol indices, with bootstrap intervals, of the mean over luck.

    Parameters
    ----------
    f_a, f_b : Array
        The quantity at A and B, shape (base, lucks), lucks an even number; at the same place the same luck, or
        lucks independent of each other: either will do.
    f_ab : Array
        The quantity at the crossed matrices, shape (parameters, base, lucks).
    seed : int
        Seed of the bootstrap, which resamples points.

    Raises
    ------
    ValueError
        If a number is missing: what is left would not be a design.
    """
    from scipy.stats import sobol_indices

    _check(f_a, f_b, f_ab)
    unknown = np.full((2, len(f_ab)), np.nan)
    if not varies(np.concatenate([f_a, f_b, *f_ab])):
        return Indices(unknown[0], unknown[0], unknown, unknown, 0.0, np.nan)
    halves_a, halves_b, halves_ab = halves(f_a), halves(f_b), np.stack([halves(page) for page in f_ab])
    seen = variance(halves_a, halves_b)
    luck = _luck(np.concatenate([f_a, f_b]), float(seen))
    found = sobol_indices(func={"f_A": halves_a, "f_B": halves_b, "f_AB": halves_ab}, n=len(f_a), method=free_of_luck)
    ends = _ends(halves_a, halves_b, halves_ab, seed)
    if ends[0, 0] <= 0.0 or seen <= 0.0:
        return Indices(unknown[0], unknown[0], unknown, unknown, 0.0, luck)
    first, total = np.split(ends[:, 1:], 2, axis=1)
    return Indices(
        np.atleast_1d(found.first_order), np.atleast_1d(found.total_order), first, total, float(np.sqrt(seen)), luck
    )


def _check(f_a: Array, f_b: Array, f_ab: Array) -> None:
    worlds = np.concatenate([f_a, f_b, *f_ab])
    lost = ~np.isfinite(worlds)
    if lost.any():
        raise ValueError(
            f"the quantity must be finite in every world: it is not in {lost.sum():,} of {lost.size:,} worlds, "
            f"at {lost.any(axis=1).sum():,} of {len(lost):,} points"
        )


def halves(values: Array) -> Array:
    """Means over either half of the lucks, shape (2, points), of values of shape (points, lucks)."""
    points, lucks = values.shape
    return np.asarray(values.reshape(points, 2, lucks // 2).mean(axis=2).T)


def variance(halves_a: Array, halves_b: Array) -> Any:
    """Variance of the mean over luck, from halves of shape (2, ..., base): their covariance, which has no noise.

    What is left of it by the rounding of halves that never vary is 0.
    """
    (a, b), (c, d) = _centred(halves_a, halves_b)
    found = 0.5 * (np.mean(a * b, axis=-1) + np.mean(c * d, axis=-1))
    first, second = _mean(halves_a, halves_b)[..., 0] * PLACES * np.finfo(found.dtype).eps
    return np.where(np.abs(found) > np.abs(first * second), found, 0.0)


def free_of_luck(f_A: Array, f_B: Array, f_AB: Array) -> tuple[Array, Array]:
    """Saltelli's estimators with halves for squares, in the form that `scipy.stats.sobol_indices` asks for.

    Parameters
    ----------
    f_A, f_B, f_AB : Array
        Halves of the lucks first: shapes (2, ..., base) and (parameters, 2, ..., base).

    Returns
    -------
    tuple of Array
        First and total order, shape (..., parameters); NaN where the mean over luck does not vary.
    """
    (a, b), (c, d) = _centred(f_A, f_B)
    mean = _mean(f_A, f_B)
    ab = f_AB - mean
    whole = variance(f_A, f_B)
    whole = np.where(whole == 0.0, np.nan, whole)
    first = 0.5 * (np.mean(c * (ab[:, 1] - b), axis=-1) + np.mean(d * (ab[:, 0] - a), axis=-1))
    total = 0.5 * np.mean((a - ab[:, 0]) * (b - ab[:, 1]), axis=-1)
    return np.moveaxis(first / whole, 0, -1), np.moveaxis(total / whole, 0, -1)


def _mean(f_a: Array, f_b: Array) -> Array:
    return np.asarray(0.5 * (f_a + f_b).mean(axis=-1, keepdims=True))


def _centred(f_a: Array, f_b: Array) -> tuple[Array, Array]:
    mean = _mean(f_a, f_b)
    return f_a - mean, f_b - mean


def _luck(values: Array, seen: float) -> float:
    """Share of luck in the variance of a single world; NaN where neither luck nor parameters are seen to move it."""
    within = float(values[varies(values, axis=1)].var(axis=1, ddof=1).sum() / len(values))
    whole = within + max(seen, 0.0)
    return within / whole if whole > 0.0 else np.nan


def _ends(f_a: Array, f_b: Array, f_ab: Array, seed: int) -> Array:
    """Percentile ends of the variance, the first and the total indices, shape (2, 1 + 2 parameters)."""

    def statistic(places: NDArray[np.intp], axis: int = -1) -> Array:
        a, b, ab = f_a[:, places], f_b[:, places], f_ab[:, :, places]
        rows = np.concatenate([np.asarray(variance(a, b))[..., None], *free_of_luck(a, b, ab)], axis=-1)
        # Points drawn anew may not vary at all; where that is not rare the variance is not seen, and no index is given.
        return np.moveaxis(np.nan_to_num(rows), -1, 0)

    ends, _ = of_statistic(statistic, f_a.shape[1], seed, BATCH)
    return ends
