"""The figures drawn beside each other, some here and some in the processes that there are: the same files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sim import figures
from sim.ensemble.processes import COPIES, HERE, Engine, further

if TYPE_CHECKING:
    from concurrent.futures import Future

    import xarray as xr

    from sim.figures.record import Observed
    from sim.figures.saving import Picture

MOST_BYTES = 250_000_000
"""Of worlds that are handed to processes, each of which has a copy then: the figures of more are drawn here."""
SHARE = 2
"""Figures that each process draws for one that is drawn here, where the tables are written meanwhile."""
Pictures = dict[str, "Picture"]


@contextmanager
def drawers(processes: int) -> Iterator[Engine]:
    """So many processes that draw beside this one: copies of it, made when all that draws is imported, once for all."""
    if processes:
        figures.ready()
    with further(processes, COPIES) as where:
        yield where


def begun(
    dataset: xr.Dataset, since: Any = None, record: Observed | None = None, where: Engine = HERE
) -> Callable[[], Pictures]:
    """Begin to draw every figure in the processes that there are.

    Parameters
    ----------
    dataset : xarray.Dataset
        The worlds that they show.
    since : str or datetime64, optional
        The month of the change.
    record : Observed, optional
        The record to draw in.
    where : Engine
        The processes, each of which is given `SHARE` times as many figures as this one.

    Returns
    -------
    callable
        Draws what is left to this process, waits for the others, and returns all pictures by name, in the order in
        which a report shows them. What a process did not bring, because it was killed or could not start, is drawn
        here; whatever is wrong with a figure is told then.
    """
    others = where.processes if dataset.nbytes <= MOST_BYTES else 0
    turn = SHARE * others + 1
    ours = figures.FIGURES[turn - 1 :: turn]
    rest = [name for name in figures.FIGURES if name not in ours]
    theirs = [rest[first::others] for first in range(others)]
    waiting = [(names, where.executor.submit(_drawn, names, dataset, since, record)) for names in theirs]

    def ended() -> Pictures:
        found = _drawn(ours, dataset, since, record)
        for names, future in waiting:
            found |= _brought(future) or _drawn(names, dataset, since, record)
        return {name: found[name] for name in figures.FIGURES}

    return ended


def _brought(future: Future[Pictures]) -> Pictures | None:
    return None if future.exception() else future.result()


def _drawn(names: Iterable[str], dataset: xr.Dataset, since: Any, record: Observed | None) -> Pictures:
    from sim.figures.saving import pictured

    return {name: pictured(getattr(figures, name)(dataset, record, since)) for name in names}
