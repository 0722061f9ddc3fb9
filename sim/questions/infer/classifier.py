"""Odds of hypotheses from simulated data, and whether they are worth their name.

A multinomial logistic regression learns, from worlds whose hypothesis is known, the probability of each hypothesis
given the summaries of a world and their squares; with as many worlds a hypothesis its output is the posterior under
equal prior odds (the ratio of likelihoods estimated by classification). A rival to check it by fits a Gaussian to the
summaries of each hypothesis (synthetic likelihood).

How often a hypothesis is true that is given so much is seen in held-out worlds: each half of the worlds is judged by
what the other half taught. All hypotheses have the same worlds, and a world is on the same side under all of them, so
that common luck gives nothing away.

References
----------
Thomas, O., Dutta, R., Corander, J., Kaski, S. and Gutmann, M. U. (2022). Likelihood-free inference by ratio estimation.
Bayesian Analysis 17(1). Wood, S. N. (2010). Statistical inference for noisy nonlinear ecological dynamic systems.
Nature 466. Schaefer, J. and Strimmer, K. (2005). A shrinkage approach to large-scale covariance matrix estimation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import log_softmax, softmax

from sim.basics.arrays import Array, Rows, varies
from sim.basics.intervals import count_interval

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


class SummaryScale(NamedTuple):
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
        check_finite(summaries)
        return np.asarray(np.clip(summaries, self.low, self.high))


class Regression(NamedTuple):
    """Slopes (2 summaries, hypotheses) and intercepts (hypotheses,) of log-odds on summaries and their squares."""

    scale: SummaryScale
    slopes: Array
    intercepts: Array

    def log_odds(self, summaries: Array) -> Array:
        """Log posterior under equal prior odds, shape (..., hypotheses)."""
        return np.asarray(
            log_softmax(_curved(self.scale.of(self.scale.within(summaries))) @ self.slopes + self.intercepts, axis=-1)
        )


class Gaussians(NamedTuple):
    """A mean, a precision (inverse covariance) and the logarithm of its determinant for each hypothesis."""

    scale: SummaryScale
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
    from scipy.optimize import minimize

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


def check_finite(summaries: Array) -> None:
    """Ask for summaries without gaps: a missing one would make odds of nothing, and the first hypothesis the likeliest.

    Raises
    ------
    ValueError
        If one is missing or infinite; in how many worlds and in which columns, it says.
    """
    lost = ~np.isfinite(summaries.reshape(-1, summaries.shape[-1]))
    if lost.any():
        columns = ", ".join(map(str, np.flatnonzero(lost.any(axis=0))))
        raise ValueError(
            f"summaries must be finite: they are not in {lost.any(axis=1).sum():,} of {len(lost):,} worlds, in columns "
            f"{columns}"
        )


def scale_of(summaries: Array) -> SummaryScale:
    """Mean, standard deviation (1 where nothing varies) and range over all simulated worlds."""
    check_finite(summaries)
    flat = summaries.reshape(-1, summaries.shape[-1])
    spread = np.where(varies(flat, axis=0), flat.std(axis=0), 1.0)
    return SummaryScale(flat.mean(axis=0), spread, flat.min(axis=0), flat.max(axis=0))


def weighed(log_odds: Array, prior: Array) -> Array:
    """Posterior from log-odds under equal prior odds and a prior, shape (..., hypotheses), summing to 1."""
    return np.asarray(softmax(log_odds + np.log(prior), axis=-1))


# ---- reliability: how often a hypothesis is true that is given so much

Fit = Callable[[Array], Regression | Gaussians]
EDGES = np.linspace(0.0, 1.0, 11)
"""Edges of the groups of probabilities."""
FEWEST_HELD_OUT = 4
"""Worlds of a hypothesis of which halves can teach and be judged."""
REPEATS = 20
"""Times that truth is drawn anew to see how far off perfect probabilities would be."""


class Scores(NamedTuple):
    """How good held-out probabilities are.

    Attributes
    ----------
    right : float
        Share of worlds in which the most probable hypothesis is the true one.
    log_score : float
        Mean log probability given to the truth, bits; 0 is best, -log2 K says nothing.
    brier : float
        Mean squared distance from the truth, summed over hypotheses; 0 is best, 1 - 1/K says nothing.
    error : float
        Expected calibration error: mean distance between what is given and how often it is true.
    noise : float
        What that error would be by chance if the probabilities were perfect.
    """

    right: float
    log_score: float
    brier: float
    error: float
    noise: float


def held_out(summaries: Array, fit: Fit = regress) -> Array:
    """Log posterior of every world under equal prior odds, by a fit that has not seen it.

    Parameters
    ----------
    summaries : array (hypotheses, worlds, summaries)
        Simulated worlds, four or more.
    fit : callable
        `regress` or `gaussians`.

    Returns
    -------
    array (hypotheses, worlds, hypotheses)
        The first axis is the truth.
    """
    found = np.empty((*summaries.shape[:2], len(summaries)))
    for mine in (0, 1):
        found[:, mine::2] = fit(summaries[:, 1 - mine :: 2]).log_odds(summaries[:, mine::2])
    return found


def calibration_table(log_odds: Array) -> pd.DataFrame:
    """Probabilities in ten groups: what is given on average, and how often it is true, with a 95 % interval.

    Parameters
    ----------
    log_odds : array (hypotheses, worlds, hypotheses)
        As `held_out` gives them.

    Returns
    -------
    pandas.DataFrame
        `low, high, given, true, true_low, true_high, count`; groups without a case are left out. A case is a world and
        a hypothesis that it is given a probability for.
    """
    given, true = _cases(log_odds)
    group = _groups(given)
    rows = []
    for place in np.unique(group):
        here = group == place
        count, hits = int(here.sum()), int(true[here].sum())
        low, high = count_interval(hits, count)
        rows.append(
            {"low": EDGES[place], "high": EDGES[place + 1], "given": given[here].mean(), "true": hits / count}
            | {"true_low": low, "true_high": high, "count": count}
        )
    return pd.DataFrame(rows)


def scores(log_odds: Array) -> Scores:
    """Scores of held-out probabilities, shape (hypotheses, worlds, hypotheses)."""
    truth = np.arange(len(log_odds))
    given = np.exp(log_odds)
    to_truth = log_odds[truth, :, truth] / np.log(2.0)
    apart = ((given - np.eye(len(log_odds))[:, None, :]) ** 2).sum(axis=-1)
    return Scores(
        right=float((given.argmax(axis=-1) == truth[:, None]).mean()),
        log_score=float(to_truth.mean()),
        brier=float(apart.mean()),
        error=_error(*_cases(log_odds)),
        noise=_noise(given),
    )


def recovery(log_odds: Array) -> Array:
    """Mean probability of each hypothesis in worlds of each, shape (truth, hypotheses)."""
    return np.asarray(np.exp(log_odds).mean(axis=1))


def overconfident(groups: pd.DataFrame, sure: float) -> bool:
    """Whether what is given `sure` or more comes true less often than it is given, beyond chance."""
    high: Any = groups[groups["low"] >= sure - 1e-9]
    return bool((high["true_high"] < high["given"]).any())


def _groups(given: Array) -> Rows:
    """Which of the ten groups each probability is in."""
    return np.asarray(np.minimum(np.digitize(given, EDGES[1:-1]), len(EDGES) - 2))


def _error(given: Array, true: Array) -> float:
    """Mean distance, over cases, between what their group is given and how often it is true."""
    return float(np.abs(np.bincount(_groups(given), weights=given - true)).sum() / given.size)


def _noise(given: Array) -> float:
    """The mean error if what is given were the truth: worlds keep their probabilities and draw their hypothesis."""
    luck = np.random.Generator(np.random.Philox(0))
    worlds, kinds = given.reshape(-1, given.shape[-1]), np.eye(given.shape[-1])
    edges = np.cumsum(worlds, axis=1)[:, :-1]
    drawn = [kinds[(luck.random(len(worlds))[:, None] > edges).sum(axis=1)] for _ in range(REPEATS)]
    return float(np.mean([_error(worlds.ravel(), true.ravel()) for true in drawn]))


def _cases(log_odds: Array) -> tuple[Array, Array]:
    """Every probability given, and whether it was given to the truth."""
    true = np.broadcast_to(np.eye(len(log_odds))[:, None, :], log_odds.shape)
    return np.exp(log_odds).ravel(), true.ravel()
