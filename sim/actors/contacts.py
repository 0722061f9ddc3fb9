"""Kyiv and Moscow when they meet without Washington: in clusters, and after Washington's talks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.actors.actor import Actor
from sim.basics.arrays import Mask, either, expit, real
from sim.world import contacts
from sim.world.proposal import Proposer

if TYPE_CHECKING:
    from sim.model import Negotiation

EVEN = 0.5
"""Chance that it is Kyiv's terms that are tabled (judgement): each did so in the record."""


class Contacts(Actor):
    """Meetings of the two.

    Attributes
    ----------
    meets : Mask
        Whether they meet this month, shape (W,).
    proposer : Array
        Which of the two has terms for the table, as the integers of `Proposer`.
    chance : Array
        Chance that they would meet this month.
    """

    name = "contacts"

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model)
        self.meets = np.zeros(model.size, dtype=bool)
        self.chance = self.everywhere(0.0)
        self.proposer = self.everywhere(Proposer.NOBODY)

    def meet(self) -> None:
        """Meet or not; where they meet, one of the two may have terms: Washington's own go before them."""
        if not self.on.direct_talks:
            return
        luck, p, table = self.model.luck, self.parameters.contacts, self.model.mediator
        terms = contacts.meeting_terms(real(self.meets), real(table.talks), table.called.ripe, real(table.truce), p)
        self.chance = expit(self.decide("a direct meeting", terms))
        self.meets = self._may_meet() & (luck.uniform("direct meeting") < self.chance)
        tables = self.meets & (luck.uniform("terms at a meeting") < p.direct_tabled)
        whose = either(luck.uniform("whose terms") < EVEN, float(Proposer.UKRAINE), float(Proposer.RUSSIA))
        self.proposer = tables * whose

    def _may_meet(self) -> Mask:
        """Where there is something to settle."""
        return np.asarray(~self.model.mediator.settled)
