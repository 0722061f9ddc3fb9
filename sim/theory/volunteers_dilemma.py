"""T6 The volunteer's dilemma (Diekmann 1985): one is enough, and each hopes that it is another."""

from __future__ import annotations

from sim.theory.textbook import Family, NamedNumber, Panel, Parameter, Solution, TextbookGame, percent, short


def chance_to_volunteer(n: float, c: float) -> float:
    """Chance that each volunteers at the symmetric equilibrium, 1 - (c/V)^(1/(n-1)).

    Parameters
    ----------
    n : float
        Members, a whole number from 2.
    c : float
        Cost of volunteering over what the good is worth to each, c/V, 0 to 1.

    References
    ----------
    Diekmann, A. (1985). Volunteer's dilemma. Journal of Conflict Resolution 29.

    Examples
    --------
    >>> round(chance_to_volunteer(5, 0.2), 6)
    0.33126
    """
    return float(1.0 - c ** (1.0 / (n - 1.0)))


def chance_of_nobody(n: float, c: float) -> float:
    """Chance that nobody volunteers, (c/V)^(n/(n-1)): it rises with the number of members.

    Examples
    --------
    >>> round(chance_of_nobody(5, 0.2), 6)
    0.133748
    """
    return float(c ** (n / (n - 1.0)))


def solve(n: float, c: float) -> Solution:
    """How likely each is to help, and how likely it is that nobody does."""
    each, nobody = chance_to_volunteer(n, c), chance_of_nobody(n, c)
    return Solution(
        (
            NamedNumber("each", "each volunteers", each),
            NamedNumber("nobody", "nobody does", nobody),
        ),
        (
            (
                f"Each of the {short(n)} volunteers with a chance of {percent(each)}, and nobody does with a chance of "
                f"{percent(nobody)}"
            ),
            f"Two alone would be left without help with a chance of {percent(chance_of_nobody(2.0, c))}.",
        ),
    )


GAME = TextbookGame(
    name="volunteer",
    title="The volunteer's dilemma",
    reference="Diekmann 1985",
    statement=(
        "One volunteer among n is enough to provide a good for all. Volunteering costs the share c of what the good is "
        "worth to each. All choose at the same time; this is the equilibrium in which all behave alike."
    ),
    lesson="The more could help, the less each does, and the likelier it is that nobody does.",
    parameters=(
        Parameter("n", "members", 5.0, 2.0, 1000.0, whole=True),
        Parameter("c", "cost of volunteering over the worth of the good", 0.2, 0.0, 1.0),
    ),
    solve=solve,
    panels=(
        Panel("n", ("nobody",), "Chance that nobody volunteers", 2.0, 20.0, Family("c", (0.1, 0.4, 0.6)), ceiling=1.0),
        Panel("c", ("each", "nobody"), "Chances", 0.0, 1.0, ceiling=1.0),
    ),
)
