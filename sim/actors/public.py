"""Kyiv's public: it grows weary of refusing every concession, and its government pays by what it thinks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.actors.actor import Actor
from sim.basics.arrays import Array
from sim.world import public
from sim.world.war import WAR_BEGAN

if TYPE_CHECKING:
    from sim.model import Negotiation


class Public(Actor):
    """Ukrainians who are asked whether land may be given up for peace.

    Attributes
    ----------
    opposed : Array
        Share against any concession, shape (W,).
    months_of_war : Array
        Months of war since February 2022; those of a truce or a settlement weary nobody, shape (W,).
    """

    name = "ukraine"

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model)
        self.opposed = self.everywhere(model.config.initial.opposed)
        self.months_of_war = self.everywhere(model.months_since(WAR_BEGAN) - 1.0)

    def weary(self) -> None:
        """Let a month pass: the share opposed moves towards where a war of this length draws it, and by chance."""
        if not self.on.public_opinion:
            return
        p = self.parameters.public
        self.months_of_war = self.months_of_war + ~self.model.mediator.quiet
        towards = public.leaning(self.months_of_war, p)
        shock = self.model.luck.normal("Ukrainian public")
        self.reasons["opposition to concessions"] = {
            "what it was": self.opposed,
            "the length of the war": p.opposed_speed * (towards - self.opposed),
            "everything else": p.opposed_noise * shock,
        }
        self.opposed = public.moved(self.opposed, towards, shock, p)

    def weight(self) -> Array:
        """What ceding land costs Kyiv's government now, over what `audience_ukraine` says."""
        if not self.on.public_opinion:
            return self.everywhere(1.0)
        return np.asarray(public.weight(self.opposed, self.parameters.public))
