"""Which assumptions carry a comparison: outcomes over a design of parameter sets, and their Sobol indices.

How far the free parameters may be off is one of two answers: before the record is asked (the prior), and after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from sim import record
from sim.basics.arrays import Array
from sim.basics.draws import Draws
from sim.basics.limits import InputError
from sim.basics.mistakes import unknown
from sim.ensemble import USUAL, Ensemble
from sim.estimation.priors import PRIORS, drawn
from sim.questions.compare.doctrines import parting
from sim.questions.compare.measures import OUTCOMES
from sim.questions.compare.outcomes import surveyed
from sim.questions.sensitivity import sobol
from sim.scenario import Scenario
from sim.scenario.parameter_sets import POSTERIOR, each_world, held

if TYPE_CHECKING:
    pass

DIFFERENCE = "difference"
"""What the difference between the doctrines is called, beside the doctrines themselves."""
PAIR = 2
QUARTERS = (4, 2, 1)
"""Parts of the base at which the indices are given, to show whether they still move."""
PRIOR = "prior"
OVER = (PRIOR, POSTERIOR)
Quantile = Callable[[Array], Array]


# ---- what is varied


class FreeParameters(NamedTuple):
    """The free parameters of a scenario, and what is held possible of them.

    Attributes
    ----------
    name : str
        "prior" or "posterior".
    quantiles : dict of str to callable
        By parameter, its value at quantiles 0 to 1, whatever the others are.
    joint : DataFrame or None
        Equally likely parameter sets, a row each, where parameters depend on each other; None where none does.
    """

    name: str
    quantiles: Mapping[str, Quantile]
    joint: pd.DataFrame | None = None


def free_parameters(name: str, scenario: Scenario) -> FreeParameters:
    """What is held possible of the free parameters that a scenario leaves open.

    Parameters
    ----------
    name : str
        "prior": each flat between its bounds, independent. "posterior": the parameter sets that the record leaves.
    scenario : Scenario
        What it sets itself is not varied.

    Raises
    ------
    InputError
        If there is no such spread, or the scenario sets every free parameter.
    """
    if name not in OVER:
        raise InputError(unknown("spread of the parameters", name, OVER))
    names = [parameter for parameter in PRIORS if not held(parameter, scenario)]
    if not names:
        raise InputError(f"{scenario.name}: sets every free parameter itself; there is nothing to vary")
    if name == PRIOR:
        return FreeParameters(name, {parameter: PRIORS[parameter].value for parameter in names})
    joint = record.table(POSTERIOR)[names]
    return FreeParameters(
        name, {parameter: partial(np.quantile, joint[parameter].to_numpy(float)) for parameter in names}, joint
    )


def by_world(free: FreeParameters) -> Callable[[Draws], dict[str, Array]]:
    """What draws every world its own parameters, by the world's address: the same under every doctrine."""
    return partial(drawn, names=list(free.quantiles)) if free.joint is None else partial(each_world, free.joint)


def at_quantiles(free: FreeParameters, u: Array) -> Array:
    """Parameters at quantiles, shape (points, parameters), each by its own marginal."""
    columns = [np.asarray(quantile(u[:, place])) for place, quantile in enumerate(free.quantiles.values())]
    return np.stack(columns, axis=1)


def dependence(joint: pd.DataFrame) -> tuple[str, str, float]:
    """The two parameters that hang together most, and their rank correlation; what never varies does with none."""
    ranks = joint.corr("spearman").fillna(0.0).to_numpy()
    apart = np.abs(np.triu(ranks, 1))
    row, column = np.unravel_index(np.argmax(apart), apart.shape)
    names = list(map(str, joint))
    return names[row], names[column], float(ranks[row, column])


def prescribed(names: list[str], points: Array, lucks: int) -> Callable[[Draws], dict[str, Array]]:
    """What gives worlds their parameters by number: `lucks` worlds in a row to each point.

    Parameters
    ----------
    names : list of str
        The parameters.
    points : Array
        Their values, shape (points, parameters).
    lucks : int
        Worlds a point.
    """
    return partial(_of_worlds, names, points, lucks)


