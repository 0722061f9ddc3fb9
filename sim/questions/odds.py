"""Odds of hypotheses from simulated data: multinomial logistic regression, and a Gaussian rival to check it by.

The regression learns, from worlds whose hypothesis is known, the probability of each hypothesis given the summaries of
a world and their squares; with as many worlds a hypothesis its output is the posterior under equal prior odds (the
ratio of likelihoods estimated by classification). The rival fits a Gaussian to the summaries of each hypothesis
(synthetic likelihood).

References
----------
Thomas, O., Dutta, R., Corander, J., Kaski, S. and Gutmann, M. U. (2022). Likelihood-free inference by ratio estimation.
Bayesian Analysis 17(1). Wood, S. N. (2010). Statistical inference for noisy nonlinear ecological dynamic systems.
Nature 466. Schaefer, J. and Strimmer, K. (2005). A shrinkage approach to large-scale covariance matrix estimation.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from sim.arrays import Array

RIDGE = 2.0
"""Weight of the squared slopes, against the log score summed over worlds: keeps slopes finite where classes separate.

Chosen by held-out scores on 200 to 2,000 worlds: a quarter of it is overconfident on few, five times it shy on many."""
PIECE = 128
"""Worlds that are multiplied at a time: so few that BLAS keeps to one thread, since several threads wait for each other
on a busy machine, for a hundred times as long as the work takes."""
RIDGE_INTERCEPT = 1e-6
"""The same for the intercepts, which only have to be made unique."""
SHRINKAGE = 0.1
"""Weight of the diagonal in a covariance matrix (judgement)."""


class Scale(NamedTuple):
    """How summaries are brought to a common scale, and the range that simulated worlds reach."""

    middle: Array
    unit: Array
    low: Array
    high: Array

    def of(self, summaries: Array) -> Array:
        """Summaries in standard deviations from the middle."""
        return np.asarray((summaries - self.middle) / self.unit)

    def within(self, summaries: Array) -> Array:
        """Summaries with what lies beyond every simulated world moved to its nearest end: odds are not extrapolated."""
        return np.asarray(np.clip(summaries, self.low, self.high))


class Regression(NamedTuple):
    """Slopes (2 summaries, hypotheses) and intercepts (hypotheses,) of log-odds on summaries and their squares."""

    scale: Scale
    slopes: Array
    intercepts: Array

    def log_odds(self, summaries: Array) -> Array:
        """Log posterior under equal prior odds, shape (..., hypotheses)."""
        return np.asarray(
            log_softmax(_curved(self.scale.of(self.scale.within(summaries))) @ self.slopes + self.intercepts, axis=-1)
        )


class Gaussians(NamedTuple):
    """A mean, a precision (inverse covariance) and the logarithm of its determinant for each hypothesis."""

    scale: Scale
    means: Array
    precisions: Array
    log_determinants: Array

    def distances(self, summaries: Array, hypothesis: int) -> Array:
        """Squared Mahalanobis distance to one hypothesis, shape (...)."""
        apart = self.scale.of(summaries) - self.means[hypothesis]
        return np.asarray((np.einsum("...f,fg->...g", apart, self.precisions[hypothesis]) * apart).sum(axis=-1))

    def log_odds(self, summaries: Array) -> Array:
        """Log posterior under equal prior odds, shape (..., hypotheses)."""
        inside = self.scale.within(summaries)
        away = np.stack([self.distances(inside, k) for k in range(len(self.means))], axis=-1)
        return np.asarray(log_softmax(0.5 * (self.log_determinants - away), axis=-1))


def regress(summaries: Array) -> Regression:
    """Fit the regression.

    Parameters
    ----------
    summaries : array (hypotheses, worlds, summaries)
        Of worlds simulated under each hypothesis, as many for each.

    Returns
    -------
    Regression
    """
    hypotheses, worlds, _ = summaries.shape
    scale = scale_of(summaries)
    curved = _curved(scale.of(summaries)).reshape(hypotheses * worlds, -1)
    problem = _Problem(curved, np.repeat(np.eye(hypotheses), worlds, axis=0))
    best = minimize(problem.loss, problem.start, jac=True, hessp=problem.curvature, method="Newton-CG")
    found = best.x.reshape(problem.shape)
    return Regression(scale, found[:-1], found[-1])


def _curved(scaled: Array) -> Array:
    """Scaled summaries and their squares: log-odds of counts bend.

    Held-out scores chose them: straight lines score worse and are off by more than chance; products of different
    summaries learn noise.
    """
    return np.concatenate([scaled, scaled**2 - 1.0], axis=-1)


class _Problem:
    """Penalised log score of a regression, its gradient and its Hessian in a direction, of the flat coefficients.

    The design has shape (pieces, worlds, columns), the last column 1; the last piece is filled up with worlds of no
    weight, whose truth is zero.
    """

    def __init__(self, curved: Array, truth: Array) -> None:
        self.worlds = len(curved)
        self.design = _in_pieces(np.column_stack([curved, np.ones(self.worlds)]))
        self.truth, self.weight = _in_pieces(truth), _in_pieces(np.ones((self.worlds, 1)))
        self.shape = (self.design.shape[-1], truth.shape[1])
        ridge = np.full(self.shape, RIDGE)
        ridge[-1] = RIDGE_INTERCEPT
        # What is asked at one place in many directions is worked out once.
        self.known: tuple[Array, Array] | None = None
        self.ridge, self.start = ridge.ravel() / self.worlds, np.zeros(ridge.size)

    def loss(self, flat: Array) -> tuple[float, Array]:
        """Mean log score, in nats, and penalty; and the gradient, shape (coefficients,)."""
        scores = np.asarray(log_softmax(self.design @ flat.reshape(self.shape), axis=-1))
        wrong = (self.weight * np.exp(scores) - self.truth) / self.worlds
        value = 0.5 * (self.ridge * flat**2).sum() - (self.truth * scores).sum() / self.worlds
        return float(value), np.asarray(self._over_worlds(wrong).ravel() + self.ridge * flat)

    def curvature(self, flat: Array, along: Array) -> Array:
        """The Hessian times a direction, shape (coefficients,)."""
        if self.known is None or not np.array_equal(self.known[0], flat):
            self.known = flat.copy(), softmax(self.design @ flat.reshape(self.shape), axis=-1)
        chance = self.known[1]
        moved = self.design @ along.reshape(self.shape)
        bent = self.weight * chance * (moved - (chance * moved).sum(axis=-1, keepdims=True)) / self.worlds
        return np.asarray(self._over_worlds(bent).ravel() + self.ridge * along)

    def _over_worlds(self, values: Array) -> Array:
        """Sum, over worlds, of the design times something, shape (columns, ...)."""
        return np.asarray((self.design.transpose(0, 2, 1) @ values).sum(axis=0))


def _in_pieces(rows: Array) -> Array:
    """Rows in pieces of `PIECE`, the last one filled up with zeros, shape (pieces, PIECE, columns)."""
    missing = -len(rows) % PIECE
    return np.pad(rows, ((0, missing), (0, 0))).reshape(-1, PIECE, rows.shape[1])


def gaussians(summaries: Array) -> Gaussians:
    """Fit the rival; `summaries` as in `regress`."""
    scale = scale_of(summaries)
    scaled = scale.of(summaries)
    precisions = np.stack([np.linalg.inv(_covariance(part)) for part in scaled])
    return Gaussians(scale, scaled.mean(axis=1), precisions, np.linalg.slogdet(precisions)[1])


def _covariance(scaled: Array) -> Array:
    """Covariance of one hypothesis's worlds, drawn towards its diagonal and kept off zero."""
    found = np.atleast_2d(np.cov(scaled.T))
    shrunk = (1.0 - SHRINKAGE) * found + SHRINKAGE * np.diag(np.diag(found))
    return np.asarray(shrunk + SHRINKAGE**2 * np.eye(len(found)))


def scale_of(summaries: Array) -> Scale:
    """Mean, standard deviation (1 where nothing varies) and range over all simulated worlds."""
    flat = summaries.reshape(-1, summaries.shape[-1])
    spread = flat.std(axis=0)
    return Scale(flat.mean(axis=0), np.where(spread > 0.0, spread, 1.0), flat.min(axis=0), flat.max(axis=0))


def weighed(log_odds: Array, prior: Array) -> Array:
    """Posterior from log-odds under equal prior odds and a prior, shape (..., hypotheses), summing to 1."""
    return np.asarray(softmax(log_odds + np.log(prior), axis=-1))
