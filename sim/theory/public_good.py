"""T15 The linear public good: all would be better off giving everything, and each is better off giving nothing."""

from __future__ import annotations

from sim.theory.textbook import Family, NamedNumber, Panel, Parameter, Solution, TextbookGame, short


def marginal_return(n: float, m: float) -> float:
    """What a unit given returns to the giver, m / n (MPCR).

    Parameters
    ----------
    n : float
        Members, a whole number from 2.
    m : float
        By how much gifts are multiplied before they are shared equally.

    References
    ----------
    Ledyard, J. (1995). Public goods: a survey of experimental research. Handbook of Experimental Economics.

    Examples
    --------
    >>> marginal_return(4, 1.6)
    0.4
    """
    return m / n


def solve(n: float, m: float) -> Solution:
    """Whether each gives, and what all lose if not."""
    own = marginal_return(n, m)
    gives, best = own > 1.0, m > 1.0
    said = (
        "Each gives everything, and so do all: there is no dilemma"
        if gives
        else "Each gives nothing, though all would gain if all gave"
        if best
        else "Nobody gives, and nobody should"
    )
    return Solution(
        (
            NamedNumber("mpcr", "return of a unit to its giver", own),
            NamedNumber("social", "return of a unit to all", m),
            NamedNumber("lost", "lost by each, per unit kept by all", max(0.0, m - 1.0) * float(not gives)),
        ),
        (
            f"{said}: a unit given returns {short(own)} to its giver and {short(m)} to all",
            f"If all keep a unit, each is {short(max(0.0, m - 1.0))} worse off than if all gave it."
            if not gives
            else "",
        ),
    )


GAME = TextbookGame(
    name="public_good",
    title="The linear public good",
    reference="Ledyard 1995",
    statement=(
        "Each of n members keeps or gives its units. What is given is multiplied by m and shared equally by all, "
        "givers or not."
    ),
    lesson="Between m = 1 and m = n every member's interest is against everybody's.",
    parameters=(
        Parameter("n", "members", 4.0, 2.0, 1000.0, whole=True),
        Parameter("m", "multiplier of gifts", 1.6, 0.0, 1000.0),
    ),
    solve=solve,
    panels=(
        Panel("n", ("mpcr",), "Return of a unit to its giver (above 1: all give)", 2.0, 12.0, Family("m", (2.0, 3.0))),
    ),
)
