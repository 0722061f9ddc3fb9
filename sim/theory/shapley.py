"""T13 The Shapley value (1953): what each adds on average, over all orders in which a coalition can form."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

import numpy as np

from sim.theory.textbook import NamedNumber, Panel, Parameter, Rule, Solution, TextbookGame, percent


def voting_power(quota: float, weights: Sequence[float]) -> tuple[float, ...]:
    """Shapley-Shubik index of a weighted voting game: the chance to be the one whose votes reach the quota.

    Counts coalitions by size and weight instead of listing them, so that dozens of voters are no work.

    Parameters
    ----------
    quota : float
        Votes that pass a motion, a whole number.
    weights : sequence of float
        Votes of each, whole numbers.

    References
    ----------
    Shapley, L. and Shubik, M. (1954). A method for evaluating the distribution of power in a committee system. American
    Political Science Review 48.

    Examples
    --------
    >>> [round(power, 6) for power in voting_power(51, [50, 49, 1])]
    [0.666667, 0.166667, 0.166667]
    """
    votes = [int(weight) for weight in weights]
    return tuple(_pivotal(int(quota), votes[i], votes[:i] + votes[i + 1 :]) for i in range(len(votes)))


def _pivotal(quota: int, own: int, others: list[int]) -> float:
    """Chance that one with `own` votes is pivotal among the others."""
    n = len(others)
    counts = np.zeros((n + 1, quota))  # coalitions by size and by votes, short of the quota
    counts[0, 0] = 1.0
    for vote in others:
        shifted = np.zeros_like(counts)
        if vote < quota:
            shifted[1:, vote:] = counts[:-1, : quota - vote]
        counts = counts + shifted
    swings = counts[:, max(quota - own, 0) :].sum(axis=1)
    return float(sum(swings[size] / comb(n, size) for size in range(n + 1)) / (n + 1))


def solve(quota: float, weights: tuple[float, ...]) -> Solution:
    """Power of each voter beside its share of the votes."""
    power = voting_power(quota, weights)
    strongest = max(range(len(power)), key=lambda i: power[i])
    share = weights[strongest] / sum(weights)
    idle = [str(i) for i, value in enumerate(power, start=1) if value == 0.0]
    return Solution(
        tuple(NamedNumber(f"power{i}", f"voter {i}", value) for i, value in enumerate(power, start=1)),
        (
            f"Voter {strongest + 1} has {percent(share)} of the votes and {percent(power[strongest])} of the power",
            f"Power of each: {', '.join(map(percent, power))}.",
            f"Without any power: voter {', '.join(idle)}." if idle else "",
        ),
    )


GAME = TextbookGame(
    name="shapley",
    title="Power in a vote",
    reference="Shapley 1953; Shapley and Shubik 1954",
    statement=(
        "Voters with given numbers of votes pass a motion with a quota of them. Let a coalition form one voter at a "
        "time, all orders being equally likely: a voter's power is the chance that its votes reach the quota."
    ),
    lesson="Power is not in proportion to votes: it is in how often one is needed.",
    parameters=(
        Parameter("quota", "votes that pass a motion", 51.0, 1.0, 10_000.0, whole=True),
        Parameter("weights", "votes of each", (50.0, 49.0, 1.0), 0.0, 10_000.0, whole=True, most=40),
    ),
    solve=solve,
    panels=(
        Panel(
            "weights.1",
            tuple(f"power{i}" for i in range(1, 5)),
            "Power of the first voters",
            0.0,
            100.0,
            ceiling=1.0,
            label="weights, votes of voter 1",
        ),
    ),
    rules=(
        Rule(
            lambda quota, weights: quota <= sum(weights),
            "quota must be at most the sum of the weights, or nothing ever passes",
        ),
    ),
)
