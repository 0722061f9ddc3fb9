"""What all can see of Washington this month, and what each doctrine that is thought possible would have done.

The same for all audiences: they differ in what they believed before. What a doctrine would do follows from the
executive's own equations with the scenario's parameters, which are public; a world's own draw of them is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.actors.actor import Actor, summed
from sim.basics.arrays import Array, blend, expit, full, real, total
from sim.world import executive, reading, sanctions, settlement

if TYPE_CHECKING:
    from sim.model import Negotiation

UNLIMITED = 1e9
"""Authority as audiences take it that do not ask who cut, EUR bn."""


class Evidence(NamedTuple):
    """Log likelihoods of a month's signs, (H, W) each, relative to the best doctrine and capped.

    Attributes
    ----------
    calls : Array
        Whether last month's talks were held, and whom Washington called first.
    aid, words, sanctions, intelligence : Array
        This month's.
    """

    calls: Array
    aid: Array
    words: Array
    sanctions: Array
    intelligence: Array


class Reading(Actor):
    """What each doctrine would do, beside what Washington did.

    Attributes
    ----------
    doctrines : tuple
        Doctrines that are thought possible; with the mechanism off also those in force, which are then known.
    promise : Array
        What Washington has promised in public: a slow average of what it said, shape (W,).
    pulling, cost : Array
        How much pulls each to aid as things stand, and what aid costs it, (H, W).
    lasting : Array
        Aid that each doctrine would want as things stand, no promise counted, share of full support, (H, W).
    pays : Array
        Share of a promise of full support that each would pay when it is called in, (H, W).
    refusals_to_come : Array
        Where the memory of a side's refusals would come to rest under each, (H, W).
    evidence : Evidence
        What this month's signs say of each.
    """

    name = "reading"
    pulling: Array
    cost: Array
    lasting: Array
    pays: Array
    refusals_to_come: Array
    evidence: Evidence
    _taken_in: tuple[Evidence, dict[float, tuple[Array, Array]]] | None = None

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model)
        self.doctrines = tuple(model.config.hypotheses)
        if not self.on.reading:
            for month in model.calendar:
                known = model.config.doctrine("us", month)
                self.doctrines += (known,) * (known not in self.doctrines)
        self.dials = executive.stacked(self.doctrines)
        self.named = tuple(text.partition(":")[0] for text in model.config.reading.hypotheses)
        self.promise = self.everywhere(model.config.initial.promised)

    def at_start(self, audience: str) -> Array:
        """How likely an audience finds each doctrine before the first month, (H, W)."""
        if not self.on.reading:
            return self.known()
        return full((len(self.doctrines), self.model.size), self._odds("start", audience))

    def prior(self, audience: str) -> Array:
        """How likely it finds each where the doctrine is new, (H, 1)."""
        return self._odds("prior", audience)

    def known(self) -> Array:
        """1 for the doctrine in force, 0 for the others, (H, W)."""
        in_force = self.doctrines.index(self.model.doctrines["us"])
        return full((len(self.doctrines), self.model.size), real(np.eye(len(self.doctrines))[:, [in_force]]))

    def _odds(self, which: str, audience: str) -> Array:
        found = reading.odds(self.model.config.reading, which, audience)
        return real([*found, *[0.0] * (len(self.doctrines) - len(found))])[:, None]

    # ---- the month

    def look(self) -> None:
        """See what Washington did, and work out what each doctrine would have done and would do."""
        self.weigh()
        self.evidence = self._evidence()
        memory = self.model.config.parameters.executive.promise_memory
        self.promise = blend(self.promise, self.model.united_states.announced, memory)

    def likelihood(self, trust: float) -> tuple[Array, Array]:
        """What an audience that makes so much of words takes in of last month's calls, and of this month."""
        said, pace = self.evidence, self.parameters.reading.pace
        if self._taken_in is None or self._taken_in[0] is not said:
            self._taken_in = said, {}
        found = self._taken_in[1]
        if trust not in found:
            month = said.aid + said.sanctions + said.intelligence + trust * said.words
            found[trust] = reading.taken_in(said.calls, pace), reading.taken_in(month, pace)
        return found[trust]

    def weigh(self) -> None:
        """Work out what each doctrine would do as things stand."""
        p, seen = self.model.config.parameters, self.model.united_states.seen
        self.pulling = summed(executive.pulls(self.dials, seen, p.executive))
        self.cost = executive.cost(self.dials, seen, p.executive)
        self.lasting = executive.best(self.pulling, self.cost)
        self.pays = reading.pays(self.dials, seen, self.cost, p.executive)
        tabled = p.table.tabled * self._talks(self.model.mediator.ripeness(), real(self.model.mediator.talks))
        self.refusals_to_come = reading.refusals_to_come(tabled if self.on.talks else 0.0 * tabled, p.executive)

    def _talks(self, ripe: Array, talked: Array) -> Array:
        """Chance that each doctrine holds talks, (H, W)."""
        d = self.dials
        p = self.model.config.parameters.table
        return expit(summed(settlement.talks_terms(d.rivalry, d.horizon, d.channel, ripe, talked, p)))

    def _evidence(self) -> Evidence:
        p, own, nothing = self.model.config.parameters, self.parameters.reading, 0.0 * self.lasting
        washington, calls = self.model.united_states, nothing
        promise = executive.keeping(self.dials, p.executive)
        wants = executive.best(self.pulling + promise * self.promise, self.cost + promise)
        had = washington.authority_before if self.on.attribution else self.everywhere(UNLIMITED)
        aid = reading.aid(wants, had, washington.appropriated, p.executive.full_support, own.smallest, own.drip)
        words = nothing
        if self.on.signals:
            noise = executive.words_noise(self.dials, p.executive)
            words = reading.words(wants, washington.announced, washington.credibility, noise, own.words_error)
            calls = self._calls()
        acts = (self._sanctions(), self._intelligence())
        return Evidence(calls, *(reading.capped(said, own.cap) for said in (aid, words, *acts)))

    def _calls(self) -> Array:
        """What last month's talks say, and the first call: by whoever was in office then."""
        table, cap = self.model.mediator, self.parameters.reading.cap
        chance = self._talks(table.called.ripe, table.called.talked)
        talks = reading.event(chance, table.talks, table.called.possible)
        first = reading.event(self.dials.channel, table.moscow_first, table.talks)
        return reading.capped(talks, cap) + reading.capped(first, cap)

    def _sanctions(self) -> Array:
        """What the executive's acts of sanctions say, and whether it kept them up; laws are not its own."""
        p, bureaucracy = self.model.config.parameters.bureaucracy, self.model.bureaucracy
        said: list[Array] = []
        if self.on.sanctions_acts:
            unlifted, refused = (
                1.0 - self.model.mediator.relief_in_force,
                self.model.united_states.seen.refused_by_russia,
            )
            terms = executive.tightening_terms(self.dials, refused, p), executive.easing_terms(self.dials, p)
            hazards = (unlifted * summed(hazard) for hazard in terms)
            said += map(reading.act, hazards, (bureaucracy.tightened, bureaucracy.eased))
        if self.on.upkeep:
            kept = executive.upkeep_chance(self.dials, real(bureaucracy.kept_up_before), p)
            said.append(reading.event(kept, bureaucracy.kept_up))
        return total(said) if said else 0.0 * self.lasting

    def _intelligence(self) -> Array:
        """What the level of intelligence says, seen inexactly."""
        bureaucracy, spread = self.model.bureaucracy, self.parameters.reading.intelligence_seen
        seen = bureaucracy.intelligence + spread * self.model.luck.normal("intelligence as seen")
        terms = self._intelligence_terms(self.model.united_states.seen.refused_by_ukraine)
        p = self.model.config.parameters.bureaucracy
        expected = bureaucracy.moved("intelligence", bureaucracy.intelligence_before, terms, p)
        return reading.level(expected, seen, spread)

    def _intelligence_terms(self, refused: Array) -> executive.Terms:
        p, pressing = self.model.config.parameters.bureaucracy, self.model.united_states.seen.pressing
        return executive.intelligence_terms(self.dials, refused, pressing, p)

    # ---- what would still come of refusals

    def more_aid(self, probability: Array, side: str) -> Array:
        """By how much aid would still change if a side went on refusing, share of full support, (W,).

        Parameters
        ----------
        probability : Array (H, W)
            How likely each doctrine is found.
        side : str
            Who refuses.
        """
        p = self.model.config.parameters.executive
        weight = executive.pressing(self.dials, self.model.united_states.seen, p)[side]
        later = executive.best(self.pulling + weight * self._more_refusals(side), self.cost)
        return reading.mean(probability, later - self.lasting)

    def more_intelligence(self, probability: Array) -> Array:
        """By how much intelligence would still change if Ukraine went on refusing, (W,)."""
        floor = self.model.bureaucracy.floor("intelligence", self.model.config.parameters.bureaucracy)
        refused = self.model.united_states.seen.refused_by_ukraine
        both = (refused, refused + self._more_refusals("ukraine"))
        now, then = (executive.target(self._intelligence_terms(remembered), floor) for remembered in both)
        return reading.mean(probability, then - now)

    def more_sanctions(self, probability: Array, months: Array) -> Array:
        """By how much all sanctions would still rise, on average over so many months, if Russia went on refusing.

        What an act can add is what American measures and their upkeep leave of the fullest.
        """
        if not self.on.sanctions_acts:
            return self.everywhere(0.0)
        p, bureaucracy = self.model.config.parameters.bureaucracy, self.model.bureaucracy
        acts = executive.tightening_terms(self.dials, self._more_refusals("russia"), p)[
            "pressing Russia, which refused"
        ]
        more = sanctions.still_to_come(bureaucracy.sanctions, p.sanctions_act, acts, months)
        return np.asarray(p.american_sanctions * reading.mean(probability, more))

    def _more_refusals(self, side: str) -> Array:
        """By how much the memory of a side's refusals would still grow if it went on refusing, (H, W)."""
        refused = getattr(self.model.united_states.seen, f"refused_by_{side}")
        return np.asarray(np.maximum(self.refusals_to_come - refused, 0.0))

    # ---- what is recorded

    def share_of(self, preset: str, probability: Array) -> Array:
        """How likely the doctrines that start from a preset are found together, (W,)."""
        rows = [place for place, name in enumerate(self.named) if name == preset]
        return total(probability[rows]) if rows else self.everywhere(0.0)
