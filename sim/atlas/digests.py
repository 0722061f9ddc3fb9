"""What is kept of the worlds at every point of the grid: means, paired differences with their error, bands by month."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.questions.bands import QUANTILES, trailing_mean
from sim.questions.compare import interval
from sim.questions.headline import OUTCOMES, headline

if TYPE_CHECKING:
    import xarray as xr

    from sim.ensemble import Progress
    from sim.scenario import Scenario

SHOWN = ("settled", "in_force", "relapsed", "talks_months", "us_cost", "europe_cost", "europe_share", "land")
"""Outcomes of the page."""
WINDOW = 3
"""Months of the trailing mean of money, as in the figures."""
SERIES = {"us_allocation": WINDOW, "europe_contribution": WINDOW, "russian_held_share": 1, "settled": 1}
"""Monthly paths of the page, and the months that they are averaged over."""
FLAGS = ("settled",)
"""Series that are 0 or 1 in a world: only their mean says something, and their bands are the mean."""
LINES = ("mean", "p05", "p25", "p75", "p95")
"""What a fan is made of."""
VALUES_AT_ONCE = 20_000_000
"""Monthly values in memory together."""

Array = NDArray[np.float64]


class Digest(NamedTuple):
    """What some scenarios come to.

    Attributes
    ----------
    mean : array, shape (scenarios, outcomes)
        Means over worlds.
    half : array, shape (scenarios, outcomes)
        Half the width of the 95 % interval of the mean paired difference to the own doctrine.
    fans : array, shape (scenarios, series, lines, months)
        Bands over worlds by month.
    """

    mean: Array
    half: Array
    fans: Array

    def part(self, start: int, stop: int) -> Digest:
        """Some of the scenarios."""
        return Digest(*(values[start:stop] for values in self))


def read(paths: xr.Dataset, since: str) -> xr.Dataset:
    """The outcomes and monthly paths of the page, of some worlds."""
    found = headline(paths, since)[list(SHOWN)]
    return found.merge(paths[list(SERIES)].rename({name: f"{name}_path" for name in SERIES}), combine_attrs="override")


def digested(
    scenarios: dict[str, Scenario], since: str, worlds: int, seed: int, jobs: int, progress: Progress | None = None
) -> Digest:
    """Simulate scenarios in the same worlds, and keep little of each.

    Parameters
    ----------
    scenarios : dict of str to Scenario
        By label; the first is the own doctrine that the others are compared with.
    since : str
        Month from which sums and means count, "YYYY-MM".
    worlds, seed, jobs, progress
        As in `sim.ensemble.survey`.
    """
    own: Array | None = None
    parts: list[tuple[Array, Array, Array]] = []
    for found in _surveys(scenarios, since, worlds, seed, jobs, progress):
        outcomes = np.stack([found[name].transpose("doctrine", "world").to_numpy() for name in SHOWN], axis=1)
        own = outcomes[0] if own is None else own
        parts += [(*_one(values, own), fan) for values, fan in zip(outcomes, _fans(found), strict=True)]
    return Digest(*(np.array(column) for column in zip(*parts, strict=True)))


def _surveys(
    scenarios: dict[str, Scenario], since: str, worlds: int, seed: int, jobs: int, progress: Progress | None
) -> Iterator[xr.Dataset]:
    """Some scenarios after the other, so that monthly paths of few are in memory: the luck is the same for all."""
    from sim.ensemble import survey

    needs = dict.fromkeys([*SERIES, *(variable for name in SHOWN for variable in OUTCOMES[name].needs)])
    labels = list(scenarios)
    months = next(iter(scenarios.values())).months
    size = max(VALUES_AT_ONCE // (worlds * months * len(SERIES)), 1)
    for start in range(0, len(labels), size):
        some = {label: scenarios[label] for label in labels[start : start + size]}
        watch = None if progress is None else partial(_told, progress, start, len(some), len(labels))
        yield survey(some, partial(read, since=since), needs, worlds, seed, jobs, watch)


def _told(progress: Progress, start: int, some: int, every: int, done: int, total: int) -> None:
    """Progress within a part, as progress in all of it."""
    a_scenario = total // some
    progress(start * a_scenario + done, every * a_scenario)


def _one(values: Array, own: Array) -> tuple[Array, Array]:
    """Means, and half widths of the intervals of paired differences, of outcomes (outcomes, W)."""
    found = [interval(difference) for difference in values - own]
    return values.mean(axis=-1), np.array([(high - low) / 2.0 for _, low, high, _ in found])


def _fans(found: xr.Dataset) -> Array:
    """Bands by month, shape (scenarios, series, lines, months)."""
    fans = []
    for name, window in SERIES.items():
        paths = found[f"{name}_path"].transpose("month", "doctrine", "world").to_numpy().astype(float)
        paths = trailing_mean(paths, window) if window > 1 else paths
        mean = paths.mean(axis=-1)[np.newaxis]
        bands = np.quantile(paths, [QUANTILES[line] for line in LINES[1:]], axis=-1)
        fans.append(np.concatenate([mean, 0.0 * bands + mean if name in FLAGS else bands]))
    return np.moveaxis(np.array(fans), (0, 1, 2, 3), (1, 2, 3, 0))
