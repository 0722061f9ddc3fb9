"""The grid of the atlas: which dials turn, at which values they are simulated, and what the page shows between them.

A dial is simulated at its two ends, at the value that the scenario's own doctrine gives it, and at that of a second
doctrine, so that both are nodes. What is left of the nodes goes where the gap between two of them is widest.

Between the nodes: multilinear interpolation, the same few lines as in `script/interpolation.js`. At a node it is the
node's own number. Between nodes it is an average of the corners of the cell around the point, each weighted by the
share of the cell that lies opposite to it. Points off the grid are simulated too, to see how far that is off.

References
----------
Press, W. H. et al. (2007). Numerical Recipes, third edition, section 3.6 (interpolation on a grid).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.basics.arrays import Doubles
from sim.basics.limits import InputError
from sim.ensemble import Ensemble
from sim.ensemble.study import comparison
from sim.questions.dials.dial_grid import turned, value_of
from sim.scenario.presets import CUSTOM, PRESETS
from sim.scenario.spelling import OWN

if TYPE_CHECKING:
    from sim.ensemble.study import Source, Study
    from sim.scenario import Scenario

DIALS = ("order", "commitment", "clarity", "channel")
"""Dials of the page. Of those from 0 to 1 they are the ones that theories of deterrence and bargaining argue about, and
each moves an outcome of the scenarios about the future; a fifth would make the grid four times as large."""
NODES = (6, 4, 4, 4)
"""Values of each dial that are simulated: more of `order`, along which American allocations bend most."""
FEWEST = 2
"""Worlds under which no difference has an interval."""
SECOND = ("architectural", "transactional")
"""Doctrines whose values are nodes as well: the first that is not the scenario's own."""
HELD_OUT = 32
"""Points off the grid that are simulated too, to see how far interpolation is from the model."""
GAP_DECIMALS = 9
"""To which two gaps between nodes count as equal."""
DECIMALS = 2
"""Of held-out points and of nodes between anchors: the page's sliders move in hundredths."""

Points = Doubles
NEARLY_ALL = 0.95
"""Share of the held-out points that the error on the page covers."""


class Design(NamedTuple):
    """What is simulated for an atlas.

    Attributes
    ----------
    study : Study
        The scenario, worlds and seed.
    since : str
        First month in force of the dials, "YYYY-MM".
    levels : tuple of tuples of float
        By dial, the values that are simulated, rising.
    own : tuple of float
        The own doctrine's values of the dials.
    second : str
        The preset whose values are nodes as well.
    nodes, held_out : arrays, shape (N, dials), (H, dials)
        The grid, last dial changing fastest; and the points off it.
    """

    study: Study
    since: str
    levels: tuple[tuple[float, ...], ...]
    own: tuple[float, ...]
    second: str
    nodes: Points
    held_out: Points


def design(source: Source, worlds: int = 1000, seed: int = 1, counts: Sequence[int] = NODES) -> Design:
    """Lay out the grid for a scenario.

    Parameters
    ----------
    source
        A scenario, the path of its file, or the name of a shipped one.
    worlds, seed : int
        Which worlds.
    counts : sequence of int
        Values of each dial that are simulated, 4 or more.

    Raises
    ------
    ScenarioError, InputError
        If the scenario is none, or a number is out of bounds.
    """
    study = comparison(source, {OWN: {}}, ensemble=Ensemble(worlds, seed))
    if worlds < FEWEST:
        raise InputError(
            f"worlds: must be at least {FEWEST} for an atlas, since one world cannot tell doctrine from luck"
        )
    dated = study.base.us[-1]
    own = dials_of(dated.doctrine.model_dump(mode="json"))
    second = next(name for name in SECOND if name != dated.label)
    other = dials_of(PRESETS["us"][second].doctrine.model_dump(mode="json"))
    levels = tuple(spaced(pair, count) for *pair, count in zip(own, other, counts, strict=True))
    nodes = np.array(list(itertools.product(*levels)))
    return Design(study, dated.since, levels, own, second, nodes, off_grid(levels, seed))


def dials_of(table: dict[str, Any]) -> tuple[float, ...]:
    """The values of the page's dials in a table of a doctrine."""
    return tuple(value_of(table, dial) for dial in DIALS)


def spaced(anchors: Iterable[float], count: int) -> tuple[float, ...]:
    """Values from 0 to 1 that have the ends and the anchors among them, and middles of the widest gaps, upper first.

    >>> spaced([0.2, 0.9], 6)
    (0.0, 0.2, 0.55, 0.73, 0.9, 1.0)
    """
    found = sorted({0.0, 1.0, *anchors})
    while len(found) < count:
        gaps = np.diff(found).round(GAP_DECIMALS)
        widest = int(np.flatnonzero(gaps == gaps.max())[-1])
        found.insert(widest + 1, round((found[widest] + found[widest + 1]) / 2.0, DECIMALS))
    return tuple(found)


