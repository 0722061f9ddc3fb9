"""T1 Alternating offers (Rubinstein 1982): two divide a pie; whoever refuses may propose next, but the pie shrinks."""

from __future__ import annotations

import math

from sim.theory.textbook import NamedNumber, Panel, Parameter, Solution, TextbookGame, percent


def proposer_share(d1: float, d2: float) -> float:
    """Share of the one who proposes first, (1 - d2) / (1 - d1 d2).

    Parameters
    ----------
    d1, d2 : float
        Discount factors of the proposer and of the responder a round of offers, 0 to below 1.

    References
    ----------
    Rubinstein, A. (1982). Perfect equilibrium in a bargaining model. Econometrica 50.

    Examples
    --------
    >>> round(proposer_share(0.9, 0.8), 6)
    0.714286
    """
    return (1.0 - d2) / (1.0 - d1 * d2)


def limit_share(r1: float, r2: float) -> float:
    """Share of player 1 as offers follow each other ever faster, r2 / (r1 + r2).

    Parameters
    ----------
    r1, r2 : float
        Discount rates per unit of time, above 0: d_i = exp(-r_i D) with D between offers, D to 0.
    """
    return r2 / (r1 + r2)


def responder_share(d1: float, d2: float, outside: float) -> float:
    """Share of the responder who may also walk away and get `outside`: the better of waiting and walking.

    Parameters
    ----------
    d1, d2 : float
        Discount factors.
    outside : float
        What the responder gets by leaving after refusing, share of the pie.

    References
    ----------
    Binmore, K., Shaked, A. and Sutton, J. (1989). An outside option experiment. Quarterly Journal of Economics 104.
    """
    return max(1.0 - proposer_share(d1, d2), outside)


def solve(d1: float, d2: float, outside: float) -> Solution:
    """The unique subgame-perfect equilibrium: agreement at once."""
    second = responder_share(d1, d2, outside)
    waits = 1.0 - proposer_share(d1, d2)
    patient = _fast_limit(d1, d2)
    binds = outside > waits
    said = (
        f"The responder's outside option of {percent(outside)} binds and is what it gets."
        if binds
        else f"An outside option of {percent(outside)} changes nothing: waiting gives the responder {percent(waits)}."
    )
    return Solution(
        (
            NamedNumber("first", "proposer's share", 1.0 - second),
            NamedNumber("second", "responder's share", second),
            NamedNumber("waiting", "responder's share without outside option", waits),
            NamedNumber("limit", "player 1's share as offers become ever faster", patient),
        ),
        (
            f"Agreement at once: the proposer keeps {percent(1.0 - second)}, the responder gets {percent(second)}",
            said,
            "" if math.isnan(patient) else f"With ever faster offers the proposer would keep {percent(patient)}.",
        ),
    )


def _fast_limit(d1: float, d2: float) -> float:
    """The limit share of two with these discount factors a round; NaN where both count only today."""
    if d1 == 0.0 or d2 == 0.0:
        return float("nan")
    return limit_share(-math.log(d1), -math.log(d2))


GAME = TextbookGame(
    name="rubinstein",
    title="Alternating offers",
    reference="Rubinstein 1982; outside option: Binmore, Shaked, Sutton 1989",
    statement=(
        "Two players divide a pie. Player 1 proposes; player 2 accepts, or refuses and proposes a round later, when "
        "each counts the pie at its discount factor; and so on without end. After refusing, player 2 may instead leave "
        "and take an outside option."
    ),
    lesson="Patience raises one's share. An outside option matters only when it is better than waiting.",
    parameters=(
        Parameter("d1", "discount factor of player 1, who proposes first", 0.9, 0.0, 0.999),
        Parameter("d2", "discount factor of player 2, who responds", 0.8, 0.0, 0.999),
        Parameter("outside", "what player 2 gets by leaving, share of the pie", 0.0, 0.0, 1.0),
    ),
    solve=solve,
    panels=(
        Panel("d1", ("first", "limit"), "Player 1's share of the pie", 0.0, 0.95, ceiling=1.0),
        Panel("outside", ("first", "second"), "Shares of the pie", 0.0, 1.0, ceiling=1.0),
    ),
    limit=(
        "What the two hold out for at the table are the shares of the limit, a month being a round: the one that looks "
        "further ahead gets more."
    ),
)
