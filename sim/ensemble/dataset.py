"""The Dataset of an ensemble: labelled, with units; the one thing that questions and figures take.

Dims are (doctrine, world, month); `member` for the Europeans. One row a world are `outcome` (integers, their
meanings in the attributes), the month and terms of a settlement (missing where there was none), and totals of money.

Classes are integers, with their names in the attributes by the rule of the CF conventions: `flag_values` are of the
variable's own type, and `flag_meanings` is one text, a word a value, blanks between the words. So a name of several
words stands there with underscores, `fragile_settlement`, and everywhere else without them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import xarray as xr

    from sim.ensemble.recorder import Block
    from sim.ensemble.runner import Task
    from sim.scenario import Scenario

PATH_DIMS = ("doctrine", "world", "month")
WORLD_DIMS = ("doctrine", "world")

EVENTS = {
    "settlement": "Month of the last settlement, missing where none",
    "relapse": "Month in which the last settlement broke, missing where it did not",
    "truce": "Month of the last truce, missing where none",
    "truce_end": "Month in which the last truce broke or made way for a settlement, missing where it did not",
}
WORLD_VARIABLES = {
    "settlement_offset": ("share of Ukraine", "Line of the settlement beyond the front (+ to Russia)"),
    "settlement_guarantee": ("level 0 to 4", "Guarantee to Ukraine"),
    "settlement_relief": ("0 to 1", "Share of sanctions lifted"),
    "truce_guarantee": ("level 0 or 1", "Guarantee of the last truce"),
    "settlements": ("settlements", "Settlements signed, all of them"),
    "breaks": ("settlements", "Settlements that broke, all of them"),
    "truces": ("truces", "Truces agreed, all of them"),
    "truce_breaks": ("truces", "Truces that broke, all of them"),
    "us_total": ("EUR bn", "American allocations over the horizon"),
    "europe_total": ("EUR bn", "European contributions over the horizon"),
}


TOTALS = {"us_total": "us_allocation", "europe_total": "europe_contribution"}
"""Which monthly path each total adds up."""
Variables = dict[str, tuple[tuple[str, ...], Any, dict[str, Any]]]
"""By name: dims, values, attributes."""
VALUES, MEANINGS = "flag_values", "flag_meanings"
FORMERLY = ", "
"""What stood between the names before they followed the rule, which results of then still have."""


def assemble(
    scenarios: Mapping[str, Scenario],
    blocks: Iterable[tuple[Task, Block]],
    worlds: int,
    seed: int,
    first: int = 0,
    as_recorded: bool = False,
) -> xr.Dataset:
    """Join blocks, in whatever order they come, into one Dataset of so many worlds from world `first` on.

    All variables are handed over at once: one at a time, xarray compares each with all that are there already. Monthly
    paths lie in memory world after world, or `as_recorded` month after month, where what follows goes through them by
    month and no time shall be lost on another order.
    """
    import xarray as xr

    scenario = next(iter(scenarios.values()))
    months = np.array(scenario.calendar, dtype="datetime64[M]")
    joined = _joined(list(scenarios), blocks, worlds, first, as_recorded)
    coords = {
        "doctrine": list(scenarios),
        "world": np.arange(first, first + worlds),
        "month": months.astype("datetime64[ns]"),
        "member": list(joined["members"]),
    }
    paths, outcomes = joined["paths"], joined["outcomes"]
    for total, name in TOTALS.items():
        outcomes[total] = paths[name].sum(axis=-1, dtype=np.float64)
    variables = (
        _paths(paths) | _outcome(outcomes) | _events(outcomes, months) | _terms(outcomes) | _members(joined["members"])
    )
    return xr.Dataset(variables, coords, _attributes(scenarios, seed))


def block_paths(task: Task, block: Block) -> xr.Dataset:
    """The monthly paths of one block, as a Dataset of one doctrine, with months and terms of its settlements."""
    import xarray as xr

    months = np.array(task.scenario.calendar, dtype="datetime64[M]")
    coords = {
        "doctrine": [task.doctrine],
        "world": np.arange(task.start, task.stop),
        "month": months.astype("datetime64[ns]"),
    }
    paths, outcomes = (
        {name: values[np.newaxis] for name, values in arrays.items()} for arrays in (block.paths, block.outcomes)
    )
    return xr.Dataset(_paths(paths) | _events(outcomes, months) | _terms(outcomes), coords)


def _joined(
    labels: list[str], blocks: Iterable[tuple[Task, Block]], worlds: int, first: int, as_recorded: bool
) -> dict[str, dict[str, Any]]:
    """Arrays by part and name, doctrines first; filled block by block, so that nothing is held in memory twice."""
    whole: dict[str, dict[str, Any]] = {}
    for task, block in blocks:
        place = (labels.index(task.doctrine), slice(task.start - first, task.stop - first))
        for part, arrays in block._asdict().items():
            if as_recorded and len(labels) == 1 and task.stop - task.start == worlds:  # this block is all of it
                whole[part] = {name: values[np.newaxis] for name, values in arrays.items()}
                continue
            if part not in whole:
                rooms = _rooms_as_recorded if as_recorded and part == "paths" else _rooms
                whole[part] = rooms(arrays, len(labels), worlds)
            for name, values in arrays.items():
                whole[part][name][place] = values
    return whole


def _rooms(arrays: Mapping[str, Any], doctrines: int, worlds: int) -> dict[str, Any]:
    """Arrays to fill, of dims (doctrine, world, ...), each by itself: one that somebody keeps keeps no other."""
    return {name: np.empty((doctrines, worlds, *a.shape[1:]), a.dtype) for name, a in arrays.items()}


def _rooms_as_recorded(paths: Mapping[str, Any], doctrines: int, worlds: int) -> dict[str, Any]:
    """The same for monthly paths, in one array, in which the worlds of a month are next to each other."""
    a = next(iter(paths.values()), np.empty((0, 0)))
    rooms = np.empty((len(paths), doctrines, a.shape[1], worlds), a.dtype)
    return dict(zip(paths, rooms.swapaxes(2, 3), strict=True))


def _paths(paths: Mapping[str, Any]) -> Variables:
    from sim.actors.variables import MONTHLY

    return {name: (PATH_DIMS, path, _named(MONTHLY[name].unit, MONTHLY[name].label)) for name, path in paths.items()}


def _outcome(outcomes: Mapping[str, Any]) -> Variables:
    from sim.world.settlement import OUTCOME_NAMES

    meaning = {
        "long_name": "How the world stands at the end",
        "units": "class",
        **flags(OUTCOME_NAMES, np.int8),
    }
    return {"outcome": (WORLD_DIMS, outcomes["outcome"].astype(np.int8), meaning)}


def _events(outcomes: Mapping[str, Any], months: Any) -> Variables:
    """The months in which settlements were signed and broken."""
    return {
        f"{event}_month": (WORLD_DIMS, _dates(outcomes[f"{event}_step"], months), {"long_name": label})
        for event, label in EVENTS.items()
        if f"{event}_step" in outcomes
    }


def _terms(outcomes: Mapping[str, Any]) -> Variables:
    """The terms of settlements, and totals where they were made."""
    return {
        name: (WORLD_DIMS, outcomes[name], _named(unit, label))
        for name, (unit, label) in WORLD_VARIABLES.items()
        if name in outcomes
    }


def _members(members: Mapping[str, Any]) -> Variables:
    about = _named("EUR bn", "Contributions by member over the horizon")
    return {"europe_by_member": ((*WORLD_DIMS, "member"), np.stack(list(members.values()), axis=-1), about)}


def _named(unit: str, label: str) -> dict[str, str]:
    return {"units": unit, "long_name": label}


def _dates(steps: Any, months: Any) -> Any:
    """Month of each step; the month before the first for -1, NaT for NaN."""
    missing = np.isnan(steps)
    offsets = np.where(missing, 0, steps).astype("timedelta64[M]")
    dates = (months[0] + offsets).astype("datetime64[ns]")
    return np.where(missing, np.datetime64("NaT", "ns"), dates)


def _attributes(scenarios: Mapping[str, Scenario], seed: int) -> dict[str, Any]:
    """What is said of the whole, in texts: netCDF 3, which all can read, has no lists of them and no long number."""
    scenario = next(iter(scenarios.values()))
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "question": scenario.question,
        "seed": str(seed),
        "parameter_sets": scenario.parameter_sets,
        "digests": as_text(s.digest for s in scenarios.values()),
    }


def as_text(texts: Iterable[str]) -> str:
    """Several texts as the one that an attribute can be.

    >>> as_text(["architectural", "a, b"])
    '["architectural", "a, b"]'
    """
    return json.dumps(list(texts), ensure_ascii=False)


def from_text(text: str) -> list[str]:
    """The texts that `as_text` put together."""
    return [str(part) for part in json.loads(text)]


# ---- classes and their names


def flags(names: Mapping[Any, str], dtype: Any) -> dict[str, Any]:
    """The attributes that name the classes of a variable of this type.

    >>> flags({0: "war", 1: "fragile settlement"}, np.int8)
    {'flag_values': array([0, 1], dtype=int8), 'flag_meanings': 'war fragile_settlement'}
    """
    return {
        VALUES: np.array([int(value) for value in names], dtype=dtype),
        MEANINGS: " ".join(name.replace(" ", "_") for name in names.values()),
    }


def class_names(values: xr.DataArray) -> dict[int, str]:
    """Names of the classes of a variable, by value."""
    return named(values.attrs)


def named(attrs: Mapping[Any, Any]) -> dict[int, str]:
    """Names of classes from the attributes, by value.

    >>> named({"flag_values": [0, 1], "flag_meanings": "war fragile_settlement"})
    {0: 'war', 1: 'fragile settlement'}
    """
    text = str(attrs[MEANINGS])
    words = text.split(FORMERLY) if FORMERLY in text else [word.replace("_", " ") for word in text.split()]
    return dict(zip(map(int, attrs[VALUES]), words, strict=True))


def as_written(attrs: Mapping[Any, Any]) -> dict[str, Any]:
    """Attributes as JSON has them: numbers as a list."""
    return {str(key): value.tolist() if isinstance(value, np.ndarray) else value for key, value in attrs.items()}


def as_read(attrs: Mapping[str, Any], dtype: Any) -> dict[str, Any]:
    """What `as_written` wrote of a variable of this type, by the rule even if it was written before there was one."""
    return {**attrs, **flags(named(attrs), dtype)} if MEANINGS in attrs else dict(attrs)
