"""The runner: worlds cut into blocks, lived through in this process or in others, for whatever purpose.

A block is a range of worlds of one scenario. Luck is drawn by address, so the result does not depend on how worlds are
cut into blocks, on the number of processes, or on the order in which they finish.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from sim.basics.limits import InputError, check_memory
from sim.ensemble.ensemble import USUAL, Ensemble

if TYPE_CHECKING:
    import xarray as xr

    from sim.actors.guest import Invitation
    from sim.basics.arrays import Array
    from sim.basics.draws import Draws
    from sim.ensemble.recorder import Block
    from sim.model import Negotiation
    from sim.scenario import Scenario
    from sim.scenario.resolved import Configuration

R = TypeVar("R")

BLOCK = 8192
"""Worlds a block at most: what fits the processor's cache."""
SMALL_BLOCK, SMALLEST_BLOCK = 1024, 64
"""Worlds under which a block costs more than it spares others waiting, and under which none is cut."""
TURNS = 4
"""Blocks that each of several processes gets, so that they end together and progress shows."""
Read = Callable[["xr.Dataset"], "xr.Dataset"]
"""Makes of the monthly paths of some worlds what is kept of them: dims (doctrine, world) to (doctrine, world, ...)."""
Sets = Callable[["Draws"], "Mapping[str, Array]"]
"""Gives the worlds of some luck their parameters: by name such as "front.pull", one value a world."""


class Task(NamedTuple):
    """A block to run: which monthly variables to record (all if None), parameters if not the scenario's, and guests.

    With `lucks`, the worlds have the luck of so many, over and over.
    """

    doctrine: str
    scenario: Scenario
    seed: int
    start: int
    stop: int
    variables: tuple[str, ...] | None = None
    sets: Sets | None = None
    guests: tuple[Invitation, ...] = ()
    lucks: int = 0


def opened(
    scenario: Configuration,
    seed: int,
    start: int,
    stop: int,
    sets: Sets | None = None,
    guests: Iterable[Invitation] = (),
    lucks: int = 0,
) -> Negotiation:
    """Build the model of worlds `start` to `stop` - 1, before its first month."""
    from sim.basics.arrays import keep_memory
    from sim.basics.draws import Draws, Repeated
    from sim.model import Negotiation
    from sim.scenario.parameter_sets import ParameterSets

    keep_memory()
    draws = Repeated(seed, start, stop, lucks) if lucks else Draws(seed, start, stop)
    parameters = ParameterSets(scenario.parameters, sets(draws)) if sets else None
    return Negotiation(scenario, draws, parameters, guests)


def run_block(task: Task) -> Block:
    """Run one block."""
    from sim.ensemble.recorder import Recorder

    model = opened(task.scenario, task.seed, task.start, task.stop, task.sets, task.guests, task.lucks)
    recorder = Recorder(model, task.start, task.variables)
    for _ in model:
        recorder.record(model)
    return recorder.block(model)


def simulate(
    scenarios: Mapping[str, Scenario],
    ensemble: Ensemble = USUAL,
    guests: Iterable[Invitation] = (),
    block: int = BLOCK,
) -> xr.Dataset:
    """Run several scenarios, labelled by doctrine, in the same worlds.

    Parameters
    ----------
    scenarios : mapping of str to Scenario
        Label and scenario; all with the same start and horizon.
    ensemble : Ensemble
        Which worlds, and how they are simulated. Each process takes seconds to start: more than one pays from about
        10,000 worlds.
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
        If the scenarios do not share their calendar, or the memory is too small.
    WorkerError
        If processes died over a task, twice.
    """
    from sim.actors.variables import MONTHLY
    from sim.ensemble.dataset import assemble

    check_memory(ensemble.worlds, len(scenarios), _months(scenarios), len(MONTHLY))
    joining = tuple(guests)
    every = [task._replace(guests=joining) for task in tasks(scenarios, ensemble, block=block)]
    with closing(worked(run_block, every, ensemble)) as blocks:
        return assemble(scenarios, blocks, ensemble.worlds, ensemble.seed)


