"""Russia: it sizes its effort to the force it expects to meet, waits when waiting pays, and weighs what is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.actors.actor import Belligerent, Terms
from sim.basics.arrays import Array, Number, Rows, pick
from sim.world import front, packages, war

if TYPE_CHECKING:
    from sim.model import Negotiation

REFERENCE_RESOLVE, REFERENCE_PATIENCE = 0.7, 0.5
"""Values of the dials at which the parameters hold as they stand."""


class Russia(Belligerent):
    """Moscow.

    Attributes
    ----------
    effort : Array
        What is added to its force a month, shape (W,).
    red_line : Array
        What guarantees to Ukraine cost it relative to the mean world, shape (W,).
    """

    name = "russia"
    hears_bypass = False

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model, model.config.initial.force_russia, -model.parameters.beliefs.optimism_russia)
        self.effort = self.parameters.front.wear * self.force
        sd = self.parameters.table.red_line_sd
        self.red_line = np.exp(sd * model.luck.normal("russian red line") - 0.5 * sd**2)

    # ---- the month

    def mobilise(self) -> None:
        """Move effort towards what keeps up the best reply, under the cap of its industry; add it to the force."""
        p = self.parameters.front
        step = p.adjustment_russia * (self._effort_aimed_at() - self.effort)
        self.effort = self.effort + step
        self.force = front.rebuilt(self.force, self.effort, p)

    def _effort_aimed_at(self) -> Array:
        """What keeps up the best reply, or the ceiling if that is lower."""
        wanted, ceiling = self.parameters.front.wear * self.best_reply(), self.effort_cap()
        self.reasons["effort"] = {"the effort it wants": wanted, "the ceiling of its industry": ceiling}
        return np.asarray(np.minimum(wanted, ceiling))

    # ---- what it can expect

    def stakes(self) -> Array:
        """V: scaled by resolve, and raised by opportunism as it believes support to fail."""
        p, dials = self.parameters.front, self.doctrine
        failing = np.maximum(0.0, p.relied_on - self.support)
        pressing = p.opportunism_gain * dials.opportunism * failing if self.on.opportunism else 0.0 * failing
        return np.asarray(p.stakes_russia * (dials.resolve / REFERENCE_RESOLVE) * (1.0 + pressing))

    def best_reply(self) -> Array:
        """The force that answers the one it expects to meet."""
        seen = self.model.ukraine.expected_force(self.support) * self.model.eyes(self.model.bureaucracy.intelligence)
        met = np.exp(self.advantage) * seen
        return np.asarray(front.contest_best_reply(self.stakes(), met))

    def effort_cap(self) -> Array:
        """Most that its industry adds in a month; sanctions lower it."""
        p = self.parameters.front
        if not self.on.sanctions_cap:
            return self.everywhere(p.effort_cap_russia)
        relaxed = p.sanctions_reference - self.model.bureaucracy.sanctions
        return np.asarray(p.effort_cap_russia * np.maximum(0.0, 1.0 + p.sanctions_bite * relaxed))

    def expected_line_movement(self) -> Array:
        """Monthly movement of the line that it expects as things stand."""
        return self.expected_movement(self.support)

    def expected_movement(self, support: Array) -> Array:
        """Monthly movement of the line that it expects under such support."""
        seen = self.model.ukraine.expected_force(support) * self.model.eyes(self.model.bureaucracy.intelligence)
        return np.asarray(front.expected_movement(self.force, seen, self.advantage, self.parameters.front))

    # ---- at the table

    def war_terms(self) -> Terms:
        """Terms of what fighting on is worth to it, W_R."""
        p = self.parameters.preferences
        weariness = p.weariness_russia if self.on.weariness else 0.0
        terms = war.war_value_russia(
            self.model.line,
            self.outlook,
            self.doubt,
            self.model.bureaucracy.sanctions,
            self.land_value(),
            self.horizon(),
            p.option_value if self.on.option_value else 0.0,
            war.war_cost(p.war_cost_russia, weariness, self.model.months_since(war.WAR_BEGAN)),
            p.sanctions_cost,
        )
        return terms | {"what it keeps to itself": self.private}

    def threat_terms(self) -> Terms:
        """What a threatened surge and tighter sanctions take from fighting on, as far as they are believed."""
        if not self.on.leverage:
            return {}
        p, washington = self.parameters, self.model.united_states
        believed = washington.credibility * (1.0 - washington.doctrine.affinity)
        surge = p.table.surge_size * believed * np.maximum(0.0, 1.0 - self.support)
        change = self.expected_movement(self.support + surge) - self.outlook
        return {
            "the threat of an American surge": self.land_value() * self.horizon() * change,
            "the threat of sanctions": -p.preferences.sanctions_cost * p.table.sanctions_threat * believed,
        }

    def package_terms(self, grid: packages.Packages, rows: Rows, relapse: Array, belief: Array, vague: float) -> Terms:
        """Terms of what each package is worth to it in the worlds `rows`, on the axes of the grid."""
        p = self.model.parameters.at(rows)
        return packages.value_russia(
            grid,
            self.model.line[rows],
            relapse,
            belief,
            self.red_line[rows],
            self.model.bureaucracy.sanctions[rows],
            pick(self.land_value(), rows),
            p.preferences.audience_russia,
            p.preferences.sanctions_cost,
            vague,
            p.table,
        )

    def land_value(self) -> Number:
        """v_R, scaled by resolve."""
        value: Number = self.parameters.preferences.land_russia
        return value * (float(self.doctrine.resolve) / REFERENCE_RESOLVE)

    def horizon(self) -> Number:
        """tau_R: months ahead that it weighs, longer with patience."""
        months: Number = self.parameters.preferences.horizon_russia
        return months * (1.0 + float(self.doctrine.patience) - REFERENCE_PATIENCE)
