"""The same worlds under two doctrines, and what differs between them, world by world."""

from typing import Any, NamedTuple

import numpy as np
import xarray as xr

from sim.ensemble import Ensemble, simulate
from sim.scenario import Crisis, Scenario

WORLDS = 500
SURE = 4.0
"""Standard errors beyond which a difference is called one."""
MATTERS = 0.05
"""Five of 100 worlds: a change of a share of worlds under which it is of no account."""


class Effect(NamedTuple):
    """A mean difference over worlds, and its standard error; the worlds are paired."""

    mean: float
    error: float

    def rises(self) -> bool:
        return self.mean > SURE * self.error

    def falls(self) -> bool:
        return self.mean < -SURE * self.error

    def is_nothing(self) -> bool:
        return abs(self.mean) <= SURE * self.error

    def is_within(self, size: float) -> bool:
        """Whether it is surely smaller than a size, either way: that takes as much precision as to find one."""
        return abs(self.mean) + SURE * self.error < size


def effect(one: xr.DataArray, other: xr.DataArray) -> Effect:
    """What `one` has over `other`, world by world, over those worlds that have both."""
    found = np.asarray(one.to_numpy() - other.to_numpy(), dtype=float)
    found = found[np.isfinite(found)]
    return Effect(float(found.mean()), float(found.std() / np.sqrt(found.size)))


def difference(one: Effect, other: Effect) -> Effect:
    """How far two effects differ, taken as independent (they are not, which makes this cautious)."""
    return Effect(one.mean - other.mean, float(np.hypot(one.error, other.error)))


def together(worlds: int = WORLDS, **scenarios: Scenario) -> xr.Dataset:
    """Scenarios in the same worlds, by label; the whole-world variables `signed`, `holds` and `kept` are added.

    A peace that broke may be followed by another, which then holds: `kept` says that none ever broke.
    """
    found = simulate(scenarios, Ensemble(worlds=worlds))
    found["signed"] = found["settlement_month"].notnull() * 1.0
    found["holds"] = found["settled"].isel(month=-1)
    found["kept"] = (found["breaks"] == 0.0) * 1.0
    return found


def contrast(found: xr.Dataset, variable: str, one: str, other: str, months: slice = slice(None)) -> Effect:
    """The effect of one label over another on a variable, averaged over months where it has them."""
    values = found[variable]
    if "month" in values.dims:
        values = values.sel(month=months).mean("month")
    return effect(values.sel(doctrine=one), values.sel(doctrine=other))


def turned(
    here: xr.Dataset, there: xr.Dataset, variable: str, one: str, other: str, months: slice = slice(None)
) -> Effect:
    """By how much the effect of one label over another is more here than there, in the same worlds."""
    effects = []
    for found in (here, there):
        values = found[variable].sel(month=months).mean("month") if "month" in found[variable].dims else found[variable]
        effects.append(values.sel(doctrine=one) - values.sel(doctrine=other))
    return effect(*effects)


def dials(scenario: Scenario, **changes: Any) -> Scenario:
    """The same scenario with other dials in Washington from the first month on."""
    return scenario.with_doctrine("us", changes, since=scenario.start)


def with_crisis(scenario: Scenario, month: str, theatre: str, size: float = 2.0) -> Scenario:
    """The same scenario with a crisis in another theatre."""
    crisis = Crisis(month=month, kind="crisis", theatre=theatre, size=size)
    events = tuple(sorted([*scenario.events, crisis], key=lambda event: event.month))
    return Scenario.model_validate({**dict(scenario), "events": events})
