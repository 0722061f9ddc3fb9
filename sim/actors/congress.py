"""Congress: six factions in two chambers; a bill waits at the agenda gate, is voted on, passes or dies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.actors.actor import Actor, Terms
from sim.arrays import Array, Mask, Rows, clip, expit
from sim.doctrine import FACTIONS, HOUSE_SEATS, SENATE_SEATS
from sim.record import coefficients
from sim.world import votes
from sim.world.settlement import LOGISTIC_PER_NORMAL
from sim.world.votes import CLOTURE, HOUSE_MAJORITY, SENATE_MAJORITY, TWO_THIRDS

if TYPE_CHECKING:
    from sim.model import Negotiation

END_OF_FISCAL_YEAR = "-09"


class Congress(Actor):
    """The legislature.

    Attributes
    ----------
    pending : Mask
        Whether a bill waits, shape (W,).
    age, waited, size : Array
        Months that it waits, and that one voted on this month had waited; EUR bn that it asks for.
    house_ayes, senate_ayes : Array
        This month's votes, NaN where none was held.
    voted, passed : Mask
        Whether a bill was voted on this month, and became law.
    gate_chance : Array
        Chance this month that the leadership lets a waiting bill up.
    """

    name = "congress"

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model)
        self.coefficients = _coefficients()
        self.pending = self.everywhere(0.0) > 0.0
        self.unasked = self.pending.copy()
        self.passed = self.pending.copy()
        self.voted = self.pending.copy()
        self.gate_chance = self.everywhere(0.0)
        self.age, self.waited = self.everywhere(0.0), self.everywhere(0.0)
        self.size = self.everywhere(0.0)
        self.cooling = self.everywhere(0.0)
        self.house_ayes = self.everywhere(np.nan)
        self.senate_ayes = self.everywhere(np.nan)

    # ---- the month

    def legislate(self) -> None:
        """Take up requests, let bills through the gate, vote on them, and grant authority."""
        self._receive_request()
        odds = self._odds(self.size, unpaid=self.age < self.parameters.congress.price_months)
        self.voted = self.pending & self._reaches_floor(odds)
        self.waited = self.age
        self._vote(odds, self.voted)
        self._grant(self.voted)

    def senate_needs(self) -> int:
        """Senators needed to pass a bill: 60 while the filibuster stands."""
        return CLOTURE if self.on.filibuster else SENATE_MAJORITY

    def floor_due(self) -> float:
        """EUR bn of the floor in the defence bill that must be allocated this month: the year's, at its end."""
        due = self.on.usai_floor and self.model.month.endswith(END_OF_FISCAL_YEAR)
        return float(self.parameters.congress.usai_year) if due else 0.0

    def holds_sanctions(self) -> Array:
        """1 where a filibuster-proof Senate holds sanctions in law, else 0, shape (W,)."""
        seats = self.doctrine.senate
        return self.everywhere(float(seats.order_majority + seats.institutional_hawks >= CLOTURE))

    def treaty_ayes(self) -> Array:
        """Senators who would ratify a treaty guarantee, before this month's shock, shape (W,)."""
        return votes.expected_ayes(
            self._seats("senate"), self._odds(self.everywhere(0.0), unpaid=self.everywhere(0.0) > 0.0)
        )

    def ratification_chance(self, rows: Rows) -> Array:
        """Chance that it would ratify a treaty guarantee, in the worlds `rows`."""
        margin = self.treaty_ayes()[rows] - (TWO_THIRDS - 0.5)
        return np.asarray(expit(LOGISTIC_PER_NORMAL * margin / self.model.parameters.at(rows).congress.senate_shock))

    def ratifies(self) -> Mask:
        """Whether two thirds of the Senate would ratify a treaty guarantee this month."""
        shock = self.parameters.congress.senate_shock * self.model.luck.normal("ratification")
        return np.asarray(np.rint(self.treaty_ayes() + shock) >= TWO_THIRDS)

    # ---- the way of a bill

    def _receive_request(self) -> None:
        """A request goes up when authority runs low, and is withdrawn when the executive no longer wants it."""
        p, washington = self.parameters.congress, self.model.united_states
        self.cooling = np.maximum(self.cooling - 1.0, 0.0)
        wanted = washington.desired * self.parameters.executive.full_support
        wants = washington.desired >= p.withdrawn_below
        asked = wants & (washington.authority < p.reserve_months * wanted)
        new = asked & ~self.pending & (self.cooling == 0.0)
        self.pending = (self.pending & (self.unasked | wants)) | new
        self.unasked = self.unasked & ~new
        self.size = np.where(new, p.bill_months * wanted, self.size)
        self.age = np.where(self.pending & ~new, self.age + 1.0, 0.0)
        if self.on.discharge_petition:
            self._write_unasked_bill()

    def _write_unasked_bill(self) -> None:
        """A majority may write the bill that the executive does not ask for, and bring it up by petition."""
        p = self.parameters.congress
        size = self.everywhere(p.unasked_months * self.parameters.executive.full_support)
        lacking = self.model.united_states.authority < size
        majority = (
            votes.expected_ayes(self._seats("house"), self._odds(size, unpaid=self.everywhere(1.0) > 0.0))
            >= HOUSE_MAJORITY
        )
        moved = self.model.luck.uniform("unasked bill") < p.discharge_hazard * self.model.need
        new = moved & majority & lacking & ~self.pending & (self.cooling == 0.0)
        self.unasked, self.pending = self.unasked | new, self.pending | new
        self.size = np.where(new, size, self.size)

    def _reaches_floor(self, odds: Array) -> Mask:
        """Whether the leadership lets the bill up, or a majority forces it up."""
        p, expected = self.parameters.congress, votes.expected_ayes(self._seats("house"), odds)
        terms: Terms = {
            "a gate that is shut": self.everywhere(p.gate_shut),
            "a leadership that opens it": self.everywhere(p.gate_openness * self.doctrine.agenda),
            "months of waiting": p.gate_age * self.age,
            "the count of votes": (expected - p.gate_reference) / p.gate_scale,
        }
        self.gate_chance = expit(self.decide("bill reaches the floor", terms))
        open_gate = self.model.luck.uniform("agenda gate") < self.gate_chance
        if not self.on.agenda_gate:
            open_gate = self.everywhere(1.0) > 0.0
        if self.on.discharge_petition:
            petition = (expected >= HOUSE_MAJORITY) & (
                self.model.luck.uniform("discharge petition") < p.discharge_hazard * self.model.need
            )
            open_gate = open_gate | petition | self.unasked
        return np.asarray(open_gate)

    def _vote(self, odds: Array, on_floor: Mask) -> None:
        """Count both chambers, each with a common shock."""
        p = self.parameters.congress
        for chamber, seats, sd in (
            ("house", HOUSE_SEATS, p.house_shock),
            ("senate", SENATE_SEATS, p.senate_shock),
        ):
            expected = votes.expected_ayes(self._seats(chamber), odds)
            ayes = clip(np.rint(expected + sd * self.model.luck.normal(f"{chamber} vote")), 0.0, float(seats))
            setattr(self, f"{chamber}_ayes", np.where(on_floor, ayes, np.nan))
        aye_shares = expit(odds)
        for chamber in ("house", "senate"):
            counts = self._seats(chamber) * aye_shares
            self.reasons[f"{chamber} ayes"] = dict(zip(FACTIONS, counts, strict=True))

    def _grant(self, on_floor: Mask) -> None:
        """Turn what both chambers passed into authority; a defeated bill cools off before it can come back."""
        washington = self.model.united_states
        self.passed = on_floor & (self.house_ayes >= HOUSE_MAJORITY) & (self.senate_ayes >= self.senate_needs())
        washington.authority = washington.authority + np.where(self.passed, self.size, 0.0)
        self.cooling = np.where(on_floor & ~self.passed, self.parameters.congress.cooling_months, self.cooling)
        self.pending = self.pending & ~on_floor
        self.unasked = self.unasked & self.pending

    # ---- the factions

    def _odds(self, size: Array, unpaid: Mask) -> Array:
        """Log-odds of an aye of each faction on a bill of this size, its price paid or not, shape (factions, W)."""
        dials, p = self.model.united_states.doctrine, self.parameters.congress
        bill = votes.Bill(
            size=size,
            unpaid=unpaid * 1.0,
            months=self.model.months_since(votes.CLOCK_STARTS),
            pull=votes.whip(dials.order, dials.europe, p),
            europe_share=self.model.europe.share,
            need=self.model.need,
        )
        return np.asarray(sum(votes.odds_terms(self.coefficients, bill, p).values()))

    def _seats(self, chamber: str) -> Array:
        """Seats of the factions in a chamber, shape (factions, 1)."""
        seats = getattr(self.doctrine, chamber)
        return np.array([[float(getattr(seats, faction))] for faction in FACTIONS])


def _coefficients() -> dict[str, Array]:
    """The estimated vote equation: each column of the table as (factions, 1)."""
    table = coefficients().set_index("faction").loc[list(FACTIONS)]
    return {column: table[[column]].to_numpy(dtype=float) for column in votes.COLUMNS}
