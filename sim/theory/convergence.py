"""T5 Convergence of beliefs by fighting (Smith and Stam 2004; Slantchev 2003)."""

from __future__ import annotations

from sim.theory.textbook import Family, NamedNumber, Panel, Parameter, Solution, TextbookGame, percent, short


def disagreement(m1: float, m2: float, s: float, n: float) -> float:
    """How far two beliefs in one's chance of winning a battle are apart after n battles: D0 s / (s + n).

    Both beliefs are Beta with mean m_i and strength s (pseudo-battles); battles add the same counts to both, so their
    difference shrinks whatever happens.

    Parameters
    ----------
    m1, m2 : float
        Means of the two beliefs before fighting.
    s : float
        Strength of both, battles.
    n : float
        Battles fought.

    References
    ----------
    Smith, A. and Stam, A. (2004). Bargaining and the nature of war. Journal of Conflict Resolution 48. Slantchev, B.
    (2003). The principle of convergence in wartime negotiations. American Political Science Review 97.

    Examples
    --------
    >>> round(disagreement(0.8, 0.4, 10.0, 30.0), 6)
    0.1
    """
    return abs(m1 - m2) * s / (s + n)


def battles_until(m1: float, m2: float, s: float, cost: float) -> float:
    """Battles after which the disagreement is down to the cost of going on: s (D0 / c - 1), never negative.

    Parameters
    ----------
    cost : float
        Total cost of war to both, share of what is at stake; infinity of battles at 0.
    """
    apart = abs(m1 - m2)
    if apart <= cost:
        return 0.0
    return s * (apart / cost - 1.0) if cost > 0.0 else float("inf")


def solve(m1: float, m2: float, s: float, cost: float, n: float) -> Solution:
    """The disagreement after n battles, and when they settle."""
    apart, left = abs(m1 - m2), disagreement(m1, m2, s, n)
    until = battles_until(m1, m2, s, cost)
    end = (
        "They never settle: going on costs nothing"
        if until == float("inf")
        else f"They settle after {short(until)} battles, when the disagreement is down to the cost of war"
    )
    return Solution(
        (
            NamedNumber("battles", "battles until they settle", until if until < float("inf") else float("nan")),
            NamedNumber("start", "disagreement before the war", apart),
            NamedNumber("left", "disagreement", left),
        ),
        (
            end,
            f"They begin {percent(apart)} apart; after {short(n)} battles it is {percent(left)}, whoever won them.",
        ),
    )


GAME = TextbookGame(
    name="smith_stam",
    title="Convergence of beliefs by fighting",
    reference="Smith and Stam 2004; Slantchev 2003",
    statement=(
        "Two sides disagree about how likely side 1 is to win a battle; both beliefs are Beta distributions, worth s "
        "battles of experience. Each battle is seen by both. They can settle once the disagreement is no larger than "
        "what going on costs both together."
    ),
    lesson="Fighting teaches. Firm convictions and cheap wars make long wars.",
    parameters=(
        Parameter("m1", "side 1's belief in its chance of winning a battle", 0.8, 0.0, 1.0),
        Parameter("m2", "side 2's belief in the same chance", 0.4, 0.0, 1.0),
        Parameter("s", "strength of both beliefs, in battles", 10.0, 0.1, 1000.0),
        Parameter("cost", "cost of going on to both together, share of the stake", 0.1, 0.0, 1.0),
        Parameter("n", "battles fought", 10.0, 0.0, 10_000.0),
    ),
    solve=solve,
    panels=(
        Panel(
            "n", ("left",), "Disagreement about side 1's chance in a battle", 0.0, 100.0, Family("s", (2.0, 5.0, 30.0))
        ),
        Panel("s", ("battles",), "Battles until they settle", 0.1, 30.0, Family("cost", (0.05, 0.2))),
    ),
    limit=(
        "Kyiv's and Moscow's beliefs about the defender's advantage come together exactly as D s / (s + n), whatever "
        "the front does."
    ),
)
