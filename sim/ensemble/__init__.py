"""Many worlds: blocks and processes; one Dataset out.

A block is a range of worlds of one scenario. Luck is drawn by address, so the result does not depend on how worlds are
cut into blocks, on the number of processes, or on the order in which they finish.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from sim.ensemble.engine import completed, engine
from sim.limits import InputError, check_ensemble, check_memory
from sim.scenario import Scenario

if TYPE_CHECKING:
    import xarray as xr

    from sim.actors.guest import Invitation
    from sim.arrays import Array
    from sim.draws import Draws
    from sim.model import Negotiation

R = TypeVar("R")

BLOCK = 8192
"""Worlds a block at most: what fits the processor's cache."""
SMALL_BLOCK, SMALLEST_BLOCK = 1024, 64
"""Worlds under which a block costs more than it spares others waiting, and under which none is cut."""
TURNS = 4
"""Blocks that each of several processes gets, so that they end together and progress shows."""
Progress = Callable[[int, int], None]
"""Called with (world-months done, world-months in all)."""


Read = Callable[["xr.Dataset"], "xr.Dataset"]
"""Makes of the monthly paths of some worlds what is kept of them: dims (doctrine, world) to (doctrine, world, ...)."""
Sets = Callable[["Draws"], "Mapping[str, Array]"]
"""Gives the worlds of some luck their parameters: by name such as "front.pull", one value a world."""


class Task(NamedTuple):
    """A block to run: which monthly variables to record (all if None), parameters if not the scenario's, and guests."""

    doctrine: str
    scenario: Scenario
    seed: int
    start: int
    stop: int
    variables: tuple[str, ...] | None = None
    sets: Sets | None = None
    guests: tuple[Invitation, ...] = ()


class Block(NamedTuple):
    """What a block gives back: arrays by variable name."""

    paths: dict[str, Any]
    outcomes: dict[str, Any]
    members: dict[str, Any]


def opened(
    scenario: Scenario, seed: int, start: int, stop: int, sets: Sets | None = None, guests: Iterable[Invitation] = ()
) -> Negotiation:
    """Build the model of worlds `start` to `stop` - 1, before its first month."""
    from sim.draws import Draws
    from sim.model import Negotiation
    from sim.parameter_sets import ParameterSets

    draws = Draws(seed, start, stop)
    parameters = ParameterSets(scenario.parameters, sets(draws)) if sets else None
    return Negotiation(scenario, draws, parameters, guests)


def run_block(task: Task) -> Block:
    """Run one block."""
    from sim.ensemble.recorder import Recorder

    model = opened(task.scenario, task.seed, task.start, task.stop, task.sets, task.guests)
    recorder = Recorder(model, task.start, task.variables)
    while model.running:
        model.step()
        recorder.record(model)
    return Block(recorder.paths, recorder.outcomes(model), recorder.members)


