"""What fighting on is worth, and the hardship that nobody else sees."""

import numpy as np
import pytest

from sim.basics.arrays import real
from sim.ensemble import opened
from sim.model import Negotiation
from sim.scenario import Scenario
from sim.world import war

LEVEL = np.array([0.18])


def worth_to_ukraine(**changes: float) -> float:
    plain = {"movement": 0.001, "doubt": 0.2, "land": 10.0, "horizon": 24.0, "caution": 0.001, "cost": 0.3} | changes
    movement, doubt = (np.array([plain.pop(key)]) for key in ("movement", "doubt"))
    return float(sum(term[0] for term in war.war_value_ukraine(LEVEL, movement, doubt, **plain).values()))


def worth_to_russia(**changes: float) -> float:
    plain = {"movement": 0.001, "option": 0.0004, "sanctions": 0.8, "land": 10.0, "horizon": 30.0}
    plain |= {"cost": 0.1, "sanctions_cost": 0.18} | changes
    arrays = [np.array([plain.pop(key)]) for key in ("movement", "option", "sanctions")]
    return float(sum(term[0] for term in war.war_value_russia(LEVEL, *arrays, **plain).values()))


def test_the_value_of_fighting_on_is_the_formula() -> None:
    assert worth_to_ukraine() == pytest.approx(-10 * (0.18 + (0.001 + 0.001 * 0.2) * 24) - 0.3)
    assert worth_to_russia() == pytest.approx(10 * (0.18 + (0.001 + 0.0004) * 30) - 0.1 - 0.18 * 0.8)


def test_what_one_side_expects_to_win_the_other_expects_to_lose() -> None:
    assert worth_to_ukraine(movement=0.002) < worth_to_ukraine() < worth_to_ukraine(movement=-0.001)
    assert worth_to_russia(movement=0.002) > worth_to_russia() > worth_to_russia(movement=-0.001)


@pytest.mark.parametrize("mean", [-0.002, -0.0003, 0.0, 0.0003, 0.001])
@pytest.mark.parametrize("spread", [0.0002, 0.0005, 0.002])
def test_waiting_is_worth_what_stopping_in_time_saves(mean: float, spread: float) -> None:
    gains, weights = np.polynomial.hermite_e.hermegauss(180)
    stopped = (weights * np.maximum(mean + spread * gains, 0.0)).sum() / weights.sum()
    found = war.option_of_waiting(np.array([mean]), np.array([spread])).item()
    assert found == pytest.approx(stopped - max(mean, 0.0), abs=0.01 * spread)


def test_waiting_is_worth_more_the_less_is_known_and_nothing_where_all_is() -> None:
    spreads = np.linspace(0.0, 0.003, 30)
    for mean in (-0.001, 0.0, 0.001):
        found = war.option_of_waiting(np.full(30, mean), spreads)
        assert found[0] <= war.LEAST_SPREAD
        assert np.all(np.diff(found) >= 0.0)
        assert np.all(found <= 0.3989423 * spreads + war.LEAST_SPREAD)


def test_doubt_about_america_makes_russia_wait_and_ukraine_hurry() -> None:
    assert worth_to_russia(option=0.0004) > worth_to_russia(option=0.0001)
    assert worth_to_ukraine(doubt=0.4) < worth_to_ukraine(doubt=0.1)


def test_the_cost_of_war_grows_with_its_length() -> None:
    assert [war.war_cost(0.3, 0.01, months, 1.0) for months in (0, 10, 100)] == pytest.approx([0.3, 0.33, 0.6])


def test_effort_makes_war_dearer_and_sanctions_make_effort_dearer() -> None:
    factors = war.effort_factor(np.array([10.0, 11.0, 11.0]), 10.0, 5.0, np.array([1.0, 1.0, 1.1]))
    assert factors == pytest.approx([1.0, 1.1**5, 1.1**6])


def test_no_effort_is_beyond_arithmetic() -> None:
    """At the ends of their ranges an army may be kept up by nothing, or by a hundred million times the reference."""
    factors = war.effort_factor(real([0.0, 1e6, 0.01]), 0.01, 12.0, real(1.0))
    assert factors == pytest.approx([1.0, np.exp(48.0), 1.0], rel=1e-4)


def test_no_hardship_makes_war_free() -> None:
    spent = -war.own_hardship(1.0, 0.5, np.array([-9.0, -1.0, 0.0, 2.0]))
    assert 1.0 + spent == pytest.approx([0.1, 0.5, 1.0, 2.0])


def test_hardship_lasts_and_mood_does_not(plain_outlook: Scenario) -> None:
    model, found = opened(plain_outlook, seed=1, start=0, stop=20_000), []
    for _ in range(2):
        model.step()
        found.append(model.ukraine.felt - model.ukraine.hardship)
    sd = plain_outlook.parameters.table.mood_sd
    assert found[0].std() == pytest.approx(sd, rel=0.03)
    assert abs(np.corrcoef(found[0], found[1])[0, 1]) < 4 / np.sqrt(20_000)
    assert model.ukraine.hardship.std() == pytest.approx(1.0, rel=0.03)


def test_the_two_sides_keep_separate_secrets(plain_outlook: Scenario) -> None:
    model: Negotiation = opened(plain_outlook, seed=1, start=0, stop=5_000)
    assert abs(np.corrcoef(model.ukraine.hardship, model.russia.hardship)[0, 1]) < 4 / np.sqrt(5_000)


def test_a_threat_lowers_what_refusing_is_worth_as_far_as_it_can_be_carried_out(plain_outlook: Scenario) -> None:
    """Who gives for order's sake, and is committed, would not cut Kyiv off; an aligned one does not press Moscow."""
    known = plain_outlook.with_mechanisms(reading=False)
    for dials, side, bites in [
        ({"order": 0.2, "commitment": 0.0}, "ukraine", True), ({"order": 1.0, "commitment": 1.0}, "ukraine", False),
        ({"affinity": 0.0}, "russia", True), ({"affinity": 1.0}, "russia", False),
    ]:  # fmt: skip
        model = opened(known.with_doctrine("us", dials), seed=1, start=0, stop=50)
        model.step()
        actor = getattr(model, side)
        lost = actor.war_value - actor.reservation
        assert np.all(lost > 0.0) if bites else lost == pytest.approx(np.zeros(50), abs=1e-12)
