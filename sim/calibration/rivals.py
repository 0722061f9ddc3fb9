"""What a forecaster without a model would say: three rivals, each a sample of paths from the series alone.

All take the observed series up to the origin and give `size` paths of `months` months, shape (size, months).
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Array
from sim.calibration.statistics import OFFSET

YEAR = 12
LEAST_SCALE = 1e-9


def last_year(series: Array, months: int, size: int, seed: int) -> Array:
    """Every month is drawn from the last twelve."""
    generator = np.random.default_rng([seed, 1])
    return np.asarray(generator.choice(series[-YEAR:], size=(size, months)))


def random_walk(series: Array, months: int, size: int, seed: int) -> Array:
    """The last month, plus steps drawn from the observed ones; money does not go below nothing."""
    generator = np.random.default_rng([seed, 2])
    steps = generator.choice(np.diff(series), size=(size, months))
    walk = series[-1] + np.cumsum(steps - np.diff(series).mean(), axis=1)
    return np.asarray(np.maximum(walk, 0.0) if series.min() >= 0.0 else walk)


def log_autoregression(series: Array, months: int, size: int, seed: int) -> Array:
    """AR(1) on logarithms by least squares, with normal errors; on the series itself where it can be negative."""
    positive = bool(series.min() >= 0.0)
    y = np.log(series + OFFSET) if positive else series
    design = np.column_stack([np.ones(len(y) - 1), y[:-1]])
    (constant, slope), *_ = np.linalg.lstsq(design, y[1:], rcond=None)
    errors = y[1:] - design @ np.array([constant, slope])
    spread = max(float(errors.std(ddof=2)), LEAST_SCALE)
    generator = np.random.default_rng([seed, 3])
    state, path = np.full(size, y[-1]), np.empty((size, months))
    for month in range(months):
        state = constant + slope * state + spread * generator.standard_normal(size)
        path[:, month] = state
    return np.asarray(np.maximum(np.exp(path) - OFFSET, 0.0) if positive else path)


RIVALS = {"last twelve months": last_year, "random walk": random_walk, "AR(1) on logs": log_autoregression}
"""Rivals by name."""
