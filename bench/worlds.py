"""The work that is timed: a block of worlds, from its making to its last month."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.actors.variables import MONTHLY
from sim.ensemble import opened
from sim.ensemble.recorder import Recorder
from sim.scenario import Scenario, load

if TYPE_CHECKING:
    from sim.model import Negotiation

SEED = 1
SPAN = 60
"""Months of the world in which speed is told: longer and shorter scenarios are counted by their months."""
SCENARIOS = ("history", "outlook", "transactional")
"""One set of parameters for all worlds; a set drawn for each; and the one in which talks are most frequent."""
EVERYTHING = tuple(MONTHLY)


def scenario(name: str, months: int | None = None) -> Scenario:
    """A shipped scenario, over its own months or over so many."""
    found = load(name)
    return found if months is None else found.with_horizon(months)


def live(config: Scenario, worlds: int, recorded: Iterable[str] | None = None, first: int = 0) -> Negotiation:
    """Open a block of worlds and live through all of its months.

    Parameters
    ----------
    config : Scenario
        What is simulated.
    worlds : int
        Worlds in the block.
    recorded : iterable of str, optional
        Monthly variables to record; nobody records anything if None.
    first : int
        Number of the first world.
    """
    model = opened(config, SEED, first, first + worlds)
    go_on(model, None if recorded is None else Recorder(model, first, recorded))
    return model


def go_on(model: Negotiation, recorder: Recorder | None = None) -> None:
    """Live through all months that are left."""
    for _ in model:
        if recorder is not None:
            recorder.record(model)


def live_in_blocks(config: Scenario, worlds: int, block: int) -> None:
    """Live through worlds, a block after another."""
    for first in range(0, worlds, block):
        live(config, min(block, worlds - first), first=first)


def speed(config: Scenario, worlds: int, seconds: float) -> float:
    """Worlds of `SPAN` months a second."""
    return worlds * config.months / SPAN / seconds
