"""The seats of Congress, Europe, Ukraine and Russia: the model's actors, who do as ordered where ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.actors.actor import summed
from sim.actors.belligerent import Belligerent
from sim.actors.congress import Congress
from sim.actors.europe import Europe
from sim.actors.russia import Russia
from sim.actors.ukraine import Ukraine
from sim.arrays import Array, Mask, Number, Rows, real, total
from sim.questions.words import value
from sim.seats.desk import Desk
from sim.seats.orders import MOST_CONTRIBUTED, Orders
from sim.world import votes

if TYPE_CHECKING:
    from sim.model import Negotiation

EVEN = 0.5
"""Chance from which something is more likely than not."""
TRIFLE = 1e-9


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
        """Chance that the leadership lets the bill that waits up this month."""
        rows = np.zeros(1, dtype=np.intp)
        self._reaches_floor(rows, self.expected_ayes("house"))
        return value(self.gate_chance)

    def expected_ayes(self, chamber: str) -> Array:
        """Ayes expected of a chamber on the bill that waits, or on one of its own where none does, shape (1,)."""
        waits, rows, p = bool(self.pending[0]), np.zeros(1, dtype=np.intp), self.parameters.congress
        size = self.size if waits else self.everywhere(p.unasked_months * self.parameters.executive.full_support)
        unpaid = real(self.age < p.price_months) if waits else self.everywhere(1.0)
        return votes.expected_ayes(self._seats(chamber), self._odds(rows, size, unpaid))

    def _moves_unasked(self) -> Mask:
        return self.desk.obeyed("congress", "own_bill", real(super()._moves_unasked())) > 0.0

    def _let_up(self, rows: Rows) -> Mask:
        up = self.everywhere(0.0)
        up[rows] = super()._let_up(rows)
        return self.desk.obeyed("congress", "gate", up)[rows] > 0.0


class SeatedEurope(Europe):
    """Europe with somebody in its seat: how much it gives in all, and what it consents to."""

    def __init__(self, model: Negotiation, desk: Desk) -> None:
        super().__init__(model)
        self.desk = desk

    def advice(self) -> Orders:
        """What its members would give as things stand, and whether consent is more likely than not."""
        self.support_before = self.support
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

    def refuses(self, rows: Rows, worth: Array) -> Mask:
        """Refuse what falls short of the terms that were ordered, and what the envoys judge where they are to judge."""
        judged = self.everywhere(np.nan)
        judged[rows] = ~super().refuses(rows, worth)
        signs = self.desk.obeyed(self.name, "sign", judged)[rows] > 0.0
        return np.asarray(~signs | self._falls_short(rows))

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
        """The effort that its doctrine aims at; what to sign it leaves to its envoys."""
        ceiling = self.effort_cap()
        return {"effort": value(super()._effort_aimed_at() / np.maximum(ceiling, TRIFLE))}

    def _effort_aimed_at(self) -> Array:
        """What was ordered of what its industry can do, or what the doctrine aims at."""
        doctrine, share = super()._effort_aimed_at(), self.desk.order("russia", "effort")
        return doctrine if share is None else np.where(np.isnan(share), doctrine, share * self.effort_cap())
