"""A model to think with: the table's world as it stands, in which nothing more happens.

What a seat may know is worked out in a copy without luck: no draw of the month to come is looked at, the front stands
still, nobody's private valuation moves on, and no order is in force. So nothing of it can be read off.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from sim.arrays import Array, full

if TYPE_CHECKING:
    from sim.model import Negotiation
    from sim.seats.table import Table


class Calm:
    """Luck in which everything is at its middle; it stands where `sim.model.Luck` does."""

    def __init__(self, worlds: int) -> None:
        self.worlds, self.month = worlds, 0

    def uniform(self, stream: str) -> Array:
        """One half: what is more likely than not happens."""
        return full(self.worlds, 0.5)

    def normal(self, stream: str) -> Array:
        """Zeros."""
        return full(self.worlds, 0.0)

    def exponential(self, stream: str) -> Array:
        """Ones, the mean."""
        return full(self.worlds, 1.0)

    heavy_tailed = normal


def thinking(table: Table) -> Negotiation:
    """Copy the table's model as it stands at the start of the month to be decided.

    Both sides weigh war anew by what they knew at the end of last month.
    """
    model: Negotiation = deepcopy(table.model)
    model.luck = Calm(model.size)  # type: ignore[assignment]  # it has the same methods
    model.united_states.desk.put({})
    if not table.over:
        model.begin_month()
    model.ukraine.judge()
    model.russia.judge()
    return model
