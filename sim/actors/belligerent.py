"""A warring side: a force, a belief about the defender's advantage that fighting corrects, and a private valuation."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

import numpy as np

from sim.actors.actor import Terms, summed
from sim.actors.audience import Audience
from sim.arrays import Array, Mask, Rows, real
from sim.world import beliefs, front

if TYPE_CHECKING:
    from sim.model import Negotiation


class Belligerent(Audience):
    """Ukraine or Russia.

    Attributes
    ----------
    force : Array
        K, shape (W,).
    advantage, advantage_variance : Array
        Its belief about the defender's advantage theta, log points.
    private : Array
        This month's private valuation of fighting on.
    outlook : Array
        Monthly movement of the line that it expects, share of Ukraine.
    war_value, reservation : Array
        What fighting on is worth to it, W, before and after threats.
    """

    def __init__(self, model: Negotiation, force: float, optimism: float) -> None:
        super().__init__(model)
        p = self.parameters
        self.force = self.everywhere(force)
        self.advantage = self.everywhere(p.front.advantage + optimism)
        self.advantage_variance = self.everywhere(p.beliefs.advantage_prior_sd**2)
        self.private = p.table.private_sd * model.luck.normal(f"private {self.name} at start")
        self.outlook = self.everywhere(0.0)
        self.war_value = self.everywhere(0.0)
        self.reservation = self.everywhere(0.0)

    def learn_from_front(self, observed: Array) -> None:
        """Update the belief about the defender's advantage on what the front showed; nothing where it is quiet."""
        noise = np.where(self.model.at_war, real(front.observation_variance(self.parameters.front)), np.inf)
        self.advantage, self.advantage_variance = beliefs.kalman(
            self.advantage, self.advantage_variance, observed, noise
        )

    def reconsider(self) -> None:
        """Let the private valuation wander: an AR(1) with a fixed spread."""
        p = self.parameters.table
        fresh = (1.0 - p.private_persistence**2) ** 0.5 * p.private_sd
        self.private = p.private_persistence * self.private + fresh * self.model.luck.normal(f"private {self.name}")

    def weigh_war(self) -> None:
        """Change its mind a little, and work out what fighting on and refusing are worth to it."""
        self.reconsider()
        self.judge()

    def judge(self) -> None:
        """Work out what fighting on is worth as things stand, and refusing under the threats that it believes."""
        self.outlook = self.expected_line_movement()
        fighting, threats = self.war_terms(), self.threat_terms()
        self.war_value = self.decide("fighting on", fighting)
        self.reasons["refusing"] = fighting | threats
        self.reservation = summed({"fighting on": self.war_value} | threats)

    def refuses(self, rows: Rows, worth: Array) -> Mask:
        """Whether it says no, in the worlds `rows`, to the package on the table, which is worth so much to it."""
        return np.asarray(worth < self.reservation[rows])

    @abstractmethod
    def expected_line_movement(self) -> Array:
        """Monthly movement of the line that it expects as things stand."""

    @abstractmethod
    def war_terms(self) -> Terms:
        """Terms of what fighting on is worth."""

    @abstractmethod
    def threat_terms(self) -> Terms:
        """Terms of what threats take from it."""
