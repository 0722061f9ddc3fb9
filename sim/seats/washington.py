"""Washington's seat: the executive, the bureaucracy under it, and its envoy, who do as ordered where ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import ndtr

from sim.actors.actor import Terms, summed
from sim.actors.bureaucracy import Bureaucracy
from sim.actors.mediator import Mediator
from sim.actors.united_states import MOST_SUPPORT, UnitedStates
from sim.arrays import Array, Mask, Rows, clip, full, real
from sim.questions.words import value
from sim.seats.desk import Desk
from sim.seats.orders import Orders
from sim.world import settlement
from sim.world.packages import terms_of
from sim.world.proposal import Worth, by_axis
from sim.world.war import WAR_BEGAN

if TYPE_CHECKING:
    from sim.model import Negotiation

ORDERED = "an order from the seat"
"""The term of a decision that turns what the doctrine wants into what was ordered."""
BARRED = -np.inf
"""Added to the score of a package that was not ordered: the mediator sees nothing in it."""
PACKAGE = ("line", "guarantee", "relief")
"""Orders that name a part of the package."""
SIDES = ("ukraine", "russia")
EVEN = 0.5
"""Chance from which something is more likely than not."""


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
    """The bureaucracy: it aims for what was ordered; its inertia and its floors hold all the same."""

    def __init__(self, model: Negotiation, desk: Desk) -> None:
        super().__init__(model)
        self.desk = desk

    def advice(self) -> Orders:
        """What the doctrine would aim for as things stand."""
        p = self.parameters.bureaucracy
        wanted = {"intelligence": super()._intelligence_target(p), "sanctions": super()._sanctions_target(p)}
        return {name: value(clip(summed(terms), 0.0, 1.0)) for name, terms in wanted.items()}

    def _sanctions_target(self, p: Any) -> Terms:
        return ordered(super()._sanctions_target(p), self.desk.order("us", "sanctions"))

    def _intelligence_target(self, p: Any) -> Terms:
        return ordered(super()._intelligence_target(p), self.desk.order("us", "intelligence"))


class SeatedMediator(Mediator):
    """The envoy: he calls talks and proposes what he is told to, and fills in what is left open."""

    def __init__(self, model: Negotiation, desk: Desk) -> None:
        super().__init__(model)
        self.desk = desk

    def advice(self) -> Orders:
        """What the doctrine would most likely order as things stand, by what its envoy knows of the two sides.

        Whether the time is ripe is judged by the line that all can see, not by what Moscow expects of it.
        """
        if not bool(self._may_talk()[0]):
            return {}
        dials, p = self.doctrine, self.parameters.table
        ripe = settlement.ripeness(self.model.moved, self.model.months_since(WAR_BEGAN), p)
        odds = summed(settlement.talks_terms(dials.rivalry, dials.horizon, dials.channel, ripe, real(self.talks), p))
        calls = {"talks": float(value(odds) >= 0.0), "first": float(dials.channel >= EVEN)}
        return calls | dict(zip(PACKAGE, self.favourite()[1], strict=True))

    def favourite(self) -> tuple[dict[str, float], tuple[float, ...]]:
        """Chance that each side accepts the package that the doctrine would propose, and its line, guarantee, relief.

        Empty where it would propose none.
        """
        rows = np.zeros(1, dtype=np.intp)
        ukraine, russia, washington = (by_axis(terms.values(), 1) for terms in self._values(rows))
        sds = dict(zip(SIDES, self._errors(rows), strict=True))
        if self.doctrine.affinity:
            washington += russia.over(self._estimate("russia", rows, sds["russia"])[0]) * self.doctrine.affinity
        chosen = super()._propose(rows, ukraine, russia, washington)
        if chosen[0] < 0:
            return {}, ()
        beyond = (
            self._beyond_estimate(*which, rows, sds[which[0]]) for which in (("ukraine", ukraine), ("russia", russia))
        )
        chances = {side: value(ndtr(worth.of(chosen, rows))) for side, worth in zip(SIDES, beyond, strict=True)}
        return chances, terms_of(int(chosen[0]))

    def estimates(self) -> dict[str, tuple[float, float]]:
        """What the envoy thinks that refusing is worth to each side, and how unsure he is of it (sd)."""
        rows = np.zeros(1, dtype=np.intp)
        found = zip(SIDES, self._errors(rows), strict=True)
        return {side: tuple(map(value, self._estimate(side, rows, sd))) for side, sd in found}  # type: ignore[misc]

    def signs(self, side: str) -> Mask:
        """Which packages a side would sign as things stand, on the grid, shape (7, 5, 4)."""
        rows = np.zeros(1, dtype=np.intp)
        worth = by_axis(getattr(self._values(rows), side).values(), 1).whole()
        return np.asarray(worth >= getattr(self.model, side).reservation)[..., 0]

    def _call_talks(self) -> None:
        """Call talks where ordered and possible, and Moscow or the allies first."""
        super()._call_talks()
        called = self.desk.obeyed("us", "talks", real(self.talks)) > 0.0
        self.talks = self._may_talk() & called
        drawn = self.model.luck.uniform("who is called first") < self.doctrine.channel
        self.moscow_first = self.talks & (self.desk.obeyed("us", "first", real(drawn)) > 0.0)

    def _propose(self, rows: Rows, ukraine: Worth, russia: Worth, washington: Worth) -> Rows:
        """Propose the best package of those that hold what was ordered, even where the doctrine sees nothing in it."""
        chosen = super()._propose(rows, ukraine, russia, washington)
        insisted = (chosen < 0) & self._names_a_part(rows)
        if insisted.any():
            indifferent = (washington * 0.0).over(full(rows.size, -1.0))
            chosen = np.where(insisted, super()._propose(rows, ukraine, russia, indifferent), chosen)
        return chosen

    def _log_consents(self, rows: Rows) -> Array:
        """Log chances of consent, with all packages barred that do not hold what was ordered."""
        found = super()._log_consents(rows)
        for name, axis in zip(PACKAGE, self.grid, strict=True):
            order = self.desk.order("us", name)
            if order is not None:
                wanted = order[rows]
                found = found + np.where(np.isnan(wanted) | (axis == wanted), real(0.0), BARRED)
        return found

    def _names_a_part(self, rows: Rows) -> Mask:
        """Where an order names a part of the package."""
        nowhere = self.everywhere(np.nan)
        orders = [self.desk.obeyed("us", name, nowhere)[rows] for name in PACKAGE]
        return np.asarray(~np.isnan(orders).all(axis=0))
