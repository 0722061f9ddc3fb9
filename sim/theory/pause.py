"""T4b A pause that shifts power (after Powell 2006) [derived]: who grows in peace cannot promise not to use it."""

from __future__ import annotations

import math

from sim.theory.textbook import Family, NamedNumber, Panel, Parameter, Solution, TextbookGame, percent

HALVINGS = 60
MOST = 500.0
"""Log-hazard beyond which peace breaks at once anyway."""


def renewed(shift: float, rising: float, hazard: float, tempted: float, discount: float) -> float:
    """Q, the discounted chance that the rising side breaks the peace: hazard / (hazard + discount).

    Parameters
    ----------
    shift : float
        What a pause adds to what the rising side wins by war, share of the stake.
    rising : float
        Its cost of war.
    hazard : float
        Chance a month that peace breaks though nothing is to be won by it.
    tempted : float
        Log-hazard that a unit of gain from breaking it adds.
    discount : float
        Monthly discount rate.
    """
    broken = min(1.0, hazard * math.exp(min(tempted * (shift - rising), MOST)))
    return broken / (broken + discount)


def gain(shift: float, declining: float, rising: float, hazard: float, tempted: float, discount: float) -> float:
    """What peace on the line gives the declining side over war: (1 - Q) (cost of war - Q shift).

    Notes
    -----
    Peace lasts for a share 1 - Q of what counts and saves war; when it breaks, the other has grown by the shift. What
    it needs to be paid for that, it would have to be handed over today.
    """
    q = renewed(shift, rising, hazard, tempted, discount)
    return (1.0 - q) * (declining - q * shift)


def threshold(declining: float, rising: float, hazard: float, tempted: float, discount: float) -> float:
    """The shift from which there is war: where Q shift is the declining side's cost of war.

    Examples
    --------
    >>> round(threshold(0.1, 0.02, 0.012, 2.0, 0.03), 4)
    0.256
    """
    low, high = 0.0, 1.0
    while renewed(high, rising, hazard, tempted, discount) * high < declining:
        high *= 2.0
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        short = renewed(middle, rising, hazard, tempted, discount) * middle < declining
        low, high = (middle, high) if short else (low, middle)
    return high


def solve(shift: float, declining: float, rising: float, hazard: float, tempted: float, discount: float) -> Solution:
    """Whether peace on the line is better than war for the declining side."""
    q = renewed(shift, rising, hazard, tempted, discount)
    left, most = (
        gain(shift, declining, rising, hazard, tempted, discount),
        threshold(declining, rising, hazard, tempted, discount),
    )
    kind = "Peace" if left >= 0.0 else "War"
    said = f"{kind}: the pause shifts {percent(shift)} of the stake, and peace survives {percent(most)}"
    return Solution(
        (
            NamedNumber("gain", "what peace gives the declining side", left),
            NamedNumber("renewed", "discounted chance of renewed war", q),
            NamedNumber("threshold", "shift from which there is war", most),
        ),
        (
            said,
            f"War saved is worth {percent(declining)} to the declining side; it must fear {percent(q * shift)}.",
            "Both would gain from a peace that lasts; the rising side would have to pay for it today and cannot.",
        ),
    )


GAME = TextbookGame(
    name="pause",
    title="A pause that shifts power",
    reference="after Powell 2006",
    derived=True,
    statement=(
        "Peace on the present line saves both what war costs them. But a pause makes one of them stronger: in a war "
        "after it, it wins the shift more. It breaks the peace the more easily the more it would win by that, its own "
        "cost of war counted. Land cannot be handed over in advance."
    ),
    lesson=(
        "What kills peace is not that war is cheap but that power will shift and nobody can promise not to use it; "
        "what deters the breach, or arms the weaker side in the pause, brings peace back."
    ),
    parameters=(
        Parameter("shift", "what the rising side gains by the pause, share of the stake", 0.1, 0.0, 1.0),
        Parameter("declining", "cost of war to the declining side, share of the stake", 0.1, 0.0, 1.0),
        Parameter("rising", "cost of war to the rising side", 0.02, 0.0, 1.0),
        Parameter("hazard", "chance a month that peace breaks without temptation", 0.012, 0.0001, 1.0),
        Parameter("tempted", "log-hazard that a unit of gain adds", 2.0, 0.0, 50.0),
        Parameter("discount", "monthly discount rate", 0.03, 0.001, 1.0),
    ),
    solve=solve,
    panels=(
        Panel(
            "shift",
            ("gain",),
            "What peace gives the declining side",
            0.0,
            0.5,
            Family("tempted", (0.0, 10.0)),
            floor=None,
        ),
        Panel("shift", ("renewed",), "Discounted chance of renewed war", 0.0, 0.5, Family("tempted", (0.0, 10.0))),
    ),
    limit=(
        "With all else off and no land to be given back, peace on the front is worth this to Kyiv, and there is a zone "
        "of agreement exactly where it is worth something."
    ),
)
