"""T6 and the airport of T13: who bears the burden, by iterated best replies, search and all orders."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize_scalar

from sim.theory.airport import fees
from sim.theory.burden_sharing import GAME, efficient, gifts, provision
from sim.theory.volunteers_dilemma import chance_of_nobody, chance_to_volunteer

WEALTH = (10.0, 6.0, 4.0)


def answered(a: float, w: tuple[float, ...], outside: float = 0.0, rounds: int = 60) -> np.ndarray:
    """Gifts after many rounds in which each answers the others in turn, every answer by search for the best."""
    given = np.zeros(len(w))
    for _ in range(rounds):
        for i, wealth in enumerate(w):
            others = outside + given.sum() - given[i]

            def regret(gift: float, wealth: float = wealth, others: float = others) -> float:
                return -((1.0 - a) * np.log(wealth - gift + 1e-300) + a * np.log(gift + others + 1e-300))

            given[i] = minimize_scalar(regret, bounds=(0.0, wealth), method="bounded", options={"xatol": 1e-10}).x
    return given


def test_the_great_are_exploited_by_the_small() -> None:
    assert answered(0.5, WEALTH) == pytest.approx([4.666667, 0.666667, 0.0], abs=1e-4)
    assert gifts(0.5, WEALTH) == pytest.approx([4.666667, 0.666667, 0.0], abs=1e-6)
    assert provision(0.5, WEALTH) == pytest.approx(5.333333, abs=1e-6)
    assert np.array(gifts(0.5, WEALTH)) / WEALTH == pytest.approx([0.467, 0.111, 0.0], abs=1e-3)


def test_what_would_be_best_for_all_by_search() -> None:
    """Whoever consumes what: a planner with equal weights and transfers maximises log consumption and the good."""
    good = np.linspace(0.01, 19.99, 199_801)
    best = good[np.argmax(0.5 * 3 * np.log((20.0 - good) / 3) + 0.5 * 3 * np.log(good))]
    assert best == pytest.approx(10.0, abs=1e-3)
    assert efficient(0.5, WEALTH) == 10.0


def test_moving_wealth_among_those_who_give_changes_nothing() -> None:
    assert answered(0.5, (9.5, 6.5, 4.0)).sum() == pytest.approx(5.333333, abs=1e-3)
    assert provision(0.5, (9.5, 6.5, 4.0)) == pytest.approx(provision(0.5, WEALTH))


def test_a_gift_paid_for_by_those_who_give_changes_nothing() -> None:
    assert provision(0.5, (9.5, 5.5, 4.0), outside=1.0) == pytest.approx(provision(0.5, WEALTH))


def test_a_gift_from_outside_crowds_out_two_thirds() -> None:
    assert 1.0 + answered(0.5, WEALTH, 1.0).sum() == pytest.approx(5.666667, abs=1e-3)
    assert provision(0.5, WEALTH, 1.0) == pytest.approx(5.666667, abs=1e-6)


def test_four_equals_give_two_fifths_of_the_best() -> None:
    assert provision(0.5, (5.0,) * 4) == pytest.approx(4.0)
    assert efficient(0.5, (5.0,) * 4) == 10.0


@given(a=st.floats(0.1, 0.9), w=st.lists(st.floats(0.5, 20.0), min_size=2, max_size=6), outside=st.floats(0.0, 10.0))
def test_nobody_wants_to_give_more_or_less(a: float, w: list[float], outside: float) -> None:
    given, good = np.array(gifts(a, w, outside)), provision(a, w, outside)
    assert good == pytest.approx(outside + given.sum())
    others = good - given
    best = np.maximum(0.0, a * np.array(w) - (1.0 - a) * others)
    assert given == pytest.approx(best, abs=1e-9)
    assert good <= efficient(a, w, outside) + 1e-9 or outside > good - 1e-9


@given(a=st.floats(0.1, 0.9), w=st.lists(st.floats(0.5, 20.0), min_size=3, max_size=6), more=st.floats(0.1, 5.0))
def test_crowding_out_is_never_more_than_the_gift(a: float, w: list[float], more: float) -> None:
    rise = provision(a, w, more) - provision(a, w)
    assert -1e-9 <= rise <= more + 1e-9


@given(w=st.lists(st.floats(1.0, 20.0), min_size=3, max_size=5))
def test_the_burden_falls_on_the_rich(w: list[float]) -> None:
    burden = np.array(gifts(0.5, w)) / np.array(w)
    assert (np.diff(burden[np.argsort(w)]) >= -1e-9).all()


def test_the_sentence_on_crowding_out() -> None:
    said = GAME.solve(0.5, WEALTH, 1.0).sentences[-1]
    assert said == "The gift of 1 from outside raises the total by 0.333: the rest is crowded out."


@pytest.mark.parametrize(("n", "each", "nobody"), [(2, 0.8, 0.04), (5, 0.331260, 0.133748), (10, 0.163749, 0.167250)])
def test_volunteers_by_the_point_of_indifference(n: int, each: float, nobody: float) -> None:
    """Volunteering pays V - c for sure, not volunteering V as far as another does."""
    p = brentq(lambda p: 0.8 - (1.0 - (1.0 - p) ** (n - 1)), 1e-9, 1.0 - 1e-9, xtol=1e-14)
    assert (p, (1.0 - p) ** n) == pytest.approx((each, nobody), abs=1e-6)
    assert chance_to_volunteer(n, 0.2) == pytest.approx(each, abs=1e-6)
    assert chance_of_nobody(n, 0.2) == pytest.approx(nobody, abs=1e-6)


@given(n=st.integers(2, 60), c=st.floats(0.01, 0.99))
def test_the_more_could_help_the_less_it_helps(n: int, c: float) -> None:
    assert chance_to_volunteer(n + 1, c) < chance_to_volunteer(n, c)
    assert chance_of_nobody(n + 1, c) > chance_of_nobody(n, c)


@given(costs=st.lists(st.floats(0.0, 20.0), min_size=2, max_size=6))
def test_fees_are_averages_over_all_orders_of_arrival(costs: list[float]) -> None:
    orders = list(permutations(range(len(costs))))
    paid = np.zeros(len(costs))
    for order in orders:
        runway = 0.0
        for player in order:
            paid[player] += max(costs[player] - runway, 0.0)
            runway = max(runway, costs[player])
    assert fees(costs) == pytest.approx(paid / len(orders), abs=1e-9)


def test_the_runway_of_the_lesson() -> None:
    assert fees((6.0, 9.0, 15.0)) == pytest.approx([2.0, 3.5, 9.5])
