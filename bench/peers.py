"""The same model in other runners, one world a run, as agent-based models are usually replicated.

Every runner moves the same worlds of the same scenario and keeps one number a month of each. What the block gains over
them is the model's vectorisation; what they cost over the bare loop is theirs.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from importlib import metadata
from typing import Any, NamedTuple

import mesa
import pandas as pd

from bench.clock import Case, Time, quickest
from bench.sizes import Sizes
from bench.worlds import SEED, live, scenario, speed
from sim.basics.draws import Draws
from sim.ensemble import opened
from sim.model import Negotiation
from sim.scenario import Scenario

SCENARIO, KEPT = "history", "settled"
INSTALL = "pip install 'doctrine-sim[bench]'"
OURS, LOOP = "this package, a block", "a loop, one world a run"
Runner = Callable[[Scenario, int], None]
"""Runs so many worlds of a scenario."""


class Peer(NamedTuple):
    """Another runner: its name, the package it comes with, and how it runs our model."""

    name: str
    package: str
    run: Runner


def batch_run(config: Scenario, worlds: int) -> None:
    """Mesa's `batch_run` in one process; the scenario is given to the class, since parameters become columns."""
    from mesa.batchrunner import batch_run as mesa_batch_run

    mesa_batch_run(_mesa_model(config), {"world": range(worlds)}, number_processes=1, display_progress=False)


def agentpy(config: Scenario, worlds: int) -> None:
    """AgentPy's `Experiment` in one process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pandas, about AgentPy's use of it
        import agentpy as ap

        sample = ap.Sample({"world": ap.Values(*range(worlds)), "steps": config.months})
        ap.Experiment(_agentpy_model(config, ap), sample, record=True).run(display=False)


MESA = "Mesa, batch_run"
PEERS = (Peer(MESA, "mesa", batch_run), Peer("AgentPy, Experiment", "agentpy", agentpy))


def against_peers(sizes: Sizes) -> tuple[pd.DataFrame, list[str]]:
    """One row a runner: worlds a second, and how many times as many the block makes; and who is not installed."""
    config = scenario(SCENARIO, sizes.months)
    here = [peer for peer in PEERS if version(peer) is not None]
    missing = [f"{peer.name}: not installed: {INSTALL}" for peer in PEERS if peer not in here]
    cases: dict[str, Case] = {
        OURS: lambda: lambda: live(config, sizes.worlds, (KEPT,)),
        LOOP: lambda: lambda: [live(config, 1, (KEPT,), first=world) for world in range(sizes.peer_worlds)],
    }
    cases |= {f"{peer.name} ({version(peer)})": _case(peer, config, sizes.peer_worlds) for peer in here}
    times = quickest(cases, sizes.repetitions)
    return pd.DataFrame(_rows(config, sizes, times)), missing


def version(peer: Peer) -> str | None:
    """Version of the package that is installed, None if none is."""
    try:
        return metadata.version(peer.package)
    except metadata.PackageNotFoundError:
        return None


def _case(peer: Peer, config: Scenario, worlds: int) -> Case:
    return lambda: lambda: peer.run(config, worlds)


def _rows(config: Scenario, sizes: Sizes, times: dict[str, Time]) -> list[dict[str, Any]]:
    worlds = {name: sizes.worlds if name == OURS else sizes.peer_worlds for name in times}
    speeds = {name: speed(config, worlds[name], time.cpu) for name, time in times.items()}
    return [
        {
            "runner": name,
            "worlds a run": sizes.worlds if name == OURS else 1,
            "worlds a second, CPU": found,
            "the block makes": speeds[OURS] / found,
        }
        for name, found in speeds.items()
    ]


def _mesa_model(config: Scenario) -> type[Negotiation]:
    """One world of a scenario as a Mesa model, collected the way `batch_run` asks for."""

    class OneWorld(Negotiation):
        def __init__(self, world: int, rng: Any = None) -> None:  # newer versions of Mesa pass `rng`
            super().__init__(config, Draws(SEED, world, world + 1))
            self.datacollector = mesa.DataCollector({KEPT: lambda model: bool(model.mediator.settled[0])})

        def step(self) -> None:
            super().step()
            self.datacollector.collect(self)

    return OneWorld


def _agentpy_model(config: Scenario, ap: Any) -> Any:
    """One world of a scenario as an AgentPy model."""

    class OneWorld(ap.Model):
        def setup(self) -> None:
            self.world = opened(config, SEED, self.p.world, self.p.world + 1)

        def step(self) -> None:
            self.world.step()

        def update(self) -> None:
            if self.t:
                self.record(KEPT, bool(self.world.mediator.settled[0]))

    return OneWorld
