"""Logit quantal response equilibrium: everybody errs, the less the more it costs.

sigma_i(a) = exp(lambda u_i(a, sigma)) / sum_b exp(lambda u_i(b, sigma)), followed from lambda = 0, where everybody
plays at random, upwards: the branch that McKelvey and Palfrey call principal, which selects an equilibrium in the end.

References
----------
McKelvey, R. and Palfrey, T. (1995). Quantal response equilibria for normal form games. *Games and Economic Behavior*
10.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import optimize
from scipy.special import softmax

from sim.arrays import Array

Mixed = tuple[Array, ...]
"""Probabilities of each player's strategies."""
CLOSE = 1e-12
"""Largest change of a probability at which the fixed point counts as found."""
MOST_STEPS = 200
"""Damped steps towards a fixed point, after which Newton's method goes the rest of the way."""
STEPS_UP = 40
"""Values of lambda between 0 and the largest that is asked for, at least."""
LEAST_DAMPING = 1e-3


class Quantal(NamedTuple):
    """The equilibrium at a precision; `residual` is how far it is from its own logit reply."""

    precision: float
    mixed: Mixed
    residual: float


def expected(payoffs: Array, mixed: Mixed, player: int) -> Array:
    """Expected payoff of each strategy of a player against the others' mixed strategies, shape (S_player,)."""
    value = payoffs[player]
    for other in reversed(range(len(mixed))):
        if other != player:
            value = np.tensordot(value, mixed[other], axes=(other, 0))
    return np.asarray(value)


def logit_replies(payoffs: Array, mixed: Mixed, precision: float) -> Mixed:
    """Every player's logit reply to a mixed profile."""
    return tuple(np.asarray(softmax(precision * expected(payoffs, mixed, player))) for player in range(len(mixed)))


def quantal_response(payoffs: Array, precisions: Sequence[float]) -> list[Quantal]:
    """Equilibria on the principal branch.

    Parameters
    ----------
    payoffs : array (n, S_1, ..., S_n)
    precisions : sequence of float
        lambda, per unit of payoff, 0 or more, in rising order.

    Notes
    -----
    Replies are followed with a step that is halved whenever the distance to the fixed point grows; where they circle
    around it for long, Newton's method ends the search.
    """
    mixed: Mixed = tuple(np.full(count, 1.0 / count) for count in payoffs.shape[1:])
    found, last = [], 0.0
    for precision in precisions:
        for between in np.linspace(last, precision, STEPS_UP + 1)[1:]:
            mixed = _settled(payoffs, mixed, float(between))
        last = precision
        found.append(Quantal(precision, mixed, _distance(mixed, logit_replies(payoffs, mixed, precision))))
    return found


def _settled(payoffs: Array, mixed: Mixed, precision: float) -> Mixed:
    """Follow logit replies, damped, to a fixed point near `mixed`."""
    step, before = 1.0, np.inf
    for _ in range(MOST_STEPS):
        replies = logit_replies(payoffs, mixed, precision)
        distance = _distance(mixed, replies)
        if distance < CLOSE:
            return mixed
        if distance > before:
            step = max(step / 2.0, LEAST_DAMPING)
        before = distance
        mixed = tuple(old + step * (new - old) for old, new in zip(mixed, replies, strict=True))
    return _by_newton(payoffs, mixed, precision)


def _by_newton(payoffs: Array, near: Mixed, precision: float) -> Mixed:
    """The fixed point that Newton's method finds from a place near it, if it is nearer to one than that place."""
    cuts = np.cumsum([len(own) for own in near])[:-1]

    def excess(flat: Array) -> Array:
        mixed = tuple(np.split(flat, cuts))
        return np.asarray(flat - np.concatenate(logit_replies(payoffs, mixed, precision)))

    start = np.concatenate(near)
    flat = optimize.root(excess, start, tol=CLOSE).x
    nearer = np.abs(excess(flat)).max() < np.abs(excess(start)).max()
    return tuple(np.split(np.asarray(flat), cuts)) if nearer else near


def _distance(ours: Mixed, theirs: Mixed) -> float:
    return max(float(np.abs(a - b).max()) for a, b in zip(ours, theirs, strict=True))
