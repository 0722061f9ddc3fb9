"""Is a probability worth its name? Held-out worlds: how often a hypothesis is true that is given so much.

Worlds are split in two halves; each half is judged by what the other half taught. All hypotheses have the same worlds,
and a world is on the same side under all of them, so that common luck gives nothing away.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from sim.arrays import Array, Rows
from sim.questions.odds import Gaussians, Regression, regress

Fit = Callable[[Array], Regression | Gaussians]
EDGES = np.linspace(0.0, 1.0, 11)
"""Edges of the groups of probabilities."""
LEVEL = 0.95
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


def table(log_odds: Array) -> pd.DataFrame:
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
        interval = binomtest(hits, count).proportion_ci(LEVEL, method="wilson")
        rows.append(
            {"low": EDGES[place], "high": EDGES[place + 1], "given": given[here].mean(), "true": hits / count}
            | {"true_low": interval.low, "true_high": interval.high, "count": count}
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
