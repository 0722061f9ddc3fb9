"""The contest at the front: the effort that pays, and the line that forces move."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.basics.draws import Draws
from sim.ensemble import opened
from sim.scenario import Scenario
from sim.scenario.parameters import FrontParameters
from sim.world import front

P = FrontParameters()
positive = st.floats(1.0, 1000.0)


@given(
    met=st.floats(60.0, 250.0), worth=st.floats(100.0, 600.0), cost=st.floats(0.15, 0.6), effort=st.floats(6.0, 16.0)
)
def test_the_best_effort_is_the_best_of_all_efforts(met: float, worth: float, cost: float, effort: float) -> None:
    """Against a search over a grid for what its force wins less what it costs."""
    efforts = P.effort_reference * np.exp(np.linspace(-3.9, 3.9, 40_001))
    half = 0.5 * min(P.decisiveness, front.MOST_DECISIVE * P.effort_convexity)
    won = worth * P.pull / half * np.tanh(half * (np.log(efforts / P.wear) - np.log(met)))
    gain = won - cost * (efforts / P.effort_reference) ** P.effort_convexity
    found = front.best_effort(np.array([effort]), np.log(np.array([met])), worth, cost, P)
    assert found[0] == pytest.approx(efforts[np.argmax(gain)], rel=2e-3)


def test_who_is_ahead_answers_a_stronger_enemy_with_more_and_who_is_behind_with_less() -> None:
    met = np.log(np.array([60.0, 66.0, 300.0, 330.0]))
    weak, less_weak, strong, stronger = front.best_effort(np.full(4, 10.0), met, 200.0, 0.3, P)
    assert less_weak > weak
    assert stronger < strong


def test_russian_effort_comes_to_rest_at_its_best(plain_outlook: Scenario) -> None:
    model = opened(plain_outlook, seed=1, start=0, stop=3)
    for _ in range(400):
        model.russia.mobilise()
    assert model.russia.effort == pytest.approx(model.russia.best_effort(), rel=1e-5)
    assert model.russia.force == pytest.approx(front.sustained(model.russia.effort, P), rel=1e-5)


def test_the_effort_of_the_end_of_2022_is_near_its_best(history: Scenario) -> None:
    model = opened(history, seed=1, start=0, stop=200)
    model.step()
    assert np.median(model.russia.best_effort() / model.russia.effort) == pytest.approx(1.0, abs=0.1)


def test_sanctions_make_russia_try_less(plain_outlook: Scenario) -> None:
    model = opened(plain_outlook, seed=1, start=0, stop=2)
    model.bureaucracy.sanctions = np.array([0.2, 0.9])
    loose, tight = model.russia.best_effort()
    assert loose > tight


def test_the_line_comes_to_move_as_fast_as_forces_expect() -> None:
    """Momentum is persistence: under the same forces, and without chance, movement settles at kappa x superiority."""
    momentum = np.zeros(1)
    superior = front.superiority(150.0, 100.0, P.advantage)
    for _ in range(200):
        momentum = front.movement(momentum, superior, np.zeros(1), P)
    assert momentum[0] == pytest.approx(P.pull * (np.log(1.5) - P.advantage))
    assert momentum[0] == pytest.approx(front.expected_movement(150.0, 100.0, P.advantage, P), rel=0.05)


def test_the_sides_expect_no_army_to_move_faster_than_twice_the_pull_over_decisiveness() -> None:
    most = 2.0 * P.pull / P.decisiveness
    assert front.expected_movement(1e9, 1.0, P.advantage, P) == pytest.approx(most)
    assert front.expected_movement(1.0, 1e9, P.advantage, P) == pytest.approx(-most)


def test_movement_has_the_spread_and_persistence_of_its_recursion() -> None:
    """An AR(1): lag-1 autocorrelation is persistence, variance is sigma^2 / (1 - persistence^2)."""
    draws, momentum, path = Draws(7, 0, 20_000), np.zeros(20_000), []
    for month in range(60):
        momentum = front.movement(momentum, np.zeros(20_000), draws.normal("front", month), P)
        path.append(momentum)
    last, before = path[-1], path[-2]
    assert last.std() == pytest.approx(P.noise / np.sqrt(1.0 - P.persistence**2), rel=0.02)
    assert np.corrcoef(last, before)[0, 1] == pytest.approx(P.persistence, abs=4 / np.sqrt(20_000))


@given(advantage=st.floats(-1.0, 1.0), momentum=st.floats(-0.01, 0.01), forces=st.tuples(positive, positive))
def test_a_front_without_chance_shows_the_advantage_as_it_is(
    advantage: float, momentum: float, forces: tuple[float, float]
) -> None:
    russian, ukrainian = forces
    moved = front.movement(momentum, front.superiority(russian, ukrainian, advantage), 0.0, P)
    assert front.observed_advantage(np.log(russian / ukrainian), momentum, moved, P) == pytest.approx(advantage)


def test_what_the_front_shows_errs_by_the_variance_that_both_sides_reckon_with() -> None:
    noise = Draws(3, 0, 50_000).normal("front", 1)
    moved = front.movement(np.zeros(50_000), front.superiority(120.0, 100.0, P.advantage), noise, P)
    shown = front.observed_advantage(np.log(1.2), np.zeros(50_000), moved, P)
    assert shown.mean() == pytest.approx(P.advantage, abs=4 * shown.std() / np.sqrt(50_000))
    assert shown.var() == pytest.approx(front.observation_variance(P), rel=0.03)


def test_need_is_a_half_at_balance_and_more_where_a_war_is_being_lost() -> None:
    winning, balance, losing = front.need(np.array([-0.3, 0.0, 0.3]), P)
    assert winning < balance < losing
    assert balance == pytest.approx(0.5)


@given(line=st.floats(0.0, 1.0), moved=st.floats(-2.0, 2.0))
def test_nobody_holds_less_than_nothing_or_more_than_everything(line: float, moved: float) -> None:
    assert front.held(np.array([line]), np.array([moved]))[0] == min(1.0, max(0.0, line + moved))


def test_a_force_is_kept_up_by_what_wears_out() -> None:
    force = np.array([3.0])
    for _ in range(500):
        force = front.rebuilt(force, 8.0, P)
    assert force[0] == pytest.approx(front.sustained(8.0, P)) == pytest.approx(8.0 / P.wear)
