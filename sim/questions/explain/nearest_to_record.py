"""Which worlds lie nearest to the observed record, month by month.

Three paths are compared, over the months that the record has of all three and the worlds have too: American
allocations and European contributions, each summed up from the first of these months on (what is allocated in a month
is lumpy, what has been given so far is not), and the share of Ukraine that Russia holds at the end of each month.
Europe's share of aid, which the record has as well, is left out: it is made of the first two, and money would count
twice.

A world's gap is the root mean square over months of its path less the record's. The spread is that of the worlds less
their own mean path, over all worlds of the doctrine. The distance is the root mean square of the three gaps, each in
units of its spread, so that it has no unit:

    gap_wv = sqrt(mean_t (x_wvt - o_vt)^2),   spread_v = sqrt(mean_wt (x_wvt - mean_w x_wvt)^2),
    distance_w = sqrt(mean_v (gap_wv / spread_v)^2)

1 is as far as the worlds lie from their own mean path; and the mean square of all distances is 1 + the square of the
distance of the mean path. A path in which all worlds agree tells none from another, and is left out of the distance.

Every doctrine is measured by itself, with its own spread: what is said of it does not hang on what it was compared
with, and which doctrine the record looks like is another question, with an answer that knows its chance of error
(`sim.questions.infer`). Worlds at the same distance come in the order of their numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import xarray as xr

from sim.basics.arrays import Array
from sim.basics.labels import capital, listed, lower, month_text, number
from sim.basics.limits import InputError
from sim.basics.mistakes import count
from sim.basics.tables import Grid
from sim.questions.compare.breakdowns import TARGETS
from sim.questions.compare.doctrines import of_doctrines
from sim.scenario.spelling import doctrine_label


class Compared(NamedTuple):
    """How a path is compared: its column, how that is called in a grid, unit, digits, and whether it is summed up."""

    column: str
    head: str
    unit: str
    digits: int
    summed: bool


PATHS = {
    "us_allocation": Compared("us_gap", "US, EUR bn", "EUR bn", 1, True),
    "europe_contribution": Compared("europe_gap", "Europe, EUR bn", "EUR bn", 1, True),
    "russian_held_share": Compared("land_gap", "land, % of Ukraine", "% of Ukraine", 2, False),
}
"""What is compared."""
COLUMNS = ("doctrine", "world", "distance", *(path.column for path in PATHS.values()))
SPREAD_COLUMNS = ("doctrine", "variable", "label", "unit", "spread", "mean_path_gap")
DIGITS = 2
"""Of a distance."""


class Nearness(NamedTuple):
    """How far every world lies from the record.

    Attributes
    ----------
    months : array
        The months that were compared.
    worlds : DataFrame
        A row a doctrine and world, the nearest first: `distance`, NaN where no path has a spread; the gaps `us_gap` and
        `europe_gap` in EUR bn, `land_gap` in percent of Ukraine.
    spreads : DataFrame
        A row a doctrine and path: its `spread` between worlds, and how far their mean path lies from the record, in the
        same unit.
    """

    months: Array
    worlds: pd.DataFrame
    spreads: pd.DataFrame


@of_doctrines
def nearest_to_record(dataset: xr.Dataset, record: xr.Dataset) -> Nearness:
    """Measure how far every world of every doctrine lies from the record.

    Parameters
    ----------
    dataset : xarray.Dataset
        An ensemble with its monthly paths.
    record : xarray.Dataset
        The observed series, as `sim.record.series` gives them.

    Raises
    ------
    InputError
        If the monthly paths were not kept, or no month of them is in the record.
    """
    if any(name not in dataset for name in PATHS):
        raise InputError("these results have no monthly paths, which are held against the record; --paths keeps them")
    observed = record[list(PATHS)].dropna("month")
    months = np.intersect1d(dataset["month"].to_numpy(), observed["month"].to_numpy())
    if not len(months):
        raise InputError(
            f"these results are of {_span(dataset)} and the record of {_span(observed)}: no month is in both"
        )
    seen = {name: _path(observed[name].sel(month=months), path) for name, path in PATHS.items()}
    worlds, spreads = [], []
    for label in map(str, dataset["doctrine"].to_numpy()):
        one = dataset[list(PATHS)].sel(doctrine=label, month=months).transpose("world", "month")
        paths = {name: _path(one[name], path) for name, path in PATHS.items()}
        near, scales = _measured(paths, seen)
        near = near.assign(doctrine=label, world=one["world"].to_numpy())
        worlds.append(near.sort_values(["distance", "world"]))
        spreads.append(scales.assign(doctrine=label))
    return Nearness(
        months,
        pd.concat(worlds, ignore_index=True)[list(COLUMNS)],
        pd.concat(spreads, ignore_index=True)[list(SPREAD_COLUMNS)],
    )


def _path(values: xr.DataArray, path: Compared) -> Array:
    """A path as it is compared: months last, in its unit, money summed up."""
    scaled = TARGETS[str(values.name)].scale * values.to_numpy().astype(float)
    return np.cumsum(scaled, axis=-1) if path.summed else scaled


def _measured(paths: Mapping[str, Array], seen: Mapping[str, Array]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Distance and gaps of every world of one doctrine, in their order, and the spreads."""
    columns, rows, squares = {}, [], []
    for name, values in paths.items():
        mean, path = values.mean(axis=0), PATHS[name]
        gaps, spread = _root_mean_square(values - seen[name]), float(_root_mean_square((values - mean).ravel()))
        columns[path.column] = gaps
        about = {"variable": name, "label": TARGETS[name].label.partition(",")[0], "unit": path.unit}
        rows.append({**about, "spread": spread, "mean_path_gap": float(_root_mean_square(mean - seen[name]))})
        if (values != values[0]).any():  # a spread of identical worlds may be a rounding error away from 0
            squares.append((gaps / spread) ** 2)
        else:
            rows[-1]["spread"] = 0.0
    worlds = len(next(iter(paths.values())))
    distance = np.sqrt(np.mean(squares, axis=0)) if squares else np.full(worlds, np.nan)
    return pd.DataFrame({"distance": distance, **columns}), pd.DataFrame(rows)


