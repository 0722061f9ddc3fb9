"""What all actors share: a doctrine that may change over time, a share of the world's luck, and their reasons."""

from __future__ import annotations

from functools import reduce
from itertools import count
from operator import add
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import mesa
import numpy as np

from sim.arrays import Array, Number, Rows, full

if TYPE_CHECKING:
    from sim.model import Negotiation

Terms = dict[str, Array]
"""Named numbers behind a decision, each an array over worlds; what is given to `decide` sums to the number decided."""


class Reasons(dict[str, Any]):
    """Terms by decision; where they cost something to put together, a function that does so when they are asked for."""

    def __getitem__(self, decision: str) -> Terms:
        """The terms of a decision."""
        kept = super().__getitem__(decision)
        terms: Terms = kept() if callable(kept) else kept
        return terms


class Numbers(WeakKeyDictionary[Any, Any]):
    """Numbers for the agents of a model, from 1 on.

    Mesa 3.3 counts them in a dictionary that holds every model there ever was in memory; this one lets them go.
    """

    def __getitem__(self, model: Any) -> Any:
        """The count of a model."""
        return self.setdefault(model, count(1))


class Actor(mesa.Agent):
    """A Mesa agent whose state is arrays over worlds.

    Attributes
    ----------
    name : str
        The actor's table in a scenario file.
    reasons : Reasons
        Terms by decision: the last decision of each kind.
    """

    name: str
    model: Negotiation
    _ids = Numbers()

    def __init__(self, model: Negotiation) -> None:
        super().__init__(model)
        self.reasons = Reasons()

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
        return full(self.model.size, value)

    def decide(self, decision: str, terms: Terms) -> Array:
        """Keep the terms of a decision and return their sum."""
        self.reasons[decision] = terms
        return summed(terms)

    def spread(self, terms: Terms, rows: Rows) -> Terms:
        """Terms of a decision taken in the worlds `rows` alone, over all worlds; NaN elsewhere."""
        everywhere = {reason: self.everywhere(np.nan) for reason in terms}
        for reason, values in terms.items():
            everywhere[reason][rows] = values
        return everywhere


def summed(terms: Terms) -> Array:
    """Sum of the terms, in their order."""
    return np.asarray(reduce(add, terms.values()))
