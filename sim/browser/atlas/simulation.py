"""The worlds of an atlas: what is kept of them at every point of the grid, and three of them told month by month."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.basics.arrays import Doubles
from sim.basics.intervals import interval
from sim.basics.labels import number
from sim.browser.atlas import grid
from sim.browser.atlas.grid import Design, Errors, errors, interpolated
from sim.browser.atlas.shown import SERIES, SHOWN, fan
from sim.ensemble.ensemble import Ensemble
from sim.questions.compare.measures import monthly
from sim.questions.compare.outcomes import headline, surveyed
from sim.questions.explain.replay import StoryMonth, replay
from sim.scenario.spelling import OWN, doctrine_label

if TYPE_CHECKING:
    import xarray as xr

    from sim.ensemble import Progress
    from sim.ensemble.study import Source
    from sim.scenario import Scenario

VALUES_AT_ONCE = 20_000_000
"""Monthly values in memory together."""

TOLD = ("architectural", "transactional", "aligned")
"""Presets that are told beside the scenario's own doctrine."""


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

    mean: Doubles
    half: Doubles
    fans: Doubles

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
        Month from which everything counts, "YYYY-MM".
    worlds, seed, jobs, progress
        As in `sim.ensemble.survey`.
    """
    own: Doubles | None = None
    parts: list[tuple[Doubles, Doubles, Doubles]] = []
    for found in _surveys(scenarios, since, worlds, seed, jobs, progress):
        outcomes = np.stack([found[name].transpose("doctrine", "world").to_numpy() for name in SHOWN], axis=1)
        own = outcomes[0] if own is None else own
        parts += [(*_one(values, own), fan) for values, fan in zip(outcomes, _fans(found), strict=True)]
    return Digest(*(np.array(column) for column in zip(*parts, strict=True)))


def _surveys(
    scenarios: dict[str, Scenario], since: str, worlds: int, seed: int, jobs: int, progress: Progress | None
) -> Iterator[xr.Dataset]:
    """Some scenarios after the other, so that monthly paths of few are in memory: the luck is the same for all."""
    from sim.ensemble import Ensemble, survey

    needs = dict.fromkeys([*SERIES, *monthly(SHOWN)])
    labels = list(scenarios)
    months = next(iter(scenarios.values())).months
    size = max(VALUES_AT_ONCE // (worlds * months * len(SERIES)), 1)
    for start in range(0, len(labels), size):
        some = {label: scenarios[label] for label in labels[start : start + size]}
        watch = None if progress is None else partial(_told, progress, start, len(some), len(labels))
        yield survey(some, partial(read, since=since), Ensemble(worlds, seed, jobs, watch), needs)


def _told(progress: Progress, start: int, some: int, every: int, done: int, total: int) -> None:
    """Progress within a part, as progress in all of it."""
    a_scenario = total // some
    progress(start * a_scenario + done, every * a_scenario)


def _one(values: Doubles, own: Doubles) -> tuple[Doubles, Doubles]:
    """Means, and half widths of the intervals of paired differences, of outcomes (outcomes, W)."""
    found = [interval(difference) for difference in values - own]
    return values.mean(axis=-1), np.array([(high - low) / 2.0 for _, low, high, _ in found])


def _fans(found: xr.Dataset) -> Doubles:
    """Bands by month, shape (scenarios, series, lines, months)."""
    paths = {name: found[f"{name}_path"].transpose("doctrine", "world", "month").to_numpy() for name in SERIES}
    return np.array(
        [[fan(values[row], name) for name, values in paths.items()] for row in range(found.sizes["doctrine"])]
    )


class Tale(NamedTuple):
    """A world under each doctrine that is told."""

    world: int
    reason: str
    chapters: dict[str, list[StoryMonth]]


def tales(scenarios: dict[str, Scenario], labels: dict[str, str], picked: dict[int, str], seed: int) -> list[Tale]:
    """Live through some worlds again and tell of them.

    Parameters
    ----------
    scenarios : dict of str to Scenario
        The doctrines to tell.
    labels : dict of str to str
        What the page calls each of them.
    picked : dict of int to str
        Numbers of the worlds, and why each was picked.
    seed : int
        Seed of their luck.
    """
    return [
        Tale(world, why, {labels[name]: replay(one, seed, world) for name, one in scenarios.items()})
        for world, why in picked.items()
    ]


def pick(settled: Doubles, land: Doubles, own: str) -> dict[int, str]:
    """Three worlds by a rule, so that nobody picks what suits: the middling one, one that settles, the one most apart.

    Parameters
    ----------
    settled : array, shape (W,)
        1 where the own doctrine settles.
    land : array, shape (doctrines, W)
        Percent of Ukraine held by Russia at the end; the own doctrine first.
    own : str
        What the page calls the own doctrine.

    Returns
    -------
    dict of int to str
        Fewer than three where the rules name the same world.
    """
    order = np.argsort(land[0], kind="stable")
    middle, apart = int(order[len(order) // 2]), int(np.argmax(np.ptp(land, axis=0)))
    picked = {middle: f"the middling one: under {own} Russia holds {number(land[0, middle], 1)} % at the end"}
    if settled.any():
        first = int(np.argmax(settled))
        picked.setdefault(first, f"the first that signs a settlement under {own}")
    picked.setdefault(
        apart,
        f"the one in which the doctrines part most: {number(np.ptp(land[:, apart]), 1)} percentage points of land",
    )
    return picked


def told_beside(own: str) -> list[str]:
    """The presets that are told beside the own one."""
    return [name for name in TOLD if name != own]


def title(name: str, own: str) -> str:
    """What the page calls a doctrine."""
    return doctrine_label(own if name == OWN else name)


class Atlas(NamedTuple):
    """Everything that the page shows.

    Attributes
    ----------
    plan : Design
        The grid.
    whole : dict of str to Scenario
        The scenario as it is, then under every preset with all of its dials.
    presets, nodes, held_out : Digest
        What was simulated: under `whole`, at the nodes, and at the points off the grid.
    outcome_errors, series_errors : Errors
        How far interpolation is from the model at the held-out points: by outcome; by series, of the mean in the
        month where it is farthest off.
    tales : list of Tale
        Three worlds told.
    """

    plan: Design
    whole: dict[str, Scenario]
    presets: Digest
    nodes: Digest
    held_out: Digest
    outcome_errors: Errors
    series_errors: Errors
    tales: list[Tale]

    @property
    def own_label(self) -> str:
        """What the page calls the scenario's own doctrine."""
        return doctrine_label(self.plan.study.base.us[-1].label)