def _root_mean_square(values: Array) -> Array:
    return np.asarray(np.sqrt(np.mean(values**2, axis=-1)))


def _span(dataset: xr.Dataset) -> str:
    months = dataset["month"].to_numpy()
    return f"{month_text(months[0])} to {month_text(months[-1])}"


def method(found: Nearness) -> str:
    """Say what was compared, over which months, and what a distance is."""
    first, last = month_text(found.months[0]), month_text(found.months[-1])
    return (
        f"Compared with the record over {count(len(found.months), 'month')}, {first} to {last}: American allocations "
        "and European contributions, each summed up from the first month on, and the land that Russia holds at the end "
        "of each month. The gap of a world is the root mean square over months; its distance is that of the three "
        "gaps, each in units of its spread between the worlds of the doctrine: 1 is as far as they lie from their own "
        "mean path."
    )


def sentences(found: Nearness, most: int) -> list[str]:
    """Say of each doctrine how far its nearest worlds lie from the record, how far the others, what is left out."""
    told = []
    for label, worlds in found.worlds.groupby("doctrine", sort=False):
        spreads = found.spreads[found.spreads["doctrine"] == label]
        name, few = capital(doctrine_label(str(label))), len(worlds) < most
        if few:
            told.append(
                f"{name}: there are {count(len(worlds), 'world')}, fewer than the {most} asked for; all are told."
            )
        told += _of_doctrine(name, worlds, spreads, most)
    return told


def _of_doctrine(name: str, worlds: pd.DataFrame, spreads: pd.DataFrame, most: int) -> list[str]:
    scaled = spreads[spreads["spread"] > 0.0]
    if scaled.empty:
        return [f"{name}: all its worlds are alike in these months, so that none is nearer; they come by number."]
    distance = worlds["distance"].to_numpy()
    near, far = (number(value, DIGITS) for value in distance[: min(most, len(distance))][[0, -1]])
    these = f"the nearest world lies {near}" if near == far else f"the nearest worlds lie {near} to {far}"
    median = number(float(np.median(distance)), DIGITS)
    mean = number(float(np.sqrt(np.mean((scaled["mean_path_gap"] / scaled["spread"]) ** 2))), DIGITS)
    told = [f"{name}: {these} from the record, the median world {median}, the mean path of all worlds {mean}."]
    alike = [lower(label) for label in spreads.loc[spreads["spread"] == 0.0, "label"]]
    if alike:
        told.append(f"{name}: left out of the distance, since all worlds agree in it: {listed(alike)}.")
    return told


def grids(found: Nearness, most: int) -> list[Grid]:
    """The distances of the nearest worlds of each doctrine, and their gaps; under them the medians of all worlds."""
    digits = {"distance": DIGITS} | {path.column: path.digits for path in PATHS.values()}
    made = []
    for label, worlds in found.worlds.groupby("doctrine", sort=False):
        head = [doctrine_label(str(label)), "distance", *(path.head for path in PATHS.values())]
        rows = [[f"world {row['world']}", *_cells(row, digits)] for row in worlds.head(most).to_dict("records")]
        medians = worlds[list(digits)].median().to_dict()
        made.append(Grid(head, [*rows, [f"median of {len(worlds):,}", *_cells(medians, digits)]]))
    return made


def _cells(row: Mapping[Any, Any], digits: Mapping[str, int]) -> list[str]:
    return ["" if np.isnan(row[name]) else number(row[name], places) for name, places in digits.items()]
