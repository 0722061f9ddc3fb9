"""The Dataset of an ensemble: labelled, with units; the one thing that questions and figures take.

Dims are (doctrine, world, month); `member` for the Europeans. One row a world are `outcome` (integers, their
meanings in the attributes), the month and terms of a settlement (missing where there was none), and totals of money.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    scenarios: Mapping[str, Scenario], tasks: list[Task], blocks: list[Block], worlds: int, seed: int
) -> xr.Dataset:
    """Join blocks into one Dataset."""
    import xarray as xr

    scenario = next(iter(scenarios.values()))
    months = np.array(scenario.calendar, dtype="datetime64[M]")
    coords = {
        "doctrine": list(scenarios),
        "world": np.arange(worlds),
        "month": months.astype("datetime64[ns]"),
        "member": list(blocks[0].members),
    }
    joined = [_join(label, tasks, blocks) for label in scenarios]
    dataset = xr.Dataset(coords=coords)
    _add_paths(dataset, joined)
    _add_outcomes(dataset, joined, months)
    dataset.attrs = _attributes(scenarios, seed)
    return dataset


def _join(label: str, tasks: list[Task], blocks: list[Block]) -> dict[str, dict[str, Any]]:
    """Blocks of one doctrine, end to end."""
    mine = [block for task, block in zip(tasks, blocks, strict=True) if task.doctrine == label]
    return {
        part: {name: np.concatenate([getattr(b, part)[name] for b in mine]) for name in getattr(mine[0], part)}
        for part in ("paths", "outcomes", "members")
    }


def _add_paths(dataset: xr.Dataset, joined: list[dict[str, dict[str, Any]]]) -> None:
    from sim.recorder import MONTHLY

    for name, variable in MONTHLY.items():
        values = np.stack([doctrine["paths"][name] for doctrine in joined])
        dataset[name] = (PATH_DIMS, values, {"units": variable.unit, "long_name": variable.label})


def _add_outcomes(dataset: xr.Dataset, joined: list[dict[str, dict[str, Any]]], months: Any) -> None:
    from sim.world.settlement import OUTCOME_NAMES

    outcomes = {name: np.stack([d["outcomes"][name] for d in joined]) for name in joined[0]["outcomes"]}
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
    by_member = np.stack([np.stack(list(d["members"].values()), axis=1) for d in joined])
    dataset["europe_by_member"] = (
        (*WORLD_DIMS, "member"),
        by_member,
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
        "digests": [s.digest for s in scenarios.values()],
    }
