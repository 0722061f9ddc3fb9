"""What all actors share: a doctrine that may change over time, a share of the world's luck, and their reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from sim.arrays import Array, Number

if TYPE_CHECKING:
    from sim.model import Negotiation

Terms = dict[str, Array]
"""Named numbers behind a decision, each an array over worlds; what is given to `decide` sums to the number decided."""


class Actor(mesa.Agent):
    """A Mesa agent whose state is arrays over worlds.

    Attributes
    ----------
    name : str
        The actor's table in a scenario file.
    reasons : dict of str to Terms
        This month's decisions, each with its terms; replaced every month.
    """

    name: str
    model: Negotiation

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model)
        self.reasons: dict[str, Terms] = {}

    @property
    def doctrine(self) -> Any:
        """The doctrine in force this month."""
        return self.model.doctrines[self.name]

    @property
    def parameters(self) -> Any:
        """The model's parameters, a table a stage."""
        return self.model.parameters

    @property
    def on(self) -> Any:
        """Switches of the mechanisms."""
        return self.model.config.mechanisms

    def everywhere(self, value: Number) -> Array:
        """An array of its own with this value in every world, or each world's own."""
        return np.zeros(self.model.size) + value

    def decide(self, decision: str, terms: Terms) -> Array:
        """Keep the terms of a decision and return their sum."""
        self.reasons[decision] = terms
        return np.asarray(sum(terms.values()))
