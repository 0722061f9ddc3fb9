"""How much is measured: the page's own sizes, and a quick look at the same things."""

from __future__ import annotations

from typing import NamedTuple

from sim.ensemble import BLOCK


class Sizes(NamedTuple):
    """Worlds, months and repetitions of every measurement."""

    repetitions: int
    """Alternating repetitions of which the quickest counts."""
    worlds: int
    """Worlds in the block that is timed by scenario and by stage, and against the floor."""
    months: int | None
    """Horizon of every scenario that is not varied; the scenario's own if None."""
    blocks: tuple[int, ...]
    """Worlds a block, one after another."""
    worlds_in_blocks: int
    """Worlds run in each of those sizes, in as many blocks as it takes."""
    peer_worlds: int
    """Worlds that a peer runs, one a run."""
    ensembles: tuple[int, ...]
    """Numbers of worlds over which the cost of one is compared."""
    horizons: tuple[int, ...]
    """Numbers of months."""
    copies: tuple[int, ...]
    """How many times Europe's members are repeated."""
    scaling_worlds: int
    """Worlds in which months and members are varied."""
    memory: tuple[int, ...]
    """Worlds of the command whose memory is measured; none leaves it out."""


QUICK = Sizes(
    repetitions=2,
    worlds=256,
    months=6,
    blocks=(64, 256),
    worlds_in_blocks=256,
    peer_worlds=2,
    ensembles=(128, 512),
    horizons=(3, 6),
    copies=(1, 2),
    scaling_worlds=128,
    memory=(100,),
)
"""Seconds instead of minutes: shows that everything can still be measured; its numbers mean little."""

PAGE = Sizes(
    repetitions=5,
    worlds=BLOCK,
    months=None,
    blocks=(256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536),
    worlds_in_blocks=BLOCK,
    peer_worlds=20,
    ensembles=(1000, 10_000, 100_000),
    horizons=(12, 36, 60, 120),
    copies=(1, 2, 4),
    scaling_worlds=2048,
    memory=(1000, 10_000, 100_000),
)
"""What docs/performance.md reports."""

FULL = PAGE._replace(memory=(*PAGE.memory, 1_000_000))
"""The same, and the memory of a million worlds."""
