"""T3 (c) Preventive war (Fearon 1995): a rising power cannot promise not to use the strength it will have."""

from __future__ import annotations

from sim.theory.textbook import Family, NamedNumber, Panel, Parameter, Solution, TextbookGame, percent, short


def threshold(d: float, p1: float, cb: float) -> float:
    """The strength p2 of A tomorrow above which B attacks today: (p1 + cB (1-d)^2) / d.

    Parameters
    ----------
    d : float
        Discount factor, above 0 and below 1.
    p1 : float
        Chance that A wins a war fought today.
    cb : float
        Cost of war to B, once; the good is worth 1 a period.

    References
    ----------
    Fearon, J. (1995). Rationalist explanations for war. International Organization 49, section on preventive war.

    Examples
    --------
    >>> round(threshold(0.9, 0.4, 2.0), 6)
    0.466667
    """
    return (p1 + cb * (1.0 - d) ** 2) / d


def war(d: float, p1: float, p2: float, cb: float) -> bool:
    """Whether B fights today: d p2 - p1 > cB (1-d)^2."""
    return d * p2 - p1 > cb * (1.0 - d) ** 2


def solve(d: float, p1: float, p2: float, cb: float) -> Solution:
    """Whether the declining side attacks, and from which shift on."""
    limit, fights = threshold(d, p1, cb), war(d, p1, p2, cb)
    end = "B attacks today" if fights else "B keeps the peace"
    return Solution(
        (
            NamedNumber("war", "B attacks today (1 yes, 0 no)", float(fights)),
            NamedNumber("threshold", "A's chance tomorrow from which B attacks", limit),
            NamedNumber("incentive", "B's gain from attacking, d p2 - p1", d * p2 - p1),
            NamedNumber("cost", "what war costs B, cb (1-d)^2", cb * (1.0 - d) ** 2),
        ),
        (
            (
                f"{end}: A's chance of winning goes from {percent(p1)} to {percent(p2)}, and B sits through "
                f"{percent(min(limit, 1.0))} at most"
            ),
            (
                f"The shift is worth {short(d * p2 - p1)} to B and war costs {short(cb * (1.0 - d) ** 2)}, of the "
                "stream of the good."
            ),
            "A would promise restraint if it could; nobody can hold it to the promise once it is strong.",
        ),
    )


GAME = TextbookGame(
    name="preventive_war",
    title="Preventive war",
    reference="Fearon 1995",
    statement=(
        "A and B divide a good of size 1 every period. A wins a war, and the good for ever, with chance p1 today and "
        "p2 from tomorrow on; war costs B cb once. Today A can offer everything, but tomorrow it will demand what its "
        "strength then commands."
    ),
    lesson="A rise in power leads to war not by itself but by the impossibility of committing to restraint.",
    parameters=(
        Parameter("d", "discount factor a period", 0.9, 0.05, 0.999),
        Parameter("p1", "chance that A wins a war today", 0.4, 0.0, 1.0),
        Parameter("p2", "chance that A wins a war from tomorrow on", 0.6, 0.0, 1.0),
        Parameter("cb", "cost of war to B, in periods of the good", 2.0, 0.0, 100.0),
    ),
    solve=solve,
    panels=(
        Panel(
            "p1",
            ("threshold",),
            "A's chance of winning tomorrow from which B attacks today",
            0.0,
            0.6,
            Family("cb", (0.0, 10.0, 30.0)),
            ceiling=1.0,
        ),
    ),
)
