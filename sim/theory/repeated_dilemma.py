"""T15 The repeated prisoner's dilemma: when the shadow of the future makes cooperation an equilibrium."""

from __future__ import annotations

from sim.theory.textbook import NamedNumber, Panel, Parameter, Rule, Solution, TextbookGame, short


def grim_threshold(t: float, r: float, p: float) -> float:
    """Least discount factor at which never forgiving sustains cooperation, (T - R) / (T - P).

    Parameters
    ----------
    t, r, p : float
        Payoffs of defecting on a cooperator, of mutual cooperation, of mutual defection; T > R > P.

    References
    ----------
    Friedman, J. (1971). A non-cooperative equilibrium for supergames. Review of Economic Studies 38.

    Examples
    --------
    >>> grim_threshold(5, 3, 1)
    0.5
    """
    return (t - r) / (t - p)


def tit_for_tat_threshold(t: float, r: float, p: float, s: float) -> float:
    """Least discount factor at which tit for tat is a best reply to itself, max((T-R)/(T-P), (T-R)/(R-S)).

    References
    ----------
    Axelrod, R. (1984). The Evolution of Cooperation.

    Examples
    --------
    >>> round(tit_for_tat_threshold(5, 3, 1, 0), 6)
    0.666667
    """
    return max(grim_threshold(t, r, p), (t - r) / (r - s))


def solve(d: float, t: float, r: float, p: float, s: float) -> Solution:
    """Which strategies sustain cooperation at this discount factor."""
    grim, mirror = grim_threshold(t, r, p), tit_for_tat_threshold(t, r, p, s)
    kept = "Cooperation can last" if d >= grim else "Cooperation cannot last"
    return Solution(
        (
            NamedNumber("grim", "grim trigger needs", grim),
            NamedNumber("tit_for_tat", "tit for tat needs", mirror),
            NamedNumber("cooperation", "cooperation can last (1 yes, 0 no)", float(d >= grim)),
            NamedNumber("mirror", "tit for tat does it (1 yes, 0 no)", float(d >= mirror)),
        ),
        (
            f"{kept}: the future counts {short(d)}, and the threat never to forgive needs {short(grim)}",
            (
                f"Tit for tat, which forgives, needs {short(mirror)}"
                f"{'' if mirror <= 1.0 else ', more than any future counts'}."
            ),
        ),
    )


GAME = TextbookGame(
    name="dilemma",
    title="The repeated prisoner's dilemma",
    reference="Friedman 1971; Axelrod 1984",
    statement=(
        "Two meet again and again, each time to cooperate or defect. The payoffs are t for defecting on a cooperator, "
        "r for mutual cooperation, p for mutual defection, s for being defected on; the next meeting counts d of this "
        "one."
    ),
    lesson="Cooperation needs no friendship, only a future that counts enough. Forgiving strategies need more of it.",
    parameters=(
        Parameter("d", "discount factor", 0.6, 0.0, 0.999),
        Parameter("t", "temptation: defecting on a cooperator", 5.0, -100.0, 100.0),
        Parameter("r", "reward of mutual cooperation", 3.0, -100.0, 100.0),
        Parameter("p", "punishment: mutual defection", 1.0, -100.0, 100.0),
        Parameter("s", "sucker's payoff", 0.0, -100.0, 100.0),
    ),
    solve=solve,
    panels=(Panel("t", ("grim", "tit_for_tat"), "Least discount factor for cooperation", 3.01, 6.0, ceiling=1.0),),
    rules=(
        Rule(lambda t, r, p, s, **_: t > r > p > s, "t > r > p > s must hold, or it is no prisoner's dilemma"),
        Rule(lambda t, r, s, **_: 2.0 * r > t + s, "2 r must be above t + s, or taking turns beats cooperation"),
    ),
)
