"""The bureaucracy: it moves sanctions, intelligence and posture towards what the executive wants, slowly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.actors.actor import Actor, Terms, summed
from sim.basics.arrays import Array, blend, clip

if TYPE_CHECKING:
    from sim.model import Negotiation

INSTRUMENTS = ("sanctions", "intelligence", "posture")


class Bureaucracy(Actor):
    """The deep structure of policy.

    Attributes
    ----------
    sanctions, intelligence, posture : Array
        Instruments in force, 0 to 1, shape (W,).
    """

    name = "us"

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model)
        for instrument in INSTRUMENTS:
            setattr(self, instrument, self.everywhere(getattr(model.config.initial, instrument)))

    sanctions: Array
    intelligence: Array
    posture: Array

    def carry_out(self) -> None:
        """Move each instrument part of the way to the doctrine's target, not below its floor."""
        p = self.parameters.bureaucracy
        targets: dict[str, Terms] = {
            "sanctions": self._sanctions_target(p),
            "intelligence": self._intelligence_target(p),
            "posture": self._posture_target(p),
        }
        for instrument, terms in targets.items():
            target = clip(self.decide(instrument, terms), 0.0, 1.0)
            if self.on.institutions:
                target = np.maximum(target, self._floor(instrument, p))
                target = blend(getattr(self, instrument), target, getattr(p, f"{instrument}_inertia"))
            setattr(self, instrument, np.asarray(target))

    def _floor(self, instrument: str, p: Any) -> Array:
        """What stays in place whatever the executive wants; sanctions only while Congress holds them in law."""
        floor: float = getattr(p, f"{instrument}_floor")
        if instrument == "sanctions":
            return np.asarray(
                floor * self.model.congress.holds_sanctions() * (1.0 - self.model.mediator.relief_in_force)
            )
        return self.everywhere(floor)

    def _sanctions_target(self, p: Any) -> Terms:
        dials, washington = self.model.united_states.doctrine, self.model.united_states
        wanted: Terms = {
            "the baseline": self.everywhere(p.sanctions_base),
            "rivalry with Russia": self.everywhere(p.sanctions_rivalry * dials.rivalry),
            "affinity with Russia": self.everywhere(-p.sanctions_affinity * dials.affinity),
            "pressing Russia, which refused": p.sanctions_press * (1.0 - dials.affinity) * washington.refused_by_russia,
        }
        lifted = self.model.mediator.relief_in_force
        wanted["relief that was agreed"] = -lifted * summed(wanted)
        return wanted

    def _intelligence_target(self, p: Any) -> Terms:
        dials, washington = self.model.united_states.doctrine, self.model.united_states
        pressing = 1.0 if self.on.aid_pressure else 0.0
        return {
            "the baseline": self.everywhere(p.intelligence_base),
            "the defence of order": self.everywhere(p.intelligence_order * dials.order),
            "pressing Ukraine, which refused": -pressing
            * p.intelligence_pause
            * (1.0 - dials.commitment)
            * washington.refused_by_ukraine,
        }

    def _posture_target(self, p: Any) -> Terms:
        dials = self.model.united_states.doctrine
        return {
            "the baseline": self.everywhere(p.posture_base),
            "the alliance in Europe": self.everywhere(p.posture_alliance * dials.alliance * dials.europe),
        }
