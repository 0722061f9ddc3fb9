"""What came of a seat's orders: against its doctrines, month by month, and in the eyes of the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.arrays import Array
from sim.limits import InputError
from sim.mistakes import shown, unknown
from sim.presets import PRESETS
from sim.seats.hindsight import Decision, judged, months_played
from sim.seats.orders import SEATS
from sim.seats.payoff import Worlds, by_doctrine
from sim.seats.reads import Read, others_read
from sim.world.settlement import OUTCOME_NAMES, Outcome

if TYPE_CHECKING:
    from sim.ensemble import Progress
    from sim.scenario import Scenario
    from sim.seats.table import Table

__all__ = ["Debrief", "Decision", "Read", "debrief", "doctrines"]

BLOCK = 100
"""Worlds lived through at a time, between two reports of progress."""
MOST_WORLDS = 10_000
"""Worlds that a debrief may be asked for."""


class Debrief(NamedTuple):
    """What came of a seat's orders.

    Attributes
    ----------
    seat : str
    payoff, terms : float, dict of str to float
        Yours, utility a month, and the terms that it is the sum of.
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
    distribution: dict[str, NDArray[np.floating[Any]]]
    here: dict[str, float]
    outcomes: dict[str, dict[str, float]]
    outcome: str
    decisions: tuple[Decision, ...]
    reads: tuple[Read, ...]
    own: str


def debrief(table: Table, seat: str, worlds: int = 400, progress: Progress | None = None) -> Debrief:
    """Debrief a seat: its payoff against its doctrines, its costliest decisions, and how others read it.

    Months that are still to be played are played by the doctrines.

    Parameters
    ----------
    table : Table
        What was played.
    seat : str
        One of `sim.seats.orders.SEATS`.
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
    tell = _counter(progress, table.scenario.months, len(rivals) * (worlds + 1) + len(played) + 1)
    yours, decisions = judged(table, seat)
    tell(len(played) + 1)
    others = {label: _elsewhere(table, seat, rival, worlds, tell) for label, rival in rivals.items()}
    return Debrief(
        seat,
        float(yours.payoff[0]),
        {name: float(term[0]) for name, term in yours.terms.items()},
        {label: found.payoff for label, found in others.items()},
        {label: _here(table, seat, rival, tell) for label, rival in rivals.items()},
        {label: _shares(found.outcome) for label, found in others.items()},
        OUTCOME_NAMES[Outcome(int(yours.outcome[0]))],
        decisions,
        others_read(table, seat),
        next(iter(rivals)),
    )


def doctrines(scenario: Scenario, seat: str) -> dict[str, Scenario]:
    """The scenario under the seat's own doctrine there, and under each preset from the first month on, by label."""
    own = " > ".join(dated.preset for dated in getattr(scenario, seat))
    presets = {name: scenario.with_doctrine(seat, name, scenario.start) for name in PRESETS[seat]}
    return {own: scenario} | {name: under for name, under in presets.items() if name != own}


def _elsewhere(table: Table, seat: str, rival: Scenario, worlds: int, tell: Callable[[int], None]) -> Worlds:
    """The worlds that follow the table's own, under a doctrine of the seat; the others as the scenario has them."""
    first, parts = table.world + 1, []
    for start in range(first, first + worlds, BLOCK):
        stop = min(start + BLOCK, first + worlds)
        parts.append(by_doctrine(rival, seat, table.scenario, table.seed, start, stop))
        tell(stop - start)
    terms = {name: np.concatenate([part.terms[name] for part in parts]) for name in parts[0].terms}
    return Worlds(terms, np.concatenate([part.outcome for part in parts]))


def _here(table: Table, seat: str, rival: Scenario, tell: Callable[[int], None]) -> float:
    """Payoff of a doctrine in the table's own world."""
    found = by_doctrine(rival, seat, table.scenario, table.seed, table.world, table.world + 1)
    tell(1)
    return float(found.payoff[0])


def _shares(outcome: Array) -> dict[str, float]:
    return {name: float(np.mean(outcome == kind)) for kind, name in OUTCOME_NAMES.items()}


def _counter(progress: Progress | None, months: int, worlds: int) -> Callable[[int], None]:
    """What counts the worlds that are done, and tells in world-months."""
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(done * months, worlds * months)

    return tell
