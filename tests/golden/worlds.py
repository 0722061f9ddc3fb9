"""What is kept of a shipped scenario: a few worlds of two seeds, their main variables in four months, their ends."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.ensemble import Ensemble
from sim.ensemble.study import one_scenario
from sim.scenario import Scenario, load, shipped
from sim.store.world_table import as_table

SEEDS, WORLDS, MONTHS = (1, 2), 20, 4
VARIABLES = (
    *("us_desired", "us_announced", "us_delivery", "us_authority", "europe_contribution", "need", "crisis"),
    *("russian_held_share", "force_ukraine", "force_russia", "effort_russia", "sanctions", "refusal"),
    *("belief_ukraine", "belief_russia", "credibility", "optimism_russia", "war_value_ukraine", "war_value_russia"),
)
ENDING = ("outcome", "settlement_month", "relapse_month", "settlement_offset", "settlement_guarantee")
ENDING = (*ENDING, "settlement_relief", "us_total", "europe_total")
VOTES = ("house_ayes", "senate_ayes")
"""Variables of the few months with a vote: all ayes of a world are kept with its end."""
WORLD = ["seed", "world"]
"""Columns that say which world a row tells of."""
Tables = dict[str, pd.DataFrame]


def scenarios() -> list[str]:
    """The shipped ones."""
    return list(shipped())


def of_scenario(name: str) -> Tables:
    """The tables that are kept of a shipped scenario."""
    return lived(load(name))


def lived(scenario: Scenario) -> Tables:
    """The paths and the ends of its worlds, a row a world and month, and a row a world."""
    found = [_lived(scenario, seed) for seed in SEEDS]
    return {name: pd.concat([tables[name] for tables in found], ignore_index=True) for name in found[0]}


def _lived(scenario: Scenario, seed: int) -> Tables:
    dataset = one_scenario(scenario, Ensemble(WORLDS, seed)).simulate()
    kept = np.linspace(0, scenario.months - 1, min(MONTHS, scenario.months)).round().astype(int)
    paths = dataset[list(VARIABLES)].isel(doctrine=0, month=kept).drop_vars("doctrine").to_dataframe()
    paths = paths.reset_index().assign(seed=seed)
    paths["month"] = paths["month"].dt.strftime("%Y-%m")
    ayes = {name: dataset[name].isel(doctrine=0).sum("month").to_numpy() for name in VOTES}
    endings = as_table(dataset[list(ENDING)]).replace("", None).assign(seed=seed, **ayes)
    return {"paths": paths[[*WORLD, "month", *VARIABLES]], "endings": endings[[*WORLD, *ENDING, *VOTES]]}
