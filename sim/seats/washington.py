"""Washington's seat: the executive, the bureaucracy under it, and its envoy, who do as ordered where ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.actors.actor import Terms, summed
from sim.actors.bureaucracy import Bureaucracy
from sim.actors.mediator import Mediator
from sim.actors.united_states import UnitedStates
from sim.arrays import Array, Mask, Rows
from sim.seats.desk import Desk
from sim.world.proposal import Worth

if TYPE_CHECKING:
    from sim.model import Negotiation

ORDERED = "an order from the seat"
"""The term of a decision that turns what the doctrine wants into what was ordered."""
BARRED = -1e10
"""Added to the score of a package that was not ordered: the mediator sees nothing in it."""
PACKAGE = ("line", "guarantee", "relief")
"""Orders that name a part of the package."""


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

    def announce(self) -> None:
        """Say what was ordered, or what the doctrine would say."""
        super().announce()
        self.announced = self.desk.obeyed("us", "words", self.announced)


class SeatedBureaucracy(Bureaucracy):
    """The bureaucracy: it aims for what was ordered; its inertia and its floors hold all the same."""

    def __init__(self, model: Negotiation, desk: Desk) -> None:
        super().__init__(model)
        self.desk = desk

    def _sanctions_target(self, p: Any) -> Terms:
        return ordered(super()._sanctions_target(p), self.desk.order("us", "sanctions"))

    def _intelligence_target(self, p: Any) -> Terms:
        return ordered(super()._intelligence_target(p), self.desk.order("us", "intelligence"))


class SeatedMediator(Mediator):
    """The envoy: he calls talks and proposes what he is told to, and fills in what is left open."""

    def __init__(self, model: Negotiation, desk: Desk) -> None:
        super().__init__(model)
        self.desk = desk

    def _call_talks(self) -> None:
        """Call talks where ordered and possible, and Moscow or the allies first."""
        super()._call_talks()
        called = self.desk.obeyed("us", "talks", self.talks * 1.0) > 0.0
        self.talks = self._may_talk() & called
        drawn = self.model.luck.uniform("who is called first") < self.doctrine.channel
        self.moscow_first = self.talks & (self.desk.obeyed("us", "first", drawn * 1.0) > 0.0)

    def _propose(self, rows: Rows, ukraine: Worth, russia: Worth, washington: Worth) -> Rows:
        """Propose the best package of those that hold what was ordered, even where the doctrine sees nothing in it."""
        chosen = super()._propose(rows, ukraine, russia, washington)
        insisted = (chosen < 0) & self._names_a_part(rows)
        if insisted.any():
            indifferent = (washington * 0.0).over(np.full(rows.size, -1.0))
            chosen = np.where(insisted, super()._propose(rows, ukraine, russia, indifferent), chosen)
        return chosen

    def _log_consents(self, rows: Rows) -> Array:
        """Log chances of consent, with all packages barred that do not hold what was ordered."""
        found = super()._log_consents(rows)
        for name, axis in zip(PACKAGE, self.grid, strict=True):
            order = self.desk.order("us", name)
            if order is not None:
                wanted = order[rows]
                found = found + np.where(np.isnan(wanted) | (axis == wanted), 0.0, BARRED)
        return found

    def _names_a_part(self, rows: Rows) -> Mask:
        """Where an order names a part of the package."""
        nowhere = np.full(self.model.size, np.nan)
        orders = [self.desk.obeyed("us", name, nowhere)[rows] for name in PACKAGE]
        return np.asarray(~np.isnan(orders).all(axis=0))
