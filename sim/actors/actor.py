"""What actors share.

All of them: a doctrine that may change over time, a share of the world's luck, and their reasons. Those who read
American signals: a Gaussian belief on lasting American support that learns from them. The two warring sides: a force,
a belief about the defender's advantage that fighting corrects, and a hardship that only they know.
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
from sim.basics.arrays import Array, Mask, Number, Rows, clip, full, pick, real
from sim.world import beliefs, front, war

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
        self.variance = self.everywhere(model.config.initial.doubt**2)
        self._heard: beliefs.Signals = {}

    @property
    def doubt(self) -> Array:
        """Standard deviation of the belief."""
        return np.sqrt(self.variance)

    def trust_in_words(self) -> float:
        """How much more (above 1) or less than its credibility warrants it makes of an announcement."""
        return 1.0

    def update_belief(self) -> None:
        """Let a month pass, then weigh what Washington did, what it said, and whom it called first."""
        self.variance, self._heard = self._drifted(), self._signals()
        terms = {"what it believed": self.support}
        for told, (signal, noise) in self._heard.items():
            mean = self.support
            self.support, self.variance = beliefs.kalman(mean, self.variance, signal, noise)
            terms[told] = self.support - mean
        self.reasons["belief in American support"] = terms

    def _drifted(self) -> Array:
        """Variance of its belief once a month has passed in which it heard nothing."""
        drift = beliefs.drift(self.model.united_states.doctrine.commitment, self.parameters.beliefs)
        return np.asarray(self.variance + drift)

    def _signals(self) -> beliefs.Signals:
        """What there is to hear this month: deeds, words, and whom Washington called first, a sign of no support."""
        p, washington = self.parameters.beliefs, self.model.united_states
        clarity = washington.doctrine.clarity
        attribution = p.attribution if self.on.attribution else 0.0
        deeds = beliefs.conduct_noise(clarity, washington.blocked, attribution, p)
        signals: beliefs.Signals = {"what Washington did": (washington.conduct, deeds)}
        if self.on.signals:
            words = beliefs.words_noise(clarity, washington.credibility, p) / self.trust_in_words()
            signals["what Washington said"] = (washington.announced, words)
            if self.hears_bypass:
                called = self.model.mediator.moscow_first
                signals["Moscow was called first"] = (0.0, np.where(called, real(p.bypassed_noise), np.inf))
        return signals


class Belligerent(Audience):
    """Ukraine or Russia.

    Attributes
    ----------
    force : Array
        K, shape (W,).
    advantage, advantage_variance : Array
        Its belief about the defender's advantage theta, log points.
    hardship, felt : Array
        How much dearer than on average war is to it, sds, constant of the world; and with this month's mood.
    believed, believed_variance : Array
        What everybody believes of its hardship.
    outlook : Array
        Monthly movement of the line that it expects, share of Ukraine.
    cost : Array
        What a month of war costs it at hardship 0.
    saved : Array
        What peace on the front would save it at hardship 0, threats included.
    war_value, reservation : Array
        What fighting on is worth to it, W, before and after threats.
    """

    ahead: tuple[str, ...]
    """Terms of fighting on that lie ahead, so that peace on the front takes them away."""

    def __init__(self, model: Negotiation, force: float, optimism: float) -> None:
        super().__init__(model)
        p, known = self.parameters, self.parameters.table.known
        self.force = self.everywhere(force)
        self.advantage = self.everywhere(p.front.advantage + optimism)
        self.advantage_variance = self.everywhere(p.beliefs.advantage_prior_sd**2)
        self.hardship = model.luck.normal(f"hardship {self.name}")
        self.felt = self.hardship
        if self.on.private_information:
            rumour = np.sqrt(known * (1.0 - known)) * model.luck.normal(f"rumour about {self.name}")
            self.believed = real(known * self.hardship + rumour)
            self.believed_variance = self.everywhere(1.0 - known)
        else:
            self.believed, self.believed_variance = self.hardship.copy(), self.everywhere(0.0)
        self.outlook = self.everywhere(0.0)
        self.cost, self.saved = self.everywhere(0.0), self.everywhere(0.0)
        self.war_value = self.everywhere(0.0)
        self.reservation = self.everywhere(0.0)

    def learn_from_front(self, observed: Array) -> None:
        """Update the belief about the defender's advantage on what the front showed; nothing where it is quiet."""
        noise = np.where(self.model.at_war, real(front.observation_variance(self.parameters.front)), np.inf)
        self.advantage, self.advantage_variance = beliefs.kalman(
            self.advantage, self.advantage_variance, observed, noise
        )

    def weigh_war(self) -> None:
        """Let the month's mood come, and work out what fighting on and refusing are worth to it."""
        if self.on.private_information:
            self.felt = self.hardship + self.parameters.table.mood_sd * self.model.luck.normal(f"mood {self.name}")
        self.judge()

    def judge(self) -> None:
        """Work out what fighting on is worth as things stand, and refusing under the threats that it believes."""
        self.outlook = clip(self.expected_line_movement(), -front.EVERYTHING, front.EVERYTHING)
        self.cost = real(self.month_of_war()) + 0.0 * self.outlook
        fighting, threats = self.war_terms(), self.threat_terms()
        threat = summed({"none": self.everywhere(0.0)} | threats)
        spared = {"the cost of war": self.cost, "threats lifted": -threat}
        spared["a front that stands still"] = -summed({term: fighting[term] for term in self.ahead})
        self.saved = self.decide("peace on the front", spared)
        fighting["its own hardship"] = war.own_hardship(self.cost, self.hardship_sd(), self.felt)
        self.war_value = self.decide("fighting on", fighting)
        self.reasons["refusing"] = fighting | threats
        self.reservation = self.war_value + threat

    def refuses(self, rows: Rows, threshold: Array) -> Mask:
        """Whether it says no, in the worlds `rows`, to a package that it accepts from this hardship on."""
        return np.asarray(self.felt[rows] < threshold)

    def learn_of(self, rows: Rows, threshold: Array, accepted: Mask) -> None:
        """Let everybody learn of its hardship what its answer in the worlds `rows` betrays."""
        if self.on.private_information:
            self.believed[rows], self.believed_variance[rows] = self.betrayed(
                rows, self.believed[rows], self.believed_variance[rows], threshold, accepted
            )

    def betrayed(
        self, rows: Rows, mean: Array, variance: Array, threshold: Array, accepted: Mask
    ) -> tuple[Array, Array]:
        """What one who believed so of its hardship believes after its answer to a package with this threshold."""
        p = self.model.parameters.at(rows).table
        return beliefs.answered(mean, variance, threshold, accepted, p.mood_sd, p.forgetting, 1.0 - p.known)

    def unit_of_hardship(self, rows: Rows) -> Array:
        """What a unit of hardship adds to a month of war, in the worlds `rows`."""
        return np.asarray(self.cost[rows] * pick(self.hardship_sd(), rows))

    @abstractmethod
    def month_of_war(self) -> Array:
        """What a month of war costs it at hardship 0."""

    @abstractmethod
    def hardship_sd(self) -> Number:
        """Sd of that cost over worlds, share of it."""

    @abstractmethod
    def expected_line_movement(self) -> Array:
        """Monthly movement of the line that it expects as things stand."""

    @abstractmethod
    def war_terms(self) -> Terms:
        """Terms of what fighting on is worth."""

    @abstractmethod
    def threat_terms(self) -> Terms:
        """Terms of what threats take from it."""
