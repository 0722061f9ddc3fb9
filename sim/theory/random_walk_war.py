"""T5 War as a walk over forts (Smith and Stam 2004): who holds them all has won."""

from __future__ import annotations

import numpy as np

from sim.theory.textbook import Family, NamedNumber, Panel, Parameter, Rule, Solution, TextbookGame, percent, short

EVEN = 1e-9
"""Odds of a battle so near to even that the formulas for even odds hold to the last digit shown."""


def chance_of_winning(n: float, k: float, p: float) -> float:
    """Chance that side 1, which holds k of n forts, takes all: (1 - (q/p)^k) / (1 - (q/p)^n).

    Parameters
    ----------
    n, k : float
        Forts, and those that side 1 holds; whole numbers, 0 < k < n.
    p : float
        Chance that side 1 wins a battle, and with it a fort; above 0 and below 1.

    References
    ----------
    Smith, A. and Stam, A. (2004). Bargaining and the nature of war. Journal of Conflict Resolution 48. The formula is
    that of the gambler's ruin.

    Examples
    --------
    >>> round(chance_of_winning(10, 5, 0.55), 6)
    0.731717
    """
    odds = np.log((1.0 - p) / p)
    if abs(odds) < EVEN:
        return k / n
    if odds > 0.0:  # written so that no power overflows when side 1 is the weaker
        return float(np.exp(odds * (k - n)) * np.expm1(-odds * k) / np.expm1(-odds * n))
    return float(np.expm1(odds * k) / np.expm1(odds * n))


def duration(n: float, k: float, p: float) -> float:
    """Expected number of battles: k / (q-p) - n / (q-p) P(win); k (n-k) at even odds.

    Examples
    --------
    >>> round(duration(10, 5, 0.55), 6), duration(10, 5, 0.5)
    (23.17174, 25)
    """
    if abs(np.log((1.0 - p) / p)) < EVEN:
        return k * (n - k)
    edge = (1.0 - p) - p
    return (k - n * chance_of_winning(n, k, p)) / edge


def solve(n: float, k: float, p: float) -> Solution:
    """Who wins, and how long it takes."""
    win, battles = chance_of_winning(n, k, p), duration(n, k, p)
    return Solution(
        (
            NamedNumber("win", "side 1 wins the war", win),
            NamedNumber("battles", "expected number of battles", battles),
        ),
        (
            f"Side 1 wins the war with a chance of {percent(win)}, after {short(battles)} battles on average",
            f"It wins a single battle with a chance of {percent(p)}: many battles magnify a small edge.",
        ),
    )


GAME = TextbookGame(
    name="forts",
    title="War as a walk over forts",
    reference="Smith and Stam 2004",
    statement=(
        "There are n forts, of which side 1 holds k. Each battle moves one fort: side 1 wins it with chance p. Whoever "
        "holds all forts has won the war."
    ),
    lesson="A small edge in battle is a large one in war; wars between equals are the longest.",
    parameters=(
        Parameter("n", "forts", 10.0, 2.0, 1000.0, whole=True),
        Parameter("k", "forts that side 1 holds", 5.0, 1.0, 999.0, whole=True),
        Parameter("p", "chance that side 1 wins a battle", 0.55, 0.01, 0.99),
    ),
    solve=solve,
    panels=(
        Panel("p", ("win",), "Chance that side 1 wins the war", 0.3, 0.7, Family("k", (2.0, 8.0)), ceiling=1.0),
        Panel("p", ("battles",), "Expected number of battles", 0.3, 0.7, Family("k", (2.0, 8.0))),
    ),
    rules=(Rule(lambda n, k, **_: k < n, "k must be below n, or the war is over"),),
)
