"""Logit quantal response equilibrium: everybody errs, the less the more it costs.

sigma_i(a) = exp(lambda u_i(a, sigma)) / sum_b exp(lambda u_i(b, sigma)), followed from lambda = 0, where everybody
plays at random: the branch that McKelvey and Palfrey call principal, which selects an equilibrium in the end. It may
turn back in lambda and come again, so it is followed by its length, in the logarithms of the probabilities.

References
----------
McKelvey, R. and Palfrey, T. (1995). Quantal response equilibria for normal form games. *Games and Economic Behavior*
10. Turocy, T. (2005). A dynamic homotopy interpretation of the logistic quantal response equilibrium correspondence.
*Games and Economic Behavior* 51.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import log_softmax, softmax

from sim.basics.arrays import Array
from sim.basics.branch import Branch, LostBranchError
from sim.basics.limits import check_strength
from sim.questions.games.equilibrium import most_at_stake

Mixed = tuple[Array, ...]
"""Probabilities of each player's strategies."""
CLOSE = 1e-9
"""Largest distance from its own logit reply, as a probability, at which an equilibrium counts as one."""


class Quantal(NamedTuple):
    """The equilibrium at a precision.

    Attributes
    ----------
    precision : float
    mixed : Mixed
    residual : float
        How far it is from its own logit reply, as a probability.
    turns : int
        Times that the branch has turned back in precision on the way. If any, there are other equilibria on the branch
        at some lower precisions; of those at one precision the first is given.
    """

    precision: float
    mixed: Mixed
    residual: float
    turns: int


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
    """Equilibria on the principal branch, each the first that has its precision.

    Parameters
    ----------
    payoffs : array (n, S_1, ..., S_n)
    precisions : sequence of float
        lambda, per unit of payoff, 0 or more.

    Raises
    ------
    InputError
        If a precision is negative or not finite.
    LostBranchError
        If the branch cannot be followed so far, or what is found there is not its own logit reply.
    """
    for precision in precisions:
        check_strength("precision", precision)
    unit = most_at_stake(payoffs)
    counts = payoffs.shape[1:]
    cuts = [int(cut) for cut in np.cumsum(counts)[:-1]]
    start = np.concatenate([*(np.full(count, -np.log(count)) for count in counts), [0.0]])
    branch = Branch(_Replies(payoffs / unit, cuts), start)
    return [_found(payoffs, branch, cuts, precision, unit) for precision in precisions]


def _found(payoffs: Array, branch: Branch, cuts: list[int], precision: float, unit: float) -> Quantal:
    point = branch.at(precision * unit)
    mixed = tuple(np.exp(own) for own in np.split(point.place[:-1], cuts))
    residual = distance(mixed, logit_replies(payoffs, mixed, precision))
    if not residual <= CLOSE:
        raise LostBranchError(
            f"quantal response at precision {precision:g}: {residual:.1g} from its own logit reply, more than {CLOSE:g}"
        )
    return Quantal(precision, mixed, residual, point.turns)


class _Replies:
    """Logarithms of probabilities less those of their logit reply, and the derivatives, as `branch` asks for them.

    The unknowns are the logarithms of the probabilities of all players' strategies, and lambda.
    """

    def __init__(self, payoffs: Array, cuts: list[int]) -> None:
        self.payoffs, self.cuts = payoffs, cuts
        size = sum(payoffs.shape[1:])
        self.places = np.split(np.arange(size), cuts)

    def __call__(self, point: Array) -> tuple[Array, Array]:
        logs, precision = point[:-1], point[-1]
        mixed = np.split(np.exp(logs), self.cuts)
        values, slopes = logs.copy(), np.eye(len(logs), len(point))
        for player, own in enumerate(self.places):
            worth, against = self._worth(mixed, player)
            reply = softmax(precision * worth)
            values[own] -= log_softmax(precision * worth)
            slopes[own, -1] = reply @ worth - worth
            for other, theirs in against.items():
                moved = theirs * mixed[other]
                slopes[np.ix_(own, self.places[other])] = precision * (reply @ moved - moved)
        return values, slopes

    def _worth(self, mixed: Sequence[Array], player: int) -> tuple[Array, dict[int, Array]]:
        """Expected payoff of a player's strategies, and the same against each strategy of every other, by the other."""
        axes = range(len(mixed))
        against = {}
        for other in set(axes) - {player}:
            rest = [part for third in axes if third not in (player, other) for part in (mixed[third], [third])]
            against[other] = np.einsum(self.payoffs[player], axes, *rest, [player, other])
        if not against:
            return self.payoffs[player], {}
        other, theirs = next(iter(against.items()))
        return theirs @ mixed[other], against


def distance(ours: Mixed, theirs: Mixed) -> float:
    """Largest difference between the probabilities of two mixed profiles."""
    return max(float(np.abs(a - b).max()) for a, b in zip(ours, theirs, strict=True))
