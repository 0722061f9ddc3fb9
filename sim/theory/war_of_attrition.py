"""T11 The war of attrition (Maynard Smith 1974): who gives up first has lost, and both pay until then."""

from __future__ import annotations

from sim.theory.textbook import Family, NamedNumber, Panel, Parameter, Solution, TextbookGame, percent, short


def hazards(v1: float, v2: float, c1: float, c2: float) -> tuple[float, float]:
    """Rates at which the two concede in mixed strategies: i at c_j / V_j, which leaves j in two minds.

    Parameters
    ----------
    v1, v2 : float
        What winning is worth to each.
    c1, c2 : float
        Cost of going on to each, per unit of time.

    References
    ----------
    Maynard Smith, J. (1974). The theory of games and the evolution of animal conflicts. Journal of Theoretical
    Biology 47.

    Examples
    --------
    >>> hazards(10, 5, 2, 2)
    (0.4, 0.2)
    """
    return c2 / v2, c1 / v1


def solve(v1: float, v2: float, c1: float, c2: float) -> Solution:
    """How long it lasts and who wins."""
    first, second = hazards(v1, v2, c1, c2)
    wins, lasts = second / (first + second), 1.0 / (first + second)
    return Solution(
        (
            NamedNumber("hazard1", "player 1 concedes, per unit of time", first),
            NamedNumber("hazard2", "player 2 concedes, per unit of time", second),
            NamedNumber("win", "player 1 wins", wins),
            NamedNumber("duration", "expected duration", lasts),
            NamedNumber("payoff", "expected payoff of each", 0.0),
        ),
        (
            f"The war lasts {short(lasts)} on average, and player 1 wins it with a chance of {percent(wins)}",
            "Both expect nothing: the costs of waiting eat up the prize.",
            "The side that values winning more concedes sooner: the other must be kept in two minds."
            if v1 / c1 != v2 / c2
            else "",
        ),
    )


GAME = TextbookGame(
    name="attrition",
    title="The war of attrition",
    reference="Maynard Smith 1974",
    statement=(
        "Two wait for each other to give up. Winning is worth v1 or v2; going on costs c1 or c2 per unit of time. "
        "Values are known. This is the equilibrium in which each concedes at random, at a rate that keeps the other in "
        "two minds."
    ),
    lesson="The costs of waiting eat up the prize; in this equilibrium the side that cares more concedes sooner.",
    parameters=(
        Parameter("v1", "what winning is worth to player 1", 10.0, 0.01, 1e6),
        Parameter("v2", "what winning is worth to player 2", 10.0, 0.01, 1e6),
        Parameter("c1", "cost of going on to player 1, per unit of time", 2.0, 0.01, 1e6),
        Parameter("c2", "cost of going on to player 2, per unit of time", 2.0, 0.01, 1e6),
    ),
    solve=solve,
    panels=(
        Panel("v1", ("win",), "Chance that player 1 wins", 1.0, 20.0, Family("v2", (5.0, 20.0)), ceiling=1.0),
        Panel("c1", ("duration",), "Expected duration", 0.5, 6.0, Family("v1", (5.0, 20.0))),
    ),
)
