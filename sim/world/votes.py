"""How factions vote on a bill, and what the leadership lets come up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.basics.arrays import Array, expit, total

if TYPE_CHECKING:
    from sim.scenario.parameters import CongressParameters

CLOCK_STARTS = "2022-03"
"""Month from which fatigue counts, as in the estimates."""
HOUSE_MAJORITY, CLOTURE, SENATE_MAJORITY, TWO_THIRDS = 218, 60, 51, 67
"""Votes that pass a bill in the House; that end a filibuster, pass a bill and ratify a treaty in the Senate."""
NEED_REFERENCE = 0.5
"""Ukraine's need at which it leaves the odds of an aye alone."""
FAIR_BURDEN = 0.5
"""Europe's share of all aid at which it leaves the odds of an aye alone."""
TIRED = 600.0
"""Months of war after which nobody tires any more."""


AS_IN_2024 = 0.73
"""The president's pull of the last year in which grants were voted on."""
HALF_OF_SENATE = 50
"""Seats from which on those who always vote for aid lead the Senate, the Vice President's vote with them or not."""


def whip(order: float, europe: float, p: CongressParameters) -> float:
    """The president's pull for aid: 2 order europe - .8, negative when the White House does not want the bill."""
    return 2.0 * order * europe - p.whip_reference


COLUMNS = ("intercept", "size", "fatigue", "fatigue_months", "whip", "burden", "price", "sanctions", "follows")
"""Columns of the estimated vote equation that a bill uses."""


class AidBill(NamedTuple):
    """What a bill is itself, shape (W,): EUR bn, and 1 or 0 for the rest.

    unpaid : a domestic price for it is open. sanctions : it is about sanctions alone. unwanted : the executive wants
    nothing of it.
    """

    size: Array
    unpaid: Array
    sanctions: Array
    unwanted: Array


class Bill(NamedTuple):
    """What the factions look at when they vote.

    size : EUR bn, shape (W,). unpaid : 1 where a domestic price for it is still open, else 0, shape (W,).
    months : since March 2022. pull : the `whip`, shape (W,). europe_share, need : 0 to 1, shape (W,).
    sanctions : 1 where it is about sanctions on Russia alone, else 0, shape (W,).
    """

    size: Array
    unpaid: Array
    months: float
    pull: Array
    europe_share: Array
    need: Array
    sanctions: Array


def odds_terms(factions: dict[str, Array], bill: Bill, p: CongressParameters) -> dict[str, Array]:
    """Terms of each faction's log-odds of an aye, each of a shape that broadcasts to (factions, W).

    Parameters
    ----------
    factions : dict of arrays (factions, 1)
        `COLUMNS` of the estimated table; fatigue stops growing after `fatigue_months`.
    bill : Bill
        What is voted on.
    p : CongressParameters
        Weight of need.
    """
    return {
        "its own bent": factions["intercept"],
        "the size of the bill": factions["size"] * bill.size,
        "fatigue": factions["fatigue"] * np.minimum(bill.months, factions["fatigue_months"]),
        "the president's whip": factions["whip"] * bill.pull,
        "Europe's share of the burden": factions["burden"] * (2.0 * bill.europe_share - 1.0),
        "Ukraine's need": p.need_weight * (bill.need - NEED_REFERENCE),
        "a domestic price unpaid": factions["price"] * bill.unpaid,
        "sanctions alone": factions["sanctions"] * bill.sanctions,
    }


def shares(factions: dict[str, Array], odds: Array, kept_back: Array) -> Array:
    """Share of ayes of each faction, (factions, W), from its log-odds.

    Parameters
    ----------
    factions : dict of arrays (factions, 1)
        `follows` is 1 for those of whom some vote as their leaders do, else 0.
    odds : array (factions, W)
        From `odds_terms`.
    kept_back : array (W,)
        Share of those who follow their leaders, who refuse what their president does not ask for; 0 where he does.
    """
    return np.asarray(expit(odds) * (1.0 - factions["follows"] * kept_back))


def expected_ayes(seats: Array, share: Array) -> Array:
    """Ayes expected of a chamber, shape (W,), from seats (factions, 1) and shares of ayes (factions, W)."""
    return total(seats * share)
