"""Porcupine, tripwire or treaty: how long the same ceasefire holds under each, who pays, and which is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from sim.basics.intervals import count_interval
from sim.ensemble import simulate
from sim.ensemble.ensemble import USUAL, Ensemble
from sim.ensemble.study import comparison
from sim.questions.compare.measures import PEACE, SIGNED
from sim.questions.compare.settlements import terms
from sim.scenario import Scenario, load

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

FAMILY = {
    "monitors": ("frozen_conflict", {}),
    "porcupine": ("porcupine", {}),
    "tripwire, nobody there": ("tripwire", {"presence": 0.0}),
    "tripwire": ("tripwire", {}),
    "tripwire, full force": ("tripwire", {"presence": 1.0}),
    "treaty": ("strong_guarantee", {}),
}
"""What is compared: a scenario that opens with the ceasefire, and what is changed of Europe's doctrine."""
WASHINGTONS = ("transactional", "architectural")
Sets = Literal["one", "posterior", "posterior_2024"]
"""Parameter sets of the worlds, as a scenario file names them."""
MONTHS = 36
"""Months after which it is asked whether the ceasefire has broken."""
MONEY = {"european_aid": "europe_contribution", "european_force": "europe_force_money", "american_aid": "us_allocation"}
YEAR = 12.0


def guarantees(ensemble: Ensemble = USUAL, sets: Sets = "one") -> pd.DataFrame:
    """How the same ceasefire fares under each guarantee and two doctrines of Washington.

    Parameters
    ----------
    ensemble : Ensemble
        The worlds; the same for all.
    sets : Sets
        Parameter sets of the worlds, as in a scenario file.

    Returns
    -------
    pandas.DataFrame
        Columns `washington, guarantee, broken, low, high` (share of worlds in which the ceasefire breaks within
        three years, with its 95 % interval), and `european_aid, european_force, american_aid` (EUR bn a year of peace).
    """
    rows = []
    for washington in WASHINGTONS:
        dataset = simulate({name: member(name, washington, sets) for name in FAMILY}, ensemble)
        rows += [{"washington": washington, "guarantee": name, **_fared(dataset.sel(doctrine=name))} for name in FAMILY]
    return pd.DataFrame(rows)


def member(name: str, washington: str, sets: Sets = "one") -> Scenario:
    """One of the family under a doctrine of Washington."""
    scenario, europe = FAMILY[name]
    opened = load(scenario).with_parameter_sets(sets).with_horizon(MONTHS).with_doctrine("us", washington)
    return opened.with_doctrine("europe", europe) if europe else opened


def signed(ensemble: Ensemble = USUAL) -> pd.DataFrame:
    """Which guarantees settlements have in the outlook: `doctrine, guarantee_name, share_of_worlds`."""
    found = terms(comparison("outlook", list(WASHINGTONS), ensemble=ensemble).simulate())
    by = ["doctrine", "guarantee", "guarantee_name"]
    return found.groupby(by)[["share_of_worlds"]].sum().reset_index().drop(columns="guarantee")


def _fared(dataset: xr.Dataset) -> dict[str, float]:
    """What became of the ceasefire that all worlds open with, and of the money while it held."""
    holds = _holds(dataset)
    broken = int((~holds[:, -1]).sum())
    low, high = count_interval(broken, len(holds))
    years = holds.sum() / YEAR
    spent = {name: float((dataset[series].to_numpy() * holds).sum() / years) for name, series in MONEY.items()}
    return {"broken": broken / len(holds), "low": low, "high": high, **spent}


def _holds(dataset: xr.Dataset) -> NDArray[Any]:
    """Months in which the opening ceasefire still holds, (W, months)."""
    settled = np.isin(dataset[PEACE].transpose("world", "month").to_numpy(), SIGNED)
    return np.asarray(np.logical_and.accumulate(settled, axis=1))
