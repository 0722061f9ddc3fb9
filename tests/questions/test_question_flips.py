"""How often a difference changes its sign over parameters, where that is known in closed form."""

import numpy as np
import pytest
from scipy.stats import norm

from sim.questions.sensitivity import flips

POINTS = 4096


def noisy(means, lucks, noise, seed=2):
    return means[:, None] + noise * np.random.default_rng(seed).normal(size=(len(means), lucks))


def uniform(points=POINTS, parameters=3, seed=1):
    return np.random.default_rng(seed).random((points, parameters))


@pytest.mark.parametrize("lucks", [2, 8])
@pytest.mark.parametrize("mean", [0.5, 1.0, -1.5])
def test_a_normal_difference_flips_as_often_as_its_distribution_says_however_noisy(mean, lucks):
    means = mean + np.random.default_rng(5).normal(size=POINTS)
    found = flips.flips(noisy(means, lucks, noise=2.0))
    true = float(np.mean(means * np.sign(mean) < 0.0))
    assert true == pytest.approx(norm.cdf(-abs(mean)), abs=0.02)
    assert found.share == pytest.approx(true, abs=0.015)
    assert found.share_low < true < found.share_high
    assert found.raw > true


def test_a_linear_difference_flips_where_its_line_crosses_zero():
    points = uniform()
    found = flips.flips(noisy(4.0 * points[:, 0] - 1.0, 8, noise=0.5))
    assert found.share == pytest.approx(0.25, abs=0.02)
    assert found.held_out_high < 0.0 < found.low


def test_noise_alone_flips_nothing():
    found = flips.flips(noisy(np.full(POINTS, 0.3), 8, noise=2.0))
    assert found.raw > 0.2
    assert found.share < 0.05
    assert found.held_out_low > 0.0


def test_a_difference_that_is_the_same_everywhere_flips_nowhere():
    found = flips.flips(np.full((64, 4), -2.0))
    assert (found.share, found.raw, found.share_high) == (0.0, 0.0, 0.0)
    assert np.isnan(found.held_out)


def test_flips_are_found_in_the_third_where_they_are():
    points = uniform()
    table = flips.where(["x", "y", "z"], points, noisy(3.0 * points[:, 1] - 1.0, 8, noise=0.3))
    best = table.iloc[0]
    assert (best["parameter"], best["third"]) == ("y", "low")
    assert best["share"] == pytest.approx(1.0, abs=0.06)
    assert best["covers"] == pytest.approx(1.0, abs=0.06)
    assert best["points"] == pytest.approx(POINTS / 6, rel=0.1)
    others = table[table["parameter"] != "y"]
    np.testing.assert_allclose(others["share"], 1.0 / 3.0, atol=0.06)


def test_a_corner_is_found_by_two_parameters():
    points = uniform()
    corner = (points[:, 0] > 2.0 / 3.0) & (points[:, 2] < 1.0 / 3.0)
    found = flips.deepest(["x", "y", "z"], points, noisy(np.where(corner, -1.0, 1.0), 4, noise=0.2))
    assert set(found["region"].split(" and ")) == {"x high", "z low"}
    assert found["share"] > 0.95
    assert found["covers"] > 0.9


def test_a_region_chosen_among_noise_is_not_praised_on_the_points_that_chose_it():
    points = uniform(points=400, parameters=20)
    differences = noisy(0.7 + np.random.default_rng(9).normal(size=400), 2, noise=0.01)
    table = flips.where([f"p{i}" for i in range(20)], points, differences).iloc[:5]
    assert table["share_choosing"].min() > table["share"].mean()


def test_where_nothing_flips_no_region_is_named():
    found = flips.deepest(["x", "y", "z"], uniform(), np.ones((POINTS, 2)))
    assert (found["region"], found["share"]) == ("", 0.0)
