"""What an ensemble says in numbers: levels, differences, endings, bands; of worlds in memory, or of blocks of them.

A block of worlds is boiled down to a `BlockDigest`; those of all blocks are put together into the `EnsembleNumbers` of
all worlds, without the worlds ever being in memory together.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from sim.basics.labels import month_text
from sim.ensemble.dataset import class_names
from sim.questions.compare.doctrines import of_doctrines, paths
from sim.questions.compare.outcomes import headline, level_digests, level_table
from sim.questions.compare.paired import contrasts, described, differences
from sim.questions.compare.statistics import PARTS, band_rows, digest, digest_statistics, pool_digests

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray


class EnsembleNumbers(NamedTuple):
    """The numbers that the screen, the report and the tables show.

    Attributes
    ----------
    labels : list of str
        The doctrines, the one that the others are compared with first.
    worlds : int
        How many worlds.
    since, first : str
        Month from which everything counts, and the first of all, "YYYY-MM".
    levels, differences : DataFrame
        As `sim.questions.compare.outcomes.levels` and `sim.questions.compare.paired.paired` give them.
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

    def tables(self) -> dict[str, pd.DataFrame]:
        """All of them as tidy tables by name: levels, endings, and of several doctrines differences."""
        rows = [(label, name, share) for label, of in self.endings.items() for name, share in of.items()]
        endings = pd.DataFrame(rows, columns=["doctrine", "outcome", "share"])
        several = {"differences": self.differences} if len(self.labels) > 1 else {}
        return {"levels": self.levels, "endings": endings, **several}


class BlockDigest(NamedTuple):
    """A block of worlds, boiled down: arrays that `pool_digests` puts together, and counts that add up.

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


@of_doctrines
def ensemble_numbers(dataset: xr.Dataset, since: Any = None) -> EnsembleNumbers:
    """The results of worlds in memory; everything counts from the month `since` on."""
    outcomes = headline(dataset, since)
    labels = [str(label) for label in outcomes["doctrine"].to_numpy()]
    return _numbers(dataset, outcomes, labels, _outcomes_digest(dataset, outcomes), dataset.sizes["world"])


def digest_block(dataset: xr.Dataset, since: Any) -> BlockDigest:
    """Boil a block of worlds down."""
    return _outcomes_digest(dataset, headline(dataset, since), dataset)


def joined(digests: Iterable[BlockDigest]) -> BlockDigest:
    """The digest of all worlds, from those of blocks in their order, two of which are in memory at a time."""
    return reduce(_joined, digests)


def _joined(one: BlockDigest, other: BlockDigest) -> BlockDigest:
    bands, levels, contrasts = (pool_digests([getattr(d, part) for d in (one, other)]) for part in POOLED)
    return BlockDigest(bands, levels, contrasts, one.endings + other.endings)


def pooled_numbers(sample: xr.Dataset, since: Any, found: BlockDigest) -> EnsembleNumbers:
    """The results of all worlds from their digest; `sample` is a Dataset of some of them."""
    outcomes = headline(sample, since)
    labels = [str(label) for label in outcomes["doctrine"].to_numpy()]
    return _numbers(sample, outcomes, labels, found, int(found.endings[0].sum()))


def band_table(sample: xr.Dataset, found: BlockDigest) -> pd.DataFrame:
    """The table of `bands`, of all worlds; names, months and units are those of `sample`."""
    return band_rows(sample, paths(sample), list(digest_statistics(found.bands).swapaxes(0, 1)))


def _outcomes_digest(dataset: xr.Dataset, outcomes: xr.Dataset, monthly: xr.Dataset | None = None) -> BlockDigest:
    bands = np.empty((outcomes.sizes["doctrine"], 0, 0, PARTS))
    if monthly is not None:
        every = [monthly.variables[name].transpose("doctrine", "month", "world").to_numpy() for name in paths(monthly)]
        bands = np.stack([digest(values) for values in every], axis=1)
    classes = np.array(list(class_names(dataset["outcome"])))
    endings = (dataset["outcome"].transpose("doctrine", "world").to_numpy()[..., np.newaxis] == classes).sum(axis=1)
    first = str(outcomes["doctrine"].to_numpy()[0])
    return BlockDigest(bands, level_digests(outcomes), contrasts(outcomes, first), endings.astype(float))


def _numbers(
    sample: xr.Dataset, outcomes: xr.Dataset, labels: list[str], found: BlockDigest, worlds: int
) -> EnsembleNumbers:
    names = class_names(sample["outcome"]).values()
    return EnsembleNumbers(
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
