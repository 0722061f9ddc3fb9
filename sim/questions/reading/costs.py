"""What it costs to be misread, and whom: the same worlds where audiences know the doctrine, doubt it, or mistake it."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd
import xarray as xr

from sim.basics.intervals import ends, interval
from sim.ensemble import survey
from sim.ensemble.ensemble import USUAL, Ensemble
from sim.questions.claims.claim import AGREED
from sim.questions.claims.readings import Reading
from sim.questions.reading.signs import TURN, under
from sim.scenario import Scenario
from sim.scenario.minds import AUDIENCES
from sim.scenario.tables import ParameterSource

MONTHS = 61
"""Of the history, to the end of 2027."""
YEAR = ("2025-01", "2025-12")
"""The first year of the new doctrine."""
KNOWN, DOUBTED = "known", "read"
UNSUSPECTED, SUSPECTED = "read, alignment thought impossible", "read, bargaining thought impossible"
MINDS: dict[str, tuple[float, float, float] | None] = {
    KNOWN: None,
    DOUBTED: (1 / 3, 1 / 3, 1 / 3),
    UNSUSPECTED: (1 / 3, 2 / 3, 0.0),
    SUSPECTED: (1 / 3, 0.0, 2 / 3),
}
"""What audiences make of a new doctrine: how likely they find an architectural, a transactional and an aligned one at
first; None where the doctrine in force is known. An architectural one is as likely in all, so that what is hoped for of
the time after this doctrine is the same."""
OUTCOMES = {
    "europe": Reading("europe_contribution", "sum", *YEAR),
    "agreements": replace(AGREED, first=TURN),
    "land": Reading("russian_held_share", first="2027-12", scale=100.0),
    "america": Reading("us_allocation", "sum", *YEAR),
}
"""Who may pay: Europe and America, EUR bn in the first year; both sides and Washington, worlds of 100 with an agreement
from the turn on; Ukraine, percent of it that Russia holds at the end."""
PATHS = {"europe so far": 1.0, "quiet": 100.0}
"""Compared month by month: what Europe gave from the turn on, EUR bn; worlds of 100 at peace."""


class Costs(NamedTuple):
    """What differs from where the doctrine is known.

    Attributes
    ----------
    outcomes : DataFrame
        Columns `mind, outcome, value, low, high`, with 95 % intervals, paired world by world; of `KNOWN` the level.
    paths : DataFrame
        Columns `mind, path, month, value, low, high`, the differences month by month.
    """

    outcomes: pd.DataFrame
    paths: pd.DataFrame


def costs(truth: str, ensemble: Ensemble = USUAL, parameters: ParameterSource = "one", **executive: float) -> Costs:
    """Compare minds under one doctrine in the same worlds.

    Parameters
    ----------
    truth : str
        The doctrine of Washington from the turn on.
    ensemble : Ensemble
        Which worlds.
    parameters : str
        Where the parameters come from, as a scenario file has it.
    **executive
        Parameters of the executive that are changed.
    """
    base = under(truth, MONTHS).with_parameter_sets(parameters)
    base = base.with_parameters({"executive": executive}) if executive else base
    needed = dict.fromkeys(name for reading in OUTCOMES.values() for name in reading.needs)
    found = survey({mind: minded(base, mind) for mind in MINDS}, _read, ensemble, needed)
    return Costs(_outcomes(found), _paths(found))


def minded(scenario: Scenario, mind: str) -> Scenario:
    """The scenario with what audiences make of a new doctrine; before it they know an architectural one."""
    prior = MINDS[mind]
    if prior is None:
        return scenario.with_mechanisms(reading=False)
    start = [0.98 * (nth == 0) + 0.02 * chance for nth, chance in enumerate(prior)]
    told = {"prior": dict.fromkeys(AUDIENCES, prior), "start": dict.fromkeys(AUDIENCES, start)}
    return scenario.with_(reading=told)


def _read(paths: xr.Dataset) -> xr.Dataset:
    """The outcomes of each world, and the paths that are compared."""
    quiet = (paths["settled"] + paths["truce"] > 0.0).astype(float)
    since = paths.assign(quiet=quiet).sel(month=slice(TURN, None))
    monthly = {"europe so far": since["europe_contribution"].cumsum("month", dtype=float), "quiet": since["quiet"]}
    return xr.Dataset(monthly).assign({name: reading.of(paths) for name, reading in OUTCOMES.items()})


def _outcomes(found: xr.Dataset) -> pd.DataFrame:
    rows = []
    for mind in MINDS:
        for name in OUTCOMES:
            values = found[name].sel(doctrine=mind).to_numpy().astype(float)
            known = found[name].sel(doctrine=KNOWN).to_numpy() if mind != KNOWN else 0.0
            mean, low, high, _ = interval(values - known)
            rows.append({"mind": mind, "outcome": name, "value": mean, "low": low, "high": high})
    return pd.DataFrame(rows)


def _paths(found: xr.Dataset) -> pd.DataFrame:
    rows = []
    for name, scale in PATHS.items():
        values = scale * found[name].transpose("doctrine", "month", "world")
        known = values.sel(doctrine=KNOWN).to_numpy()
        for mind in [mind for mind in MINDS if mind != KNOWN]:
            apart = np.asarray(values.sel(doctrine=mind).to_numpy() - known, dtype=float)
            low, high = ends(apart)
            columns = {"month": found["month"].to_numpy(), "value": apart.mean(axis=1), "low": low, "high": high}
            rows.append(pd.DataFrame({"mind": mind, "path": name, **columns}))
    return pd.concat(rows, ignore_index=True)
