"""T9 Doubt about a third party's support [derived]: disagreement about support kills a deal, not its level."""

from __future__ import annotations

from sim.theory.textbook import Family, NamedNumber, Panel, Parameter, Solution, TextbookGame, percent, short


def surplus(qp: float, qc: float, effect: float, cost: float) -> float:
    """What a settlement leaves to share: the total cost of war less the disagreement, cost - (qP - qC) effect.

    Parameters
    ----------
    qp, qc : float
        Chances of the patron's support that the protege and the challenger believe in.
    effect : float
        By how much support raises the protege's chance of winning.
    cost : float
        Cost of war to both together, share of what is at stake.

    Notes
    -----
    A minimal model made for teaching: each side's war value follows from its own belief, so that both want more than
    there is exactly when they disagree by more than war costs.

    Examples
    --------
    >>> round(surplus(0.9, 0.1, 0.3, 0.12), 6), round(surplus(0.6, 0.4, 0.3, 0.12), 6)
    (-0.12, 0.06)
    """
    return cost - (qp - qc) * effect


def solve(qp: float, qc: float, effect: float, cost: float) -> Solution:
    """War or peace, and the disagreement that peace survives."""
    left = surplus(qp, qc, effect, cost)
    any_belief = effect <= cost  # chances differ by 1 at most
    limit = float("nan") if any_belief else cost / effect
    said = (
        f"War: the two disagree by {percent((qp - qc) * effect)} of the stake, and fighting costs only {percent(cost)}"
        if left < 0.0
        else f"Peace: settling leaves {percent(left)} of the stake to share"
    )
    return Solution(
        (
            NamedNumber("war", "war (1 yes, 0 no)", float(left < 0.0)),
            NamedNumber("surplus", "what a settlement leaves to share", left),
            NamedNumber("limit", "disagreement that peace survives", limit),
            NamedNumber("common", "the same if both believed alike", cost),
        ),
        (
            said,
            f"Were both to believe in the same support, whatever it is, settling would leave {percent(cost)}.",
            "Peace survives any beliefs: support moves no more than war costs."
            if any_belief
            else f"Peace survives beliefs that are up to {short(limit)} apart.",
        ),
    )


GAME = TextbookGame(
    name="doubt",
    title="Doubt about a patron's support",
    reference="after Fearon 1995",
    derived=True,
    statement=(
        "A protege and a challenger bargain in the shadow of war. A patron's support would raise the protege's chance "
        "of winning; the protege believes in it with chance qp, the challenger with chance qc. Each wants at least "
        "what it expects of war by its own belief."
    ),
    lesson=(
        "It is the disagreement about support that kills a deal, not its level: any belief that both share keeps peace."
    ),
    parameters=(
        Parameter("qp", "the protege's belief in support", 0.9, 0.0, 1.0),
        Parameter("qc", "the challenger's belief in support", 0.1, 0.0, 1.0),
        Parameter("effect", "by how much support raises the chance of winning", 0.3, 0.0, 1.0),
        Parameter("cost", "cost of war to both together", 0.12, 0.0, 1.0),
    ),
    solve=solve,
    panels=(
        Panel(
            "qp",
            ("surplus",),
            "What a settlement leaves to share (below 0: war)",
            0.0,
            1.0,
            Family("qc", (0.5, 0.9)),
            floor=None,
        ),
    ),
    limit=(
        "With all else off, beliefs in American support that are far enough apart leave no line that both prefer to "
        "war, and any belief that both share leaves the whole range."
    ),
)