def _of_worlds(names: list[str], points: Array, lucks: int, draws: Draws) -> dict[str, Array]:
    mine = points[np.arange(draws.start, draws.stop) // lucks]
    return {name: mine[:, place] for place, name in enumerate(names)}


# ---- what is simulated


class Size(NamedTuple):
    """How much is simulated.

    Attributes
    ----------
    base : int
        Points of each of the matrices A and B, a power of 2.
    lucks : int
        Worlds a point, even.
    """

    base: int
    lucks: int

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


def evaluated(
    scenarios: Mapping[str, Scenario],
    free: FreeParameters,
    outcomes: Sequence[str],
    size: Size,
    ensemble: Ensemble = USUAL,
) -> Evaluated:
    """Outcomes of each doctrine at every point of a Saltelli design, with the same lucks at every page.

    Parameters
    ----------
    scenarios : mapping of str to Scenario
        By label of the doctrine.
    free : FreeParameters
        The parameters and their marginals, which are taken as independent.
    outcomes : sequence of str
        Names of `sim.questions.compare.outcomes.OUTCOMES`.
    size : Size
        How much is simulated.
    ensemble : Ensemble
        Seed of luck and design, and how worlds are simulated; how many there are is in `size`.
    """
    names = list(free.quantiles)
    a, b = (at_quantiles(free, u) for u in sobol.designed(len(names), size.base, ensemble.seed))
    values = simulated(scenarios, names, [a, b, *sobol.crossed(a, b)], outcomes, size.lucks, ensemble)
    return Evaluated(names, a, b, values)


def simulated(
    scenarios: Mapping[str, Scenario],
    names: list[str],
    pages: Sequence[Array],
    outcomes: Sequence[str],
    lucks: int,
    ensemble: Ensemble = USUAL,
) -> dict[str, Array]:
    """Outcomes at pages of points, shape (doctrine, page, points, lucks); all pages have as many points.

    The luck of a world goes by its place on the page, so that every page, under every doctrine, has the same.
    """
    labels = {f"{label} {page}": (label, page) for label in scenarios for page in range(len(pages))}
    found = surveyed(
        {label: scenarios[doctrine] for label, (doctrine, _) in labels.items()},
        tuple(outcomes),
        parting(list(scenarios.values())),
        ensemble.of(len(pages[0]) * lucks),
        sets={label: prescribed(names, pages[page], lucks) for label, (_, page) in labels.items()},
    )
    shape = (len(scenarios), len(pages), len(pages[0]), lucks)
    values = {name: found[name].to_numpy().astype(float).reshape(shape) for name in outcomes}
    check_finite(values, list(scenarios))
    return values


def check_finite(values: Mapping[str, Array], labels: Sequence[str]) -> None:
    """Ask for a number in every world: without some of its worlds a design is none, and a flip is not counted.

    Parameters
    ----------
    values : mapping of str to Array
        By outcome, shape (doctrine, page, points, lucks).
    labels : sequence of str
        The doctrines.

    Raises
    ------
    InputError
        If an outcome is missing; in how many worlds, under which doctrine and at how many parameter sets, it says.
    """
    for outcome, under in values.items():
        for label, pages in zip(labels, under, strict=True):
            lost = ~np.isfinite(pages)
            if lost.any():
                sets = lost.any(axis=-1)
                raise InputError(
                    f"outcome: {outcome} has no number in {lost.sum():,} of {lost.size:,} worlds under {label}, at "
                    f"{sets.sum():,} of {sets.size:,} parameter sets; indices need one in each: leave it out"
                )


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
        world. Indices are missing where the parameters move the quantity less than luck lets one see, and `luck` too
        where it does not vary.
    """
    rows = []
    for quantity, outcome, pages in quantities(found.values, labels):
        got = sobol.indices(pages[0], pages[1], pages[2:], seed)
        about: dict[str, Any] = {"quantity": quantity, "outcome": outcome}
        about |= {"label": OUTCOMES[outcome].label, "unit": OUTCOMES[outcome].unit}
        about |= {"mean": float(pages[:2].mean()), "sd": got.sd, "luck": got.luck}
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
            first, total = sobol.free_of_luck(a, b, np.stack(crossed))
            rows += [
                {"quantity": quantity, "outcome": outcome, "parameter": name, "points": points, "first": f, "total": t}
                for name, f, t in zip(found.names, first, total, strict=True)
            ]
    return pd.DataFrame(rows)
