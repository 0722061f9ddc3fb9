"""A particle filter: groups of worlds, each with parameters of its own, live through the record and are weighed by it.

A month has five steps: whoever has come to weigh nothing makes way for copies of who weighs most; all live through the
month with draws that are moved to meet what was observed; each is weighed by what its draws were moved by, and by what
is left open; the mean weight is the month's evidence.

References
----------
Gordon, N., Salmond, D. and Smith, A. (1993). Novel approach to nonlinear/non-Gaussian Bayesian state estimation. IEE
Proceedings F 140, 107-113.
Pitt, M. and Shephard, N. (1999). Filtering via simulation: auxiliary particle filters. Journal of the American
Statistical Association 94, 590-599.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol, Self

import numpy as np

from sim.basics.arrays import Array, Doubles, Mask, Rows, keep_memory
from sim.basics.draws import Draws
from sim.estimation.filtering import resampling
from sim.estimation.filtering.lineage import FixedDraws, Jump, Lineage, PathDraws
from sim.estimation.filtering.state import Registry

CONSTANT = "constant."
"""What the names of those parameters begin with that are drawn before the first month and hold for good: the stream
follows, and values are standard normals."""
Sets = Mapping[str, Array]
"""Parameters that differ between groups or worlds, by name, such as "front.pull": one value each."""


def each(sets: Sets, rows: Rows) -> dict[str, Array]:
    """What some places have of parameters."""
    return {name: values[rows] for name, values in sets.items()}


def constants(sets: Sets) -> dict[str, Array]:
    """What is drawn before the first month, by stream."""
    return {name.removeprefix(CONSTANT): values for name, values in sets.items() if name.startswith(CONSTANT)}


def _mixed(mine: dict[str, Any], other: dict[str, Any], where: Mask) -> dict[str, Any]:
    """Arrays by name, in some places those of another table; what one table lacks is nothing."""
    names = dict.fromkeys([*mine, *other])
    return {name: np.where(where, other.get(name, 0.0), mine.get(name, 0.0)) for name in names}


class Filtered(Protocol):
    """What can be filtered: models that live month by month, and how each month's observation weighs their worlds."""

    @property
    def calendar(self) -> Sequence[str]:
        """The months that can be lived through."""

    def model(self, draws: Draws, parameters: Mapping[str, Array]) -> Any:
        """Worlds of these draws that meet what was observed."""

    def registry(self, sets: Sets) -> Registry:
        """Where the arrays of such models are, whose worlds differ in these parameters."""

    def gains(self, model: Any) -> Mapping[str, Array]:
        """Log weights that the month just lived through adds, by series in the order of evidence."""


