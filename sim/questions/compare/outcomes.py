"""The outcomes that a comparison is about: one number a world, from the month in which the doctrines part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.basics.labels import month_text
from sim.basics.limits import InputError
from sim.basics.mistakes import shown, unknown
from sim.ensemble.ensemble import USUAL, Ensemble
from sim.questions.compare.doctrines import of_doctrines, start_of_effect
from sim.questions.compare.measures import ALREADY, EVERY, OUTCOMES, monthly
from sim.questions.compare.settlements import first_step, known, lived
from sim.questions.compare.statistics import STATISTICS, digest, digest_statistics

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

    from sim.ensemble import Sets
    from sim.scenario import Scenario


def noticed(shares: Iterable[float]) -> bool:
    """Whether any share of worlds comes to one of 100, rounded: what a table has a row for."""
    return any(round(100.0 * share) > 0 for share in shares)


def unnoticed(levels: pd.DataFrame) -> set[str]:
    """Which of `ALREADY` hardly a world has, under any doctrine: tables have no row for them.

    Parameters
    ----------
    levels : pandas.DataFrame
        Rows with `outcome` and `mean`.
    """
    return {name for name in ALREADY if not noticed(levels.loc[levels["outcome"] == name, "mean"])}


@of_doctrines
def headline(dataset: xr.Dataset, since: Any = None) -> xr.Dataset:
    """The outcomes of every world.

    Parameters
    ----------
    dataset : xarray.Dataset
        Dims (doctrine, world, month).
    since : str or datetime64, optional
        Month from which everything counts; by default the first in which the doctrines differ, and the first of all
        if none does. A settlement or a truce of before it stands already.

    Returns
    -------
    xarray.Dataset
        Dims (doctrine, world); an outcome of `OUTCOMES` for every one whose variables the Dataset has, with
        `units`, `long_name` and `phrase`, and the attribute `since` ("YYYY-MM").
    """
    import xarray as xr

    start = start_of_effect(dataset, since)
    there = {name: outcome for name, outcome in OUTCOMES.items() if all(known(dataset, each) for each in outcome.needs)}
    arrays = lived(dataset, {each for outcome in there.values() for each in outcome.needs})
    first = first_step(dataset, start)
    variables = {}
    for name, outcome in there.items():
        about = {"units": outcome.unit, "long_name": outcome.label, "phrase": outcome.phrase}
        variables[name] = (("doctrine", "world"), outcome.read(arrays, first), about)
    months = int((dataset["month"].to_numpy() >= start).sum())
    attributes = {**dataset.attrs, "since": month_text(start), "months": months}
    return xr.Dataset(variables, {key: dataset[key].variable for key in ("doctrine", "world")}, attributes)


@of_doctrines
def levels(dataset: xr.Dataset, since: Any = None) -> pd.DataFrame:
    """The outcomes of each doctrine by itself: mean, sd and quantiles over worlds.

    Returns
    -------
    pandas.DataFrame
        One row a doctrine and outcome: `doctrine, outcome, label, unit, phrase`, then the statistics of
        `sim.questions.compare.statistics`.
    """
    outcomes = headline(dataset, since)
    labels = [str(label) for label in outcomes["doctrine"].to_numpy()]
    return level_table(labels, list(map(str, outcomes.data_vars)), level_digests(outcomes))


def level_digests(outcomes: xr.Dataset) -> NDArray[np.float64]:
    """Digests (`sim.questions.compare.statistics`) of each doctrine's outcomes, shape (doctrines, outcomes, PARTS)."""
    values = [outcomes[name].transpose("doctrine", "world").to_numpy() for name in outcomes.data_vars]
    return digest(np.stack(values, axis=1))


def level_table(labels: Sequence[str], names: Sequence[str], found: NDArray[np.float64]) -> pd.DataFrame:
    """The table of `levels`, from the digests of `level_digests`."""
    numbers = digest_statistics(found)
    rows = [
        {"doctrine": label, "outcome": name, "label": OUTCOMES[name].label, "unit": OUTCOMES[name].unit}
        | {"phrase": OUTCOMES[name].phrase}
        | dict(zip(STATISTICS, numbers[place, nth], strict=True))
        for place, label in enumerate(labels)
        for nth, name in enumerate(names)
    ]
    return pd.DataFrame(rows)


def outcomes_named(names: Iterable[str] | None, usual: tuple[str, ...]) -> tuple[str, ...]:
    """The outcomes asked for, in the order in which they were named; the usual ones if none was.

    Raises
    ------
    InputError
        If there is no such outcome, or one is named twice.
    """
    asked = tuple(names or usual)
    if asked == (EVERY,):
        return tuple(name for name in OUTCOMES if name not in ALREADY)
    for name in asked:
        if name not in OUTCOMES:
            raise InputError(unknown("outcome", name, (*OUTCOMES, EVERY)))
        if asked.count(name) > 1:
            raise InputError(f"outcome: {shown(name)} is given twice; name each outcome once")
    return asked


def _only(dataset: xr.Dataset, names: tuple[str, ...], since: str) -> xr.Dataset:
    """Some headline outcomes of every world, counted from a month on."""
    return headline(dataset, since)[list(names)]


def surveyed(
    scenarios: Mapping[str, Scenario],
    names: tuple[str, ...],
    since: str,
    ensemble: Ensemble = USUAL,
    sets: Mapping[str, Sets] | None = None,
) -> xr.Dataset:
    """Some outcomes of many scenarios in the same worlds, dims (doctrine, world).

    Parameters
    ----------
    scenarios : mapping of str to Scenario
        By label.
    names : tuple of str
        Of `OUTCOMES`.
    since : str
        Month from which everything counts, "YYYY-MM".
    ensemble : Ensemble
        Which worlds; how they are simulated.
    sets : mapping of str to callable, optional
        By label, what gives the worlds their parameters; see `sim.ensemble.survey`.
    """
    from sim.ensemble import survey

    read = partial(_only, names=names, since=since)
    found = survey(scenarios, read, ensemble, monthly(names), sets)
    about = next(iter(scenarios.values()))
    return found.assign_attrs(scenario=about.name, title=about.title, seed=ensemble.seed)
