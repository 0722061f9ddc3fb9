"""Rejection with regression adjustment finds posteriors that are known in closed form, and is as sure as it may be."""

import numpy as np
import pytest
from scipy import stats

from sim.calibration import coverage, rejection

NOISE = 0.3


def linear_world(size: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Three flat parameters; the statistics are two of them with normal noise, and noise alone."""
    generator = np.random.default_rng(seed)
    quantiles = generator.random((size, 3))
    signal = quantiles[:, :2] + NOISE * generator.standard_normal((size, 2))
    return quantiles, np.column_stack([signal, generator.standard_normal(size)])


def test_a_parameter_that_is_measured_with_noise_gets_its_truncated_normal_posterior() -> None:
    quantiles, statistics = linear_world(400_000, 1)
    sample = rejection.posterior(quantiles, statistics, np.array([0.4, 0.7, 0.0]), 0.01)
    for column, seen in enumerate((0.4, 0.7)):
        low, high = (0.0 - seen) / NOISE, (1.0 - seen) / NOISE
        exact = stats.truncnorm(low, high, loc=seen, scale=NOISE)
        drawn = np.sort(sample.resampled(2000)[:, column])
        for level in (0.1, 0.5, 0.9):
            assert np.quantile(drawn, level) == pytest.approx(exact.ppf(level), abs=0.05)


def test_a_parameter_that_nothing_speaks_of_keeps_its_prior() -> None:
    quantiles, statistics = linear_world(200_000, 2)
    sample = rejection.posterior(quantiles, statistics, np.array([0.4, 0.7, 0.0]), 0.02)
    assert stats.kstest(sample.resampled(1000)[:, 2], "uniform").pvalue > 1e-3


def test_weights_sum_to_one_and_the_sample_stays_inside_the_prior() -> None:
    quantiles, statistics = linear_world(20_000, 3)
    sample = rejection.posterior(quantiles, statistics, np.array([0.0, 1.0, 0.0]), 0.05)
    assert sample.weights.sum() == pytest.approx(1.0)
    assert sample.quantiles.min() >= 0.0
    assert sample.quantiles.max() <= 1.0


@pytest.mark.parametrize("seen", [(0.5, 0.5, 0.0), (0.9, 0.1, 2.0)])
def test_a_fit_is_worth_as_many_free_draws_as_it_says(seen: tuple[float, float, float]) -> None:
    """Over many tables the mean of a parameter that nothing speaks of varies as that of so many flat draws does."""
    samples = [rejection.posterior(*linear_world(4000, seed), np.array(seen), 0.1) for seed in range(300)]
    logits = [np.average(np.log(s.quantiles[:, 2] / (1.0 - s.quantiles[:, 2])), weights=s.weights) for s in samples]
    flat = np.pi**2 / 3.0  # variance of the logit of a flat draw
    worth = 1.0 / np.mean([1.0 / s.effective for s in samples])
    assert flat / np.var(logits) == pytest.approx(worth, rel=4.0 * np.sqrt(2.0 / len(samples)))


def test_a_fit_that_has_to_reach_further_is_worth_less() -> None:
    near, far = (rejection.posterior(*linear_world(20_000, 6), np.array([0.5, 0.5, x]), 0.05) for x in (0.0, 3.0))
    assert far.effective < 0.5 * near.effective < 0.5 * len(near.weights)


def test_a_simulation_that_is_taken_for_the_record_is_left_out() -> None:
    quantiles, statistics = linear_world(2000, 7)
    others, kept, unit = np.arange(2000) != 5, 200.5, np.ones(3)
    told = rejection.posterior(quantiles, statistics, statistics[5], kept / 2000, unit, without=5)
    alone = rejection.posterior(quantiles[others], statistics[others], statistics[5], kept / 1999, unit)
    np.testing.assert_allclose(np.sort(told.quantiles, axis=0), np.sort(alone.quantiles, axis=0))


def test_a_statistic_that_never_varies_changes_nothing() -> None:
    quantiles, statistics = linear_world(20_000, 4)
    constant = np.column_stack([statistics, np.full(len(statistics), 7.0)])
    seen = np.array([0.5, 0.5, 0.0])
    with_it = rejection.posterior(quantiles, constant, np.append(seen, 7.0), 0.05)
    without = rejection.posterior(quantiles, statistics, seen, 0.05)
    np.testing.assert_allclose(with_it.quantiles, without.quantiles, atol=1e-6)


def test_ranks_of_the_truth_are_uniform_where_the_posterior_is_right() -> None:
    quantiles, statistics = linear_world(40_000, 5)
    trials = np.arange(0, 40_000, 200)
    ranks = coverage.ranks(quantiles, statistics, trials, 0.02)
    for column in ranks.T:
        assert stats.kstest(column, "uniform").pvalue > 1e-3
    assert np.all(np.abs(coverage.covered(ranks, 0.9) - 0.9) < 4 * np.sqrt(0.9 * 0.1 / len(trials)))


def test_the_coverage_check_finds_a_posterior_that_is_too_sure() -> None:
    quantiles, statistics = linear_world(40_000, 6)
    trials = np.arange(0, 40_000, 400)
    ranks = coverage.ranks(quantiles, statistics, trials, 0.02)
    too_sure = np.clip(0.5 + 3.0 * (ranks - 0.5), 0.0, 1.0)
    assert coverage.covered(too_sure, 0.9)[0] < 0.6
