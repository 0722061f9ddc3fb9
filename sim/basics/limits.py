"""How much can be asked for: worlds, seed and processes within bounds, each with its reason.

The bounds are checked before anything is imported or simulated that takes time.
"""

from __future__ import annotations

import math
import os
from typing import Any

from sim.basics.mistakes import count, shown

MOST_WORLDS = 10_000_000
"""Where the numbers of an ensemble no longer mean more: its standard errors are below 0.02 percentage points."""
MOST_JOBS = 256
"""More processes than this only wait for each other."""
LARGEST_SEED = 2**64 - 1
"""A seed is one 64-bit word of the key of the luck."""
BYTES_A_VALUE = 4
ROOM = 1.5
"""Memory that a run needs, as a multiple of the monthly paths: joining them, and asking questions of them."""
GIGABYTE = 1e9


class InputError(ValueError):
    """Something the user asked for that cannot be had; the message says what can."""


def check_ensemble(worlds: Any, seed: Any, jobs: Any = 1) -> None:
    """Hold the size of an ensemble to its bounds.

    Raises
    ------
    InputError
        If a number is not whole or out of bounds.
    """
    check_worlds(worlds)
    _whole("seed", seed, 0, LARGEST_SEED)
    _whole("jobs", jobs, 1, MOST_JOBS)


def check_worlds(worlds: Any) -> None:
    """Hold a number of worlds to its bounds.

    Raises
    ------
    InputError
        If it is not whole or out of bounds.
    """
    _whole("worlds", worlds, 1, MOST_WORLDS)


def check_power(name: str, value: int, low: int, high: int) -> None:
    """Hold a number to the powers of 2 between two of them.

    Raises
    ------
    InputError
        If it is none; the nearest one is named.
    """
    if not low <= value <= high or value & (value - 1):
        near = 1 << max(min(max(value, low), high).bit_length() - 1, 0)
        raise InputError(f"{name}: must be a power of 2 from {low} to {high:,}, such as {near:,}, got {value:,}")


def check_world(world: Any, worlds: int) -> None:
    """Hold the number of a world to those that were simulated.

    Raises
    ------
    InputError
        If there is no such world.
    """
    _whole("world", world, 0, worlds - 1)


def check_memory(worlds: int, doctrines: int, months: int, variables: int) -> None:
    """Refuse an ensemble that cannot fit into this machine's memory.

    Raises
    ------
    InputError
        If it needs more memory than there is.
    """
    need = ROOM * BYTES_A_VALUE * worlds * doctrines * months * variables
    have = memory()
    if have is not None and need > have:
        most = int(worlds * have / need)
        raise InputError(
            f"worlds: {worlds:,} worlds, {count(doctrines, 'doctrine')} and {count(months, 'month')} need about "
            f"{need / GIGABYTE:,.0f} GB of memory and this machine has {have / GIGABYTE:,.0f} GB; "
            f"at most about {_rounded(most):,} worlds fit"
        )


def memory() -> int | None:
    """Memory of this machine in bytes, where the system tells."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None


def _rounded(number: int) -> int:
    """A number of worlds down to two digits."""
    scale = 10 ** max(len(str(number)) - 2, 0)
    return int(number // scale * scale)


def check_strength(name: str, value: Any) -> None:
    """Hold how strongly something acts, such as a precision, to what a number can say.

    Raises
    ------
    InputError
        If it is negative or not finite.
    """
    if not 0.0 <= value < math.inf:
        raise InputError(f"{name}: must be a finite number, 0 or more, got {shown(value)}")


def _whole(name: str, value: Any, low: int, high: int) -> None:
    whole = hasattr(value, "__index__") and not isinstance(value, bool)
    if not whole or not low <= value <= high:
        most = f"{high:,}" if name != "seed" else "2**64 - 1"
        raise InputError(f"{name}: must be a whole number from {low} to {most}, got {shown(value)}")
