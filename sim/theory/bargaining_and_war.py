"""T3 Bargaining and war (Fearon 1995): why states fight although a settlement would be better for both."""

from __future__ import annotations

from sim.theory.textbook import Family, NamedNumber, Panel, Parameter, Rule, Solution, TextbookGame, percent, short


def bargaining_range(p: float, ca: float, cb: float) -> tuple[float, float]:
    """Shares for A that both prefer to war, [p - cA, p + cB] within [0, 1].

    Parameters
    ----------
    p : float
        Chance that A wins a war and with it the whole.
    ca, cb : float
        Costs of war, shares of what is at stake.

    References
    ----------
    Fearon, J. (1995). Rationalist explanations for war. International Organization 49.
    """
    return max(0.0, p - ca), min(1.0, p + cb)


def demand(p: float, ca: float, lo: float, hi: float) -> float:
    """A's best demand when B's cost of war is uniform on [lo, hi] and known to B alone: risk against return.

    x* = p + k* with k* = (hi - cA) / 2 held between lo and hi, and x* at most everything.

    Examples
    --------
    >>> demand(0.5, 0.1, 0.0, 0.4)
    0.65
    """
    margin = min(max((hi - ca) / 2.0, lo), hi)
    return p + min(margin, 1.0 - p)


def chance_of_war(p: float, ca: float, lo: float, hi: float) -> float:
    """Chance that B refuses A's best demand: (k* - lo) / (hi - lo).

    Examples
    --------
    >>> round(chance_of_war(0.5, 0.1, 0.0, 0.4), 6)
    0.375
    """
    margin = demand(p, ca, lo, hi) - p
    return max(0.0, margin - lo) / (hi - lo) if hi > lo else 0.0


def solve(p: float, ca: float, lo: float, hi: float) -> Solution:
    """A's demand, the chance of war, and the range that both prefer to war."""
    x, war = demand(p, ca, lo, hi), chance_of_war(p, ca, lo, hi)
    low, high = bargaining_range(p, ca, (lo + hi) / 2.0)
    sure = min(p + lo, 1.0)
    risk = (
        f"A smaller demand of {percent(sure)} would never be refused: A runs the risk because B's cost is hidden."
        if war > 0.0
        else "No B refuses it, so there is no war."
    )
    return Solution(
        (
            NamedNumber("demand", "what A demands", x),
            NamedNumber("war", "chance of war", war),
            NamedNumber("sure", "most that A could demand without risk", sure),
            NamedNumber("low", "least that A prefers to war", low),
            NamedNumber("high", "most that B of average cost concedes", high),
            NamedNumber("width", "width of the range of settlements", high - low),
        ),
        (
            f"A demands {percent(x)} of what is at stake and risks war with a chance of {percent(war)}",
            risk,
            (
                f"Settlements from {percent(low)} to {percent(high)} beat war for A and for a B of average cost: "
                f"the range is as wide as war is costly, {short(high - low)}."
            ),
        ),
    )


GAME = TextbookGame(
    name="fearon",
    title="Bargaining and war: risk against return",
    reference="Fearon 1995",
    statement=(
        "A and B dispute a good of size 1. In a war A wins all with chance p; war costs A ca, and B a cost that only B "
        "knows and that A takes for uniform between lo and hi. A makes one demand; B concedes it or fights."
    ),
    lesson=(
        "There is always a settlement that both prefer to war. War comes from what the other side hides: it falls with "
        "one's own cost and rises with uncertainty."
    ),
    parameters=(
        Parameter("p", "chance that A wins a war", 0.5, 0.0, 1.0),
        Parameter("ca", "cost of war to A, share of what is at stake", 0.1, 0.0, 1.0),
        Parameter("lo", "least cost of war that B may have", 0.0, 0.0, 1.0),
        Parameter("hi", "greatest cost of war that B may have", 0.4, 0.0, 1.0),
    ),
    solve=solve,
    panels=(
        Panel("hi", ("war",), "Chance of war", 0.0, 1.0, Family("ca", (0.0, 0.2, 0.4))),
        Panel("ca", ("width",), "Width of the range that both prefer to war", 0.0, 0.5, Family("hi", (0.0, 0.8))),
    ),
    rules=(Rule(lambda lo, hi, **_: lo <= hi, "lo must be at most hi"),),
    limit=(
        "With all else off, the range of lines that both prefer to war is as wide as war is costly, to the last digit."
    ),
)
