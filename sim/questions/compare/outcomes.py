"""The outcomes that a comparison is about: one number a world, from the month in which the doctrines part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from sim.basics.labels import lower, month_text
from sim.basics.limits import InputError
from sim.basics.mistakes import shown, unknown
from sim.ensemble.ensemble import USUAL, Ensemble
from sim.questions.compare.doctrines import of_doctrines, start_of_effect
from sim.questions.compare.settlements import PEACE, broken, pause_broken, paused, pausing, signed, standing
from sim.questions.compare.statistics import STATISTICS, digest, digest_statistics
from sim.record.monthly import UKRAINE_KM2
from sim.world.settlement import Refusal

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

    from sim.ensemble import Sets
    from sim.scenario import Scenario

CHANCE, PERCENT, MONEY, MONTHS, COUNT = "0 or 1", "percent", "EUR bn", "months", "proposals"
PERCENT_OF_UKRAINE, AREA, INDEX, FORCE = "percent of Ukraine", "km² a month", "0 to 1", "units of force a month"
SUPPORT = "share of full support"
STANDING, PAUSING = "standing", "truce_standing"
"""The outcomes that are there before a doctrine is: a settlement or a truce of before the months that count."""
ALREADY = (STANDING, PAUSING)
EVERY = "all"
"""Asks for every headline outcome that a doctrine can change."""


class OutcomeMeasure(NamedTuple):
    """An outcome: its unit, how tables and sentences call it, the variables it is made of, and how.

    Attributes
    ----------
    phrase : str
        For a chance, what happens in a world ("settles"); otherwise what rises or falls, as the end of a sentence.
    needs : tuple of str
        Monthly variables, and months of events such as `settlement_month`.
    read : callable
        Makes of all months, dims (doctrine, world, month), and of the first that counts one number a world: what stands
        when the first begins is known of the month before.
    """

    unit: str
    label: str
    phrase: str
    needs: tuple[str, ...]
    read: Callable[[xr.Dataset, Any], xr.DataArray]


def _that_count(data: xr.Dataset, name: str, start: Any) -> xr.DataArray:
    """A monthly variable in the months that count."""
    return data[name].sel(month=slice(start, None))


def _total(unit: str, label: str, phrase: str, name: str) -> OutcomeMeasure:
    def read(data: xr.Dataset, start: Any) -> xr.DataArray:
        return _that_count(data, name, start).sum("month", dtype=float)

    return OutcomeMeasure(unit, label, phrase, (name,), read)


def _mean(unit: str, label: str, phrase: str, name: str, scale: float = 1.0) -> OutcomeMeasure:
    def read(data: xr.Dataset, start: Any) -> xr.DataArray:
        return scale * _that_count(data, name, start).mean("month", dtype=float)

    return OutcomeMeasure(unit, label, phrase, (name,), read)


def _at_end(unit: str, label: str, phrase: str, name: str, scale: float = 1.0) -> OutcomeMeasure:
    def read(data: xr.Dataset, _: Any) -> xr.DataArray:
        return scale * data[name].isel(month=-1).astype(float)

    return OutcomeMeasure(unit, label, phrase, (name,), read)


def _refusals(whose: str, *who: Refusal) -> OutcomeMeasure:
    def read(data: xr.Dataset, start: Any) -> xr.DataArray:
        refused = _that_count(data, "refusal", start).isin([int(refusal) for refusal in who])
        return refused.sum("month", dtype=float)

    label = f"Proposals that {whose} refuses"
    return OutcomeMeasure(COUNT, label, f"the number of {lower(label)}", ("refusal",), read)


def _event(label: str, phrase: str, needs: tuple[str, ...], happens: Callable[..., xr.DataArray]) -> OutcomeMeasure:
    """Whether something happens in the months that count, or had happened before them."""

    def read(data: xr.Dataset, start: Any) -> xr.DataArray:
        return happens(data, start).astype(float)

    return OutcomeMeasure(CHANCE, label, phrase, needs, read)


OUTCOMES: dict[str, OutcomeMeasure] = {
    STANDING: _event(
        "A settlement stands already",
        "has a settlement standing already",
        (PEACE, "settlement_month"),
        standing,
    ),
    "settled": _event("A settlement is signed", "settles", ("settlement_month",), signed),
    "relapsed": _event("A settlement breaks", "sees a settlement break", (PEACE, "settlement_month"), broken),
    "in_force": _at_end(
        CHANCE, "A settlement is in force at the end", "has a settlement in force at the end", "settled"
    ),
    "durable_months": _total(MONTHS, "Months with a settlement in force", "the time under a settlement", "settled"),
    PAUSING: _event(
        "A truce stands already",
        "has a truce standing already",
        (PEACE, "settlement_month"),
        pausing,
    ),
    "truce": _event("A truce is agreed", "agrees on a truce", ("truce_month",), paused),
    "truce_broken": _event("A truce breaks", "sees a truce break", (PEACE, "settlement_month"), pause_broken),
    "truce_months": _total(MONTHS, "Months with a truce in force", "the time in a truce", "truce"),
    "talks_months": _total(MONTHS, "Months with talks", "the time in talks", "talks"),
    "refused_by_ukraine": _refusals("Ukraine", Refusal.UKRAINE, Refusal.BOTH),
    "refused_by_russia": _refusals("Russia", Refusal.RUSSIA, Refusal.BOTH),
    "us_cost": _total(MONEY, "American allocations", "the American bill", "us_allocation"),
    "europe_cost": _total(MONEY, "European contributions", "the European bill", "europe_contribution"),
    "europe_share": _at_end(
        PERCENT, "Europe's share of aid at the end", "Europe's share of aid at the end", "europe_share", 100.0
    ),
    "land": _at_end(
        PERCENT_OF_UKRAINE,
        "Land held by Russia at the end",
        "the land that Russia holds at the end",
        "russian_held_share",
        100.0,
    ),
    "optimism_russia": _mean(
        AREA, "Advance that Russia expects", "the advance that Russia expects", "optimism_russia", UKRAINE_KM2
    ),
    "effort_russia": _mean(FORCE, "Russia's war effort", "Russia's war effort", "effort_russia"),
    "need": _mean(INDEX, "Ukraine's need of aid", "Ukraine's need of aid", "need"),
    "credibility": _mean(INDEX, "Credibility of American words", "the credibility of American words", "credibility"),
    "sanctions": _at_end(INDEX, "Sanctions at the end", "the level of sanctions at the end", "sanctions"),
    "nato_posture": _at_end(
        INDEX, "American posture in Europe at the end", "the American posture in Europe at the end", "nato_posture"
    ),
    "belief_russia": _mean(
        SUPPORT, "Russia's belief in American support", "Russia's belief in American support", "belief_russia"
    ),
}
"""Outcomes by name, all of the months from the change on, or as things stand at their end; chances are 0 or 1 a world.

Each world counts once, however many settlements or truces it has, one after the other.
"""


def monthly(names: Iterable[str]) -> tuple[str, ...]:
    """The monthly variables that outcomes are made of: what must be recorded of a run that is asked for no more."""
    from sim.actors.variables import MONTHLY

    needs = dict.fromkeys(variable for name in names for variable in OUTCOMES[name].needs)
    return tuple(variable for variable in needs if variable in MONTHLY)


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
    there = {name: outcome for name, outcome in OUTCOMES.items() if all(needed in dataset for needed in outcome.needs)}
    variables = {}
    for name, outcome in there.items():
        values = outcome.read(dataset, start).variable.transpose("doctrine", "world")
        values.attrs = {"units": outcome.unit, "long_name": outcome.label, "phrase": outcome.phrase}
        variables[name] = values
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
