"""What each month's orders cost, with hindsight.

What a decision cost is counted in the very world that was played, with the luck that nobody could know when the order
was given; a sound order may turn out dear, and a rash one may pay. Losses of several months do not add up: each is
counted with the others as they were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.basics.draws import Draws
from sim.teaching.seats.briefing import advice
from sim.teaching.seats.orders import Orders
from sim.teaching.seats.payoff import Worlds, by_orders
from sim.teaching.seats.table import SeatedWorld

if TYPE_CHECKING:
    from sim.basics.arrays import Array
    from sim.teaching.seats.orders import Given


class SameLuck(Draws):
    """The luck of one world, in so many copies; parameters drawn by the world's address repeat with it.

    Parameters
    ----------
    seed, world : int
        Which luck.
    copies : int
        How many worlds share it.
    """

    def __init__(self, seed: int, world: int, copies: int) -> None:
        super().__init__(seed, world, world + copies)
        self._one = Draws(seed, world, world + 1)

    def bits(self, stream: str, month: int, kind: str) -> NDArray[np.unsignedinteger[Any]]:
        """The world's random whole number, once a copy, shape (copies,)."""
        return np.repeat(self._one.bits(stream, month, kind), self.stop - self.start)


class HindsightMonth(NamedTuple):
    """A month's orders of a seat, with hindsight.

    Attributes
    ----------
    month : str
        "YYYY-MM".
    ordered, advised : Orders
        What was ordered, and what the briefing said that the doctrine would order.
    loss : float
        Payoff had this month's orders been left to the doctrine, less the payoff as played, utility a month; all other
        orders, of this and of the other seats, as they were, and the same luck. Negative where the order paid.
    """

    month: str
    ordered: Orders
    advised: Orders
    loss: float


def months_played(table: SeatedWorld, seat: str) -> list[int]:
    """Places of the months in which somebody sat in the seat."""
    return [place for place, orders in enumerate(table.months) if seat in orders]


def judged(table: SeatedWorld, seat: str) -> tuple[Worlds, tuple[HindsightMonth, ...]]:
    """What the table was worth to the seat, a world of one, and its decisions, the costliest first.

    The world as played and one without each month's orders are lived through as one batch with the same luck.
    """
    played = months_played(table, seat)
    draws = SameLuck(table.seed, table.world, len(played) + 1)
    months = [_in_copies(orders, seat, place, played) for place, orders in enumerate(table.months)]
    worlds = by_orders(table.scenario, seat, draws, months)
    losses = worlds.payoff[1:] - worlds.payoff[0]
    advised = _advised(table, seat)
    found = [
        HindsightMonth(table.scenario.calendar[place], table.months[place][seat], advised[place], float(loss))
        for place, loss in zip(played, losses, strict=True)
    ]
    as_played = Worlds({name: term[:1] for name, term in worlds.terms.items()}, worlds.outcome[:1])
    return as_played, tuple(sorted(found, key=lambda decision: -decision.loss))


def _in_copies(orders: dict[str, Orders], seat: str, place: int, played: list[int]) -> Given:
    """A month's orders in every copy of the world; the copy that goes without them has none from the seat."""
    if seat not in orders:
        return orders
    kept = np.ones(len(played) + 1)
    kept[1 + played.index(place)] = np.nan
    own: dict[str, Array] = {name: kept * number for name, number in orders[seat].items()}
    return {**orders, seat: own}


def _advised(table: SeatedWorld, seat: str) -> list[Orders]:
    """What the seat was advised in every month that is over."""
    again, found = SeatedWorld(table.scenario, table.seed, table.world), []
    for orders in table.months:
        found.append(advice(again, seat))
        again.play(orders)
    return found
