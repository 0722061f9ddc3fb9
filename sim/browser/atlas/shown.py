"""What the page shows of worlds, whoever simulated them: its outcomes, and the bands of its monthly paths."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.basics.bands import QUANTILES, trailing_mean

SHOWN = ("settled", "in_force", "relapsed", "talks_months", "us_cost", "europe_cost", "europe_share", "land")
"""Outcomes of the page."""
WINDOW = 3
"""Months of the trailing mean of money, as in the figures."""
SERIES = {"us_allocation": WINDOW, "europe_contribution": WINDOW, "russian_held_share": 1, "settled": 1}
"""Monthly paths of the page, and the months that they are averaged over."""
FLAGS = ("settled",)
"""Series that are 0 or 1 in a world: only their mean says something, and their bands are the mean."""
LINES = ("mean", "p05", "p25", "p75", "p95")
"""What a fan is made of."""


def fan(paths: NDArray[np.floating], name: str) -> NDArray[np.float64]:
    """The bands of a series over worlds.

    Parameters
    ----------
    paths : array, shape (W, months)
        The series in every world.
    name : str
        Of `SERIES`.

    Returns
    -------
    array, shape (lines, months)
        Rows as in `LINES`.
    """
    values = paths.T.astype(float)
    if SERIES[name] > 1:
        values = trailing_mean(values, SERIES[name])
    mean = values.mean(axis=-1)[np.newaxis]
    bands = np.quantile(values, [QUANTILES[line] for line in LINES[1:]], axis=-1)
    return np.concatenate([mean, 0.0 * bands + mean if name in FLAGS else bands])
