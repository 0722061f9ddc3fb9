"""The normal distribution of the package, with SciPy as the oracle."""

import numpy as np
import pytest
from scipy import special

from sim.basics import normal_table
from sim.basics.normal import log_ndtr, ndtr, ndtri


def test_chances_are_those_of_scipy():
    x = np.linspace(-37.0, 9.0, 9_201)
    np.testing.assert_allclose(ndtr(x), special.ndtr(x), rtol=2e-13)
    np.testing.assert_allclose(ndtr(x[x > -5.0]), special.ndtr(x[x > -5.0]), rtol=5e-15)


def test_log_chances_are_those_of_scipy_far_down_as_well():
    x = np.concatenate([np.linspace(-150.0, 20.0, 20_001), [-1e3, -1e6, -1.0, np.nextafter(-1.0, -2.0)]])
    np.testing.assert_allclose(log_ndtr(x), special.log_ndtr(x), rtol=3e-14)


def test_quantiles_are_those_of_scipy_to_the_last_bit_or_the_one_before():
    p = np.concatenate([np.linspace(0.0, 1.0, 2**16 + 1), 10.0 ** -np.arange(1.0, 300.0)])
    np.testing.assert_array_max_ulp(ndtri(p), special.ndtri(p), maxulp=2)


def test_the_table_of_the_proposals_is_what_scipy_makes_of_it():
    curve = special.log_ndtr(normal_table._GRID)
    rise = np.append(np.diff(curve), 0.0)
    np.testing.assert_array_equal(normal_table._SLOPE, rise.astype(np.float32))


@pytest.mark.parametrize("function", [ndtr, log_ndtr, ndtri])
def test_a_single_number_is_one(function):
    assert np.ndim(function(0.3)) == 0
