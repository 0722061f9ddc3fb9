"""Ukraine: it arms with what it is given, learns from the front, and weighs signing against fighting on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.actors.actor import Belligerent, Terms
from sim.basics.arrays import Array, Number, Rows, full, pick
from sim.world import armament, front, packages, settlement, war
from sim.world.packages import Stakes

if TYPE_CHECKING:
    from sim.model import Negotiation

REFERENCE_RESOLVE, REFERENCE_AUDIENCE, REFERENCE_TRUST = 0.6, 0.6, 0.5
"""Values of the dials at which the parameters hold as they stand."""
STILL_TODAY = 0.5
"""Weight of today's force in the average over the horizon; the rest is what its sources sustain (judgement)."""


class Ukraine(Belligerent):
    """Kyiv.

    Attributes
    ----------
    audience : Array
        What ceding land costs its government relative to the mean world, shape (W,).
    """

    name = "ukraine"
    ahead = ("land it expects to lose or regain", "doubt about America")

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model, model.config.initial.force_ukraine, model.parameters.beliefs.optimism_ukraine)
        sd = self.parameters.table.audience_sd
        self.audience = np.exp(sd * model.luck.normal("ukrainian audience") - 0.5 * sd**2)

    def trust_in_words(self) -> float:
        """Words count for more with a Ukraine that trusts."""
        return 1.0 + float(self.doctrine.trust) - REFERENCE_TRUST

    # ---- the month

    def arm(self) -> None:
        """Wear out, and add its own effort and what arrived."""
        terms = {
            "what is left of it": (1.0 - self.parameters.front.wear) * self.force,
            "its own effort": self.own_effort() + 0.0 * self.force,
            "American arms": self.model.united_states.military_delivery,
            "European arms": self.model.europe.military_delivery,
        }
        self.force = np.asarray(np.maximum(self.decide("force", terms), front.LEAST_FORCE))

    # ---- what it can expect

    def own_effort(self) -> Number:
        """Units of force that it adds a month by itself."""
        effort: Number = self.parameters.front.own_effort_ukraine
        return effort * self._resolve()

    def expected_force(self, support: Number) -> Array:
        """Average force over the horizon if America gives this share of full support and Europe goes on as it does."""
        return np.asarray(STILL_TODAY * self.force + (1.0 - STILL_TODAY) * self.lasting_force(support))

    def lasting_force(self, support: Number) -> Array:
        """The force that its sources would keep up for good, if America gave this share of full support."""
        p = self.parameters
        american = (p.front.military_share_us * p.executive.full_support) * support
        return np.asarray(front.sustained(american + self.model.europe.arms_meant + self.own_effort(), p.front))

    def armed_in_peace(self, rows: Rows, *supports: Array) -> list[Array]:
        """Log points by which a peace would arm it beyond as long a war, by guarantee level, (5, 1, R).

        For each expectation of American support.
        """
        if not self.on.arms_in_peace:
            return [full((packages.GUARANTEES.size, 1, rows.size), 0.0) for _ in supports]
        p, need = self.model.parameters.at(rows), self.model.need[rows]
        needs = armament.needs(self.model.need_at_war[rows], p.front)
        in_war, of_american = self.model.europe.arms_meant[rows], armament.american(need, needs, p.executive)
        in_peace = in_war * self.model.europe.gifts_left(rows, needs)
        own, force = pick(self.own_effort(), rows), STILL_TODAY * self.force[rows]
        found = []
        for support in supports:
            american = p.front.military_share_us * p.executive.full_support * support[rows]
            then, now = (
                np.maximum(force + (1.0 - STILL_TODAY) * front.sustained(own + arms, p.front), front.LEAST_FORCE)
                for arms in (american * of_american + in_peace, american + in_war)
            )
            found.append(armament.by_kind(np.log(then / now), packages.LEVELS))
        return found

    def expected_line_movement(self) -> Array:
        """Monthly movement of the line that it expects as things stand."""
        return self.expected_movement(self.support, self.model.bureaucracy.intelligence)

    def expected_movement(self, support: Array, intelligence: Array) -> Array:
        """Monthly movement of the line that it expects under such support and intelligence."""
        seen = self.expected_force(support) * self.model.eyes(intelligence)
        return np.asarray(front.expected_movement(self.model.russia.force, seen, self.advantage, self.parameters.front))

    # ---- at the table

    def month_of_war(self) -> Array:
        """c_U at hardship 0: resolve, which makes it fight harder, is paid for."""
        p = self.parameters.preferences
        weariness = p.weariness_ukraine if self.on.weariness else 0.0
        months = self.model.months_since(war.WAR_BEGAN)
        return np.asarray(war.war_cost(p.war_cost_ukraine, weariness, months, self.effort_factor()))

    def effort_factor(self) -> Number:
        """By how much its effort makes war dearer than at the reference resolve."""
        return self._resolve()

    def hardship_sd(self) -> Number:
        """cv_U."""
        spread: Number = self.parameters.preferences.hardship_sd_ukraine
        return spread

    def war_terms(self) -> Terms:
        """Terms of what fighting on is worth to it, W_U, but for its hardship."""
        p = self.parameters.preferences
        return war.war_value_ukraine(
            self.model.line,
            self.outlook,
            self.doubt,
            self.land_value(),
            p.horizon_ukraine,
            p.caution if self.on.caution else 0.0,
            self.cost,
        )

    def threat_terms(self) -> Terms:
        """What would still come of its refusals takes from fighting on: less aid and intelligence, as it reads them.

        What has been carried out is in the war that it weighs.
        """
        if not self.on.leverage:
            return {}
        read = self.model.reading
        support = np.maximum(0.0, self.support + read.more_aid(self.probabilities, "ukraine"))
        sharing = np.maximum(0.0, self.model.bureaucracy.intelligence + read.more_intelligence(self.probabilities))
        lost = np.maximum(0.0, self.expected_movement(support, sharing) - self.outlook)
        return {"the threat of an American cut": -self.land_value() * self.horizon() * lost}

    def stakes(self, rows: Rows, relapse: Array, truce_relapse: Array, reading: float, armed: Array) -> Stakes:
        """What it weighs at the table in the worlds `rows`, at the public mean of its hardship.

        `armed`, what it expects peace to arm it, is by guarantee level, (5, 1, R).
        """
        p, land = self.model.parameters.at(rows), pick(self.land_value(), rows)
        hardship = self.unit_of_hardship(rows)
        pause = settlement.who_gains(p.peace, armed)
        return Stakes(
            saved=self.saved[rows] + hardship * self.believed[rows],
            hardship=hardship,
            reading=p.table.ambiguity_gain * reading,
            guarantee=packages.by_level(p.table.guarantee_gain, packages.LEVELS),
            pause=-land * p.preferences.horizon_ukraine * p.front.pull * pause,
            relapse=relapse,
            relief=-p.table.relief_pain_ukraine,
            truce_relapse=truce_relapse,
            land=-land,
            front=self.model.line[rows],
            public=self.audience_cost(rows),
            stop=0.0,
            retreat=0.0,
            truce_cost=p.table.truce_audience,
        )

    def audience_cost(self, rows: Rows) -> Array:
        """What signing away what Russia held at the end of 2022 costs its government at home, as its public is now."""
        p, audience = self.model.parameters.at(rows).preferences, self.audience[rows] * self.model.public.weight()[rows]
        return np.asarray(p.audience_ukraine * self.doctrine.audience / REFERENCE_AUDIENCE * audience)

    def horizon(self) -> Number:
        """tau_U: months ahead that it weighs."""
        months: Number = self.parameters.preferences.horizon_ukraine
        return months

    def land_value(self) -> Number:
        """v_U, scaled by resolve."""
        value: Number = self.parameters.preferences.land_ukraine
        return value * self._resolve()

    def _resolve(self) -> float:
        """Resolve relative to the reference, as a factor."""
        return 1.0 + float(self.doctrine.resolve) - REFERENCE_RESOLVE
