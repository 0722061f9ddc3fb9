"""T10 The two-level game (Putnam 1988): a legislature that must ratify is a source of strength, up to a point."""

from __future__ import annotations

from sim.theory.textbook import Family, NamedNumber, Panel, Parameter, Rule, Solution, TextbookGame, percent


def free_share(dh: float, df: float) -> float:
    """The home side's share of the pie if nobody had to ratify: halfway between the two fallbacks (Nash)."""
    return (1.0 + dh - df) / 2.0


def share(dh: float, df: float, r: float) -> float:
    """The home side's share when its legislature ratifies nothing under r: max(x_N, r) if r <= 1 - dF.

    Parameters
    ----------
    dh, df : float
        What home and foreign side have without agreement.
    r : float
        Least share that the legislature ratifies, known to all.

    Returns
    -------
    float
        NaN where there is no deal.

    References
    ----------
    Putnam, R. (1988). Diplomacy and domestic politics. International Organization 42. Iida, K. (1993). When and how do
    domestic constraints matter? Journal of Conflict Resolution 37. The conjecture is Schelling's (1960).

    Examples
    --------
    >>> share(0.2, 0.2, 0.65), share(0.2, 0.2, 0.85)
    (0.65, nan)
    """
    return max(free_share(dh, df), r) if r <= 1.0 - df else float("nan")


def solve(dh: float, df: float, r: float) -> Solution:
    """The deal, if there is one, and whether the legislature shaped it."""
    free, x = free_share(dh, df), share(dh, df, r)
    got = dh if x != x else x
    if x != x:
        said = f"No deal: the legislature wants {percent(r)} and the foreign side concedes at most {percent(1.0 - df)}"
    elif r > free:
        said = f"The legislature lifts the home side's share from {percent(free)} to {percent(x)}"
    else:
        said = f"The home side gets {percent(x)}: its legislature would ratify less and does not bind"
    return Solution(
        (
            NamedNumber("deal", "deal (1 yes, 0 no)", float(x == x)),
            NamedNumber("share", "home side's share in the deal", x),
            NamedNumber("home", "what the home side gets, deal or none", got),
            NamedNumber("free", "its share with nobody to ratify", free),
            NamedNumber("most", "most that the foreign side concedes", 1.0 - df),
        ),
        (said, f"With nobody to ratify the home side would get {percent(free)}."),
    )


GAME = TextbookGame(
    name="putnam",
    title="The two-level game",
    reference="Putnam 1988; Schelling 1960, Iida 1993",
    statement=(
        "A home government and a foreign one divide a pie by Nash bargaining, each with a fallback. The home "
        "legislature ratifies nothing that gives home less than r, and everyone knows it."
    ),
    lesson=(
        "A demanding legislature raises its government's share (Schelling's conjecture), until nothing is left to "
        "agree."
    ),
    parameters=(
        Parameter("dh", "what the home side has without agreement", 0.2, 0.0, 1.0),
        Parameter("df", "what the foreign side has without agreement", 0.2, 0.0, 1.0),
        Parameter("r", "least share that the legislature ratifies", 0.65, 0.0, 1.0),
    ),
    solve=solve,
    panels=(
        Panel(
            "r",
            ("home",),
            "What the home side gets, deal or none",
            0.0,
            1.0,
            Family("df", (0.0, 0.4)),
            ceiling=1.0,
        ),
    ),
    rules=(Rule(lambda dh, df, **_: dh + df <= 1.0, "dh + df must be at most 1, or there is nothing to agree on"),),
)
