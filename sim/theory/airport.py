"""T13 The airport game (Littlechild and Owen 1973): who pays for the part of a runway that only some need."""

from __future__ import annotations

from collections.abc import Sequence

from sim.theory.textbook import NamedNumber, Panel, Parameter, Solution, TextbookGame, percent, short


def fees(costs: Sequence[float]) -> tuple[float, ...]:
    """Shapley value of the airport game: those who need a stretch of the runway share its cost equally.

    Parameters
    ----------
    costs : sequence of float
        Cost of the runway that each alone would need; together they need the longest.

    References
    ----------
    Littlechild, S. and Owen, G. (1973). A simple expression for the Shapley value in a special case. Management
    Science 20.

    Examples
    --------
    >>> fees([6.0, 9.0, 15.0])
    (2.0, 3.5, 9.5)
    """
    shortest_first = sorted(range(len(costs)), key=lambda i: costs[i])
    fee, before, owed = [0.0] * len(costs), 0.0, 0.0
    for place, i in enumerate(shortest_first):
        owed += (costs[i] - before) / (len(costs) - place)
        fee[i], before = owed, costs[i]
    return tuple(fee)


def solve(costs: tuple[float, ...]) -> Solution:
    """What each pays."""
    each = fees(costs)
    largest = max(range(len(costs)), key=lambda i: costs[i])
    return Solution(
        tuple(NamedNumber(f"fee{i}", f"player {i}", fee) for i, fee in enumerate(each, start=1)),
        (
            f"Who needs most pays {short(each[largest])} of {short(max(costs))}, {percent(each[largest] / max(costs))}",
            f"Each pays: {', '.join(map(short, each))}.",
        ),
    )


GAME = TextbookGame(
    name="airport",
    title="The airport game",
    reference="Littlechild and Owen 1973",
    statement=(
        "Players share a runway that must be as long as the longest that any of them needs. A coalition costs what its "
        "most demanding member costs. The Shapley value divides the bill."
    ),
    lesson="Each stretch is paid for, in equal parts, by those who need it. A rule for burdens as well as for power.",
    parameters=(Parameter("costs", "cost of what each alone would need", (6.0, 9.0, 15.0), 0.01, 1e6, most=12),),
    solve=solve,
    panels=(
        Panel(
            "costs.1",
            tuple(f"fee{i}" for i in range(1, 7)),
            "What each pays",
            0.0,
            24.0,
            label="costs, what player 1 alone would need",
        ),
    ),
)
