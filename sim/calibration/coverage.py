"""Is the posterior as sure as it may be? Ranks of true parameters within posteriors of simulated records.

Simulated histories near the observed one are taken for the record in turn (Prangle et al. 2014); if the posterior is
right, the rank of the true parameter within it is uniform, and a 90 % interval covers it nine times in ten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.arrays import Array
from sim.calibration.histories import Histories, observed
from sim.calibration.priors import PRIORS
from sim.calibration.rejection import distance, posterior, scale

if TYPE_CHECKING:
    import pandas as pd

TRIALS = 200
NEAR = 0.05
"""Share of the histories, nearest to the observed one, from which trials are taken."""
DRAWS = 200


def ranks(quantiles: Array, statistics: Array, trials: Array, share: float) -> Array:
    """Rank of the truth within the posterior of each trial, 0 to 1, shape (trials, parameters)."""
    unit = scale(statistics)
    result = np.empty((len(trials), quantiles.shape[1]))
    for place, trial in enumerate(trials):
        sample = posterior(quantiles, statistics, statistics[trial], share, unit, without=trial)
        below = sample.quantiles < quantiles[trial]
        result[place] = (sample.weights[:, None] * below).sum(axis=0)
    return result


def near(statistics: Array, trials: int = TRIALS) -> Array:
    """Rows of histories near the observed one, spread evenly over the nearest share."""
    away = distance(statistics, observed(), scale(statistics))
    order = np.argsort(away, kind="stable")[: max(trials, int(NEAR * len(statistics)))]
    return np.asarray(order[np.linspace(0, len(order) - 1, trials).astype(int)])


def covered(at: Array, level: float) -> Array:
    """Share of trials whose truth lies in the central interval of a level, by parameter."""
    return np.asarray(np.round((np.abs(at - 0.5) <= level / 2).mean(axis=0), 3))


def check(histories: Histories, share: float, trials: int = TRIALS) -> pd.DataFrame:
    """Uniformity of the ranks (Kolmogorov-Smirnov) and coverage of the 50 and 90 % intervals, by parameter."""
    import pandas as pd
    from scipy.stats import kstest

    at = ranks(histories.quantiles, histories.statistics, near(histories.statistics, trials), share)
    return pd.DataFrame(
        {
            "parameter": list(PRIORS),
            "cover_50": covered(at, 0.5),
            "cover_90": covered(at, 0.9),
            "p_uniform": [round(float(kstest(column, "uniform").pvalue), 4) for column in at.T],
        }
    )
