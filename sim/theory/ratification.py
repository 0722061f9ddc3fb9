"""T10 Ratification under uncertainty (after Iida 1993) [derived]: a hawkish legislature can also hurt."""

from __future__ import annotations

from sim.theory.textbook import Family, NamedNumber, Panel, Parameter, Rule, Solution, TextbookGame, percent


def offer(df: float, r0: float, spread: float) -> float:
    """What the foreign side offers home: (1 - dF + r0) / 2, and no more than is sure to be ratified, r0 + R.

    Parameters
    ----------
    df : float
        What the foreign side has without agreement.
    r0, spread : float
        The legislature's least share is uniform on [r0, r0 + R]; R is `spread`, above 0.

    Notes
    -----
    The foreign side maximises (1 - x - dF) P(r <= x). A minimal model made for teaching, in the spirit of Iida, K.
    (1993). When and how do domestic constraints matter? Journal of Conflict Resolution 37.

    Examples
    --------
    >>> round(offer(0.2, 0.3, 0.5), 6)
    0.55
    """
    return min((1.0 - df + r0) / 2.0, r0 + spread)


def chance(df: float, r0: float, spread: float) -> float:
    """Chance that the offer is ratified, (1 - dF - r0) / (2R), between 0 and 1.

    Examples
    --------
    >>> [round(chance(0.2, r0, 0.5), 6) for r0 in (0.3, 0.4, 0.5)]
    [0.5, 0.4, 0.3]
    """
    return min(max((offer(df, r0, spread) - r0) / spread, 0.0), 1.0)


def solve(dh: float, df: float, r0: float, spread: float) -> Solution:
    """The offer, its chance, and what the home side can expect of both."""
    x, sure = offer(df, r0, spread), chance(df, r0, spread)
    if sure == 0.0:
        return Solution(
            (NamedNumber("chance", "chance of ratification", 0.0), NamedNumber("worth", "worth to the home side", dh)),
            ("No offer is ratified: the legislature wants more than the foreign side can give",),
        )
    return Solution(
        (
            NamedNumber("offer", "the offer", x),
            NamedNumber("chance", "chance of ratification", sure),
            NamedNumber("worth", "worth to the home side", sure * x + (1.0 - sure) * dh),
        ),
        (
            f"The foreign side offers {percent(x)}, which is ratified with a chance of {percent(sure)}",
            f"The home side can expect {percent(sure * x + (1.0 - sure) * dh)}.",
            "A more demanding legislature gets better offers, and refuses more of them.",
        ),
    )


GAME = TextbookGame(
    name="ratification",
    title="Ratification under uncertainty",
    reference="after Iida 1993",
    derived=True,
    statement=(
        "A foreign side makes one offer. The home legislature ratifies what gives home at least r, which is uniform "
        "between r0 and r0 + spread and not known to the foreign side. If it fails, both have their fallbacks."
    ),
    lesson="A hawkish legislature helps when its will is known and can hurt when it is not.",
    parameters=(
        Parameter("dh", "what the home side has without agreement", 0.2, 0.0, 1.0),
        Parameter("df", "what the foreign side has without agreement", 0.2, 0.0, 1.0),
        Parameter("r0", "least that the legislature may want", 0.3, 0.0, 1.0),
        Parameter("spread", "width of the doubt about what it wants", 0.5, 0.01, 1.0),
    ),
    solve=solve,
    panels=(
        Panel("r0", ("offer", "chance", "worth"), "Offer, chance and worth", 0.0, 0.8, ceiling=1.0),
        Panel("r0", ("worth",), "What home can expect", 0.0, 0.8, Family("spread", (0.1, 0.3)), ceiling=1.0),
    ),
    rules=(Rule(lambda dh, df, **_: dh + df <= 1.0, "dh + df must be at most 1, or there is nothing to agree on"),),
    limit="The simulator's Senate is that of `doctrine theory senate`.",
)
