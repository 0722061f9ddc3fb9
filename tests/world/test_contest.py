"""The contest at the front: Tullock's, its best replies, and the line that forces move."""

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


@given(stakes=positive, opposing=positive)
def test_a_best_reply_is_the_best_of_all_replies(stakes: float, opposing: float) -> None:
    """Against a search over a grid for the most of V K / (K + h) - K."""
    replies = np.linspace(0.0, stakes, 20_001)
    gain = stakes * replies / (replies + opposing) - replies
    found = replies[np.argmax(gain)]
    assert front.contest_best_reply(stakes, opposing) == pytest.approx(found, abs=stakes / 10_000)


def play(stakes: tuple[float, float], rounds: int = 200) -> tuple[float, float]:
    """Efforts of two contestants that answer one another in turn."""
    first, second = 1.0, 1.0
    for _ in range(rounds):
        first = front.contest_best_reply(stakes[0], second)
        second = front.contest_best_reply(stakes[1], first)
    return first, second


def test_equal_contestants_spend_a_quarter_of_the_prize_each() -> None:
    assert play((10.0, 10.0)) == pytest.approx((2.5, 2.5))


def test_unequal_contestants_spend_and_win_as_in_the_book() -> None:
    first, second = play((10.0, 5.0))
    assert (first, second) == pytest.approx((2.222222, 1.111111), abs=1e-6)
    assert first / (first + second) == pytest.approx(2 / 3)
    assert 10.0 * first / (first + second) - first == pytest.approx(4.444444, abs=1e-6)
    assert 5.0 * second / (first + second) - second == pytest.approx(0.555556, abs=1e-6)


def test_russia_does_not_contest_what_is_defended_beyond_its_stakes() -> None:
    assert front.contest_best_reply(100.0, 100.0) == 0.0
    assert front.contest_best_reply(100.0, 400.0) == 0.0


def test_russian_effort_comes_to_rest_at_its_best_reply(plain_outlook: Scenario) -> None:
    """With the ceiling of its industry out of reach and Ukraine's force held, effort x 1 / wear is the reply."""
    scenario = plain_outlook.with_parameters({"front": {"effort_cap_russia": 1e6}}).with_mechanisms(sanctions_cap=False)
    model = opened(scenario, seed=1, start=0, stop=3)
    for _ in range(400):
        model.russia.mobilise()
    assert model.russia.effort / P.wear == pytest.approx(model.russia.best_reply(), rel=1e-6)
    assert model.russia.force == pytest.approx(front.sustained(model.russia.effort, P), rel=1e-6)


def test_sanctions_lower_the_ceiling_of_russian_industry(plain_outlook: Scenario) -> None:
    model = opened(plain_outlook, seed=1, start=0, stop=2)
    model.bureaucracy.sanctions = np.array([0.2, 0.9])
    loose, tight = model.russia.effort_cap()
    assert loose > tight


def test_the_line_comes_to_move_as_fast_as_forces_expect() -> None:
    """Momentum is persistence: under the same forces, and without chance, movement settles at kappa x superiority."""
    momentum = np.zeros(1)
    superior = front.superiority(150.0, 100.0, P.advantage)
    for _ in range(200):
        momentum = front.movement(momentum, superior, np.zeros(1), P)
    assert momentum[0] == pytest.approx(front.expected_movement(150.0, 100.0, P.advantage, P))
    assert momentum[0] == pytest.approx(P.pull * (np.log(1.5) - P.advantage))


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


def test_need_is_a_half_at_balance_and_less_in_peace() -> None:
    superior, peace = np.array([-0.3, 0.0, 0.3, 0.3]), np.array([0.0, 0.0, 0.0, 1.0])
    winning, balance, losing, settled = front.need(superior, peace, P)
    assert winning < balance < losing
    assert balance == pytest.approx(0.5)
    assert settled == pytest.approx(losing * P.need_in_peace)


@given(line=st.floats(0.0, 1.0), moved=st.floats(-2.0, 2.0))
def test_nobody_holds_less_than_nothing_or_more_than_everything(line: float, moved: float) -> None:
    assert front.held(np.array([line]), np.array([moved]))[0] == min(1.0, max(0.0, line + moved))


def test_a_force_is_kept_up_by_what_wears_out() -> None:
    force = np.array([3.0])
    for _ in range(500):
        force = front.rebuilt(force, 8.0, P)
    assert force[0] == pytest.approx(front.sustained(8.0, P)) == pytest.approx(8.0 / P.wear)
