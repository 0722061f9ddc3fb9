"""Solvers of games where they are hardest to follow: where branches cross, and what is no strength at all."""

import numpy as np
import pytest
from scipy.optimize import brentq

from sim.basics.limits import InputError
from sim.questions.games.alpharank import alpha_rank
from sim.questions.games.quantal import quantal_response


def symmetric(matrix):
    row = np.array(matrix, dtype=float)
    return np.stack([row, row.T])


CHICKEN = symmetric([[0, -1], [1, -10]])
PRISONERS = symmetric([[3, 0], [5, 1]])


def all_alike(alike: float, apart: float) -> np.ndarray:
    """A game of three with two strategies each, paid for every other who does the same, and who does not."""
    strategies = np.indices((2, 2, 2))
    same = [sum(mine == other for other in strategies) - 1 for mine in strategies]
    return np.stack([alike * count + apart * (2 - count) for count in same]).astype(float)


@pytest.mark.parametrize(
    ("payoffs", "crossing"),
    [
        (symmetric([[1, 0], [0, 1]]), 2.0),
        (symmetric([[0, 1], [1, 0]]), 2.0),
        (symmetric(np.eye(3).tolist()), 3.0),
        (all_alike(1.0, 0.0), 1.0),
        (all_alike(0.0, 1.0), 2.0),
    ],
    ids=["coordination", "anti-coordination", "of three strategies", "of three players", "three that avoid each other"],
)
def test_a_precision_may_be_where_branches_cross(payoffs, crossing):
    """It could not be followed beyond where it was asked to stop, but far beyond where it was not."""
    for asked in ([1.0, crossing, 3.0], [crossing], [crossing + 1e-9, 10.0, crossing]):
        for found in quantal_response(payoffs, asked):
            np.testing.assert_allclose(found.mixed, 1.0 / payoffs.shape[1], atol=1e-9)
            assert found.turns == 0


def test_a_branch_that_bends_is_followed_through_the_crossing():
    """Chicken's symmetric branch is crossed where precision times p (1 - p) times 10 is 1."""

    def before(precision):
        (found,) = quantal_response(CHICKEN, [precision])
        p = found.mixed[0][0]
        return 10.0 * precision * p * (1.0 - p) - 1.0

    crossing = brentq(before, 0.1, 5.0, xtol=1e-15)
    for found in quantal_response(CHICKEN, [crossing / 2.0, crossing, 3.0 * crossing]):
        np.testing.assert_allclose(found.mixed[0], found.mixed[1], atol=1e-6)


@pytest.mark.parametrize("strength", [-1.0, np.inf, np.nan])
def test_a_strength_that_is_none_is_refused_in_words(strength):
    with pytest.raises(InputError, match="intensity: must be a finite number, 0 or more, got"):
        alpha_rank(PRISONERS, strength)
    with pytest.raises(InputError, match="precision: must be a finite number, 0 or more, got"):
        quantal_response(PRISONERS, [1.0, strength])


def test_alpha_rank_refuses_payoffs_and_populations_that_are_none():
    with pytest.raises(InputError, match="payoffs: must be finite; 1 of them are not"):
        alpha_rank(np.where(np.arange(8).reshape(2, 2, 2) == 3, np.nan, 1.0), 1.0)
    with pytest.raises(InputError, match="population: must be at least 2"):
        alpha_rank(PRISONERS, 1.0, population=1)
