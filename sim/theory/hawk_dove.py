"""T15 Hawk and dove, or chicken (Maynard Smith and Price 1973): how much fighting a population settles on."""

from __future__ import annotations

from sim.theory.textbook import Family, NamedNumber, Panel, Parameter, Solution, TextbookGame, percent, short


def hawks(v: float, c: float) -> float:
    """Share of hawks at the evolutionarily stable state, V / C, at most all.

    Parameters
    ----------
    v : float
        What the prize is worth.
    c : float
        Cost of losing a fight.

    References
    ----------
    Maynard Smith, J. and Price, G. (1973). The logic of animal conflict. Nature 246.

    Examples
    --------
    >>> round(hawks(2.0, 6.0), 6)
    0.333333
    """
    return min(1.0, v / c)


def payoff(v: float, c: float) -> float:
    """What each gets there, (1 - V/C) V / 2; (V - C) / 2 where all are hawks."""
    x = hawks(v, c)
    return x * (v - c) / 2.0 + (1.0 - x) * v if x == 1.0 else (1.0 - x) * v / 2.0


def solve(v: float, c: float) -> Solution:
    """How many hawks, how much fighting."""
    share = hawks(v, c)
    return Solution(
        (
            NamedNumber("hawks", "hawks", share),
            NamedNumber("fights", "meetings that end in a fight", share**2),
            NamedNumber("payoff", "what each gets", payoff(v, c)),
            NamedNumber("doves", "what each would get if all were doves", v / 2.0),
        ),
        (
            f"{percent(share)} play hawk, and {percent(share**2)} of meetings end in a fight",
            f"Each gets {short(payoff(v, c))}; if all were doves each would get {short(v / 2.0)}.",
        ),
    )


GAME = TextbookGame(
    name="hawk_dove",
    title="Hawk and dove (chicken)",
    reference="Maynard Smith and Price 1973",
    statement=(
        "Two meet over a prize worth v. A hawk fights, a dove gives way to a hawk and shares with a dove. Two hawks "
        "fight, and the loser pays c."
    ),
    lesson="Costly fights do not end fighting: they make it as rare as pays.",
    parameters=(
        Parameter("v", "what the prize is worth", 2.0, 0.01, 1000.0),
        Parameter("c", "cost of losing a fight", 6.0, 0.01, 1000.0),
    ),
    solve=solve,
    panels=(Panel("c", ("hawks",), "Share of hawks", 0.5, 20.0, Family("v", (1.0, 4.0)), ceiling=1.0),),
)
