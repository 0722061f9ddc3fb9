"""An audience of Washington: it holds a Gaussian belief on lasting American support, and learns from signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.actors.actor import Actor
from sim.arrays import Array, Number, real
from sim.world import beliefs

if TYPE_CHECKING:
    from sim.model import Negotiation


class Audience(Actor):
    """Ukraine, Russia or Europe as a reader of American signals.

    Attributes
    ----------
    support : Array
        Mean of its belief on lasting American support, share of full support, shape (W,).
    doubt : Array
        Standard deviation of that belief, shape (W,).
    """

    hears_bypass = True
    """Whether being consulted after Moscow tells it something."""

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model)
        self.support = self.everywhere(model.config.initial.support)
        self.support_before = self.support
        self.variance = self.everywhere(model.config.initial.doubt**2)

    @property
    def doubt(self) -> Array:
        """Standard deviation of the belief."""
        return np.sqrt(self.variance)

    def trust_in_words(self) -> float:
        """How much more (above 1) or less than its credibility warrants it makes of an announcement."""
        return 1.0

    def update_belief(self) -> None:
        """Let a month pass, then weigh what Washington did, what it said, and whom it called first."""
        p, washington = self.parameters.beliefs, self.model.united_states
        dials = washington.doctrine
        before = self.support_before = self.support
        self.variance = self.variance + beliefs.drift(dials.commitment, p)
        attribution = p.attribution if self.on.attribution else 0.0
        terms = {"what it believed": before}
        deeds = beliefs.conduct_noise(dials.clarity, washington.blocked, attribution, p)
        terms["what Washington did"] = self._hear(washington.conduct, deeds)
        if self.on.signals:
            words = beliefs.words_noise(dials.clarity, washington.credibility, p) / self.trust_in_words()
            terms["what Washington said"] = self._hear(washington.announced, words)
            if self.hears_bypass:
                terms["Moscow was called first"] = self._hear_bypass(p.bypassed_noise)
        self.reasons["belief in American support"] = terms

    def _hear(self, signal: Number, noise: Array) -> Array:
        """Update on a signal and return the shift of the mean."""
        before = self.support
        self.support, self.variance = beliefs.kalman(before, self.variance, signal, noise)
        return self.support - before

    def _hear_bypass(self, noise: float) -> Array:
        """Update, where Moscow was called first last month, on being passed over as a sign of no support."""
        called = self.model.mediator.moscow_first
        return self._hear(0.0, np.where(called, real(noise), np.inf))
