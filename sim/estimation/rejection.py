"""Rejection ABC with regression adjustment (Beaumont, Zhang, Balding 2002), on any table of parameters and statistics.

1. Scale each statistic by its median absolute deviation; distance is Euclidean.
2. Keep the nearest share of the table, and whatever is as near as the farthest of it; weigh by the Epanechnikov kernel
   of the distance.
3. Regress the parameters, as logits of their prior quantiles, on the statistics; move each kept draw along the
   regression to where it would be had its statistics been the observed ones.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.basics.arrays import PLACES, Array, Rows, expit, varies

EDGE = 1e-6
RIDGE = 1e-6
"""Added to the diagonal of the regression's slopes, whose heaviest draw weighs 1: before the draws are looked at, a
slope is 0 give or take a thousand of their scatter."""


class Sample(NamedTuple):
    """A weighted posterior sample in prior quantiles, shape (kept, parameters), and its weights, summing to 1.

    effective : how many independent draws of the posterior would place its mean as surely. Fewer than are kept: the
    further what was observed lies from the middle of what was kept, the more the regression has to reach.
    """

    quantiles: Array
    weights: Array
    effective: float

    def resampled(self, size: int) -> Array:
        """Draw `size` equally weighted rows, by systematic resampling."""
        edges = np.cumsum(self.weights)
        places = (np.arange(size) + 0.5) / size
        return np.asarray(self.quantiles[np.minimum(np.searchsorted(edges, places), len(edges) - 1)])


def scale(statistics: Array) -> Array:
    """Median absolute deviation of each column; the standard deviation where that is 0; 1 where nothing varies."""
    spread = np.median(np.abs(statistics - np.median(statistics, axis=0)), axis=0)
    spread = np.where(spread > 0.0, spread, statistics.std(axis=0))
    return np.where(varies(statistics, axis=0), spread, 1.0)


def distance(statistics: Array, observed: Array, unit: Array) -> Array:
    """Euclidean distance of each simulation from what was observed, each statistic in its own scale, shape (N,).

    Raises
    ------
    ValueError
        If a statistic, simulated or observed, is missing or infinite: a history without a distance is neither near nor
        far.
    """
    apart = (statistics - observed.astype(statistics.dtype)) / unit.astype(statistics.dtype)
    away = np.asarray(np.sqrt(np.einsum("ij,ij->i", apart, apart)))
    if not np.isfinite(away).all():
        raise ValueError(_missing(statistics, observed))
    return away


def _missing(statistics: Array, observed: Array) -> str:
    """Where a number is missing, in words."""
    lost = ~np.isfinite(statistics)
    columns = np.flatnonzero(lost.any(axis=0) | ~np.isfinite(observed))
    return (
        f"statistics must be finite: {lost.any(axis=1).sum():,} of {len(statistics):,} simulations and "
        f"{(~np.isfinite(observed)).sum()} of {len(observed)} observed ones are not, in columns "
        f"{', '.join(map(str, columns))}"
    )


def posterior(
    quantiles: Array,
    statistics: Array,
    observed: Array,
    share: float,
    unit: Array | None = None,
    without: int | None = None,
) -> Sample:
    """Posterior sample given the observed statistics.

    Parameters
    ----------
    quantiles : array (N, parameters)
        Prior quantiles of the parameters of each simulation, 0 to 1.
    statistics : array (N, statistics)
        What each simulation gave.
    observed : array (statistics,)
        What was observed.
    share : float
        Share of the simulations to keep, 0 to 1.
    unit : array (statistics,), optional
        Scale of each statistic; from the table itself if None.
    without : int, optional
        Row that is left out: the simulation that is taken for what was observed.

    Returns
    -------
    Sample

    Raises
    ------
    ValueError
        If a statistic or a quantile of a simulation that is kept is not finite, or the table has too few simulations.
    """
    unit = scale(statistics) if unit is None else unit
    away = distance(statistics, observed, unit)
    keep, others = max(int(share * len(away)), statistics.shape[1] + 2), len(away) - (without is not None)
    if keep > others:
        raise ValueError(
            f"{keep} simulations are to be kept of {others}: a share of at most 1, and two simulations more than the "
            f"{statistics.shape[1]} statistics at least"
        )
    if without is not None:
        away[without] = np.inf
    rounding = PLACES * np.finfo(statistics.dtype).eps * np.abs(observed / unit).max()
    nearest, weights = kernel(away, keep, float(rounding))
    if not np.isfinite(quantiles[nearest]).all():
        raise ValueError("quantiles of the parameters must be finite in every simulation that is kept")
    adjusted, effective = _adjusted(
        quantiles[nearest].astype(float), (statistics[nearest].astype(float) - observed) / unit, weights
    )
    return Sample(adjusted, weights / weights.sum(), effective)


def kernel(away: Array, keep: int, rounding: float = 0.0) -> tuple[Rows, Array]:
    """Rows that are kept, the nearest `keep` and those tied with the farthest of them, and their Epanechnikov weights.

    The kernel falls to nothing at the farthest. Where several lie there it falls to nothing at the first that is not
    kept, since statistics that are counts may put all that is kept at one distance.

    Parameters
    ----------
    away : array (N,)
        Distances; infinite for what may not be kept.
    keep : int
        From 2 to the number of finite distances.
    rounding : float
        Distances that differ by no more are tied.

    Returns
    -------
    tuple of arrays
        Rows, and weights from 0 to 1, which the heaviest has.
    """
    order = np.argpartition(away, keep - 1)
    nearest, others = order[:keep], order[keep:]
    farthest = away[nearest].max()
    ties = others[away[others] <= farthest + rounding]
    rows = np.concatenate([nearest, ties])
    tied = np.count_nonzero(away[rows] >= farthest - rounding) > 1
    reach = away[others][away[others] > farthest + rounding].min(initial=np.inf) if tied else farthest
    weights = 1.0 - (away[rows] / reach) ** 2
    return rows, np.asarray(weights / weights.max())


def _adjusted(quantiles: Array, apart: Array, weights: Array) -> tuple[Array, float]:
    """Move each draw along the local regression to where the statistics are the observed ones.

    Returns the moved draws, and how many independent ones would place the regression there as surely.
    """
    inside = np.clip(quantiles, EDGE, 1.0 - EDGE)
    logits = np.log(inside / (1.0 - inside))
    mine = weights / weights.sum()
    middle = mine @ apart
    around = apart - middle
    weighted = around * weights[:, None]
    gram = around.T @ weighted + RIDGE * np.eye(apart.shape[1])
    slopes = np.linalg.solve(gram, weighted.T @ logits)
    reach = np.linalg.solve(gram, middle)
    there = mine - weighted @ reach  # sums to 1, so that no more draws than there are could be as sure
    unseen = RIDGE * (reach @ reach)  # what slopes may be that the draws say nothing of
    return expit(logits - apart @ slopes), float(1.0 / (there @ there + unseen))