def survey(
    scenarios: Mapping[str, Scenario],
    read: Read,
    ensemble: Ensemble = USUAL,
    variables: Iterable[str] | None = None,
    sets: Mapping[str, Sets] | None = None,
    lucks: int = 0,
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
    ensemble : Ensemble
        Which worlds, and how they are simulated.
    variables : iterable of str, optional
        Monthly variables that `read` looks at, from `sim.actors.variables.MONTHLY`; all of them if None. Fewer are
        quicker.
    sets : mapping of str to callable, optional
        By label, what gives the worlds their parameters; the scenario does where a label has none. With more than
        one process the same holds as for `read`.
    lucks : int
        If given, world w has the luck of world w modulo `lucks`: for parameter sets that shall meet the same luck.

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

    every = [task._replace(lucks=lucks) for task in tasks(scenarios, ensemble, variables, sets)]
    with closing(worked(partial(_read_block, read), every, ensemble)) as blocks:
        found = {(task.doctrine, task.start): part for task, part in blocks}
    whole = [
        xr.concat([found[task.doctrine, task.start] for task in every if task.doctrine == label], dim="world")
        for label in scenarios
    ]
    return xr.concat(whole, dim="doctrine")


def _read_block(read: Read, task: Task) -> xr.Dataset:
    """Run a block, and keep what `read` makes of it."""
    from sim.ensemble.dataset import block_paths

    return read(block_paths(task, run_block(task)))


def label_of(scenario: Scenario) -> str:
    """Name of the American doctrine of a scenario over time, such as "architectural > transactional"."""
    from sim.scenario.spelling import over_time

    return over_time([dated.label for dated in scenario.us])


def _months(scenarios: Mapping[str, Scenario]) -> int:
    """Make sure that all scenarios have the same months; return how many."""
    calendars = {(s.start, s.months) for s in scenarios.values()}
    if len(calendars) != 1:
        raise InputError("doctrines can be compared only over the same months")
    return calendars.pop()[1]


def tasks(
    scenarios: Mapping[str, Scenario],
    ensemble: Ensemble,
    variables: Iterable[str] | None = None,
    sets: Mapping[str, Sets] | None = None,
    block: int = BLOCK,
) -> list[Task]:
    """Cut the worlds of every scenario into blocks; what is given is as in `survey` and `simulate`.

    Raises
    ------
    InputError
        If the scenarios do not share their calendar.
    """
    _months(scenarios)
    kept, given = None if variables is None else tuple(variables), sets or {}
    worlds = ensemble.worlds
    size = min(_block_size(worlds * len(scenarios), ensemble.jobs), block)
    return [
        Task(label, scenario, ensemble.seed, start, min(start + size, worlds), kept, given.get(label))
        for label, scenario in scenarios.items()
        for start in range(0, worlds, size)
    ]


def _block_size(worlds: int, jobs: int) -> int:
    """Worlds a block: small enough to keep every process busy to the end, large enough to be quick."""
    if jobs == 1:
        return BLOCK
    share = -(-worlds // jobs)
    return int(np.clip(share // TURNS, np.clip(share, SMALLEST_BLOCK, SMALL_BLOCK), BLOCK))


def worked(work: Callable[[Task], R], every: list[Task], ensemble: Ensemble) -> Generator[tuple[Task, R]]:
    """Work on tasks here or in other processes, and hand out each with what became of it, as soon as it is done.

    Whoever watches is told, first that it begins; whatever fails ends it, and so does whoever closes it.

    Raises
    ------
    PluginError
        If a guest fails, or cannot tell of what it does; see `rehearse`.
    WorkerError
        If processes died over a task, twice.
    """
    from sim.ensemble.processes import completed, engine  # which a browser has no use for, and no means

    rehearse(every)
    done, total = 0, sum(map(_world_months, every))
    ensemble.says("Simulating")
    with engine(min(ensemble.jobs, len(every))) as where:
        for task, future in completed(where, work, every):
            result = future.result()
            done += _world_months(task)
            if ensemble.progress is not None:
                ensemble.progress(done, total)
            yield task, result


def rehearse(every: Iterable[Task]) -> None:
    """Let each company of guests live through the first month of one world, and tell of it.

    What a guest says is asked for long after a run, by `explain` and `replay`: a result of a guest that cannot say
    anything would be known for useless only then.

    Raises
    ------
    PluginError
        If a guest fails, or what it tells is no sentences.
    """
    companies = {(tuple(task.scenario.guests), task.guests): task for task in every}
    for (named, given), task in companies.items():
        if named or given:
            from sim.actors.guest import told

            model = opened(task.scenario, task.seed, task.start, task.start + 1, task.sets, given)
            model.step()
            for guest in model.guests:
                told(guest, "account")
                told(guest, "news")


def _world_months(task: Task) -> int:
    return (task.stop - task.start) * task.scenario.months
