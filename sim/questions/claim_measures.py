"""How a deciding statistic is measured: a difference in the same worlds, a share of a change, a chance, the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from sim import record
from sim.ensemble import Progress
from sim.questions.claim_readings import Lived, Reading
from sim.questions.claim_settings import Setting
from sim.questions.compare import interval
from sim.questions.resampling import Array, percentile_interval, resampled_means
from sim.record import ballots
from sim.scenario.tables import ParameterSource

DEFAULT, POSTERIOR = "default", "posterior"
SOURCES: dict[str, ParameterSource] = {DEFAULT: "one", POSTERIOR: "posterior"}
"""The two sets of parameters under which every statistic is measured."""
UNSEEN: dict[str, ParameterSource] = {DEFAULT: "one", POSTERIOR: "posterior_2024"}
"""The same for the inference: the posterior that has seen 2025 has seen it as transactional."""
DECIBANS, NOTHING = 10.0, float("nan")


class Estimate(NamedTuple):
    """A statistic: its value, the ends of its 95 % interval, and what its size is judged by.

    Attributes
    ----------
    level, spread : float
        Mean and standard deviation over worlds of what it is a difference to; NaN where it is none.
    doubts : tuple of str
        What forbids a verdict whatever the interval says.
    """

    value: float
    low: float
    high: float
    level: float = float("nan")
    spread: float = float("nan")
    doubts: tuple[str, ...] = ()


class Ensemble(NamedTuple):
    """How much is simulated, and from which parameters: "default" or "posterior"."""

    source: str
    worlds: int
    seed: int
    jobs: int = 1
    progress: Progress | None = None


class Measure(Protocol):
    """Something that can be measured in worlds that were lived."""

    @property
    def needs(self) -> tuple[tuple[Setting, Reading], ...]:
        """What must be read of which settings."""

    def estimate(self, lived: Lived, ensemble: Ensemble) -> Estimate:
        """Measure it."""


@dataclass(frozen=True)
class Difference:
    """A weighted sum over settings of what is read of them, world by world.

    Attributes
    ----------
    terms : tuple of (float, Setting)
        Weights and settings; the last is what the others are held against.
    """

    reading: Reading
    terms: tuple[tuple[float, Setting], ...]

    @property
    def needs(self) -> tuple[tuple[Setting, Reading], ...]:
        """See `Measure`."""
        return tuple((setting, self.reading) for _, setting in self.terms)

    def estimate(self, lived: Lived, ensemble: Ensemble) -> Estimate:
        """Mean over worlds and its interval by Student's t; worlds without a value are left out."""
        values = np.sum([weight * lived[setting, self.reading] for weight, setting in self.terms], axis=0)
        base = lived[self.needs[-1]]
        there = np.isfinite(values)
        if not there.any():
            return Estimate(NOTHING, NOTHING, NOTHING)
        mean, low, high, _ = interval(values[there])
        return Estimate(mean, low, high, abs(float(base[there].mean())), float(base[there].std()))


