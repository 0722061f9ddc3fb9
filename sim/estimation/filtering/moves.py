"""Moves of rows of numbers that leave a normal reference as it is, and what of them is kept.

The reference leans on the rows as they are, and on the prior: one that is fitted to the rows alone starves them, since
whatever spread they have lost by chance the next moves cannot give back. Nor does it lean on them in numbers of which
they have learned no more than chance makes of so many rows: with many numbers that starves them as surely, and raises
the evidence with it.

References
----------
Cotter, S., Roberts, G., Stuart, A. and White, D. (2013). MCMC methods for functions: modifying old algorithms to make
them faster. Statistical Science 28, 424-446 (pCN).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.basics.arrays import Doubles

LEANING = 0.7
"""Weight of the rows in the reference; the rest is the prior's."""
CHANCE = 2.0
"""Standard errors within which a number counts as not learned."""
STEP = 0.7
"""b: how far a move goes, 0 to 1."""


class Reference(NamedTuple):
    """A normal: mean, (D,), and the lower triangle of which its covariance is the square, (D, D)."""

    mean: Doubles
    root: Doubles

    def log_over_prior(self, z: Doubles) -> Doubles:
        """Log density of rows under N(0, I) over that under the reference, up to a constant, (rows,)."""
        inner = np.linalg.solve(self.root, (z - self.mean).T)
        return np.asarray(0.5 * np.square(inner).sum(axis=0) - 0.5 * np.square(z).sum(axis=1))

    def moved(self, z: Doubles, generator: np.random.Generator) -> Doubles:
        """Rows a step on: z' = m + sqrt(1 - b^2) (z - m) + b L e."""
        noise = generator.standard_normal(z.shape) @ self.root.T
        return np.asarray(self.mean + np.sqrt(1.0 - STEP**2) * (z - self.mean) + STEP * noise)


def reference(z: Doubles, weights: Doubles) -> Reference:
    """What rows with weights that sum to 1 lean towards, as far as they have learned something of each number."""
    mean = weights @ z
    away = z - mean
    covariance = (weights[:, None] * away).T @ away
    share = LEANING * _learned(mean, np.sqrt(np.diag(covariance)), 1.0 / float(np.square(weights).sum()))
    leaning = np.sqrt(np.outer(share, share)) * covariance + np.diag(1.0 - share)
    return Reference(share * mean, np.asarray(np.linalg.cholesky(leaning), dtype=np.float64))


def _learned(mean: Doubles, spread: Doubles, rows: float) -> Doubles:
    """How much of what sets a number's rows apart from its prior is more than chance makes of so many rows, 0 to 1."""
    error = CHANCE / np.sqrt(rows)
    apart = np.maximum(np.abs(mean), np.sqrt(2.0) * (1.0 - spread))
    return np.asarray(np.maximum(0.0, 1.0 - np.square(error / np.maximum(apart, error))))
