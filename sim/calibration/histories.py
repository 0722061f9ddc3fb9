"""Simulated histories with parameters from the prior or a posterior, and the observed one in the same form."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, NamedTuple

import numpy as np

from sim.arrays import Array, full, real
from sim.calibration.priors import PRIORS, drawn
from sim.calibration.statistics import STATISTICS, Paths, summarise
from sim.scenario import Scenario, load
from sim.world.votes import HOUSE_MAJORITY

LAST_OBSERVED = "2025-08"
SCENARIO = "history"
BLOCK = 8192
Tick = Callable[[int], None]
AID_BILL = "standalone_ukraine"
MEETINGS = ("talks", "call", "summit")
"""Categories of events that count as talks."""
KEPT = {"us": "united_states.allocation", "europe": "europe.contribution", "line": "line"}
KEPT |= {"talks": "mediator.talks", "settled": "mediator.settled", "loans": "united_states.instrument"}
KEPT |= {"voted": "congress.voted", "passed": "congress.passed", "house_ayes": "congress.house_ayes"}


class Histories(NamedTuple):
    """A reference table, one history a row.

    quantiles : where each free parameter lies in its prior, (W, free). statistics : (W, statistics).
    us, europe, line : monthly paths, (W, months). All in the precision of the worlds: they are millions.
    """

    quantiles: Array
    statistics: Array
    us: Array
    europe: Array
    line: Array


def scenario(last: str = LAST_OBSERVED) -> Scenario:
    """The history up to a month."""
    history = load(SCENARIO)
    return history.with_horizon(history.calendar.index(last) + 1)


def lived(config: Scenario, seed: int, start: int, stop: int, sets: Any = None) -> Paths:
    """Monthly paths of worlds `start` to `stop` - 1; `sets` are parameters that differ from the scenario's, by name."""
    from operator import attrgetter

    from sim.draws import Draws
    from sim.model import Negotiation
    from sim.parameter_sets import ParameterSets

    own = ParameterSets(config.parameters, sets) if sets is not None else None
    model = Negotiation(config, Draws(seed, start, stop), own)
    paths: Paths = {name: np.empty((stop - start, config.months)) for name in KEPT}
    while model.running:
        model.step()
        for name, source in KEPT.items():
            paths[name][:, model.elapsed - 1] = attrgetter(source)(model)
    paths["us"] = paths["us"] - paths.pop("loans")
    return paths


def block(config: Scenario, seed: int, start: int, stop: int, names: list[str]) -> Histories:
    """Parameters and statistics of a block of worlds, drawn from the prior."""
    from sim.draws import Draws

    sets = drawn(Draws(seed, start, stop))
    paths = lived(config, seed, start, stop, sets)
    quantiles = np.stack([prior.quantile(sets[name]) for name, prior in PRIORS.items()], axis=1)
    kept = (paths[name] for name in ("us", "europe", "line"))
    return Histories(*map(real, (quantiles, summarise(paths, config.calendar, names), *kept)))


def simulated(worlds: int, seed: int, pool: Executor | None = None, tick: Tick = lambda worlds: None) -> Histories:
    """A reference table of so many histories; `tick` is told how many worlds each block adds."""
    config, names = scenario(), list(STATISTICS)
    starts = range(0, worlds, BLOCK)
    asked = [(config, seed, start, min(start + BLOCK, worlds), names) for start in starts]
    found = _room(worlds, len(PRIORS), len(names), config.months)
    done = 0
    for part in pool.map(block, *zip(*asked, strict=True)) if pool else (block(*one) for one in asked):
        for table, rows in zip(found, part, strict=True):
            table[done : done + len(rows)] = rows
        done += len(part.quantiles)
        tick(len(part.quantiles))
    return found


def _room(worlds: int, parameters: int, statistics: int, months: int) -> Histories:
    """An empty table of so many histories; blocks put together at the end would need twice the memory."""
    return Histories(*(full((worlds, width), np.nan) for width in (parameters, statistics, months, months, months)))


def observed_paths() -> tuple[Paths, list[str]]:
    """The record in the form of a block with one history, and its calendar from the scenario's first month."""
    from sim import record

    calendar = scenario().calendar
    series = record.series().sel(month=slice(calendar[0], LAST_OBSERVED))
    paths = {
        "us": series["us_allocation_without_loan"].values[None, :],
        "europe": series["europe_contribution"].values[None, :],
        "line": series["russian_held_share"].values[None, :],
        "talks": np.array([[float(month in _months_with_talks()) for month in calendar]]),
        "settled": np.zeros((1, len(calendar))),
        **_observed_votes(calendar),
    }
    return paths, calendar


def observed() -> Array:
    """All statistics of the record, shape (statistics,)."""
    paths, calendar = observed_paths()
    return np.asarray(summarise(paths, calendar, list(STATISTICS))[0])


def _months_with_talks() -> set[str]:
    """Months in which Washington, Moscow or Kyiv met or called each other about an end of the war."""
    from sim import record

    events = record.events()
    met = events[events["category"].isin(MEETINGS)]
    return set(met["date"].dt.strftime("%Y-%m"))


def _observed_votes(calendar: list[str]) -> Paths:
    """House votes on final passage of aid to Ukraine by month, laws among them, and ayes; missing where none."""
    from sim import record

    table = record.votes()
    bills = table[(table["chamber"] == "house") & (table["kind"] == "final_passage") & (table["focus"] == AID_BILL)]
    ayes = {f"{date:%Y-%m}": float(yea) for date, yea in zip(bills["date"], bills["yea"], strict=True)}
    row = np.array([[ayes.get(month, np.nan) for month in calendar]])
    voted = np.isfinite(row) * 1.0
    return {"voted": voted, "passed": voted * (row >= HOUSE_MAJORITY), "house_ayes": row}
