"""The model's actors with people in their seats: each does as ordered where ordered, and as it would elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.actors.actor import Belligerent, Terms, summed
from sim.actors.bureaucracy import Bureaucracy
from sim.actors.congress import Congress
from sim.actors.europe import Europe
from sim.actors.mediator import Mediator, Offer, Offers, Sitting
from sim.actors.russia import Russia
from sim.actors.ukraine import Ukraine
from sim.actors.united_states import UnitedStates
from sim.basics.arrays import Array, Mask, Number, Rows, clip, real, total
from sim.basics.normal import ndtr
from sim.basics.terms import value
from sim.teaching.seats.orders import EASE, LEAVE, MOST_CONTRIBUTED, NO, TIGHTEN, YES, Desk, Orders
from sim.world import executive, settlement, votes
from sim.world.executive import MOST_SUPPORT
from sim.world.packages import OFFSETS, RELIEFS, TRUCES
from sim.world.proposal import BARRED, Proposer
from sim.world.war import WAR_BEGAN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.model import Negotiation

ORDERED = "an order from the seat"
"""The term of a decision that turns what the doctrine wants into what was ordered."""
MOST_LOST = 100.0
"""Log points of a hopeless consent, where the package is ordered all the same."""
NEAR = 1e-4
"""Within which a line is the one that was ordered."""
PACKAGE = ("line", "guarantee", "relief")
"""Orders that name a part of the package."""
MONITORS = float(TRUCES - 1)
"""Strongest guarantee that a truce can have."""
SIDES = ("ukraine", "russia")
EVEN = 0.5
"""Chance from which something is more likely than not."""
TRIFLE = 1e-9


def ordered(terms: Terms, order: Array | None) -> Terms:
    """The terms of a decision with one more, so that they sum to the order where there is one."""
    if order is None:
        return terms
    return terms | {ORDERED: np.where(np.isnan(order), 0.0, order - summed(terms))}


class SeatedExecutive(UnitedStates):
    """The executive with somebody in its seat."""

    def __init__(self, model: Negotiation, desk: Desk) -> None:
        super().__init__(model)
        self.desk = desk

    def _aid_terms(self) -> Terms:
        return ordered(super()._aid_terms(), self.desk.order("us", "aid"))

    def advice(self) -> Orders:
        """What the doctrine would order as things stand."""
        wanted = clip(summed(super()._aid_terms()), 0.0, MOST_SUPPORT)
        return {"aid": value(wanted), "words": value(wanted)}

    def announce(self) -> None:
        """Say what was ordered, or what the doctrine would say."""
        super().announce()
        self.announced = self.desk.obeyed("us", "words", self.announced)


class SeatedBureaucracy(Bureaucracy):
    """The bureaucracy: it acts and aims as ordered; its inertia, its floors and the law hold all the same."""

    def __init__(self, model: Negotiation, desk: Desk) -> None:
        super().__init__(model)
        self.desk = desk

    def advice(self) -> Orders:
        """What the doctrine would aim for as things stand."""
        p = self.parameters.bureaucracy
        wanted = value(clip(summed(super()._intelligence_target(p)), 0.0, 1.0))
        tightening, easing = (value(executive.chance(summed(terms))) for terms in self.hazards())
        act = TIGHTEN if tightening > EVEN else EASE if easing > EVEN else LEAVE
        return {"intelligence": wanted, "sanctions": act}

    def _acts(self, tightening: Array, easing: Array) -> tuple[Mask, Mask]:
        drawn, order = super()._acts(tightening, easing), self.desk.order("us", "sanctions")
        if order is None:
            return drawn
        tightened, eased = (
            np.where(np.isnan(order), own, order == act) for own, act in zip(drawn, (TIGHTEN, EASE), strict=True)
        )
        return tightened, eased

    def _intelligence_target(self, p: Any) -> Terms:
        return ordered(super()._intelligence_target(p), self.desk.order("us", "intelligence"))


class Favourite(NamedTuple):
    """What the envoy would propose: the chance that each side accepts it, its terms, and whether it is but a truce."""

    chances: dict[str, float]
    offset: float
    guarantee: float
    relief: float
    truce: bool


class SeatedMediator(Mediator):
    """The envoy: he calls talks and proposes what he is told to, and fills in what is left open."""

    def __init__(self, model: Negotiation, desk: Desk) -> None:
        super().__init__(model)
        self.desk, self._insisted = desk, np.zeros(model.size, dtype=bool)

    def advice(self) -> Orders:
        """What the doctrine would most likely order as things stand, by what its envoy knows of the two sides.

        Whether the time is ripe is judged by the line that all can see, not by what Moscow expects of it. The line is
        the nearest that can be ordered; no part of a package where it would propose none.
        """
        if not bool(self._may_talk()[0]):
            return {}
        dials, p = self.doctrine, self.parameters.table
        ripe = settlement.ripeness(self.model.moved, self.model.months_since(WAR_BEGAN), p)
        odds = summed(settlement.talks_terms(dials.rivalry, dials.horizon, dials.channel, ripe, real(self.talks), p))
        calls = {"talks": float(value(odds) >= 0.0), "first": float(dials.channel >= EVEN)}
        wanted = self.favourite()
        if wanted is None:
            return calls
        if wanted.truce:
            return calls | {"truce": YES, "guarantee": wanted.guarantee}
        terms = _nearest(OFFSETS, wanted.offset), wanted.guarantee, _nearest(RELIEFS, wanted.relief)
        return calls | {"truce": NO} | dict(zip(PACKAGE, terms, strict=True))

    def favourite(self) -> Favourite | None:
        """What the doctrine would propose as things stand; None where it would propose nothing."""
        rows, kept = np.zeros(1, dtype=np.intp), self.proposer
        self.proposer = self.everywhere(Proposer.WASHINGTON)
        offer, least, serious = super()._propose(self._sit_down(rows))
        believed = self._believes(rows, np.ones(1, dtype=bool))
        self.proposer = kept
        if not serious[0]:
            return None
        chances = {
            side: value(ndtr((mean - threshold) / spread))
            for side, (mean, spread), threshold in zip(SIDES, believed, least, strict=True)
        }
        return Favourite(
            chances, value(offer.offset), float(offer.guarantee[0]), value(offer.relief), bool(offer.truce[0])
        )

    def estimates(self) -> dict[str, tuple[float, float]]:
        """What the envoy thinks that refusing is worth to each side, and how unsure he is of it (sd)."""
        rows, found = np.zeros(1, dtype=np.intp), {}
        believed = self._believes(rows, np.ones(1, dtype=bool))
        for name, (mean, spread) in zip(SIDES, believed, strict=True):
            side: Any = getattr(self.model, name)
            unit = side.unit_of_hardship(rows)
            found[name] = value(side.reservation + unit * (side.felt - mean)), value(unit * spread)
        return found

    def beats_refusing(self, side: str) -> Mask:
        """Which packages gain a side something, by line (of `OFFSETS`), guarantee and relief, (7, 5, 4).

        What it holds out for beyond that hangs on what the other could be brought to, and is left out.
        """
        rows, which = np.zeros(1, dtype=np.intp), SIDES.index(side)
        sitting = self._sit_down(rows)
        stakes, who = sitting.stakes[which], getattr(self.model, side)
        lines = stakes.beyond(real(OFFSETS)[:, None])
        believed = sitting.front[which][None] + lines[:, None, None]
        gain = believed + sitting.rise[which] * (who.felt - who.believed)
        return np.asarray(gain > 0.0)[..., 0]

    def truces_beat_refusing(self, side: str) -> Mask:
        """Whether a truce without monitors, and one with them, gains a side something, (2,)."""
        which, who = SIDES.index(side), getattr(self.model, side)
        sitting = self._sit_down(np.zeros(1, dtype=np.intp))
        gain = sitting.truce[which] + sitting.truce_rise[which] * (who.felt - who.believed)
        return np.asarray(gain > 0.0)[..., 0]

    def _call_talks(self) -> None:
        """Call talks where ordered and possible, and Moscow or the allies first."""
        super()._call_talks()
        called = self.desk.obeyed("us", "talks", real(self.talks)) > 0.0
        self.talks = self._may_talk() & called
        drawn = self.model.luck.uniform("who is called first") < self.doctrine.channel
        self.moscow_first = self.talks & (self.desk.obeyed("us", "first", real(drawn)) > 0.0)

    def _who_proposes(self) -> Array:
        """Put a package on the table wherever the seat names a part of one and talks are held."""
        found = super()._who_proposes()
        rows = np.arange(self.model.size)
        return np.where(self.talks & self._names_a_part(rows), real(Proposer.WASHINGTON), found)

    def _propose(self, sitting: Sitting) -> tuple[Offer, tuple[Array, Array], Mask]:
        """Propose the best package of those that hold what was ordered, even where the doctrine sees nothing in it."""
        rows = sitting.rows
        insisted = self._names_a_part(rows) & (self.proposer[rows] == Proposer.WASHINGTON)
        self._insisted[rows] = insisted
        offer, least, serious = super()._propose(sitting)
        return offer, least, serious | insisted

    def _score(self, offers: Offers) -> tuple[Array, tuple[Array, Array], tuple[Array, Array]]:
        """How good offers are, with all barred that do not hold what was ordered.

        Another line weighs less: it is chosen last, so the package that was ordered comes up with any line at first.
        """
        insisted = self._insisted[offers.rows]
        if insisted.any():
            worth = np.where(insisted, real(1.0), offers.worth)
            offers = offers._replace(worth=worth, log_consent=np.maximum(offers.log_consent, -MOST_LOST))
        score, thresholds, log_p = super()._score(offers)
        if insisted.any():
            score = np.where(insisted, np.maximum(score, 0.1 * BARRED), score)
            pausing = self._truce_ordered(offers.rows)
            for name, terms, amiss in zip(PACKAGE, offers.terms, (0.5 * BARRED, BARRED, BARRED), strict=True):
                order = self.desk.order("us", name)
                if order is not None:
                    wanted = self._for_a_truce(name, order[offers.rows], pausing)
                    score = score + np.where(np.isnan(wanted) | (np.abs(terms - wanted) < NEAR), 0.0, amiss)
            score = score + np.where(insisted & (offers.truce != pausing), 2.0 * BARRED, 0.0)
        return score, thresholds, log_p

    @staticmethod
    def _for_a_truce(name: str, wanted: Array, pausing: Mask) -> Array:
        """A part of a package that was ordered, as far as a truce can have it: monitors at most, nothing else."""
        return np.where(pausing, np.minimum(wanted, MONITORS) if name == "guarantee" else np.nan, wanted)

    def _truce_ordered(self, rows: Rows) -> Mask:
        """Where a truce is ordered, and there is none yet."""
        order = self.desk.obeyed("us", "truce", self.everywhere(NO))[rows]
        return np.asarray((order == YES) & ~self.truce[rows] & self.on.truce)

    def _names_a_part(self, rows: Rows) -> Mask:
        """Where an order names a part of the package, or what to propose; a truce only where there can be one."""
        nowhere = self.everywhere(np.nan)
        orders = [self.desk.obeyed("us", name, nowhere)[rows] for name in (*PACKAGE, "truce")]
        in_vain = (orders[-1] == YES) & ~self._truce_ordered(rows)
        return np.asarray(~np.isnan(orders).all(axis=0) & ~in_vain)


# ---- the other capitals


def _nearest(choices: Iterable[float], wanted: float) -> float:
    """Which of the choices comes nearest to what is wanted."""
    return min((float(choice) for choice in choices), key=lambda choice: abs(choice - wanted))


class SeatedCongress(Congress):
    """Congress with somebody in its seat: the gate, bills of its own, and the size of bills.

    Attributes
    ----------
    asked : Array
        What the bill that waits, or the last one, asked for, EUR bn, shape (W,).
    """

    def __init__(self, model: Negotiation, desk: Desk) -> None:
        super().__init__(model)
        self.desk, self.asked = desk, self.everywhere(0.0)

    def _receive_request(self) -> None:
        """Take a request or a bill of its own up, and write into it how much of what was asked is granted."""
        super()._receive_request()
        self.asked = np.where(self.pending & (self.age == 0.0), self.size, self.asked)
        share = self.desk.order("congress", "grant")
        if share is not None:
            self.size = np.where(self.pending & ~np.isnan(share), share * self.asked, self.size)

    def advice(self) -> Orders:
        """What its leaders would most likely do as things stand; about the gate only where a bill waits."""
        own = super()._moves_unasked()
        found = {"own_bill": float(own[0]), "grant": 1.0}
        return {"gate": float(self.chance_of_floor() >= EVEN)} | found if bool(self.pending[0]) else found

    def chance_of_floor(self) -> float:
        """Chance that the leaders of the House let the bill that waits up this month."""
        self._reaches_floor("house", np.zeros(1, dtype=np.intp), self.expected_ayes("house"))
        return value(self.gate_chance)

    def expected_ayes(self, chamber: str) -> Array:
        """Ayes expected of a chamber on the bill that waits, or on one of its own where none does, shape (1,)."""
        rows = np.zeros(1, dtype=np.intp)
        return votes.expected_ayes(self._seats(chamber), self._shares(rows, self._at_hand(rows)))

    def uncertain_ayes(self, chamber: str) -> Array:
        """Standard deviation of the ayes around those expected, shape (1,), by how far each share can move."""
        rows = np.zeros(1, dtype=np.intp)
        share = self._shares(rows, self._at_hand(rows))
        moved = self._seats(chamber) * self.coefficients["follows"] * share * (1.0 - share)
        return np.asarray(self.parameters.congress.vote_scatter * moved.sum(axis=0))

    def _at_hand(self, rows: Rows) -> votes.AidBill:
        """The bill that waits, or the one that members would write."""
        if bool(self.pending[0]):
            return self._bill(rows)
        size, sanctions = self._introduced()
        p, wanted = self.parameters.congress, self.model.united_states.desired
        return votes.AidBill(
            size, self.everywhere(1.0), real(sanctions & (size == 0.0)), real(wanted < p.withdrawn_below)
        )

    def _moves_unasked(self) -> Mask:
        return self.desk.obeyed("congress", "own_bill", real(super()._moves_unasked())) > 0.0

    def _let_up(self, chamber: str, rows: Rows, chance: Array) -> Mask:
        up = self.everywhere(0.0)
        up[rows] = super()._let_up(chamber, rows, chance)
        return self.desk.obeyed("congress", "gate", up)[rows] > 0.0


class SeatedEurope(Europe):
    """Europe with somebody in its seat: how much it gives in all, and what it consents to."""

    def __init__(self, model: Negotiation, desk: Desk) -> None:
        super().__init__(model)
        self.desk = desk

    def advice(self) -> Orders:
        """What its members would give as things stand, and whether consent is more likely than not."""
        self.news = self.everywhere(0.0)
        self._take_fright()
        self.threat = summed(self._threat_terms())
        gifts, emergency = super()._intend()
        whole = value(total(gifts + emergency))
        guarantee, relief = super().consent_chance(np.zeros(1, dtype=np.intp))
        consents = {"guarantee": float(guarantee[0] >= EVEN), "relief": float(relief[0] >= EVEN)}
        return {"contribution": min(whole, MOST_CONTRIBUTED)} | consents

    def _intend(self) -> tuple[Array, Array]:
        """Share what was ordered out among the members: less in proportion, more towards what each has at most."""
        gifts, emergency = super()._intend()
        order = self.desk.order("europe", "contribution")
        if order is None:
            return gifts, emergency
        told = ~np.isnan(order)
        whole = np.where(told, order, 0.0)
        return np.where(told, self._shared_out(whole, gifts), gifts), np.where(told, 0.0, emergency)

    def _shared_out(self, whole: Array, gifts: Array) -> Array:
        """Gifts that sum to `whole`, as far as budgets hold it, (members, W), near to those members would make."""
        most = self.parameters.europe.budget_limit * self.budget
        given, limit = total(gifts), total(most + 0.0 * gifts)
        less = np.where(given > 0.0, whole / np.where(given > 0.0, given, 1.0), 0.0)
        more = np.where(limit > given, (whole - given) / np.where(limit > given, limit - given, 1.0), 0.0)
        more = np.minimum(more, 1.0)
        return np.asarray(np.where(whole <= given, gifts * less, gifts + more * (most - gifts)))

    def consent_chance(self, rows: Rows) -> tuple[Array, Array]:
        """Chance of consent to a strong guarantee and to deep relief: 0 or 1 where Europe has said so."""
        guarantee, relief = super().consent_chance(rows)
        if not self.on.european_consent:
            return guarantee, relief
        return self._told("guarantee", guarantee, rows), self._told("relief", relief, rows)

    def consent_terms(self, rows: Rows) -> tuple[Terms, Terms]:
        """Terms of both chances, with what an order made of them."""
        shifts = (told - own for told, own in zip(self.consent_chance(rows), super().consent_chance(rows), strict=True))
        guarantee, relief = (
            terms | {ORDERED: shift} for terms, shift in zip(super().consent_terms(rows), shifts, strict=True)
        )
        return guarantee, relief

    def _told(self, name: str, chance: Array, rows: Rows) -> Array:
        everywhere = self.everywhere(np.nan)
        everywhere[rows] = chance
        return self.desk.obeyed("europe", name, everywhere)[rows]


class Delegation(Belligerent):
    """A warring side with somebody in its seat, who instructs its envoys.

    Attributes
    ----------
    wants : float
        1 if it wants more land, less of a guarantee and more relief, -1 if the other way round.
    """

    desk: Desk
    wants: float

    def refuses(self, rows: Rows, threshold: Array) -> Mask:
        """Refuse what falls short of the terms that were ordered, and what the envoys judge where they are to judge.

        Terms are for settlements. Who is to sign nothing signs no truce either, unless one is ordered.
        """
        judged = self.everywhere(np.nan)
        judged[rows] = ~super().refuses(rows, threshold)
        signs = self.desk.obeyed(self.name, "sign", judged)
        pauses = np.where(self.desk.obeyed(self.name, "sign", self.everywhere(YES)) > 0.0, judged, NO)
        pauses = self.desk.obeyed(self.name, "truce", pauses)[rows] > 0.0
        settles = (signs[rows] > 0.0) & ~self._falls_short(rows)
        return ~np.where(self.model.mediator.truce_offered[rows], pauses, settles)

    def _falls_short(self, rows: Rows) -> Mask:
        """Whether the package on the table misses one of the terms that were ordered."""
        table, short = self.model.mediator, np.zeros(rows.size, dtype=bool)
        for name, offered, sign in (
            ("line", table.offset, 1.0),
            ("guarantee", table.guarantee, -1.0),
            ("relief", table.relief, 1.0),
        ):
            demanded = self.desk.order(self.name, name)
            if demanded is not None:
                short = short | (self.wants * sign * (offered[rows] - demanded[rows]) < 0.0)
        return short


class SeatedUkraine(Delegation, Ukraine):
    """Kyiv with somebody in its seat."""

    wants = -1.0

    def __init__(self, model: Negotiation, desk: Desk) -> None:
        super().__init__(model)
        self.desk = desk

    def advice(self) -> Orders:
        """Its usual effort; what to sign its doctrine leaves to its envoys."""
        return {"effort": 1.0}

    def own_effort(self) -> Number:
        """Units of force that it adds a month by itself, times what was ordered."""
        effort = super().own_effort()
        return effort if self.desk.order("ukraine", "effort") is None else effort * self.times()

    def effort_factor(self) -> Number:
        """By how much its effort makes war dearer: what was ordered is paid for."""
        return super().effort_factor() * self.times()

    def relative_effort(self) -> Array:
        """Its effort as a multiple of that at the reference resolve."""
        return self._resolve() * self.times()

    def times(self) -> Array:
        """Its effort as a multiple of what its doctrine would make, 1 where nothing was ordered."""
        return self.desk.obeyed("ukraine", "effort", self.everywhere(1.0))


class SeatedRussia(Delegation, Russia):
    """Moscow with somebody in its seat."""

    wants = 1.0

    def __init__(self, model: Negotiation, desk: Desk) -> None:
        super().__init__(model)
        self.desk = desk

    def advice(self) -> Orders:
        """The effort that its doctrine thinks best; what to sign it leaves to its envoys."""
        return {"effort": 1.0}

    def _effort_aimed_at(self) -> Array:
        """So many times what its doctrine thinks best, where that was ordered."""
        best, share = super()._effort_aimed_at(), self.desk.order("russia", "effort")
        return best if share is None else np.where(np.isnan(share), best, share * best)