class Particles:
    """G groups of N worlds each; `for month in particles:` filters month after month.

    Parameters
    ----------
    setting : Filtered
        What is filtered.
    seed : int
        Seed of all luck.
    size : int
        N.
    groups : int
        G.
    sets : Sets
        Parameters that differ, a value a group, or one a world.

    Attributes
    ----------
    log_weights : Doubles (G, N)
        Of the worlds, since their group was last resampled.
    evidence : list of dict of str to Doubles
        Log evidence of each month so far by series, (G,) each.
    effective : list of Doubles
        How many worlds each group was worth at the end of each month, (G,).
    lineage : Lineage
        Whose luck each world had.
    """

    def __init__(self, setting: Filtered, seed: int, size: int, groups: int = 1, sets: Sets | None = None) -> None:
        keep_memory()
        self.setting, self.seed, self.groups, self.size = setting, seed, groups, size
        worlds = np.arange(groups * size)
        own = each(sets or {}, worlds if _by_world(sets or {}, worlds) else worlds // size)
        self.model = setting.model(FixedDraws(seed, 0, groups * size, constants(own)), own)
        self.registry = setting.registry(own)
        self.log_weights: Doubles = np.zeros((groups, size))
        self.lineage = Lineage(list(setting.calendar), groups * size)
        self.lineage.mark(0, seed)
        self.evidence: list[dict[str, Doubles]] = []
        self.effective: list[Doubles] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if not self.model.running:
            raise StopIteration
        return self.step()

    def step(self) -> str:
        """Filter a month, and name it."""
        self._resample()
        self.model.step()
        self.lineage.mark(self.model.elapsed, self.seed)
        self._weigh()
        return self.month

    def run(self, months: int) -> Self:
        """Filter up to so many months in all."""
        while self.elapsed < months:
            self.step()
        return self

    @property
    def elapsed(self) -> int:
        """Months filtered so far."""
        return int(self.model.elapsed)

    @property
    def month(self) -> str:
        """The last of them."""
        return str(self.model.month)

    @property
    def log_evidence(self) -> Doubles:
        """Log evidence of all months so far, (G,)."""
        return np.asarray(sum((sum(month.values()) for month in self.evidence), np.zeros(self.groups)))

    # ---- a month

    def _resample(self) -> None:
        """Groups whose weights are worth too little are resampled."""
        few = resampling.effective(self.log_weights) < resampling.ENOUGH * self.size
        if not few.any():
            return
        start = np.random.default_rng([self.seed, self.model.elapsed]).random(self.groups)
        self.take(resampling.resampled(self.log_weights, start, few))
        self.log_weights[few] = 0.0

    def _weigh(self) -> None:
        before, evidence = resampling.log_mean(self.log_weights), {}
        for series, gain in self.setting.gains(self.model).items():
            self.log_weights = self.log_weights + gain.reshape(self.groups, self.size)
            now = resampling.log_mean(self.log_weights)
            evidence[series] = resampling.log_change(before, now)
            before = now
        self.evidence.append(evidence)
        self.effective.append(resampling.effective(self.log_weights))

    def take(self, rows: Rows) -> None:
        """Let each world go on as another one has come to be."""
        self.registry.take(self.model, rows)
        self.lineage.take(rows)

    def take_groups(self, groups: Rows) -> None:
        """Let each group be as another one has come to be."""
        worlds = np.arange(self.groups * self.size).reshape(self.groups, self.size)
        self.take(worlds[groups].ravel())
        self.log_weights = self.log_weights[groups]
        self.evidence = [{series: log[groups] for series, log in month.items()} for month in self.evidence]
        self.effective = [worth[groups] for worth in self.effective]

    def mix(self, other: Particles, where: Mask) -> None:
        """Let some groups be those of another filter that has come as far."""
        worlds = np.repeat(where, self.size)
        self.registry.mix(self.model, other.model, worlds)
        self.lineage.mix(other.lineage, worlds)
        self.log_weights = np.where(where[:, None], other.log_weights, self.log_weights)
        self.evidence = [_mixed(mine, its, where) for mine, its in zip(self.evidence, other.evidence, strict=True)]
        self.effective = [np.where(where, its, mine) for mine, its in zip(self.effective, other.effective, strict=True)]

    def fork(self, setting: Filtered) -> Particles:
        """The same worlds, to go on in a setting that has been the same so far, such as under another doctrine."""
        drawn, size = self.model.parameters.drawn, self.groups * self.size
        other = Particles(setting, self.seed, self.size, self.groups, each(drawn, np.arange(size)))
        other.registry.copy(other.model, self.model)
        other.lineage = self.lineage.fork(list(setting.calendar))
        other.log_weights, other.evidence, other.effective = self.log_weights, [*self.evidence], [*self.effective]
        return other

    # ---- one world

    def path(self, world: int) -> list[Jump]:
        """Whose luck a world had."""
        return self.lineage.jumps(world)[: self.model.elapsed + 1]

    def alone(self, world: int) -> Any:
        """One of the worlds, made anew before the first month, to live through its months again."""
        own = each(self.model.parameters.drawn, np.array([world]))
        return self.setting.model(PathDraws(self.path(world), constants(own)), own)


def _by_world(sets: Sets, worlds: Rows) -> bool:
    """Whether there is a value for each world."""
    return all(len(values) == worlds.size for values in sets.values())
