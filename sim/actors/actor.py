"""What actors share.

All of them: a doctrine that may change over time, a share of the world's luck, and their reasons. Those who read
American signals: how likely they find each doctrine of Washington, and what they expect of it. The two warring sides: a
force, a belief about the defender's advantage that fighting corrects, and a hardship that only they know.
"""

from __future__ import annotations

from abc import abstractmethod
from functools import partial, reduce
from itertools import count, pairwise
from operator import add
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from sim.basics.agents import Agent
from sim.basics.arrays import Array, Mask, Number, Rows, clip, full, pick, real
from sim.world import beliefs, executive, front, reading, settlement, war

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
        self.keep(decision, terms)
        return summed(terms)

    def keep(self, decision: str, terms: Terms) -> None:
        """Keep the terms of a decision for whoever asks, over all worlds; some may be one number for all of them."""
        self.reasons[decision] = lambda: {
            reason: term if np.ndim(term) else self.everywhere(term) for reason, term in terms.items()
        }

    def spread(self, terms: Terms, rows: Rows) -> Terms:
        """Terms of a decision taken in the worlds `rows` alone, over all worlds; NaN elsewhere."""
        everywhere = {reason: self.everywhere(np.nan) for reason in terms}
        for reason, values in terms.items():
            everywhere[reason][rows] = values
        return everywhere


def summed(terms: Terms) -> Array:
    """Sum of the terms, in their order."""
    return real(reduce(add, terms.values()))


class Audience(Actor):
    """Ukraine, Russia or Europe as a reader of what Washington is doing.

    Attributes
    ----------
    probabilities : Array
        How likely it finds each doctrine of `sim.actors.reading.Reading`, shape (H, W).
    support : Array
        Lasting American support that it expects, share of full support, shape (W,).
    variance : Array
        How unsure it is of that.
    news : Array
        By how much this month's news moved what it expects of the doctrines.
    """

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model)
        self.probabilities = model.reading.at_start(self.name)
        self.support, self.variance = self.everywhere(model.config.initial.promised), self.everywhere(0.0)
        self.news = self.everywhere(0.0)

    @property
    def doubt(self) -> Array:
        """Standard deviation of what it expects."""
        return np.sqrt(self.variance)

    @property
    def guarantee_belief(self) -> Array:
        """How far it believes an American guarantee, 0 to 1: whoever gives it would have to pay."""
        pays = reading.mean(self.probabilities, self.model.reading.pays)
        credibility = self.model.united_states.credibility
        return np.asarray(settlement.guarantee_belief(pays, credibility, self.parameters.peace))

    @property
    def reads_architectural(self) -> Array:
        """How likely it finds an architectural Washington."""
        return self.model.reading.share_of("architectural", self.probabilities)

    @property
    def reads_transactional(self) -> Array:
        """How likely it finds a transactional one."""
        return self.model.reading.share_of("transactional", self.probabilities)

    @property
    def reads_aligned(self) -> Array:
        """How likely it finds one that is aligned with Moscow."""
        return self.model.reading.share_of("aligned", self.probabilities)

    def trust_in_words(self) -> float:
        """How much more (above 1) or less than its credibility warrants it makes of an announcement."""
        return 1.0

    def looks_ahead(self) -> Number:
        """Months over which support has to last."""
        return self.model.ukraine.horizon()

    def update_belief(self) -> None:
        """Read the month's signs: last month's calls, a doctrine that may be new, and then what was done and said."""
        model, before, supported = self.model, self.probabilities, self.support
        beliefs_on_the_way = [before]
        if self.on.reading:
            p, prior = self.parameters.reading, model.reading.prior(self.name)
            of_calls, of_the_month = model.reading.likelihood(self.trust_in_words())
            after_calls = reading.revised(before, of_calls)
            chance = p.switch_turn if reading.new_term(model.month) else p.switch
            foreseen = reading.switched(after_calls, prior, chance)
            self.probabilities = reading.revised(foreseen, of_the_month)
            beliefs_on_the_way += [after_calls, foreseen]
        else:
            foreseen, self.probabilities = before, model.reading.known()
        lasting = model.reading.lasting
        self.news = reading.mean(self.probabilities - foreseen, lasting)
        self.expect()
        self.reasons["belief in American support"] = partial(self._shifts, supported, beliefs_on_the_way)

    def expect(self) -> None:
        """Work out what support it expects to last, and how unsure it is of it."""
        washington, months = self.model.reading, self.looks_ahead()
        ahead = self._ahead(self.probabilities)
        own = executive.words_noise(washington.dials, self.model.config.parameters.executive) ** 2 / months
        self.support = reading.mean(ahead, washington.lasting)
        self.variance = reading.variance(ahead, washington.lasting, self.support, own)

    def _ahead(self, probability: Array) -> Array:
        """How likely it finds each doctrine on average over the months that it looks ahead."""
        stay = reading.stay(self.parameters.reading.switch, self.looks_ahead())
        return reading.switched(probability, self.model.reading.prior(self.name), 1.0 - stay)

    def _shifts(self, supported: Array, on_the_way: list[Array]) -> Terms:
        """Terms of what it expects: what it expected, and by how much each sign moved it, in their order."""
        washington = self.model.reading
        names = ["what it believed", "what Washington would do as things stand"]
        minds = list(on_the_way)
        if self.on.reading:
            pace, evidence = self.parameters.reading.pace, washington.evidence
            names += ["whom Washington called", "that Washington may have changed course"]
            weights = {"aid": 1.0, "words": self.trust_in_words(), "sanctions": 1.0, "intelligence": 1.0}
            for sign, weight in weights.items():
                minds.append(reading.learned(minds[-1], weight * getattr(evidence, sign), pace))
            names += ["what Washington gave", "what Washington said", "its sanctions", "its intelligence"]
        else:
            minds.append(self.probabilities)
            names.append("what Washington is known to be")
        expected = [supported, *(reading.mean(self._ahead(mind), washington.lasting) for mind in minds)]
        shifts = [after - before for before, after in pairwise(expected)]
        return dict(zip(names, [supported, *shifts], strict=True))


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
        threat = summed(threats) if threats else self.everywhere(0.0)
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

    def looks_ahead(self) -> Number:
        """Months over which support has to last: those that it weighs."""
        return self.horizon()

    @abstractmethod
    def horizon(self) -> Number:
        """Months ahead that it weighs."""

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
