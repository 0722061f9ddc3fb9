"""The table: who proposes a package or a truce, who accepts, what all learn from it, and how long peace lasts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.actors.actor import Actor, Terms
from sim.basics.arrays import Array, Mask, Number, Rows, either, expit, full, pick, real
from sim.basics.normal_table import log_ndtr
from sim.world import packages, proposal, settlement
from sim.world.beliefs import LEAST_SPREAD
from sim.world.packages import COUNT, LEVELS, LINES, RELIEF, RELIEFS, SHAPE, TRUCES, Stakes
from sim.world.proposal import BARRED, LEAST, Asks, Point, Proposer, flat
from sim.world.settlement import Refusal
from sim.world.war import WAR_BEGAN

if TYPE_CHECKING:
    from sim.model import Negotiation

TRIFLE = 1e-30
SIDES = ("ukraine", "russia")
TERMS = ("offset", "guarantee", "relief")
AMERICAN = {
    alone: np.concatenate([np.ravel(packages.needs_washington(LEVELS, RELIEF, alone)), [False] * TRUCES])[:, None]
    for alone in (False, True)
}
"""Packages of the list in which Washington has to do something, (22, 1), by whether Europeans may stand there alone."""
IS_TRUCE = np.arange(COUNT + TRUCES)[:, None] >= COUNT
"""Which of the list are truces."""
LISTED = (
    real([*np.repeat(packages.GUARANTEES, SHAPE[1]), *range(TRUCES)])[:, None],
    real([*np.tile(RELIEFS, SHAPE[0]), *[0.0] * TRUCES])[:, None],
)
"""Guarantee and relief of the list."""


class Sitting(NamedTuple):
    """What lies open to all who sit at the table, in the R worlds where something is proposed; a pair is a side each.

    Attributes
    ----------
    rows : Rows (R,)
        The worlds.
    stakes : pair of Stakes
        What each weighs.
    refusing, refusing_rise : pair of Array (R,)
        What refusing is worth to each beyond war, living on in a truce where one holds; what hardship adds to it.
    front, rise : pair of Array (5, 4, R), (5, 1, R)
        Gain over refusing of a settlement along the front, and what a unit of hardship adds to it.
    truce, truce_rise : pair of Array (2, R)
        The same of a truce.
    point : Point
        The public Nash point.
    asks : pair of Asks
        What each holds out for.
    washington : Array (5, 4, R)
        What a settlement along the front is worth to Washington over going on, Russia's gain left out.
    log_consent : Array (5, 4, R)
        Log of the chance that Europe and the Senate let a package through.
    """

    rows: Rows
    stakes: tuple[Stakes, Stakes]
    refusing: tuple[Array, Array]
    refusing_rise: tuple[Array, Array]
    front: tuple[Array, Array]
    rise: tuple[Array, Array]
    truce: tuple[Array, Array]
    truce_rise: tuple[Array, Array]
    point: Point
    asks: tuple[Asks, Asks]
    washington: Array
    log_consent: Array


class Offers(NamedTuple):
    """Some packages in each of R worlds, (n, R) or what broadcasts to it; a pair is a side each.

    Attributes
    ----------
    rows : Rows (R,)
        The worlds.
    units : pair of Array (R,)
        What a unit of hardship adds to a month of war.
    gains, rises : pair of Array
        Gain over refusing at the public mean of hardship, and what a unit of hardship adds to it.
    asks, ask_rises : pair of Array
        What each holds out for, and the same of it.
    worth : Array
        Gain of Washington, Russia's gain left out.
    log_consent : Array
        Log of the chance that all others agree.
    american, truce : Mask
        Whether Washington has to do something; whether it is but a truce.
    terms : tuple of Array
        Line, guarantee and relief.
    """

    rows: Rows
    units: tuple[Array, Array]
    gains: tuple[Array, Array]
    rises: tuple[Array, Array]
    asks: tuple[Array, Array]
    ask_rises: tuple[Array, Array]
    worth: Array
    log_consent: Array
    american: Mask
    truce: Mask
    terms: tuple[Array, Array, Array]


class Call(NamedTuple):
    """What all knew when talks were last called: whether they could be, how ripe it was, where there had been some."""

    possible: Mask
    ripe: Array
    talked: Array


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
        self.called = Call(nowhere.copy(), self.everywhere(0.0), self.everywhere(0.0))
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
        return self.settled * self.agreed_relief

    @property
    def arms_pledged(self) -> Mask:
        """Where a settlement holds whose guarantee pledges arms."""
        pledged = self.settled & (self.agreed_guarantee >= packages.ARMS)
        return np.asarray(pledged & self.on.arms_in_peace)

    @property
    def guarantee_believed(self) -> Array:
        """How far Moscow believes the guarantee in force; 0 where none is."""
        level = either(self.truce, self.truce_guarantee, self.settled * self.agreed_guarantee)
        rows, found = np.flatnonzero(level), self.everywhere(0.0)
        belief, stationed = self.model.russia.guarantee_belief[rows], self.model.europe.stationed[rows]
        found[rows] = self._believed(rows, level[rows], belief, stationed)
        return found

    @property
    def quiet(self) -> Mask:
        """Where the guns are silent: a settlement or a truce holds."""
        return np.asarray(self.settled | self.truce)

    @property
    def outcome(self) -> Array:
        """How each world stands, as the integers of `Outcome`."""
        return settlement.classify(
            self.settled, self.relapsed, self.agreed_offset, self.agreed_guarantee, self.collapsed, self.truce
        )

    # ---- the month

    def convene(self) -> None:
        """Talks may happen; where something is proposed it is answered, and may be agreed."""
        self._call_talks()
        self.model.contacts.meet()
        self._hear_channel()
        self.refusal = self.everywhere(Refusal.NOBODY)
        self.proposed = self.everywhere(0.0) > 0.0
        self.proposer = self._who_proposes()
        rows = np.flatnonzero(self.proposer)
        if rows.size:
            self._negotiate(rows)
        else:
            self._keep_whether_worth_a_try(rows, rows > 0)
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
        russia = self.model.russia
        belief = self._believed(rows, level, russia.guarantee_belief[rows], self.model.europe.stationed[rows])
        base = np.where(truce, p.truce_hazard, p.hazard * (1.0 + p.fragility * self._fragile(self.vague[rows])))
        tempted = russia.tempted(rows, level, belief, russia.hardship[rows])
        return np.asarray(settlement.renewed_war_hazard(base, self._deterred(level, belief, rows), tempted))

    # ---- calling talks

    def _call_talks(self) -> None:
        dials, p = self.doctrine, self.parameters.table
        self.called = Call(self._may_talk(), self.ripeness(), real(self.talks))
        terms = settlement.talks_terms(
            dials.rivalry, dials.horizon, dials.channel, self.called.ripe, self.called.talked, p
        )
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
        """Who puts a package on the table, if anybody: Washington's envoy in some of its talks, else one of the two."""
        tabled = self.model.luck.uniform("a package is tabled") < self.parameters.table.tabled
        return either(self.talks & tabled, Proposer.WASHINGTON.value, self.model.contacts.proposer)

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
        offer, least, serious = self._propose(sitting)
        self.proposer[rows[~serious]] = Proposer.NOBODY
        self._keep_whether_worth_a_try(rows, serious)
        columns = np.flatnonzero(serious)
        if not columns.size:
            return
        offer, thresholds = _some(offer, columns), (least[0][columns], least[1][columns])
        self._keep_reasons(sitting, columns, offer, thresholds)
        rows = rows[columns]
        self._table(rows, offer)
        answer = self._answers(rows, offer, *thresholds)
        self.refusal[rows] = answer
        self._learn(rows, answer, *thresholds)
        self._agree(rows[answer == Refusal.NOBODY.value])

    def _sit_down(self, rows: Rows) -> Sitting:
        """Work out what both sides weigh, the public Nash point, and what each holds out for."""
        kyiv, moscow, reading = self.model.ukraine, self.model.russia, self._ambiguity()
        p, force, armed = (
            self.model.parameters.at(rows),
            self.model.europe.would_send(),
            kyiv.armed_in_peace(rows, moscow.support, kyiv.support),
        )
        belief = self._believed(rows, LEVELS, moscow.guarantee_belief[rows], force)
        trusted = np.minimum(1.0, kyiv.trust_in_words() * kyiv.guarantee_belief[rows])
        tempted = moscow.tempted(rows, LEVELS, belief, moscow.believed[rows], armed[0])
        relapse, truce_relapse = self._relapse_chances(rows, tempted, belief)
        feared = self._relapse_chances(rows, tempted, self._believed(rows, LEVELS, trusted, force))
        stakes = (
            kyiv.stakes(rows, *feared, reading, armed[1]),
            moscow.stakes(rows, relapse, truce_relapse, belief, reading, armed[0]),
        )
        refusing, left = zip(*(self._refusing(side, rows) for side in stakes), strict=True)
        front = tuple(side.peace() + (side.line(real(0.0)) - over) for side, over in zip(stakes, refusing, strict=True))
        rise = tuple((1.0 - side.relapse) * side.hardship - over for side, over in zip(stakes, left, strict=True))
        truces = tuple(side.truce() for side in stakes)
        truce_rise = tuple((1.0 - side.truce_relapse[:, 0]) * side.hardship for side in stakes)
        washington = sum(self._patron_terms(rows, real(0.0), LEVELS, RELIEF, relapse).values()) + full(rows.size, 0.0)
        consent = self._log_consents(rows)
        allowed = (washington > 0.0) & (consent > np.log(proposal.RATIFIABLE))
        allowed = allowed | ~packages.needs_washington(LEVELS, RELIEF, self.on.tripwire)
        weight = proposal.power(pick(kyiv.horizon(), rows), pick(moscow.horizon(), rows))
        point = proposal.nash_point(*stakes, front, weight, allowed)
        level, worlds = point.place // SHAPE[1], np.arange(rows.size)
        keeps = tuple(side[level, 0, worlds] for side in rise)
        hold = p.table.hold if self.on.holding_out else 0.0
        held = proposal.asks(point, truces, keeps, truce_rise, weight, hold)  # type: ignore[arg-type]
        found = rows, stakes, refusing, left, front, rise, truces, truce_rise, point, held, washington, consent
        return Sitting(*found)  # type: ignore[arg-type]

    def _refusing(self, side: Stakes, rows: Rows) -> tuple[Array, Array]:
        """What refusing is worth to a side beyond war, where a truce holds, and what a unit of hardship adds to it."""
        truce = self.truce[rows]
        if not truce.any():
            return full(rows.size, 0.0), full(rows.size, 0.0)
        level, worlds = self.truce_guarantee[rows].astype(int), np.arange(rows.size)
        living = side.living()[level, worlds]
        rise = (1.0 - side.truce_relapse[level, 0, worlds]) * side.hardship
        return truce * living, truce * rise

    def _propose(self, sitting: Sitting) -> tuple[Offer, tuple[Array, Array], Mask]:
        """The package of the highest score in each world, the thresholds of both sides, and whether it is worth a try.

        The best of the twenty at their bargained lines and of the truces first, then the best line for it.
        """
        place, found = self._best_of(self._listed(sitting))
        truce = place >= COUNT
        line, settles = np.zeros_like(place), np.flatnonzero(~truce)
        if settles.size:
            line[settles], found[:, settles] = self._best_of(self._lined(sitting, place[settles], settles))
        highest, chance, *least = found
        serious = (highest > 0.5 * BARRED) & (chance > np.log(proposal.HOPELESS))
        level, step = np.where(truce, place - COUNT, place // SHAPE[1]), np.where(truce, 0, place % SHAPE[1])
        offer = Offer(np.where(truce, real(0.0), real(LINES)[line]), level, real(RELIEFS)[step], truce)
        return offer, (least[0], least[1]), serious

    def _best_of(self, offers: Offers) -> tuple[Rows, Array]:
        """The best in each world; its score, the log of its chance and the thresholds of both sides, (4, R)."""
        score, thresholds, log_p = self._score(offers)
        place, highest = proposal.best(score)
        best = place, np.arange(place.size)
        chance = log_p[0][best] + log_p[1][best] + np.broadcast_to(offers.log_consent, score.shape)[best]
        return place, np.stack([highest, chance, *(least[best] for least in thresholds)])

    def _listed(self, sitting: Sitting) -> Offers:
        """The twenty packages with their bargained lines, then the truces."""
        offset = sitting.point.offset
        worlds = sitting.rows.size
        gains = tuple(
            np.concatenate([flat(front + side.beyond(offset)), truce])
            for side, front, truce in zip(sitting.stakes, sitting.front, sitting.truce, strict=True)
        )
        rises = tuple(
            np.concatenate([flat(rise), truce]) for rise, truce in zip(sitting.rise, sitting.truce_rise, strict=True)
        )
        asks = tuple(np.concatenate([np.broadcast_to(of.settlement, (COUNT, worlds)), of.truce]) for of in sitting.asks)
        ask_rises = tuple(
            np.concatenate([np.broadcast_to(of.slope, (COUNT, worlds)), of.truce_slope]) for of in sitting.asks
        )
        worth = np.concatenate(
            [flat(sitting.washington - self._land(sitting.rows) * offset), self._truce_worth(sitting)]
        )
        consent = np.concatenate([flat(sitting.log_consent), self._truce_consent(sitting)])
        terms = np.concatenate([flat(offset), full((TRUCES, worlds), 0.0)]), LISTED[0], LISTED[1]
        who = sitting.rows, tuple(side.hardship for side in sitting.stakes)
        return Offers(*who, gains, rises, asks, ask_rises, worth, consent, self._american(), IS_TRUCE, terms)  # type: ignore[arg-type]

    def _lined(self, sitting: Sitting, place: Rows, columns: Rows) -> Offers:
        """The settlement at a place of the list with every line, (49, R), in some of the worlds at the table."""
        best, lines = (place // SHAPE[1], place % SHAPE[1], columns), real(LINES)[:, None]
        gains = tuple(
            front[best] + side.beyond(lines, columns) for side, front in zip(sitting.stakes, sitting.front, strict=True)
        )
        rises = tuple(rise[best[0], 0, columns] for rise in sitting.rise)
        asks, ask_rises = zip(*((of.settlement[columns], of.slope[columns]) for of in sitting.asks), strict=True)
        rows, units = sitting.rows[columns], tuple(side.hardship[columns] for side in sitting.stakes)
        worth = sitting.washington[best] - self._land(rows) * lines
        american, terms = self._american()[place, 0], (lines, LISTED[0][place, 0], LISTED[1][place, 0])
        consent, truce = sitting.log_consent[best], IS_TRUCE[place, 0]
        return Offers(rows, units, gains, rises, asks, ask_rises, worth, consent, american, truce, terms)  # type: ignore[arg-type]

    def _land(self, rows: Rows) -> Array:
        """What a share of Ukraine ceded beyond the front costs Washington."""
        return real(self.model.parameters.at(rows).patron.land * self.doctrine.order * self.doctrine.europe)

    def _truce_worth(self, sitting: Sitting) -> Array:
        """What a truce is worth to Washington over going on, (2, R)."""
        p, horizon = self.model.parameters.at(sitting.rows).patron, self.doctrine.horizon
        risk = p.relapse * horizon * sitting.stakes[1].truce_relapse[:, 0]
        return np.asarray(p.truce_worth * packages.ending_the_war(horizon, p) - risk)

    def _truce_consent(self, sitting: Sitting) -> Array:
        """Nobody else need agree to a truce, (2, R); where one holds there is none to propose."""
        barred = self.truce[sitting.rows] if self.on.truce else np.ones(sitting.rows.size, dtype=bool)
        return np.broadcast_to(np.where(barred, real(BARRED), real(0.0)), (TRUCES, sitting.rows.size))

    # ---- how good an offer is

    def _score(self, offers: Offers) -> tuple[Array, tuple[Array, Array], tuple[Array, Array]]:
        """How good offers are to whoever proposes; thresholds of both sides; log chances of their acceptance, (n, R).

        The envoy weighs both chances and what is in it for Washington; a side the other's chance, and what it gains
        beyond what it holds out for.
        """
        rows = offers.rows
        p, by_envoy = self.model.parameters.at(rows).table, self.proposer[rows] == Proposer.WASHINGTON.value
        thresholds = self._thresholds(offers)
        log_p = tuple(
            log_ndtr((mean - least) / spread)
            for (mean, spread), least in zip(self._believes(rows, by_envoy), thresholds, strict=True)
        )
        tilt = p.channel_tilt * (self.doctrine.channel - 0.5)
        gain = offers.worth
        if self.doctrine.affinity:
            better_known = self.heard[rows] - self.model.russia.believed[rows]
            gain = gain + self.doctrine.affinity * (offers.gains[1] + offers.rises[1] * better_known)
        score = (1.0 - tilt) * log_p[0] + (1.0 + tilt) * log_p[1] + p.surplus_power * np.log(np.maximum(gain, LEAST))
        for who, side in enumerate((Proposer.UKRAINE, Proposer.RUSSIA)):
            own = np.flatnonzero(self.proposer[rows] == side.value)
            if own.size:
                felt = getattr(self.model, SIDES[who]).felt[rows[own]]
                over = (felt - thresholds[who][:, own]) * offers.rises[who][..., own]
                theirs = log_p[1 - who][:, own] + np.log(np.maximum(over, LEAST))
                score[:, own] = np.where(over > 0.0, theirs, BARRED)
        barred = (gain <= 0.0) & (by_envoy | offers.american)
        return np.where(barred, BARRED, score + offers.log_consent), thresholds, log_p  # type: ignore[return-value]

    def _thresholds(self, offers: Offers) -> tuple[Array, Array]:
        """Hardship from which on each side accepts."""
        return tuple(  # type: ignore[return-value]
            proposal.threshold(gain, ask, rise, ask_rise, unit, getattr(self.model, name).believed[offers.rows])
            for name, unit, gain, ask, rise, ask_rise in zip(
                SIDES, offers.units, offers.gains, offers.asks, offers.rises, offers.ask_rises, strict=True
            )
        )

    def _believes(self, rows: Rows, by_envoy: Mask) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
        """Mean and sd of each side's hardship, its mood included, as whoever proposes sees them."""
        kyiv, moscow = self.model.ukraine, self.model.russia
        mean = np.where(by_envoy, self.heard[rows], moscow.believed[rows])
        variance = np.where(by_envoy, self.heard_variance[rows], moscow.believed_variance[rows])
        mood = pick(self.parameters.table.mood_sd, rows) if self.on.private_information else 0.0
        spreads = (np.maximum(np.sqrt(v + mood**2), LEAST_SPREAD) for v in (kyiv.believed_variance[rows], variance))
        return tuple(zip((kyiv.believed[rows], mean), spreads, strict=True))  # type: ignore[return-value]

    def zone(self, rows: Rows) -> Array:
        """Width of the lines that both prefer to refusing, by their true hardship, at the best package, (R,).

        A share of Ukraine, negative where there is none: by so much the widest falls short. Lines that nobody could
        propose count too.
        """
        sitting = self._sit_down(rows)
        front = tuple(
            front + rise * (getattr(self.model, name).felt[rows] - getattr(self.model, name).believed[rows])
            for name, front, rise in zip(SIDES, sitting.front, sitting.rise, strict=True)
        )
        kyiv, moscow = front
        widest = proposal.width(*sitting.stakes, (kyiv, moscow)).reshape(COUNT, -1).max(axis=0)
        return np.asarray(widest)

    # ---- answers

    def _answers(self, rows: Rows, offer: Offer, ukraine: Array, russia: Array) -> Array:
        """Who refuses, if anybody: the sides first, then the Europeans, then the Senate."""
        ukraine_refuses = self.model.ukraine.refuses(rows, ukraine)
        russia_refuses = self.model.russia.refuses(rows, russia)
        answer = ukraine_refuses * Refusal.UKRAINE + russia_refuses * Refusal.RUSSIA
        agreed = np.flatnonzero((answer == Refusal.NOBODY.value) & ~offer.truce)
        if agreed.size:
            answer[agreed[self._europe_objects(rows[agreed])]] = Refusal.EUROPE
        if self.on.ratification:
            treaty = np.flatnonzero(
                (answer == Refusal.NOBODY.value) & ~offer.truce & (offer.guarantee >= packages.TREATY)
            )
            if treaty.size:
                answer[treaty[~self.model.congress.ratifies(rows[treaty])]] = Refusal.SENATE
        return real(answer)

    def _learn(self, rows: Rows, answer: Array, ukraine: Array, russia: Array) -> None:
        """Let everybody, and the envoy, learn what the answers betray."""
        self.rounds[rows] += 1.0
        believed = {name: getattr(self.model, name).believed[rows] for name in SIDES}
        for name, least, side in (("ukraine", ukraine, Refusal.UKRAINE), ("russia", russia, Refusal.RUSSIA)):
            accepted = ~_refuses(answer, side)
            getattr(self.model, name).learn_of(rows, least, accepted)
            if name == "russia" and self.on.private_information:
                self.heard[rows], self.heard_variance[rows] = self.model.russia.betrayed(
                    rows, self.heard[rows], self.heard_variance[rows], least, accepted
                )
        self.reasons["what answers betray"] = partial(self.spread, believed, rows)

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
        own = self.proposer == Proposer.WASHINGTON.value
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
        """Where they withhold a consent that is needed; which one is kept for whoever asks, NaN where none is."""
        strong = self.guarantee[rows] >= packages.EUROPEAN_LEVEL
        deep = self.relief[rows] > packages.EUROPEAN_RELIEF
        to_guarantee, to_relief = self.model.europe.answer(rows, (strong, deep))

        def consents() -> Terms:
            found = {
                "guarantee": np.where(strong, real(to_guarantee), np.nan),
                "relief": np.where(deep, real(to_relief), np.nan),
            }
            return self.spread(found, rows)

        self.reasons["consents"] = consents
        return np.asarray((strong & ~to_guarantee) | (deep & ~to_relief))

    # ---- terms

    def _table(self, rows: Rows, offer: Offer) -> None:
        self.proposed[rows] = True
        for term in TERMS:
            getattr(self, term)[rows] = getattr(offer, term)
        self.truce_offered[rows] = offer.truce

    def _relapse_chances(self, rows: Rows, tempted: Array, belief: Array) -> tuple[Array, Array]:
        """Q of a settlement, (5, 1, R), and of a truce, (2, 1, R), to one who believes a guarantee so far."""
        if not self.on.renewed_war:
            return full((LEVELS.size, 1, rows.size), 0.0), full((TRUCES, 1, rows.size), 0.0)
        p = self.model.parameters.at(rows).peace
        settled = settlement.times(tempted - self._deterred(LEVELS, belief, rows))
        fragile = 1.0 + p.fragility * self._fragile(1.0 - float(self.doctrine.clarity))
        signed, paused = p.hazard * fragile * settled, p.truce_hazard * settled[:TRUCES]
        return (
            settlement.discounted_relapse(np.minimum(1.0, signed), p),
            settlement.discounted_relapse(np.minimum(1.0, paused), p),
        )

    def _american(self) -> Mask:
        """Packages of the list in which Washington has to do something, (22, 1)."""
        return AMERICAN[self.on.tripwire]

    def _believed(self, rows: Rows, level: Array, american: Array, strength: Number) -> Array:
        """How far guarantees of these levels are believed, with a European force of this strength where they have one.

        A European force has no record to be held against: what is believed of it is what stands there.
        """
        if not self.on.tripwire:
            return american
        nearby, european = self.model.bureaucracy.tripwire(rows), self.model.europe.force_belief(rows, strength)
        return settlement.believed(level, american, nearby, european)

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

    def _keep_whether_worth_a_try(self, rows: Rows, serious: Mask) -> None:
        """Let whoever asks see where any package seemed worth a try; NaN where none was sought."""
        self.reasons["worth a try"] = partial(self.spread, {"any package": real(serious)}, rows)

    def _keep_reasons(self, sitting: Sitting, columns: Rows, offer: Offer, thresholds: tuple[Array, Array]) -> None:
        """Let whoever asks why see what the package on the table gave to each over refusing, term by term."""
        rows = sitting.rows[columns]
        public = [getattr(self.model, name).believed[rows] for name in SIDES]
        believed = self._believes(rows, self.proposer[rows] == Proposer.WASHINGTON.value)
        seen = [(*known, mean) for known, mean in zip(believed, public, strict=True)]
        beyond = [(side.felt - side.believed)[rows] for side in (self.model.ukraine, self.model.russia)]
        spared = [(side.saved, side.reasons["peace on the front"]) for side in (self.model.ukraine, self.model.russia)]

        def side(which: int) -> Terms:
            stakes, (saved, parts) = sitting.stakes[which].of(columns), spared[which]
            parts = {reason: term[rows] for reason, term in parts.items()}
            parts["the cost of war"] = parts["the cost of war"] + (stakes.saved - saved[rows])  # as others believe it
            found = stakes.terms(offer.offset, offer.guarantee, offer.relief, offer.truce, parts)
            keep = 1.0 - _relapse(sitting.stakes[which], offer, columns)
            found["its hardship beyond what is believed"] = keep * stakes.hardship * beyond[which]
            left, rise = sitting.refusing[which][columns], sitting.refusing_rise[which][columns]
            if left.any():
                found["living on in the truce"] = -left - rise * beyond[which]
            return self.spread(found, rows)

        def washington() -> Terms:
            relapse = _relapse(sitting.stakes[1], offer, columns)
            found = self._patron_terms(rows, offer.offset, real(offer.guarantee), offer.relief, relapse)
            found = {reason: term + full(rows.size, 0.0) for reason, term in found.items()}
            p = self.model.parameters.at(rows).patron
            short = (p.truce_worth - 1.0) * packages.ending_the_war(self.doctrine.horizon, p)
            kept = found["the guarantee as a liability"] + found["the guarantee as order"]
            found["it is only a truce"] = np.where(offer.truce, short - kept, 0.0)
            return self.spread(found, rows)

        self.reasons["package to ukraine"], self.reasons["package to russia"] = partial(side, 0), partial(side, 1)
        self.reasons["package to washington"] = washington
        for name, least, felt in zip(
            SIDES, thresholds, (self.model.ukraine.felt[rows], self.model.russia.felt[rows]), strict=True
        ):
            self.reasons[f"margin of {name}"] = partial(self.spread, {"over its threshold": felt - least}, rows)
        for which, name in enumerate(SIDES):
            of_side = partial(self._demand, which, sitting, columns, offer, *seen[which])
            self.reasons[f"what {name} would take"] = of_side

    def _demand(
        self, which: int, sitting: Sitting, columns: Rows, offer: Offer, mean: Array, spread: Array, public: Array
    ) -> Terms:
        """What a side gains by what is tabled and holds out for, as hardship rises, and what is believed of it."""
        stakes, asks = sitting.stakes[which].of(columns), sitting.asks[which]
        level, step = offer.guarantee, np.rint(offer.relief * (SHAPE[1] - 1)).astype(int)
        short = np.minimum(level, TRUCES - 1)
        settled = (
            sitting.front[which][level, step, columns] + stakes.beyond(offer.offset),
            sitting.rise[which][level, 0, columns],
        )
        paused = sitting.truce[which][short, columns], sitting.truce_rise[which][short, columns]
        gain, rise = (np.where(offer.truce, *either) for either in zip(paused, settled, strict=True))
        ask = np.where(offer.truce, asks.truce[short, columns], asks.settlement[columns])
        ask_rise = np.where(offer.truce, asks.truce_slope[short, columns], asks.slope[columns])
        found = {"gain": gain, "rise": rise, "ask": ask, "ask_rise": ask_rise, "unit": stakes.hardship}
        return self.spread(found | {"public": public, "believed": mean, "spread": spread}, sitting.rows[columns])


def _some(offer: Offer, columns: Rows) -> Offer:
    """The offer in some of the worlds."""
    return Offer(offer.offset[columns], offer.guarantee[columns], offer.relief[columns], offer.truce[columns])


def _relapse(stakes: Stakes, offer: Offer, columns: Rows) -> Array:
    """Chance that what is offered in some of the worlds breaks, discounted, as a side sees it."""
    paused = stakes.truce_relapse[np.minimum(offer.guarantee, TRUCES - 1), 0, columns]
    return np.asarray(np.where(offer.truce, paused, stakes.relapse[offer.guarantee, 0, columns]))


def _refuses(answer: Array, side: Refusal) -> Mask:
    """Where a side was among those who refused."""
    return np.asarray((answer == side.value) | (answer == Refusal.BOTH.value))


def _log(chance: Array) -> Array:
    """Log of a chance that may be nil."""
    return np.asarray(np.log(np.maximum(chance, TRIFLE)))
