"""The few outcomes that a question is asked about, and of each world only these."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from sim.limits import InputError
from sim.mistakes import shown, unknown
from sim.questions.headline import OUTCOMES, headline

if TYPE_CHECKING:
    import xarray as xr

    from sim.ensemble import Progress, Read
    from sim.scenario import Scenario

EVERY = "all"
"""Asks for every headline outcome."""


def chosen(names: Iterable[str] | None, usual: tuple[str, ...]) -> tuple[str, ...]:
    """The outcomes asked for, in the order in which they were named; the usual ones if none was.

    Raises
    ------
    InputError
        If there is no such outcome, or one is named twice.
    """
    asked = tuple(names or usual)
    if asked == (EVERY,):
        return tuple(OUTCOMES)
    for name in asked:
        if name not in OUTCOMES:
            raise InputError(unknown("outcome", name, (*OUTCOMES, EVERY)))
        if asked.count(name) > 1:
            raise InputError(f"outcome: {shown(name)} is given twice; name each outcome once")
    return asked


def only(dataset: xr.Dataset, names: tuple[str, ...], since: str) -> xr.Dataset:
    """Some headline outcomes of every world, counted from a month on."""
    return headline(dataset, since)[list(names)]


def reading(names: tuple[str, ...], since: str) -> tuple[Read, tuple[str, ...]]:
    """What `sim.ensemble.survey` needs for some outcomes: how to read them, and their monthly variables."""
    needs = dict.fromkeys(variable for name in names for variable in OUTCOMES[name].needs)
    return partial(only, names=names, since=since), tuple(needs)


def surveyed(
    scenarios: dict[str, Scenario],
    names: tuple[str, ...],
    since: str,
    progress: Progress | None = None,
    **ensemble: Any,
) -> xr.Dataset:
    """Some outcomes of many scenarios in the same worlds, dims (doctrine, world).

    Parameters
    ----------
    scenarios : dict of str to Scenario
        By label.
    names : tuple of str
        Of `sim.questions.headline.OUTCOMES`.
    since : str
        Month from which sums and means count, "YYYY-MM".
    progress : callable, optional
        As in `sim.ensemble.survey`.
    **ensemble
        `worlds`, `seed` and `jobs`.
    """
    from sim.ensemble import survey

    read, variables = reading(names, since)
    found = survey(scenarios, read, variables, progress=progress, **ensemble)
    about = next(iter(scenarios.values()))
    return found.assign_attrs(scenario=about.name, title=about.title, seed=ensemble.get("seed", 1))
