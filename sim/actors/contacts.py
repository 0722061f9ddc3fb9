"""Kyiv and Moscow when they meet without Washington: in clusters, and after Washington's talks."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from sim.actors.actor import Actor
from sim.basics.arrays import Mask, expit, real
from sim.world import contacts, settlement
from sim.world.war import WAR_BEGAN

if TYPE_CHECKING:
    from sim.model import Negotiation


EVEN = 0.5
"""Chance that it is Kyiv's terms that are tabled (judgement): each did so once in the record."""


class Proposer(IntEnum):
    """Who tables terms when the two meet."""

    NOBODY = 0
    UKRAINE = 1
    RUSSIA = 2


class Contacts(Actor):
    """Meetings of the two.

    Attributes
    ----------
    meets : Mask
        Whether they meet this month, shape (W,).
    proposer : Array
        Which of the two tables terms at the meeting, as the integers of `Proposer`.
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
        """Meet or not; where they meet and nothing of Washington's is on the table, one of the two may table terms."""
        luck, p = self.model.luck, self.parameters.contacts
        if not self.on.direct_talks:
            return
        table = self.model.mediator
        ripe = settlement.ripeness(self.model.russia.outlook, self.model.months_since(WAR_BEGAN), self.parameters.table)
        terms = contacts.meeting_terms(real(self.meets), real(table.talks), ripe, real(self._truce()), p)
        self.chance = expit(self.decide("a direct meeting", terms))
        self.meets = self._may_meet() & (luck.uniform("direct meeting") < self.chance)
        tables = self.meets & ~table.proposed & (luck.uniform("terms at a meeting") < p.direct_tabled)
        first = np.where(luck.uniform("whose terms") < EVEN, Proposer.UKRAINE, Proposer.RUSSIA)
        self.proposer = real(np.where(tables, first, Proposer.NOBODY))

    def _may_meet(self) -> Mask:
        """Where there is a war to end: no settlement in force."""
        return np.asarray(~self.model.mediator.settled)

    def _truce(self) -> Mask:
        """Where a truce is in force."""
        return np.zeros(self.model.size, dtype=bool)
