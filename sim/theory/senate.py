"""T10c Two thirds, and an envoy who is not sure (after Putnam 1988) [derived]."""

from __future__ import annotations

import math
from statistics import NormalDist

from sim.theory.textbook import Family, NamedNumber, Panel, Parameter, Solution, TextbookGame, percent, short

NORMAL = NormalDist()


def chance(margin: float, doubt: float, shock: float) -> float:
    """Chance that a Senate ratifies whose will is expected to lie `margin` above the bar.

    Parameters
    ----------
    margin, doubt : float
        By how much it is expected to exceed what two thirds need, and how unsure that is (sd), log-odds of an aye.
    shock : float
        Sd of what else decides a vote, in the same unit.

    Examples
    --------
    >>> round(chance(1.5, 1.0, 0.24), 4)
    0.9277
    """
    spread = math.hypot(doubt, shock)
    return NORMAL.cdf(margin / spread) if spread > 0.0 else float(margin >= 0.0)


def solve(margin: float, doubt: float, shock: float, lesser: float) -> Solution:
    """The chance, whether the treaty is tabled, and what the envoy can expect."""
    sure = chance(margin, doubt, shock)
    tabled = sure >= lesser
    what = "the treaty" if tabled else "the lesser guarantee"
    said = f"The envoy tables {what}: the Senate would ratify a treaty with a chance of {percent(sure)}"
    return Solution(
        (
            NamedNumber("chance", "chance of ratification", sure),
            NamedNumber("tabled", "the treaty is tabled (1 yes, 0 no)", float(tabled)),
            NamedNumber("worth", "what the envoy can expect", max(sure, lesser)),
        ),
        (
            said,
            f"He needs {percent(lesser)}, what a guarantee without a vote is worth of one with it.",
            f"A Senate's will that nobody knows to within {short(doubt)} log-odds of an aye blurs the bar.",
        ),
    )


GAME = TextbookGame(
    name="senate",
    title="Two thirds, and an envoy who is not sure",
    reference="after Putnam 1988",
    derived=True,
    statement=(
        "A treaty needs two thirds of a Senate. Each senator's odds of an aye move with a will that is known up to a "
        "normal doubt, and a vote has a shock of its own. The envoy can table the treaty, worth 1 if ratified, or a "
        "lesser guarantee without a vote, worth less for sure."
    ),
    lesson="A Senate need not refuse to matter: what may be refused is not tabled.",
    parameters=(
        Parameter("margin", "by how much the Senate's will exceeds the bar, log-odds of an aye", 1.5, -6.0, 6.0),
        Parameter("doubt", "how unsure that is (sd), log-odds", 1.0, 0.0, 5.0),
        Parameter("shock", "what else decides a vote (sd), log-odds", 0.24, 0.0, 5.0),
        Parameter("lesser", "worth of the guarantee without a vote, share of the treaty's", 0.6, 0.0, 1.0),
    ),
    solve=solve,
    panels=(
        Panel("margin", ("chance",), "Chance of ratification", -3.0, 3.0, Family("doubt", (0.2, 3.0)), ceiling=1.0),
        Panel("doubt", ("chance", "worth"), "Chance; what the envoy can expect", 0.0, 5.0, ceiling=1.0),
    ),
    limit=(
        "Treaties are ratified as often as this says of the margin in the simulator's Senate, and the envoy reckons "
        "with just that chance."
    ),
)
