"""T11 The war of attrition with private values (Bishop, Cannings and Maynard Smith 1978)."""

from __future__ import annotations

import math

from sim.theory.textbook import Family, NamedNumber, Panel, Parameter, Solution, TextbookGame, percent, short


def quits_at(v: float, c: float) -> float:
    """Time at which a player of value v gives up, b(v) = (-v - ln(1-v)) / c, values being uniform on [0, 1].

    Parameters
    ----------
    v : float
        What winning is worth to it, 0 to below 1.
    c : float
        Cost of going on per unit of time, above 0.

    References
    ----------
    Bishop, D., Cannings, C. and Maynard Smith, J. (1978). The war of attrition with random rewards. Journal of
    Theoretical Biology 74.

    Examples
    --------
    >>> round(quits_at(0.6, 1.0), 6)
    0.316291
    """
    return (-v - math.log1p(-v)) / c


def payoff(v: float) -> float:
    """What a player of value v can expect, v^2 / 2: the integral of its chance to win."""
    return v**2 / 2.0


def solve(v: float, c: float) -> Solution:
    """When a player gives up, and what it can expect."""
    until = quits_at(v, c)
    return Solution(
        (
            NamedNumber("until", "gives up at", until),
            NamedNumber("win", "its chance to win", v),
            NamedNumber("payoff", "what it can expect", payoff(v)),
        ),
        (
            (
                f"A player who values winning at {short(v)} holds out until {short(until)} and wins with a chance of "
                f"{percent(v)}"
            ),
            f"It can expect {short(payoff(v))}: what it knows and the other does not is worth that much.",
        ),
    )


GAME = TextbookGame(
    name="attrition_private",
    title="Attrition with private values",
    reference="Bishop et al. 1978",
    statement=(
        "Two wait for each other to give up; going on costs each c per unit of time. What winning is worth is private, "
        "uniform on [0, 1]."
    ),
    lesson="Now the side that cares more holds out longer, and time tells who it is.",
    parameters=(
        Parameter("v", "what winning is worth to the player", 0.6, 0.0, 0.999),
        Parameter("c", "cost of going on, per unit of time", 1.0, 0.01, 1000.0),
    ),
    solve=solve,
    panels=(Panel("v", ("until",), "Time until the player gives up", 0.0, 0.97, Family("c", (0.5, 2.0))),),
)
