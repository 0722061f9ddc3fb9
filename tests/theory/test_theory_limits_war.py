"""Limits of the simulator: scenarios that switch all but one mechanism off reach the textbook's closed form.

T6 burden sharing, T12 contest, T5 convergence of beliefs. What does not hold is tested as such and says so.
"""

from pathlib import Path

import numpy as np
import pytest
from doubles import doubles
from scipy.optimize import brentq, minimize_scalar

from sim.ensemble import opened
from sim.model import Negotiation
from sim.record import members
from sim.scenario import Scenario, load
from sim.theory.burden_sharing import provision
from sim.theory.convergence import disagreement
from sim.world.front import observation_variance

SCENARIOS = Path(__file__).parent / "scenarios"


def limit(name: str) -> Scenario:
    return load(SCENARIOS / f"{name}.toml")


def lived(scenario: Scenario, worlds: int = 4) -> Negotiation:
    """The model after the last month of a scenario."""
    model = opened(scenario, seed=1, start=0, stop=worlds)
    for _ in model:
        pass
    return model


def equilibrium(taste: np.ndarray, wealth: np.ndarray, outside: float = 0.0) -> np.ndarray:
    """Gifts at the equilibrium with unequal tastes: g_i = max(0, w_i - G (1 - a_i) / a_i)."""

    def gifts(good: float) -> np.ndarray:
        return np.maximum(0.0, wealth - good * (1.0 - taste) / taste)

    good = brentq(lambda good: outside + gifts(good).sum() - good, 0.0, outside + wealth.sum(), xtol=1e-13)
    return gifts(good)


def test_the_europeans_settle_at_the_equilibrium_of_voluntary_contributions() -> None:
    donors = members()
    taste, wealth = donors["weight"].to_numpy(float), donors["budget"].to_numpy(float)
    with doubles():
        model = lived(limit("contributions"))
    expected = equilibrium(taste, wealth)
    assert model.europe.gifts[:, 0] == pytest.approx(expected, abs=1e-6)
    assert 0 < (expected > 0.0).sum() < len(expected)


def test_with_one_taste_the_great_are_exploited_by_the_small() -> None:
    """The closed form of the lesson, for budgets of the record, against the run of the whole model."""
    model = opened(limit("contributions"), seed=1, start=0, stop=2)
    model.europe.weight = np.full_like(model.europe.weight, 0.5)
    for _ in model:
        pass
    budget, gifts = model.europe.budget[:, 0], model.europe.gifts[:, 0]
    assert gifts.sum() == pytest.approx(provision(0.5, budget), abs=1e-6)
    burden = (gifts / budget)[np.argsort(budget)]
    assert (np.diff(burden) >= -1e-9).all()


def test_american_aid_that_is_believed_in_crowds_out_as_in_the_book() -> None:
    """America's expected aid is the gift from outside: what Europe believes in, not what is allocated."""
    believed = limit("contributions").with_parameters({"executive": {"full_support": 0.5}})
    donors = members()
    taste, wealth = donors["weight"].to_numpy(float), donors["budget"].to_numpy(float)
    model = lived(believed)
    outside = float(model.europe.support[0]) * 0.5
    assert model.europe.gifts[:, 0] == pytest.approx(equilibrium(taste, wealth, outside), abs=1e-4)


def best_reply(model: Negotiation) -> float:
    """Moscow's effort in Tullock's contest: what it wins of the line, K^D / (K^D + h^D), less a convex cost."""
    p, preferences = model.parameters.front, model.parameters.preferences
    months = model.russia.horizon()
    in_time = p.wear / (p.wear + 1.0 / months)  # of a force that is built up, as much stands within the horizon
    prize = model.russia.land_value() * months * in_time * 4.0 * p.pull / p.decisiveness
    met = float(model.ukraine.force[0]) * np.exp(float(model.russia.advantage[0]))

    def loses(log_effort: float) -> float:
        force = np.exp(log_effort) / p.wear
        wins = force**p.decisiveness / (force**p.decisiveness + met**p.decisiveness)
        cost = preferences.war_cost_russia * (np.exp(log_effort) / p.effort_reference) ** p.effort_convexity
        return float(cost - prize * wins)

    return float(np.exp(minimize_scalar(loses, bounds=(-3.0, 5.0), method="bounded", options={"xatol": 1e-9}).x))


@pytest.mark.parametrize(("decisiveness", "convexity"), [(4.0, 5.0), (1.0, 3.0), (2.0, 8.0)])
def test_moscow_settles_at_its_best_reply_in_the_contest(decisiveness: float, convexity: float) -> None:
    """Effort and force come to rest where a search over efforts finds the best."""
    front = {"decisiveness": decisiveness, "effort_convexity": convexity}
    model = lived(limit("contest").with_parameters({"front": front}))
    assert model.ukraine.force == pytest.approx(np.full(4, 62.22222), rel=1e-5)
    assert model.russia.effort == pytest.approx(np.full(4, best_reply(model)), rel=1e-3)
    assert model.russia.force == pytest.approx(model.russia.effort / model.parameters.front.wear, rel=1e-3)


def test_kyiv_does_not_answer_moscow() -> None:
    """What does not hold: the equilibrium of both. Kyiv's own effort is given, whatever the war is worth to Moscow."""
    fiercer = limit("contest").with_parameters({"preferences": {"land_russia": 40.0}})
    model, usual = lived(fiercer), lived(limit("contest"))
    assert model.ukraine.force[0] == pytest.approx(usual.ukraine.force[0], rel=1e-6)
    assert model.russia.force[0] > 1.1 * usual.russia.force[0]


def learned(model: Negotiation) -> tuple[np.ndarray, np.ndarray]:
    """How far apart a month more leaves the two sides' beliefs about the advantage, and how the line moved in it."""
    model.step()
    return model.ukraine.advantage - model.russia.advantage, model.moved


def test_fighting_brings_beliefs_together_at_the_textbook_rate_whatever_happens() -> None:
    """D0 s / (s + n), a prior being worth s = noise / prior variance months of war."""
    scenario = limit("convergence")
    p = scenario.parameters
    with doubles():
        model = opened(scenario, seed=3, start=0, stop=50)
        months = [learned(model) for _ in range(scenario.months)]
    worth = float(observation_variance(p.front)) / p.beliefs.advantage_prior_sd**2
    for month, (apart, _) in enumerate(months, start=1):
        assert apart == pytest.approx(np.full(50, disagreement(0.4, 0.2, worth, month)), rel=1e-9)
    assert np.ptp(np.sum([moved for _, moved in months], axis=0)) > 0.001


def test_they_also_come_to_the_truth() -> None:
    """Not only together: the mean of their errors over worlds is down to what one prior leaves of its bias."""
    scenario = limit("convergence")
    model = lived(scenario, 4000)
    p = scenario.parameters
    left = float(observation_variance(p.front)) / (
        observation_variance(p.front) + scenario.months * p.beliefs.advantage_prior_sd**2
    )
    error = model.ukraine.advantage - model.advantage
    assert error.mean() == pytest.approx(0.15 * left, abs=5.0 * error.std() / np.sqrt(4000))
