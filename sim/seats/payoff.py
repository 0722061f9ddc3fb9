"""What worlds were worth to a seat: `sim.questions.payoffs`, with a price on effort.

The goals are those of the seat's doctrine at the start of play, whatever is ordered: a doctrine holds goals as well as
methods, and here only the methods are somebody else's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.arrays import Array
from sim.draws import Draws
from sim.ensemble import Block, Task, run_block
from sim.questions import payoffs
from sim.scenario.tables import ACTORS
from sim.seats.desk import Given
from sim.seats.model import seated

if TYPE_CHECKING:
    from sim.scenario import Scenario

EFFORT = 0.5
"""Share of the cost of war that grows with a side's effort (judgement).

In the model effort is free, which a doctrine does not abuse; to a person in a seat more of it would always be better.
"""
LABEL = "seat"


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


def by_orders(scenario: Scenario, seat: str, draws: Draws, months: Sequence[Given]) -> Worlds:
    """Worlds in which people order what is given, month by month; what is missing is left to the doctrines."""
    from sim.ensemble.recorder import Recorder

    model, desk = seated(scenario, draws)
    recorder, effort = Recorder(model, draws.start, payoffs.VARIABLES), np.empty((model.size, scenario.months))
    while model.running:
        month = model.elapsed
        desk.put(months[month] if month < len(months) else {})
        model.step()
        recorder.record(model)
        effort[:, month] = model.ukraine.relative_effort()
    task = Task(LABEL, scenario, draws.seed, draws.start, draws.stop, payoffs.VARIABLES)
    block = Block(recorder.paths, recorder.outcomes(model), recorder.members)
    return _valued(task, block, draws, seat, scenario, effort)


def _valued(task: Task, block: Block, draws: Draws, seat: str, goals: Scenario, effort: Array | None) -> Worlds:
    from sim.ensemble.dataset import block_paths

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
    return payoffs.Valuation(types, scenario.start, weights=payoffs.Weights(effort=EFFORT))
