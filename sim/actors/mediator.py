"""The mediator at the table: Washington's envoy, who calls talks, proposes a package and learns from refusals."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.actors.actor import Actor, Terms
from sim.basics.arrays import Array, Mask, Number, Rows, expit, full, pick, real
from sim.world import packages, proposal, settlement
from sim.world.proposal import Worth
from sim.world.settlement import Refusal
from sim.world.war import WAR_BEGAN

if TYPE_CHECKING:
    from sim.model import Negotiation

HOPELESS = 1e-9
"""Least chance of consent that the mediator reckons with."""
TRIFLE = 1e-30


class Values(NamedTuple):
    """What the packages are worth in the worlds at the table, term by term, on the axes of `packages.grid`."""

    ukraine: Terms
    russia: Terms
    washington: Terms


class Mediator(Actor):
    """The envoy, and the agreement if there is one.

    Attributes
    ----------
    talks, moscow_first : Mask
        Whether talks are held this month, and whether Moscow was called before the allies, shape (W,).
    refusal : Array
        Who kept this month's proposal from becoming a settlement, as the integers of `Refusal`.
    settled, relapsed : Mask
        Whether a settlement is in force; whether one has broken.
    offset, guarantee, relief : Array
        Terms last proposed (before an agreement) or agreed.
    settled_in, relapsed_in : Array
        Step in which it was signed (-1: in force from the start) and broken, NaN where never.
    vague : Array
        Vagueness of the terms when they were agreed, 1 - clarity.
    """

    name = "us"

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model)
        self.grid = packages.grid()
        nowhere = self.everywhere(0.0) > 0.0
        self.talks, self.moscow_first = nowhere.copy(), nowhere.copy()
        self.settled, self.relapsed = nowhere.copy(), nowhere.copy()
        self.collapsed = nowhere.copy()
        self.refusal = self.everywhere(Refusal.NOBODY)
        self.proposed = nowhere.copy()
        self.offset, self.guarantee = self.everywhere(0.0), self.everywhere(0.0)
        self.relief, self.vague = self.everywhere(0.0), self.everywhere(0.0)
        self.settled_in, self.relapsed_in = self.everywhere(np.nan), self.everywhere(np.nan)
        self.talks_chance = self.everywhere(0.0)
        self.rounds = self.everywhere(0.0)
        self.correction_ukraine, self.correction_russia = self.everywhere(0.0), self.everywhere(0.0)
        self.bias_ukraine = model.luck.normal("bias about ukraine")
        self.bias_russia = model.luck.normal("bias about russia")
        self._open_with_settlement()

    @property
    def relief_in_force(self) -> Array:
        """Share of sanctions lifted under a settlement that holds."""
        return np.where(self.settled, self.relief, 0.0)

    # ---- the month

    def convene(self) -> None:
        """Talks may happen; where they do, a package is proposed, answered, and ratified."""
        self._call_talks()
        self.refusal = self.everywhere(Refusal.NOBODY)
        self.proposed = self.everywhere(0.0) > 0.0
        rows = np.flatnonzero(self.talks)
        if rows.size:
            self._negotiate(rows)
        self._impose_on_the_collapsed()
        self._remember_refusals()

    def keep_peace(self) -> None:
        """A settlement may hold or break; a world that relapses fights on."""
        hazard = settlement.renewed_war_hazard(
            self.guarantee,
            self._belief(),
            self._fragile(self.vague),
            self._deterrence(self.parameters.peace),
            self.parameters.peace,
        )
        self.reasons["renewed war"] = {"chance this month": np.where(self.settled, hazard, 0.0)}
        if not self.on.renewed_war:
            return
        just_signed = self.settled_in == self.model.elapsed
        breaks = self.settled & ~just_signed & (self.model.luck.uniform("renewed war") < hazard)
        self.settled, self.relapsed = self.settled & ~breaks, self.relapsed | breaks
        self.relapsed_in = np.where(breaks, self.model.elapsed, self.relapsed_in)

    # ---- calling talks

    def _call_talks(self) -> None:
        dials, p = self.doctrine, self.parameters.table
        ripe = settlement.ripeness(self.model.russia.outlook, self.model.months_since(WAR_BEGAN), p)
        terms = settlement.talks_terms(dials.rivalry, dials.horizon, dials.channel, ripe, real(self.talks), p)
        self.talks_chance = expit(self.decide("talks", terms))
        self.talks = self._may_talk() & (self.model.luck.uniform("talks") < self.talks_chance)
        self.moscow_first = self.talks & (self.model.luck.uniform("who is called first") < dials.channel)

    def _may_talk(self) -> Mask:
        """Where there is something to talk about: no settlement, and none that broke."""
        return np.asarray(~self.settled & ~self.relapsed & self.on.talks)

    # ---- one round

    def _negotiate(self, rows: Rows) -> None:
        """Propose the package with the best estimated product, and let each side answer by its true values."""
        values = self._values(rows)
        ukraine, russia, washington = (proposal.by_axis(terms.values(), rows.size) for terms in values)
        if self.doctrine.affinity:
            washington += russia.over(self.model.russia.reservation[rows]) * self.doctrine.affinity
        chosen = self._propose(rows, ukraine, russia, washington)
        columns = np.flatnonzero(chosen >= 0)
        rows, chosen = rows[columns], chosen[columns]
        self._table(rows, chosen)
        self._keep_reasons(values, rows, chosen, columns)
        answer = self._answers(rows, ukraine.of(chosen, columns), russia.of(chosen, columns))
        self.refusal[rows] = answer
        self._learn(rows, answer)
        self._sign(rows[answer == Refusal.NOBODY])

    def _values(self, rows: Rows) -> Values:
        """True values of all packages to the three who weigh them; Washington's without what Russia gains."""
        ukraine, vague, dials = self.model.ukraine, self._ambiguity(), self.doctrine
        relapse, feared = self._relapse_chances(rows), self._relapse_chances(rows, ukraine.trust_in_words())
        return Values(
            ukraine.package_terms(self.grid, rows, feared, vague),
            self.model.russia.package_terms(self.grid, rows, relapse, self._belief()[rows], vague),
            packages.value_patron(
                self.grid,
                relapse,
                dials.order * dials.europe,
                dials.rivalry,
                dials.horizon,
                dials.commitment,
                self.model.parameters.at(rows).patron,
            ),
        )

    def _propose(self, rows: Rows, ukraine: Worth, russia: Worth, washington: Worth) -> Rows:
        """Index of the package proposed in each row, -1 where Washington likes none."""
        p, dials = self.model.parameters.at(rows).table, self.doctrine
        sd_ukraine, sd_russia = self._errors(rows)
        return proposal.best(
            self._beyond_estimate("ukraine", ukraine, rows, sd_ukraine),
            self._beyond_estimate("russia", russia, rows, sd_russia),
            washington,
            self._log_consents(rows),
            p.channel_tilt * (dials.channel - 0.5),
            p.surplus_power,
        )

    def _beyond_estimate(self, side: str, worth: Worth, rows: Rows, sd: Array) -> Worth:
        """What packages are worth to a side over what the mediator thinks it wants, in sds of that guess."""
        estimate, spread = self._estimate(side, rows, sd)
        beyond: Worth = worth.over(estimate) * (1.0 / spread)
        return beyond

    def _estimate(self, side: str, rows: Rows, sd: Array) -> tuple[Array, Array]:
        """What the mediator thinks that refusing is worth to a side, and how unsure it is of it (sd)."""
        error = getattr(self, f"bias_{side}")[rows] * sd + getattr(self, f"correction_{side}")[rows]
        estimate = getattr(self.model, side).reservation[rows] + error
        return estimate, np.sqrt(sd**2 + pick(self.parameters.table.private_sd, rows) ** 2)

    def _answers(self, rows: Rows, value_ukraine: Array, value_russia: Array) -> Array:
        """Who refuses, if anybody: the sides first, then the Europeans, then the Senate."""
        ukraine_refuses = self.model.ukraine.refuses(rows, value_ukraine)
        russia_refuses = self.model.russia.refuses(rows, value_russia)
        answer = ukraine_refuses * Refusal.UKRAINE + russia_refuses * Refusal.RUSSIA
        agreed = answer == Refusal.NOBODY
        answer = np.where(agreed & self._europe_objects(rows), Refusal.EUROPE, answer)
        if self.on.ratification:
            treaty = np.flatnonzero((answer == Refusal.NOBODY) & (self.guarantee[rows] >= packages.TREATY))
            answer[treaty[~self.model.congress.ratifies(rows[treaty])]] = Refusal.SENATE
        return real(answer)

    def _sign(self, rows: Rows) -> None:
        """Put the agreed terms into force: the line moves, the guns fall silent."""
        self.settled[rows] = True
        self.settled_in[rows] = self.model.elapsed
        self.vague[rows] = 1.0 - self.doctrine.clarity
        self.model.redraw_line(rows, self.offset[rows])

    # ---- what it knows

    def _errors(self, rows: Rows) -> tuple[Array, Array]:
        """Sd of its error about Kyiv and about Moscow: falls with rounds; a direct channel sharpens the second."""
        p = self.model.parameters.at(rows).table
        sd = p.estimate_sd_learned + (p.estimate_sd - p.estimate_sd_learned) * p.estimate_learning ** self.rounds[rows]
        return sd, sd * (1.0 - p.channel_sharpness * self.doctrine.channel)

    def _learn(self, rows: Rows, answer: Array) -> None:
        """A refusal raises the estimate of the refuser's reservation value; an acceptance in vain lowers it."""
        p = self.model.parameters.at(rows).table
        step, vain = p.estimate_correction, -p.vain_acceptance
        self.rounds[rows] += 1.0
        self.correction_ukraine[rows] += step * np.where(_refuses(answer, Refusal.UKRAINE), real(1.0), vain)
        self.correction_russia[rows] += step * np.where(_refuses(answer, Refusal.RUSSIA), real(1.0), vain)

    def _remember_refusals(self) -> None:
        self.model.united_states.remember(
            real(_refuses(self.refusal, Refusal.UKRAINE)),
            real(_refuses(self.refusal, Refusal.RUSSIA)),
        )

    # ---- who else must agree

    def _log_consents(self, rows: Rows) -> Array:
        """Log of the chance that Europe and the Senate let each package through, on the axes of the grid."""
        guarantee, relief = (_log(chance) for chance in self.model.europe.consent_chance(rows))
        strong = (self.grid.guarantee >= packages.EUROPEAN_LEVEL) * guarantee
        if self.on.ratification:
            treaty = self.grid.guarantee >= packages.TREATY
            strong += treaty * _log(self.model.congress.ratification_chance(rows))
        deep = (self.grid.relief > packages.EUROPEAN_RELIEF) * relief
        return np.asarray(np.maximum(strong + deep, math.log(HOPELESS)))

    def _europe_objects(self, rows: Rows) -> Mask:
        guarantee, relief = self.model.europe.consent_chance(rows)
        strong = self.guarantee[rows] >= packages.EUROPEAN_LEVEL
        deep = self.relief[rows] > packages.EUROPEAN_RELIEF
        to_guarantee = self.model.luck.uniform("consent to guarantee")[rows] >= guarantee
        to_relief = self.model.luck.uniform("consent to relief")[rows] >= relief
        return np.asarray((strong & to_guarantee) | (deep & to_relief))

    # ---- terms

    def _table(self, rows: Rows, chosen: Rows) -> None:
        self.proposed[rows] = True
        for term in ("offset", "guarantee", "relief"):
            getattr(self, term)[rows] = np.broadcast_to(getattr(self.grid, term)[..., 0], packages.SHAPE).flat[chosen]

    def _belief(self) -> Array:
        """How far an American guarantee is believed, (W,)."""
        credibility = self.model.united_states.credibility
        return np.asarray(settlement.guarantee_belief(self.doctrine.commitment, credibility, self.parameters.peace))

    def _relapse_chances(self, rows: Rows, trust: float = 1.0) -> Array:
        """Q of each package to one who trusts the guarantor so far, on the axes of the grid."""
        if not self.on.renewed_war:
            return full((*self.grid.guarantee.shape[:-1], rows.size), 0.0)
        p = self.model.parameters.at(rows).peace
        hazard = settlement.renewed_war_hazard(
            self.grid.guarantee,
            np.minimum(1.0, trust * self._belief()[rows]),
            self._fragile(1.0 - self.doctrine.clarity),
            self._deterrence(p),
            p,
        )
        return np.asarray(settlement.discounted_relapse(hazard, p))

    def _deterrence(self, p: Any) -> Number:
        deterrence: Number = p.deterrence
        return deterrence if self.on.guarantees else 0.0 * deterrence

    def _ambiguity(self) -> float:
        return (1.0 - float(self.doctrine.clarity)) if self.on.constructive_ambiguity else 0.0

    def _fragile(self, vague: Number) -> Number:
        return vague if self.on.fragility else 0.0 * vague

    # ---- the rest

    def _impose_on_the_collapsed(self) -> None:
        """Where Ukraine's force has collapsed it can no longer refuse: Russia takes the furthest line."""
        start, share = self.model.config.initial.force_ukraine, self.parameters.front.collapse
        falls = (self.model.ukraine.force < share * start) & self.model.at_war & ~self.relapsed
        rows = np.flatnonzero(falls)
        self.collapsed[rows] = True
        self.offset[rows] = packages.OFFSETS[-1]
        self.guarantee[rows] = self.relief[rows] = 0.0
        self._sign(rows)

    def _open_with_settlement(self) -> None:
        """A scenario may open with a settlement in force."""
        opening = self.model.config.initial.settlement
        if opening is None:
            return
        self.settled = ~self.settled
        self.guarantee, self.relief = self.everywhere(opening.guarantee), self.everywhere(opening.relief)
        self.settled_in, self.vague = self.everywhere(-1.0), self.everywhere(1.0 - self.doctrine.clarity)

    def _keep_reasons(self, values: Values, rows: Rows, chosen: Rows, columns: Rows) -> None:
        """Let whoever asks why see what the package on the table was worth to each, term by term."""
        refusing = self.model.russia.reservation[rows]

        def terms(side: str) -> Terms:
            found = {reason: packages.chosen(worth, chosen, columns) for reason, worth in getattr(values, side).items()}
            if side == "washington":
                russia = (packages.chosen(worth, chosen, columns) for worth in values.russia.values())
                found["Russia's own gain"] = self.doctrine.affinity * (sum(russia) - refusing)
            return self.spread(found, rows)

        for side in values._fields:
            self.reasons[f"package to {side}"] = partial(terms, side)


def _refuses(answer: Array, side: Refusal) -> Mask:
    """Where a side was among those who refused."""
    return np.asarray((answer == side) | (answer == Refusal.BOTH))


def _log(chance: Array) -> Array:
    """Log of a chance that may be nil."""
    return np.asarray(np.log(np.maximum(chance, TRIFLE)))
