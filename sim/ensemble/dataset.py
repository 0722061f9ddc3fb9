"""The Dataset of an ensemble: labelled, with units; the one thing that questions and figures take.

Dims are (doctrine, world, month); `member` for the Europeans. One row a world are `outcome` (integers, their
meanings in the attributes), the month and terms of a settlement (missing where there was none), and totals of money.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import xarray as xr

    from sim.ensemble import Block, Task
    from sim.scenario import Scenario

PATH_DIMS = ("doctrine", "world", "month")
WORLD_DIMS = ("doctrine", "world")

WORLD_VARIABLES = {
    "settlement_offset": ("share of Ukraine", "Line of the settlement beyond the front (+ to Russia)"),
    "settlement_guarantee": ("level 0 to 4", "Guarantee to Ukraine"),
    "settlement_relief": ("0 to 1", "Share of sanctions lifted"),
    "us_total": ("EUR bn", "American allocations over the horizon"),
    "europe_total": ("EUR bn", "European contributions over the horizon"),
}


def assemble(
    scenarios: Mapping[str, Scenario], blocks: Iterable[tuple[Task, Block]], worlds: int, seed: int, first: int = 0
) -> xr.Dataset:
    """Join blocks, in whatever order they come, into one Dataset of so many worlds from world `first` on."""
    import xarray as xr

    scenario = next(iter(scenarios.values()))
    months = np.array(scenario.calendar, dtype="datetime64[M]")
    joined = _joined(list(scenarios), blocks, worlds, first)
    coords = {
        "doctrine": list(scenarios),
        "world": np.arange(first, first + worlds),
        "month": months.astype("datetime64[ns]"),
        "member": list(joined["members"]),
    }
    dataset = xr.Dataset(coords=coords)
    _add_paths(dataset, joined["paths"])
    _add_outcomes(dataset, joined["outcomes"], months)
    _add_members(dataset, joined["members"])
    dataset.attrs = _attributes(scenarios, seed)
    return dataset


def block_paths(task: Task, block: Block) -> xr.Dataset:
    """The monthly paths of one block, as a Dataset of one doctrine, with the terms of its settlements."""
    import xarray as xr

    months = np.array(task.scenario.calendar, dtype="datetime64[M]").astype("datetime64[ns]")
    coords = {"doctrine": [task.doctrine], "world": np.arange(task.start, task.stop), "month": months}
    dataset = xr.Dataset(coords=coords)
    _add_paths(dataset, {name: path[np.newaxis] for name, path in block.paths.items()})
    for name, (unit, label) in WORLD_VARIABLES.items():
        if name in block.outcomes:
            values = block.outcomes[name][np.newaxis]
            dataset[name] = (WORLD_DIMS, values, {"units": unit, "long_name": label})
    return dataset


def _joined(
    labels: list[str], blocks: Iterable[tuple[Task, Block]], worlds: int, first: int
) -> dict[str, dict[str, Any]]:
    """Arrays by part and name, doctrines first; filled block by block, so that nothing is held in memory twice."""
    whole: dict[str, dict[str, Any]] = {}
    for task, block in blocks:
        place = (labels.index(task.doctrine), slice(task.start - first, task.stop - first))
        for part, arrays in block._asdict().items():
            kept = whole.setdefault(part, {})
            for name, values in arrays.items():
                if name not in kept:
                    kept[name] = np.empty((len(labels), worlds, *values.shape[1:]), values.dtype)
                kept[name][place] = values
    return whole


def _add_paths(dataset: xr.Dataset, paths: dict[str, Any]) -> None:
    from sim.ensemble.recorder import MONTHLY

    for name, path in paths.items():
        variable = MONTHLY[name]
        dataset[name] = (PATH_DIMS, path, {"units": variable.unit, "long_name": variable.label})


def _add_outcomes(dataset: xr.Dataset, outcomes: dict[str, Any], months: Any) -> None:
    from sim.world.settlement import OUTCOME_NAMES

    meaning = {
        "long_name": "How the world stands at the end",
        "units": "class",
        "flag_values": [int(value) for value in OUTCOME_NAMES],
        "flag_meanings": ", ".join(OUTCOME_NAMES.values()),
    }
    dataset["outcome"] = (WORLD_DIMS, outcomes.pop("outcome").astype(np.int8), meaning)
    for event in ("settlement", "relapse"):
        dates = _dates(outcomes.pop(f"{event}_step"), months)
        dataset[f"{event}_month"] = (
            WORLD_DIMS,
            dates,
            {"long_name": f"Month of the {event}, missing where none"},
        )
    outcomes["us_total"] = dataset["us_allocation"].sum("month", dtype=np.float64).values
    outcomes["europe_total"] = dataset["europe_contribution"].sum("month", dtype=np.float64).values
    for name, values in outcomes.items():
        unit, label = WORLD_VARIABLES[name]
        dataset[name] = (WORLD_DIMS, values, {"units": unit, "long_name": label})


def _add_members(dataset: xr.Dataset, members: dict[str, Any]) -> None:
    dataset["europe_by_member"] = (
        (*WORLD_DIMS, "member"),
        np.stack(list(members.values()), axis=-1),
        {"units": "EUR bn", "long_name": "Contributions by member over the horizon"},
    )


def _dates(steps: Any, months: Any) -> Any:
    """Month of each step; the month before the first for -1, NaT for NaN."""
    missing = np.isnan(steps)
    offsets = np.where(missing, 0, steps).astype("timedelta64[M]")
    dates = (months[0] + offsets).astype("datetime64[ns]")
    return np.where(missing, np.datetime64("NaT", "ns"), dates)


def _attributes(scenarios: Mapping[str, Scenario], seed: int) -> dict[str, Any]:
    scenario = next(iter(scenarios.values()))
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "question": scenario.question,
        "seed": seed,
        "parameter_sets": scenario.parameter_sets,
        "digests": [s.digest for s in scenarios.values()],
    }
