"""SMC^2: rows of numbers, each with a group of worlds that filters the record under them.

Rows are weighed by the evidence of their groups. Where they are worth less than half, they are resampled and moved: a
moved row filters the record anew, and is kept with the chance of Metropolis and Hastings.

References
----------
Chopin, N., Jacob, P. and Papaspiliopoulos, O. (2013). SMC^2: an efficient algorithm for sequential analysis of state
space models. Journal of the Royal Statistical Society B 75, 397-426.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import NamedTuple, Self

import numpy as np

from sim.basics.arrays import Doubles, Mask
from sim.estimation.filtering import resampling
from sim.estimation.filtering.moves import Reference, reference
from sim.estimation.filtering.numbers import ALL, Numbers
from sim.estimation.filtering.particles import Filtered, Particles

ENOUGH_MOVES = 2.0
"""Moves go on until the shares that were kept sum to so much."""
MOST_MOVES = 8
"""Moves of a month."""


class Moved(NamedTuple):
    """A month whose rows were moved, and the share of each move that was kept."""

    month: str
    kept: list[float]


class Smc2:
    """R rows of numbers with N worlds each; `for month in fit:` goes through the record.

    Parameters
    ----------
    setting : Filtered
        What is filtered.
    seed : int
        Seed of all luck.
    rows, size : int
        R and N.
    numbers : Numbers
        Which numbers are free.

    Attributes
    ----------
    z : Doubles (R, D)
        The rows.
    log_weights : Doubles (R,)
        Theirs, since they were last resampled.
    evidence : list of dict of str to float
        Log evidence of each month by series.
    moves : list of Moved
        When rows were moved.
    """

    def __init__(self, setting: Filtered, seed: int, rows: int, size: int, numbers: Numbers = ALL) -> None:
        self.setting, self.seed, self.numbers = setting, seed, numbers
        self.z = self.numbers.drawn(rows, seed)
        self.particles = self._filter(self.z, seed, size)
        self.log_weights: Doubles = np.zeros(rows)
        self.evidence: list[dict[str, float]] = []
        self.moves: list[Moved] = []
        self._generator = np.random.default_rng([seed, 1])

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if not self.particles.model.running:
            raise StopIteration
        return self.step()

    def step(self) -> str:
        """Go through a month, and name it."""
        if resampling.effective(self.log_weights) < resampling.ENOUGH * len(self.z):
            self._rejuvenate()
        month = self.particles.step()
        before, evidence = resampling.log_mean(self.log_weights), {}
        for series, gained in self.particles.evidence[-1].items():
            self.log_weights = self.log_weights + gained
            now = resampling.log_mean(self.log_weights)
            evidence[series] = float(resampling.log_change(before, now))
            before = now
        self.evidence.append(evidence)
        return month

    def run(self, months: int) -> Self:
        """Go through so many months in all."""
        while self.particles.model.elapsed < months:
            self.step()
        return self

    @property
    def log_evidence(self) -> float:
        """Log evidence of all months so far."""
        return float(sum(sum(month.values()) for month in self.evidence))

    @property
    def weights(self) -> Doubles:
        """Of the rows, summing to 1, (R,)."""
        return resampling.normalised(self.log_weights)

    def spread(self) -> dict[str, float]:
        """Standard deviation of each number, in sds of its prior."""
        mean = self.weights @ self.z
        found = np.sqrt(self.weights @ np.square(self.z - mean))
        return dict(zip(self.numbers.names, found.tolist(), strict=True))

    def _filter(self, z: Doubles, seed: int, size: int) -> Particles:
        return Particles(self.setting, seed, size, len(z), self.numbers.sets(z))

    def fork(self, setting: Filtered) -> Smc2:
        """The same rows, to go on in a setting that has been the same so far, such as under another doctrine."""
        other = copy(self)
        other.setting, other.particles = setting, self.particles.fork(setting)
        other.evidence, other.moves = [*self.evidence], [*self.moves]
        other._generator = np.random.default_rng([self.seed, 2, self.particles.elapsed])
        return other

    # ---- rejuvenation

    def _rejuvenate(self) -> None:
        """Resample the rows, and move them until they are rows of their own again."""
        towards = reference(self.z, self.weights)
        start, every = self._generator.random(1), np.array([True])
        rows = resampling.resampled(self.log_weights[None, :], start, every)
        self.z, self.log_weights = self.z[rows], np.zeros(len(rows))
        self.particles.take_groups(rows)
        kept: list[float] = []
        while sum(kept) < ENOUGH_MOVES and len(kept) < MOST_MOVES:
            kept.append(float(self._move(towards).mean()))
        self.moves.append(Moved(self.particles.month, kept))

    def _move(self, towards: Reference) -> Mask:
        """Move all rows once, and say which were kept."""
        proposed = towards.moved(self.z, self._generator)
        seed = int(self._generator.integers(2**63))
        other = self._filter(proposed, seed, self.particles.size).run(self.particles.elapsed)
        log_ratio = other.log_evidence - self.particles.log_evidence
        log_ratio += towards.log_over_prior(proposed) - towards.log_over_prior(self.z)
        accepted = np.log(self._generator.random(len(log_ratio))) < log_ratio
        self.particles.mix(other, accepted)
        self.z = np.where(accepted[:, None], proposed, self.z)
        return np.asarray(accepted)
