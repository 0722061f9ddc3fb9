"""Luck by address in worlds that were resampled: a world is the seed and the slot whose luck it had, month by month.

A slot is a place in the block. A world that goes on in another slot has the luck of that slot from then on. So its
whole history is lived again, alone, by whoever knows its path.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.basics.arrays import Array, Rows, real
from sim.basics.draws import Draws
from sim.basics.months import month_number

BEFORE = 0
"""Number of the month under which what is drawn before the first month stands."""


class FixedDraws(Draws):
    """Draws of worlds some of whose constants are given.

    Parameters
    ----------
    seed, start, stop : int
        As of `Draws`.
    constants : mapping of str to Array
        Normals before the first month, by stream, (W,).
    """

    def __init__(self, seed: int, start: int, stop: int, constants: Mapping[str, Array]) -> None:
        super().__init__(seed, start, stop)
        self._constants = constants

    def normal(self, stream: str, month: int) -> Array:
        """See `Draws.normal`."""
        given = self._constants.get(stream) if month == BEFORE else None
        return super().normal(stream, month) if given is None else real(given).copy()


class Jump(NamedTuple):
    """From a month on, the seed and the slot whose luck a world had."""

    month: str
    seed: int
    slot: int


class Lineage:
    """Seeds and slots of W worlds, before the first month and in each of so many.

    Parameters
    ----------
    calendar : list of str
        The months.
    worlds : int
        How many worlds.
    """

    def __init__(self, calendar: list[str], worlds: int) -> None:
        self.calendar = calendar
        self.seeds: NDArray[np.uint64] = np.zeros((len(calendar) + 1, worlds), dtype=np.uint64)
        self.slots: NDArray[np.int32] = np.zeros((len(calendar) + 1, worlds), dtype=np.int32)

    def mark(self, row: int, seed: int) -> None:
        """Note that in a month, counted from 1 (0 is before the first), every world has the luck of its own place."""
        self.seeds[row], self.slots[row] = seed, np.arange(self.slots.shape[1])

    def take(self, rows: Rows) -> None:
        """Let each world be as another one has come to be."""
        self.seeds, self.slots = self.seeds[:, rows], self.slots[:, rows]

    def mix(self, other: Lineage, where: NDArray[np.bool_]) -> None:
        """Let some worlds be those of another lineage."""
        self.seeds = np.where(where, other.seeds, self.seeds)
        self.slots = np.where(where, other.slots, self.slots)

    def fork(self, calendar: list[str]) -> Lineage:
        """The same so far, over months of which only those to come may be others."""
        other = Lineage(calendar, self.slots.shape[1])
        kept = min(len(self.slots), len(other.slots))
        other.seeds[:kept], other.slots[:kept] = self.seeds[:kept], self.slots[:kept]
        return other

    def jumps(self, world: int) -> list[Jump]:
        """What has to be kept of a world's path."""
        months = [self.calendar[0], *self.calendar]
        path = list(zip(months, self.seeds[:, world].tolist(), self.slots[:, world].tolist(), strict=True))
        kept = [path[0], *(now for before, now in pairwise(path) if now[1:] != before[1:])]
        return [Jump(*jump) for jump in kept]


class PathDraws(FixedDraws):
    """The luck of one world that came by a path.

    Parameters
    ----------
    jumps : list of Jump
        Its path; the first is where it started.
    constants : mapping of str to Array
        As of `FixedDraws`, shape (1,).
    """

    def __init__(self, jumps: list[Jump], constants: Mapping[str, Array]) -> None:
        first = jumps[0]
        super().__init__(first.seed, first.slot, first.slot + 1, constants)
        self._jumps = [(BEFORE, first), *((month_number(jump.month), jump) for jump in jumps[1:])]

    def bits(self, stream: str, month: int, kind: str) -> NDArray[np.unsignedinteger[Any]]:
        """See `Draws.bits`."""
        jump = [jump for since, jump in self._jumps if since <= month][-1]
        return Draws(jump.seed, jump.slot, jump.slot + 1).bits(stream, month, kind)
