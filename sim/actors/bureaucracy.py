"""The bureaucracy: it carries out acts of sanctions, and moves intelligence and posture to what is wanted, slowly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.actors.actor import Actor, Terms, summed
from sim.basics.arrays import Array, Mask, Number, Rows, blend, real
from sim.world import executive, sanctions, settlement

if TYPE_CHECKING:
    from sim.model import Negotiation

INSTRUMENTS = ("intelligence", "posture")
ACTS = ("tightening sanctions", "easing sanctions")
"""What hazards are of."""
WHOLE = 1.0
"""Upkeep at the start that says that sanctions were being kept up."""


class Bureaucracy(Actor):
    """The deep structure of policy.

    Attributes
    ----------
    measures, upkeep : Array
        American sanctions in force, share of the fullest, and how well they are kept up, 0 to 1, shape (W,).
    law : Array
        Of the measures, what is statute.
    kept_up : Mask
        Where new names were put on the lists this month.
    tightened, eased, enacted : Mask
        Where the executive tightened or eased sanctions this month, and Congress tightened them by law.
    lifted : Array
        Share of all sanctions that has been lifted as agreed in a settlement.
    sanctions : Array
        Pressure of American sanctions: measures times upkeep, but for what is lifted.
    intelligence, posture : Array
        Instruments in force, 0 to 1, shape (W,).
    kept_up_before, intelligence_before : Mask, Array
        Those of last month.
    """

    name = "us"
    intelligence: Array
    posture: Array

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model)
        start = model.config.initial
        for instrument in INSTRUMENTS:
            setattr(self, instrument, self.everywhere(getattr(start, instrument)))
        self.intelligence_before = self.intelligence
        self.measures, self.upkeep = self.everywhere(start.sanctions), self.everywhere(start.upkeep)
        self.law = self.everywhere(self.parameters.bureaucracy.sanctions_floor)
        self.kept_up = self.kept_up_before = self.upkeep >= WHOLE
        self.tightened, self.eased, self.enacted = (np.zeros(model.size, dtype=bool) for _ in range(3))
        self.lifted = self.everywhere(0.0)
        self._press()

    # ---- the month

    def carry_out(self) -> None:
        """Tighten or ease sanctions, keep them up or not, and move what else there is towards what is wanted."""
        p = self.parameters.bureaucracy
        self._lift_what_was_agreed(p)
        self._act_on_sanctions(p)
        self._keep_up(p)
        self._press()
        self.intelligence_before = self.intelligence
        targets = {"intelligence": self._intelligence_target(p), "posture": self._posture_target(p)}
        for instrument, terms in targets.items():
            self.keep(instrument, terms)
            setattr(self, instrument, self.moved(instrument, getattr(self, instrument), terms, p))

    def enact(self, law: Mask) -> None:
        """Tighten sanctions by law: what a law puts in force no executive eases while Congress holds it."""
        if not self.on.sanctions_acts:
            return
        act = self.parameters.bureaucracy.sanctions_act
        self.enacted = self.enacted | law
        self.measures, self.law = (sanctions.tightened(one, act, law) for one in (self.measures, self.law))
        if self.on.upkeep:
            self.upkeep = sanctions.tightened(self.upkeep, act, law)
        self._press()

    @property
    def act(self) -> Array:
        """What Washington did about sanctions this month: tightened 1, else eased -1, else 0."""
        tightened = self.tightened | self.enacted
        return np.where(tightened, 1.0, -real(self.eased))

    def held(self) -> Array:
        """Measures that the executive cannot ease: statute, as long as Congress holds it."""
        return np.asarray(self.law * self.model.congress.holds_sanctions() * self.on.institutions)

    # ---- sanctions

    def hazards(self) -> tuple[Terms, Terms]:
        """Terms of the hazards of an act that tightens and of one that eases, acts a month."""
        p, washington = self.parameters.bureaucracy, self.model.united_states
        dials, refused = washington.dials(), washington.refused_by_russia
        tightening, easing = executive.tightening_terms(dials, refused, p), executive.easing_terms(dials, p)
        agreed = self.model.mediator.relief_in_force
        for terms in (tightening, easing):
            terms["relief that was agreed"] = -agreed * summed(terms)
        return tightening, easing

    def _act_on_sanctions(self, p: Any) -> None:
        chances = [executive.chance(self.decide(name, terms)) for name, terms in zip(ACTS, self.hazards(), strict=True)]
        self.tightened, self.eased = self._acts(*(chance * self.on.sanctions_acts for chance in chances))
        self.enacted = np.zeros(self.model.size, dtype=bool)
        self.measures = sanctions.eased(self.measures, p.sanctions_act, self.held(), self.eased)
        self.measures = sanctions.tightened(self.measures, p.sanctions_act, self.tightened)

    def _acts(self, tightening: Array, easing: Array) -> tuple[Mask, Mask]:
        """Whether the executive tightens, and whether it eases, at these chances."""
        luck = self.model.luck
        return luck.uniform("sanctions tightened") < tightening, luck.uniform("sanctions eased") < easing

    def _keep_up(self, p: Any) -> None:
        self.kept_up_before = self.kept_up
        dials = self.model.united_states.dials()
        chance = executive.upkeep_chance(dials, real(self.kept_up), p)
        self.kept_up = self.model.luck.uniform("sanctions kept up") < chance
        if self.on.upkeep:
            self.upkeep = sanctions.kept_up(self.upkeep, p.upkeep_leak, self.kept_up)
            self.upkeep = sanctions.tightened(self.upkeep, p.sanctions_act, self.tightened)

    def _lift_what_was_agreed(self, p: Any) -> None:
        """Move what is lifted, of all sanctions, towards what a settlement says, an act at a time."""
        step = p.sanctions_act if self.on.institutions else 1.0
        self.lifted = blend(self.lifted, self.model.mediator.relief_in_force, 1.0 - step)

    def _press(self) -> None:
        self.sanctions = self.measures * self.upkeep * (1.0 - self.lifted)

    # ---- intelligence and posture

    def moved(self, instrument: str, level: Array, terms: Terms, p: Any) -> Array:
        """Where an instrument is a month later that is at this level, if these are the terms of its target."""
        target = executive.target(terms, self.floor(instrument, p))
        return np.asarray(blend(level, target, self.inertia(instrument, p)))

    def tripwire(self, rows: Rows) -> Array:
        """What is left of a belief that Americans come, as far as they stand in Europe, in the worlds `rows`."""
        p = self.model.parameters.at(rows)
        return settlement.tripwire(self.posture[rows], p.europe.posture_relied_on, p.peace)

    def inertia(self, instrument: str, p: Any) -> Number:
        """Share of last month's level in this month's."""
        share: Number = getattr(p, f"{instrument}_inertia") if self.on.institutions else 0.0
        return share

    def floor(self, instrument: str, p: Any) -> Number:
        """What stays in place whatever the executive wants."""
        floor: Number = getattr(p, f"{instrument}_floor") if self.on.institutions else 0.0
        return floor

    def _intelligence_target(self, p: Any) -> Terms:
        washington, pressing = self.model.united_states, 1.0 if self.on.aid_pressure else 0.0
        return executive.intelligence_terms(washington.dials(), washington.refused_by_ukraine, pressing, p)

    def _posture_target(self, p: Any) -> Terms:
        dials = self.model.united_states.doctrine
        return {
            "the baseline": self.everywhere(p.posture_base),
            "the alliance in Europe": p.posture_alliance * dials.alliance * dials.europe,
        }
