"""One world with people in some of its seats, lived month by month.

All there is to a table is (scenario, seed, world, orders by month): it is rebuilt by living through its months again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sim.basics.draws import Draws
from sim.basics.limits import MOST_WORLDS, InputError, check_ensemble, check_world
from sim.basics.mistakes import unknown
from sim.basics.terms import value
from sim.model import Cast, Negotiation
from sim.questions.explain.replay import NewsMemory, news
from sim.teaching.seats.orders import SEATS, Desk, Orders, checked
from sim.teaching.seats.seated_actors import (
    SeatedBureaucracy,
    SeatedCongress,
    SeatedEurope,
    SeatedExecutive,
    SeatedMediator,
    SeatedRussia,
    SeatedUkraine,
)

if TYPE_CHECKING:
    from sim.scenario import Scenario


def seated(scenario: Scenario, draws: Draws) -> tuple[Negotiation, Desk]:
    """Build the model of these worlds, before its first month, and the desk from which its actors take orders.

    Without orders it is the same model, bit for bit, as one without seats.
    """
    desk = Desk(draws.stop - draws.start)
    cast = Cast(
        united_states=partial(SeatedExecutive, desk=desk),
        bureaucracy=partial(SeatedBureaucracy, desk=desk),
        congress=partial(SeatedCongress, desk=desk),
        europe=partial(SeatedEurope, desk=desk),
        ukraine=partial(SeatedUkraine, desk=desk),
        russia=partial(SeatedRussia, desk=desk),
        mediator=partial(SeatedMediator, desk=desk),
    )
    return Negotiation(scenario, draws, cast=cast), desk


PUBLIC = (
    "russian_held_share",
    "territory_change",
    "us_allocation",
    "us_delivery",
    "us_announced",
    "europe_contribution",
    "europe_share",
    "sanctions",
    "intelligence",
    "bill_pending",
    "bill_passed",
    "talks",
    "refusal",
    "settled",
    "relapsed",
    "truce",
    "direct_talks",
)
"""Monthly variables that everybody reads in the papers, by their names in `sim.actors.variables.MONTHLY`."""


class SeatedWorld:
    """One world with people in some seats.

    Parameters
    ----------
    scenario : Scenario
        What is simulated.
    seed, world : int
        Which luck.
    months : iterable of mapping of str to Orders, optional
        Orders by seat of the months that are over; they are lived through at once.

    Attributes
    ----------
    months : list of dict of str to Orders
        What was ordered, month by month, by seat: with the three above the whole state.
    news : list of (str, tuple of str)
        Months that had news, "YYYY-MM", with their public sentences.
    series : dict of str to list of float
        The monthly variables of `PUBLIC`, one number a month that is over.

    Raises
    ------
    InputError
        If seed or world is out of bounds, there is no such seat or order, or more months than the scenario has.
    """

    def __init__(
        self, scenario: Scenario, seed: int, world: int, months: Iterable[Mapping[str, Mapping[str, Any]]] = ()
    ) -> None:
        check_ensemble(1, seed)
        check_world(world, MOST_WORLDS)
        self.scenario, self.seed, self.world = scenario, seed, world
        self.months: list[dict[str, Orders]] = []
        self.news: list[tuple[str, tuple[str, ...]]] = []
        self.series: dict[str, list[float]] = {name: [] for name in PUBLIC}
        self._model, self._desk = seated(scenario, Draws(seed, world, world + 1))
        self._memory = NewsMemory()
        for orders in months:
            self.play(orders)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process as what it takes to live through it again."""
        return SeatedWorld, (self.scenario, self.seed, self.world, self.months)

    @property
    def model(self) -> Any:
        """The model after the months that are over; to be read, not moved."""
        return self._model

    @property
    def elapsed(self) -> int:
        """Months that are over."""
        return len(self.months)

    @property
    def over(self) -> bool:
        """Whether the last month is over."""
        return self.elapsed >= self.scenario.months

    @property
    def month(self) -> str:
        """The month to be decided now, "YYYY-MM"; the last one when all are over."""
        return self.scenario.calendar[min(self.elapsed, self.scenario.months - 1)]

    def play(self, orders: Mapping[str, Mapping[str, Any]]) -> None:
        """Live through one month; a seat that is missing is played by its doctrine.

        Raises
        ------
        InputError
            If the last month is over, or there is no such seat or order; then nothing has happened.
        """
        if self.over:
            raise InputError(f"{self.scenario.name} ended in {self.month}; there is no further month to play")
        asked = _by_seat(orders)
        self._desk.put(asked)
        self._model.step()
        self.months.append(asked)
        self._tell()

    def _tell(self) -> None:
        """Put into the papers what everybody sees."""
        from sim.actors.variables import MONTHLY

        sentences = tuple(news(self._model, self._memory))
        if sentences:
            self.news.append((self._model.month, sentences))
        for name, values in self.series.items():
            values.append(value(attrgetter(MONTHLY[name].source)(self._model)))


def _by_seat(orders: Mapping[str, Mapping[str, Any]]) -> dict[str, Orders]:
    """Orders that hold to what each seat may order."""
    for seat in orders:
        if seat not in SEATS:
            raise InputError(unknown("seat", seat, SEATS))
    return {seat: checked(seat, given) for seat, given in orders.items()}
