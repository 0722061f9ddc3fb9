"""Time, on machines that others use too: repetitions alternate, and the quickest of them counts.

The work is the same every time, so whatever makes a repetition slower is not the work. The minimum is then the
estimate that other programs disturb least (Chen and Revels 2016). Alternation lets a slow spell of the machine fall on
all cases, so that their ratio holds where their seconds do not.

References
----------
Chen, J. and Revels, J. (2016). Robust benchmarking in noisy environments. arXiv:1608.04295.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import Any, NamedTuple, TypeVar

K = TypeVar("K")
Work = Callable[[], Any]
"""Something to time."""
Case = Callable[[], Work]
"""Gets something ready, which is not timed, and returns what is."""


class Time(NamedTuple):
    """Seconds that a piece of work takes.

    cpu, wall : of the quickest repetition, each on its own.
    noise : how much longer the middle repetition took than the quickest, as a share (CPU time).
    """

    cpu: float
    wall: float
    noise: float = 0.0


def quickest(cases: Mapping[K, Case], repetitions: int) -> dict[K, Time]:
    """Time every case once in each of several rounds, forwards and backwards by turns.

    Parameters
    ----------
    cases : mapping
        What is compared, by name.
    repetitions : int
        Rounds, 1 or more.

    Returns
    -------
    dict
        The `Time` of each case, by name.
    """
    taken: dict[K, list[Time]] = {name: [] for name in cases}
    for turn in range(repetitions):
        for name in sorted(cases, key=list(cases).index, reverse=bool(turn % 2)):
            taken[name].append(once(cases[name]()))
    return {name: _best(times) for name, times in taken.items()}


def once(work: Work) -> Time:
    """Time a piece of work, with nothing left for the garbage collector from before."""
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Time(time.process_time() - cpu, time.perf_counter() - wall)


def _best(times: list[Time]) -> Time:
    cpu = [t.cpu for t in times]
    return Time(min(cpu), min(t.wall for t in times), median(cpu) / min(cpu) - 1.0)


class Stopwatch:
    """Adds up CPU seconds by name; while one name runs inside another, the outer one stands still."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._running: list[str] = []
        self._since = 0.0

    def timing(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, timed under a name."""

        def timed(*arguments: Any, **options: Any) -> Any:
            self._turn()
            self._running.append(name)
            try:
                return work(*arguments, **options)
            finally:
                self._turn()
                self._running.pop()

        return timed

    def _turn(self) -> None:
        """Book the time since the last turn on whoever was running."""
        now = time.process_time()
        if self._running:
            name = self._running[-1]
            self.seconds[name] = self.seconds.get(name, 0.0) + now - self._since
        self._since = now
