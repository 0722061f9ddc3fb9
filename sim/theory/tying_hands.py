"""T8 Tying hands against sinking costs (after Fearon 1997) [derived]: two ways to make a threat believed."""

from __future__ import annotations

from typing import NamedTuple

from sim.theory.textbook import NamedNumber, Panel, Parameter, Solution, TextbookGame, percent, short


class Signal(NamedTuple):
    """An equilibrium: who signals, what signalling costs up front, how likely war is, what the leader can expect."""

    from_value: float
    price: float
    war: float
    worth: float


def tie(p: float, c: float, r: float) -> Signal:
    """Tying hands: backing down has been made unthinkable, so whoever signals fights if challenged.

    The leader ties its hands from v* = r c / (1 - r + r p) on, where (1-r) v + r (p v - c) = 0.

    Parameters
    ----------
    p : float
        Chance that the leader wins a war.
    c : float
        Cost of war to the leader.
    r : float
        Share of challengers who challenge whatever is said.

    References
    ----------
    In the spirit of Fearon, J. (1997). Signaling foreign policy interests. Journal of Conflict Resolution 41; a minimal
    model made for teaching, not the paper's.

    Examples
    --------
    >>> [round(number, 6) for number in tie(0.5, 0.3, 0.2)]
    [0.066667, 0.0, 0.186667, 0.392]
    """
    slope, loss = 1.0 - r + r * p, r * c
    start = min(1.0, loss / slope)
    return Signal(start, 0.0, r * (1.0 - start), slope * (1.0 - start**2) / 2.0 - loss * (1.0 - start))


def sink(p: float, c: float, r: float) -> Signal:
    """Sinking costs: a price paid up front, which only those pay who would fight anyway, v > v** = c / p.

    The price m* = (1-r) c / p just keeps away those who would back down.

    Examples
    --------
    >>> [round(number, 6) for number in sink(0.5, 0.3, 0.2)]
    [0.6, 0.48, 0.08, 0.072]
    """
    start = min(1.0, c / p)
    price = (1.0 - r) * start
    slope, loss = 1.0 - r + r * p, r * c + price
    return Signal(start, price, r * (1.0 - start), slope * (1.0 - start**2) / 2.0 - loss * (1.0 - start))


def solve(p: float, c: float, r: float) -> Solution:
    """Both ways, side by side."""
    tied, sunk = tie(p, c, r), sink(p, c, r)
    war = f"war is likelier: {percent(tied.war)} against {percent(sunk.war)}"
    sinks = f"from {short(sunk.from_value)} on" if sunk.from_value < 1.0 else "by nobody: no stake is worth a war"
    return Solution(
        (
            NamedNumber("tie_from", "stakes from which hands are tied", tied.from_value),
            NamedNumber("tie_war", "tying hands", tied.war),
            NamedNumber("tie_worth", "tying hands", tied.worth),
            NamedNumber("sink_from", "stakes from which costs are sunk", sunk.from_value),
            NamedNumber("sink_price", "price of the signal sunk", sunk.price),
            NamedNumber("sink_war", "sinking costs", sunk.war),
            NamedNumber("sink_worth", "sinking costs", sunk.worth),
        ),
        (
            (
                f"Tying hands is worth {short(tied.worth)} to the leader and sinking costs {short(sunk.worth)}"
                f"{f', though {war}' if tied.war > sunk.war else ''}"
            ),
            f"Hands are tied from a stake of {short(tied.from_value)} on; {short(sunk.price)} is sunk {sinks}.",
            "Neither way is there bluffing: whoever signals fights.",
        ),
    )


GAME = TextbookGame(
    name="fearon_signals",
    title="Tying hands, sinking costs",
    reference="after Fearon 1997",
    derived=True,
    statement=(
        "A leader's stake v, uniform on [0, 1], is its own secret. It may signal resolve; a share r of challengers "
        "then challenges all the same, the others give way to a leader who will fight. War is won with chance p and "
        "costs c, so that it pays p v - c; without a signal the stake is lost. Hands are tied by making it impossible "
        "to back down; costs are sunk by paying up front."
    ),
    lesson="Tying hands costs nothing unless challenged, so more leaders do it: better for them, and more war.",
    parameters=(
        Parameter("p", "chance that the leader wins a war", 0.5, 0.01, 1.0),
        Parameter("c", "cost of war to the leader", 0.3, 0.0, 1.0),
        Parameter("r", "share of challengers who challenge whatever is said", 0.2, 0.0, 0.99),
    ),
    solve=solve,
    panels=(
        Panel("c", ("tie_worth", "sink_worth"), "Worth to the leader, of a stake of 1 at most", 0.0, 0.6),
        Panel("c", ("tie_war", "sink_war"), "Chance of war", 0.0, 0.6),
    ),
)
