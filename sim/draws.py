"""Common random numbers, by name: a draw is a function of (seed, stream, month, world) and of nothing else.

The doctrine is not part of the address, so two doctrines are compared in the same worlds by construction, and world
17 has the same luck alone, in any batch, chunk, horizon or process. A new stream does not shift the others.

Philox (Salmon et al. 2011) is a random function of a key and a counter, in blocks of four words. The key is
(seed, hash of the stream's name); the counter is (world // 4, month, 0, 0).
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

import numpy as np
from scipy.special import ndtri

from sim.arrays import Array

WORDS = 4
"""Words that Philox gives per counter."""
TINY = 2.0**-54
"""Smallest uniform handed to an inverse distribution function, so that none of them is infinite."""


@lru_cache(maxsize=1024)
def stream_key(stream: str) -> int:
    """64-bit key of a stream's name."""
    return int.from_bytes(hashlib.blake2b(stream.encode(), digest_size=8).digest(), "little")


class Draws:
    """The luck of worlds `start` to `stop` - 1.

    Parameters
    ----------
    seed : int
        Seed of the experiment, 0 to 2**64 - 1.
    start, stop : int
        Range of worlds.
    """

    def __init__(self, seed: int, start: int, stop: int) -> None:
        if not 0 <= start < stop:
            raise ValueError(f"worlds must be a range such as 0 to 1000, got {start} to {stop}")
        if not 0 <= seed < 2**64:
            raise ValueError(f"seed must be a whole number from 0 to 2**64 - 1, got {seed}")
        self.seed, self.start, self.stop = int(seed), int(start), int(stop)

    def uniform(self, stream: str, month: int) -> Array:
        """Uniforms on (0, 1), one a world, shape (W,)."""
        first, last = self.start // WORDS, (self.stop - 1) // WORDS + 1
        key = np.array([self.seed, stream_key(stream)], dtype=np.uint64)
        counter = np.array([first, month, 0, 0], dtype=np.uint64)
        numbers = np.random.Generator(np.random.Philox(key=key, counter=counter)).random(WORDS * (last - first))
        offset = self.start - first * WORDS
        numbers = numbers[offset : offset + self.stop - self.start]
        return np.maximum(numbers, TINY, out=numbers)

    def normal(self, stream: str, month: int) -> Array:
        """Standard normals, shape (W,)."""
        u = self.uniform(stream, month)
        return np.asarray(ndtri(u, out=u))

    def exponential(self, stream: str, month: int) -> Array:
        """Exponentials of mean 1, shape (W,)."""
        u = self.uniform(stream, month)
        return np.negative(np.log(u, out=u), out=u)

    def heavy_tailed(self, stream: str, month: int) -> Array:
        """Student's t with 4 degrees of freedom scaled to variance 1, shape (W,); its quantiles are closed-form."""
        u = self.uniform(stream, month)
        root = np.sqrt(np.maximum(4.0 * u * (1.0 - u), TINY))
        size = np.sqrt(np.maximum(np.cos(np.arccos(root) / 3.0) / root - 1.0, 0.0))
        return np.asarray(np.sign(u - 0.5) * size * np.sqrt(2.0))
