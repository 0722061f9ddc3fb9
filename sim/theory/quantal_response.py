"""T14 Logit quantal response (McKelvey and Palfrey 1995): better replies are likelier, not certain."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import expit

from sim.theory.game import Game, Number, Panel, Parameter, Solution
from sim.theory.words import percent, short

FEWEST, MOST = 20, 4000
"""Steps in which precision grows from nought to the value asked for: about one for each unit of log-odds at stake."""
PRECISION = 1e-14
NEWTON = 50
"""Most corrections a step; a few do."""


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
    0, where both are a half, in small steps with Newton's corrections.

    Parameters
    ----------
    precision : float
        lambda: 0 is pure chance, infinity a best reply.
    row, column : sequence of 4 floats
        Payoffs, as in `advantages`.

    References
    ----------
    McKelvey, R. and Palfrey, T. (1995). Quantal response equilibria for normal form games. Games and Economic
    Behavior 10.

    Examples
    --------
    >>> [round(chance, 6) for chance in equilibrium(1.0, (9, 0, 0, 1), (0, 1, 1, 0))]
    [0.893576, 0.31278]
    """
    mine, theirs = advantages(row, column)
    stakes = max(map(abs, (*mine, *theirs)))
    steps = int(np.clip(precision * stakes, FEWEST, MOST))
    p = 0.5
    for step in np.linspace(0.0, precision, steps):
        p = _corrected(p, float(step), mine, theirs)
    return p, float(expit(precision * (theirs[0] + theirs[1] * p)))


def _corrected(p: float, precision: float, mine: tuple[float, float], theirs: tuple[float, float]) -> float:
    """The fixed point near p."""
    for _ in range(NEWTON):
        q = expit(precision * (theirs[0] + theirs[1] * p))
        reply = expit(precision * (mine[0] + mine[1] * q))
        slope = precision**2 * mine[1] * theirs[1] * reply * (1.0 - reply) * q * (1.0 - q)
        change = (reply - p) / (1.0 - slope) if abs(1.0 - slope) > PRECISION else reply - p
        p = float(np.clip(p + change, 0.0, 1.0))
        if abs(change) < PRECISION:
            break
    return p


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
            Number("p", "row chooses first", p),
            Number("q", "column chooses first", q),
            Number("nash_p", "row in mixed Nash equilibrium", nash_p),
            Number("nash_q", "column in mixed Nash equilibrium", nash_q),
        ),
        (
            f"At precision {short(precision)} row's chance of its first choice is {percent(p)}, column's {percent(q)}",
            beside,
        ),
    )


GAME = Game(
    name="mckelvey_palfrey",
    title="Quantal response",
    reference="McKelvey and Palfrey 1995",
    derived=False,
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
