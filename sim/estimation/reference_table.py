"""Simulated histories with parameters from the prior or a posterior, and the observed one in the same form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from typing import NamedTuple

import numpy as np

from sim.basics.arrays import Array, full, real
from sim.basics.draws import Draws
from sim.ensemble import Ensemble, Task, run_block, tasks, worked
from sim.estimation.europe_supply import EU
from sim.estimation.priors import PRIORS, drawn
from sim.estimation.summary_statistics import EUROPE, STATISTICS, US, Paths, summarise
from sim.record import last_month
from sim.record.event_rules import named
from sim.scenario import Scenario, load
from sim.world.settlement import Refusal
from sim.world.votes import HOUSE_MAJORITY

LAST_OBSERVED = last_month()
SCENARIO = "history"
AID_BILL = "standalone_ukraine"
PERCENT = 100.0
MEETINGS = ("talks", "call", "summit")
"""Categories of events that count as talks."""
OFFERS, REFUSALS, OF_THE_WHOLE = ("package", "truce_offer"), "refusal", ("peace", "general")
"""Categories of events that put terms on the table and that refuse them, and the scopes of what would end the war."""
REFUSED = {"refused_by_ukraine": ("UA", Refusal.UKRAINE), "refused_by_russia": ("RU", Refusal.RUSSIA)}
"""Monthly variable that says that a side refused: its code in the events, and what the simulator says of it."""
MONEY = ("us_allocation", "us_instrument", "europe_contribution", "europe_instrument")
SUMMARISED = (*MONEY, "russian_held_share", "talks", "settled", "truce", "refusal")
"""Monthly variables of which a history is summarised."""
VARIABLES = (*SUMMARISED, "eu_payment", "bill_passed", "house_ayes", "direct_talks", "opposed")
"""Monthly variables of a history that the record has too."""


class Histories(NamedTuple):
    """A reference table, one history a row.

    quantiles : where each free parameter lies in its prior, (W, free). statistics : (W, statistics).
    The others are monthly paths, (W, months). All in the precision of the worlds: they are millions.
    """

    quantiles: Array
    statistics: Array
    us_allocation_without_loan: Array
    europe_contribution_without_loan: Array
    russian_held_share: Array


PATHS = Histories._fields[2:]


def scenario(last: str = LAST_OBSERVED) -> Scenario:
    """The history up to a month."""
    history = load(SCENARIO)
    return history.with_horizon(history.calendar.index(last) + 1)


def paths_of(task: Task) -> Paths:
    """Monthly paths of a block, (W, months), in the form of the record."""
    paths: Paths = {name: np.array(path, dtype=float, order="C") for name, path in run_block(task).paths.items()}
    if {"truce", "refusal"} <= paths.keys():
        paths["quiet"] = np.maximum(paths["settled"], paths["truce"])
        for name, (_, side) in REFUSED.items():
            paths[name] = 1.0 * np.isin(paths["refusal"], (side, Refusal.BOTH))
    own = {US: ("us_allocation", "us_instrument"), EUROPE: ("europe_contribution", "europe_instrument")}
    return {name: paths[whole] - paths[loan] for name, (whole, loan) in own.items()} | paths


def posterior_predictive(sets: Callable[[Draws], Mapping[str, Array]], worlds: int, seed: int) -> Paths:
    """Monthly paths of so many histories whose parameters `sets` gives, such as those of a posterior."""
    return paths_of(Task(SCENARIO, scenario(), seed, 0, worlds, VARIABLES, sets))


def simulated(ensemble: Ensemble) -> Histories:
    """A reference table of so many histories, with parameters drawn from the prior."""
    config = scenario()
    every = tasks({SCENARIO: config}, ensemble, SUMMARISED, {SCENARIO: drawn})
    widths = (len(PRIORS), len(STATISTICS), *(config.months for _ in PATHS))
    # Made beforehand and filled: blocks put together at the end would need twice the memory.
    found = Histories(*(full((ensemble.worlds, width), np.nan) for width in widths))
    with closing(worked(summarised, every, ensemble)) as blocks:
        for task, part in blocks:
            for table, rows in zip(found, part, strict=True):
                table[task.start : task.stop] = rows
    return found


def summarised(task: Task) -> Histories:
    """The rows of a block of histories, with parameters drawn from the prior."""
    sets, paths = drawn(Draws(task.seed, task.start, task.stop)), paths_of(task)
    quantiles = np.stack([prior.quantile(sets[name]) for name, prior in PRIORS.items()], axis=1)
    statistics = summarise(paths, task.scenario.calendar, list(STATISTICS))
    return Histories(*map(real, (quantiles, statistics, *(paths[name] for name in PATHS))))


def observed_paths() -> tuple[Paths, list[str]]:
    """The record in the form of a block with one history, and its calendar from the scenario's first month.

    Talks are months in which Washington, Moscow or Kyiv met or called each other about an end of the war; bills are
    House votes on final passage of aid to Ukraine, their ayes missing where there was none. A side refuses in the month
    in which it first refuses an offer that would end the war: saying no to it again is no answer to a new one. The
    share opposed to any concession stands in the months of a survey and is missing in the others.
    """
    from sim import record
    from sim.record import concessions, europe

    calendar = scenario().calendar
    series = record.series().sel(month=slice(calendar[0], LAST_OBSERVED))
    events, votes = record.events(), record.votes()
    talks = set(events["date"][events["category"].isin(MEETINGS)].dt.strftime("%Y-%m"))
    direct = set(events["date"][(events["category"] == "talks") & (events["direct_contact"] == 1)].dt.strftime("%Y-%m"))
    opposed = {f"{month:%Y-%m}": percent / PERCENT for month, percent in concessions.opposed().items()}
    bills = votes[(votes["chamber"] == "house") & (votes["kind"] == "final_passage") & (votes["focus"] == AID_BILL)]
    ayes = {f"{date:%Y-%m}": float(yea) for date, yea in zip(bills["date"], bills["yea"], strict=True)}
    house_ayes = np.array([[ayes.get(month, np.nan) for month in calendar]])
    paths = {
        **{name: series[name].values[None, :] for name in PATHS},
        "eu_payment": europe.allocations()[0].loc[calendar[0] : LAST_OBSERVED, EU].to_numpy(dtype=float)[None, :],
        "talks": np.array([[float(month in talks) for month in calendar]]),
        "settled": np.zeros((1, len(calendar))),
        "quiet": np.zeros((1, len(calendar))),
        **{name: np.array([[float(m in refused(code)) for m in calendar]]) for name, (code, _) in REFUSED.items()},
        "direct_talks": np.array([[float(month in direct) for month in calendar]]),
        "opposed": np.array([[opposed.get(month, np.nan) for month in calendar]]),
        "bill_passed": 1.0 * (house_ayes >= HOUSE_MAJORITY),
        "house_ayes": house_ayes,
    }
    return paths, calendar


def refused(side: str) -> set[str]:
    """Months in which a side, by its code in the events, first refused an offer that would end the war."""
    from sim import record

    events = record.events()
    offers = events[events["category"].isin(OFFERS) & events["scope"].isin(OF_THE_WHOLE)]["id"]
    answers = events[(events["category"] == REFUSALS) & events["about"].isin(offers)]
    own = answers[answers["actors"].map(lambda actors: named(actors)[0] == side)]
    return set(own.groupby("about")["date"].min().dt.strftime("%Y-%m"))


def observed() -> Array:
    """All statistics of the record, shape (statistics,)."""
    paths, calendar = observed_paths()
    return np.asarray(summarise(paths, calendar, list(STATISTICS))[0])
