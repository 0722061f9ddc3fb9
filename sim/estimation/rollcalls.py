"""How far roll calls stray from the factions' equation, by party and kind of bill.

The equation (`sim.estimation.congress`) says what share of a party is for aid in a vote. What it does not know of a
vote is a surprise, and surprises are what an interval for a bill that nobody has seen must hold:

    logit q_v = logit(share that the equation gives a vote it has not seen) + stray_k + scatter_k z_v,   z_v ~ N(0, 1)
    ayes_v    ~ Binomial(ballots cast, q_v)
    stray_k   ~ N(0, spread^2),   log scatter_k ~ N(log typical, variety^2)

k is what the vote says (`sim.record.vote_rules.SAYS`): bans say more of bans than grants do, and each kind leans on the
others as far as kinds are alike. Each party has its own numbers. All is summed on grids, so nothing is drawn by chance.

A vote is predicted without any roll call of its bill: the votes of one bill are the same members and the same question.

References
----------
Gelman and Hill (2007), Data Analysis Using Regression and Multilevel/Hierarchical Models, ch. 14.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import gammaln, logsumexp

from sim.basics.arrays import Doubles

STEP = 0.05
SURPRISE = np.arange(-14.0, 14.0 + STEP / 2, STEP)
"""Where the surprise of a vote is summed, log-odds."""
STRAY = np.arange(-8.0, 8.05, 0.1)
SCATTER = np.geomspace(0.08, 3.0, 20)
SPREAD = np.array([0.25, 0.5, 1.0, 2.0, 4.0])
TYPICAL = np.geomspace(0.1, 1.5, 8)
VARIETY = np.array([0.25, 0.5, 1.0])
"""Values that the numbers of the equations may have; each combination of the last three is as likely beforehand."""
EDGE = 0.002
"""No share that the equation gives is nearer to none or all."""
ENDS = (0.05, 0.95)
"""Ends of an interval of 90 %."""


class Votes(NamedTuple):
    """Roll calls of one party, V of them."""

    bill: pd.Series[str]
    kind: pd.Series[str]
    expected: pd.Series[float]
    """Share for aid by the equation, in a vote it has not seen."""
    ayes: pd.Series[float]
    cast: pd.Series[float]


class Kinds(NamedTuple):
    """What is believed of every kind: weights over `STRAY` x `SCATTER`, given and with the weight of each setting."""

    likelihood: dict[str, Doubles]
    """Log-likelihood of the votes of a kind, (stray, scatter)."""
    setting: Doubles
    """Probability of each spread, typical scatter and variety, (settings,)."""


def _log_normal(at: Doubles, mean: Doubles, sd: Doubles) -> Doubles:
    """Log weights on a grid `at`, normalised over it, shape (*means, grid)."""
    log = -0.5 * ((at - mean[..., None]) / sd[..., None]) ** 2
    return np.asarray(log - logsumexp(log, axis=-1, keepdims=True))


SURPRISES = np.exp(_log_normal(SURPRISE, *np.broadcast_arrays(STRAY[:, None], SCATTER[None, :])))
"""Chance of each surprise, (stray, scatter, surprise)."""
SETTINGS = np.array([(a, b, c) for a in SPREAD for b in TYPICAL for c in VARIETY])
PRIOR = (
    _log_normal(STRAY, np.zeros(len(SETTINGS)), SETTINGS[:, 0])[:, :, None]
    + _log_normal(np.log(SCATTER), np.log(SETTINGS[:, 1]), SETTINGS[:, 2])[:, None, :]
)
"""Log prior of a kind's stray and scatter in each setting, (settings, stray, scatter)."""


def _odds(share: Doubles) -> Doubles:
    held = np.clip(share, EDGE, 1.0 - EDGE)
    return np.asarray(np.log(held / (1.0 - held)))


