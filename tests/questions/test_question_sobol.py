"""Sobol indices free of luck, against functions whose indices are known in closed form."""

import numpy as np
import pytest

from sim.questions.sensitivity import sobol

ISHIGAMI_FIRST, ISHIGAMI_TOTAL = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)
"""a = 7, b = 0.1."""


def ishigami(u):
    x = np.pi * (2.0 * u - 1.0)
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def evaluated(function, parameters, base, lucks, noise=0.0, common=True, seed=3):
    """The function at the design, with normal noise of luck; common to A, B and AB at a place, or not."""
    a, b = sobol.designed(parameters, base, seed)
    rng = np.random.default_rng(seed)
    luck = rng.normal(size=(base, lucks))

    def at(points):
        shocks = luck if common else rng.normal(size=(base, lucks))
        return function(points)[:, None] + noise * shocks

    return at(a), at(b), np.stack([at(page) for page in sobol.crossed(a, b)])


def test_ishigami_without_luck():
    found = sobol.indices(*evaluated(ishigami, 3, 2048, 2))
    np.testing.assert_allclose(found.first, ISHIGAMI_FIRST, atol=0.02)
    np.testing.assert_allclose(found.total, ISHIGAMI_TOTAL, atol=0.02)
    assert found.luck == 0.0


@pytest.mark.parametrize("common", [True, False])
def test_luck_moves_no_index_even_where_it_is_most_of_a_world(common):
    found = sobol.indices(*evaluated(ishigami, 3, 2048, 4, noise=4.0, common=common))
    np.testing.assert_allclose(found.first, ISHIGAMI_FIRST, atol=0.08)
    np.testing.assert_allclose(found.total, ISHIGAMI_TOTAL, atol=0.08)
    ends = found.first_ends[0] - 0.01, found.first_ends[1] + 0.01
    assert np.all((ends[0] < ISHIGAMI_FIRST) & (ends[1] > ISHIGAMI_FIRST))
    assert found.luck == pytest.approx(16.0 / (16.0 + 13.8446), abs=0.02)


def test_the_usual_estimator_would_count_luck_as_an_effect_of_a_parameter_without_any():
    from scipy.stats import sobol_indices

    f_a, f_b, f_ab = evaluated(lambda u: u[:, 0], 2, 1024, 4, noise=0.5, common=False)
    usual = sobol_indices(
        func={"f_A": f_a.mean(1)[None], "f_B": f_b.mean(1)[None], "f_AB": f_ab.mean(2)[:, None]}, n=1024
    )
    assert usual.total_order[1] > 0.3
    assert sobol.indices(f_a, f_b, f_ab).total[1] == pytest.approx(0.0, abs=0.1)


def test_where_luck_decides_what_a_parameter_does_only_its_mean_effect_counts():
    a, b = sobol.designed(2, 2048, 5)
    signs = np.random.default_rng(5).choice([-1.0, 1.0], size=(2048, 8))

    def at(points):
        return points[:, [0]] + signs * (points[:, [1]] - 0.5)

    found = sobol.indices(at(a), at(b), np.stack([at(page) for page in sobol.crossed(a, b)]))
    np.testing.assert_allclose(found.total, [1.0, 0.0], atol=0.1)
    assert found.luck == pytest.approx(0.5, abs=0.03)


def test_where_only_luck_acts_no_index_is_given():
    found = sobol.indices(*evaluated(lambda u: 0.0 * u[:, 0], 2, 256, 4, noise=1.0))
    assert np.isnan(found.first).all()
    assert found.luck > 0.95


@pytest.mark.parametrize("value", [0.0, 0.1, -1e9 / 3.0])
def test_where_nothing_varies_no_index_is_given(value):
    """The mean of many times .1 is not quite .1: rounding is no variance."""
    found = sobol.indices(*evaluated(lambda u: 0.0 * u[:, 0] + value, 2, 64, 6))
    for numbers in (found.first, found.total, found.first_ends, found.total_ends):
        assert np.isnan(numbers).all()
    assert (found.sd, str(found.luck)) == (0.0, "nan")


def test_where_luck_is_the_same_at_every_point_no_parameter_moves_anything():
    pages = [np.broadcast_to([0.1, 0.3, 0.1, 0.2], (*shape, 4)) for shape in ((64,), (64,), (2, 64))]
    found = sobol.indices(*pages)
    assert np.isnan(found.first).all()
    assert (found.sd, found.luck) == (0.0, 1.0)
    crossed = np.stack([sobol.halves(page) for page in pages[2]])
    assert np.isnan(sobol.free_of_luck(sobol.halves(pages[0]), sobol.halves(pages[1]), crossed)).all()


def test_a_small_effect_on_a_large_number_is_an_effect():
    found = sobol.indices(*evaluated(lambda u: 1e3 + 1e-7 * u[:, 0], 2, 512, 2))
    np.testing.assert_allclose(found.total, [1.0, 0.0], atol=0.05)


@pytest.mark.parametrize("lost", [np.nan, np.inf])
def test_a_world_without_a_number_is_counted_and_refused(lost):
    f_a, f_b, f_ab = evaluated(ishigami, 3, 64, 2)
    f_ab[1, 7], f_ab[2, 5, 0] = lost, lost
    with pytest.raises(ValueError, match="it is not in 3 of 640 worlds, at 2 of 320 points"):
        sobol.indices(f_a, f_b, f_ab)


def test_the_same_seed_gives_the_same_intervals():
    values = evaluated(ishigami, 3, 128, 2, noise=1.0)
    one, two = sobol.indices(*values, seed=4), sobol.indices(*values, seed=4)
    np.testing.assert_array_equal(one.first_ends, two.first_ends)


def test_crossed_matrices_take_one_column_of_the_other():
    a, b = sobol.designed(3, 8, 1)
    for column, page in enumerate(sobol.crossed(a, b)):
        np.testing.assert_array_equal(page[:, column], b[:, column])
        np.testing.assert_array_equal(np.delete(page, column, 1), np.delete(a, column, 1))
