"""Rejection ABC with regression adjustment (Beaumont, Zhang, Balding 2002), on any table of parameters and statistics.

1. Scale each statistic by its median absolute deviation; distance is Euclidean.
2. Keep the nearest share of the table; weigh by the Epanechnikov kernel of the distance.
3. Regress the parameters, as logits of their prior quantiles, on the statistics; move each kept draw along the
   regression to where it would be had its statistics been the observed ones.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.arrays import Array

EDGE = 1e-6
RIDGE = 1e-6


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
    fallback = statistics.std(axis=0)
    spread = np.where(spread > 0.0, spread, fallback)
    return np.where(spread > 0.0, spread, 1.0)


def distance(statistics: Array, observed: Array, unit: Array) -> Array:
    """Euclidean distance of each simulation from what was observed, each statistic in its own scale, shape (N,)."""
    apart = (statistics - observed.astype(statistics.dtype)) / unit.astype(statistics.dtype)
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", apart, apart)))


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
    """
    unit = scale(statistics) if unit is None else unit
    away = distance(statistics, observed, unit)
    if without is not None:
        away[without] = np.inf
    keep = max(int(share * len(away)), statistics.shape[1] + 2)
    nearest = np.argpartition(away, keep - 1)[:keep]
    weights = 1.0 - (away[nearest] / away[nearest].max()) ** 2
    adjusted, effective = _adjusted(
        quantiles[nearest].astype(float), (statistics[nearest].astype(float) - observed) / unit, weights
    )
    return Sample(adjusted, weights / weights.sum(), effective)


def _adjusted(quantiles: Array, apart: Array, weights: Array) -> tuple[Array, float]:
    """Move each draw along the local regression to where the statistics are the observed ones.

    Returns the moved draws, and how many independent ones would place the regression there as surely.
    """
    inside = np.clip(quantiles, EDGE, 1.0 - EDGE)
    logits = np.log(inside / (1.0 - inside))
    design = np.column_stack([np.ones(len(apart)), apart])
    weighted = design * weights[:, None]
    gram = design.T @ weighted + RIDGE * np.eye(design.shape[1])
    slopes = np.linalg.solve(gram, weighted.T @ logits)[1:]
    there = weighted @ np.linalg.solve(gram, np.eye(len(gram))[0])
    return np.asarray(1.0 / (1.0 + np.exp(-(logits - apart @ slopes)))), float(1.0 / (there**2).sum())
