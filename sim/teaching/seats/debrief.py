"""What came of a seat's orders: against its doctrines, month by month, and in the eyes of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.basics.actors import NAMES
from sim.basics.labels import HUNDRED
from sim.basics.limits import InputError
from sim.basics.mistakes import shown, unknown
from sim.basics.terms import value
from sim.scenario.presets import PRESETS
from sim.scenario.spelling import over_time
from sim.teaching.seats.hindsight import HindsightMonth, judged, months_played
from sim.teaching.seats.orders import SEATS
from sim.teaching.seats.payoff import Worlds, counter, in_blocks, outcome_shares
from sim.teaching.seats.private_information import POINTS_OF_LAND, points_of_land
from sim.teaching.seats.table import SeatedWorld
from sim.world.settlement import OUTCOME_NAMES, Outcome

if TYPE_CHECKING:
    from sim.ensemble import Progress
    from sim.model import Negotiation
    from sim.scenario import Scenario

SUPPORT, LAND = "% of full support", "% of Ukraine a month"
MONEY, PERCENT, AYES = "EUR bn a month", "%", "ayes"
AUDIENCES = {actor: NAMES[actor].people for actor in ("ukraine", "russia", "europe")}


class HeldBelief(NamedTuple):
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


def others_read(table: SeatedWorld, seat: str) -> tuple[HeldBelief, ...]:
    """What others believed of a seat in the months that are over, lived through again."""
    again = SeatedWorld(table.scenario, table.seed, table.world)
    seen: dict[str, list[tuple[str, Glimpse]]] = {}
    for orders in table.months:
        again.play(orders)
        for glimpse in LOOKS[seat](again.model):
            seen.setdefault(glimpse.label, []).append((again.model.month, glimpse))
    return tuple(_read(label, found) for label, found in seen.items())


def _read(label: str, found: list[tuple[str, Glimpse]]) -> HeldBelief:
    months, glimpses = zip(*found, strict=True)
    _, believed, truth, units = zip(*glimpses, strict=True)
    return HeldBelief(label, months, believed, truth, units[0])


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
    land = points_of_land(model, side)
    return Glimpse(label, land * estimate, land * value(getattr(model, side).reservation), POINTS_OF_LAND)


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
    if np.isfinite(value(bill.house_ayes)):
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


MOST_WORLDS = 10_000
"""Worlds that a debrief may be asked for."""


class Debrief(NamedTuple):
    """What came of a seat's orders.

    Attributes
    ----------
    seat : str
    payoff, terms : float, dict of str to float
        Yours, utility a month, and the terms that it is the sum of.
    own_terms : dict of str to float
        The terms of the scenario's own doctrine in this very world.
    distribution : dict of str to array (worlds,)
        Payoff by doctrine of the seat, over other worlds; the scenario's own doctrine comes first.
    here : dict of str to float
        Payoff of each doctrine in this very world.
    outcomes : dict of str to dict of str to float
        Shares of the outcomes by doctrine, over the same other worlds.
    outcome : str
        How your world ended.
    decisions : tuple of Decision
        The costliest first.
    reads : tuple of Read
        What the others believed of you, and what was so.
    own : str
        Label of the scenario's own doctrine.
    """

    seat: str
    payoff: float
    terms: dict[str, float]
    own_terms: dict[str, float]
    distribution: dict[str, NDArray[np.floating[Any]]]
    here: dict[str, float]
    outcomes: dict[str, dict[str, float]]
    outcome: str
    decisions: tuple[HindsightMonth, ...]
    reads: tuple[HeldBelief, ...]
    own: str


def debrief(table: SeatedWorld, seat: str, worlds: int = 400, progress: Progress | None = None) -> Debrief:
    """Debrief a seat: its payoff against its doctrines, its costliest decisions, and how others read it.

    Months that are still to be played are played by the doctrines.

    Parameters
    ----------
    table : SeatedWorld
        What was played.
    seat : str
        One of `sim.teaching.seats.orders.SEATS`.
    worlds : int
        How many other worlds each doctrine is run in: those that follow the table's own.
    progress : callable, optional
        Called with (world-months done, world-months in all).

    Raises
    ------
    InputError
        If there is no such seat, or the number of worlds is out of bounds.
    """
    if seat not in SEATS:
        raise InputError(unknown("seat", seat, SEATS))
    if not 1 <= worlds <= MOST_WORLDS:
        raise InputError(f"worlds: must be a whole number from 1 to {MOST_WORLDS:,}, got {shown(worlds)}")
    rivals = doctrines(table.scenario, seat)
    played = months_played(table, seat)
    tell = counter(progress, len(rivals) * (worlds + 1) + len(played) + 1, table.scenario.months)
    yours, decisions = judged(table, seat)
    tell(len(played) + 1)

    def under(rival: Scenario, first: int, count: int) -> Worlds:
        """Worlds under a doctrine of the seat; the other actors as the scenario has them."""
        return in_blocks(rival, seat, table.scenario, table.seed, range(first, first + count), tell)

    others = {label: under(rival, table.world + 1, worlds) for label, rival in rivals.items()}
    here = {label: under(rival, table.world, 1) for label, rival in rivals.items()}
    own = next(iter(rivals))
    return Debrief(
        seat,
        float(yours.payoff[0]),
        _alone(yours),
        _alone(here[own]),
        {label: found.payoff for label, found in others.items()},
        {label: float(found.payoff[0]) for label, found in here.items()},
        {label: outcome_shares(found.outcome) for label, found in others.items()},
        OUTCOME_NAMES[Outcome(int(yours.outcome[0]))],
        decisions,
        others_read(table, seat),
        own,
    )


def doctrines(scenario: Scenario, seat: str) -> dict[str, Scenario]:
    """The scenario under the seat's own doctrine there, and under each preset from the first month on, by label."""
    own = over_time([dated.label for dated in getattr(scenario, seat)])
    presets = {name: scenario.with_doctrine(seat, name, scenario.start) for name in PRESETS[seat].shipped}
    return {own: scenario} | {name: under for name, under in presets.items() if name != own}


def _alone(found: Worlds) -> dict[str, float]:
    """The terms of a payoff in a world of one."""
    return {name: float(term[0]) for name, term in found.terms.items()}
