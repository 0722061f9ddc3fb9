"""Many worlds: blocks and processes; one Dataset out.

A block is a range of worlds of one scenario. Luck is drawn by address, so the result does not depend on how worlds are
cut into blocks, on the number of processes, or on the order in which they finish.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.scenario import Scenario

if TYPE_CHECKING:
    import xarray as xr

    from sim.model import Negotiation

BLOCK = 8192
"""Worlds a block at most: what fits the processor's cache."""
SMALLEST_BLOCK = 64
Progress = Callable[[int, int], None]
"""Called with (world-months done, world-months in all)."""


class Task(NamedTuple):
    """A block to run."""

    doctrine: str
    scenario: Scenario
    seed: int
    start: int
    stop: int


class Block(NamedTuple):
    """What a block gives back: arrays by variable name."""

    paths: dict[str, Any]
    outcomes: dict[str, Any]
    members: dict[str, Any]


def opened(scenario: Scenario, seed: int, start: int, stop: int) -> Negotiation:
    """Build the model of worlds `start` to `stop` - 1, before its first month."""
    from sim.draws import Draws
    from sim.model import Negotiation

    return Negotiation(scenario, Draws(seed, start, stop))


def run_block(task: Task, tick: Callable[[int], None] | None = None) -> Block:
    """Run one block; `tick` is called every month with the number of worlds moved."""
    from sim.recorder import Recorder

    model = opened(task.scenario, task.seed, task.start, task.stop)
    recorder = Recorder(model, task.start)
    while model.running:
        model.step()
        recorder.record(model)
        if tick is not None:
            tick(model.size)
    return Block(recorder.paths, recorder.outcomes(model), recorder.members)


def simulate(
    scenarios: Mapping[str, Scenario],
    worlds: int = 1000,
    seed: int = 1,
    jobs: int = 1,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Run several scenarios, labelled by doctrine, in the same worlds.

    Parameters
    ----------
    scenarios : mapping of str to Scenario
        Label and scenario; all with the same start and horizon.
    worlds : int
        Number of worlds, 1 or more.
    seed : int
        Seed of the luck.
    jobs : int
        Processes.
    progress : callable, optional
        Called with the world-months done and in all.

    Returns
    -------
    xarray.Dataset
        Dims (doctrine, world, month) and units in the attributes; see `sim.dataset`.

    Raises
    ------
    ValueError
        If the scenarios do not share their calendar, or `worlds` or `jobs` is not positive.
    """
    from sim.dataset import assemble

    _check(scenarios, worlds, jobs)
    tasks = list(_tasks(scenarios, worlds, seed, jobs))
    count = _Count(sum((t.stop - t.start) * t.scenario.months for t in tasks), progress)
    blocks = _here(tasks, count) if jobs == 1 else _in_processes(tasks, jobs, count)
    return assemble(scenarios, tasks, blocks, worlds, seed)


def run(
    scenario: Scenario, worlds: int = 1000, seed: int = 1, jobs: int = 1, progress: Progress | None = None
) -> xr.Dataset:
    """Run one scenario; the doctrine is labelled by the presets that Washington follows in it."""
    return simulate({label_of(scenario): scenario}, worlds, seed, jobs, progress)


def label_of(scenario: Scenario) -> str:
    """Name of the American doctrine of a scenario over time, such as "architectural > transactional"."""
    return " > ".join(dated.preset for dated in scenario.us)


class _Count:
    """World-months done, told to whoever watches."""

    def __init__(self, total: int, watcher: Progress | None) -> None:
        self.done, self.total, self.watcher = 0, total, watcher

    def add(self, world_months: int) -> None:
        self.done += world_months
        if self.watcher is not None:
            self.watcher(self.done, self.total)


def _check(scenarios: Mapping[str, Scenario], worlds: int, jobs: int) -> None:
    if worlds < 1 or jobs < 1:
        raise ValueError(f"worlds and jobs must be at least 1, got {worlds} and {jobs}")
    calendars = {(s.start, s.months) for s in scenarios.values()}
    if len(calendars) != 1:
        raise ValueError("doctrines can be compared only over the same months")


def _tasks(scenarios: Mapping[str, Scenario], worlds: int, seed: int, jobs: int) -> Iterator[Task]:
    """Cut the worlds into blocks, small enough to keep every process busy."""
    share = -(-worlds * len(scenarios) // jobs)
    size = int(np.clip(share, SMALLEST_BLOCK, BLOCK))
    for doctrine, scenario in scenarios.items():
        for start in range(0, worlds, size):
            yield Task(doctrine, scenario, seed, start, min(start + size, worlds))


def _here(tasks: list[Task], count: _Count) -> list[Block]:
    return [run_block(task, count.add) for task in tasks]


def _in_processes(tasks: list[Task], jobs: int, count: _Count) -> list[Block]:
    """Run blocks in fresh processes; results are put back in the order of the tasks."""
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        futures = {pool.submit(run_block, task): place for place, task in enumerate(tasks)}
        done: dict[int, Block] = {}
        try:
            for future in as_completed(futures):
                place = futures[future]
                done[place] = future.result()
                count.add((tasks[place].stop - tasks[place].start) * tasks[place].scenario.months)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [done[place] for place in range(len(tasks))]
