"""Where the record lies among histories: at the edge, or no farther from its nearest neighbour than others."""

import numpy as np
import pytest

from sim.estimation.posterior import surroundings


def cloud(size: int, columns: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((size, columns))


def test_of_four_on_a_line_two_lie_farther_from_their_nearest() -> None:
    line = np.array([[0.0], [1.0], [10.0], [20.0]])  # median absolute deviation 5; nearest are 1, 1, 9 and 10 away
    found = surroundings(line, np.array([12.0]), trials=4)
    assert found.nearest == pytest.approx(2.0 / 5.0)
    assert found.farther == 0.5


def test_one_of_the_cloud_is_like_any_other_and_one_beyond_it_is_at_the_edge() -> None:
    table = cloud(4000, 28)
    inside = np.array([surroundings(table, one, trials=50).farther for one in cloud(40, 28, seed=2)])
    assert inside.mean() == pytest.approx(0.5, abs=0.2)
    assert surroundings(table, np.full(28, 2.0)).farther < 0.05


def test_among_many_statistics_everything_is_far_from_everything() -> None:
    few, many = (surroundings(cloud(4000, columns), np.zeros(columns)).nearest for columns in (2, 28))
    assert few < 0.1 < 2.0 < many
