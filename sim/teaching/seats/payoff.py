"""What worlds were worth to a seat: `sim.questions.games.payoffs`, with a price on effort.

The goals are those of the seat's doctrine at the start of play, whatever is ordered: a doctrine holds goals as well as
methods, and here only the methods are somebody else's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.basics.actors import ACTORS
from sim.basics.arrays import Array
from sim.basics.draws import Draws
from sim.basics.labels import HUNDRED
from sim.ensemble import Progress, Task, run_block
from sim.ensemble.dataset import block_paths
from sim.ensemble.recorder import Block, Recorder
from sim.questions.games import payoffs
from sim.teaching.seats.orders import Given
from sim.teaching.seats.table import seated
from sim.world.settlement import OUTCOME_NAMES

if TYPE_CHECKING:
    from sim.scenario import Scenario

LABEL = "seat"
BLOCK = 100
"""Worlds lived through at a time, between two reports of progress."""
Tell = Callable[[int], None]
"""Called with the worlds that were lived through since the last call."""


class Worlds(NamedTuple):
    """What some worlds were worth to a seat: terms of its payoff, and how each world ended, all of shape (W,)."""

    terms: dict[str, Array]
    outcome: Array

    @property
    def payoff(self) -> Array:
        """Discounted utility, a month, shape (W,)."""
        return np.asarray(sum(self.terms.values()))


def by_doctrine(scenario: Scenario, seat: str, goals: Scenario, seed: int, start: int, stop: int) -> Worlds:
    """Worlds `start` to `stop` - 1 under a scenario, valued by the goals that the seat has in another."""
    task = Task(LABEL, scenario, seed, start, stop, payoffs.VARIABLES)
    return _valued(task, run_block(task), Draws(seed, start, stop), seat, goals, None)


def in_blocks(scenario: Scenario, seat: str, goals: Scenario, seed: int, worlds: range, tell: Tell) -> Worlds:
    """The same over many worlds, telling after each block how many more are done."""
    parts = []
    for start in worlds[::BLOCK]:
        stop = min(start + BLOCK, worlds.stop)
        parts.append(by_doctrine(scenario, seat, goals, seed, start, stop))
        tell(stop - start)
    terms = {name: np.concatenate([part.terms[name] for part in parts]) for name in parts[0].terms}
    return Worlds(terms, np.concatenate([part.outcome for part in parts]))


def outcome_shares(outcome: Array) -> dict[str, float]:
    """In which share of worlds each outcome came, by its name."""
    return {name: float(np.mean(outcome == kind)) for kind, name in OUTCOME_NAMES.items()}


def counter(progress: Progress | None, whole: int, each: int = 1) -> Tell:
    """What counts the worlds that are done, of so many in all, and tells of `each` as many."""
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(done * each, whole * each)

    return tell


def by_orders(scenario: Scenario, seat: str, draws: Draws, months: Iterable[Given]) -> Worlds:
    """Worlds in which people order what is given, month by month; what is missing is left to the doctrines."""
    model, desk = seated(scenario, draws)
    recorder, effort = Recorder(model, draws.start, payoffs.VARIABLES), np.empty((model.size, scenario.months))
    later = chain(months, repeat({}))
    desk.put(next(later))
    for _ in model:
        recorder.record(model)
        effort[:, model.elapsed - 1] = model.ukraine.relative_effort()
        desk.put(next(later))
    task = Task(LABEL, scenario, draws.seed, draws.start, draws.stop, payoffs.VARIABLES)
    return _valued(task, recorder.block(model), draws, seat, scenario, effort)


def _valued(task: Task, block: Block, draws: Draws, seat: str, goals: Scenario, effort: Array | None) -> Worlds:
    dataset = block_paths(task, block)
    if effort is not None:
        dataset["effort_ukraine"] = (dataset["settled"].dims, effort[np.newaxis])
    flows, fade = payoffs.monthly(dataset, task.scenario, draws, seat, valuation(goals))
    # A sum along contiguous rows, unlike a product of matrices, does not depend on how many worlds there are.
    terms = {name: np.ascontiguousarray(flow * fade).sum(axis=-1) / fade.sum() for name, flow in flows.items()}
    return Worlds(terms, block.outcomes["outcome"])


def valuation(scenario: Scenario) -> payoffs.Valuation:
    """By whose goals payoffs are counted: those of everybody's doctrine at the start of play."""
    types = {actor: scenario.doctrine(actor, scenario.start) for actor in ACTORS}
    return payoffs.Valuation(types, scenario.start)


class Yardstick(NamedTuple):
    """Payoffs between the worst and the best that the doctrines of a seat come to in any world: points from 0 to 100.

    Attributes
    ----------
    worst, best : float
        Utility a month.
    """

    worst: float
    best: float

    def points(self, payoff: float) -> float:
        """A payoff in points; 0 for all where all worlds are worth the same."""
        return self.length(payoff - self.worst)

    def each(self, payoffs: Array) -> Array:
        """Payoffs of many worlds in points."""
        return np.array([self.points(float(payoff)) for payoff in payoffs])

    def length(self, difference: float) -> float:
        """A difference of payoffs in the same points."""
        return HUNDRED * difference / (self.best - self.worst) if self.best > self.worst else 0.0


def yardstick(payoffs: Iterable[Any]) -> Yardstick:
    """The yardstick that holds all of these payoffs, single ones or arrays."""
    every = np.concatenate([np.ravel(some) for some in payoffs])
    return Yardstick(float(every.min()), float(every.max()))
