"""Short words for what lessons do all the time: count worlds, look up what happened, switch everything off."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sim.limits import InputError
from sim.mechanisms import Mechanisms
from sim.mistakes import shown

if TYPE_CHECKING:
    import xarray as xr

    from sim.scenario import Scenario

HUNDRED = 100.0
NORMAL_95 = 1.96
"""Standard errors either way that hold 95 of 100 samples."""


def worlds_where(results: xr.Dataset, what: str, doctrine: str) -> float:
    """How many of 100 worlds see something under a doctrine.

    Parameters
    ----------
    results : xarray.Dataset
        From `sim.compare`, `sim.run` or `sim.ensemble.simulate`.
    what : str
        "signed": a settlement was signed; "in_force": one is in force at the end; "broken": one broke.
    doctrine : str
        A label of `results`.

    Raises
    ------
    InputError
        If `what` is none of the three.
    """
    under = results.sel(doctrine=doctrine)
    return HUNDRED * float(seen(under, what).mean())


def interval(results: xr.Dataset, what: str, one: str, other: str) -> tuple[float, float]:
    """How many more of 100 worlds see something under `one` than under `other`, and the 95 % interval's half-width.

    The worlds are the same under both: the difference is taken world by world.
    """
    difference = HUNDRED * (
        seen(results.sel(doctrine=one), what).to_numpy() - seen(results.sel(doctrine=other), what).to_numpy()
    )
    return float(difference.mean()), NORMAL_95 * float(difference.std()) / difference.size**0.5


def seen(under: xr.Dataset, what: str) -> Any:
    """Whether each world of one doctrine sees something, 1.0 or 0.0; `what` as in `worlds_where`.

    Raises
    ------
    InputError
        If `what` is none of the three.
    """
    if what == "signed":
        return under["settlement_month"].notnull().astype(float)
    if what in ("in_force", "broken"):
        return under["settled" if what == "in_force" else "relapsed"].isel(month=-1).astype(float)
    raise InputError(f"what: must be 'signed', 'in_force' or 'broken', got {shown(what)}")


def of_100(worlds: float) -> str:
    """A count of 100 worlds in words.

    >>> of_100(24.7), of_100(0.4)
    ('25 of 100 worlds', 'fewer than one of 100 worlds')
    """
    if 0.0 < worlds < 1.0:
        return "fewer than one of 100 worlds"
    return f"{worlds:.0f} of 100 worlds"


def happened(date: str, outcome: bool = False) -> str:
    """What the record's list of events has on a day, with the day, and with how it ended if asked for.

    >>> happened("2025-03-03")
    '3 March 2025: US pauses all military aid deliveries'

    Raises
    ------
    InputError
        If it has nothing.
    """
    from sim.record import events

    table = events()
    rows = table[table["date"].astype(str).str.startswith(date)]
    if rows.empty:
        raise InputError(f"date: the record has no event on {shown(date)}")
    day = datetime.fromisoformat(date)
    ends = f" ({'; '.join(rows['outcome'])})" if outcome else ""
    return f"{day.day} {day:%B %Y}: {'; '.join(rows['event'])}{ends}"


def bare(scenario: Scenario, **switched_on: bool) -> Scenario:
    """A scenario with one set of parameters and every mechanism off but those named: a textbook game in the simulator.

    Parameters
    ----------
    scenario : Scenario
        What to start from.
    switched_on : bool
        Mechanisms, by name.
    """
    off = dict.fromkeys(Mechanisms.model_fields, False)
    return scenario.with_parameter_sets("one").with_mechanisms(**(off | switched_on))


def end(results: xr.Dataset, variable: str, doctrine: str) -> float:
    """The mean over worlds of a variable in the last month."""
    return float(results[variable].sel(doctrine=doctrine).isel(month=-1).mean())


def war_and_land(scenario: Scenario) -> Scenario:
    """A table at which only land and the cost of war count: talks at once, nobody threatens, nobody is unsure.

    What is left is the bargaining range of the textbook: each side's expected line, less or plus what war costs it.
    """
    flat = (0.0,) * 5
    nothing = ("relief_pain_ukraine", "relief_gain_russia", "resume_gain_russia", "relapse_loss_ukraine")
    table = dict.fromkeys((*nothing, "ambiguity_gain", "audience_sd", "red_line_sd"), 0.0) | {
        "talks_base": 50.0,  # talks are certain
        "guarantee_gain": flat,
        "guarantee_pain": flat,
        "private_sd": 1e-6,  # both know their own mind, and the mediator knows both
        "estimate_sd": 1e-3,
        "estimate_sd_learned": 1e-3,
    }
    alike = {"land_ukraine": 10.0, "land_russia": 10.0, "horizon_ukraine": 24.0, "horizon_russia": 24.0}
    worth = dict.fromkeys(("audience_ukraine", "audience_russia", "sanctions_cost"), 0.0) | alike
    sure = dict.fromkeys(("optimism_ukraine", "optimism_russia", "drift", "drift_uncommitted"), 0.0)
    still = {"advantage_sd": 0.0, "intelligence_value": 0.0}
    quiet = bare(scenario, talks=True).with_horizon(1)
    quiet = quiet.with_doctrine("us", {"commitment": 1.0, "affinity": 0.0})
    quiet = quiet.with_doctrine("russia", {"resolve": 0.7, "patience": 0.5}).with_doctrine("ukraine", {"resolve": 0.6})
    return quiet.with_parameters({"table": table, "preferences": worth, "beliefs": sure, "front": still})
