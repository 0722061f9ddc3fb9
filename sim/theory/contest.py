"""T12 The contest (Tullock 1980): efforts buy chances, and much of the prize is spent on winning it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import brentq

from sim.theory.textbook import NamedNumber, Panel, Parameter, Solution, TextbookGame, percent, short

PRECISION = 1e-13
NOBODY = 1e-300
"""A chance that is none: with r just below 1, who values the prize little has less."""


def chances(v: Sequence[float], r: float) -> tuple[float, ...]:
    """Chance of each to win at the Nash equilibrium, in which i maximises V_i x_i^r / sum x_j^r - x_i.

    With p_i the chance, the first-order condition reads r V_i (1 - p_i) = Y^(1/r) p_i^(1/r - 1) for the Y = sum x_j^r
    at which chances sum to 1; whoever values the prize too little stays out (at r = 1 only).

    Parameters
    ----------
    v : sequence of float
        What the prize is worth to each, above 0.
    r : float
        Decisiveness of effort, above 0 and up to 1; then the equilibrium is unique.

    References
    ----------
    Tullock, G. (1980). Efficient rent seeking. Szidarovszky, F. and Okuguchi, K. (1997). On the existence and
    uniqueness of pure Nash equilibrium in rent-seeking games. Games and Economic Behavior 18.
    """
    most = max(r * value for value in v) ** r

    def excess(share: float) -> float:
        return sum(_chance(value, r, share * most) for value in v) - 1.0

    whole = brentq(excess, PRECISION, float(len(v)), xtol=PRECISION) * most
    found = [_chance(value, r, whole) for value in v]
    return tuple(chance / sum(found) for chance in found)


def _chance(value: float, r: float, whole: float) -> float:
    """The chance of one to whom the prize is worth `value`, given Y."""
    if r == 1.0:
        return max(0.0, 1.0 - whole / value)
    scale = np.log(whole) / r

    def condition(p: float) -> float:
        return float(r * value * (1.0 - p) - np.exp(scale + (1.0 / r - 1.0) * np.log(p)))

    return float(brentq(condition, NOBODY, 1.0, xtol=PRECISION)) if condition(NOBODY) > 0.0 else 0.0


def efforts(v: Sequence[float], r: float) -> tuple[float, ...]:
    """Effort of each at the Nash equilibrium, r V_i p_i (1 - p_i).

    Examples
    --------
    >>> [round(effort, 6) for effort in efforts((10.0, 5.0), 1.0)]
    [2.222222, 1.111111]
    """
    return tuple(r * value * p * (1.0 - p) for value, p in zip(v, chances(v, r), strict=True))


def solve(v: tuple[float, ...], r: float) -> Solution:
    """Efforts, chances, payoffs, and how much of the prize is spent."""
    p, x = chances(v, r), efforts(v, r)
    spent = sum(x) / max(v)
    each = range(1, len(v) + 1)
    return Solution(
        (
            *(NamedNumber(f"effort{i}", f"effort of {i}", x[i - 1]) for i in each),
            *(NamedNumber(f"win{i}", f"player {i}", p[i - 1]) for i in each),
            *(NamedNumber(f"payoff{i}", f"payoff of {i}", v[i - 1] * p[i - 1] - x[i - 1]) for i in each),
            NamedNumber("spent", "all efforts over the largest value", spent),
        ),
        (
            (
                f"Player 1 spends {short(x[0])} and wins with a chance of {percent(p[0])}; together they spend "
                f"{percent(spent)} of the prize"
            ),
            f"Efforts: {', '.join(short(effort) for effort in x)}. Chances: {', '.join(map(percent, p))}.",
        ),
    )


GAME = TextbookGame(
    name="tullock",
    title="The contest",
    reference="Tullock 1980",
    statement=(
        "Players compete for a prize. Each chooses an effort, which is lost; the chance to win is its effort, to the "
        "power r, over the sum of all. The prize may be worth more to some than to others."
    ),
    lesson="Contests burn much of what they are about. The side with more at stake spends more and wins more.",
    parameters=(
        Parameter("v", "what the prize is worth to each", (10.0, 5.0), 0.01, 1e6, most=10),
        Parameter("r", "decisiveness of effort", 1.0, 0.05, 1.0),
    ),
    solve=solve,
    panels=(
        Panel(
            "v.1",
            tuple(f"win{i}" for i in range(1, 6)),
            "Chance to win",
            0.5,
            20.0,
            ceiling=1.0,
            label="v, what the prize is worth to player 1",
        ),
        Panel("v.1", ("effort1", "effort2"), "Effort", 0.5, 20.0, label="v, what the prize is worth to player 1"),
    ),
    limit=(
        "Moscow's force settles at its best reply in this contest, with a cost that is convex. Kyiv's own effort is "
        "given: it is no equilibrium of both."
    ),
)
