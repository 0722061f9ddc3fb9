"""The floor under a month: its NumPy operations and its draws, with nothing else around them.

Operation by operation, in the model's order and at its sizes, into memory that is always the same: multiply-adds for
arithmetic, comparisons, choices, gathers and copies; the same function where the model calls an exponential, a root or
a distribution function. What the model adds to this is Python between the operations, memory asked for and given back,
and arrays that have left the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from itertools import cycle
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from bench.clock import Time, Work, quickest
from bench.counted import LOGICAL, Operation
from bench.operations import Count, Draw, count
from bench.sizes import Sizes
from bench.worlds import SEED, go_on, scenario
from sim.basics.draws import Draws
from sim.ensemble import opened

SCENARIOS = ("history", "outlook")
COSTLY = frozenset(
    {"arccos", "cos", "exp", "expm1", "log", "log1p", "log_ndtr", "ndtr", "ndtri", "power", "sin", "sqrt", "tanh"}
)
"""Functions that cost more than a multiplication and are called as themselves."""
LOW, HIGH = 0.25, 0.75
"""Between these every function of `COSTLY` is defined and its results are ordinary numbers."""
MODEL, OPERATIONS, LUCK = "model", "operations", "draws"
MICRO = 1e6

Call = tuple[Callable[..., Any], tuple[Any, ...]]


def replay(operations: Iterable[Operation]) -> Work:
    """Get the operations ready to be done over again, and nothing else."""
    done = list(operations)
    calls = _calls(done, max(operation.elements for operation in done))

    def again() -> None:
        for function, arguments in calls:
            function(*arguments)

    return again


def redraw(draws: Iterable[Draw], worlds: int) -> Work:
    """Get the draws ready to be drawn over again."""
    luck = Draws(SEED, 0, worlds)
    calls = [(getattr(luck, draw.method), draw.arguments) for draw in draws]

    def again() -> None:
        for method, arguments in calls:
            method(*arguments)

    return again


def against_the_model(name: str, sizes: Sizes) -> tuple[Count, dict[str, Time]]:
    """What a scenario's months consist of, and the time of the model, of its operations and of its draws."""
    config = scenario(name, sizes.months)
    counted = count(opened(config, SEED, 0, sizes.worlds))

    def model() -> Work:
        block = opened(config, SEED, 0, sizes.worlds)
        return lambda: go_on(block)

    operations, luck = replay(counted.operations), redraw(counted.draws, sizes.worlds)
    cases = {MODEL: model, OPERATIONS: lambda: operations, LUCK: lambda: luck}
    return counted, quickest(cases, sizes.repetitions)


def floors(sizes: Sizes) -> pd.DataFrame:
    """One row a scenario: what a month consists of, and the model's CPU time over the floor's."""
    return pd.DataFrame([_row(name, sizes) for name in SCENARIOS])


def _row(name: str, sizes: Sizes) -> dict[str, Any]:
    counted, times = against_the_model(name, sizes)
    worlds = sizes.worlds
    moves = worlds * counted.months / MICRO
    operations, draws = times[OPERATIONS].cpu, times[LUCK].cpu
    return {
        "scenario": name,
        "operations a month": len(counted.operations) / counted.months,
        "of which costly": sum(o.kind in COSTLY for o in counted.operations) / counted.months,
        "elements a world and month": sum(o.elements for o in counted.operations) / counted.months / worlds,
        "draws a month": len(counted.draws) / counted.months,
        "counted, %": 100.0 * counted.coverage,
        "floor: operations, µs": operations / moves,
        "floor: draws, µs": draws / moves,
        "model, µs": times[MODEL].cpu / moves,
        "model over floor": times[MODEL].cpu / (operations + draws),
    }


def _calls(operations: list[Operation], most: int) -> list[Call]:
    """Calls of NumPy that cost what the operations cost, on slices of the same few arrays."""
    rising = np.linspace(LOW, HIGH, most)
    buffers = {kind: (rising.astype(kind), rising[::-1].astype(kind), np.empty(most, kind)) for kind in "fd"}
    buffers["?"] = (rising > np.mean(rising), rising < np.mean(rising), np.empty(most, bool))

    @cache
    def arrays(kind: str, elements: int) -> tuple[Any, ...]:
        return tuple(array[:elements] for array in buffers[kind])

    multiply_add = cycle((np.multiply, np.add))
    calls: list[Call] = []
    for operation in operations:
        kind = "?" if operation.kind == LOGICAL else "f" if operation.single else "d"
        function = np.logical_and if kind == "?" else _costly(operation.kind) or next(multiply_add)
        first, second, out = arrays(kind, operation.elements)
        calls.append((function, (first, out) if function.nin == 1 else (first, second, out)))
    return calls


def _costly(kind: str) -> Any:
    if kind not in COSTLY:
        return None
    return getattr(np, kind, None) or getattr(special, kind)
