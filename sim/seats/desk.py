"""The desk on which the month's orders lie: arrays over worlds, NaN where the doctrine decides.

Because an order is an array, worlds that differ in one order alone are lived through as one batch.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.arrays import Array, Number, full

Given = Mapping[str, Mapping[str, Number]]
"""Orders by seat and name: one number for all worlds, or one a world; NaN is left to the doctrine."""


class Desk:
    """Orders for the month that is lived next.

    Parameters
    ----------
    worlds : int
        How many worlds the model has.
    """

    def __init__(self, worlds: int) -> None:
        self.worlds = worlds
        self._orders: dict[tuple[str, str], Array] = {}

    def put(self, given: Given) -> None:
        """Replace what lies there."""
        self._orders = {
            (seat, name): full(self.worlds, value) for seat, orders in given.items() for name, value in orders.items()
        }

    def order(self, seat: str, name: str) -> Array | None:
        """One order, an array (W,) with NaN where the doctrine decides; None where it decides everywhere."""
        return self._orders.get((seat, name))

    def obeyed(self, seat: str, name: str, doctrine: Array) -> Array:
        """What is done where the doctrine would do this, (..., W): the order where there is one."""
        order = self.order(seat, name)
        return doctrine if order is None else np.where(np.isnan(order), doctrine, order)
