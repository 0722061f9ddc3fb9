"""Rejection with regression adjustment finds posteriors that are known in closed form, and is as sure as it may be."""

import numpy as np
import pytest
from scipy import stats

from sim.estimation import posterior, rejection

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


def coins(size: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A coin's chance, flat, and the share of heads in ten throws."""
    generator = np.random.default_rng(seed)
    chance = generator.random(size)
    return chance[:, None], generator.binomial(10, chance)[:, None] / 10.0


@pytest.mark.parametrize("share", [0.001, 0.02, 0.2])
@pytest.mark.parametrize("precision", [float, np.float32])
def test_five_heads_in_ten_throws_leave_beta_6_6_however_many_are_tied(share: float, precision: type) -> None:
    chance, heads = coins(200_000, 1)
    sample = rejection.posterior(chance.astype(precision), heads.astype(precision), np.array([0.5]), share)
    exact, draws = stats.beta(6, 6), sample.quantiles[:, 0]
    sure = 4.0 * exact.std() / np.sqrt(sample.effective)
    mean = np.average(draws, weights=sample.weights)
    assert mean == pytest.approx(0.5, abs=sure)
    assert np.average((draws - mean) ** 2, weights=sample.weights) ** 0.5 == pytest.approx(exact.std(), rel=0.03)
    taken = np.sort(sample.resampled(4000)[:, 0])
    for level in (0.05, 0.25, 0.75, 0.95):
        assert np.quantile(taken, level) == pytest.approx(exact.ppf(level), abs=0.01)


def test_whatever_is_as_near_as_the_farthest_kept_is_kept_with_the_same_weight() -> None:
    """Six heads and five are as far from five and a half, but for the last place of a float."""
    chance, heads = coins(20_000, 2)
    sample = rejection.posterior(chance, heads, np.array([0.55]), 0.01)
    assert len(sample.weights) == np.isin(heads, (0.5, 0.6)).sum()
    assert sample.weights.min() == pytest.approx(sample.weights.max(), rel=1e-9)


def test_without_ties_the_kernel_falls_to_nothing_at_the_farthest_kept() -> None:
    away = np.array([3.0, 1.0, 4.0, 2.0])
    rows, weights = rejection.kernel(away, 3)
    assert dict(zip(rows.tolist(), weights * 8.0 / 9.0, strict=True)) == pytest.approx({1: 8 / 9, 3: 5 / 9, 0: 0.0})


@pytest.mark.parametrize("lost", [np.nan, np.inf])
def test_a_history_with_a_missing_statistic_stops_the_fit_and_is_counted(lost: float) -> None:
    quantiles, statistics = linear_world(2000, 3)
    statistics[[4, 9], 1] = lost
    with pytest.raises(ValueError, match="2 of 2,000 simulations and 0 of 3 observed ones are not, in columns 1"):
        rejection.posterior(quantiles, statistics, np.zeros(3), 0.1, np.ones(3))
    with pytest.raises(ValueError, match="finite"):
        rejection.posterior(*linear_world(2000, 3), np.array([0.5, lost, 0.0]), 0.1)


def test_a_parameter_that_is_missing_stops_the_fit() -> None:
    quantiles, statistics = linear_world(2000, 3)
    with pytest.raises(ValueError, match="quantiles of the parameters must be finite"):
        rejection.posterior(np.full_like(quantiles, np.nan), statistics, np.zeros(3), 0.1)


def test_more_cannot_be_kept_than_there_are() -> None:
    quantiles, statistics = linear_world(4, 3)
    with pytest.raises(ValueError, match="5 simulations are to be kept of 4"):
        rejection.posterior(quantiles, statistics, np.zeros(3), 0.5)


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


@pytest.mark.parametrize("seen", [0.5, 100.0, 1e6])
@pytest.mark.parametrize("share", [0.01, 1.0])
def test_no_fit_is_worth_more_draws_than_it_keeps(seen: float, share: float) -> None:
    sample = rejection.posterior(*linear_world(20_000, 8), np.array([seen, 0.5, 0.0]), share)
    assert 0.0 < sample.effective <= len(sample.weights)


def test_draws_that_are_all_tied_on_the_record_are_worth_what_they_are() -> None:
    quantiles, tied = np.random.default_rng(9).random((1000, 2)), np.zeros((1000, 2))
    sample = rejection.posterior(quantiles, tied, np.zeros(2), 0.1)
    assert sample.effective == pytest.approx(1000.0, rel=1e-13)


def test_draws_that_are_all_tied_away_from_the_record_are_worth_nothing() -> None:
    """They counted as a thousand times as many as there are: no slope leads from them to the record."""
    quantiles, tied = np.random.default_rng(9).random((1000, 2)), np.ones((1000, 2))
    assert rejection.posterior(quantiles, tied, np.full(2, 5.0), 0.1).effective < 1e-3


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


def test_what_varies_by_rounding_alone_has_no_scale_of_its_own() -> None:
    assert rejection.scale(np.full((37, 1), 0.1)).tolist() == [1.0]
    assert rejection.scale(np.array([[0.0], [0.0], [0.0], [4.0]])).tolist() == pytest.approx([3.0**0.5])


def test_ranks_of_the_truth_are_uniform_where_the_posterior_is_right() -> None:
    quantiles, statistics = linear_world(40_000, 5)
    trials = np.arange(0, 40_000, 200)
    ranks = posterior.ranks(quantiles, statistics, trials, 0.02)
    for column in ranks.T:
        assert stats.kstest(column, "uniform").pvalue > 1e-3
    assert np.all(np.abs(posterior.covered(ranks, 0.9) - 0.9) < 4 * np.sqrt(0.9 * 0.1 / len(trials)))


def test_the_coverage_check_finds_a_posterior_that_is_too_sure() -> None:
    quantiles, statistics = linear_world(40_000, 6)
    trials = np.arange(0, 40_000, 400)
    ranks = posterior.ranks(quantiles, statistics, trials, 0.02)
    too_sure = np.clip(0.5 + 3.0 * (ranks - 0.5), 0.0, 1.0)
    assert posterior.covered(too_sure, 0.9)[0] < 0.6
