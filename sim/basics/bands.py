"""Bands over worlds: which quantiles they are made of, and the trailing mean that lumpy months are smoothed with."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

QUANTILES = {"p05": 0.05, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p95": 0.95}
"""By the names that tables have for them."""


def trailing_mean(values: Any, window: int) -> NDArray[np.float64]:
    """Mean of each value and the `window` - 1 before it along the first axis; of fewer at the start."""
    values = np.asarray(values, dtype=float)
    total = np.cumsum(values, axis=0)
    total[window:] -= total[:-window].copy()
    count = np.minimum(np.arange(1, len(values) + 1), window)
    return np.asarray(total / count.reshape(-1, *[1] * (values.ndim - 1)))
