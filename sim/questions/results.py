"""What an ensemble says in numbers: levels, differences, endings, bands; of worlds in memory, or of blocks of them.

A block of worlds is boiled down to a `Digest`; digests of blocks are put together into the `Results` of all worlds,
without the worlds ever being in memory together.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from sim.questions import pooled
from sim.questions.bands import band
from sim.questions.compare import contrasts, described, differences
from sim.questions.headline import headline, level_digests, level_table
from sim.questions.labels import month_text
from sim.questions.since import paths

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray


class Results(NamedTuple):
    """The numbers that the screen, the report and the tables show.

    Attributes
    ----------
    labels : list of str
        The doctrines, the one that the others are compared with first.
    worlds : int
        How many worlds.
    since, first : str
        Month from which sums and means count, and the first of all, "YYYY-MM".
    levels, differences : DataFrame
        As `sim.questions.headline.levels` and `sim.questions.compare.paired` give them.
    endings : dict
        Share of worlds by doctrine and how they end.
    """

    labels: list[str]
    worlds: int
    since: str
    first: str
    levels: pd.DataFrame
    differences: pd.DataFrame
    endings: dict[str, dict[str, float]]


class Digest(NamedTuple):
    """A block of worlds, boiled down: arrays that `pooled.pooled` puts together, and counts that add up.

    Attributes
    ----------
    bands : array (doctrines, variables, months, PARTS)
    levels : array (doctrines, outcomes, PARTS)
    contrasts : array (doctrines - 1, outcomes, 5, PARTS)
    endings : array (doctrines, classes)
    """

    bands: NDArray[np.float64]
    levels: NDArray[np.float64]
    contrasts: NDArray[np.float64]
    endings: NDArray[np.float64]


POOLED = ("bands", "levels", "contrasts")
"""The parts of a digest that are digests of numbers; the other is counts, which add up."""


def results(dataset: xr.Dataset, since: Any = None) -> Results:
    """The results of worlds in memory; sums and means count from the month `since` on."""
    outcomes = headline(dataset, since)
    labels = [str(label) for label in outcomes["doctrine"].to_numpy()]
    return _results(dataset, outcomes, labels, _outcomes_digest(dataset, outcomes), dataset.sizes["world"])


def digest(dataset: xr.Dataset, since: Any) -> Digest:
    """Boil a block of worlds down."""
    return _outcomes_digest(dataset, headline(dataset, since), dataset)


def together(digests: Iterable[Digest]) -> Digest:
    """The digest of all worlds, from those of blocks in their order, two of which are in memory at a time."""
    return reduce(_joined, digests)


def _joined(one: Digest, other: Digest) -> Digest:
    bands, levels, contrasts = (pooled.pooled([getattr(d, part) for d in (one, other)]) for part in POOLED)
    return Digest(bands, levels, contrasts, one.endings + other.endings)


def pooled_results(sample: xr.Dataset, since: Any, found: Digest) -> Results:
    """The results of all worlds from their digest; `sample` is a Dataset of some of them."""
    outcomes = headline(sample, since)
    labels = [str(label) for label in outcomes["doctrine"].to_numpy()]
    return _results(sample, outcomes, labels, found, int(found.endings[0].sum()))


def band_table(sample: xr.Dataset, found: Digest) -> pd.DataFrame:
    """The table of `sim.questions.bands.bands`, of all worlds; names, months and units are those of `sample`."""
    numbers = pooled.statistics(found.bands)
    frames = [
        band(numbers[row, place], str(label), sample[name])
        for place, name in enumerate(paths(sample))
        for row, label in enumerate(sample["doctrine"].to_numpy())
    ]
    return pd.concat(frames, ignore_index=True)


def _outcomes_digest(dataset: xr.Dataset, outcomes: xr.Dataset, monthly: xr.Dataset | None = None) -> Digest:
    bands = np.empty((outcomes.sizes["doctrine"], 0, 0, pooled.PARTS))
    if monthly is not None:
        every = [monthly[name].transpose("doctrine", "month", "world").to_numpy() for name in paths(monthly)]
        bands = np.stack([pooled.digest(values) for values in every], axis=1)
    classes = np.array(dataset["outcome"].attrs["flag_values"])
    endings = (dataset["outcome"].transpose("doctrine", "world").to_numpy()[..., np.newaxis] == classes).sum(axis=1)
    first = str(outcomes["doctrine"].to_numpy()[0])
    return Digest(bands, level_digests(outcomes), contrasts(outcomes, first), endings.astype(float))


def _results(sample: xr.Dataset, outcomes: xr.Dataset, labels: list[str], found: Digest, worlds: int) -> Results:
    names = str(sample["outcome"].attrs["flag_meanings"]).split(", ")
    return Results(
        labels=labels,
        worlds=worlds,
        since=str(outcomes.attrs["since"]),
        first=month_text(sample["month"].to_numpy()[0]),
        levels=level_table(labels, list(map(str, outcomes.data_vars)), found.levels),
        differences=differences(labels, labels[0], described(outcomes), found.contrasts),
        endings={
            label: dict(zip(names, (counts / worlds).tolist(), strict=True))
            for label, counts in zip(labels, found.endings, strict=True)
        },
    )
