"""The figures drawn beside each other, some here and some in the processes that there are: the same files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from sim import figures
from sim.ensemble.processes import COPIES, HERE, Engine, further, given

if TYPE_CHECKING:
    from concurrent.futures import Future

    import xarray as xr

    from sim.figures.record import Observed
    from sim.figures.saving import Picture

MOST_BYTES = 250_000_000
"""Of worlds that are handed to processes, each of which has a copy then: the figures of more are drawn here."""
SHARE = 2
"""Figures that each process draws for one that is drawn here, where all are handed out at once."""
Pictures = dict[str, "Picture"]


class Shown(NamedTuple):
    """What figures show: the worlds, the month of the change, the record to draw in."""

    dataset: xr.Dataset
    since: Any = None
    record: Observed | None = None


@contextmanager
def drawers(processes: int, shown: Shown) -> Iterator[Engine]:
    """So many processes that draw beside this one: copies of it, made when all that draws is imported, once for all."""
    if processes:
        figures.ready()
    with further(processes, COPIES, shown if shown.dataset.nbytes <= MOST_BYTES else None) as where:
        yield where


def begun(shown: Shown, where: Engine = HERE, at_hand: bool = False) -> Callable[[], Pictures]:
    """Begin to draw every figure in the processes that there are.

    Parameters
    ----------
    shown : Shown
        What they show.
    where : Engine
        The processes.
    at_hand : bool
        Whether the processes are `drawers` of the same: they take one figure after the other then, and so does this one
        from the end of the list, until none is left. Otherwise each is handed `SHARE` times as many as this one draws.

    Returns
    -------
    callable
        Draws what is left to this process, waits for the others, and returns all pictures by name, in the order in
        which a report shows them. What a process did not bring, because it was killed or could not start, is drawn
        here; whatever is wrong with a figure is told then.
    """
    others = where.processes if shown.dataset.nbytes <= MOST_BYTES else 0
    theirs = [[name] for name in figures.FIGURES] if others and at_hand else _parts(others)
    handed = None if at_hand else shown
    waiting = [(names, where.executor.submit(_drawn, names, handed)) for names in theirs]

    def ended() -> Pictures:
        found = _drawn((name for name in figures.FIGURES if not any(name in names for names in theirs)), shown)
        for names, future in reversed(waiting):
            if future.cancel():
                found |= _drawn(names, shown)
        for names, future in waiting:
            if not future.cancelled():
                found |= _brought(future) or _drawn(names, shown)
        return {name: found[name] for name in figures.FIGURES}

    return ended


def _parts(others: int) -> list[list[str]]:
    """What each of the others draws, where all is handed out at once."""
    turn = SHARE * others + 1
    rest = [name for place, name in enumerate(figures.FIGURES) if place % turn != turn - 1]
    return [rest[first::others] for first in range(others)]


def _brought(future: Future[Pictures]) -> Pictures | None:
    return None if future.exception() else future.result()


def _drawn(names: Iterable[str], shown: Shown | None) -> Pictures:
    """Pictures of what is shown; of what this process was given if None."""
    from sim.figures.saving import pictured
    from sim.figures.settings import own_settings

    dataset, since, record = given() if shown is None else shown
    with own_settings():
        return {name: pictured(getattr(figures, name)(dataset, record, since)) for name in names}
