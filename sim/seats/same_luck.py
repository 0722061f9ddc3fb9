"""One world many times over: the same luck in every copy, so that copies differ in what is ordered alone."""

from __future__ import annotations

import numpy as np

from sim.arrays import Array
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

    def uniform(self, stream: str, month: int) -> Array:
        """The world's uniform on (0, 1), once a copy, shape (copies,)."""
        return np.repeat(self._one.uniform(stream, month), self.stop - self.start)