def off_grid(levels: Sequence[Sequence[float]], seed: int, count: int = HELD_OUT) -> Points:
    """Points spread evenly over all settings of the dials (scrambled Sobol sequence), none of them a node.

    Parameters
    ----------
    levels : sequence of sequences of float
        The values of each dial on the grid.
    seed : int
        Seed of the scrambling.
    count : int
        Points, a power of 2.

    Returns
    -------
    array, shape (count, dials)
    """
    from scipy.stats import qmc

    points = qmc.Sobol(len(levels), rng=np.random.Generator(np.random.PCG64(seed))).random(count)
    rounded: Points = points.round(DECIMALS)
    nodes = {tuple(node) for node in itertools.product(*levels)}
    return np.array([point for point in rounded if tuple(point) not in nodes])


def at(plan: Design, point: Sequence[float]) -> Scenario:
    """The scenario with the dials at a point, everything else of the own doctrine as it is."""
    table = plan.study.base.us[-1].doctrine.model_dump(mode="json")
    for dial, value in zip(DIALS, point, strict=True):
        table = turned(table, dial, float(value))
    return plan.study.base.with_doctrine("us", {"preset": CUSTOM, **table}, plan.since)


def whole(plan: Design) -> dict[str, Scenario]:
    """The scenario as it is, then under every preset of Washington with all of its dials."""
    own = plan.study.base.us[-1].label
    others = [name for name in PRESETS["us"] if name != own]
    return {OWN: plan.study.scenarios[OWN]} | {
        name: plan.study.base.with_doctrine("us", name, plan.since) for name in others
    }


def place(levels: Sequence[float], value: float) -> tuple[int, float]:
    """The cell of a value, and how far into it the value lies, from 0 to 1.

    >>> place((0.0, 0.25, 1.0), 0.25), place((0.0, 0.25, 1.0), 0.625), place((0.0, 0.25, 1.0), 1.0)
    ((1, 0.0), (1, 0.5), (1, 1.0))
    """
    cell = 0
    while cell < len(levels) - 2 and value >= levels[cell + 1]:
        cell += 1
    return cell, (value - levels[cell]) / (levels[cell + 1] - levels[cell])


def corners(levels: Sequence[Sequence[float]], point: Sequence[float]) -> list[tuple[int, float]]:
    """The nodes around a point and their weights; nodes without weight are left out.

    Parameters
    ----------
    levels : sequence of sequences of float
        The values of each dial on the grid, rising.
    point : sequence of float
        A value of each dial.

    Returns
    -------
    list of (int, float)
        Number of the node, the last dial changing fastest, and its weight; the weights sum to 1.
    """
    cells = [place(of_dial, value) for of_dial, value in zip(levels, point, strict=True)]
    found = []
    for ends in itertools.product((0, 1), repeat=len(cells)):
        node, weight = 0, 1.0
        for of_dial, (cell, part), end in zip(levels, cells, ends, strict=True):
            node = node * len(of_dial) + cell + end
            weight *= part if end else 1.0 - part
        if weight:
            found.append((node, weight))
    return found


def interpolate(values: Doubles, levels: Sequence[Sequence[float]], point: Sequence[float]) -> Doubles:
    """Values at a point.

    Parameters
    ----------
    values : array, shape (nodes, ...)
        What was simulated at the nodes.
    levels, point
        As in `corners`.

    Returns
    -------
    array, shape (...)
    """
    total: Doubles = np.zeros(np.shape(values)[1:])
    for node, weight in corners(levels, point):
        total = total + weight * values[node]
    return total


class Errors(NamedTuple):
    """Absolute errors over the held-out points, one an outcome or series.

    Attributes
    ----------
    typical, nearly_all, largest : array, shape (K,)
        Median, 95 % quantile and maximum.
    """

    typical: Doubles
    nearly_all: Doubles
    largest: Doubles


def interpolated(values: Doubles, levels: Sequence[Sequence[float]], points: Doubles) -> Doubles:
    """What the page shows at each of some points, shape (points, ...)."""
    return np.array([interpolate(values, levels, point) for point in points])


def errors(shown: Doubles, simulated: Doubles) -> Errors:
    """Compare what the page shows with what the model says, in the same worlds.

    Parameters
    ----------
    shown, simulated : arrays, shape (points, K)
        By point and outcome.
    """
    off = np.abs(np.asarray(shown) - np.asarray(simulated))
    return Errors(np.median(off, axis=0), np.quantile(off, NEARLY_ALL, axis=0), off.max(axis=0))