def _chances(cast: float, expected: float) -> Doubles:
    """Chance of every count of ayes given the surprise, (surprise, ayes from 0 to cast)."""
    odds, ayes = _odds(np.asarray(expected)) + SURPRISE[:, None], np.arange(cast + 1.0)
    ways = gammaln(cast + 1.0) - gammaln(ayes + 1.0) - gammaln(cast - ayes + 1.0)
    return np.asarray(np.exp(ways - ayes * np.logaddexp(0.0, -odds) - (cast - ayes) * np.logaddexp(0.0, odds)))


def vote_likelihoods(votes: Votes) -> Doubles:
    """Log-likelihood of each vote, (votes, stray, scatter)."""
    found = []
    for ayes, cast, expected in zip(votes.ayes, votes.cast, votes.expected, strict=True):
        found.append(np.log(np.maximum(SURPRISES @ _chances(cast, expected)[:, int(ayes)], 1e-300)))
    return np.array(found)


def learn(votes: Votes, likelihoods: Doubles, without: str | None = None) -> Kinds:
    """What the roll calls say of every kind, those of one bill left out if asked."""
    kept = (votes.bill != without).to_numpy()
    likelihood = {
        str(kind): likelihoods[kept & (votes.kind == kind).to_numpy()].sum(axis=0) for kind in votes.kind.unique()
    }
    evidence = sum(logsumexp(PRIOR + told, axis=(1, 2)) for told in likelihood.values())
    return Kinds(likelihood, np.exp(evidence - logsumexp(evidence)))


def belief(kinds: Kinds, kind: str) -> Doubles:
    """Probability of a kind's stray and scatter, (stray, scatter)."""
    log = PRIOR + kinds.likelihood[kind]
    shaped = np.exp(log - logsumexp(log, axis=(1, 2), keepdims=True))
    return np.asarray(np.einsum("s,sij->ij", kinds.setting, shaped))


def predict(kinds: Kinds, kind: str, expected: float, cast: float) -> tuple[float, float, float]:
    """Median and ends of 90 % of the share for aid in a vote of this kind that nobody has seen."""
    surprise = np.einsum("ij,ijk->k", belief(kinds, kind), SURPRISES)
    below = np.cumsum(surprise @ _chances(cast, expected))
    low, middle, high = (int(np.searchsorted(below, end)) / cast for end in (ENDS[0], 0.5, ENDS[1]))
    return middle, low, high


def left_out(votes: Votes) -> pd.DataFrame:
    """Share for aid observed, and predicted without the vote's bill, one row a vote."""
    likelihoods = vote_likelihoods(votes)
    unseen = {bill: learn(votes, likelihoods, bill) for bill in votes.bill.unique()}
    rows = [
        predict(unseen[bill], kind, expected, cast)
        for bill, kind, expected, cast in zip(votes.bill, votes.kind, votes.expected, votes.cast, strict=True)
    ]
    told = pd.DataFrame(rows, columns=["predicted", "low", "high"], index=votes.bill.index)
    return told.assign(cast=votes.cast.astype(int), observed=votes.ayes / votes.cast)


def by_kind(votes: Votes) -> pd.DataFrame:
    """How far each kind strays, and how widely its votes scatter, log-odds, one row a kind."""
    kinds, rows = learn(votes, vote_likelihoods(votes)), []
    for kind in sorted(kinds.likelihood):
        weight = belief(kinds, kind)
        stray, scatter = weight.sum(axis=1), weight.sum(axis=0)
        mean = float(stray @ STRAY)
        ends = [float(SCATTER[np.searchsorted(np.cumsum(scatter), end)]) for end in ENDS]
        sd = float(np.sqrt(stray @ (STRAY - mean) ** 2))
        rows.append((kind, int((votes.kind == kind).sum()), mean, sd, float(np.exp(scatter @ np.log(SCATTER))), *ends))
    columns = ["kind", "votes", "stray", "stray_sd", "scatter", "scatter_low", "scatter_high"]
    return pd.DataFrame(rows, columns=columns)
