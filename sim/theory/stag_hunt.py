"""T15 The stag hunt (Rousseau; Harsanyi and Selten 1988): the best for both needs trust."""

from __future__ import annotations

from sim.theory.textbook import Family, NamedNumber, Panel, Parameter, Rule, Solution, TextbookGame, percent


def trust_needed(stag: float, hare: float) -> float:
    """Chance of the other's cooperation from which hunting the stag is the better choice, hare / stag.

    Parameters
    ----------
    stag : float
        Payoff of hunting the stag together; alone it brings nothing.
    hare : float
        Payoff of hunting the hare, whatever the other does; below the stag's.

    References
    ----------
    Harsanyi, J. and Selten, R. (1988). A General Theory of Equilibrium Selection in Games (risk dominance).

    Examples
    --------
    >>> trust_needed(4.0, 3.0)
    0.75
    """
    return hare / stag


def solve(stag: float, hare: float) -> Solution:
    """How much trust the better equilibrium needs, and which one is safer."""
    need = trust_needed(stag, hare)
    safer = "the hare is the safer choice" if need > 1.0 / 2.0 else "the stag is also the safer choice"
    return Solution(
        (
            NamedNumber("trust", "trust that the stag needs", need),
            NamedNumber("gain", "what each gains by the stag", stag - hare),
            NamedNumber("risk_dominant", "the stag is the safer choice (1 yes, 0 no)", float(need <= 1.0 / 2.0)),
        ),
        (
            f"Each hunts the stag only if it trusts the other to at least {percent(need)}: {safer}",
            "Both hunting the stag and both hunting the hare are equilibria; talk can help to choose.",
        ),
    )


GAME = TextbookGame(
    name="stag_hunt",
    title="The stag hunt",
    reference="Harsanyi and Selten 1988",
    statement=(
        "Two hunters choose at the same time. Together they catch the stag; who hunts it alone gets nothing; a hare "
        "can be had by anyone."
    ),
    lesson="Not greed but doubt stands in the way: what is best for both may still be too risky for each.",
    parameters=(
        Parameter("stag", "payoff of the stag, hunted together", 4.0, 0.01, 1000.0),
        Parameter("hare", "payoff of the hare", 3.0, 0.0, 1000.0),
    ),
    solve=solve,
    panels=(
        Panel("hare", ("trust",), "Trust that the stag needs", 0.0, 4.0, Family("stag", (6.0, 10.0)), ceiling=1.0),
    ),
    rules=(Rule(lambda stag, hare: hare < stag, "hare must be below stag, or nobody hunts the stag"),),
)
