"""How a deciding statistic is measured: a difference in the same worlds, a share of a change, a chance, the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from sim import record
from sim.basics import arrays
from sim.basics.arrays import Doubles
from sim.basics.intervals import interval
from sim.basics.resampling import bootstrap
from sim.ensemble import Ensemble
from sim.estimation import ballots
from sim.questions.claims.readings import Reading, Variant
from sim.questions.infer import conclusion, inference, robustness
from sim.scenario.tables import ParameterSource

DEFAULT, POSTERIOR, PRIOR = "default", "posterior", "prior"
SOURCES: dict[str, ParameterSource] = {DEFAULT: "one", POSTERIOR: "posterior"}
"""The two sets of parameters under which every statistic is measured."""
UNSEEN: dict[str, ParameterSource] = {DEFAULT: "one", POSTERIOR: "posterior_2024"}
"""The same for the inference: the posterior that has seen 2025 has seen it as transactional."""
DECIBANS, NOTHING = 10.0, float("nan")
Need = tuple[Variant, Reading]


class Measured(NamedTuple):
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
    level: float = NOTHING
    spread: float = NOTHING
    doubts: tuple[str, ...] = ()


class Lived(NamedTuple):
    """What was read of every variant, (W,) each, in the same worlds under one set of parameters.

    Attributes
    ----------
    source : str
        `DEFAULT`, `POSTERIOR` or `PRIOR`.
    ensemble : Ensemble
        The worlds.
    readings : mapping of (Variant, Reading) to Doubles
        As `sim.questions.claims.readings.lived` gives them.
    ends : bool
        Whether intervals are wanted that must be drawn anew; NaN if not.
    """

    source: str
    ensemble: Ensemble
    readings: Mapping[Need, arrays.Array]
    ends: bool = True

    def interval(self, values: Doubles, of_means: Callable[[Doubles], Doubles]) -> tuple[float, float]:
        """Ends of the bootstrap interval of what is made of means over worlds, if wanted."""
        if not self.ends:
            return NOTHING, NOTHING
        low, high = bootstrap(values, self.ensemble.seed, of_means)
        return float(low), float(high)


class Measure(Protocol):
    """Something that can be measured in worlds that were lived."""

    @property
    def needs(self) -> tuple[Need, ...]:
        """What must be read of which variants."""

    def estimate(self, lived: Lived) -> Measured:
        """Measure it."""


@dataclass(frozen=True)
class Difference:
    """A weighted sum over variants of what is read of them, world by world.

    Attributes
    ----------
    terms : tuple of (float, Variant)
        Weights and variants; the last is what the others are held against.
    """

    reading: Reading
    terms: tuple[tuple[float, Variant], ...]

    @property
    def needs(self) -> tuple[Need, ...]:
        """See `Measure`."""
        return tuple((variant, self.reading) for _, variant in self.terms)

    def estimate(self, lived: Lived) -> Measured:
        """Mean over worlds and its interval by Student's t; worlds without a value are left out."""
        values = np.sum([weight * lived.readings[variant, self.reading] for weight, variant in self.terms], axis=0)
        base = lived.readings[self.needs[-1]]
        there = np.isfinite(values)
        if not there.any():
            return Measured(NOTHING, NOTHING, NOTHING)
        mean, low, high, _ = interval(values[there])
        return Measured(mean, low, high, abs(float(base[there].mean())), float(base[there].std()))


@dataclass(frozen=True)
class OfMeans:
    """What is made of means over worlds, such as a ratio of them; the interval is a bootstrap over worlds.

    Attributes
    ----------
    needs : tuple of (Variant, Reading)
        What the means are of.
    made : callable
        From (..., n) means, the statistic.
    level : callable, optional
        From the same, what it is a difference to.
    """

    needs: tuple[Need, ...]
    made: Callable[[Doubles], Doubles]
    level: Callable[[Doubles], Doubles] | None = None

    def estimate(self, lived: Lived) -> Measured:
        """See `Measure`."""
        values: Doubles = np.stack([np.asarray(lived.readings[need], dtype=float) for need in self.needs])
        means = values.mean(axis=1)
        low, high = lived.interval(values, self.made)
        level = NOTHING if self.level is None else abs(float(self.level(means)))
        return Measured(float(self.made(means)), low, high, level)


def fall(means: Doubles) -> Doubles:
    """From (..., 2) means, by which part the first is above (below: negative) the second."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(means[..., 0] / means[..., 1] - 1.0, dtype=float)


def further_fall(means: Doubles) -> Doubles:
    """From (..., 4) means, the relative fall of the first pair less that of the second."""
    return np.asarray(fall(means[..., :2]) - fall(means[..., 2:]))


def second_fall(means: Doubles) -> Doubles:
    """From (..., 4) means, the relative fall of the second pair."""
    return fall(means[..., 2:])


def share_less_share(means: Doubles) -> Doubles:
    """From (..., 4) means, the share that the first is of the second less that of the third of the fourth."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(means[..., 0] / means[..., 1] - means[..., 2] / means[..., 3], dtype=float)


