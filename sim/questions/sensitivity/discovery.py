"""In which regions of the parameter space doctrines fail: when a world fails, the tables, the sentences.

A doctrine has failed in a world by a definition that anybody can read, or by an outcome and a threshold.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from sim.basics.draws import Draws
from sim.basics.labels import HUNDRED, capital, listed, number
from sim.basics.limits import InputError
from sim.basics.mistakes import unknown
from sim.ensemble import Ensemble, Read, survey
from sim.estimation.priors import PRIORS
from sim.questions.compare.measures import CHANCE, OUTCOMES, monthly
from sim.questions.compare.outcomes import headline
from sim.questions.compare.settlements import broken
from sim.questions.sensitivity.design import FreeParameters, by_world
from sim.questions.sensitivity.prim import Fails, FailureBox
from sim.scenario import Scenario
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    import xarray as xr

DIGITS = 3
LOST_WORDS = "a settlement broke, or none is in force at the end and Russia holds more land than before the doctrine"
LOST_NEEDS = ("peace", "settled", "russian_held_share")
SIDES = {"above": "more than", "below": "less than"}
FAILS = "fails"


class Failure(NamedTuple):
    """What counts as failing.

    Attributes
    ----------
    words : str
        The definition, as the end of "a world fails if".
    needs : tuple of str
        The monthly variables that it takes.
    read : callable
        Makes of monthly paths, dims (doctrine, world, month), a Dataset with `fails`, 0 or 1, dims (doctrine, world).
    """

    words: str
    needs: tuple[str, ...]
    read: Read


def failure(
    scenario: Scenario, since: str, outcome: str | None = None, above: float | None = None, below: float | None = None
) -> Failure:
    """The definition of failing that was asked for.

    Parameters
    ----------
    scenario : Scenario
        What is simulated.
    since : str
        Month from which the doctrine is in force, "YYYY-MM".
    outcome : str, optional
        A name of `sim.questions.compare.outcomes.OUTCOMES`; the default definition, `LOST_WORDS`, if None.
    above, below : float, optional
        The world fails if the outcome is beyond this, in the outcome's unit; one of them, with an outcome.

    Raises
    ------
    InputError
        If there is no such outcome, or a threshold without an outcome, or none or two with one.
    """
    if outcome is None:
        if above is not None or below is not None:
            raise InputError("a threshold needs an outcome: add --outcome NAME")
        return Failure(LOST_WORDS, LOST_NEEDS, partial(_lost, scenario.initial.line, since))
    if outcome not in OUTCOMES:
        raise InputError(unknown("outcome", outcome, OUTCOMES))
    if (above is None) == (below is None):
        raise InputError(f"outcome {outcome}: say when it fails, with --above NUMBER or with --below NUMBER")
    side, threshold = ("above", above) if above is not None else ("below", below)
    meant = OUTCOMES[outcome]
    unit = "" if meant.unit == CHANCE else f" {meant.unit}"
    words = f"“{meant.label}” is {SIDES[side]} {threshold:g}{unit}"
    return Failure(words, monthly([outcome]), partial(_beyond, outcome, side, float(threshold or 0.0), since))


def _lost(line: float, since: str, paths: xr.Dataset) -> xr.Dataset:
    """The default definition; `line` is the share of Ukraine that Russia holds before the first month."""
    earlier = paths["russian_held_share"].sel(month=paths["month"] < np.datetime64(since))
    before = earlier.isel(month=-1) if earlier.sizes["month"] else line
    gained = paths["russian_held_share"].isel(month=-1) > before
    at_war = paths["settled"].isel(month=-1) == 0
    return _as_dataset(broken(paths, np.datetime64(since)) | (at_war & gained))


def _beyond(outcome: str, side: str, threshold: float, since: str, paths: xr.Dataset) -> xr.Dataset:
    values = headline(paths, since)[outcome]
    return _as_dataset(values > threshold if side == "above" else values < threshold)


def _as_dataset(fails: xr.DataArray) -> xr.Dataset:
    return fails.drop_vars("month", errors="ignore").transpose("doctrine", "world").astype(float).to_dataset(name=FAILS)


# ---- regions


def failures(
    scenarios: Mapping[str, Scenario],
    free: FreeParameters,
    meant: Failure,
    ensemble: Ensemble,
) -> tuple[pd.DataFrame, dict[str, Fails]]:
    """The parameters of every world, and by doctrine whether the world fails: the same worlds under each.

    Returns
    -------
    tuple of DataFrame and dict
        Parameters, a column each; arrays of shape (W,) by label.
    """
    draw = by_world(free)
    found = survey(scenarios, meant.read, ensemble, meant.needs, sets=dict.fromkeys(scenarios, draw))
    points = pd.DataFrame(draw(Draws(ensemble.seed, 0, ensemble.worlds)))
    return points, {label: found[FAILS].sel(doctrine=label).to_numpy() > 0.0 for label in scenarios}


def box_table(found: Mapping[str, list[FailureBox]]) -> pd.DataFrame:
    """One row a doctrine and box: how often worlds fail inside, measured on worlds held out."""
    keys = ("base", "density", "low", "high", "coverage", "mass", "density_choosing", "confirmed")
    rows = [
        {"doctrine": label, "box": nth, "restricted": len(box.limits)} | {key: getattr(box, key) for key in keys}
        for label, parts in found.items()
        for nth, box in enumerate(parts, start=1)
    ]
    return pd.DataFrame(rows, columns=["doctrine", "box", "restricted", *keys])


def limit_table(found: Mapping[str, list[FailureBox]]) -> pd.DataFrame:
    """One row a doctrine, box and restricted parameter: its limits, and their quasi-p-values."""
    return _stacked(found, "limits")


def trajectory_table(found: Mapping[str, list[FailureBox]]) -> pd.DataFrame:
    """One row a doctrine, box and step of peeling: coverage against density."""
    return _stacked(found, "trajectory")


def _stacked(found: Mapping[str, list[FailureBox]], part: str) -> pd.DataFrame:
    about = ["doctrine", "box"]
    tables = [
        getattr(box, part).assign(doctrine=label, box=nth)
        for label, parts in found.items()
        for nth, box in enumerate(parts, start=1)
    ]
    whole = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=about)
    return whole[[*about, *whole.columns.difference(about, sort=False)]]


def sentences(found: Mapping[str, list[FailureBox]], fails: Mapping[str, Fails], words: str) -> list[str]:
    """How often each doctrine fails, and where most."""
    said = [f"A world fails if {words}."]
    for label, parts in found.items():
        often = number(HUNDRED * float(fails[label].mean()), 0)
        said.append(f"{capital(doctrine_label(label))} fails in {often} of 100 worlds. {_boxes_said(parts)}")
    return said


def _boxes_said(parts: list[FailureBox]) -> str:
    sure = [box for box in parts if box.confirmed]
    if not parts:
        return "No region was found in which it fails more often."
    if not sure:
        return "A region was found in which it fails more often, but worlds held out do not confirm it."
    return " ".join(_box_said(box, nth) for nth, box in enumerate(sure))


def _box_said(box: FailureBox, nth: int) -> str:
    inside, low, high = (number(HUNDRED * value, 0) for value in (box.density, box.low, box.high))
    opening = "Of the rest, where" if nth else "Where"
    return (
        f"{opening} {listed([limit_words(row) for row in box.limits.to_dict('records')])} it fails in {inside} "
        f"({low} to {high}), against {number(HUNDRED * box.base, 0)} of all {'the rest' if nth else 'worlds'}; that is "
        f"{number(HUNDRED * box.mass, 0)} % of the worlds and {number(HUNDRED * box.coverage, 0)} % of the failures."
    )


def limit_words(row: Mapping[Any, Any]) -> str:
    """A limit as a clause: "front.pull is above 0.0061"."""
    low, high = (f"{row[side]:.{DIGITS}g}" if np.isfinite(row[side]) else "" for side in ("low", "high"))
    if low and high:
        return f"{row['parameter']} is from {low} to {high}"
    return f"{row['parameter']} is above {low}" if low else f"{row['parameter']} is below {high}"


def places(limits: pd.DataFrame) -> pd.DataFrame:
    """The limits as places in the priors, 0 to 1; an open side reaches the end."""
    table = limits.copy()
    for side, end in (("low", 0.0), ("high", 1.0)):
        table[side] = [
            float(PRIORS[str(name)].quantile(np.asarray(value))) if np.isfinite(value) else end
            for name, value in zip(limits["parameter"], limits[side], strict=True)
        ]
    return table
