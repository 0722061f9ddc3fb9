"""T6 Burden sharing (Olson and Zeckhauser 1966; Bergstrom, Blume and Varian 1986): voluntary gifts to a public good."""

from __future__ import annotations

from collections.abc import Sequence

from sim.basics.labels import listed
from sim.theory.textbook import NamedNumber, Panel, Parameter, Solution, TextbookGame, percent, short


def provision(a: float, w: Sequence[float], outside: float = 0.0) -> float:
    """Public good at the Nash equilibrium: a (W_C + outside) / (a + n (1-a)), C being the n who give.

    Each maximises (own consumption)^(1-a) (public good)^a, so that i gives iff w_i > G (1-a) / a: the richest give, and
    the poorer join as long as they would still give something.

    Parameters
    ----------
    a : float
        Taste for the public good, above 0 and below 1.
    w : sequence of float
        Wealth of each member.
    outside : float
        What somebody else gives.

    References
    ----------
    Bergstrom, T., Blume, L. and Varian, H. (1986). On the private provision of public goods. Journal of Public
    Economics 29.

    Examples
    --------
    >>> round(provision(0.5, [10, 6, 4]), 6), round(provision(0.5, [10, 6, 4], outside=1), 6)
    (5.333333, 5.666667)
    """
    good, richest_first = outside, sorted(w, reverse=True)
    for n in range(1, len(w) + 1):
        if richest_first[n - 1] <= good * (1.0 - a) / a:
            break
        good = a * (sum(richest_first[:n]) + outside) / (a + n * (1.0 - a))
    return good


def gifts(a: float, w: Sequence[float], outside: float = 0.0) -> tuple[float, ...]:
    """Gift of each member at the Nash equilibrium, max(0, w_i - G (1-a) / a).

    Examples
    --------
    >>> [round(gift, 6) for gift in gifts(0.5, [10, 6, 4])]
    [4.666667, 0.666667, 0.0]
    """
    kept = provision(a, w, outside) * (1.0 - a) / a
    return tuple(max(0.0, wealth - kept) for wealth in w)


def efficient(a: float, w: Sequence[float], outside: float = 0.0) -> float:
    """Public good at which the members' willingness to pay sums to its cost (Samuelson): a (W + outside)."""
    return a * (sum(w) + outside)


def solve(a: float, w: tuple[float, ...], outside: float) -> Solution:
    """Who gives what, and how far that is from what would be best for all."""
    good, best, given = provision(a, w, outside), efficient(a, w, outside), gifts(a, w, outside)
    alone = provision(a, w)
    burdens = [gift / wealth for gift, wealth in zip(given, w, strict=True)]
    free = [f"member {i}" for i, gift in enumerate(given, start=1) if gift == 0.0]
    share = ", ".join(f"member {i} {percent(burden)}" for i, burden in enumerate(burdens, start=1))
    crowded = (
        f"The gift of {short(outside)} from outside raises the total by {short(good - alone)}: the rest is crowded out."
    )
    return Solution(
        (
            NamedNumber("good", "public good provided", good),
            NamedNumber("efficient", "best for all", best),
            *(NamedNumber(f"gift{i}", f"gift of member {i}", gift) for i, gift in enumerate(given, start=1)),
            *(NamedNumber(f"burden{i}", f"burden of member {i}", burden) for i, burden in enumerate(burdens, start=1)),
        ),
        (
            f"The members provide {short(good)} where {short(best)} would be best for all",
            f"Of its wealth each gives: {share}.",
            f"{listed(free).capitalize()} {'rides' if len(free) == 1 else 'ride'} free." if free else "All give.",
            crowded if outside else "",
        ),
    )


GAME = TextbookGame(
    name="olson_zeckhauser",
    title="Burden sharing",
    reference="Olson and Zeckhauser 1966; Bergstrom, Blume, Varian 1986",
    statement=(
        "Members of an alliance each divide their wealth between own use and a gift to a public good that all enjoy "
        "alike. Each weighs the good by a and its own use by 1 - a (Cobb-Douglas), and takes the gifts of the others "
        "as given. Somebody outside may give as well."
    ),
    lesson=(
        "The great are exploited by the small. Moving wealth among those who give changes nothing; a gift from outside "
        "is partly crowded out."
    ),
    parameters=(
        Parameter("a", "taste for the public good", 0.5, 0.01, 0.99),
        Parameter("w", "wealth of each member", (10.0, 6.0, 4.0), 0.01, 1e6, most=10),
        Parameter("outside", "gift from outside", 0.0, 0.0, 1e6),
    ),
    solve=solve,
    panels=(
        Panel(
            "w.1",
            tuple(f"burden{i}" for i in range(1, 7)),
            "Gift of each member, share of its wealth",
            1.0,
            20.0,
            ceiling=1.0,
            label="w, wealth of member 1",
        ),
        Panel("outside", ("good", "efficient"), "Public good", 0.0, 15.0),
    ),
    limit=(
        "With publicness 1 and all else off, Europe's gifts settle at this equilibrium, and expected American aid "
        "crowds them out as a gift from outside."
    ),
)
