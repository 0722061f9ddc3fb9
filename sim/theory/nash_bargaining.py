"""T2 Nash bargaining (Nash 1950; asymmetric: Binmore, Rubinstein and Wolinsky 1986)."""

from __future__ import annotations

from scipy.optimize import brentq

from sim.theory.textbook import Family, NamedNumber, Panel, Parameter, Rule, Solution, TextbookGame, percent

PRECISION = 1e-13


def share(d1: float, d2: float, a: float, r: float) -> float:
    """Share of player 1 at the maximum of (x - d1)^a ((1-x)^r - d2^r)^(1-a).

    Closed forms: d1 + a (1 - d1 - d2) at r = 1; a / (a + (1-a) r) at d1 = d2 = 0.

    Parameters
    ----------
    d1, d2 : float
        Shares of the pie that each side has without agreement; d1 + d2 below 1.
    a : float
        Bargaining power of player 1, between 0 and 1.
    r : float
        Curvature of player 2's utility (1-x)^r: 1 is indifferent to risk, less is averse to it.

    References
    ----------
    Nash, J. (1950). The bargaining problem. Econometrica 18. Binmore, K., Rubinstein, A. and Wolinsky, A. (1986). The
    Nash bargaining solution in economic modelling. RAND Journal of Economics 17.

    Examples
    --------
    >>> round(share(0.2, 0.1, 0.6, 1.0), 6), round(share(0.0, 0.0, 0.5, 0.5), 6)
    (0.62, 0.666667)
    """

    def climb(x: float) -> float:
        """Sign of the derivative of the logarithm, free of divisions by nought."""
        left = 1.0 - x
        slope: float = a * (left**r - d2**r) - (1.0 - a) * r * left ** (r - 1.0) * (x - d1)
        return slope

    margin = PRECISION * (1.0 - d1 - d2)
    return float(brentq(climb, d1, 1.0 - d2 - margin, xtol=PRECISION))


def solve(d1: float, d2: float, a: float, r: float) -> Solution:
    """The Nash bargaining solution."""
    x, neutral = share(d1, d2, a, r), share(d1, d2, a, 1.0)
    return Solution(
        (
            NamedNumber("first", "share of player 1", x),
            NamedNumber("second", "share of player 2", 1.0 - x),
            NamedNumber("neutral", "share of player 1 if 2 did not mind risk", neutral),
            NamedNumber("gain", "what agreement adds to the pie", 1.0 - d1 - d2),
        ),
        (
            f"Player 1 gets {percent(x)}, player 2 {percent(1.0 - x)}",
            f"Of what agreement adds, {percent((x - d1) / (1.0 - d1 - d2))} goes to player 1.",
            f"Its aversion to risk costs player 2 {percent(x - neutral)} of the pie." if r < 1.0 else "",
        ),
    )


GAME = TextbookGame(
    name="nash",
    title="The Nash bargaining solution",
    reference="Nash 1950; asymmetric: Binmore, Rubinstein, Wolinsky 1986",
    statement=(
        "Two players may divide a pie; without agreement each has its fallback. The solution maximises the product of "
        "the gains over the fallbacks, each to the power of the player's bargaining power. Player 2 may mind risk."
    ),
    lesson="A better fallback and more bargaining power raise one's share; the side that minds risk gets less.",
    parameters=(
        Parameter("d1", "what player 1 has without agreement, share of the pie", 0.2, 0.0, 0.99),
        Parameter("d2", "what player 2 has without agreement, share of the pie", 0.1, 0.0, 0.99),
        Parameter("a", "bargaining power of player 1", 0.6, 0.01, 0.99),
        Parameter("r", "power in player 2's utility: 1 does not mind risk, less does", 1.0, 0.05, 1.0),
    ),
    solve=solve,
    panels=(
        Panel("r", ("first",), "Share of player 1", 0.05, 1.0, Family("a", (0.2, 0.4, 0.8)), ceiling=1.0),
        Panel("d2", ("first", "second"), "Shares of the pie", 0.0, 0.75, ceiling=1.0),
    ),
    rules=(Rule(lambda d1, d2, **_: d1 + d2 < 1.0, "d1 + d2 must be below 1, or there is nothing to gain"),),
)
