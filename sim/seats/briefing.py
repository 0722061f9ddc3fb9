"""What somebody in a seat would know at the start of a month: facts, beliefs with their doubt, and advice.

A briefing holds the seat's own state as it is, what all can see, and what it believes of the rest; never what another
keeps to itself, the true advantage of the defender, or the luck of the month to come. One thing is the model's own
assumption: the envoy knows what packages are worth to both sides, and errs only about what refusing is worth to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from sim.limits import InputError
from sim.mistakes import unknown
from sim.seats import at_war, in_the_west
from sim.seats.known import Belief, Fact
from sim.seats.orders import SEATS, Orders
from sim.seats.papers import papers
from sim.seats.thinking import thinking

if TYPE_CHECKING:
    from sim.model import Negotiation
    from sim.seats.table import Table

__all__ = ["Belief", "Briefing", "Fact", "advice", "briefing"]

TITLES = {
    "us": "The executive in Washington",
    "congress": "Congress",
    "europe": "The Europeans",
    "ukraine": "The government in Kyiv",
    "russia": "The government in Moscow",
}
"""What each seat is called."""
DIGITS = 2


class Briefing(NamedTuple):
    """What lies on the desk.

    Attributes
    ----------
    seat, title, month : str
        Whose it is, and the month to be decided, "YYYY-MM".
    facts : tuple of Fact
        Its own state first, then what is in the papers.
    beliefs : tuple of Belief
        What it does not know.
    advice : Orders
        What its doctrine would order; what is missing its doctrine leaves to its envoys, or cannot be ordered now.
    """

    seat: str
    title: str
    month: str
    facts: tuple[Fact, ...]
    beliefs: tuple[Belief, ...]
    advice: Orders


def briefing(table: Table, seat: str) -> Briefing:
    """Brief a seat on the month to be decided.

    Raises
    ------
    InputError
        If there is no such seat.
    """
    model = _model(table, seat)
    facts, beliefs = KNOWN[seat]
    told = (*facts(model), *papers(thinking(table)))
    return Briefing(seat, TITLES[seat], table.month, told, tuple(beliefs(model)), _advice(thinking(table), seat))


def advice(table: Table, seat: str) -> Orders:
    """What a seat's doctrine would order in the month to be decided, as things stand.

    Its own decision alone, in a month without luck (`sim.seats.thinking`): where it would draw lots, what is likelier.

    Raises
    ------
    InputError
        If there is no such seat.
    """
    return _advice(_model(table, seat), seat)


def _model(table: Table, seat: str) -> Negotiation:
    if seat not in SEATS:
        raise InputError(unknown("seat", seat, SEATS))
    return thinking(table)


def _advice(model: Negotiation, seat: str) -> Orders:
    found: Orders = {}
    for actor in ADVISERS[seat]:
        found |= getattr(model, actor).advice()
    return {name: _rounded(number) for name, number in found.items()}


def _rounded(number: float) -> float:
    """A number as one would say it; shares of thirds stay what they are."""
    return number if number in THIRDS else round(number, DIGITS)


THIRDS = (1 / 3, 2 / 3)
ADVISERS = {
    "us": ("united_states", "bureaucracy", "mediator"),
    "congress": ("congress",),
    "europe": ("europe",),
    "ukraine": ("ukraine",),
    "russia": ("russia",),
}
"""Actors of the model who act for a seat."""
KNOWN: dict[str, tuple[Callable[[Negotiation], Iterator[Fact]], Callable[[Negotiation], Iterator[Belief]]]] = {
    "us": (in_the_west.us_facts, in_the_west.us_beliefs),
    "congress": (in_the_west.congress_facts, in_the_west.congress_beliefs),
    "europe": (in_the_west.europe_facts, in_the_west.europe_beliefs),
    "ukraine": (at_war.ukraine_facts, at_war.ukraine_beliefs),
    "russia": (at_war.russia_facts, at_war.russia_beliefs),
}
"""What a seat knows of itself, and what it believes."""
