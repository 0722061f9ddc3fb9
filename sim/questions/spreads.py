"""How far the free parameters may be off: before the record is asked, and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from sim import record
from sim.arrays import Array
from sim.calibration.priors import PRIORS, drawn
from sim.draws import Draws
from sim.limits import InputError
from sim.mistakes import unknown
from sim.parameter_sets import POSTERIOR, each_world, held
from sim.scenario import Scenario

PRIOR = "prior"
SPREADS = (PRIOR, POSTERIOR)
Quantile = Callable[[Array], Array]


class Spread(NamedTuple):
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


def spread(name: str, scenario: Scenario) -> Spread:
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
    if name not in SPREADS:
        raise InputError(unknown("spread of the parameters", name, SPREADS))
    names = [parameter for parameter in PRIORS if not held(parameter, scenario)]
    if not names:
        raise InputError(f"{scenario.name}: sets every free parameter itself; there is nothing to vary")
    if name == PRIOR:
        return Spread(name, {parameter: PRIORS[parameter].value for parameter in names})
    joint = record.table(POSTERIOR)[names]
    return Spread(
        name, {parameter: partial(np.quantile, joint[parameter].to_numpy(float)) for parameter in names}, joint
    )


def by_world(chosen: Spread) -> Callable[[Draws], dict[str, Array]]:
    """What draws every world its own parameters, by the world's address: the same under every doctrine."""
    return partial(drawn, names=list(chosen.quantiles)) if chosen.joint is None else partial(each_world, chosen.joint)


def at_quantiles(chosen: Spread, u: Array) -> Array:
    """Parameters at quantiles, shape (points, parameters), each by its own marginal."""
    columns = [np.asarray(quantile(u[:, place])) for place, quantile in enumerate(chosen.quantiles.values())]
    return np.stack(columns, axis=1)


def dependence(joint: pd.DataFrame) -> tuple[str, str, float]:
    """The two parameters that hang together most, and their rank correlation."""
    ranks = np.asarray(stats.spearmanr(joint.to_numpy(float)).statistic)
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
    chosen = points[np.arange(draws.start, draws.stop) // lucks]
    return {name: chosen[:, place] for place, name in enumerate(names)}
