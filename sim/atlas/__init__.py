"""The atlas: precomputed worlds over a grid of dials, for one page that needs neither a server nor this program."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sim.atlas import design, stories
from sim.atlas.design import Design
from sim.atlas.digests import Digest, digested
from sim.atlas.errors import Errors, errors, interpolated
from sim.questions.chosen import surveyed
from sim.questions.labels import doctrine_label

if TYPE_CHECKING:
    from sim.atlas.stories import Tale
    from sim.ensemble import Progress
    from sim.scenario import Scenario
    from sim.study import Source


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
        return doctrine_label(self.plan.study.base.us[-1].preset)


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
    return simulated(design.design(source, worlds, seed), jobs, progress)


def simulated(plan: Design, jobs: int = 1, progress: Progress | None = None) -> Atlas:
    """The atlas of a grid that is laid out already.

    Parameters
    ----------
    plan : Design
        The grid.
    jobs, progress
        As in `sim.ensemble.survey`.
    """
    whole = design.whole(plan)
    scenarios = {
        **whole,
        **{f"node {place}": design.at(plan, point) for place, point in enumerate(plan.nodes)},
        **{f"held out {place}": design.at(plan, point) for place, point in enumerate(plan.held_out)},
    }
    found = digested(scenarios, plan.since, plan.study.worlds, plan.study.seed, jobs, progress)
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
    preset = plan.study.base.us[-1].preset
    names = [design.OWN, *stories.told(preset)]
    some = {name: whole[name] for name in names}
    worlds, seed = plan.study.worlds, plan.study.seed
    found = surveyed(some, ("settled", "land"), plan.since, worlds=worlds, seed=seed, jobs=1)
    labels = {name: stories.title(name, preset) for name in names}
    settled, land = (found[name].transpose("doctrine", "world").to_numpy() for name in ("settled", "land"))
    picked = stories.pick(settled[0], land, labels[design.OWN])
    return stories.tales(some, labels, picked, seed)
