"""Russia: it makes the effort that pays against the force it expects to meet, and weighs what is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.actors.actor import Belligerent, Terms
from sim.basics.arrays import Array, Number, Rows, full, pick, real
from sim.world import front, packages, settlement, war
from sim.world.packages import Stakes

if TYPE_CHECKING:
    from sim.model import Negotiation

REFERENCE_RESOLVE, REFERENCE_PATIENCE = 0.7, 0.5
"""Values of the dials at which the parameters hold as they stand."""
LEAST_DEARER = 0.05
"""Cost of effort under the weakest sanctions, share of that under those of reference."""


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
    ahead = ("land it expects to win or lose", "the option of waiting")

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model, model.config.initial.force_russia, -model.parameters.beliefs.optimism_russia)
        self.effort = self.parameters.front.wear * self.force
        sd = self.parameters.table.red_line_sd
        self.red_line = np.exp(sd * model.luck.normal("russian red line") - 0.5 * sd**2)

    # ---- the month

    def mobilise(self) -> None:
        """Move effort towards what is best by the same objective that values the war; add it to the force."""
        p = self.parameters.front
        self.effort = self.effort + p.adjustment_russia * (self._effort_aimed_at() - self.effort)
        self.force = front.rebuilt(self.force, self.effort, p)

    def _effort_aimed_at(self) -> Array:
        """What it wants, against the force that it expects to meet."""
        wanted = self.best_effort()
        self.reasons["effort"] = {"the effort it wants": wanted}
        return wanted

    # ---- what it can expect

    def best_effort(self) -> Array:
        """Effort whose force wins most for what it costs, of which part comes too late for its horizon."""
        p, horizon = self.parameters.front, self.horizon()
        in_time = p.wear / (p.wear + 1.0 / horizon)
        worth, cost = self.land_value() * horizon * in_time, self._weary_cost() * self._dearer()
        return front.best_effort(self.effort, self.met(), worth, cost, p)

    def met(self) -> Array:
        """Log of the force that holds the front still, as it expects it.

        It arms against the force of today, and, as far as it is opportunist, against the one that American support
        as it expects it would keep up.
        """
        ukraine, ahead = self.model.ukraine, float(self.doctrine.opportunism) if self.on.opportunism else 0.0
        expected = (1.0 - ahead) * ukraine.force + ahead * ukraine.lasting_force(self.support)
        seen = np.maximum(expected, front.LEAST_FORCE) * self.model.eyes(self.model.bureaucracy.intelligence)
        return np.asarray(self.advantage + np.log(seen))

    def _weary_cost(self) -> Number:
        """Cost of a month of war at the reference effort and no sanctions but those of reference."""
        p = self.parameters.preferences
        weariness = p.weariness_russia if self.on.weariness else 0.0
        return war.war_cost(p.war_cost_russia, weariness, self.model.months_since(war.WAR_BEGAN), 1.0)

    def _dearer(self) -> Array:
        """By how much sanctions make its effort dearer than those of reference do."""
        p, sanctions = self.parameters.front, self.model.sanctions
        bite = p.sanctions_bite if self.on.sanctions_bite else 0.0
        return np.asarray(np.maximum(1.0 + bite * (sanctions - p.sanctions_reference), LEAST_DEARER))

    def expected_line_movement(self) -> Array:
        """Monthly movement of the line that it expects as things stand."""
        return self.expected_movement(self.support)

    def expected_movement(self, support: Number) -> Array:
        """Monthly movement of the line that it expects under such support."""
        seen = self.model.ukraine.expected_force(support) * self.model.eyes(self.model.bureaucracy.intelligence)
        return np.asarray(front.expected_movement(self.force, seen, self.advantage, self.parameters.front))

    def hangs_on_support(self) -> Array:
        """Monthly movement of the line that full American support of Kyiv takes from it, against none."""
        return np.asarray(self.expected_movement(0.0) - self.expected_movement(1.0))

    def price_of_support(self) -> Array:
        """What full American support of Kyiv takes from its war, against none: land that it would not win."""
        return np.asarray(self.land_value() * self.horizon() * self.hangs_on_support())

    def option_of_waiting(self) -> Array:
        """Movement that waiting to see what Washington will do is worth to it."""
        if not self.on.option_value:
            return 0.0 * self.doubt
        return war.option_of_waiting(self.outlook, self.doubt * self.hangs_on_support())

    # ---- at the table

    def month_of_war(self) -> Array:
        """c_R at hardship 0: the effort that it makes is paid for, and sanctions make it dearer."""
        p = self.parameters.front
        factor = war.effort_factor(self.effort, p.effort_reference, p.effort_convexity, self._dearer())
        return np.asarray(self._weary_cost() * factor)

    def hardship_sd(self) -> Number:
        """cv_R."""
        spread: Number = self.parameters.preferences.hardship_sd_russia
        return spread

    def war_terms(self) -> Terms:
        """Terms of what fighting on is worth to it, W_R, but for its hardship."""
        p = self.parameters.preferences
        return war.war_value_russia(
            self.model.line,
            self.outlook,
            self.option_of_waiting(),
            self.model.sanctions,
            self.land_value(),
            self.horizon(),
            self.cost,
            p.sanctions_cost,
        )

    def threat_terms(self) -> Terms:
        """What would still come of its refusals takes from fighting on: more aid, more sanctions, as it reads them."""
        if not self.on.leverage:
            return {}
        read, months = self.model.reading, real(self.horizon())
        surge, level = read.more_aid(self.probabilities, "russia"), read.more_sanctions(self.probabilities, months)
        change = self.expected_movement(np.maximum(0.0, self.support + surge)) - self.outlook
        return {
            "the threat of an American surge": self.land_value() * self.horizon() * np.minimum(0.0, change),
            "the threat of sanctions": -self.parameters.preferences.sanctions_cost * level,
        }

    def stakes(
        self, rows: Rows, relapse: Array, truce_relapse: Array, belief: Array, reading: float, armed: Array
    ) -> Stakes:
        """What it weighs at the table in the worlds `rows`, at the public mean of its hardship.

        `belief` in guarantees and `armed`, what it expects peace to arm Ukraine, are by guarantee level, (5, 1, R).
        """
        p, land, hardship = self.model.parameters.at(rows), pick(self.land_value(), rows), self.unit_of_hardship(rows)
        lifted = p.preferences.sanctions_cost * self.model.sanctions[rows]
        return Stakes(
            saved=self.saved[rows] + hardship * self.believed[rows],
            hardship=hardship,
            reading=p.table.ambiguity_gain * reading,
            guarantee=self.guarantee_cost(rows, packages.LEVELS, belief),
            pause=self.pause(rows, armed),
            relapse=relapse,
            relief=lifted + p.table.relief_gain_russia,
            truce_relapse=truce_relapse,
            land=land,
            front=self.model.line[rows],
            public=0.0,
            stop=p.preferences.stop_russia,
            retreat=p.preferences.retreat_russia,
            truce_cost=p.table.truce_audience,
        )

    def guarantee_cost(self, rows: Rows, level: Array, belief: Array) -> Array:
        """G_R: what a guarantee of this level to Ukraine is worth to it, less the more it is believed."""
        return packages.guarantee_cost(self.red_line[rows], level, belief, self.model.parameters.at(rows).table)

    def pause(self, rows: Rows, armed: Number) -> Array:
        """What a pause in the war is worth to it that arms Ukraine by so many log points."""
        p = self.model.parameters.at(rows)
        gains = pick(self.land_value(), rows) * pick(self.horizon(), rows) * p.front.pull
        return np.asarray(gains * settlement.who_gains(p.peace, armed))

    def tempted(self, rows: Rows, level: Array, belief: Array, hardship: Array, armed: Number = 0.0) -> Array:
        """What renewed war would be worth to it over a peace with such a guarantee, if that is its hardship.

        `armed` is what is still to come of arms in peace, log points: none of a peace in force, whose arms are there.
        """
        if not self.on.temptation:
            return full(rows.size, 0.0)
        saved = self.saved[rows] + self.unit_of_hardship(rows) * hardship
        guarantee, pause = self.guarantee_cost(rows, level, belief), self.pause(rows, armed)
        return np.asarray(pick(self.parameters.peace.temptation, rows) * settlement.temptation(saved, guarantee, pause))

    def land_value(self) -> Number:
        """v_R, scaled by resolve."""
        value: Number = self.parameters.preferences.land_russia
        return value * (float(self.doctrine.resolve) / REFERENCE_RESOLVE)

    def horizon(self) -> Number:
        """tau_R: months ahead that it weighs, longer with patience."""
        months: Number = self.parameters.preferences.horizon_russia
        return months * (1.0 + float(self.doctrine.patience) - REFERENCE_PATIENCE)
