"""China as a patron of Russia: it supplies more the further Moscow falls behind, less the more it fears sanctions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from sim.actors.guest import Guest
from sim.basics.arrays import Array
from sim.basics.terms import because, value

if TYPE_CHECKING:
    from sim.model import Negotiation

REACH = 6.0
"""Most that China supplies in a month, units of force (judgement; Russia's own industry adds up to 11)."""
DETERRED = 0.5
"""How far secondary sanctions hold its supplies back where Western sanctions are at their strongest (judgement)."""
START = "supplies china begins with"
"""The stream of its own luck: how willing it is differs from world to world."""
SPREAD = 0.2
"""Standard deviation of that willingness, in logs (judgement)."""
NEWS = 0.5
"""Supplies that make the news, units of force a month (judgement)."""


class China(Guest):
    """Beijing, which does not want Moscow to lose, and does not pay for it to win.

    Parameters
    ----------
    model : Negotiation
        The worlds that it joins.
    backing : float
        Its only dial, 0 (stands aside) to 1.

    Attributes
    ----------
    supplied : Array
        What it supplied this month, units of force, shape (W,).
    """

    name = "china"

    def __init__(self, model: Negotiation, backing: float = 0.5) -> None:
        super().__init__(model)
        self.backing = backing
        self.willing = np.exp(SPREAD * model.luck.normal(START) - 0.5 * SPREAD**2)
        self.supplied = self.everywhere(0.0)
        self.in_the_news = False

    def act(self) -> None:
        """Supply what Moscow lacks, as far as it reaches and dares; Russia's force grows by it."""
        wanted = self.backing * REACH * self.willing * self.moscow_behind()
        terms = {
            "what Moscow lacks": wanted,
            "fear of secondary sanctions": -DETERRED * self.model.bureaucracy.sanctions * wanted,
        }
        self.supplied = self.decide("supplies", terms)
        self.model.russia.force = self.model.russia.force + self.supplied

    def moscow_behind(self) -> Array:
        """How badly Moscow needs supplies, 0 to 1: the mirror of Ukraine's need; nothing where the guns are silent."""
        return np.where(self.model.at_war, 1.0 - self.model.need, 0.0)

    def account(self) -> Iterator[str]:
        """What `doctrine explain` tells of it."""
        yield f"It supplies {value(self.supplied):.2f} units of force ({because(self.reasons['supplies'])})."

    def news(self) -> Iterator[str]:
        """What `doctrine replay` tells of it."""
        large = value(self.supplied) > NEWS
        if large != self.in_the_news:
            yield "China sends Moscow what its forces lack." if large else "Supplies from China all but end."
        self.in_the_news = large