def part_of_fall(means: Doubles) -> Doubles:
    """From (..., 3) means with all causes, without one of them, and before: the part of the fall that is its own."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((means[..., 1] - means[..., 0]) / (means[..., 2] - means[..., 0]), dtype=float)


@dataclass(frozen=True)
class ShareDone:
    """How much of its change a slow thing has made by a month, less what words have made of theirs.

    Each share is the mean change by the month over the mean change at the end; the interval is a bootstrap over worlds.
    """

    slow: str
    words: str
    by: str
    end: str
    changed: Variant
    stayed: Variant

    @property
    def needs(self) -> tuple[Need, ...]:
        """See `Measure`."""
        readings = [
            Reading(name, first=month, last=month) for name in (self.slow, self.words) for month in (self.by, self.end)
        ]
        return tuple((variant, reading) for variant in (self.changed, self.stayed) for reading in readings)

    def estimate(self, lived: Lived) -> Measured:
        """See `Measure`."""
        half = len(self.needs) // 2
        pairs = zip(self.needs[:half], self.needs[half:], strict=True)
        changes: Doubles = np.stack([lived.readings[one] - lived.readings[other] for one, other in pairs])
        low, high = lived.interval(changes, self._less)
        return Measured(float(self._less(changes.mean(axis=1))), low, high)

    @staticmethod
    def _less(means: Doubles) -> Doubles:
        """Share of the slow less share of words, from (..., 4) mean changes."""
        slow, slow_end, words, words_end = np.moveaxis(means, -1, 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(slow / slow_end - words / words_end, dtype=float)


@dataclass(frozen=True)
class ChanceOfMore:
    """Chance that a world of one variant counts more of something than a world of the other; ties count half.

    One half tells nothing, one tells all: the area under the curve of receiver operating characteristics.
    """

    reading: Reading
    one: Variant
    other: Variant

    @property
    def needs(self) -> tuple[Need, ...]:
        """See `Measure`."""
        return (self.one, self.reading), (self.other, self.reading)

    def estimate(self, lived: Lived) -> Measured:
        """Counts are small whole numbers: resampled shares of each give the chance of each resample."""
        one, other = (lived.readings[pair].astype(int) for pair in self.needs)
        counts = np.arange(max(one.max(), other.max()) + 1)
        shares: Doubles = np.stack([one == counts[:, None], other == counts[:, None]]).astype(float)
        low, high = lived.interval(shares, self._chance)
        return Measured(float(self._chance(shares.mean(axis=-1))), low, high)

    @staticmethod
    def _chance(shares: Doubles) -> Doubles:
        """From (..., 2, counts) shares of worlds."""
        one, other = shares[..., 0, :], shares[..., 1, :]
        below = np.cumsum(other, axis=-1) - other
        return np.asarray((one * (below + other / 2.0)).sum(axis=-1), dtype=float)


@dataclass(frozen=True)
class RollCalls:
    """Votes lost by taking Republicans for a bloc, over those that the estimated factions miss without seeing the vote.

    The bloc is told how most Republicans voted, and all its members vote so; the factions are told nothing.
    """

    needs: tuple[Need, ...] = ()

    def estimate(self, lived: Lived) -> Measured:
        """Mean over coded votes, of which the fit has seen all but the one it predicts."""
        fit = record.table("congress_fit").set_index("vote")
        party = ballots.party_votes(ballots.coded()).loc[fit.index]
        aye = party["republicans_for"] > party["republicans_cast"] / 2.0
        bloc = party["democrats_cast"] + party["republicans_cast"].where(aye, 0.0)
        missed = (bloc - fit["observed"]).abs()
        mean, low, high, _ = interval(missed - (fit["left_out"] - fit["observed"]).abs())
        return Measured(mean, low, high, float(missed.mean()))


@dataclass(frozen=True)
class WeightOfEvidence:
    """Weight of the observed record for one doctrine against another, decibans; see `doctrine infer`.

    The interval is the range over the variations of `sim.questions.infer.robustness`, the bounds left out: what other
    codings, rules and methods make of the same record. Luck alone moves it far less.
    """

    doctrine: str
    rival: str
    needs: tuple[Need, ...] = ()

    def estimate(self, lived: Lived) -> Measured:
        """Simulate the hypotheses, weigh the record, and vary what could be done otherwise."""
        question = inference.posed("history")
        main = inference.simulated(question, UNSEEN[lived.source], lived.ensemble)
        table = robustness.table(question, {UNSEEN[lived.source]: main})
        found = conclusion.concluded(question, inference.findings(question, main), table)
        varied = table[table["group"] != robustness.BOUND]
        most = DECIBANS * np.log10(lived.ensemble.worlds)
        odds = decibans(varied[self.doctrine].to_numpy(float), varied[self.rival].to_numpy(float))
        odds = np.clip(odds, -most, most)
        return Measured(float(odds[0]), float(odds.min()), float(odds.max()), doubts=tuple(found.doubts))


def decibans(mine: Doubles, rivals: Doubles) -> Doubles:
    """Odds of probabilities, in decibans."""
    tiny = np.finfo(float).tiny
    return np.asarray(DECIBANS * (np.log10(np.maximum(mine, tiny)) - np.log10(np.maximum(rivals, tiny))))
