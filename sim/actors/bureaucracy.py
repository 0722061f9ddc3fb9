"""The bureaucracy: it moves sanctions, intelligence and posture towards what the executive wants, slowly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.actors.actor import Actor, Terms
from sim.basics.arrays import Array, Number, blend
from sim.world import executive, settlement

if TYPE_CHECKING:
    from sim.model import Negotiation

INSTRUMENTS = ("sanctions", "intelligence", "posture")


class Bureaucracy(Actor):
    """The deep structure of policy.

    Attributes
    ----------
    sanctions, intelligence, posture : Array
        Instruments in force, 0 to 1, shape (W,).
    sanctions_before, intelligence_before : Array
        Those of last month.
    """

    name = "us"

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model)
        for instrument in INSTRUMENTS:
            setattr(self, instrument, self.everywhere(getattr(model.config.initial, instrument)))
        self.sanctions_before, self.intelligence_before = self.sanctions, self.intelligence

    sanctions: Array
    intelligence: Array
    posture: Array

    def carry_out(self) -> None:
        """Move each instrument part of the way to the doctrine's target, not below its floor."""
        p = self.parameters.bureaucracy
        self.sanctions_before, self.intelligence_before = self.sanctions, self.intelligence
        targets: dict[str, Terms] = {
            "sanctions": self._sanctions_target(p),
            "intelligence": self._intelligence_target(p),
            "posture": self._posture_target(p),
        }
        for instrument, terms in targets.items():
            self.reasons[instrument] = terms
            setattr(self, instrument, self.moved(instrument, getattr(self, instrument), terms, p))

    def moved(self, instrument: str, level: Array, terms: Terms, p: Any) -> Array:
        """Where an instrument is a month later that is at this level, if these are the terms of its target."""
        target = executive.target(terms, self.floor(instrument, p))
        return np.asarray(blend(level, target, self.inertia(instrument, p)))

    def tripwire(self) -> Array:
        """What is left of a belief that Americans come, as far as they stand in Europe."""
        relied_on = self.parameters.europe.posture_relied_on
        return settlement.tripwire(self.posture, relied_on, self.parameters.peace)

    def inertia(self, instrument: str, p: Any) -> Number:
        """Share of last month's level in this month's."""
        share: Number = getattr(p, f"{instrument}_inertia") if self.on.institutions else 0.0
        return share

    def floor(self, instrument: str, p: Any) -> Number:
        """What stays in place whatever the executive wants; sanctions only while Congress holds them in law."""
        floor: Number = getattr(p, f"{instrument}_floor") if self.on.institutions else 0.0
        if instrument == "sanctions":
            return floor * self.model.congress.holds_sanctions() * (1.0 - self.model.mediator.relief_in_force)
        return floor

    def _sanctions_target(self, p: Any) -> Terms:
        washington, lifted = self.model.united_states, self.model.mediator.relief_in_force
        return executive.sanctions_terms(washington.dials(), washington.refused_by_russia, lifted, p)

    def _intelligence_target(self, p: Any) -> Terms:
        washington, pressing = self.model.united_states, 1.0 if self.on.aid_pressure else 0.0
        return executive.intelligence_terms(washington.dials(), washington.refused_by_ukraine, pressing, p)

    def _posture_target(self, p: Any) -> Terms:
        dials = self.model.united_states.doctrine
        return {
            "the baseline": self.everywhere(p.posture_base),
            "the alliance in Europe": self.everywhere(p.posture_alliance * dials.alliance * dials.europe),
        }
