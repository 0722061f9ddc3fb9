"""Which observation of the coming months would tell most about the hypothesis: expected information gain, in bits.

The gain is the mutual information between the hypothesis and what a kind of evidence will show; it is estimated from
below by the held-out log score of a regression (Barber and Agakov 2003), so that nothing counts that only fits the
noise. Simulated worlds go on from whatever past they had, except that only those still at war at the end of the record
count, since the record is.

References
----------
Barber, D. and Agakov, F. (2003). The IM algorithm: a variational approach to information maximization. NIPS 16.
Lindley, D. V. (1956). On a measure of the information provided by an experiment. Annals of Mathematical Statistics 27.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import log_softmax, xlogy

from sim.arrays import Array, Mask
from sim.questions.conduct_summaries import KINDS, columns
from sim.questions.evidence import ALL
from sim.questions.reliability import held_out

COLUMNS = ("kind", "label", "bits_equal", "se", "bits_pair", "se_pair", "bits_now", "most_equal", "most_now", "worlds")


def table(summaries: Array, posterior: Array, at_war: Mask, pair: Sequence[int]) -> pd.DataFrame:
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
        The columns of `COLUMNS`, the most telling about the pair first. `bits_equal` is the gain for one who holds all
        hypotheses for equally likely, of `most_equal`; `bits_pair` for one who holds the pair for equally likely and
        the others for impossible, of 1; both with a standard error. `bits_now` is the gain for one who has seen the
        record as coded, of `most_now`.
    """
    kept = _same_number(summaries, at_war)
    equal, even = np.full(len(kept), 1.0 / len(kept)), np.full(len(pair), 1.0 / len(pair))
    rows = []
    for kind, label in {ALL: "everything together", **KINDS}.items():
        chosen = columns(list(KINDS) if kind == ALL else [kind])
        every, two = held_out(kept[..., chosen]), held_out(kept[list(pair)][..., chosen])
        rows.append((kind, label, *gain(every, equal), *gain(two, even), gain(every, posterior)[0]))
    found = pd.DataFrame(rows, columns=list(COLUMNS[: len(rows[0])]))
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


def _same_number(summaries: Array, at_war: Mask) -> Array:
    """The first worlds at war of each hypothesis, as many for each."""
    fewest = int(at_war.sum(axis=1).min())
    return np.stack([part[here][:fewest] for part, here in zip(summaries, at_war, strict=True)])
