"""Congress: six factions in two chambers; a bill waits at the agenda gate, is voted on, passes or dies."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.actors.actor import Actor, Terms, summed
from sim.basics.actors import FACTIONS, HOUSE_SEATS, SENATE_SEATS
from sim.basics.arrays import Array, Mask, Rows, clip, expit, full, pick, real, total
from sim.record import columns
from sim.world import beliefs, treaty, votes
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
    treaty_will : Array
        How much more or less than aid the Senate likes a treaty, log-odds of an aye; constant of the world.
    treaty_mean, treaty_variance : Array
        What everybody believes of it: a normal, corrected by votes on treaties.
    """

    name = "congress"

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model)
        self.coefficients = _coefficients()
        self.pending, self.unasked = self._nowhere(), self._nowhere()
        self.passed, self.voted = self._nowhere(), self._nowhere()
        self.gate_chance = self.everywhere(0.0)
        self.age, self.waited = self.everywhere(0.0), self.everywhere(0.0)
        self.size = self.everywhere(0.0)
        self.cooling = self.everywhere(0.0)
        self.house_ayes = self.everywhere(np.nan)
        self.senate_ayes = self.everywhere(np.nan)
        p = self.parameters.congress
        self._reference = self._reference_bar()
        self.treaty_mean = self.everywhere(treaty.mean_will(self._reference, p))
        self.treaty_variance = self.everywhere(p.treaty_sd**2)
        self.treaty_will = self.treaty_mean + p.treaty_sd * model.luck.normal("will of the Senate")

    # ---- the month

    def legislate(self) -> None:
        """Take up requests, let bills through the gate, vote on them, and grant authority."""
        self._receive_request()
        self.waited = self.age
        self.house_ayes, self.senate_ayes = self.everywhere(np.nan), self.everywhere(np.nan)
        self.voted, self.gate_chance = self._nowhere(), self.everywhere(0.0)
        waiting = np.flatnonzero(self.pending)
        if waiting.size:
            self._debate(waiting)
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

    def treaty_ayes(self, rows: Rows, odds: Array | None = None) -> Array:
        """Senators who would ratify a treaty guarantee, before this month's shock, in the worlds `rows`."""
        odds = self._treaty_odds(rows) if odds is None else odds
        return treaty.ayes(self._seats("senate"), odds, self.treaty_will[rows])

    def ratification_chance(self, rows: Rows) -> Array:
        """Chance that it would ratify a treaty guarantee, as everybody believes, in the worlds `rows`."""
        shock = self.model.parameters.at(rows).congress.senate_shock
        return treaty.chance(self.treaty_mean[rows], self.treaty_variance[rows], self.treaty_bar(rows), shock)

    def treaty_bar(self, rows: Rows) -> treaty.Bar:
        """The will from which on it would ratify a treaty guarantee, in the worlds `rows`."""
        return treaty.bar(self._seats("senate"), self._treaty_odds(rows), self._reference.will[0])

    def ratifies(self, rows: Rows) -> Mask:
        """Whether two thirds of the Senate ratify a treaty guarantee this month, in the worlds `rows`: all hear it."""
        odds = self._treaty_odds(rows)
        shock = self.model.parameters.at(rows).congress.senate_shock * self.model.luck.normal("ratification")[rows]
        counted = clip(np.rint(self.treaty_ayes(rows, odds) + shock), 0.0, float(SENATE_SEATS))
        self._keep_count(rows, odds, counted)
        self._learn_from_treaty(rows, odds, counted)
        return np.asarray(counted >= TWO_THIRDS)

    def _keep_count(self, rows: Rows, odds: Array, counted: Array) -> None:
        """Let whoever asks why see a vote on a treaty beside what everybody had expected of it."""
        mean, variance = self.treaty_mean[rows], self.treaty_variance[rows]

        def vote() -> Terms:
            shock = self.model.parameters.at(rows).congress.senate_shock
            expected, slope = treaty.counted(self._seats("senate"), odds, mean)
            at = treaty.bar(self._seats("senate"), odds, self._reference.will[0])
            found = {
                "ayes": counted,
                "ayes expected": expected,
                "give or take": np.sqrt(variance * slope**2 + shock**2),
                "chance": treaty.chance(mean, variance, at, shock),
            }
            return self.spread(found, rows)

        def ayes() -> Terms:
            by_faction = self._seats("senate") * expit(odds + mean)
            return self.spread(dict(zip(FACTIONS, by_faction, strict=True)), rows)

        self.reasons["vote on a treaty"], self.reasons["treaty ayes"] = vote, ayes

    def _learn_from_treaty(self, rows: Rows, odds: Array, counted: Array) -> None:
        """Correct the belief about the Senate's will by the will that would make the count."""
        shown = treaty.bar(self._seats("senate"), odds, self.treaty_mean[rows], counted)
        noise = (self.model.parameters.at(rows).congress.senate_shock / shown.slope) ** 2
        self.treaty_mean[rows], self.treaty_variance[rows] = beliefs.kalman(
            self.treaty_mean[rows], self.treaty_variance[rows], shown.will, noise
        )

    def _treaty_odds(self, rows: Rows) -> Array:
        """Log-odds of an aye on an aid bill of no size, which costs nobody anything."""
        nothing = full(rows.size, 0.0)
        return self._odds(rows, size=nothing, unpaid=nothing)

    def _reference_bar(self) -> treaty.Bar:
        """The bar of a Senate like that of the record, tired of the war, under a neutral whip."""
        zero = full(1, 0.0)
        neutral = votes.Bill(zero, zero, votes.TIRED, 0.0, zero + votes.FAIR_BURDEN, zero + votes.NEED_REFERENCE)
        odds = summed(votes.odds_terms(self.coefficients, neutral, self.parameters.congress))
        return treaty.bar(_seats_of_the_record(), odds)

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
        rows = np.flatnonzero(self._moves_unasked() & lacking & ~self.pending & (self.cooling == 0.0))
        odds = self._odds(rows, size[rows], unpaid=full(rows.size, 1.0))
        new = rows[votes.expected_ayes(self._seats("house"), odds) >= HOUSE_MAJORITY]
        self.unasked[new] = self.pending[new] = True
        self.size[new] = size[new]

    def _moves_unasked(self) -> Mask:
        """Whether somebody sets out to write such a bill this month."""
        hazard = self.parameters.congress.discharge_hazard * self.model.need
        return np.asarray(self.model.luck.uniform("unasked bill") < hazard)

    def _debate(self, rows: Rows) -> None:
        """Let the bills that wait in the worlds `rows` up or not, and vote on those that come up."""
        price_open = self.age[rows] < pick(self.parameters.congress.price_months, rows)
        odds = self._odds(rows, self.size[rows], unpaid=real(price_open))
        up = self._reaches_floor(rows, votes.expected_ayes(self._seats("house"), odds))
        self.voted[rows] = up
        self._vote(rows[up], expit(odds[:, up]))

    def _reaches_floor(self, rows: Rows, expected: Array) -> Mask:
        """Whether the leadership lets the bill up, or a majority of the `expected` ayes forces it up."""
        p, luck, need = self.model.parameters.at(rows).congress, self.model.luck, self.model.need[rows]
        terms: Terms = {
            "a gate that is shut": p.gate_shut + 0.0 * expected,
            "a leadership that opens it": p.gate_openness * self.doctrine.agenda + 0.0 * expected,
            "months of waiting": p.gate_age * self.age[rows],
            "the count of votes": (expected - p.gate_reference) / p.gate_scale,
        }
        self.reasons["bill reaches the floor"] = partial(self.spread, terms, rows)
        self.gate_chance[rows] = expit(summed(terms))
        up = self._let_up(rows)
        if self.on.discharge_petition:
            moved = luck.uniform("discharge petition")[rows] < p.discharge_hazard * need
            up = up | self.unasked[rows] | ((expected >= HOUSE_MAJORITY) & moved)
        return np.asarray(up)

    def _let_up(self, rows: Rows) -> Mask:
        """Whether the leadership opens its gate to the bills that wait in the worlds `rows`."""
        if not self.on.agenda_gate:
            return np.ones(rows.size, dtype=bool)
        return np.asarray(self.model.luck.uniform("agenda gate")[rows] < self.gate_chance[rows])

    def _vote(self, rows: Rows, shares: Array) -> None:
        """Count both chambers in the worlds `rows`, each with a common shock, from the factions' shares of ayes."""
        p = self.model.parameters.at(rows).congress
        for chamber, seats, sd in (
            ("house", HOUSE_SEATS, p.house_shock),
            ("senate", SENATE_SEATS, p.senate_shock),
        ):
            counts = self._seats(chamber) * shares
            ayes = dict(zip(FACTIONS, counts, strict=True))
            self.reasons[f"{chamber} ayes"] = partial(self.spread, ayes, rows)
            shock = sd * self.model.luck.normal(f"{chamber} vote")[rows]
            getattr(self, f"{chamber}_ayes")[rows] = clip(np.rint(total(counts) + shock), 0.0, float(seats))

    def _grant(self, on_floor: Mask) -> None:
        """Turn what both chambers passed into authority; a defeated bill cools off before it can come back."""
        washington = self.model.united_states
        self.passed = on_floor & (self.house_ayes >= HOUSE_MAJORITY) & (self.senate_ayes >= self.senate_needs())
        washington.authority = washington.authority + np.where(self.passed, self.size, 0.0)
        self.cooling = np.where(on_floor & ~self.passed, self.parameters.congress.cooling_months, self.cooling)
        self.pending = self.pending & ~on_floor
        self.unasked = self.unasked & self.pending

    # ---- the factions

    def _odds(self, rows: Rows, size: Array, unpaid: Array) -> Array:
        """Log-odds of an aye of each faction on a bill of this size in the worlds `rows`, shape (factions, rows).

        `unpaid` is 1 where its domestic price is still open, else 0.
        """
        dials, p = self.model.united_states.doctrine, self.model.parameters.at(rows).congress
        bill = votes.Bill(
            size=size,
            unpaid=unpaid,
            months=self.model.months_since(votes.CLOCK_STARTS),
            pull=votes.whip(dials.order, dials.europe, p),
            europe_share=self.model.europe.share[rows],
            need=self.model.need[rows],
        )
        return summed(votes.odds_terms(self.coefficients, bill, p))

    def _nowhere(self) -> Mask:
        return np.zeros(self.model.size, dtype=bool)

    def _seats(self, chamber: str) -> Array:
        """Seats of the factions in a chamber, shape (factions, 1)."""
        seats = getattr(self.doctrine, chamber)
        return real([[getattr(seats, faction)] for faction in FACTIONS])


def _seats_of_the_record() -> Array:
    """Seats of the factions in the last Senate of the record, shape (factions, 1)."""
    table = columns("congress_seats")
    rows = zip(table["congress"], table["chamber"], table["faction"], table["seats"], strict=True)
    last = max(table["congress"], key=int)
    seats = {faction: float(held) for which, chamber, faction, held in rows if (which, chamber) == (last, "senate")}
    return real([[seats[faction]] for faction in FACTIONS])


def _coefficients() -> dict[str, Array]:
    """The estimated vote equation: each column of the table as (factions, 1)."""
    table = columns("congress_coefficients")
    rows = [table["faction"].index(faction) for faction in FACTIONS]
    return {column: real([[float(table[column][row])] for row in rows]) for column in votes.COLUMNS}
