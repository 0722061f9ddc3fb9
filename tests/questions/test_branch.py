"""Curves of solutions that turn back are followed all the way, on curves that are known in closed form."""

import numpy as np
import pytest

from sim.basics.branch import Branch, LostBranchError


def bent(point):
    """level = 2 y^3 - 9 y^2 + 12 y, which turns back at level 5 (y = 1) and comes again from level 4 (y = 2)."""
    y, level = point
    return np.array([2 * y**3 - 9 * y**2 + 12 * y - level]), np.array([[6 * y**2 - 18 * y + 12, -1.0]])


def circle(point):
    """y and level on a circle of radius 1 through the origin: no level above 1."""
    y, level = point
    return np.array([(y - 1.0) ** 2 + level**2 - 1.0]), np.array([[2.0 * (y - 1.0), 2.0 * level]])


@pytest.mark.parametrize("level", [0.3, 4.0, 4.5, 4.9999, 4.99999999])
def test_of_three_places_with_a_level_the_first_is_given(level):
    found = Branch(bent, np.zeros(2)).at(level)
    first = min(y.real for y in np.roots([2, -9, 12, -level]) if abs(y.imag) < 1e-6)
    assert found.place == pytest.approx([first, level], abs=1e-7)
    assert found.turns == 0


@pytest.mark.parametrize("level", [5.0001, 5.5, 400.0])
def test_beyond_the_fold_the_curve_has_turned_back_and_come_again(level):
    found = Branch(bent, np.zeros(2)).at(level)
    (only,) = (y.real for y in np.roots([2, -9, 12, -level]) if abs(y.imag) < 1e-6)
    assert found.place == pytest.approx([only, level], rel=1e-9)
    assert found.turns == 2


def test_levels_may_be_asked_for_in_any_order():
    branch = Branch(bent, np.zeros(2))
    there = [branch.at(level).place for level in (400.0, 0.3, 5.5, 0.0)]
    alone = [Branch(bent, np.zeros(2)).at(level).place for level in (400.0, 0.3, 5.5, 0.0)]
    np.testing.assert_allclose(there, alone, atol=1e-9)


def fork(point):
    """y = 0, and y^2 = level - 1 from level 1 on: a pitchfork."""
    y, level = point
    return np.array([y * (y**2 - level + 1.0)]), np.array([[3.0 * y**2 - level + 1.0, -y]])


@pytest.mark.parametrize("level", [0.5, 1.0 - 1e-9, 1.0, 1.0 + 1e-9, 1.5, 40.0])
def test_where_another_curve_crosses_it_goes_straight_on(level):
    assert Branch(fork, np.zeros(2)).at(level).place == pytest.approx([0.0, level], abs=1e-12)


def test_the_crossing_may_be_asked_for_on_the_way():
    branch = Branch(fork, np.zeros(2))
    assert [branch.at(level).place[0] for level in (0.5, 1.0, 2.0, 1.0)] == pytest.approx([0.0] * 4, abs=1e-12)


def test_a_curve_that_never_comes_to_a_level_is_lost_in_words():
    branch = Branch(circle, np.zeros(2))
    assert branch.at(0.5).place == pytest.approx([1.0 - 0.75**0.5, 0.5])
    with pytest.raises(LostBranchError, match="cannot be followed beyond level"):
        branch.at(2.0)


def test_a_curve_without_a_direction_is_lost_at_once():
    with pytest.raises(LostBranchError, match="beyond level 0, after 1 steps"):
        Branch(lambda point: (point[:1] ** 2, np.zeros((1, 2))), np.zeros(2)).at(1.0)
