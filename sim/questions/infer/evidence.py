"""What each kind of evidence tells: how far it moves the odds, and what it is expected to tell in months to come.

Good (1950) measures it in decibans: 10 log10 of the Bayes factor; 10 is odds of ten to one, 3 about two to one. Kinds
of evidence are not independent, so that two numbers are given for each: what it says alone, and what it adds to all
the others.

Expected information is the mutual information between the hypothesis and what a kind of evidence will show, in bits; it
is estimated from below by the held-out log score of a regression (Barber and Agakov 2003), so that nothing counts that
only fits the noise. Simulated worlds go on from whatever past they had, except that only those still at war at the end
of the record count, since the record is.

References
----------
Good, I. J. (1950). Probability and the Weighing of Evidence. Griffin.
Lindley, D. V. (1956). On a measure of the information provided by an experiment. Annals of Mathematical Statistics 27.
Barber, D. and Agakov, F. (2003). The IM algorithm: a variational approach to information maximization. NIPS 16.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import log_softmax, xlogy

from sim.basics.arrays import Array, Mask
from sim.questions.infer.classifier import FEWEST_HELD_OUT, gaussians, held_out, regress
from sim.questions.infer.conduct import KINDS, SUMMARIES, columns

DECIBANS = 10.0 / np.log(10.0)
"""Decibans in a nat."""
RESAMPLES = 12
ALL = "everything"
TAIL = 2.0


class EvidenceWeights(NamedTuple):
    """Log posteriors under equal prior odds, shape (kinds, hypotheses), and of all evidence, (hypotheses,)."""

    alone: Array
    without: Array
    total: Array


def weigh(summaries: Array, observed: Array) -> EvidenceWeights:
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
    return EvidenceWeights(np.stack(alone), np.stack(without), judged(list(KINDS)))


def weight_table(weights: EvidenceWeights, hypotheses: list[str]) -> pd.DataFrame:
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
    from scipy.stats import rankdata  # which takes half a second to import, and a report needs none of it

    ranks = [rankdata(np.append(sign * values, sign * seen), method="max")[-1] for sign in (1.0, -1.0)]
    return float(min(1.0, TAIL * min(ranks) / (len(values) + 1.0)))


# ---- expected information

INFORMATION = (
    "kind",
    "label",
    "bits_equal",
    "se",
    "bits_pair",
    "se_pair",
    "bits_now",
    "most_equal",
    "most_now",
    "worlds",
)


def information_table(summaries: Array, posterior: Array, at_war: Mask, pair: Sequence[int]) -> pd.DataFrame:
    """Expected gain of each kind of evidence over the coming months.

    Parameters
    ----------
    summaries : array (hypotheses, worlds, summaries)
        Of the coming months.
    posterior : array (hypotheses,)
        What the record says of the hypotheses now.
    at_war : mask (hypotheses, worlds)
        Worlds without a settlement at the end of the record.
    pair : sequence of int
        Places of the two hypotheses that are to be told apart.

    Returns
    -------
    pandas.DataFrame
        The columns of `INFORMATION`, the most telling about the pair first. `bits_equal` is the gain for one who holds
        all hypotheses for equally likely, of `most_equal`; `bits_pair` for one who holds the pair for equally likely
        and the others for impossible, of 1; both with a standard error. `bits_now` is the gain for one who has seen the
        record as coded, of `most_now`. No row where under some hypothesis so few worlds are still at war that none can
        be held out.
    """
    fewest = int(at_war.sum(axis=1).min())  # of each hypothesis as many worlds
    kept = np.stack([part[here][:fewest] for part, here in zip(summaries, at_war, strict=True)])
    if kept.shape[1] < FEWEST_HELD_OUT:
        return pd.DataFrame(columns=list(INFORMATION))
    equal, even = np.full(len(kept), 1.0 / len(kept)), np.full(len(pair), 1.0 / len(pair))
    rows = []
    for kind, label in {ALL: "everything together", **KINDS}.items():
        chosen = columns(list(KINDS) if kind == ALL else [kind])
        every, two = held_out(kept[..., chosen]), held_out(kept[list(pair)][..., chosen])
        rows.append((kind, label, *gain(every, equal), *gain(two, even), gain(every, posterior)[0]))
    found = pd.DataFrame(rows, columns=list(INFORMATION[: len(rows[0])]))
    found = found.sort_values(["bits_pair", "bits_equal"], ascending=False, kind="stable", ignore_index=True)
    return found.assign(most_equal=entropy(equal), most_now=entropy(posterior), worlds=kept.shape[1])


def gain(log_odds: Array, prior: Array) -> tuple[float, float]:
    """Expected fall of entropy, bits, not below 0, and its standard error.

    Parameters
    ----------
    log_odds : array (hypotheses, worlds, hypotheses)
        Held-out log posteriors under equal prior odds; the first axis is the truth.
    prior : array (hypotheses,)
        Probabilities before the observation.
    """
    truth = np.arange(len(log_odds))
    with np.errstate(divide="ignore"):
        seen = log_softmax(log_odds + np.log(np.maximum(prior, np.finfo(float).tiny)), axis=-1) / np.log(2.0)
    given = seen[truth, :, truth]
    se = np.sqrt((prior**2 * given.var(axis=1)).sum() / given.shape[1])
    return max(0.0, entropy(prior) + float((prior * given.mean(axis=1)).sum())), float(se)


def entropy(chances: Array) -> float:
    """Entropy in bits.

    >>> entropy(np.array([0.5, 0.5]))
    1.0
    """
    return float(-xlogy(chances, chances).sum() / np.log(2.0))
