"""Europe: members who contribute to a partly public good, hedge against America, and sometimes take fright."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import numpy as np

from sim.actors.actor import Audience, Terms, summed
from sim.basics.arrays import Array, Mask, Number, Rows, clip, full, pick, real, total
from sim.record import columns
from sim.world import armament, consent, executive, flows, sanctions
from sim.world.packages import EUROPEAN_LEVEL

if TYPE_CHECKING:
    from sim.model import Negotiation

EU = "eu_institutions"
"""The member that is the European Union as such."""
WAYS = ("member", "nothing", "power")
"""Columns that say how a member pays."""
ASKED_IN, LAST_MONTHS = ("-06", "-12"), ("-01", "-07")
"""Months in which the renewal of sanctions is asked for, and at whose end they expire without it."""
SHARE_WINDOW = 6
"""Months over which Europe's share of aid is counted, as in the observed series."""


def nowhere(worlds: int) -> Mask:
    """A mask of its own that holds in no world."""
    return np.zeros(worlds, dtype=bool)


def by_member(table: dict[str, list[str]], column: str) -> Array:
    """A column of numbers of a table of members, shape (members, 1)."""
    return real([[float(cell)] for cell in table[column]])


class Europe(Audience):
    """The European donors.

    Attributes
    ----------
    gifts : Array
        What each member means to give, EUR bn a month, shape (members, W).
    contributions : Array
        What each allocated this month, in lumps, with emergency packages and the money of events, shape (members, W).
    voluntary, instrument : Array
        What members decided to give this month; what events granted in their names, EUR bn, shape (W,).
    eu_payment : Array
        Of `voluntary`, what EU institutions paid, EUR bn, shape (W,).
    arms_meant : Array
        Arms in what members mean to give, EUR bn a month, those that they buy in America among them, shape (W,).
    buys, bought : Array
        Share of members' money that buys American arms for Ukraine; what it bought this month, EUR bn, shape (W,).
    envelope, waiting : Array
        What all governments agreed that EU institutions may pay and they have not; what fell due and waits for such an
        agreement, EUR bn, shape (W,).
    vetoed : Mask
        Where a government holds an envelope up.
    measures, upkeep : Array
        European sanctions in force, share of the fullest, and how well they are kept up, 0 to 1, shape (W,).
    proposed, due : Mask
        Where a package of sanctions, and their half-yearly renewal, wait for all governments.
    held_up : Mask
        Where a government holds either up.
    packaged, expired, restored : Mask
        Where a package is agreed this month; where sanctions are out of force because they were not renewed in time,
        and where they came back this month.
    sanctions : Array
        Pressure of European sanctions: measures times upkeep, nothing where they are expired, less what is lifted.
    pipeline, orders, loans_pending, arms_pending : Array
        Given and not yet delivered: by their own decisions, and of these American arms; by events, money and arms
        (EUR bn).
    alarm : Array
        Fading memory of news that lowered expected American support, shape (W,).
    threat : Array
        Threat felt, 0 and up.
    mind : Array
        What all governments together have in mind of a strong guarantee and of deep relief this half-year: they consent
        where the chance is over it, shape (2, W).
    mind_over, mind_under : Array
        Between what all know it to be, shape (2, W).
    stationed, force_money : Array
        How much of a full force stands in Ukraine; what it costs those who sent it, EUR bn a month, shape (W,).
    """

    name = "europe"

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model)
        donors = columns("europe_members")
        self.members, self.labels = tuple(donors["member"]), tuple(donors["label"])
        self.budget, self.weight, start = (by_member(donors, column) for column in ("budget", "weight", "start"))
        states = self.members.index(EU) != np.arange(len(self.members))
        self._own_arms = float(np.average(by_member(donors, "military_share")[states], weights=self.budget[states]))
        self._eu, self._lumps_of = self.members.index(EU), self._ways_of_paying()
        self.gifts: Array = full((len(self.members), model.size), start * model.config.initial.europe)
        self.contributions = self.gifts
        self.contribution = total(self.gifts)
        self.expected = total(self.gifts)
        self.envelope = self.everywhere(model.config.initial.eu_envelope)
        self.eu_payment = self.gifts[self._eu]
        self.waiting, self.vetoed = self.everywhere(0.0), nowhere(model.size)
        self.measures, self.upkeep = self.everywhere(model.config.initial.sanctions_europe), self.everywhere(1.0)
        self.proposed, self.due, self.held_up = (nowhere(model.size) for _ in range(3))
        self.packaged, self.expired, self.restored = (nowhere(model.size) for _ in range(3))
        self.sanctions = self.measures
        self.pipeline = self.everywhere(model.config.initial.europe_pipeline)
        self.buys, self.bought, self.orders = self._means_to_buy(), self.everywhere(0.0), self.everywhere(0.0)
        self.loans_pending = self.everywhere(0.0)
        self.arms_pending = self.everywhere(0.0)
        self.instrument = self.everywhere(0.0)
        self._parts = self._shared_out_by_donor()
        self.military_delivery = self.everywhere(0.0)
        self.alarm = self.everywhere(0.0)
        self.threat = self.everywhere(0.0)
        opening = model.config.initial.settlement
        stands = opening is not None and opening.guarantee >= EUROPEAN_LEVEL
        self.stationed = self.everywhere(self.would_send() if stands else 0.0)
        self.force_money = self.parameters.europe.force_cost * self.stationed
        self._make_up_their_minds()
        self._window: deque[tuple[Array, Array]] = deque(maxlen=SHARE_WINDOW)
        promised = model.config.initial.promised * self.parameters.executive.full_support
        self.share = flows.share(self.contribution, self.everywhere(promised))
        self.arms_meant = self._arms_meant()

    # ---- sanctions

    def sanction(self) -> None:
        """Agree, or not, to what is proposed and due; what is not renewed in time is out of force until it is."""
        self._propose()
        agreed = self._all_agree(self.proposed | self.due)
        self._put_in_force(agreed)
        self.sanctions = self.measures * self.upkeep * (~self.expired) * (1.0 - self.model.bureaucracy.lifted)

    @property
    def act(self) -> Array:
        """What the EU did about sanctions this month: tightened or restored them 1, else let them expire -1, else 0."""
        ran_out = self.expired & self.model.month.endswith(LAST_MONTHS)
        return np.where(self.packaged | self.restored, 1.0, -real(ran_out))

    def _propose(self) -> None:
        p, chance = self.parameters.europe, self.on.sanctions_acts * (1.0 - self.model.mediator.relief_in_force)
        chance = chance * executive.chance(real(p.packages))
        self.proposed = self.proposed | (self.model.luck.uniform("package of sanctions") < chance)
        if self.model.month.endswith(ASKED_IN):
            self.due = ~nowhere(self.model.size)

    def _all_agree(self, sought: Mask) -> Mask:
        """Where all governments agree to what is sought: at once, or when a veto is let go."""
        p, u = self.parameters.europe, self.model.luck.uniform("veto of sanctions")
        united = self.doctrine.cohesion**p.reluctant_sanctions if self.on.unanimity else 1.0
        agreed: Mask = sought & (u < np.where(self.held_up, real(p.veto_lifted), united))
        self.held_up = sought & ~agreed
        return agreed

    def _put_in_force(self, agreed: Mask) -> None:
        """Packages and renewals that are agreed; where they are held up, nobody keeps up what is in force."""
        p, before = self.parameters.bureaucracy, self.expired
        self.packaged, self.proposed = self.proposed & agreed, self.proposed & ~agreed
        self.due = self.due & ~agreed
        self.expired = self.due & (before | self.model.month.endswith(LAST_MONTHS))
        self.restored = before & ~self.expired
        self.measures = sanctions.tightened(self.measures, p.sanctions_act, self.packaged)
        if self.on.upkeep:
            self.upkeep = sanctions.kept_up(self.upkeep, p.upkeep_leak, ~self.held_up)
            self.upkeep = sanctions.tightened(self.upkeep, p.sanctions_act, self.packaged)

    # ---- the month

    def contribute(self) -> None:
        """Each member moves part of the way to its best reply; emergencies and money of events come on top.

        Money falls due in lumps, and EU institutions pay theirs within what all governments have agreed.
        """
        if self.model.month.endswith(consent.DECIDED):
            self._make_up_their_minds()
        self._take_fright()
        self.threat = self.decide("threat felt", self._threat_terms())
        self._station()
        self.buys = self._means_to_buy()
        self.gifts, emergency = self._intend()
        self.expected = total(self.gifts)
        meant = self.gifts + emergency
        voluntary = self._pay(meant) if self.on.lumpy_flows else meant
        self.eu_payment = voluntary[self._eu]
        self.voluntary = total(voluntary)
        self.bought = self.buys * (self.voluntary - self.eu_payment)
        self.contributions = voluntary + self._receive_grants()
        self.contribution = self.voluntary + self.instrument
        self.reasons["contributions"] = dict(zip(self.labels, self.contributions, strict=True))
        self._count_share()
        self.arms_meant = self._arms_meant()

    def deliver(self) -> None:
        """Grant into the pipeline and deliver part of it; of what events granted arms are arms, money arms nobody.

        American arms that were bought come as American arms come.
        """
        p = self.parameters
        self.pipeline = self.pipeline + self.voluntary - self.bought
        american = flows.deliver(self.orders + self.bought, p.flows.delivery)
        self.orders = self.orders + self.bought - american
        stocks = (self.pipeline, self.loans_pending, self.arms_pending)
        aid, money, arms = (flows.deliver(stock, p.europe.delivery) for stock in stocks)
        self.pipeline, self.loans_pending = self.pipeline - aid, self.loans_pending - money
        self.arms_pending = self.arms_pending - arms
        self.military_delivery = p.front.military_share_europe * aid + arms + self._armed_by_purchases() * american

    def consent_chance(self, rows: Rows) -> tuple[Array, Array]:
        """Chance that the Europeans agree to a strong guarantee, and to deep sanctions relief, in the worlds `rows`.

        What they answered since they made up their minds counts: who refused refuses again while nothing moves.
        """
        over, under = self.mind_over[:, rows], self.mind_under[:, rows]
        guarantee, relief = (consent.left(*known) for known in zip(self._disposed(rows), over, under, strict=True))
        return guarantee, relief

    def answer(self, rows: Rows, asked: tuple[Mask, Mask]) -> tuple[Mask, Mask]:
        """Whether they consent to a strong guarantee and to deep relief in the worlds `rows`; answers teach all."""
        found = []
        for place, (chance, what) in enumerate(zip(self.consent_chance(rows), asked, strict=True)):
            known = self.mind_over[place, rows], self.mind_under[place, rows]
            consents = consent.given(chance, self.mind[place, rows], *known)
            now = consent.learned(chance, consents, *known)
            self.mind_over[place, rows], self.mind_under[place, rows] = np.where(what, now, known)
            found.append(consents)
        return found[0], found[1]

    def _make_up_their_minds(self) -> None:
        """What they will consent to for half a year is open again."""
        streams = ("consent to guarantee", "consent to relief")
        self.mind = np.array([self.model.luck.uniform(stream) for stream in streams])
        self.mind_over, self.mind_under = np.zeros_like(self.mind), np.ones_like(self.mind)

    def _disposed(self, rows: Rows) -> tuple[Array, Array]:
        """Chance of both consents where nothing has been answered yet."""
        threat = self.threat[rows]
        if not self.on.european_consent:
            return np.ones_like(threat), np.ones_like(threat)
        p, cohesion = self.model.parameters.at(rows).europe, self.doctrine.cohesion
        guarantee = p.consent_guarantee + (1.0 - p.consent_guarantee) * cohesion + 0.0 * threat
        relief = clip(1.0 - p.consent_threat * cohesion * threat, 0.0, 1.0)
        return np.asarray(guarantee), np.asarray(relief)

    def _arms_meant(self) -> Array:
        bought = self.buys * (self.expected - self.gifts[self._eu])
        share = self.parameters.front.military_share_europe
        return np.asarray(share * self.expected + (self._armed_by_purchases() - share) * bought)

    def _armed_by_purchases(self) -> Number:
        """Arms in a euro for American arms: all of it, less what members would have armed with it themselves.

        Their own money is arms for a larger part than all of Europe's, of which EU institutions give none.
        """
        return real(1.0 - np.maximum(0.0, self._own_arms - self.parameters.front.military_share_europe))

    def _means_to_buy(self) -> Array:
        """Share of members' money, that of EU institutions apart, that buys American arms if Washington sells them."""
        if not self.on.american_arms:
            return self.everywhere(0.0)
        p, sells = self.parameters.europe, 1.0 - self.model.united_states.doctrine.affinity
        missing = np.maximum(0.0, 1.0 - self.support / real(np.maximum(p.relied_on, armament.LEAST)))
        return np.asarray(p.purchases * sells * missing)

    def would_send(self) -> float:
        """How much of a full force it sends to Ukraine under a guarantee that has one."""
        return float(self.doctrine.presence) if self.on.tripwire else 0.0

    def force_belief(self, rows: Rows, strength: Number) -> Array:
        """How far a force of this strength is believed to fight, whatever Washington does, in the worlds `rows`."""
        return real(pick(self.parameters.peace.belief_european, rows) * strength)

    def gifts_left(self, rows: Rows, needs: Array) -> Array:
        """Share of what it means to give that each kind of peace leaves, with need as given, (KINDS, R)."""
        p = self.model.parameters.at(rows).europe
        left = armament.european(self.model.need[rows], needs, self.threat[rows], p)
        garrison = self._purse(real(p.force_cost * self.would_send())) / np.maximum(
            self._purse(self.force_money[rows]), armament.LEAST
        )
        left[armament.GARRISONED] *= garrison
        return left

    # ---- why

    def consent_terms(self, rows: Rows) -> tuple[Terms, Terms]:
        """Terms of both chances of consent in the worlds `rows`: what is missing of a consent that is certain."""
        p = self.model.parameters.at(rows).europe
        disunity, flat = 1.0 - self.doctrine.cohesion, full(rows.size, 0.0)
        guarantee: Terms = {"all of one mind": flat + 1.0}
        relief: Terms = {"all of one mind": flat + 1.0}
        if self.on.european_consent:
            guarantee["want of cohesion"] = flat - (1.0 - p.consent_guarantee) * disunity
            relief["the threat that they feel together"] = (
                flat - p.consent_threat * self.doctrine.cohesion * self.threat[rows]
            )
            relief["no chance is below nought"] = np.maximum(0.0, -summed(relief))
        before, now = self._disposed(rows), Europe.consent_chance(self, rows)
        for terms, first, left in zip((guarantee, relief), before, now, strict=True):
            terms["what they answered this half-year"] = left - first
        return guarantee, relief

    def _take_fright(self) -> None:
        """Turn news that lowers expected American support into alarm that fades; what was foreseen alarms nobody."""
        p = self.parameters.europe
        fall = np.maximum(0.0, -self.news)
        gain = p.alarm_gain * self.doctrine.autonomy if self.on.alarm else 0.0
        self.alarm = p.alarm_fade * self.alarm + gain * fall

    def _threat_terms(self) -> Terms:
        p = self.parameters.europe
        hedge = p.hedge * self.doctrine.autonomy if self.on.hedging else 0.0
        return {
            "Ukraine's need": p.need_weight * self.model.need,
            "doubt about America": hedge * p.doubt_weight * self.doubt,
            "America believed to be leaving": hedge * np.maximum(0.0, p.relied_on - self.support),
            "a thinner American posture": p.posture_weight
            * np.maximum(0.0, p.posture_relied_on - self.model.bureaucracy.posture),
        }

    def _station(self) -> None:
        """Send the force, or call it back, no faster than budgets move; it is paid for out of them."""
        guarded = self.model.mediator.settled & (self.model.mediator.agreed_guarantee >= EUROPEAN_LEVEL)
        p = self.parameters.europe
        self.stationed = self.stationed + p.adjustment * (self.would_send() * real(guarded) - self.stationed)
        self.force_money = p.force_cost * self.stationed

    def _purse(self, force_money: Number) -> Array:
        """Share of budgets that a force leaves."""
        return np.asarray(np.maximum(1.0 - force_money / total(self.budget), 0.0))

    def _intend(self) -> tuple[Array, Array]:
        """What each member means to give, and its emergency packages, EUR bn a month, each (members, W)."""
        gifts = self._best_replies()
        gifts -= self.gifts
        gifts *= self.parameters.europe.adjustment
        gifts += self.gifts
        return gifts, self.alarm * self.budget

    def _best_replies(self) -> Array:
        p = self.parameters.europe
        felt = p.threat_base + (1.0 - p.threat_base) * self.threat
        pressed = 1.0 + p.pressed * (1.0 - self.model.united_states.doctrine.alliance)
        # Not held under 1: beyond it a reply is more than the whole budget, and so is held to the limit of that.
        taste = (p.taste * pressed * felt) * self.weight
        american = self.support * self.parameters.executive.full_support
        others = flows.others_give(self.gifts, self.expected + american)
        publicness = p.publicness * self.doctrine.free_riding if self.on.free_riding else 0.0
        budget = self.budget * self._purse(self.force_money) if self.force_money.any() else self.budget
        return flows.best_reply(taste, budget, others, publicness, p.budget_limit)

    # ---- supply

    def _ways_of_paying(self) -> dict[str, Array]:
        """Lumps of each member, by how it pays as estimated."""
        supply = columns("europe_supply")
        ways = {member: (float(q), float(k)) for member, q, k in zip(*(supply[c] for c in WAYS), strict=True)}
        return {member: real(flows.lumps(*ways[member])) for member in self.members}

    def _pay(self, meant: Array) -> Array:
        """What members allocate this month of what they mean to give, (members, W): lumps, within envelopes."""
        falls_due = meant * self._lumps()
        falls_due[self._eu] = self._pay_within_envelope(falls_due[self._eu], meant[self._eu])
        return falls_due

    def _lumps(self) -> Array:
        """Nothing, or a power of an exponential; of mean 1, one a member and world."""
        found = full((len(self.members), self.model.size), 0.0)
        for row, (member, lumps) in zip(found, self._lumps_of.items(), strict=True):
            self.model.luck.listed(f"european lump {member}", lumps, row)
        return found

    def _pay_within_envelope(self, falls_due: Array, meant: Array) -> Array:
        """What EU institutions pay: what falls due, or waits, as far as there is an envelope for it."""
        due = self.waiting + falls_due
        agreed = self._agree(due > self.envelope)
        asked = self.parameters.europe.envelope_months * meant + self.waiting
        self.envelope = self.envelope + np.where(agreed, asked, 0.0)
        paid = np.minimum(due, self.envelope)
        self.waiting, self.envelope = due - paid, self.envelope - paid
        return paid

    def _agree(self, sought: Mask) -> Mask:
        """Where all governments agree to a new envelope that is sought: at once, or when a veto is let go."""
        agreed: Mask = sought & (self.model.luck.uniform("european veto") < self.agreement_chance())
        self.vetoed = sought & ~agreed
        return agreed

    def agreement_chance(self) -> Array:
        """Chance that all governments agree this month to a new envelope that is sought."""
        p = self.parameters.europe
        united = self.doctrine.cohesion**p.reluctant if self.on.unanimity else 1.0
        return np.where(self.vetoed, real(p.veto_lifted), united)

    def _shared_out_by_donor(self) -> dict[str, Array]:
        """Part of each member in the money of an event, by the event's donor, shape (members, 1)."""
        alone = {member: real(np.eye(len(self.members))[:, [row]]) for row, member in enumerate(self.members)}
        return {"europe": self.budget / total(self.budget), "eu": alone[EU], **alone}

    def _receive_grants(self) -> Array:
        """Put what events grant this month on its way, and return what counts as each member's, (members, 1)."""
        due = {donor: grant for donor in self._parts if any(grant := self.model.granted(donor))}
        amount, arms = (sum(getattr(grant, what) for grant in due.values()) for what in ("amount", "arms"))
        self.instrument = self.everywhere(amount)
        self.loans_pending = self.loans_pending + (self.instrument - arms)
        self.arms_pending = self.arms_pending + arms
        return total([0.0 * self.budget, *(self._parts[donor] * grant.amount for donor, grant in due.items())])

    def _count_share(self) -> None:
        self._window.append((self.contribution, self.model.united_states.allocation))
        ours, theirs = (total(months) for months in zip(*self._window, strict=True))
        self.share = flows.share(ours, theirs)