def atlas(source: Source, worlds: int = 1000, seed: int = 1, jobs: int = 1, progress: Progress | None = None) -> Atlas:
    """Simulate the grid of an atlas, all of it in the same worlds, and measure what interpolation costs.

    Parameters
    ----------
    source
        A scenario, the path of its file, or the name of a shipped one.
    worlds, seed, jobs, progress
        As in `sim.ensemble.survey`.

    Raises
    ------
    ScenarioError, InputError
        If the scenario is none, or a number is out of bounds.
    """
    return simulated(grid.design(source, worlds, seed), jobs, progress)


def simulated(plan: Design, jobs: int = 1, progress: Progress | None = None) -> Atlas:
    """The atlas of a grid that is laid out already.

    Parameters
    ----------
    plan : Design
        The grid.
    jobs, progress
        As in `sim.ensemble.survey`.
    """
    whole = grid.whole(plan)
    scenarios = {
        **whole,
        **{f"node {place}": grid.at(plan, point) for place, point in enumerate(plan.nodes)},
        **{f"held out {place}": grid.at(plan, point) for place, point in enumerate(plan.held_out)},
    }
    found = digested(scenarios, plan.since, plan.study.ensemble.worlds, plan.study.ensemble.seed, jobs, progress)
    first, last = len(whole), len(whole) + len(plan.nodes)
    nodes, held_out = found.part(first, last), found.part(last, len(scenarios))
    return Atlas(
        plan,
        whole,
        found.part(0, first),
        nodes,
        held_out,
        errors(interpolated(nodes.mean, plan.levels, plan.held_out), held_out.mean),
        _series_errors(plan, nodes, held_out),
        _tales(plan, whole),
    )


def _series_errors(plan: Design, nodes: Digest, held_out: Digest) -> Errors:
    """Errors of the monthly means, each point by its worst month."""
    shown = interpolated(nodes.fans[:, :, 0], plan.levels, plan.held_out)
    off = abs(shown - held_out.fans[:, :, 0]).max(axis=-1)
    return errors(off, 0.0 * off)


def _tales(plan: Design, whole: dict[str, Scenario]) -> list[Tale]:
    """Three worlds, picked by rule, under a few doctrines."""
    own = plan.study.base.us[-1].label
    names = [OWN, *told_beside(own)]
    some = {name: whole[name] for name in names}
    worlds, seed = plan.study.ensemble.worlds, plan.study.ensemble.seed
    found = surveyed(some, ("settled", "land"), plan.since, Ensemble(worlds, seed))
    labels = {name: title(name, own) for name in names}
    settled, land = (found[name].transpose("doctrine", "world").to_numpy() for name in ("settled", "land"))
    picked = pick(settled[0], land, labels[OWN])
    return tales(some, labels, picked, seed)
