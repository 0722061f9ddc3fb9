"""What a teacher chooses when a room is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from sim.basics.actors import ACTORS
from sim.basics.limits import LARGEST_SEED, InputError
from sim.basics.mistakes import shown, unknown
from sim.scenario.spelling import check_doctrine
from sim.teaching.classroom.bounds import LONGEST_MONTH, MOST_TABLES, SHORTEST_MONTH
from sim.teaching.seats.orders import SEATS

if TYPE_CHECKING:
    from sim.scenario import Scenario

KINDS: dict[str, tuple[type, ...]] = {
    "scenario": (str,),
    "doctrines": (dict,),
    "months": (int, type(None)),
    "seed": (int,),
    "tables": (int,),
    "shared": (bool,),
    "seats": (tuple,),
    "clock": (int, type(None)),
}
"""What each setting may be."""


@dataclass(frozen=True)
class Settings:
    """The settings of a room.

    Attributes
    ----------
    scenario : str
        Name of a shipped scenario; no path, for it may come from the network.
    doctrines : dict of str to str
        Doctrines that replace those of the scenario from its start, by actor: `preset:dial=value,dial=value`.
    months : int, optional
        Months to be played; those of the scenario if None.
    seed : int
        Of the worlds' luck.
    tables : int
        Tables at the opening; more can be added.
    shared : bool
        Whether all tables play the same world, or each its own.
    seats : tuple of str
        Seats that people may take; doctrines play the others.
    clock : int, optional
        Seconds a month; no limit if None.

    Raises
    ------
    InputError
        If a setting is not what it may be.
    """

    scenario: str = "classroom"
    doctrines: dict[str, str] = field(default_factory=dict)
    months: int | None = None
    seed: int = 1
    tables: int = 8
    shared: bool = False
    seats: tuple[str, ...] = SEATS
    clock: int | None = None

    def __post_init__(self) -> None:
        for name, kinds in KINDS.items():
            value = getattr(self, name)
            if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
                raise InputError(f"{name}: cannot be {shown(value)}")
        _within("tables", self.tables, 1, MOST_TABLES)
        _within("seed", self.seed, 0, LARGEST_SEED)
        if self.clock is not None:
            _within("clock", self.clock, SHORTEST_MONTH, LONGEST_MONTH)
        self._check_seats()

    def _check_seats(self) -> None:
        for seat in self.seats:
            if seat not in SEATS:
                raise InputError(f"seats: {unknown('seat', seat, SEATS)}")
        if not self.seats or len(set(self.seats)) < len(self.seats):
            raise InputError("seats: must be at least one, and each once")

    @classmethod
    def read(cls, table: Any) -> Settings:
        """The settings in a line of a journal.

        Raises
        ------
        InputError
            If they are none.
        """
        if not isinstance(table, Mapping) or set(table) != set(KINDS) or not isinstance(table["seats"], list):
            raise InputError(f"settings: must be a table of {', '.join(KINDS)}")
        return cls(**{**table, "seats": tuple(table["seats"])})

    def written(self) -> dict[str, Any]:
        """The settings as a line of a journal has them."""
        return {**asdict(self), "seats": list(self.seats)}

    def world(self, table: int) -> int:
        """Which world a table plays, counted from 0."""
        return 0 if self.shared else table

    def resolved(self) -> Scenario:
        """The scenario that the tables play.

        Raises
        ------
        InputError, ScenarioError
            If there is no such scenario, doctrine or number of months.
        """
        from sim.ensemble.study import under
        from sim.scenario import load, shipped

        if self.scenario not in shipped():
            raise InputError(f"scenario: {unknown('scenario', self.scenario, shipped())}")
        scenario = load(self.scenario)
        if self.months is not None:
            _within("months", self.months, 1, scenario.months)
            scenario = scenario.with_horizon(self.months)
        for actor, text in self.doctrines.items():
            if actor not in ACTORS:
                raise InputError(f"doctrines: {unknown('actor', actor, ACTORS)}")
            scenario = under(scenario, actor, check_doctrine(text, actor), scenario.start)
        return scenario


def _within(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        most = "2**64 - 1" if high == LARGEST_SEED else f"{high:,}"
        raise InputError(f"{name}: must be a whole number from {low} to {most}, got {shown(value)}")
