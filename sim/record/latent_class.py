"""Latent classes of voters: members who differ only by class vote independently of one another (Lazarsfeld).

EM on distinct vote patterns and their counts, with prototypes as a prior:

1. start from the prototypes, one row a class: how often such a member would vote aye;
2. E: the posterior class of each pattern, from its votes; a vote not cast says nothing;
3. M: class shares from expected counts plus one; ayes per class and vote from expected counts plus `strength`
   imagined members who vote as the prototype does;
4. repeat until the chances stand still.

References
----------
Lazarsfeld and Henry (1968), Latent Structure Analysis. Dempster, Laird and Rubin (1977), JRSS B 39.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
EDGE = 0.03
"""How far a prototype or a random start keeps from certainty, so that one odd vote does not rule a class out."""
ROUNDS, TOLERANCE = 5000, 1e-10


class Classes(NamedTuple):
    """A fitted model of K classes and V votes on N patterns."""

    shares: Array
    """Share of each class, (K,)."""
    profile: Array
    """Chance of an aye by class and vote, (K, V)."""
    membership: Array
    """Posterior class of each pattern, (N, K)."""
    log_likelihood: float
    """Of the votes, prior left out."""


def fit(votes: Array, counts: Array, prototypes: Array, strength: float = 1.0) -> Classes:
    """Fit classes to vote patterns.

    Parameters
    ----------
    votes : array (N, V)
        Distinct patterns: 1 aye, 0 no, NaN not cast.
    counts : array (N,)
        Members with each pattern.
    prototypes : array (K, V)
        Expected chance of an aye by class: start and prior mean.
    strength : float
        Imagined members behind each prototype.
    """
    prior = np.clip(prototypes, EDGE, 1.0 - EDGE)
    return _climb(votes, counts, prior, prior, strength)


def _climb(votes: Array, counts: Array, start: Array, prior: Array, strength: float) -> Classes:
    shares, profile = np.full(len(start), 1.0 / len(start)), start
    for _ in range(ROUNDS):
        membership, log_likelihood = expect(votes, counts, shares, profile)
        before = profile
        shares, profile = _maximise(votes, counts, membership, prior, strength)
        if np.abs(profile - before).max() < TOLERANCE:
            break
    return Classes(shares, profile, membership, log_likelihood)


def expect(votes: Array, counts: Array, shares: Array, profile: Array) -> tuple[Array, float]:
    """Posterior classes (N, K) of patterns, and the log-likelihood of all votes."""
    cast, ayes = ~np.isnan(votes), np.nan_to_num(votes)
    joint = ayes @ np.log(profile).T + (cast - ayes) @ np.log(1.0 - profile).T + np.log(shares)
    marginal = np.logaddexp.reduce(joint, axis=1)
    return np.exp(joint - marginal[:, None]), float(counts @ marginal)


def tally(votes: Array, counts: Array, membership: Array) -> tuple[Array, Array]:
    """Expected ayes and votes cast by class and vote, two arrays (K, V)."""
    weights = (membership * counts[:, None]).T
    return weights @ np.nan_to_num(votes), weights @ ~np.isnan(votes)


def _maximise(votes: Array, counts: Array, membership: Array, prior: Array, strength: float) -> tuple[Array, Array]:
    ayes, cast = tally(votes, counts, membership)
    size = counts @ membership + 1.0
    return size / size.sum(), (ayes + strength * prior) / (cast + strength)


def bic(votes: Array, counts: Array, classes: int, starts: int, seed: int = 0) -> float:
    """Schwarz's criterion of the best of many random starts without prototypes; lower is better.

    The prior of a single imagined member, undecided on everything, keeps chances off 0 and 1.
    """
    rng, shape = np.random.default_rng(seed), (classes, votes.shape[1])
    undecided = np.full(shape, 0.5)
    tries = (_climb(votes, counts, rng.uniform(EDGE, 1.0 - EDGE, shape), undecided, 1.0) for _ in range(starts))
    best = max(attempt.log_likelihood for attempt in tries)
    parameters = classes * (votes.shape[1] + 1) - 1
    return float(parameters * np.log(counts.sum()) - 2.0 * best)
