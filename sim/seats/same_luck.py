"""One world many times over: the same luck in every copy, so that copies differ in what is ordered alone."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.draws import Draws


class SameLuck(Draws):
    """The luck of one world, in so many copies; parameters drawn by the world's address repeat with it.

    Parameters
    ----------
    seed, world : int
        Which luck.
    copies : int
        How many worlds share it.
    """

    def __init__(self, seed: int, world: int, copies: int) -> None:
        super().__init__(seed, world, world + copies)
        self._one = Draws(seed, world, world + 1)

    def bits(self, stream: str, month: int, kind: str) -> NDArray[np.unsignedinteger[Any]]:
        """The world's random whole number, once a copy, shape (copies,)."""
        return np.repeat(self._one.bits(stream, month, kind), self.stop - self.start)
