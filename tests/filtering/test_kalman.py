"""Evidence of a linear and Gaussian toy is what a Kalman filter makes of it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
import pytest

from sim.basics.draws import Draws
from sim.basics.months import month_number, months_from
from sim.basics.normal import ndtr
from sim.estimation.filtering.densities import log_normal
from sim.estimation.filtering.numbers import Numbers
from sim.estimation.filtering.particles import Particles, each
from sim.estimation.filtering.smc2 import Smc2
from sim.estimation.filtering.state import Registry
from sim.estimation.priors import Prior
from sim.model import Luck
from sim.scenario.parameter_sets import ParameterSets

KEPT, MOVES, NOISE = 0.9, 0.5, 0.4
MONTHS = months_from("2023-01", 30)


class Toy:
    """A level that keeps a part of itself and is moved by chance."""

    def __init__(self, draws: Draws, parameters: dict) -> None:
        self.luck, self.elapsed, self.month, self.running = Luck(draws), 0, MONTHS[0], True
        self.parameters = ParameterSets(SimpleNamespace(toy=SimpleNamespace(moves=MOVES)), parameters)
        self.level = self.luck.normal("start")

    def owners(self):
        yield "", self

    def step(self) -> None:
        self.month = MONTHS[self.elapsed]
        self.luck.month = month_number(self.month)
        self.level = KEPT * self.level + self.parameters.toy.moves * self.luck.normal("moves")
        self.elapsed += 1
        self.running = self.elapsed < len(MONTHS)


class Seen(NamedTuple):
    values: np.ndarray
    calendar: list = MONTHS

    def model(self, draws: Draws, parameters: dict) -> Toy:
        return Toy(draws, parameters)

    def registry(self, sets: dict) -> Registry:
        return Registry(lambda draws: Toy(draws, each(sets, np.zeros(draws.stop, dtype=int))))

    def gains(self, model: Toy) -> dict:
        away = (self.values[model.elapsed - 1] - model.level.astype(float)) / NOISE
        return {"level": log_normal(away) - np.log(NOISE)}


def kalman(values: np.ndarray, moves: float = MOVES) -> float:
    mean, variance, log_evidence = 0.0, 1.0, 0.0
    for value in values:
        mean, variance = KEPT * mean, KEPT**2 * variance + moves**2
        spread = variance + NOISE**2
        log_evidence += -0.5 * (np.log(2 * np.pi * spread) + (value - mean) ** 2 / spread)
        gain = variance / spread
        mean, variance = mean + gain * (value - mean), (1.0 - gain) * variance
    return log_evidence


@pytest.mark.parametrize("seed", [1, 2])
def test_evidence_is_that_of_a_kalman_filter(seed: int) -> None:
    generator = np.random.default_rng(seed)
    values = np.cumsum(generator.normal(scale=0.5, size=len(MONTHS))) * 0.7
    found = Particles(Seen(values), seed, 40_000).run(len(MONTHS))
    assert found.log_evidence[0] == pytest.approx(kalman(values), abs=0.05)


def test_groups_have_evidence_of_their_own_about_the_same() -> None:
    values = np.sin(np.arange(len(MONTHS)))
    found = Particles(Seen(values), 3, 2000, groups=20).run(len(MONTHS))
    assert found.log_evidence.shape == (20,)
    assert 0.0 < found.log_evidence.std() < 0.5
    assert np.log(np.exp(found.log_evidence - kalman(values)).mean()) == pytest.approx(0.0, abs=0.1)


PRIOR = Prior(0.1, 2.0, "hardly, or wildly", log=True)
LEARNED = Numbers({"toy.moves": PRIOR}, (), ("placebo 1", "placebo 2"))


def integrated(values: np.ndarray) -> tuple[float, float]:
    """Evidence with how much it moves integrated over its prior, and the posterior mean of its probit."""
    z = np.linspace(-4.0, 4.0, 401)
    logs = np.array([kalman(values, PRIOR.value(ndtr(one))) for one in z]) - 0.5 * z**2
    weights = np.exp(logs - logs.max())
    return logs.max() + np.log(weights.sum() * (z[1] - z[0]) / np.sqrt(2 * np.pi)), (weights @ z) / weights.sum()


def test_smc2_has_the_evidence_and_the_posterior_of_quadrature() -> None:
    values = 1.5 * np.sin(np.arange(len(MONTHS)))
    log_evidence, mean = integrated(values)
    fit = Smc2(Seen(values), 1, 200, 100, LEARNED).run(len(MONTHS))
    assert fit.log_evidence == pytest.approx(log_evidence, abs=0.3)
    assert fit.weights @ fit.z[:, 0] == pytest.approx(mean, abs=0.25)
    assert fit.moves
    assert min(fit.spread()[name] for name in LEARNED.placebos) > 0.85
    assert fit.spread()["toy.moves"] < 0.7


def test_flat_and_smc2_agree_on_evidence() -> None:
    values = 1.5 * np.sin(np.arange(len(MONTHS)))
    sets = LEARNED.sets(LEARNED.drawn(20_000, 5))
    flat = Particles(Seen(values), 5, 20_000, sets=sets).run(len(MONTHS))
    assert flat.log_evidence[0] == pytest.approx(integrated(values)[0], abs=0.3)
