"""Whether a decision is so near its threshold that another processor may take it the other way.

No list of the model's decisions is kept: one that was forgotten would hide a fault. Instead the luck is disturbed by
about as much as rounding disturbs it, a uniform's log-odds and a normal by `SIZE`. A world, or a table, that is not the
golden one was near a threshold if the model as it is now reaches the golden one under such a disturbance; a change of
the model's behaviour does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np

from sim.basics.arrays import Array, real
from sim.basics.draws import Draws, stream_key

SIZE = 2e-6
"""Some thirty times the rounding of single precision, and a fiftieth of the tolerance."""
TRIES = 6
"""Disturbances that are tried: each takes a decision within rounding of its threshold the other way in every second."""
MARGIN = 2.0**-24
"""How near to 0 and 1 a uniform may come."""


@contextmanager
def disturbed(number: int) -> Iterator[None]:
    """All draws are disturbed, one way for each number of a disturbance, world by world."""
    uniform, normal = Draws.uniform, Draws.normal

    def noise(draws: Draws, stream: str, month: int) -> Array:
        every = np.random.default_rng([number, stream_key(stream), month]).standard_normal(draws.stop)
        return real(SIZE * every[draws.start :])

    def uniformly(draws: Draws, stream: str, month: int) -> Array:
        u = uniform(draws, stream, month)
        return np.clip(u + u * (1.0 - u) * noise(draws, stream, month), real(MARGIN), real(1.0 - MARGIN))

    def normally(draws: Draws, stream: str, month: int) -> Array:
        return np.asarray(normal(draws, stream, month) + noise(draws, stream, month))

    with patch.object(Draws, "uniform", uniformly), patch.object(Draws, "normal", normally):
        yield
