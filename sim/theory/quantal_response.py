"""T14 Logit quantal response (McKelvey and Palfrey 1995): better replies are likelier, not certain."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from scipy.special import expit

from sim.basics.arrays import Array
from sim.basics.branch import Branch
from sim.theory.textbook import NamedNumber, Panel, Parameter, Solution, TextbookGame, percent, short

RECENT = 32
"""Games whose branches are remembered: a curve over precision asks for the same branch again and again."""


def advantages(row: Sequence[float], column: Sequence[float]) -> tuple[tuple[float, float], tuple[float, float]]:
    """How much better the first choice is than the second: (constant, slope) for row in q, for column in p.

    Parameters
    ----------
    row, column : sequence of 4 floats
        Payoffs at (first, first), (first, second), (second, first), (second, second) of row's and column's choices.
    """
    (a, b, c, d), (e, f, g, h) = row, column
    return (b - d, (a - c) - (b - d)), (g - h, (e - f) - (g - h))


def equilibrium(precision: float, row: Sequence[float], column: Sequence[float]) -> tuple[float, float]:
    """Chances p, q that row and column choose the first, on the branch that starts from pure chance.

    p = expit(lambda times row's advantage at q), q = expit(lambda times column's advantage at p), followed from lambda
    0, where both are a half, by its length, since it may turn back in lambda; the first place at this lambda counts.

    Parameters
    ----------
    precision : float
        lambda: 0 is pure chance, infinity a best reply.
    row, column : sequence of 4 floats
        Payoffs, as in `advantages`.

    References
    ----------
    McKelvey, R. and Palfrey, T. (1995). Quantal response equilibria for normal form games. Games and Economic
    Behavior 10. Turocy, T. (2005). A dynamic homotopy interpretation of the logistic quantal response equilibrium
    correspondence. Games and Economic Behavior 51.

    Examples
    --------
    >>> [round(chance, 6) for chance in equilibrium(1.0, (9, 0, 0, 1), (0, 1, 1, 0))]
    [0.893576, 0.31278]
    """
    mine, theirs = advantages(row, column)
    stakes = max(map(abs, (*mine, *theirs)))
    if stakes == 0.0:
        return 0.5, 0.5
    point = _branch(tuple(x / stakes for x in mine), tuple(x / stakes for x in theirs)).at(precision * stakes)
    p, q = expit(point.place[:2])
    return float(p), float(q)


@lru_cache(RECENT)
def _branch(mine: tuple[float, ...], theirs: tuple[float, ...]) -> Branch:
    """The branch from pure chance of the log-odds of p and q, for advantages as `advantages` gives them."""

    def equations(point: Array) -> tuple[Array, Array]:
        x, z, precision = point
        p, q = expit(x), expit(z)
        row, column = mine[0] + mine[1] * q, theirs[0] + theirs[1] * p
        slopes = [
            [1.0, -precision * mine[1] * q * (1.0 - q), -row],
            [-precision * theirs[1] * p * (1.0 - p), 1.0, -column],
        ]
        return np.array([x - precision * row, z - precision * column]), np.array(slopes)

    return Branch(equations, np.zeros(3))


def mixed_nash(row: Sequence[float], column: Sequence[float]) -> tuple[float, float]:
    """Chances at which each is indifferent; NaN where there is no such equilibrium.

    Examples
    --------
    >>> mixed_nash((9, 0, 0, 1), (0, 1, 1, 0))
    (0.5, 0.1)
    """
    mine, theirs = advantages(row, column)
    p, q = (-constant / slope if slope else float("nan") for constant, slope in (theirs, mine))
    return (p, q) if 0.0 <= p <= 1.0 and 0.0 <= q <= 1.0 else (float("nan"), float("nan"))


def solve(precision: float, row: tuple[float, ...], column: tuple[float, ...]) -> Solution:
    """Choices at this precision, beside those of perfect players."""
    p, q = equilibrium(precision, row, column)
    nash_p, nash_q = mixed_nash(row, column)
    beside = (
        f"Perfect players would mix {percent(nash_p)} and {percent(nash_q)}."
        if nash_p == nash_p
        else "Perfect players have no equilibrium in mixed strategies."
    )
    return Solution(
        (
            NamedNumber("p", "row chooses first", p),
            NamedNumber("q", "column chooses first", q),
            NamedNumber("nash_p", "row in mixed Nash equilibrium", nash_p),
            NamedNumber("nash_q", "column in mixed Nash equilibrium", nash_q),
        ),
        (
            f"At precision {short(precision)} row's chance of its first choice is {percent(p)}, column's {percent(q)}",
            beside,
        ),
    )


GAME = TextbookGame(
    name="mckelvey_palfrey",
    title="Quantal response",
    reference="McKelvey and Palfrey 1995",
    statement=(
        "Row and column each choose one of two. Neither is perfect: a choice is likelier the better it is, with "
        "log-odds of precision times its advantage, and each reckons with the other's imperfection. Payoffs are listed "
        "as (first, first), (first, second), (second, first), (second, second), row's choice named first."
    ),
    lesson=(
        "From pure chance to best replies in one dial. Real players respond to their own payoffs, which Nash players "
        "in mixed strategies do not."
    ),
    parameters=(
        Parameter("precision", "lambda, how precisely players choose", 1.0, 0.0, 100.0),
        Parameter("row", "row's payoffs", (9.0, 0.0, 0.0, 1.0), -100.0, 100.0, fewest=4, most=4),
        Parameter("column", "column's payoffs", (0.0, 1.0, 1.0, 0.0), -100.0, 100.0, fewest=4, most=4),
    ),
    solve=solve,
    panels=(Panel("precision", ("p", "q"), "Chance of the first choice", 0.0, 10.0, ceiling=1.0),),
)
