"""What actors share.

All of them: a doctrine that may change over time, a share of the world's luck, and their reasons. Those who read
American signals: a Gaussian belief on lasting American support that learns from them. The two warring sides: a force,
a belief about the defender's advantage that fighting corrects, and a private valuation.
"""

from __future__ import annotations

from abc import abstractmethod
from functools import reduce
from itertools import count
from operator import add
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from sim.basics.agents import Agent
from sim.basics.arrays import Array, Mask, Number, Rows, clip, full, real
from sim.world import beliefs, front

if TYPE_CHECKING:
    from sim.model import Negotiation

Terms = dict[str, Array]
"""Named numbers behind a decision, each an array over worlds; what is given to `decide` sums to the number decided."""


class Reasons(dict[str, Any]):
    """Terms by decision; where they cost something to put together, a function that does so when they are asked for."""

    def __getitem__(self, decision: str) -> Terms:
        """The terms of a decision."""
        kept = super().__getitem__(decision)
        terms: Terms = kept() if callable(kept) else kept
        return terms


class Numbers(WeakKeyDictionary[Any, Any]):
    """Numbers for the agents of a model, from 1 on.

    Mesa 3.3 counts them in a dictionary that holds every model there ever was in memory; this one lets them go.
    """

    def __getitem__(self, model: Any) -> Any:
        """The count of a model."""
        return self.setdefault(model, count(1))


class Actor(Agent):
    """A Mesa agent whose state is arrays over worlds.

    Attributes
    ----------
    name : str
        The actor's table in a scenario file.
    reasons : Reasons
        Terms by decision: the last decision of each kind.
    """

    name: str
    model: Negotiation
    _ids = Numbers()

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model)
        self.reasons = Reasons()

    @property
    def doctrine(self) -> Any:
        """The doctrine in force this month."""
        return self.model.doctrines[self.name]

    @property
    def parameters(self) -> Any:
        """The model's parameters, a table a stage."""
        return self.model.parameters

    @property
    def on(self) -> Any:
        """Switches of the mechanisms."""
        return self.model.config.mechanisms

    def everywhere(self, value: Number) -> Array:
        """An array of its own with this value in every world, or each world's own."""
        return full(self.model.size, value)

    def decide(self, decision: str, terms: Terms) -> Array:
        """Keep the terms of a decision and return their sum."""
        self.reasons[decision] = terms
        return summed(terms)

    def spread(self, terms: Terms, rows: Rows) -> Terms:
        """Terms of a decision taken in the worlds `rows` alone, over all worlds; NaN elsewhere."""
        everywhere = {reason: self.everywhere(np.nan) for reason in terms}
        for reason, values in terms.items():
            everywhere[reason][rows] = values
        return everywhere


def summed(terms: Terms) -> Array:
    """Sum of the terms, in their order."""
    return np.asarray(reduce(add, terms.values()))


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


class Belligerent(Audience):
    """Ukraine or Russia.

    Attributes
    ----------
    force : Array
        K, shape (W,).
    advantage, advantage_variance : Array
        Its belief about the defender's advantage theta, log points.
    private : Array
        This month's private valuation of fighting on.
    outlook : Array
        Monthly movement of the line that it expects, share of Ukraine.
    war_value, reservation : Array
        What fighting on is worth to it, W, before and after threats.
    """

    def __init__(self, model: Negotiation, force: float, optimism: float) -> None:
        super().__init__(model)
        p = self.parameters
        self.force = self.everywhere(force)
        self.advantage = self.everywhere(p.front.advantage + optimism)
        self.advantage_variance = self.everywhere(p.beliefs.advantage_prior_sd**2)
        self.private = p.table.private_sd * model.luck.normal(f"private {self.name} at start")
        self.outlook = self.everywhere(0.0)
        self.war_value = self.everywhere(0.0)
        self.reservation = self.everywhere(0.0)

    def learn_from_front(self, observed: Array) -> None:
        """Update the belief about the defender's advantage on what the front showed; nothing where it is quiet."""
        noise = np.where(self.model.at_war, real(front.observation_variance(self.parameters.front)), np.inf)
        self.advantage, self.advantage_variance = beliefs.kalman(
            self.advantage, self.advantage_variance, observed, noise
        )

    def reconsider(self) -> None:
        """Let the private valuation wander: an AR(1) with a fixed spread."""
        p = self.parameters.table
        fresh = (1.0 - p.private_persistence**2) ** 0.5 * p.private_sd
        self.private = p.private_persistence * self.private + fresh * self.model.luck.normal(f"private {self.name}")

    def weigh_war(self) -> None:
        """Change its mind a little, and work out what fighting on and refusing are worth to it."""
        self.reconsider()
        self.judge()

    def judge(self) -> None:
        """Work out what fighting on is worth as things stand, and refusing under the threats that it believes."""
        self.outlook = clip(self.expected_line_movement(), -front.EVERYTHING, front.EVERYTHING)
        fighting, threats = self.war_terms(), self.threat_terms()
        self.war_value = self.decide("fighting on", fighting)
        self.reasons["refusing"] = fighting | threats
        self.reservation = summed({"fighting on": self.war_value} | threats)

    def refuses(self, rows: Rows, worth: Array) -> Mask:
        """Whether it says no, in the worlds `rows`, to the package on the table, which is worth so much to it."""
        return np.asarray(worth < self.reservation[rows])

    @abstractmethod
    def expected_line_movement(self) -> Array:
        """Monthly movement of the line that it expects as things stand."""

    @abstractmethod
    def war_terms(self) -> Terms:
        """Terms of what fighting on is worth."""

    @abstractmethod
    def threat_terms(self) -> Terms:
        """Terms of what threats take from it."""
