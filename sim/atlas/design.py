"""The grid of the atlas: which dials of Washington turn, at which values they are simulated, and what checks the rest.

A dial is simulated at its two ends, at the value that the scenario's own doctrine gives it, and at that of a second
doctrine, so that both are nodes. What is left of the nodes goes where the gap between two of them is widest.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.limits import InputError
from sim.presets import PRESETS
from sim.questions.dial_grid import turned, value_of
from sim.scenario.tables import CUSTOM
from sim.study import comparison

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.study import Source, Study

DIALS = ("order", "commitment", "clarity", "channel")
"""Dials of the page. Of those from 0 to 1 they are the ones that theories of deterrence and bargaining argue about, and
each moves an outcome of the scenarios about the future; a fifth would make the grid four times as large."""
NODES = (6, 4, 4, 4)
"""Values of each dial that are simulated: more of `order`, along which American allocations bend most."""
FEWEST = 2
"""Worlds under which no difference has an interval."""
OWN = "own"
"""Label of the scenario's own doctrine."""
SECOND = ("architectural", "transactional")
"""Doctrines whose values are nodes as well: the first that is not the scenario's own."""
HELD_OUT = 32
"""Points off the grid that are simulated too, to see how far interpolation is from the model."""
GAP_DECIMALS = 9
"""To which two gaps between nodes count as equal."""
DECIMALS = 2
"""Of held-out points and of nodes between anchors: the page's sliders move in hundredths."""

Points = NDArray[np.float64]


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
    study = comparison(source, {OWN: {}}, worlds=worlds, seed=seed)
    if worlds < FEWEST:
        raise InputError(
            f"worlds: must be at least {FEWEST} for an atlas, since one world cannot tell doctrine from luck"
        )
    dated = study.base.us[-1]
    own = dials_of(dated.doctrine.model_dump(mode="json"))
    second = next(name for name in SECOND if name != dated.preset)
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
    own = plan.study.base.us[-1].preset
    others = [name for name in PRESETS["us"] if name != own]
    return {OWN: plan.study.scenarios[OWN]} | {
        name: plan.study.base.with_doctrine("us", name, plan.since) for name in others
    }