@dataclass(frozen=True)
class ShareDone:
    """How much of its change a slow thing has made by a month, less what words have made of theirs.

    Each share is the mean change by the month over the mean change at the end; the interval is a bootstrap over worlds.
    """

    slow: str
    words: str
    by: str
    end: str
    changed: Setting
    stayed: Setting

    @property
    def needs(self) -> tuple[tuple[Setting, Reading], ...]:
        """See `Measure`."""
        readings = [
            Reading(name, first=month, last=month) for name in (self.slow, self.words) for month in (self.by, self.end)
        ]
        return tuple((setting, reading) for setting in (self.changed, self.stayed) for reading in readings)

    def estimate(self, lived: Lived, ensemble: Ensemble) -> Estimate:
        """See `Measure`."""
        half = len(self.needs) // 2
        changes: Array = np.stack(
            [lived[one] - lived[other] for one, other in zip(self.needs[:half], self.needs[half:], strict=True)]
        )
        low, high = percentile_interval(self._less(resampled_means(changes, ensemble.seed)))
        return Estimate(float(self._less(changes.mean(axis=1))), float(low), float(high))

    @staticmethod
    def _less(means: Array) -> Array:
        """Share of the slow less share of words, from (..., 4) mean changes."""
        slow, slow_end, words, words_end = np.moveaxis(means, -1, 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(slow / slow_end - words / words_end, dtype=float)


@dataclass(frozen=True)
class ChanceOfMore:
    """Chance that a world of one setting counts more of something than a world of the other; ties count half.

    One half tells nothing, one tells all: the area under the curve of receiver operating characteristics.
    """

    reading: Reading
    one: Setting
    other: Setting

    @property
    def needs(self) -> tuple[tuple[Setting, Reading], ...]:
        """See `Measure`."""
        return (self.one, self.reading), (self.other, self.reading)

    def estimate(self, lived: Lived, ensemble: Ensemble) -> Estimate:
        """Counts are small whole numbers: resampled shares of each give the chance of each resample."""
        one, other = (lived[pair].astype(int) for pair in self.needs)
        counts = np.arange(max(one.max(), other.max()) + 1)
        shares: Array = np.stack([one == counts[:, None], other == counts[:, None]]).astype(float)
        low, high = percentile_interval(self._chance(resampled_means(shares, ensemble.seed)))
        return Estimate(float(self._chance(shares.mean(axis=-1))), float(low), float(high))

    @staticmethod
    def _chance(shares: Array) -> Array:
        """From (..., 2, counts) shares of worlds."""
        one, other = shares[..., 0, :], shares[..., 1, :]
        below = np.cumsum(other, axis=-1) - other
        return np.asarray((one * (below + other / 2.0)).sum(axis=-1), dtype=float)


@dataclass(frozen=True)
class Mean:
    """The mean over worlds of what is read of one setting."""

    reading: Reading
    setting: Setting

    @property
    def needs(self) -> tuple[tuple[Setting, Reading], ...]:
        """See `Measure`."""
        return ((self.setting, self.reading),)

    def estimate(self, lived: Lived, ensemble: Ensemble) -> Estimate:
        """See `Measure`."""
        return Difference(self.reading, ((1.0, self.setting),)).estimate(lived, ensemble)


@dataclass(frozen=True)
class RollCalls:
    """Votes lost by taking Republicans for a bloc, over those that the estimated factions miss without seeing the vote.

    The bloc is told how most Republicans voted, and all its members vote so; the factions are told nothing.
    """

    needs: tuple[tuple[Setting, Reading], ...] = ()

    def estimate(self, lived: Lived, ensemble: Ensemble) -> Estimate:
        """Mean over coded votes, of which the fit has seen all but the one it predicts."""
        fit = record.table("congress_fit").set_index("vote")
        party = ballots.party_votes(ballots.coded()).loc[fit.index]
        aye = party["republicans_for"] > party["republicans_cast"] / 2.0
        bloc = party["democrats_cast"] + party["republicans_cast"].where(aye, 0.0)
        missed = (bloc - fit["observed"]).abs()
        mean, low, high, _ = interval(missed - (fit["left_out"] - fit["observed"]).abs())
        return Estimate(mean, low, high, float(missed.mean()))


@dataclass(frozen=True)
class Odds:
    """Weight of the observed record for one doctrine against another, decibans; see `doctrine infer`.

    The interval is the range over the variations of `sim.questions.robustness`, the bounds left out: what other
    codings, rules and methods make of the same record. Luck alone moves it far less.
    """

    doctrine: str
    rival: str
    needs: tuple[tuple[Setting, Reading], ...] = ()

    def estimate(self, lived: Lived, ensemble: Ensemble) -> Estimate:
        """Simulate the hypotheses, weigh the record, and vary what could be done otherwise."""
        from sim.questions import inference, robustness, verdict

        source = UNSEEN[ensemble.source]
        question = inference.asked("history")
        main = inference.lived(question, source, ensemble.worlds, ensemble.seed, ensemble.jobs, ensemble.progress)
        table = robustness.table(question, {source: main})
        judged = verdict.verdict(question, inference.found(question, main), table)
        varied = table[table["group"] != robustness.BOUND]
        odds = self._decibans(varied[self.doctrine].to_numpy(float), varied[self.rival].to_numpy(float))
        most = DECIBANS * np.log10(ensemble.worlds)
        odds = np.clip(odds, -most, most)
        return Estimate(float(odds[0]), float(odds.min()), float(odds.max()), doubts=tuple(judged.doubts))

    @staticmethod
    def _decibans(mine: Array, rivals: Array) -> Array:
        tiny = np.finfo(float).tiny
        return np.asarray(DECIBANS * (np.log10(np.maximum(mine, tiny)) - np.log10(np.maximum(rivals, tiny))))
