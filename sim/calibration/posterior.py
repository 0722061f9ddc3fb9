"""The posterior: parameter sets that the record leaves standing, and how much it says about each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from sim.calibration.histories import Histories, observed
from sim.calibration.priors import PRIORS
from sim.calibration.rejection import Sample, posterior
from sim.calibration.statistics import STATISTICS, available

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
DIGITS = 4


def fit(histories: Histories, last: str, share: float = KEPT) -> Sample:
    """Posterior sample given the record up to a month."""
    names = list(STATISTICS)
    columns = [names.index(name) for name in available(last)]
    return posterior(histories.quantiles, histories.statistics[:, columns], observed()[columns], share)


def sets(sample: Sample, size: int = SETS) -> pd.DataFrame:
    """Equally weighted parameter sets, one a row, columns by name."""
    import pandas as pd

    rows = sample.resampled(size)
    values = {name: prior.value(column) for (name, prior), column in zip(PRIORS.items(), rows.T, strict=True)}
    return pd.DataFrame({name: np.array([float(f"{v:.{DIGITS}g}") for v in column]) for name, column in values.items()})


def fits(samples: Mapping[str, Sample], simulated: int) -> pd.DataFrame:
    """How much each table of sets rests on: histories simulated and kept, and draws that would be worth as much."""
    import pandas as pd

    rows = [(name, simulated, len(found.weights), round(found.effective), SETS) for name, found in samples.items()]
    return pd.DataFrame(rows, columns=["posterior", "simulated", "kept", "effective", "sets"])


def comparison(table: pd.DataFrame) -> pd.DataFrame:
    """Prior against posterior of each free parameter, and how much of the prior's spread the record removed."""
    import pandas as pd

    rows = []
    for name, prior in PRIORS.items():
        values = table[name].to_numpy()
        removed = 1.0 - float(prior.quantile(values).std()) / FLAT_SD
        low, middle, high = (float(f"{v:.4g}") for v in np.quantile(values, (0.05, 0.5, 0.95)))
        known = "yes" if removed >= IDENTIFIED else "no"
        rows.append((name, prior.low, prior.high, low, middle, high, round(removed, 2), known, prior.reason))
    columns = ["parameter", "prior_low", "prior_high", "p05", "p50", "p95", "removed", "identified", "prior_reason"]
    return pd.DataFrame(rows, columns=columns)
