"""The outcomes that a comparison is about: one number a world, from the month in which the doctrines part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from sim.questions import pooled
from sim.questions.bands import STATISTICS
from sim.questions.labels import month_text
from sim.questions.since import after, start_of_effect
from sim.record.monthly import UKRAINE_KM2
from sim.world.settlement import Refusal

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

CHANCE, PERCENT, MONEY, MONTHS, COUNT = "0 or 1", "percent", "EUR bn", "months", "proposals"
PERCENT_OF_UKRAINE, AREA, INDEX, FORCE = "percent of Ukraine", "km² a month", "0 to 1", "units of force a month"
SUPPORT = "share of full support"
Reading = Callable[["xr.Dataset"], "xr.DataArray"]


class Outcome(NamedTuple):
    """An outcome: its unit, how tables and sentences call it, the variables it is made of, and how.

    Attributes
    ----------
    phrase : str
        For a chance, what happens in a world ("settles"); otherwise what rises or falls, as the end of a sentence.
    everything : bool
        Whether it is read off all months instead of those after the change.
    """

    unit: str
    label: str
    phrase: str
    needs: tuple[str, ...]
    read: Reading
    everything: bool = False


def _sum(name: str) -> Reading:
    return lambda data: data[name].sum("month", dtype=float)


def _mean(name: str, scale: float = 1.0) -> Reading:
    return lambda data: scale * data[name].mean("month", dtype=float)


def _last(name: str, scale: float = 1.0) -> Reading:
    return lambda data: scale * data[name].isel(month=-1).astype(float)


def _ever(name: str) -> Reading:
    return lambda data: data[name].max("month").astype(float)


def _refused(*who: Refusal) -> Reading:
    return lambda data: data["refusal"].isin([int(refusal) for refusal in who]).sum("month", dtype=float)


def _chance(label: str, phrase: str, name: str, read: Callable[[str], Reading]) -> Outcome:
    return Outcome(CHANCE, label, phrase, (name,), read(name), everything=True)


OUTCOMES: dict[str, Outcome] = {
    "settled": _chance("A settlement is signed", "settles", "settled", _ever),
    "in_force": _chance(
        "A settlement is in force at the end", "has a settlement in force at the end", "settled", _last
    ),
    "relapsed": _chance("A settlement breaks", "sees a settlement break", "relapsed", _ever),
    "durable_months": Outcome(
        MONTHS, "Months with a settlement in force", "the time under a settlement", ("settled",), _sum("settled")
    ),
    "talks_months": Outcome(MONTHS, "Months with talks", "the time in talks", ("talks",), _sum("talks")),
    "refused_by_ukraine": Outcome(
        COUNT,
        "Proposals that Ukraine refuses",
        "the number of proposals that Ukraine refuses",
        ("refusal",),
        _refused(Refusal.UKRAINE, Refusal.BOTH),
    ),
    "refused_by_russia": Outcome(
        COUNT,
        "Proposals that Russia refuses",
        "the number of proposals that Russia refuses",
        ("refusal",),
        _refused(Refusal.RUSSIA, Refusal.BOTH),
    ),
    "us_cost": Outcome(MONEY, "American allocations", "the American bill", ("us_allocation",), _sum("us_allocation")),
    "europe_cost": Outcome(
        MONEY,
        "European contributions",
        "the European bill",
        ("europe_contribution",),
        _sum("europe_contribution"),
    ),
    "europe_share": Outcome(
        PERCENT,
        "Europe's share of aid at the end",
        "Europe's share of aid at the end",
        ("europe_share",),
        _last("europe_share", 100.0),
    ),
    "land": Outcome(
        PERCENT_OF_UKRAINE,
        "Land held by Russia at the end",
        "the land that Russia holds at the end",
        ("russian_held_share",),
        _last("russian_held_share", 100.0),
    ),
    "optimism_russia": Outcome(
        AREA,
        "Advance that Russia expects",
        "the advance that Russia expects",
        ("optimism_russia",),
        _mean("optimism_russia", UKRAINE_KM2),
    ),
    "effort_russia": Outcome(
        FORCE, "Russia's war effort", "Russia's war effort", ("effort_russia",), _mean("effort_russia")
    ),
    "need": Outcome(INDEX, "Ukraine's need of aid", "Ukraine's need of aid", ("need",), _mean("need")),
    "credibility": Outcome(
        INDEX,
        "Credibility of American words",
        "the credibility of American words",
        ("credibility",),
        _mean("credibility"),
    ),
    "sanctions": Outcome(
        INDEX, "Sanctions at the end", "the level of sanctions at the end", ("sanctions",), _last("sanctions")
    ),
    "nato_posture": Outcome(
        INDEX,
        "American posture in Europe at the end",
        "the American posture in Europe at the end",
        ("nato_posture",),
        _last("nato_posture"),
    ),
    "belief_russia": Outcome(
        SUPPORT,
        "Russia's belief in American support",
        "Russia's belief in American support",
        ("belief_russia",),
        _mean("belief_russia"),
    ),
}
"""Outcomes by name. Chances are 0 or 1 a world; means and sums are over the months after the change."""


def headline(dataset: xr.Dataset, since: Any = None) -> xr.Dataset:
    """The outcomes of every world.

    Parameters
    ----------
    dataset : xarray.Dataset
        Dims (doctrine, world, month).
    since : str or datetime64, optional
        Month from which sums and means count; by default the first in which the doctrines differ, and the first
        of all if none does.

    Returns
    -------
    xarray.Dataset
        Dims (doctrine, world); an outcome of `OUTCOMES` for every one whose variables the Dataset has, with
        `units`, `long_name` and `phrase`, and the attribute `since` ("YYYY-MM").
    """
    import xarray as xr

    start = start_of_effect(dataset, since)
    later = after(dataset, start)
    found = xr.Dataset(coords={"doctrine": dataset["doctrine"], "world": dataset["world"]})
    for name, outcome in OUTCOMES.items():
        if not all(variable in dataset for variable in outcome.needs):
            continue
        values = outcome.read(dataset if outcome.everything else later)
        values = values.drop_vars("month", errors="ignore").transpose("doctrine", "world")
        found[name] = values.assign_attrs(units=outcome.unit, long_name=outcome.label, phrase=outcome.phrase)
    found.attrs = {**dataset.attrs, "since": month_text(start), "months": later.sizes["month"]}
    return found


def levels(dataset: xr.Dataset, since: Any = None) -> pd.DataFrame:
    """The outcomes of each doctrine by itself: mean, sd and quantiles over worlds.

    Returns
    -------
    pandas.DataFrame
        One row a doctrine and outcome: `doctrine, outcome, label, unit, phrase`, then the statistics of
        `sim.questions.bands`.
    """
    outcomes = headline(dataset, since)
    labels = [str(label) for label in outcomes["doctrine"].to_numpy()]
    return level_table(labels, list(map(str, outcomes.data_vars)), level_digests(outcomes))


def level_digests(outcomes: xr.Dataset) -> NDArray[np.float64]:
    """Digests (`sim.questions.pooled`) of each doctrine's outcomes, shape (doctrines, outcomes, PARTS)."""
    values = [outcomes[name].transpose("doctrine", "world").to_numpy() for name in outcomes.data_vars]
    return pooled.digest(np.stack(values, axis=1))


def level_table(labels: Sequence[str], names: Sequence[str], found: NDArray[np.float64]) -> pd.DataFrame:
    """The table of `levels`, from the digests of `level_digests`."""
    numbers = pooled.statistics(found)
    rows = [
        {"doctrine": label, "outcome": name, "label": OUTCOMES[name].label, "unit": OUTCOMES[name].unit}
        | {"phrase": OUTCOMES[name].phrase}
        | dict(zip(STATISTICS, numbers[place, nth], strict=True))
        for place, label in enumerate(labels)
        for nth, name in enumerate(names)
    ]
    return pd.DataFrame(rows)
