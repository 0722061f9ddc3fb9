"""What the others believed of a seat, month by month, against what was so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from sim.questions.words import value
from sim.seats.orders import HUNDRED
from sim.seats.table import Table

if TYPE_CHECKING:
    from sim.model import Negotiation

SUPPORT, UTILITY, LAND = "% of full support", "utility a month", "% of Ukraine a month"
MONEY, PERCENT, AYES = "EUR bn a month", "%", "ayes"
AUDIENCES = {"ukraine": "Kyiv", "russia": "Moscow", "europe": "the Europeans"}


class Read(NamedTuple):
    """What another believed of a seat, and what was so.

    Attributes
    ----------
    label : str
        What it is about.
    months : tuple of str
        Months that it covers, "YYYY-MM": those in which there was something to believe.
    believed, truth : tuple of float
        One number a month, in `unit`.
    unit : str
    """

    label: str
    months: tuple[str, ...]
    believed: tuple[float, ...]
    truth: tuple[float, ...]
    unit: str


class Glimpse(NamedTuple):
    """One month of a read."""

    label: str
    believed: float
    truth: float
    unit: str


def others_read(table: Table, seat: str) -> tuple[Read, ...]:
    """What others believed of a seat in the months that are over, lived through again."""
    again = Table(table.scenario, table.seed, table.world)
    seen: dict[str, list[tuple[str, Glimpse]]] = {}
    for orders in table.months:
        again.play(orders)
        for glimpse in LOOKS[seat](again.model):
            seen.setdefault(glimpse.label, []).append((again.model.month, glimpse))
    return tuple(_read(label, found) for label, found in seen.items())


def _read(label: str, found: list[tuple[str, Glimpse]]) -> Read:
    months, glimpses = zip(*found, strict=True)
    _, believed, truth, units = zip(*glimpses, strict=True)
    return Read(label, months, believed, truth, units[0])


def _us(model: Negotiation) -> Iterator[Glimpse]:
    for actor, name in AUDIENCES.items():
        label = f"Lasting American support: what {name} believed, and what you wanted to give"
        believed = HUNDRED * value(getattr(model, actor).support)
        yield Glimpse(label, believed, HUNDRED * value(model.united_states.desired), SUPPORT)


def _ukraine(model: Negotiation) -> Iterator[Glimpse]:
    yield _envoys_estimate(model, "ukraine")
    yield _expected_movement(model, "Moscow", value(model.russia.outlook))


def _russia(model: Negotiation) -> Iterator[Glimpse]:
    yield _envoys_estimate(model, "russia")
    yield _expected_movement(model, "Kyiv", value(model.ukraine.outlook))


def _envoys_estimate(model: Negotiation, side: str) -> Glimpse:
    label = "What refusing is worth to you: what the American envoy thought, and what it was"
    estimate, _ = model.mediator.estimates()[side]
    return Glimpse(label, estimate, value(getattr(model, side).reservation), UTILITY)


def _expected_movement(model: Negotiation, who: str, outlook: float) -> Glimpse:
    label = f"Movement of the front (+ is to Russia): what {who} expected, and what came"
    return Glimpse(label, HUNDRED * outlook, HUNDRED * value(model.moved), LAND)


def _europe(model: Negotiation) -> Iterator[Glimpse]:
    europe, fair = model.europe, model.parameters.executive.fair_share
    label = "Contributions: what Kyiv reckoned with, and what you allocated"
    yield Glimpse(label, value(europe.expected), value(europe.contribution), MONEY)
    label = "Share of aid over six months: what Washington calls fair, and what you carried"
    yield Glimpse(label, HUNDRED * value(fair), HUNDRED * value(europe.share), PERCENT)


def _congress(model: Negotiation) -> Iterator[Glimpse]:
    bill = model.congress
    if value(bill.gate_chance) > 0.0:
        label = "The bill reaches the floor: its chance as others saw it, and whether it did"
        yield Glimpse(label, HUNDRED * value(bill.gate_chance), HUNDRED * value(bill.voted), PERCENT)
    if bool(bill.voted[0]):
        counted = sum(value(ayes) for ayes in bill.reasons["house ayes"].values())
        yield Glimpse(
            "Ayes in the House: what the whips counted, and what were cast", counted, value(bill.house_ayes), AYES
        )


LOOKS: dict[str, Callable[[Negotiation], Iterator[Glimpse]]] = {
    "us": _us,
    "congress": _congress,
    "europe": _europe,
    "ukraine": _ukraine,
    "russia": _russia,
}
"""What there is to believe of each seat in a month."""
