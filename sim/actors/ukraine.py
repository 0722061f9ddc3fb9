"""Ukraine: it arms with what it is given, learns from the front, and weighs signing against fighting on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.actors.actor import Belligerent, Terms
from sim.basics.arrays import Array, Number, Rows, pick
from sim.world import front, packages, war

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

    def expected_force(self, support: Array) -> Array:
        """Average force over the horizon if America gives this share of full support and Europe goes on as it does."""
        p = self.parameters
        american = (p.front.military_share_us * p.executive.full_support) * support
        european = p.front.military_share_europe * self.model.europe.expected
        lasting = front.sustained(self.own_effort() + american + european, p.front)
        return np.asarray(STILL_TODAY * self.force + (1.0 - STILL_TODAY) * lasting)

    def expected_line_movement(self) -> Array:
        """Monthly movement of the line that it expects as things stand."""
        return self.expected_movement(self.support, self.model.bureaucracy.intelligence)

    def expected_movement(self, support: Array, intelligence: Array) -> Array:
        """Monthly movement of the line that it expects under such support and intelligence."""
        seen = self.expected_force(support) * self.model.eyes(intelligence)
        return np.asarray(front.expected_movement(self.model.russia.force, seen, self.advantage, self.parameters.front))

    # ---- at the table

    def war_terms(self) -> Terms:
        """Terms of what fighting on is worth to it, W_U."""
        p = self.parameters.preferences
        weariness = p.weariness_ukraine if self.on.weariness else 0.0
        return war.war_value_ukraine(
            self.model.line,
            self.outlook,
            self.doubt,
            self.land_value(),
            p.horizon_ukraine,
            p.caution if self.on.caution else 0.0,
            war.war_cost(p.war_cost_ukraine, weariness, self.model.months_since(war.WAR_BEGAN)),
        ) | {"what it keeps to itself": self.private}

    def threat_terms(self) -> Terms:
        """What a threatened cut takes from fighting on: possible only as far as the doctrine is uncommitted.

        It is believed whatever Washington's credibility: cutting costs the executive nothing.
        """
        if not self.on.leverage:
            return {}
        depth = self.parameters.table.cut_depth * (1.0 - self.model.united_states.doctrine.commitment)
        sharing, p = self.model.bureaucracy.intelligence, self.parameters.preferences
        then = self.expected_movement(self.support * (1.0 - depth), sharing * (1.0 - depth))
        return {"the threat of an American cut": -self.land_value() * p.horizon_ukraine * (then - self.outlook)}

    def package_terms(self, grid: packages.Packages, rows: Rows, relapse: Array, vague: float) -> Terms:
        """Terms of what each package is worth to it in the worlds `rows`, on the axes of the grid."""
        p = self.model.parameters.at(rows)
        audience = p.preferences.audience_ukraine * self.doctrine.audience / REFERENCE_AUDIENCE * self.audience[rows]
        land = pick(self.land_value(), rows)
        return packages.value_ukraine(grid, self.model.line[rows], relapse, land, audience, vague, p.table)

    def land_value(self) -> Number:
        """v_U, scaled by resolve."""
        value: Number = self.parameters.preferences.land_ukraine
        return value * self._resolve()

    def _resolve(self) -> float:
        """Resolve relative to the reference, as a factor."""
        return 1.0 + float(self.doctrine.resolve) - REFERENCE_RESOLVE