def simulate(
    scenarios: Mapping[str, Scenario],
    worlds: int = 1000,
    seed: int = 1,
    jobs: int = 1,
    progress: Progress | None = None,
    guests: Iterable[Invitation] = (),
    block: int = BLOCK,
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
        Processes. Each takes seconds to start: more than one pays from about 10,000 worlds.
    progress : callable, optional
        Called with the world-months done and in all.
    guests : iterable of callable
        Actors that join every scenario; see `sim.actors.guest`.
    block : int
        Worlds a block at most. Smaller ones are slower, tell their progress more often and can be stopped there.

    Returns
    -------
    xarray.Dataset
        Dims (doctrine, world, month) and units in the attributes; see `sim.ensemble.dataset`.

    Raises
    ------
    InputError
        If the scenarios do not share their calendar, or a number is out of bounds, or the memory too small.
    WorkerError
        If processes died over a task, twice.
    """
    from sim.ensemble.dataset import assemble

    _check(scenarios, worlds, seed, jobs)
    joining = tuple(guests)
    tasks = [task._replace(guests=joining) for task in _tasks(scenarios, worlds, seed, jobs, block)]
    count = _Count(sum(map(_world_months, tasks)), progress)
    with closing(_work(run_block, tasks, jobs, count)) as blocks:
        return assemble(scenarios, blocks, worlds, seed)


def run(
    scenario: Scenario, worlds: int = 1000, seed: int = 1, jobs: int = 1, progress: Progress | None = None
) -> xr.Dataset:
    """Run one scenario; the doctrine is labelled by the presets that Washington follows in it."""
    return simulate({label_of(scenario): scenario}, worlds, seed, jobs, progress)


def survey(
    scenarios: Mapping[str, Scenario],
    read: Read,
    variables: Iterable[str] | None = None,
    worlds: int = 1000,
    seed: int = 1,
    jobs: int = 1,
    progress: Progress | None = None,
    sets: Mapping[str, Sets] | None = None,
) -> xr.Dataset:
    """Run many scenarios in the same worlds and keep, of each block of worlds, only what `read` makes of it.

    This is what questions ask that need a hundred scenarios: memory grows with what is kept, not with the paths.

    Parameters
    ----------
    scenarios : mapping of str to Scenario
        Label and scenario; all with the same start and horizon.
    read : callable
        Takes the monthly paths of some worlds under one label, dims (doctrine, world, month), and returns a Dataset
        with dims (doctrine, world) and perhaps others. With more than one process it must be a function that other
        processes can import, or a `functools.partial` of one.
    variables : iterable of str, optional
        Monthly variables that `read` looks at, from `sim.ensemble.recorder.MONTHLY`; all of them if None. Fewer are
        quicker.
    worlds, seed, jobs, progress
        As in `simulate`.
    sets : mapping of str to callable, optional
        By label, what gives the worlds their parameters; the scenario does where a label has none. With more than
        one process the same holds as for `read`.

    Returns
    -------
    xarray.Dataset
        What `read` returned, put together along doctrine (in the order of `scenarios`) and world.

    Raises
    ------
    InputError, WorkerError
        As in `simulate`.
    """
    import xarray as xr

    check_ensemble(worlds, seed, jobs)
    _check_calendars(scenarios)
    kept = None if variables is None else tuple(variables)
    given = sets or {}
    tasks = [
        task._replace(variables=kept, sets=given.get(task.doctrine)) for task in _tasks(scenarios, worlds, seed, jobs)
    ]
    count = _Count(sum(map(_world_months, tasks)), progress)
    work = partial(_read_block, read)
    with closing(_work(work, tasks, jobs, count)) as blocks:
        found = {(task.doctrine, task.start): part for task, part in blocks}
    whole = [
        xr.concat([found[task.doctrine, task.start] for task in tasks if task.doctrine == label], dim="world")
        for label in scenarios
    ]
    return xr.concat(whole, dim="doctrine")


def _read_block(read: Read, task: Task) -> xr.Dataset:
    """Run a block, and keep what `read` makes of it."""
    from sim.ensemble.dataset import block_paths

    return read(block_paths(task, run_block(task)))


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


def _check(scenarios: Mapping[str, Scenario], worlds: int, seed: int, jobs: int) -> None:
    from sim.ensemble.recorder import MONTHLY

    check_ensemble(worlds, seed, jobs)
    check_memory(worlds, len(scenarios), _check_calendars(scenarios), len(MONTHLY))


def _check_calendars(scenarios: Mapping[str, Scenario]) -> int:
    """Make sure that all scenarios have the same months; return how many."""
    calendars = {(s.start, s.months) for s in scenarios.values()}
    if len(calendars) != 1:
        raise InputError("doctrines can be compared only over the same months")
    return calendars.pop()[1]


def _tasks(scenarios: Mapping[str, Scenario], worlds: int, seed: int, jobs: int, block: int = BLOCK) -> Iterator[Task]:
    """Cut the worlds into blocks."""
    size = min(_block_size(worlds * len(scenarios), jobs), block)
    for doctrine, scenario in scenarios.items():
        for start in range(0, worlds, size):
            yield Task(doctrine, scenario, seed, start, min(start + size, worlds))


def _block_size(worlds: int, jobs: int) -> int:
    """Worlds a block: small enough to keep every process busy to the end, large enough to be quick."""
    if jobs == 1:
        return BLOCK
    share = -(-worlds // jobs)
    return int(np.clip(share // TURNS, np.clip(share, SMALLEST_BLOCK, SMALL_BLOCK), BLOCK))


def _work(work: Callable[[Task], R], tasks: list[Task], jobs: int, count: _Count) -> Generator[tuple[Task, R]]:
    """Work on tasks here, or in other processes; whatever fails ends it."""
    with engine(min(jobs, len(tasks))) as where:
        for task, future in completed(where, work, tasks):
            result = future.result()
            count.add(_world_months(task))
            yield task, result


def _world_months(task: Task) -> int:
    return (task.stop - task.start) * task.scenario.months
