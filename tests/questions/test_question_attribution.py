"""Shares of a difference against games whose values are in the books, and against what every such value must obey."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.basics.resampling import FEWEST_WORLDS, bootstrap, resampled_means
from sim.questions.dials.shapley import owen, players_of, shapley

PLAYERS = 4
GAMES = arrays(float, (1 << PLAYERS, 3), elements=st.floats(-100, 100, width=32))
PARTITIONS = st.permutations(range(PLAYERS)).flatmap(
    lambda order: st.integers(1, PLAYERS - 1).map(lambda cut: [order[:cut], order[cut:]])
)


def game(worth, count):
    """v of every coalition from a function of its members."""
    return np.array([float(worth({p for p in range(count) if mask >> p & 1})) for mask in range(1 << count)])


def permuted(values, order):
    """The same game with player p called order[p]."""
    masks = np.arange(len(values))
    moved = sum(((masks >> order[p]) & 1) << p for p in range(len(order)))
    return values[moved]


# ---- games from the books


def test_the_airport_is_paid_for_by_those_who_need_the_length() -> None:
    need = (6, 9, 15)
    assert shapley(game(lambda who: max((need[p] for p in who), default=0), 3)) == pytest.approx([2.0, 3.5, 9.5])


def test_a_party_of_one_seat_is_worth_as_much_as_one_of_forty_nine() -> None:
    seats = (50, 49, 1)
    assert shapley(game(lambda who: sum(seats[p] for p in who) >= 51, 3)) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_a_glove_is_worth_something_with_its_fellow_only() -> None:
    one_left_two_right = game(lambda who: 0 in who and len(who) > 1, 3)
    assert shapley(one_left_two_right) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_two_right_gloves_that_act_as_one_get_half() -> None:
    one_left_two_right = game(lambda who: 0 in who and len(who) > 1, 3)
    assert owen(one_left_two_right, [[0], [1, 2]]) == pytest.approx([1 / 2, 1 / 4, 1 / 4])


def test_four_equal_parties_of_which_two_are_allied() -> None:
    majority = game(lambda who: len(who) >= 3, 4)
    assert owen(majority, [[0, 1], [2], [3]]) == pytest.approx([1 / 3, 1 / 3, 1 / 6, 1 / 6])


def test_dials_that_add_up_get_what_they_add() -> None:
    effects = np.array([[1.0, -2.0], [0.5, 0.25], [4.0, 0.0]])  # player, world
    values = np.array([effects[[p for p in range(3) if m >> p & 1]].sum(axis=0) for m in range(8)])
    assert shapley(7.0 + values) == pytest.approx(effects)


def test_an_effect_of_two_dials_together_is_halved_between_them() -> None:
    assert shapley(game(lambda who: 3.0 * (0 in who) + 8.0 * ({0, 1} <= who), 2)) == pytest.approx([7.0, 4.0])


# ---- what every game obeys


@given(GAMES)
def test_shares_sum_to_the_difference_in_every_world(values) -> None:
    assert shapley(values).sum(axis=0) == pytest.approx(values[-1] - values[0], abs=1e-9)


@given(GAMES, PARTITIONS)
def test_shares_in_groups_sum_to_the_difference_too(values, groups) -> None:
    assert owen(values, groups).sum(axis=0) == pytest.approx(values[-1] - values[0], abs=1e-9)


@given(GAMES, st.permutations(range(PLAYERS)))
def test_a_share_does_not_depend_on_a_players_name(values, order) -> None:
    found = shapley(permuted(values, order))
    assert found[list(range(PLAYERS))] == pytest.approx(shapley(values)[np.argsort(order)], abs=1e-9)


@given(GAMES, st.integers(0, PLAYERS - 1), st.floats(-50, 50, width=32))
def test_a_player_that_always_adds_the_same_gets_it(values, player, worth) -> None:
    masks = np.arange(1 << PLAYERS)
    dummy = values[masks & ~(1 << player)] + worth * (masks >> player & 1)[:, np.newaxis]
    assert shapley(dummy)[player] == pytest.approx(np.full(3, worth), abs=1e-9)
    nobody = values[masks & ~(1 << player)]
    assert (shapley(nobody)[player] == 0.0).all()


@given(GAMES, GAMES)
def test_the_shares_of_a_sum_are_the_sum_of_the_shares(first, second) -> None:
    assert shapley(first + second) == pytest.approx(shapley(first) + shapley(second), abs=1e-9)


@given(GAMES)
def test_groups_of_one_and_one_group_of_all_are_no_groups(values) -> None:
    alone = [[player] for player in range(PLAYERS)]
    assert owen(values, alone) == pytest.approx(shapley(values), abs=1e-9)
    assert owen(values, [list(range(PLAYERS))]) == pytest.approx(shapley(values), abs=1e-9)


@given(GAMES, PARTITIONS)
def test_a_group_gets_what_it_would_get_as_one_player(values, groups) -> None:
    masks = [sum(1 << p for p in group) for group in groups]
    quotient = values[[0, masks[0], masks[1], masks[0] | masks[1]]]
    found = owen(values, groups)
    assert [found[list(group)].sum(axis=0) for group in groups] == [
        pytest.approx(share, abs=1e-9) for share in shapley(quotient)
    ]


@given(GAMES)
def test_the_value_is_the_mean_over_all_orders(values) -> None:
    expected, orders = np.zeros((PLAYERS, 3)), list(permutations(range(PLAYERS)))
    for order in orders:
        there = 0
        for player in order:
            expected[player] += (values[there | 1 << player] - values[there]) / len(orders)
            there |= 1 << player
    assert shapley(values) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("number", [0, 1, 3, 6])
def test_coalitions_of_no_set_of_players_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=f"2, 4, 8, .* got {number}"):
        players_of(np.zeros((number, 2)))


def test_groups_that_forget_a_player_are_refused() -> None:
    with pytest.raises(ValueError, match="each of the 2 players once"):
        owen(np.zeros((4, 2)), [[0]])


# ---- intervals over worlds


def as_it_is(means: np.ndarray) -> np.ndarray:
    """Make nothing of the means."""
    return means


def test_the_bootstrap_interval_is_that_of_the_normal_for_many_worlds() -> None:
    values = np.random.default_rng(3).normal(5.0, 2.0, size=400)
    low, high = bootstrap(values, 1, as_it_is)
    half = 1.96 * values.std(ddof=1) / 20.0
    assert (low, high) == pytest.approx((values.mean() - half, values.mean() + half), abs=0.1 * half)


def test_every_row_is_drawn_from_the_same_worlds() -> None:
    values = np.random.default_rng(3).normal(size=(2, 50))
    draws = resampled_means(np.concatenate([values, values.sum(axis=0, keepdims=True)]), 1, 250)
    assert draws.shape == (250, 3)
    assert draws[:, 2] == pytest.approx(draws[:, 0] + draws[:, 1])
    np.testing.assert_array_equal(draws[:, 1], resampled_means(values[1], 1, 250))


def test_what_is_the_same_in_every_world_is_certain_and_one_world_says_nothing() -> None:
    assert bootstrap(np.full(FEWEST_WORLDS, 3.0), 1, as_it_is) == pytest.approx((3.0, 3.0))
    assert (np.array(bootstrap(np.zeros((2, FEWEST_WORLDS)), 1, as_it_is)) == 0.0).all()
    assert np.isnan(bootstrap(np.array([3.0]), 1, as_it_is)).all()
