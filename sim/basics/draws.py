"""Common random numbers, by name: a draw is a function of (seed, stream, month, world) and of nothing else.

The doctrine is not part of the address, so two doctrines are compared in the same worlds by construction, and world
17 has the same luck alone, in any batch, chunk, horizon or process. A new stream does not shift the others.

Philox (Salmon et al. 2011) is a random function of a key and a counter, in blocks of 32 bytes. The key is
(seed, hash of the stream's name); the counter is (block, month, 0, 0). A world has 2 bytes of its own for a normal and
4 for any other draw, so that 16 or 8 worlds share a block.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.basics.arrays import Array, real
from sim.basics.normal import ndtri

WORDS, BYTES = 4, 32
"""Words and bytes that Philox gives per counter."""
PARTS = 2**16
"""Parts of the normal distribution, as many as 2 bytes can tell apart."""


def _means_of_parts() -> Array:
    """The means of `PARTS` equally likely parts of the normal distribution, in order, scaled to variance 1."""
    ends = ndtri(np.linspace(0.0, 1.0, PARTS + 1))
    means: Array = -np.diff(np.exp(-0.5 * ends**2))
    return real(means / means.std())


NORMAL = _means_of_parts()
"""A normal draw is one of these, each as likely as any other: several times as quick as the inverse distribution
function of a uniform. Chances are right to 1e-5; nothing lies beyond 4.4 standard deviations."""


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
        self._philox = np.random.Philox(0)
        self._state: Any = self._philox.state

    def bits(self, stream: str, month: int, kind: str) -> NDArray[np.unsignedinteger[Any]]:
        """Random whole numbers of all values that an unsigned integer of this `kind` has, one a world, shape (W,)."""
        worlds = BYTES // np.dtype(kind).itemsize
        first, last = self.start // worlds, (self.stop - 1) // worlds + 1
        key = np.array([self.seed, stream_key(stream)], dtype=np.uint64)
        counter = np.array([first, month, 0, 0], dtype=np.uint64)
        state: Any = {**self._state, "state": {"counter": counter, "key": key}}
        self._philox.state = state  # a new one each time would take longer than what is drawn
        words = self._philox.random_raw(WORDS * (last - first))
        offset = self.start - first * worlds
        return words.astype("<u8", copy=False).view(kind)[offset : offset + self.stop - self.start]

    def uniform(self, stream: str, month: int) -> Array:
        """Uniforms on (0, 1), in the middles of 2**23 equal parts of it, one a world, shape (W,).

        More parts would put 1 among them: single precision has 24 bits.
        """
        numbers = real(self.bits(stream, month, "<u4") >> 9)
        numbers += 0.5
        numbers *= 2.0**-23
        return numbers

    def part(self, stream: str, month: int) -> NDArray[np.unsignedinteger[Any]]:
        """Which of `PARTS` equally likely parts of a distribution, one a world, shape (W,): for whoever has a table."""
        return self.bits(stream, month, "<u2")

    def normal(self, stream: str, month: int) -> Array:
        """Standard normals, shape (W,)."""
        return real(NORMAL.take(self.part(stream, month)))

    def exponential(self, stream: str, month: int) -> Array:
        """Exponentials of mean 1, shape (W,)."""
        u = self.uniform(stream, month)
        return np.negative(np.log(u, out=u), out=u)

    def heavy_tailed(self, stream: str, month: int) -> Array:
        """Student's t with 4 degrees of freedom scaled to variance 1, shape (W,); its quantiles are closed-form.

        With s = t / sqrt(4 + t^2) the distribution function is 1/2 + 3/4 (s - s^3 / 3): a cubic with a sine for a root.
        """
        s = 2.0 * np.sin(np.arcsin(2.0 * self.uniform(stream, month) - 1.0) / 3.0)
        return np.asarray(2.0**0.5 * s / np.sqrt((1.0 - s) * (1.0 + s)))


class Repeated(Draws):
    """The luck of so many worlds over and over: world w has that of world w modulo `lucks`.

    So parameter sets that follow each other in one block meet the same luck, and differ by nothing else.

    >>> repeated = Repeated(1, 2, 6, lucks=2).bits("front", 0, "<u4")
    >>> bool((repeated[:2] == repeated[2:]).all()), bool((repeated[:2] == Draws(1, 0, 2).bits("front", 0, "<u4")).all())
    (True, True)
    """

    def __init__(self, seed: int, start: int, stop: int, lucks: int) -> None:
        super().__init__(seed, start, stop)
        self._once, self._place = Draws(seed, 0, lucks), np.arange(start, stop) % lucks

    def bits(self, stream: str, month: int, kind: str) -> NDArray[np.unsignedinteger[Any]]:
        """See `Draws.bits`."""
        return self._once.bits(stream, month, kind)[self._place]
