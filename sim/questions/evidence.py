"""The weight of evidence: how far each kind of observation moves the odds between two hypotheses.

Good (1950) measures it in decibans: 10 log10 of the Bayes factor; 10 is odds of ten to one, 3 about two to one. Kinds
of evidence are not independent, so that two numbers are given for each: what it says alone, and what it adds to all
the others.

References
----------
Good, I. J. (1950). Probability and the Weighing of Evidence. Griffin.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from sim.arrays import Array
from sim.questions.conduct_summaries import KINDS, SUMMARIES, columns
from sim.questions.odds import gaussians, regress

DECIBANS = 10.0 / np.log(10.0)
"""Decibans in a nat."""
RESAMPLES = 12
ALL = "everything"
TAIL = 2.0


class Weights(NamedTuple):
    """Log posteriors under equal prior odds, shape (kinds, hypotheses), and of all evidence, (hypotheses,)."""

    alone: Array
    without: Array
    total: Array


def weigh(summaries: Array, observed: Array) -> Weights:
    """Weigh each kind of evidence alone, and all evidence without it.

    Parameters
    ----------
    summaries : array (hypotheses, worlds, summaries)
        Simulated worlds.
    observed : array (summaries,)
        The record.
    """

    def judged(kinds: list[str]) -> Array:
        chosen = columns(kinds)
        return regress(summaries[..., chosen]).log_odds(observed[chosen])

    alone = [judged([kind]) for kind in KINDS]
    without = [judged([other for other in KINDS if other != kind]) for kind in KINDS]
    return Weights(np.stack(alone), np.stack(without), judged(list(KINDS)))


def table(weights: Weights, hypotheses: list[str]) -> pd.DataFrame:
    """Decibans for one hypothesis against another, by kind and pair.

    Returns
    -------
    pandas.DataFrame
        `kind, label, hypothesis, against, alone, added`; positive favours the hypothesis. Rows of the kind
        "everything" have the total in both columns.
    """
    rows = []
    for one, other in combinations(range(len(hypotheses)), 2):
        pair = {"hypothesis": hypotheses[one], "against": hypotheses[other]}
        total = DECIBANS * (weights.total[one] - weights.total[other])
        rows.append({"kind": ALL, "label": ALL, **pair, "alone": total, "added": total})
        for place, (kind, label) in enumerate(KINDS.items()):
            alone, without = (
                DECIBANS * (log[place, one] - log[place, other]) for log in (weights.alone, weights.without)
            )
            rows.append({"kind": kind, "label": label, **pair, "alone": alone, "added": total - without})
    return pd.DataFrame(rows)


def turned(rows: pd.DataFrame, hypothesis: str, against: str) -> pd.DataFrame:
    """The rows for a pair, whichever way round the table has it, so that positive favours `hypothesis`."""
    same = rows[(rows["hypothesis"] == hypothesis) & (rows["against"] == against)]
    if len(same):
        return same.reset_index(drop=True)
    back = rows[(rows["hypothesis"] == against) & (rows["against"] == hypothesis)].reset_index(drop=True)
    return back.assign(hypothesis=hypothesis, against=against, alone=-back["alone"], added=-back["added"])


def resampled(summaries: Array, observed: Array, seed: int) -> Array:
    """Log posterior of the record with the worlds drawn anew, shape (resamples, hypotheses): the simulation's error."""
    luck = np.random.Generator(np.random.Philox(seed))
    worlds = summaries.shape[1]
    drawn = [luck.integers(worlds, size=worlds) for _ in range(RESAMPLES)]
    return np.stack([regress(summaries[:, rows]).log_odds(observed) for rows in drawn])


def typical(summaries: Array, observed: Array, hypothesis: int) -> float:
    """Share of the worlds of a hypothesis that lie at least as far from its middle as the record.

    Distance is Mahalanobis, with a covariance drawn towards its diagonal. A share near 0 says that the hypothesis
    hardly ever makes such a record, whatever its odds against another hypothesis that does not either.
    """
    fitted = gaussians(summaries[[hypothesis]])
    further = fitted.distances(summaries[hypothesis], 0) >= fitted.distances(observed, 0)
    return float((further.sum() + 1.0) / (further.size + 1.0))


def check(summaries: Array, observed: Array, hypotheses: list[str]) -> pd.DataFrame:
    """Is the record likely under any hypothesis? Each summary and all together.

    Returns
    -------
    pandas.DataFrame
        `hypothesis, summary, kind, label, observed, p05, median, p95, p`: where the record lies among the worlds of a
        hypothesis. `p` is the share at least as far out (both tails); for "everything" that of `typical`.
    """
    rows = []
    for k, hypothesis in enumerate(hypotheses):
        rows.append(
            {"hypothesis": hypothesis, "summary": ALL, "kind": ALL, "label": ALL, "p": typical(summaries, observed, k)}
        )
        for place, (name, summary) in enumerate(SUMMARIES.items()):
            values, seen = summaries[k, :, place], float(observed[place])
            low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
            rows.append(
                {"hypothesis": hypothesis, "summary": name, "kind": summary.kind, "label": summary.label}
                | {"observed": seen, "p05": low, "median": middle, "p95": high, "p": _tails(values, seen)}
            )
    return pd.DataFrame(rows)[["hypothesis", "summary", "kind", "label", "observed", "p05", "median", "p95", "p"]]


def _tails(values: Array, seen: float) -> float:
    """Twice the smaller tail of the simulated values beyond the observed one, itself counted, at most 1."""
    ranks = [rankdata(np.append(sign * values, sign * seen), method="max")[-1] for sign in (1.0, -1.0)]
    return float(min(1.0, TAIL * min(ranks) / (len(values) + 1.0)))
