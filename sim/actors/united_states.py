"""The executive in Washington: it chooses aid, says something about the future, and remembers who refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.actors.actor import Actor, Terms
from sim.basics.arrays import Array, blend, clip, full, total
from sim.world import beliefs, executive, flows
from sim.world.executive import MOST_SUPPORT, THEATRES

if TYPE_CHECKING:
    from sim.model import Negotiation


class UnitedStates(Actor):
    """The executive.

    Attributes
    ----------
    desired : Array
        x, desired share of full support, shape (W,).
    announced : Array
        What it says x will be.
    promised : Array
        x_locked, a slow average of x: what others may call a promise.
    authority, pipeline : Array
        Appropriated and not yet allocated; allocated and not yet delivered (EUR bn).
    loans_pending, arms_pending : Array
        Granted by events and not yet delivered: money, and arms (EUR bn).
    authority_before, appropriated : Array
        What it could allocate this month, and what it did, without what needs no appropriation (EUR bn).
    done : Array
        The record of deeds against which promises are held.
    explicit : float
        How explicit the promises now in force were, 0 to 1.
    blocked : Array
        Share of what it wanted, on a running average, that Congress left without authority.
    refused_by_ukraine, refused_by_russia : Array
        rho, fading memory of refusals at the table, 0 to 1.
    crises : Array
        Size of the crisis in each of `THEATRES`, shape (theatres, W).
    seen : Situation
        What it saw, as all can, when it last decided on aid.
    """

    name = "us"
    seen: executive.Situation

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model)
        start = model.config.initial
        self.desired = self.everywhere(start.promised)
        self.promised = self.everywhere(start.promised)
        self.announced = self.everywhere(start.promised)
        self.done = self.everywhere(start.promised)
        self.explicit = self.doctrine.clarity
        self.authority = self.everywhere(start.authority)
        self.pipeline = self.everywhere(start.pipeline)
        self.loans_pending = self.everywhere(0.0)
        self.arms_pending = self.everywhere(0.0)
        self.kept = self.everywhere(start.promises_kept)
        self.broken = self.everywhere(start.promises_broken)
        self.refused_by_ukraine = self.everywhere(0.0)
        self.refused_by_russia = self.everywhere(0.0)
        self.crises = full((len(THEATRES), model.size), 0.0)
        self.blocked = self.everywhere(0.0)
        self.authority_before, self.appropriated = self.authority, self.everywhere(0.0)
        self.allocation = self.everywhere(0.0)
        self.instrument = self.everywhere(0.0)
        self.delivery = self.everywhere(0.0)
        self.military_delivery = self.everywhere(0.0)

    @property
    def credibility(self) -> Array:
        """Mean of the Beta belief that its promises are kept, 0 to 1."""
        return beliefs.credibility(self.kept, self.broken)

    @property
    def undelivered(self) -> Array:
        """Allocated and not yet delivered, the money of events included, EUR bn."""
        return self.pipeline + self.loans_pending + self.arms_pending

    @property
    def crisis(self) -> Array:
        """Size of the crises in other theatres together."""
        return total(self.crises)

    # ---- the month

    def decide_aid(self) -> None:
        """Choose the desired share of full support: the maximiser of a quadratic objective, term by term."""
        self._meet_crises()
        terms = self._aid_terms()
        self.desired = np.asarray(clip(self.decide("aid", terms), 0.0, MOST_SUPPORT))

    def announce(self) -> None:
        """Say what support will be: as precisely as the doctrine likes to be."""
        p, dials = self.parameters.executive, self.dials()
        spoken = self.desired + executive.words_noise(dials, p) * self.model.luck.normal("announcement")
        self.announced = np.asarray(clip(spoken, 0.0, MOST_SUPPORT))
        self.promised = blend(self.promised, self.desired, p.promise_memory)
        self.explicit = blend(self.explicit, dials.clarity, p.promise_memory)

    def allocate(self) -> None:
        """Allocate the desired flow in lumps within authority, and add what needs no appropriation."""
        p = self.parameters
        wanted = self.desired * p.executive.full_support
        lump = self.model.luck.exponential("american lump") if self.on.lumpy_flows else self.everywhere(1.0)
        self.authority_before = self.authority
        self.appropriated = appropriated = flows.allocate(wanted, lump, self.authority)
        starved = flows.starved(wanted, self.authority)
        self.blocked = blend(self.blocked, starved, p.beliefs.conduct_memory)
        self.authority = self.authority - appropriated
        granted = self.model.granted("us")
        self.instrument = self.everywhere(granted.amount)
        self.allocation = appropriated + self.instrument
        self.pipeline = self.pipeline + appropriated
        self.loans_pending = self.loans_pending + (self.instrument - granted.arms)
        self.arms_pending = self.arms_pending + granted.arms
        self.done = blend(self.done, appropriated / p.executive.full_support, p.executive.deeds_memory)

    def deliver(self) -> None:
        """Deliver part of the pipeline; of what events granted arms are arms, and loans are money and arm nobody."""
        p = self.parameters
        stocks = (self.pipeline, self.loans_pending, self.arms_pending)
        aid, money, arms = (flows.deliver(stock, p.flows.delivery) for stock in stocks)
        self.pipeline, self.loans_pending = self.pipeline - aid, self.loans_pending - money
        self.arms_pending = self.arms_pending - arms
        self.delivery = aid + money + arms
        self.military_delivery = p.front.military_share_us * aid + arms

    def keep_word(self) -> None:
        """Count what was promised and done; a promise that Congress broke weighs less, a vague one too."""
        if not self.on.credibility:
            return
        p = self.parameters.beliefs
        met = beliefs.promise_kept(self.promised, self.done, p)
        blame = 1.0 - self.blocked if self.on.attribution else 1.0
        self.kept = beliefs.remembered(self.kept, self.explicit * met, p)
        self.broken = beliefs.remembered(self.broken, self.explicit * (1.0 - met) * blame, p)

    def remember(self, ukraine_refused: Array, russia_refused: Array) -> None:
        """Fade the memory of refusals and add this month's (1 where a side refused, else 0)."""
        p = self.parameters.executive
        for side, refused in (("ukraine", ukraine_refused), ("russia", russia_refused)):
            memory = p.refusal_memory * getattr(self, f"refused_by_{side}")
            setattr(self, f"refused_by_{side}", memory + p.refusal_weight * (1.0 - memory) * refused)

    # ---- the terms

    def _aid_terms(self) -> Terms:
        self.look()
        return executive.aid_terms(self.dials(), self.seen, self.promised, self.parameters.executive)

    def look(self) -> None:
        """See what all can see when aid is decided on."""
        self.seen = executive.Situation(
            need=self.model.need,
            share=self.model.europe.share,
            refused_by_ukraine=self.refused_by_ukraine,
            refused_by_russia=self.refused_by_russia,
            costs_moscow=self.model.russia.price_of_support(),
            crises=self.crises,
            pressing=1.0 if self.on.aid_pressure else 0.0,
        )

    def dials(self) -> executive.Dials:
        """The dials of the doctrine in force, as the equations use them."""
        return executive.dials(self.doctrine)

    def _meet_crises(self) -> None:
        """Let crises in other theatres fade, and new ones break out by chance or by schedule."""
        p = self.parameters.executive
        if not self.on.other_theatres:
            return
        for theatre, crisis in zip(THEATRES, self.crises, strict=True):
            breaks_out = self.model.luck.uniform(f"crisis {theatre}") < p.crisis_hazard
            crisis[:] = p.crisis_fade * crisis + breaks_out + self.model.crisis_due(theatre)
