"""Everything that a run of the benchmark measures, in the order in which it is measured."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from bench import floor, machine, memory, peers, scaling, stages, throughput
from bench.sizes import Sizes


class Results(NamedTuple):
    """Tables by what they answer, and what they hold for."""

    machine: dict[str, str]
    sizes: Sizes
    throughput: pd.DataFrame
    stages: pd.DataFrame
    blocks: pd.DataFrame
    floor: pd.DataFrame
    peers: pd.DataFrame
    missing: list[str]
    scaling: pd.DataFrame
    memory: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables alone, by name."""
        return {name: value for name, value in self._asdict().items() if isinstance(value, pd.DataFrame)}

    def as_data(self) -> dict[str, Any]:
        """Everything as plain data, for JSON."""
        tables = {name: table.to_dict(orient="records") for name, table in self.tables().items()}
        return {**self._asdict(), "sizes": self.sizes._asdict(), **tables}


def measured(sizes: Sizes, say: Callable[[str], None]) -> Results:
    """Measure everything; `say` is told what comes next."""
    described = machine.described()
    say("worlds a second, by scenario")
    by_scenario = throughput.by_scenario(sizes)
    say("stages of the month")
    by_stage = stages.by_stage(sizes)
    say("worlds a second, by the size of a block")
    by_block = throughput.by_block(sizes)
    say("the floor under the model")
    floors = floor.floors(sizes)
    say("other runners")
    found, missing = peers.against_peers(sizes)
    say("more worlds, months and members")
    costs = scaling.scaling(sizes)
    say("memory")
    peaks = memory.by_worlds(sizes)
    return Results(described, sizes, by_scenario, by_stage, by_block, floors, found, missing, costs, peaks)
