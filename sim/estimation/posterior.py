"""The posterior: parameter sets that the record leaves standing, how much it says about each, and whether it is right.

Two checks. *Coverage*: simulated histories near the observed one are taken for the record in turn (Prangle et al.
2014); if the posterior is right, the rank of the true parameter within it is uniform, and a 90 % interval covers it
nine times in ten. *Surroundings*: does the record lie at the edge of what is simulated? That the nearest of many
histories is far says little by itself, since among as many statistics as these every history is far from every other
(Beyer et al. 1999); so the record's distance is held against what simulated histories have.

References
----------
Beyer, K., Goldstein, J., Ramakrishnan, R. and Shaft, U. (1999). When is "nearest neighbor" meaningful? Database Theory,
ICDT '99, Springer, 217-235.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.basics.arrays import Array
from sim.estimation.priors import PRIORS
from sim.estimation.reference_table import Histories, observed
from sim.estimation.rejection import Sample, distance, posterior, scale
from sim.estimation.summary_statistics import STATISTICS, available

if TYPE_CHECKING:
    import pandas as pd


SETS = 1000
"""Parameter sets that ship: enough that their being a sample matters less than the luck of the fit."""
KEPT = 0.005
"""Share of the simulated histories that are kept."""
FLAT_SD = 12.0**-0.5
"""Standard deviation of a flat prior, in quantiles."""
IDENTIFIED = 0.15
"""Share of the prior's spread that the record must remove for a parameter to count as identified."""
ENOUGH = 100.0
"""Independent draws that a fit must be worth before it says what is identified: fewer huddle together by chance."""
UNSAID = "too few draws"
"""What stands for yes or no where a fit is worth less."""
DIGITS = 4
TRIALS = 200
NEAR = 0.05
"""Share of the histories, nearest to the observed one, from which trials are taken."""
NEIGHBOURS = 100
"""Simulated histories whose nearest neighbours the record's is held against."""


def fit(histories: Histories, last: str, share: float = KEPT) -> Sample:
    """Posterior sample given the record up to a month."""
    return posterior(histories.quantiles, *known(histories, last), share)


def known(histories: Histories, last: str) -> tuple[Array, Array]:
    """The statistics that need no month after `last`, of the histories and of the record."""
    names = list(STATISTICS)
    columns = [names.index(name) for name in available(last)]
    return histories.statistics[:, columns], observed()[columns]


def sets(sample: Sample, size: int = SETS) -> pd.DataFrame:
    """Equally weighted parameter sets, one a row, columns by name."""
    import pandas as pd

    rows = sample.resampled(size)
    values = {name: prior.value(column) for (name, prior), column in zip(PRIORS.items(), rows.T, strict=True)}
    return pd.DataFrame({name: np.array([float(f"{v:.{DIGITS}g}") for v in column]) for name, column in values.items()})


def fits(histories: Histories, samples: Mapping[str, Sample], last_seen: Mapping[str, str]) -> pd.DataFrame:
    """How much each table of sets rests on.

    Returns
    -------
    pandas.DataFrame
        A row a posterior: histories `simulated` and `kept`, independent draws that would be worth as much
        (`effective`), `sets` that ship, and `nearest` and `farther` of `sim.estimation.posterior`.
    """
    import pandas as pd

    rows = []
    for name, found in samples.items():
        there = surroundings(*known(histories, last_seen[name]))
        kept = (len(histories.quantiles), len(found.weights), round(found.effective))
        rows.append((name, *kept, SETS, round(there.nearest, 2), round(there.farther, 2)))
    columns = ["posterior", "simulated", "kept", "effective", "sets", "nearest", "farther"]
    return pd.DataFrame(rows, columns=columns)


def comparison(table: pd.DataFrame, effective: float) -> pd.DataFrame:
    """Prior against posterior of each free parameter, and how much of the prior's spread the record removed.

    Parameters
    ----------
    table : DataFrame
        As `sets` makes it.
    effective : float
        Independent draws that the fit is worth. Under `ENOUGH` of them nothing is said of what the record removed.
    """
    import pandas as pd

    enough, rows = effective >= ENOUGH, []
    for name, prior in PRIORS.items():
        values = table[name].to_numpy()
        removed = 1.0 - float(prior.quantile(values).std()) / FLAT_SD
        low, middle, high = (float(f"{v:.4g}") for v in np.quantile(values, (0.05, 0.5, 0.95)))
        known = "yes" if removed >= IDENTIFIED else "no"
        said = (round(removed, 2), known) if enough else (np.nan, UNSAID)
        rows.append((name, prior.low, prior.high, low, middle, high, *said, prior.reason))
    columns = ["parameter", "prior_low", "prior_high", "p05", "p50", "p95", "removed", "identified", "prior_reason"]
    return pd.DataFrame(rows, columns=columns)


# ---- does it cover


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


def coverage(histories: Histories, share: float = KEPT, trials: int = TRIALS) -> pd.DataFrame:
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


# ---- does the record lie at the edge


class Surroundings(NamedTuple):
    """How far what was observed lies from the simulations.

    Attributes
    ----------
    nearest : float
        Distance to the nearest simulation, each statistic in its own scale.
    farther : float
        Share of the simulations that lie farther from their own nearest neighbour, 0 to 1. Near 0 the observed one lies
        at the edge of what is simulated, or beyond it; near a half it is one like any other.
    """

    nearest: float
    farther: float


def surroundings(statistics: Array, observed: Array, trials: int = NEIGHBOURS) -> Surroundings:
    """Hold the nearest neighbour of what was observed against those of simulations.

    Parameters
    ----------
    statistics : array (N, statistics)
        What each simulation gave.
    observed : array (statistics,)
        What was observed.
    trials : int
        Simulations that are looked at, at even intervals in the table.
    """
    unit = scale(statistics)
    nearest = float(distance(statistics, observed, unit).min())
    rows = np.unique(np.linspace(0, len(statistics) - 1, trials).astype(int))
    theirs = np.array([_nearest(statistics, row, unit) for row in rows])
    return Surroundings(nearest, float((theirs > nearest).mean()))


def _nearest(statistics: Array, row: int, unit: Array) -> float:
    """Distance of one simulation to the nearest of the others."""
    away = distance(statistics, statistics[row], unit)
    away[row] = np.inf
    return float(away.min())
