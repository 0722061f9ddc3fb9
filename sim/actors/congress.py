"""Congress: six factions in two chambers; a bill waits at the gate of each, is voted on, passes both or dies."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.actors.actor import Actor, Terms, summed
from sim.basics.actors import FACTIONS, HOUSE_SEATS, SENATE_SEATS
from sim.basics.arrays import Array, Mask, Rows, clip, either, expit, full, pick, real
from sim.basics.months import month_number
from sim.record import columns
from sim.world import beliefs, treaty, votes
from sim.world.votes import CLOTURE, HALF_OF_SENATE, HOUSE_MAJORITY, SENATE_MAJORITY, TWO_THIRDS

if TYPE_CHECKING:
    from sim.model import Negotiation

DEFENCE_BILL = "-12"
"""Month of the yearly defence bill, in which every one of the record became law."""
NEW_CONGRESS = month_number("2023-01")
TERM = 24
"""A Congress sits for two years from January; its bills die with it."""
SEATS = {"house": HOUSE_SEATS, "senate": SENATE_SEATS}


class Congress(Actor):
    """The legislature.

    Attributes
    ----------
    pending, unasked, sanctions : Mask
        Whether a bill waits, shape (W,); whether Congress wrote it itself; whether it carries sanctions on Russia.
    cleared : dict of Mask
        Whether it has passed the House, and the Senate.
    age, waited, size : Array
        Months that it waits, and that one voted on this month had waited; EUR bn that it grants.
    house_ayes, senate_ayes : Array
        This month's votes, NaN where none was held.
    voted, passed, sanctions_law : Mask
        Whether a bill was voted on this month; whether one became law; whether one with sanctions on Russia did.
    granted : Array
        Authority that Congress granted this month, by a bill or in the defence bill, EUR bn.
    gate_chance : Array
        Chance this month that the leaders of the House let a waiting bill up.
    treaty_will : Array
        How much more or less than aid the Senate likes a treaty, log-odds of an aye; constant of the world.
    treaty_mean, treaty_variance : Array
        What everybody believes of it: a normal, corrected by votes on treaties.
    """

    name = "congress"

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model)
        self.coefficients, self.introduced = _coefficients(), _bills_introduced()
        self.pending, self.unasked, self.sanctions = self._nowhere(), self._nowhere(), self._nowhere()
        self.cleared = {chamber: self._nowhere() for chamber in SEATS}
        self.passed, self.voted, self.sanctions_law = self._nowhere(), self._nowhere(), self._nowhere()
        self.granted = self.everywhere(0.0)
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
        """Take up requests, let bills through the gates, vote on them, and grant authority."""
        if (month_number(self.model.month) - NEW_CONGRESS) % TERM == 0:
            self._forget(self.pending)
        self._receive_request()
        self.waited = self.age
        self.house_ayes, self.senate_ayes = self.everywhere(np.nan), self.everywhere(np.nan)
        self.voted, self.gate_chance = self._nowhere(), self.everywhere(0.0)
        waiting = np.flatnonzero(self.pending)
        if waiting.size:
            self._debate(waiting)
        self._enact()

    def senate_needs(self) -> int:
        """Senators needed to pass a bill: 60 while the filibuster stands."""
        return CLOTURE if self.on.filibuster else SENATE_MAJORITY

    def floor_due(self) -> float:
        """EUR bn of authority that the yearly defence bill grants this month, whatever the executive asks."""
        due = self.on.usai_floor and self.model.month.endswith(DEFENCE_BILL)
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
        return self._odds(rows, votes.AidBill(nothing, nothing, nothing, nothing))

    def _reference_bar(self) -> treaty.Bar:
        """The bar of a Senate like that of the record, tired of the war, under a neutral whip."""
        zero = full(1, 0.0)
        fair, need = zero + votes.FAIR_BURDEN, zero + votes.NEED_REFERENCE
        neutral = votes.Bill(zero, zero, votes.TIRED, zero, fair, need, zero)
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
        new = asked & (~self.pending | self.unasked) & (self.cooling == 0.0)
        self._forget(new | (self.pending & ~self.unasked & ~wants))
        self.pending = self.pending | new
        self.size = either(new, p.bill_months * wanted, self.size)
        self.age = (self.pending & ~new) * (self.age + 1.0)
        if self.on.discharge_petition:
            self._write_unasked_bill()

    def _forget(self, where: Mask) -> None:
        """Drop the bills that wait: they are withdrawn, replaced, decided on, or die with their Congress."""
        self.pending, self.unasked = self.pending & ~where, self.unasked & ~where
        self.sanctions = self.sanctions & ~where
        self.cleared = {chamber: passed & ~where for chamber, passed in self.cleared.items()}

    def _write_unasked_bill(self) -> None:
        """Members write a bill that the executive does not ask for, one like those that had been introduced.

        To an executive that wants aid they grant no more while it has so much to spend.
        """
        size, sanctions = self._introduced()
        washington, rows = self.model.united_states, np.arange(self.model.size)
        missing = ~self._wants(rows) | (washington.authority < size) | (sanctions & (size == 0.0))
        new = self._moves_unasked() & missing & ~self.pending & (self.cooling == 0.0)
        self.unasked, self.pending = self.unasked | new, self.pending | new
        self.sanctions = self.sanctions | (new & sanctions)
        self.size, self.age = either(new, size, self.size), ~new * self.age

    def _introduced(self) -> tuple[Array, Mask]:
        """Size, EUR bn, and whether it carries sanctions, of a bill like those that had been introduced."""
        row = (self.model.luck.uniform("bill introduced") * self.introduced.size.size).astype(np.intp)
        return self.introduced.size[row], self.introduced.sanctions[row]

    def _moves_unasked(self) -> Mask:
        """Whether somebody sets out to write such a bill this month."""
        hazard = self.parameters.congress.discharge_hazard * self.model.need
        return np.asarray(self.model.luck.uniform("unasked bill") < hazard)

    def _debate(self, rows: Rows) -> None:
        """Let the bills that wait in the worlds `rows` up or not, chamber by chamber, and vote on those that do."""
        bill = self._bill(rows)
        odds, kept_back = self._odds(rows, bill), self._kept_back(rows, bill)
        share = votes.shares(self.coefficients, odds, kept_back)
        for chamber in SEATS:
            expected = votes.expected_ayes(self._seats(chamber), share)
            up = self._reaches_floor(chamber, rows, expected) & ~self.cleared[chamber][rows]
            self.voted[rows] |= up
            self._vote(chamber, rows[up], odds[:, up], kept_back[up])

    def _reaches_floor(self, chamber: str, rows: Rows, expected: Array) -> Mask:
        """Whether the leaders of a chamber let the bill up, or a House majority of the `expected` ayes forces it up."""
        p, luck, need = self.model.parameters.at(rows).congress, self.model.luck, self.model.need[rows]
        of_house = expected * (HOUSE_SEATS / SEATS[chamber])
        terms: Terms = {
            "a gate that is shut": p.gate_shut + 0.0 * expected,
            "leaders who open it": p.gate_openness * self._agenda(chamber) + 0.0 * expected,
            "months of asking": p.gate_age * (~self.unasked[rows] * self.age[rows]),
            "the count of votes": (of_house - p.gate_reference) / p.gate_scale,
        }
        chance = expit(summed(terms))
        if chamber == "house":
            self.reasons["bill reaches the floor"] = partial(self.spread, terms, rows)
            self.gate_chance[rows] = np.where(self.cleared["house"][rows], 0.0, chance)
        up = self._let_up(chamber, rows, chance)
        if chamber == "house" and self.on.discharge_petition:
            moved = luck.uniform("discharge petition")[rows] < p.discharge_hazard * need
            up = up | ((expected >= HOUSE_MAJORITY) & moved)
        return np.asarray(up)

    def _agenda(self, chamber: str) -> float:
        """How open the leaders of a chamber keep its gate: wide where those who always vote for aid lead the Senate."""
        theirs = chamber == "senate" and self.doctrine.senate.order_majority >= HALF_OF_SENATE
        return 1.0 if theirs else float(self.doctrine.agenda)

    def _let_up(self, chamber: str, rows: Rows, chance: Array) -> Mask:
        """Whether the leaders of a chamber open its gate to the bills that wait in the worlds `rows`."""
        if not self.on.agenda_gate:
            return np.ones(rows.size, dtype=bool)
        gate = "agenda gate" if chamber == "house" else "senate gate"
        return np.asarray(self.model.luck.uniform(gate)[rows] < chance)

    def _vote(self, chamber: str, rows: Rows, odds: Array, kept_back: Array) -> None:
        """Count a chamber in the worlds `rows`; nobody knows beforehand how a bill pleases those who may refuse it."""
        expected = self._seats(chamber) * votes.shares(self.coefficients, odds, kept_back)
        by_faction = dict(zip(FACTIONS, expected, strict=True))
        self.reasons[f"{chamber} ayes"] = partial(self.spread, by_faction, rows)
        scatter = pick(self.parameters.congress.vote_scatter, rows)
        surprise = self.coefficients["follows"] * scatter * self.model.luck.normal(f"{chamber} vote")[rows]
        ayes = votes.expected_ayes(self._seats(chamber), votes.shares(self.coefficients, odds + surprise, kept_back))
        getattr(self, f"{chamber}_ayes")[rows] = np.rint(ayes)

    def _enact(self) -> None:
        """Turn what both chambers passed into authority; a defeated bill cools off before it can come back."""
        washington, defeated = self.model.united_states, self._nowhere()
        for chamber, needed in (("house", HOUSE_MAJORITY), ("senate", self.senate_needs())):
            ayes = getattr(self, f"{chamber}_ayes")
            self.cleared[chamber] = self.cleared[chamber] | (ayes >= needed)
            defeated = defeated | (ayes < needed)
        self.passed = self.cleared["house"] & self.cleared["senate"]
        self.sanctions_law = self.passed & self.sanctions
        if self.sanctions_law.any():
            self.model.bureaucracy.enact(self.sanctions_law)
        self.granted = self.passed * self.size + self.floor_due()
        washington.authority = washington.authority + self.granted
        self.cooling = np.where(defeated, self.parameters.congress.cooling_months, self.cooling)
        self._forget(self.passed | defeated)

    # ---- the factions

    def _bill(self, rows: Rows) -> votes.AidBill:
        """The bills that wait in the worlds `rows`."""
        unpaid = self.age[rows] < pick(self.parameters.congress.price_months, rows)
        alone = self.sanctions[rows] & (self.size[rows] == 0.0)
        unwanted = self.unasked[rows] & ~self._wants(rows)
        return votes.AidBill(self.size[rows], real(unpaid), real(alone), real(unwanted))

    def _wants(self, rows: Rows) -> Mask:
        """Where the executive wants enough aid to ask for a bill."""
        return np.asarray(
            self.model.united_states.desired[rows] >= pick(self.parameters.congress.withdrawn_below, rows)
        )

    def _kept_back(self, rows: Rows, bill: votes.AidBill) -> Array:
        """Share of those outside the order majority who refuse the bill because they follow their leaders."""
        return bill.unwanted * pick(self.parameters.congress.follow_leaders, rows)

    def _shares(self, rows: Rows, bill: votes.AidBill) -> Array:
        """Share of ayes of each faction on a bill in the worlds `rows`, shape (factions, rows)."""
        return votes.shares(self.coefficients, self._odds(rows, bill), self._kept_back(rows, bill))

    def _odds(self, rows: Rows, bill: votes.AidBill) -> Array:
        """Log-odds of an aye of each faction in the worlds `rows`, as in 2024 where the executive wants no bill."""
        dials, p = self.model.united_states.doctrine, self.model.parameters.at(rows).congress
        asked = votes.whip(dials.order, dials.europe, p) + full(rows.size, 0.0)
        looked_at = votes.Bill(
            bill.size,
            bill.unpaid,
            months=self.model.months_since(votes.CLOCK_STARTS),
            pull=np.where(bill.unwanted > 0.0, votes.AS_IN_2024, asked),
            europe_share=self.model.europe.share[rows],
            need=self.model.need[rows],
            sanctions=bill.sanctions,
        )
        return summed(votes.odds_terms(self.coefficients, looked_at, p))

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


class Introduced(NamedTuple):
    """Bills that had been introduced: EUR bn, and whether they carry sanctions on Russia, shape (bills,)."""

    size: Array
    sanctions: Mask


def _bills_introduced() -> Introduced:
    """The table of bills, in euros of their years; of the last year known where a later one has no rate."""
    table, rates = columns("aid_bills"), columns("exchange_rates")
    by_year = dict(zip(rates["year"], map(float, rates["usd_per_eur"]), strict=True))
    last = by_year[max(by_year)]
    euros = [
        float(dollars) / by_year.get(day[:4], last) for day, dollars in zip(table["date"], table["usd_bn"], strict=True)
    ]
    return Introduced(real(euros), np.array([cell == "1" for cell in table["sanctions"]]))


def _coefficients() -> dict[str, Array]:
    """The estimated vote equation: each column of the table as (factions, 1)."""
    table = columns("congress_coefficients")
    rows = [table["faction"].index(faction) for faction in FACTIONS]
    return {column: real([[float(table[column][row])] for row in rows]) for column in votes.COLUMNS}
