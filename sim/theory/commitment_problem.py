"""T4 War as a commitment problem (Powell 2006): what one must be given tomorrow cannot be promised away today."""

from __future__ import annotations

from sim.theory.textbook import Family, NamedNumber, Panel, Parameter, Solution, TextbookGame, percent, short


def inefficient(d: float, locked_now: float, locked_next: float, other_now: float, pie: float) -> bool:
    """Powell's condition: d M_A(t+1) - M_A(t) > B - [M_A(t) + M_B(t)].

    Parameters
    ----------
    d : float
        Discount factor.
    locked_now, locked_next : float
        M_A(t), M_A(t+1): what A can lock in by fighting today, and tomorrow.
    other_now : float
        M_B(t): what B can lock in by fighting today.
    pie : float
        B: value today of everything that is to be divided.

    References
    ----------
    Powell, R. (2006). War as a commitment problem. International Organization 60.
    """
    return d * locked_next - locked_now > pie - (locked_now + other_now)


def threshold(d: float, p: float, w: float) -> float:
    """The strength p' of A tomorrow above which there is war: (p + (1-w) / w) / d.

    Parameters
    ----------
    d : float
        Discount factor.
    p : float
        Chance that A wins a war today.
    w : float
        Share of the pie that war leaves.

    Examples
    --------
    >>> round(threshold(0.95, 0.4, 0.9), 6)
    0.538012
    """
    return (p + (1.0 - w) / w) / d


def solve(d: float, p: float, p2: float, w: float) -> Solution:
    """Whether there is war, and how fast a shift of power peace survives."""
    pie = 1.0 / (1.0 - d)
    fights = inefficient(d, p * w * pie, p2 * w * pie, (1.0 - p) * w * pie, pie)
    limit = threshold(d, p, w)
    most = (pie - d * p2 * w * pie) * (1.0 - d)
    return Solution(
        (
            NamedNumber("war", "war (1 yes, 0 no)", float(fights)),
            NamedNumber("threshold", "A's chance tomorrow from which there is war", limit),
            NamedNumber("peace", "most that peace can give B, share of the pie", most),
            NamedNumber("fighting", "what B can lock in by fighting, share of the pie", (1.0 - p) * w),
        ),
        (
            (
                f"{'War' if fights else 'Peace'}: A's chance of winning goes from {percent(p)} to {percent(p2)}, and "
                f"peace survives {percent(min(limit, 1.0))}"
            ),
            (
                f"Even if B gets everything today, peace is worth {short(most)} of the pie to it, and fighting "
                f"{short((1.0 - p) * w)}."
            ),
            (
                f"War destroys {percent(1.0 - w)} of the pie: that both could share, if A could promise not to use its "
                "strength tomorrow."
            ),
        ),
    )


GAME = TextbookGame(
    name="powell",
    title="War as a commitment problem",
    reference="Powell 2006",
    statement=(
        "A and B divide a pie of size 1 every period. By fighting, either can lock in its chance of winning (A: p "
        "today, p2 tomorrow) times the share w of the pie that war leaves, for ever. A is rising. Today's division can "
        "give B everything, but tomorrow A must be given what it could then take."
    ),
    lesson="Peace fails when power shifts faster than the costs of war can make up for, though all is known to all.",
    parameters=(
        Parameter("d", "discount factor a period", 0.95, 0.05, 0.999),
        Parameter("p", "chance that A wins a war today", 0.4, 0.0, 1.0),
        Parameter("p2", "chance that A wins a war tomorrow", 0.6, 0.0, 1.0),
        Parameter("w", "share of the pie that war leaves", 0.9, 0.05, 1.0),
    ),
    solve=solve,
    panels=(
        Panel(
            "w",
            ("threshold",),
            "A's chance of winning tomorrow from which there is war",
            0.5,
            1.0,
            Family("p", (0.1, 0.2, 0.6)),
            ceiling=1.0,
        ),
    ),
    limit="The simulator's table has it as a pause in the war that shifts power: see `doctrine theory pause`.",
)
