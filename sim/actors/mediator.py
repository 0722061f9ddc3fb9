"""The table: who proposes a package or a truce, who says yes, what everybody learns from it, and how long peace lasts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.actors.actor import Actor, Terms
from sim.basics.arrays import Array, Mask, Rows, expit, full, pick, real
from sim.basics.normal_table import log_ndtr
from sim.world import packages, proposal, settlement
from sim.world.packages import COUNT, LEVELS, LINES, RELIEF, RELIEFS, SHAPE, TRUCES, Stakes
from sim.world.proposal import BARRED, LEAST, Asks, Point, Proposer, flat
from sim.world.settlement import Refusal
from sim.world.war import WAR_BEGAN

if TYPE_CHECKING:
    from sim.model import Negotiation

TRIFLE = 1e-30
SIDES = ("ukraine", "russia")
TERMS = ("offset", "guarantee", "relief")


class Sitting(NamedTuple):
    """What lies open to all who sit at the table, in the R worlds where something is proposed.

    Attributes
    ----------
    rows : Rows (R,)
        The worlds.
    ukraine, russia : Stakes
        What each weighs.
    refusing, refusing_rise : tuple of Array (R,)
        What refusing is worth to each beyond war, living on in a truce where one holds; what hardship adds to it.
    point : Point
        The public Nash point.
    asks : tuple of Asks
        What each holds out for.
    washington : Array (5, 4, R)
        What a settlement along the front is worth to Washington over going on, Russia's gain left out.
    log_consent : Array (5, 4, R)
        Log of the chance that Europe and the Senate let a package through.
    """

    rows: Rows
    ukraine: Stakes
    russia: Stakes
    refusing: tuple[Array, Array]
    refusing_rise: tuple[Array, Array]
    point: Point
    asks: tuple[Asks, Asks]
    washington: Array
    log_consent: Array


class Offer(NamedTuple):
    """A package a world, (R,): line, level of guarantee, share of sanctions lifted; and whether it is but a truce."""

    offset: Array
    guarantee: Rows
    relief: Array
    truce: Mask


class Mediator(Actor):
    """The table, Washington's envoy at it, and the agreement if there is one.

    Attributes
    ----------
    talks, moscow_first : Mask
        Whether Washington holds talks this month, and whether Moscow was called before the allies, shape (W,).
    proposer : Array
        Who put this month's package on the table, as the integers of `Proposer`.
    refusal : Array
        Who kept it from being agreed, as the integers of `Refusal`.
    settled, relapsed : Mask
        Whether a settlement is in force; whether the last one has broken.
    truce : Mask
        Whether a truce is in force.
    offset, guarantee, relief, truce_offered : Array
        What is or was last on the table; whether it was but a truce.
    agreed_offset, agreed_guarantee, agreed_relief : Array
        Terms of the last settlement.
    truce_guarantee : Array
        Guarantee of the last truce.
    settled_in, relapsed_in : Array
        Step in which the last settlement was signed (-1: in force from the start) and in which it broke.
    truce_in, truce_ended_in : Array
        Step in which the last truce began, and in which it broke or made way for a settlement; NaN where never.
    settlements, breaks, truces, truce_breaks : Array
        How many there were so far.
    vague : Array
        Vagueness of the terms when they were agreed, 1 - clarity.
    heard, heard_variance, heard_channel : Array
        What the envoy believes of Moscow's hardship; the channel by which he last heard of it, -1 before.
    zone : Array
        Width of the lines that both sides prefer to refusing at the best package, share of Ukraine; NaN where nothing
        was proposed.
    """

    name = "us"

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model)
        nowhere = self.everywhere(0.0) > 0.0
        self.talks, self.moscow_first, self.proposed = nowhere.copy(), nowhere.copy(), nowhere.copy()
        self.settled, self.relapsed, self.collapsed = nowhere.copy(), nowhere.copy(), nowhere.copy()
        self.truce, self.truce_offered = nowhere.copy(), nowhere.copy()
        self.refusal, self.proposer = self.everywhere(Refusal.NOBODY), self.everywhere(Proposer.NOBODY)
        for term in TERMS:
            setattr(self, term, self.everywhere(0.0))
            setattr(self, f"agreed_{term}", self.everywhere(0.0))
        self.truce_guarantee, self.vague = self.everywhere(0.0), self.everywhere(0.0)
        self.settled_in, self.relapsed_in = self.everywhere(np.nan), self.everywhere(np.nan)
        self.truce_in, self.truce_ended_in = self.everywhere(np.nan), self.everywhere(np.nan)
        self.settlements, self.breaks = self.everywhere(0.0), self.everywhere(0.0)
        self.truces, self.truce_breaks = self.everywhere(0.0), self.everywhere(0.0)
        self.talks_chance, self.rounds = self.everywhere(0.0), self.everywhere(0.0)
        self.heard = self.model.russia.believed.copy()
        self.heard_variance = self.model.russia.believed_variance.copy()
        self.heard_channel = self.everywhere(-1.0)
        self._open_with_settlement()

    offset: Array
    guarantee: Array
    relief: Array
    agreed_offset: Array
    agreed_guarantee: Array
    agreed_relief: Array

    @property
    def relief_in_force(self) -> Array:
        """Share of sanctions lifted under a settlement that holds."""
        return np.where(self.settled, self.agreed_relief, 0.0)

    @property
    def quiet(self) -> Mask:
        """Where the guns are silent: a settlement or a truce holds."""
        return np.asarray(self.settled | self.truce)

    # ---- the month

    def convene(self) -> None:
        """Talks may happen; where something is proposed it is answered, and may be agreed."""
        self._call_talks()
        self._hear_channel()
        self.refusal = self.everywhere(Refusal.NOBODY)
        self.proposed = self.everywhere(0.0) > 0.0
        self.proposer = self._who_proposes()
        rows = np.flatnonzero(self.proposer)
        if rows.size:
            self._negotiate(rows)
        self._impose_on_the_collapsed()
        self._remember_refusals()

    def keep_peace(self) -> None:
        """A settlement or a truce may hold or break."""
        held = np.flatnonzero(self.quiet)
        chance = self.everywhere(0.0)
        if held.size:
            chance[held] = self._hazard_in_force(held)
        self.reasons["renewed war"] = {"chance this month": chance}
        if not self.on.renewed_war:
            return
        step = self.model.elapsed
        fresh = (self.settled & (self.settled_in == step)) | (self.truce & (self.truce_in == step))
        breaks = self.quiet & ~fresh & (self.model.luck.uniform("renewed war") < chance)
        peace, pause = breaks & self.settled, breaks & self.truce
        self.settled, self.truce = self.settled & ~breaks, self.truce & ~breaks
        self.relapsed = self.relapsed | peace
        self.relapsed_in = np.where(peace, step, self.relapsed_in)
        self.truce_ended_in = np.where(pause, step, self.truce_ended_in)
        self.breaks, self.truce_breaks = self.breaks + peace, self.truce_breaks + pause

    def _hazard_in_force(self, rows: Rows) -> Array:
        """Chance this month that the settlement or the truce in force breaks: by what Moscow itself knows."""
        p, truce = self.model.parameters.at(rows).peace, self.truce[rows]
        level = np.where(truce, self.truce_guarantee[rows], self.agreed_guarantee[rows])
        belief, russia = self._belief()[rows], self.model.russia
        base = np.where(truce, p.truce_factor, 1.0 + p.fragility * self._fragile(self.vague[rows]))
        tempted = russia.tempted(rows, level, belief, russia.hardship[rows])
        return settlement.renewed_war_hazard(p.hazard * base, self._deterred(level, belief, rows), tempted)

    # ---- calling talks

    def _call_talks(self) -> None:
        dials, p = self.doctrine, self.parameters.table
        terms = settlement.talks_terms(dials.rivalry, dials.horizon, dials.channel, self.ripeness(), real(self.talks), p)
        self.talks_chance = expit(self.decide("talks", terms))
        self.talks = self._may_talk() & (self.model.luck.uniform("talks") < self.talks_chance)
        self.moscow_first = self.talks & (self.model.luck.uniform("who is called first") < dials.channel)

    def ripeness(self) -> Array:
        """How much the stalemate hurts, 0 to 1."""
        months, p = self.model.months_since(WAR_BEGAN), self.parameters.table
        return settlement.ripeness(self.model.russia.outlook, months, p)

    def _may_talk(self) -> Mask:
        """Where there is something to talk about: no settlement holds."""
        return np.asarray(~self.settled & self.on.talks)

    def _who_proposes(self) -> Array:
        """Who puts a package on the table, if anybody: Washington's envoy in some of its talks."""
        tabled = self.model.luck.uniform("a package is tabled") < self.parameters.table.tabled
        return np.where(self.talks & tabled, real(Proposer.WASHINGTON), real(Proposer.NOBODY))

    def _hear_channel(self) -> None:
        """Hear of Moscow's hardship through a channel: at the first talks, and when its dial changes."""
        if not self.on.private_information:
            return
        channel = float(self.doctrine.channel)
        rows = np.flatnonzero(self.talks & (self.heard_channel != real(channel)))
        if not rows.size:
            return
        share, variance = pick(self.parameters.table.channel_known, rows) * channel, self.heard_variance[rows]
        told = self.model.russia.hardship[rows] - self.heard[rows]
        noise = self.model.luck.normal("what the channel tells")[rows]
        self.heard[rows] += share * told + np.sqrt(share * (1.0 - share) * variance) * noise
        self.heard_variance[rows] = (1.0 - share) * variance
        self.heard_channel[rows] = channel

    # ---- one sitting

    def _negotiate(self, rows: Rows) -> None:
        """Put the best package on the table, let each side answer, and let all learn from the answers."""
        sitting = self._sit_down(rows)
        offer, serious = self._propose(sitting)
        columns = np.flatnonzero(serious)
        self.proposer[rows[~serious]] = Proposer.NOBODY
        if not columns.size:
            return
        sitting = sitting if columns.size == rows.size else self._some(sitting, columns)
        offer = Offer(*(part[columns] for part in offer))
        rows = sitting.rows
        self._table(rows, offer)
        thresholds = self.thresholds(sitting, offer)
        self._keep_reasons(sitting, offer, thresholds)
        answer = self._answers(rows, offer, *thresholds)
        self.refusal[rows] = answer
        self._learn(rows, answer, *thresholds)
        self._agree(rows[answer == Refusal.NOBODY])

    def _sit_down(self, rows: Rows) -> Sitting:
        """Work out what both sides weigh, the public Nash point, and what each holds out for."""
        p, belief = self.model.parameters.at(rows), self._belief()[rows]
        kyiv, moscow = self.model.ukraine, self.model.russia
        trust, reading = kyiv.trust_in_words(), self._ambiguity()
        relapse, truce_relapse = self._relapse_chances(rows, belief)
        feared = self._relapse_chances(rows, np.minimum(1.0, trust * belief))
        ukraine = kyiv.stakes(rows, *feared, reading)
        russia = moscow.stakes(rows, relapse, truce_relapse, belief, reading)
        refusing, rise = zip(*(self._refusing(side, rows) for side in (ukraine, russia)), strict=True)
        washington = self._worth_to_washington(rows, real(0.0), LEVELS, RELIEF, relapse)
        consent = self._log_consents(rows)
        allowed = (washington > 0.0) & (consent > np.log(proposal.RATIFIABLE))
        allowed |= (LEVELS < packages.AMERICAN_LEVEL) & (RELIEF == 0.0)
        weight = proposal.power(pick(kyiv.horizon(), rows), pick(moscow.horizon(), rows))
        point = proposal.nash_point(ukraine, russia, refusing, weight, allowed)
        level, worlds = point.place // SHAPE[1], np.arange(rows.size)
        keeps = tuple(
            (1.0 - side.relapse[level, 0, worlds]) * side.hardship - left
            for side, left in zip((ukraine, russia), rise, strict=True)
        )
        truce_keeps = tuple((1.0 - side.truce_relapse[:, 0]) * side.hardship for side in (ukraine, russia))
        hold = p.table.hold if self.on.holding_out else 0.0
        found = proposal.asks(point, (ukraine.truce(), russia.truce()), keeps, truce_keeps, weight, hold)  # type: ignore[arg-type]
        return Sitting(rows, ukraine, russia, refusing, rise, point, found, washington, consent)

    def _refusing(self, side: Stakes, rows: Rows) -> tuple[Array, Array]:
        """What refusing is worth to a side beyond war, where a truce holds, and what a unit of hardship adds to it."""
        truce = self.truce[rows]
        if not truce.any():
            return full(rows.size, 0.0), full(rows.size, 0.0)
        level, worlds = self.truce_guarantee[rows].astype(int), np.arange(rows.size)
        living = side.living()[level, worlds]
        rise = (1.0 - side.truce_relapse[level, 0, worlds]) * side.hardship
        return np.where(truce, living, 0.0), np.where(truce, rise, 0.0)

    def _propose(self, sitting: Sitting) -> tuple[Offer, Mask]:
        """The package of the highest score in each world, and whether whoever proposes finds it worth a try."""
        by_place = self._on_the_list(sitting)
        score = self._score(sitting, by_place)
        place, highest = proposal.best(score)
        truce = place >= COUNT
        level = np.where(truce, place - COUNT, place // SHAPE[1])
        step = np.where(truce, 0, place % SHAPE[1])
        relief = real(RELIEFS)[step]
        worlds = np.arange(place.size)
        lines = Offer(
            np.where(truce, 0.0, real(LINES)[:, None]),
            np.broadcast_to(level, (LINES.size, place.size)),
            np.broadcast_to(relief, (LINES.size, place.size)),
            np.broadcast_to(truce, (LINES.size, place.size)),
        )
        line, finest = proposal.best(self._score(sitting, lines))
        offset = np.where(truce, 0.0, real(LINES)[line])
        del highest, worlds
        offer = Offer(real(offset), level, relief, truce)
        return offer, self._worth_a_try(sitting, offer) & (finest > 0.5 * BARRED)

    def _on_the_list(self, sitting: Sitting) -> Offer:
        """The twenty packages with their bargained lines, then the truces, (22, R)."""
        worlds = sitting.rows.size
        level, step = np.unravel_index(np.arange(COUNT), SHAPE)
        offset = np.concatenate([flat(sitting.point.offset), full((TRUCES, worlds), 0.0)])
        levels = np.concatenate([level, np.arange(TRUCES)])[:, None]
        reliefs = np.concatenate([real(RELIEFS)[step], full(TRUCES, 0.0)])[:, None]
        truces = (np.arange(COUNT + TRUCES) >= COUNT)[:, None]
        shape = offset.shape
        return Offer(offset, *(np.broadcast_to(part, shape) for part in (levels, reliefs, truces)))  # type: ignore[arg-type]

    # ---- what an offer is worth

    def thresholds(self, sitting: Sitting, offer: Offer) -> tuple[Array, Array]:
        """Hardship from which on each side accepts offers, on the axes of the offers, (..., R)."""
        found = []
        for name, side, refusing, rise, asks in zip(
            SIDES, sitting[1:3], sitting.refusing, sitting.refusing_rise, sitting.asks, strict=True
        ):
            gain, own = self._gain(side, offer)
            truce, level = offer.truce, np.minimum(offer.guarantee, TRUCES - 1)
            worlds = np.arange(sitting.rows.size)
            ask = np.where(truce, asks.truce[level, worlds], asks.settlement)
            ask_rise = np.where(truce, asks.truce_slope[level, worlds], asks.slope)
            mean = getattr(self.model, name).believed[sitting.rows]
            found.append(
                proposal.threshold(gain - refusing, ask, own - rise, ask_rise, side.hardship, mean)
            )
        return found[0], found[1]

    @staticmethod
    def _gain(side: Stakes, offer: Offer) -> tuple[Array, Array]:
        """Gain of a side over war, at the public mean of its hardship, and what a unit of hardship adds to it."""
        worlds = np.arange(side.saved.size)
        short = np.minimum(offer.guarantee, TRUCES - 1)
        part = np.where(offer.truce, real(1.0) * side.truce_cost, 1.0)
        risk = np.where(offer.truce, side.truce_relapse[short, 0, worlds], side.relapse[offer.guarantee, 0, worlds])
        keep = 1.0 - risk
        level = np.minimum(offer.guarantee, side.guarantee.shape[0] - 1)
        flow = side.saved + _at(side.guarantee, level, worlds) + side.relief * offer.relief
        flow = flow + np.where(offer.truce, 0.0, side.reading)
        signing = side.public * packages.ceded(side.front + offer.offset) + side.stop
        back = side.retreat * np.maximum(0.0, -offer.offset)
        lasting = keep * (flow + risk * _at(side.pause, level, worlds))
        return side.land * offer.offset - part * signing - back + lasting, keep * side.hardship

    def _score(self, sitting: Sitting, offer: Offer) -> Array:
        """How good offers are to whoever proposes: by the chances that the others accept, and what is in it for him."""
        rows = sitting.rows
        p, by_envoy = self.model.parameters.at(rows).table, self.proposer[rows] == Proposer.WASHINGTON
        log_p, thresholds = self._log_chances(sitting, offer)
        tilt = p.channel_tilt * (self.doctrine.channel - 0.5)
        consent = self._consent_to(sitting, offer)
        gain = self._worth_to_envoy(sitting, offer)
        american = (offer.guarantee >= packages.AMERICAN_LEVEL) | (offer.relief > 0.0)
        barred = (gain <= 0.0) & (by_envoy | american)
        score = (1.0 - tilt) * log_p[0] + (1.0 + tilt) * log_p[1] + p.surplus_power * np.log(np.maximum(gain, LEAST))
        if not by_envoy.all():
            for who, other in ((0, 1), (1, 0)):
                own = self.proposer[rows] == (Proposer.UKRAINE, Proposer.RUSSIA)[who]
                if own.any():
                    side = sitting[1 + who]
                    over = (getattr(self.model, SIDES[who]).felt[rows] - thresholds[who]) * side.hardship
                    theirs = np.where(over > 0.0, log_p[other] + np.log(np.maximum(over, LEAST)), BARRED)
                    score = np.where(own, theirs, score)
        in_truce = offer.truce & (self.truce[rows] | (not self.on.truce))
        return np.asarray(np.where(barred | in_truce, BARRED, score + consent))

    def _log_chances(self, sitting: Sitting, offer: Offer) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
        """Log of the chance that each side accepts, as whoever proposes sees it, and the thresholds."""
        rows, p = sitting.rows, self.model.parameters.at(sitting.rows).table
        thresholds = self.thresholds(sitting, offer)
        found = tuple(
            log_ndtr((mean - least) / spread)
            for (mean, spread), least in zip(self._believes(rows, p.mood_sd), thresholds, strict=True)
        )
        return found, thresholds  # type: ignore[return-value]

    def _believes(self, rows: Rows, mood: Array) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
        """Mean and sd of each side's hardship, its mood included, as whoever proposes sees them."""
        envoy = self.proposer[rows] == Proposer.WASHINGTON
        kyiv, moscow = self.model.ukraine, self.model.russia
        mean = np.where(envoy, self.heard[rows], moscow.believed[rows])
        variance = np.where(envoy, self.heard_variance[rows], moscow.believed_variance[rows])
        mood = mood if self.on.private_information else 0.0 * mood
        spreads = (np.maximum(np.sqrt(v + mood**2), 0.01) for v in (kyiv.believed_variance[rows], variance))
        return tuple(zip((kyiv.believed[rows], mean), spreads, strict=True))  # type: ignore[return-value]

    def _worth_a_try(self, sitting: Sitting, offer: Offer) -> Mask:
        """Whether all who must agree do so with some chance: hopeless papers are not put on the table."""
        log_p, _ = self._log_chances(sitting, offer)
        return np.asarray(log_p[0] + log_p[1] + self._consent_to(sitting, offer) > np.log(proposal.HOPELESS))

    def _consent_to(self, sitting: Sitting, offer: Offer) -> Array:
        worlds = np.arange(sitting.rows.size)
        step = np.rint(offer.relief * (SHAPE[1] - 1)).astype(int)
        return np.where(offer.truce, 0.0, sitting.log_consent[offer.guarantee, step, worlds])

    def _worth_to_envoy(self, sitting: Sitting, offer: Offer) -> Array:
        """Washington's gain over going on, V_W, with its share of what it thinks that Russia gains."""
        rows, dials, worlds = sitting.rows, self.doctrine, np.arange(sitting.rows.size)
        p = self.model.parameters.at(rows).patron
        step = np.rint(offer.relief * (SHAPE[1] - 1)).astype(int)
        land = p.land * dials.order * dials.europe * offer.offset
        worth = sitting.washington[offer.guarantee, step, worlds] - land
        short = np.minimum(offer.guarantee, TRUCES - 1)
        risk = sitting.russia.truce_relapse[short, 0, worlds]
        pause = p.truce_worth * packages.ending_the_war(dials.horizon, p) - p.relapse * dials.horizon * risk
        worth = np.where(offer.truce, pause, worth)
        if dials.affinity:
            gain, rise = self._gain(sitting.russia, offer)
            gain = gain - sitting.refusing[1] + (rise - sitting.refusing_rise[1]) * self._better_known(rows)
            worth = worth + dials.affinity * gain
        return np.asarray(worth)

    def _better_known(self, rows: Rows) -> Array:
        """By how much the envoy thinks Moscow's hardship higher than the public does."""
        return np.asarray(self.heard[rows] - self.model.russia.believed[rows])

    # ---- answers

    def _answers(self, rows: Rows, offer: Offer, ukraine: Array, russia: Array) -> Array:
        """Who refuses, if anybody: the sides first, then the Europeans, then the Senate."""
        ukraine_refuses = self.model.ukraine.refuses(rows, ukraine)
        russia_refuses = self.model.russia.refuses(rows, russia)
        answer = ukraine_refuses * Refusal.UKRAINE + russia_refuses * Refusal.RUSSIA
        agreed = answer == Refusal.NOBODY
        answer = np.where(agreed & ~offer.truce & self._europe_objects(rows), Refusal.EUROPE, answer)
        if self.on.ratification:
            treaty = np.flatnonzero((answer == Refusal.NOBODY) & ~offer.truce & (offer.guarantee >= packages.TREATY))
            answer[treaty[~self.model.congress.ratifies(rows[treaty])]] = Refusal.SENATE
        return real(answer)

    def _learn(self, rows: Rows, answer: Array, ukraine: Array, russia: Array) -> None:
        """Let everybody, and the envoy, learn what the answers betray."""
        self.rounds[rows] += 1.0
        for name, least, side in (("ukraine", ukraine, Refusal.UKRAINE), ("russia", russia, Refusal.RUSSIA)):
            accepted = ~_refuses(answer, side)
            getattr(self.model, name).learn_of(rows, least, accepted)
            if name == "russia" and self.on.private_information:
                self.heard[rows], self.heard_variance[rows] = self.model.russia.betrayed(
                    rows, self.heard[rows], self.heard_variance[rows], least, accepted
                )

    def _agree(self, rows: Rows) -> None:
        """Put what was agreed into force."""
        truce = self.truce_offered[rows]
        self._sign(rows[~truce])
        self._pause(rows[truce])

    def _sign(self, rows: Rows) -> None:
        """Put a settlement into force: the line moves, the guns fall silent."""
        for term in TERMS:
            getattr(self, f"agreed_{term}")[rows] = getattr(self, term)[rows]
        ends = rows[self.truce[rows]]
        self.truce[ends], self.truce_ended_in[ends] = False, self.model.elapsed
        self.settled[rows], self.relapsed[rows] = True, False
        self.settled_in[rows], self.relapsed_in[rows] = self.model.elapsed, np.nan
        self.settlements[rows] += 1.0
        self.vague[rows] = 1.0 - self.doctrine.clarity
        self.model.redraw_line(rows, self.offset[rows])

    def _pause(self, rows: Rows) -> None:
        """Start a truce: the guns fall silent, and nothing is settled."""
        self.truce[rows], self.truce_guarantee[rows] = True, self.guarantee[rows]
        self.truce_in[rows], self.truce_ended_in[rows] = self.model.elapsed, np.nan
        self.truces[rows] += 1.0
        self.model.redraw_line(rows, full(rows.size, 0.0))

    def _remember_refusals(self) -> None:
        """Washington remembers who refused what it proposed itself."""
        own = self.proposer == Proposer.WASHINGTON
        self.model.united_states.remember(
            real(own & _refuses(self.refusal, Refusal.UKRAINE)),
            real(own & _refuses(self.refusal, Refusal.RUSSIA)),
        )

    # ---- who else must agree

    def _log_consents(self, rows: Rows) -> Array:
        """Log of the chance that Europe and the Senate let each package through, (5, 4, R)."""
        guarantee, relief = (_log(chance) for chance in self.model.europe.consent_chance(rows))
        strong = (LEVELS >= packages.EUROPEAN_LEVEL) * guarantee
        if self.on.ratification:
            treaty = LEVELS >= packages.TREATY
            strong = strong + treaty * _log(self.model.congress.ratification_chance(rows))
        deep = (RELIEF > packages.EUROPEAN_RELIEF) * relief
        return np.asarray(np.maximum(strong + deep, BARRED))

    def _europe_objects(self, rows: Rows) -> Mask:
        guarantee, relief = self.model.europe.consent_chance(rows)
        strong = self.guarantee[rows] >= packages.EUROPEAN_LEVEL
        deep = self.relief[rows] > packages.EUROPEAN_RELIEF
        to_guarantee = self.model.luck.uniform("consent to guarantee")[rows] >= guarantee
        to_relief = self.model.luck.uniform("consent to relief")[rows] >= relief
        return np.asarray((strong & to_guarantee) | (deep & to_relief))

    # ---- terms

    def _table(self, rows: Rows, offer: Offer) -> None:
        self.proposed[rows] = True
        for term in TERMS:
            getattr(self, term)[rows] = getattr(offer, term)
        self.truce_offered[rows] = offer.truce

    def _belief(self) -> Array:
        """How far an American guarantee is believed, (W,)."""
        credibility = self.model.united_states.credibility
        return np.asarray(settlement.guarantee_belief(self.doctrine.commitment, credibility, self.parameters.peace))

    def _relapse_chances(self, rows: Rows, belief: Array) -> tuple[Array, Array]:
        """Q of a settlement, (5, 1, R), and of a truce, (2, 1, R), to one who believes a guarantee so far."""
        if not self.on.renewed_war:
            return full((LEVELS.size, 1, rows.size), 0.0), full((TRUCES, 1, rows.size), 0.0)
        p, russia = self.model.parameters.at(rows).peace, self.model.russia
        tempted = russia.tempted(rows, LEVELS, self._belief()[rows], russia.believed[rows])
        settled = np.exp(tempted - self._deterred(LEVELS, belief, rows))
        fragile = 1.0 + p.fragility * self._fragile(1.0 - float(self.doctrine.clarity))
        hazards = p.hazard * fragile * settled, p.hazard * p.truce_factor * settled[:TRUCES]
        return tuple(settlement.discounted_relapse(np.minimum(1.0, h), p) for h in hazards)  # type: ignore[return-value]

    def _worth_to_washington(
        self, rows: Rows, offset: Array, guarantee: Array, relief: Array, relapse: Array
    ) -> Array:
        terms = self._patron_terms(rows, offset, guarantee, relief, relapse)
        return np.asarray(sum(terms.values()) + full(rows.size, 0.0))

    def _patron_terms(self, rows: Rows, offset: Array, guarantee: Array, relief: Array, relapse: Array) -> Terms:
        dials = self.doctrine
        order, p = dials.order * dials.europe, self.model.parameters.at(rows).patron
        return packages.value_patron(
            offset, guarantee, relief, relapse, order, dials.rivalry, dials.horizon, dials.commitment, p
        )

    def _deterred(self, level: Array, belief: Array, rows: Rows) -> Array:
        """Log-hazard that a guarantee of this level removes."""
        deterrence = pick(self.parameters.peace.deterrence, rows) if self.on.guarantees else 0.0
        return np.asarray(deterrence * level * belief)

    def _ambiguity(self) -> float:
        return (1.0 - float(self.doctrine.clarity)) if self.on.constructive_ambiguity else 0.0

    def _fragile(self, vague: Array | float) -> Array | float:
        return vague if self.on.fragility else 0.0 * vague

    # ---- the rest

    def _impose_on_the_collapsed(self) -> None:
        """Where Ukraine's force has collapsed it can no longer refuse: Russia takes the furthest line."""
        start, share = self.model.config.initial.force_ukraine, self.parameters.front.collapse
        falls = (self.model.ukraine.force < share * start) & ~self.settled & ~self.relapsed
        rows = np.flatnonzero(falls)
        self.collapsed[rows] = True
        self.offset[rows] = packages.ENDS[1]
        self.guarantee[rows] = self.relief[rows] = 0.0
        self._sign(rows)

    def _open_with_settlement(self) -> None:
        """A scenario may open with a settlement in force."""
        opening = self.model.config.initial.settlement
        if opening is None:
            return
        self.settled = ~self.settled
        self.guarantee, self.relief = self.everywhere(opening.guarantee), self.everywhere(opening.relief)
        self.agreed_guarantee, self.agreed_relief = self.guarantee.copy(), self.relief.copy()
        self.settled_in, self.vague = self.everywhere(-1.0), self.everywhere(1.0 - self.doctrine.clarity)
        self.settlements = self.everywhere(1.0)

    def _some(self, sitting: Sitting, columns: Rows) -> Sitting:
        """The sitting in some of its worlds."""

        def of(part: object) -> object:
            if isinstance(part, Stakes):
                return part.of(columns)
            if isinstance(part, Asks | Point):
                return type(part)(*(of(inner) for inner in part))
            if isinstance(part, tuple):
                return tuple(of(inner) for inner in part)
            return packages.some(part, columns)  # type: ignore[arg-type]

        return Sitting(*(of(part) for part in sitting))  # type: ignore[arg-type]

    def _keep_reasons(self, sitting: Sitting, offer: Offer, thresholds: tuple[Array, Array]) -> None:
        """Let whoever asks why see what the package on the table gave to each over refusing, term by term."""
        rows = sitting.rows
        felt = [getattr(self.model, name).felt[rows] for name in SIDES]
        believed = [getattr(self.model, name).believed[rows] for name in SIDES]

        def side(which: int) -> Terms:
            stakes = sitting[1 + which]
            found = stakes.terms(offer.offset, offer.guarantee, offer.relief, offer.truce)
            _, rise = self._gain(stakes, offer)
            found["its hardship beyond what is believed"] = rise * (felt[which] - believed[which])
            if self.truce[rows].any() or sitting.refusing_rise[which].any():
                left = sitting.refusing[which] + sitting.refusing_rise[which] * (felt[which] - believed[which])
                found["living on in the truce"] = -left
            return self.spread(found, rows)

        def washington() -> Terms:
            relapse = np.where(
                offer.truce,
                sitting.russia.truce_relapse[np.minimum(offer.guarantee, TRUCES - 1), 0, np.arange(rows.size)],
                sitting.russia.relapse[offer.guarantee, 0, np.arange(rows.size)],
            )
            found = self._patron_terms(rows, offer.offset, real(offer.guarantee), offer.relief, relapse)
            worth = {reason: term + full(rows.size, 0.0) for reason, term in found.items()}
            found = worth | {"it is only a truce, and what Russia gains": whole - sum(worth.values())}
            return self.spread(found, rows)

        whole = self._worth_to_envoy(sitting, offer)
        self.reasons["package to ukraine"], self.reasons["package to russia"] = partial(side, 0), partial(side, 1)
        self.reasons["package to washington"] = washington
        for name, least, own in zip(SIDES, thresholds, felt, strict=True):
            self.reasons[f"margin of {name}"] = partial(self.spread, {"over its threshold": own - least}, rows)


def _at(values: Array, level: Rows, worlds: Rows) -> Array:
    """Of values by level, (5, 1, 1 or R), those of the level of each offer."""
    return np.asarray(values[level, 0, worlds if values.shape[-1] > 1 else 0])


def _refuses(answer: Array, side: Refusal) -> Mask:
    """Where a side was among those who refused."""
    return np.asarray((answer == side) | (answer == Refusal.BOTH))


def _log(chance: Array) -> Array:
    """Log of a chance that may be nil."""
    return np.asarray(np.log(np.maximum(chance, TRIFLE)))
