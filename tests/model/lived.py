"""A range of worlds lived through: everything that is recorded of it, by name."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.ensemble import Task, run_block
from sim.scenario import Initial, Scenario, Settlement

Record = dict[str, NDArray[np.floating]]


def lived(scenario: Scenario, start: int = 0, stop: int = 8, seed: int = 1) -> Record:
    """Every recorded variable of the worlds `start` to `stop` - 1; worlds come first, months second."""
    block = run_block(Task("any", scenario, seed, start, stop))
    members = {f"contributions of {member}": gifts for member, gifts in block.members.items()}
    return {**block.paths, **block.outcomes, **members}


def cut(record: Record, worlds: slice = slice(None), months: int | None = None) -> Record:
    """Some of the worlds, and if `months` is given the paths alone, that far."""
    if months is None:
        return {name: values[worlds] for name, values in record.items()}
    return {name: values[worlds, :months] for name, values in record.items() if values.ndim > 1}


def differing(one: Record, other: Record) -> list[str]:
    """Names of the variables that are not the same, bit for bit."""
    assert one.keys() == other.keys()
    return [name for name in one if not np.array_equal(one[name], other[name], equal_nan=True)]


def state(**changes: Any) -> Initial:
    """A state of the world before the first month; a `settlement` is given as a table."""
    if isinstance(changes.get("settlement"), dict):
        changes["settlement"] = Settlement(**changes["settlement"])
    return Initial(**changes)


def with_initial(scenario: Scenario, **changes: Any) -> Scenario:
    """The same scenario from another state of the world."""
    return Scenario.model_validate({**dict(scenario), "initial": state(**{**dict(scenario.initial), **changes})})
