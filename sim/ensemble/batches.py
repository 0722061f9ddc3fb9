"""Runs larger than memory: batches of worlds under all doctrines at once, each boiled down where it was simulated."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.basics.limits import InputError
from sim.ensemble.processes import Engine, completed
from sim.ensemble.runner import BLOCK, Task, run_block
from sim.scenario import Scenario

if TYPE_CHECKING:
    import xarray as xr

Digest = Any
"""What a batch is boiled down to: a NamedTuple of arrays of numbers, whichever its caller needs."""
Boil = Callable[["xr.Dataset", str], Digest]
"""Makes a digest of worlds and of the month from which everything counts; a function that processes can import."""


class Batch(NamedTuple):
    """Some of the worlds, under every doctrine.

    Attributes
    ----------
    number : int
        Its place among the batches.
    scenarios : mapping of str to Scenario
        By label of the doctrine.
    seed, start, stop : int
        Seed of the luck, and the range of worlds.
    since : str
        Month from which everything counts, "YYYY-MM".
    paths : bool
        Whether the monthly paths shall come back.
    boil : callable
        Makes its digest.
    """

    number: int
    scenarios: Mapping[str, Scenario]
    seed: int
    start: int
    stop: int
    since: str
    paths: bool
    boil: Boil


class Batched(NamedTuple):
    """What is left of a batch: a row a world (and the monthly paths, if asked for), and its digest."""

    worlds: xr.Dataset
    digest: Digest


class BlockError(RuntimeError):
    """Worlds whose simulation failed; the message names them and says why."""


def batches(
    scenarios: Mapping[str, Scenario], worlds: int, seed: int, since: str, paths: bool, boil: Boil
) -> list[Batch]:
    """Cut the worlds into batches; neither processes nor what is done already make a difference to the cut."""
    return [
        Batch(number, scenarios, seed, start, min(start + BLOCK, worlds), since, paths, boil)
        for number, start in enumerate(range(0, worlds, BLOCK))
    ]


def simulated(batch: Batch) -> Batched:
    """Simulate a batch and boil it down; may be called in any process."""
    from sim.ensemble.dataset import assemble

    tasks = [Task(label, one, batch.seed, batch.start, batch.stop) for label, one in batch.scenarios.items()]
    blocks = ((task, run_block(task)) for task in tasks)
    dataset = assemble(batch.scenarios, blocks, batch.stop - batch.start, batch.seed, batch.start, as_recorded=True)
    kept = dataset if batch.paths else dataset.drop_dims("month")
    return Batched(kept, batch.boil(dataset, batch.since))


def each(where: Engine, wanted: Iterable[Batch], failures: list[BlockError]) -> Generator[tuple[Batch, Batched]]:
    """Simulate batches and hand out each as it is done; what fails is put on the list, and the others go on."""
    for batch, future in completed(where, simulated, wanted):
        error = future.exception()
        if error is None:
            yield batch, future.result()
        elif isinstance(error, InputError):
            raise error
        else:
            failures.append(_named(batch, error))


def _named(batch: Batch, error: BaseException) -> BlockError:
    named = BlockError(f"worlds {batch.start} to {batch.stop - 1}: {type(error).__name__}: {error}".rstrip(": "))
    named.__cause__ = error
    return named


def world_months(batch: Batch) -> int:
    """Months that a batch lives through, over its worlds and doctrines."""
    months: Any = sum(scenario.months for scenario in batch.scenarios.values())
    return int((batch.stop - batch.start) * months)
