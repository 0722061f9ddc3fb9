"""Which assumptions carry a comparison: outcomes over a design of parameter sets, and their Sobol indices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from sim.arrays import Array
from sim.ensemble import Progress, survey
from sim.questions import sobol
from sim.questions.headline import OUTCOMES, headline
from sim.questions.spreads import Spread, at_quantiles, prescribed
from sim.scenario import Scenario
from sim.scenario.tables import ACTORS

if TYPE_CHECKING:
    import xarray as xr

DIFFERENCE = "difference"
"""What the difference between the doctrines is called, beside the doctrines themselves."""
PAIR = 2
QUARTERS = (4, 2, 1)
"""Parts of the base at which the indices are given, to show whether they still move."""


class Size(NamedTuple):
    """How much is simulated.

    Attributes
    ----------
    base : int
        Points of each of the matrices A and B, a power of 2.
    lucks : int
        Worlds a point, even.
    seed : int
        Seed of the luck, of the design and of the bootstrap.
    jobs : int
        Processes.
    """

    base: int
    lucks: int
    seed: int = 1
    jobs: int = 1

    def worlds(self, parameters: int) -> int:
        """Worlds under each doctrine."""
        return self.base * self.lucks * (parameters + PAIR)


class Evaluated(NamedTuple):
    """Outcomes over a design.

    Attributes
    ----------
    names : list of str
        The parameters.
    a, b : Array
        Their values, shape (base, parameters).
    values : dict of str to Array
        By outcome, shape (doctrine, page, base, lucks); the pages are A, B, and A with each column of B.
    """

    names: list[str]
    a: Array
    b: Array
    values: dict[str, Array]


def parting(scenarios: Sequence[Scenario]) -> str:
    """The first month in which scenarios differ in any actor's doctrine; the first of all if in none."""
    first, *others = scenarios

    def differs(month: str) -> bool:
        return any(one.doctrine(actor, month) != first.doctrine(actor, month) for one in others for actor in ACTORS)

    return next(filter(differs, first.calendar), first.start)


def reading(outcomes: Sequence[str], since: str) -> tuple[Any, tuple[str, ...]]:
    """What `survey` keeps of each block for some outcomes, and the variables that takes."""
    needs = tuple(dict.fromkeys(variable for name in outcomes for variable in OUTCOMES[name].needs))
    return partial(_read, tuple(outcomes), since), needs


def _read(outcomes: tuple[str, ...], since: str, paths: xr.Dataset) -> xr.Dataset:
    return headline(paths, since)[list(outcomes)]


def evaluated(
    scenarios: Mapping[str, Scenario],
    chosen: Spread,
    outcomes: Sequence[str],
    size: Size,
    progress: Progress | None = None,
) -> Evaluated:
    """Outcomes of each doctrine at every point of a Saltelli design, with the same lucks at every page.

    Parameters
    ----------
    scenarios : mapping of str to Scenario
        By label of the doctrine.
    chosen : Spread
        The parameters and their marginals, which are taken as independent.
    outcomes : sequence of str
        Names of `sim.questions.headline.OUTCOMES`.
    size : Size
        How much is simulated.
    progress : callable, optional
        As in `sim.ensemble.survey`.
    """
    names = list(chosen.quantiles)
    a, b = (at_quantiles(chosen, u) for u in sobol.designed(len(names), size.base, size.seed))
    values = simulated(scenarios, names, [a, b, *sobol.crossed(a, b)], outcomes, size, progress)
    return Evaluated(names, a, b, values)


def simulated(
    scenarios: Mapping[str, Scenario],
    names: list[str],
    pages: Sequence[Array],
    outcomes: Sequence[str],
    size: Size,
    progress: Progress | None = None,
) -> dict[str, Array]:
    """Outcomes at pages of points, shape (doctrine, page, points, lucks); all pages have as many points.

    The luck of a world goes by its place on the page, so that every page, under every doctrine, has the same.
    """
    labels = {f"{label} {page}": (label, page) for label in scenarios for page in range(len(pages))}
    read, needs = reading(outcomes, parting(list(scenarios.values())))
    found = survey(
        {label: scenarios[doctrine] for label, (doctrine, _) in labels.items()},
        read,
        needs,
        worlds=len(pages[0]) * size.lucks,
        seed=size.seed,
        jobs=size.jobs,
        progress=progress,
        sets={label: prescribed(names, pages[page], size.lucks) for label, (_, page) in labels.items()},
    )
    shape = (len(scenarios), len(pages), len(pages[0]), size.lucks)
    return {name: found[name].to_numpy().astype(float).reshape(shape) for name in outcomes}


def quantities(values: Mapping[str, Array], labels: Sequence[str]) -> Iterator[tuple[str, str, Array]]:
    """Of each outcome its level under each doctrine, and the second's less the first's: name, outcome, values."""
    for outcome, under in values.items():
        for label, level in zip(labels, under, strict=True):
            yield label, outcome, level
        if len(labels) == PAIR:
            yield DIFFERENCE, outcome, under[1] - under[0]


def indices(found: Evaluated, labels: Sequence[str], seed: int = 1) -> pd.DataFrame:
    """Sobol indices of every outcome under each doctrine, and of the difference.

    Returns
    -------
    pandas.DataFrame
        One row a quantity, outcome and parameter: `first` and `total` with their 95 % intervals; `mean` of the
        quantity, `sd` of its mean over luck as the parameters vary, `luck`, the share of luck in the variance of one
        world. Indices are missing where the parameters move the quantity less than luck lets one see.
    """
    rows = []
    for quantity, outcome, pages in quantities(found.values, labels):
        got = sobol.indices(pages[0], pages[1], pages[2:], seed)
        about = _about(quantity, outcome) | {"mean": float(pages[:2].mean()), "sd": got.sd, "luck": got.luck}
        columns = (got.first, *got.first_ends, got.total, *got.total_ends)
        keys = ("first", "first_low", "first_high", "total", "total_low", "total_high")
        for name, *numbers in zip(found.names, *columns, strict=True):
            rows.append(about | {"parameter": name} | dict(zip(keys, map(float, numbers), strict=True)))
    return pd.DataFrame(rows)


def convergence(found: Evaluated, labels: Sequence[str]) -> pd.DataFrame:
    """The indices from a quarter of the base, half of it and all: what still moves is not to be trusted.

    Returns
    -------
    pandas.DataFrame
        One row a quantity, outcome, parameter and `points`: `first` and `total`, without intervals.
    """
    rows = []
    for quantity, outcome, pages in quantities(found.values, labels):
        for part in QUARTERS:
            points = pages.shape[1] // part
            a, b, *crossed = (sobol.halves(page[:points]) for page in pages)
            with np.errstate(divide="ignore", invalid="ignore"):
                first, total = sobol.free_of_luck(a, b, np.stack(crossed))
            rows += [
                {"quantity": quantity, "outcome": outcome, "parameter": name, "points": points, "first": f, "total": t}
                for name, f, t in zip(found.names, first, total, strict=True)
            ]
    return pd.DataFrame(rows)


def _about(quantity: str, outcome: str) -> dict[str, str]:
    return {"quantity": quantity, "outcome": outcome, "label": OUTCOMES[outcome].label, "unit": OUTCOMES[outcome].unit}
