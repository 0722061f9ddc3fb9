"""What fighting on is worth, and the private valuation that wanders."""

import numpy as np
import pytest

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
    plain = {"movement": 0.001, "doubt": 0.2, "sanctions": 0.8, "land": 10.0, "horizon": 30.0, "option": 0.002}
    plain |= {"cost": 0.1, "sanctions_cost": 0.18} | changes
    arrays = [np.array([plain.pop(key)]) for key in ("movement", "doubt", "sanctions")]
    return float(sum(term[0] for term in war.war_value_russia(LEVEL, *arrays, **plain).values()))


def test_the_value_of_fighting_on_is_the_formula() -> None:
    assert worth_to_ukraine() == pytest.approx(-10 * (0.18 + (0.001 + 0.001 * 0.2) * 24) - 0.3)
    assert worth_to_russia() == pytest.approx(10 * (0.18 + (0.001 + 0.002 * 0.2) * 30) - 0.1 - 0.18 * 0.8)


def test_what_one_side_expects_to_win_the_other_expects_to_lose() -> None:
    assert worth_to_ukraine(movement=0.002) < worth_to_ukraine() < worth_to_ukraine(movement=-0.001)
    assert worth_to_russia(movement=0.002) > worth_to_russia() > worth_to_russia(movement=-0.001)


def test_doubt_about_america_makes_russia_wait_and_ukraine_hurry() -> None:
    assert worth_to_russia(doubt=0.4) > worth_to_russia(doubt=0.1)
    assert worth_to_ukraine(doubt=0.4) < worth_to_ukraine(doubt=0.1)


def test_the_cost_of_war_grows_with_its_length() -> None:
    assert [war.war_cost(0.3, 0.01, months) for months in (0, 10, 100)] == pytest.approx([0.3, 0.33, 0.6])


@pytest.fixture(scope="module")
def wandering(plain_outlook: Scenario) -> list[np.ndarray]:
    """Ukraine's private valuation over twenty months, 20,000 worlds."""
    model: Negotiation = opened(plain_outlook, seed=1, start=0, stop=20_000)
    found = [model.ukraine.private]
    for month in range(20):
        model.luck.month = 24_000 + month
        model.ukraine.reconsider()
        found.append(model.ukraine.private)
    return found


def test_private_valuations_keep_their_spread(wandering: list[np.ndarray], plain_outlook: Scenario) -> None:
    sd, error = plain_outlook.parameters.table.private_sd, 1 / np.sqrt(2 * 20_000)
    for private in wandering:
        assert private.mean() == pytest.approx(0.0, abs=4 * sd / np.sqrt(20_000))
        assert private.std() == pytest.approx(sd, rel=4 * error)


def test_private_valuations_remember_as_an_autoregression_does(
    wandering: list[np.ndarray], plain_outlook: Scenario
) -> None:
    persistence = plain_outlook.parameters.table.private_persistence
    for lag in (1, 5, 10):
        found = np.corrcoef(wandering[0], wandering[lag])[0, 1]
        assert found == pytest.approx(persistence**lag, abs=4 / np.sqrt(20_000))


def test_the_two_sides_keep_separate_secrets(plain_outlook: Scenario) -> None:
    model = opened(plain_outlook, seed=1, start=0, stop=5_000)
    for _ in range(3):
        model.step()
    assert abs(np.corrcoef(model.ukraine.private, model.russia.private)[0, 1]) < 4 / np.sqrt(5_000)


def test_a_threat_lowers_what_refusing_is_worth_as_far_as_it_can_be_carried_out(plain_outlook: Scenario) -> None:
    """A committed Washington cannot threaten Kyiv with a cut; an aligned one cannot threaten Moscow with a surge."""
    for dials, side, bites in [
        ({"commitment": 0.0}, "ukraine", True), ({"commitment": 1.0}, "ukraine", False),
        ({"affinity": 0.0}, "russia", True), ({"affinity": 1.0}, "russia", False),
    ]:  # fmt: skip
        model = opened(plain_outlook.with_doctrine("us", dials), seed=1, start=0, stop=50)
        model.step()
        actor = getattr(model, side)
        lost = actor.war_value - actor.reservation
        assert np.all(lost > 0.0) if bites else lost == pytest.approx(np.zeros(50), abs=1e-12)
