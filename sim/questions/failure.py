"""When a doctrine has failed in a world: by a definition that anybody can read, or by an outcome and a threshold."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.limits import InputError
from sim.mistakes import unknown
from sim.questions.headline import CHANCE, OUTCOMES, headline

if TYPE_CHECKING:
    import xarray as xr

    from sim.ensemble import Read
    from sim.scenario import Scenario

LOST = "lost"
"""The failure that is meant unless an outcome is named."""
LOST_WORDS = "a settlement broke, or none is in force at the end and Russia holds more land than before the doctrine"
LOST_NEEDS = ("settled", "relapsed", "russian_held_share")
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
        A name of `sim.questions.headline.OUTCOMES`; the default definition, `LOST_WORDS`, if None.
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
        return Failure(
            LOST_WORDS, ("settled", "relapsed", "russian_held_share"), partial(_lost, scenario.initial.line, since)
        )
    if outcome not in OUTCOMES:
        raise InputError(unknown("outcome", outcome, OUTCOMES))
    if (above is None) == (below is None):
        raise InputError(f"outcome {outcome}: say when it fails, with --above NUMBER or with --below NUMBER")
    side, threshold = ("above", above) if above is not None else ("below", below)
    meant = OUTCOMES[outcome]
    unit = "" if meant.unit == CHANCE else f" {meant.unit}"
    words = f"“{meant.label}” is {SIDES[side]} {threshold:g}{unit}"
    return Failure(words, meant.needs, partial(_beyond, outcome, side, float(threshold or 0.0), since))


def _lost(line: float, since: str, paths: xr.Dataset) -> xr.Dataset:
    """The default definition; `line` is the share of Ukraine that Russia holds before the first month."""
    earlier = paths["russian_held_share"].sel(month=paths["month"] < np.datetime64(since))
    before = earlier.isel(month=-1) if earlier.sizes["month"] else line
    gained = paths["russian_held_share"].isel(month=-1) > before
    at_war = paths["settled"].isel(month=-1) == 0
    broke = paths["relapsed"].max("month") > 0
    return _as_dataset(broke | (at_war & gained))


def _beyond(outcome: str, side: str, threshold: float, since: str, paths: xr.Dataset) -> xr.Dataset:
    values = headline(paths, since)[outcome]
    return _as_dataset(values > threshold if side == "above" else values < threshold)


def _as_dataset(fails: xr.DataArray) -> xr.Dataset:
    return fails.drop_vars("month", errors="ignore").transpose("doctrine", "world").astype(float).to_dataset(name=FAILS)
