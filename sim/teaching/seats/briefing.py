"""What somebody in a seat would know at the start of a month: facts, beliefs with their doubt, and advice.

A briefing holds the seat's own state as it is, what all can see, and what it believes of the rest; never what another
keeps to itself, the true advantage of the defender, or the luck of the month to come. One thing is the model's own
assumption: the envoy knows what packages are worth to both sides, and errs only about what refusing is worth to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from sim.basics.actors import NAMES
from sim.basics.arrays import Array, full
from sim.basics.labels import capital
from sim.basics.limits import InputError
from sim.basics.mistakes import unknown
from sim.basics.terms import percent, points, value
from sim.questions.explain.reasons import agreed, ayes, bill_in_words, fate, package, proposal_ending, waiting
from sim.teaching.seats.orders import SEATS, Orders
from sim.teaching.seats.private_information import PRIVATE, Belief, Fact, money
from sim.world.votes import HOUSE_MAJORITY

if TYPE_CHECKING:
    from sim.model import Negotiation
    from sim.teaching.seats.table import SeatedWorld


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


def deciding_month(table: SeatedWorld) -> Negotiation:
    """Copy the table's model as it stands at the start of the month to be decided, in which nothing more happens.

    What a seat may know is worked out in a copy without luck: no draw of the month to come is looked at, the front
    stands still, nobody's private valuation moves on, and no order is in force. So nothing of it can be read off. Both
    sides weigh war anew by what they knew at the end of last month.
    """
    model: Negotiation = deepcopy(table.model)
    model.luck = Calm(model.size)  # type: ignore[assignment]  # it has the same methods
    model.united_states.desk.put({})
    if not table.over:
        model.begin_month()
    model.ukraine.judge()
    model.russia.judge()
    return model


def public_facts(model: Negotiation) -> Iterator[Fact]:
    """Tell the line, last month's flows, Congress and the talks.

    Parameters
    ----------
    model : Negotiation
        One world, after the months that are over.
    """
    yield Fact(
        "Land that Russia holds",
        f"{percent(model.line, 1)} of Ukraine",
        f"The front moved by {points(model.moved, 2)} last month (+ is to Russia).",
    )
    if model.elapsed:
        yield from _flows(model)
    yield Fact(
        "American instruments",
        f"sanctions {percent(model.bureaucracy.sanctions)}, intelligence {percent(model.bureaucracy.intelligence)}",
        "How much of the fullest sanctions is in force, and how much intelligence Ukraine is given.",
    )
    yield Fact("Congress", _congress(model), f"The House passes a bill with {HOUSE_MAJORITY} ayes.")
    yield Fact("The table", _table(model), "Talks are about a line, a guarantee to Ukraine and relief for Russia.")


def _flows(model: Negotiation) -> Iterator[Fact]:
    us, europe = model.united_states, model.europe
    yield Fact(
        "American aid last month",
        f"EUR {money(us.allocation)} bn allocated",
        f"EUR {money(us.delivery)} bn arrived. Washington announced {percent(us.announced)} of full support."
        f"{_granted(us.instrument)}",
    )
    yield Fact(
        "European aid last month",
        f"EUR {money(europe.contribution)} bn",
        f"Europe carried {percent(europe.share)} of all aid over the last six months.{_granted(europe.instrument)}",
    )


def _granted(instrument: Array) -> str:
    """How much of last month's aid nobody at the table decided on."""
    return f" EUR {money(instrument)} bn of it was set by agreements made before." if value(instrument) else ""


def _congress(model: Negotiation) -> str:
    bill = model.congress
    if bool(bill.voted[0]):
        return f"{bill_in_words(bill)} came to a vote last month: {ayes(bill)}. {fate(bill).then}"
    if bool(bill.pending[0]):
        return f"a bill of EUR {money(bill.size)} bn {waiting(bill.age)}"
    return "no bill waits"


def _table(model: Negotiation) -> str:
    table = model.mediator
    if bool(table.settled[0]):
        return f"a settlement is in force: {agreed(model)}"
    standing = "a truce holds; " if bool(table.truce[0]) else ""
    standing = "a settlement was signed and has broken; " if bool(table.relapsed[0]) and not standing else standing
    if not bool(table.talks[0]) and not bool(table.proposed[0]):
        return f"{standing}no talks last month"
    if not bool(table.proposed[0]):
        return f"{standing}talks last month, without a proposal"
    return f"{standing}proposed last month: {package(model)}; {proposal_ending(model).then}"


TITLES = {seat: capital(names.office) for seat, names in NAMES.items()}
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


def briefing(table: SeatedWorld, seat: str) -> Briefing:
    """Brief a seat on the month to be decided.

    Raises
    ------
    InputError
        If there is no such seat.
    """
    model = _model(table, seat)
    facts, beliefs = PRIVATE[seat]
    told = (*facts(model), *public_facts(deciding_month(table)))
    return Briefing(seat, TITLES[seat], table.month, told, tuple(beliefs(model)), _advice(deciding_month(table), seat))


def advice(table: SeatedWorld, seat: str) -> Orders:
    """What a seat's doctrine would order in the month to be decided, as things stand.

    Its own decision alone, in a month without luck (`deciding_month`): where it would draw lots, what is likelier.

    Raises
    ------
    InputError
        If there is no such seat.
    """
    return _advice(_model(table, seat), seat)


def _model(table: SeatedWorld, seat: str) -> Negotiation:
    if seat not in SEATS:
        raise InputError(unknown("seat", seat, SEATS))
    return deciding_month(table)


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
