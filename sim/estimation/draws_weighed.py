"""Coefficients of a small equation, by drawing them from their priors and weighing each draw by its likelihood.

For a handful of coefficients and a few dozen observations this is enough: no optimiser, no chain, and the mean
likelihood of the draws is the evidence for the form of the equation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.basics.arrays import Doubles

LEVELS = {"low": 0.05, "estimate": 0.5, "high": 0.95}
"""Quantiles of the draws that are told."""
Values = Mapping[str, Doubles]
"""Drawn values by coefficient."""


class Range(NamedTuple):
    """Prior of a coefficient, flat between its ends, or flat in its logarithm."""

    low: float
    high: float
    log: bool = False

    def drawn(self, u: Doubles) -> Doubles:
        """The coefficient at these quantiles."""
        if self.log:
            return np.asarray(self.low * (self.high / self.low) ** u)
        return np.asarray(self.low + (self.high - self.low) * u)


class Weighed(NamedTuple):
    """Draws and what the observations make of them.

    Attributes
    ----------
    values : mapping of str to array
        Drawn values by coefficient.
    weights : array
        Of each draw; they sum to 1.
    log_evidence : float
        Log of the mean likelihood of the draws.
    """

    values: Values
    weights: Doubles
    log_evidence: float

    @property
    def effective(self) -> float:
        """How many equally likely draws would place the coefficients as surely."""
        return float(1.0 / (self.weights**2).sum())

    def table(self, decimals: int) -> pd.DataFrame:
        """Median and 90 % interval of each coefficient."""
        rows = [(name, *self._quantiles(drawn)) for name, drawn in self.values.items()]
        return pd.DataFrame(rows, columns=["coefficient", *LEVELS]).round(decimals)

    def mean(self, quantity: Doubles) -> float:
        """Mean of what each draw comes to."""
        return float(self.weights @ quantity)

    def _quantiles(self, drawn: Doubles) -> list[float]:
        order = np.argsort(drawn)
        reached = np.cumsum(self.weights[order])
        places = np.minimum(np.searchsorted(reached, list(LEVELS.values())), len(order) - 1)
        return [float(drawn[order[place]]) for place in places]


def weighed(form: Mapping[str, Range], log_likelihood: Callable[[Values], Doubles], draws: int, seed: int) -> Weighed:
    """Draw a form's coefficients from their priors and weigh them.

    Parameters
    ----------
    form : mapping of str to Range
        Its coefficients.
    log_likelihood : callable
        Of values by coefficient, arrays of some draws: one number a draw.
    draws, seed : int
        How many, and which.
    """
    u = np.random.default_rng(seed).random((len(form), draws))
    values = {name: prior.drawn(part) for (name, prior), part in zip(form.items(), u, strict=True)}
    found = log_likelihood(values)
    likelihood = np.exp(found - found.max())
    return Weighed(values, likelihood / likelihood.sum(), float(np.log(likelihood.mean()) + found.max()))
