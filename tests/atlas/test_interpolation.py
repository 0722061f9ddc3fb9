"""Interpolation: exact at nodes and for what is linear, an average in between; its error recomputed by hand."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.browser.atlas.grid import corners, errors, interpolate, interpolated

LEVELS = ((0.0, 0.2, 0.9, 1.0), (0.0, 0.5, 1.0), (0.0, 0.1, 1.0))
NODES = np.array(list(itertools.product(*LEVELS)))
UNIT = st.floats(0.0, 1.0)
POINTS = st.tuples(UNIT, UNIT, UNIT)


@pytest.mark.parametrize("place", range(len(NODES)))
def test_a_node_is_its_own_number(place):
    assert corners(LEVELS, NODES[place]) == [(place, 1.0)]


@given(POINTS)
def test_weights_are_shares(point):
    weights = [weight for _, weight in corners(LEVELS, point)]
    assert all(weight > 0.0 for weight in weights)
    assert sum(weights) == pytest.approx(1.0)


@given(POINTS)
def test_what_is_linear_in_each_dial_is_met_exactly(point):
    def law(x):
        return 2.0 + 3.0 * x[0] - x[1] + 0.5 * x[0] * x[1] * x[2]

    values = np.array([law(node) for node in NODES])
    assert float(interpolate(values, LEVELS, point)) == pytest.approx(law(point), abs=1e-12)


@given(POINTS)
def test_between_nodes_it_stays_between_their_numbers(point):
    values = np.random.Generator(np.random.PCG64(1)).normal(size=len(NODES))
    around = [values[node] for node, _ in corners(LEVELS, point)]
    found = float(interpolate(values, LEVELS, point))
    assert min(around) - 1e-12 <= found <= max(around) + 1e-12


def test_it_agrees_with_scipy():
    from scipy.interpolate import RegularGridInterpolator

    rng = np.random.Generator(np.random.PCG64(2))
    values = rng.normal(size=(len(NODES), 2))
    points = rng.random((50, 3))
    oracle = RegularGridInterpolator(LEVELS, values.reshape(4, 3, 3, 2))(points)
    np.testing.assert_allclose(interpolated(values, LEVELS, points), oracle, atol=1e-12)


def test_errors_of_a_parabola_are_those_of_the_book():
    """Half-way between nodes h apart, x² lies h²/4 under its chord."""
    levels = ((0.0, 0.5, 1.0),)
    values = np.array([[0.0], [0.25], [1.0]])
    points = np.array([[0.25], [0.75]])
    found = errors(interpolated(values, levels, points), points**2)
    for column in found:
        np.testing.assert_allclose(column, [0.0625])
