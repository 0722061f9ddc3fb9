"""Beliefs: Bayes, what moves them and what does not, and how fighting brings expectations together."""

import numpy as np
import pytest
from doubles import doubles
from hypothesis import given
from hypothesis import strategies as st

from sim.ensemble import opened
from sim.scenario import Scenario, Settlement
from sim.scenario.parameters import BeliefParameters
from sim.world import beliefs, front

P = BeliefParameters()
mean, variance = st.floats(-1.0, 2.0), st.floats(0.01, 1.0)


@given(prior=st.tuples(mean, variance), signal=st.tuples(mean, variance))
def test_an_update_is_bayes_rule(prior: tuple[float, float], signal: tuple[float, float]) -> None:
    """Against prior times likelihood, point by point on a fine grid."""
    x = np.linspace(-12.0, 12.0, 40_001)
    density = np.exp(-((x - prior[0]) ** 2) / (2 * prior[1]) - (x - signal[0]) ** 2 / (2 * signal[1]))
    density /= density.sum()
    centre = (x * density).sum()
    spread = ((x - centre) ** 2 * density).sum()
    assert beliefs.kalman(*prior, *signal) == pytest.approx((centre, spread), abs=1e-6)


@given(prior=st.tuples(mean, variance), one=st.tuples(mean, variance), other=st.tuples(mean, variance))
def test_the_order_of_two_signals_does_not_matter(
    prior: tuple[float, float], one: tuple[float, float], other: tuple[float, float]
) -> None:
    there = beliefs.kalman(*beliefs.kalman(*prior, *one), *other)
    assert beliefs.kalman(*beliefs.kalman(*prior, *other), *one) == pytest.approx(there)


def test_a_signal_that_is_all_noise_says_nothing() -> None:
    assert beliefs.kalman(0.4, 0.1, 99.0, np.inf) == (0.4, 0.1)


def test_a_promise_is_kept_in_full_by_half_or_not() -> None:
    conduct = np.array([0.9, 0.5, 0.5 - P.promise_tolerance / 2, 0.5 - P.promise_tolerance, 0.0])
    kept = beliefs.promise_kept(np.full(5, 0.5), conduct, P)
    assert kept == pytest.approx([1.0, 1.0, 0.5, 0.0, max(0.0, 1.0 - 0.5 / P.promise_tolerance)])


def test_credibility_is_the_mean_of_a_beta() -> None:
    assert beliefs.credibility(np.array([7.0]), np.array([3.0]))[0] == pytest.approx(0.7)


# ---- fighting brings expectations together (Slantchev; Smith and Stam)


def quarrels(scenario: Scenario, months: int = 36) -> np.ndarray:
    """Ukraine's minus Russia's belief about the defender's advantage, (months + 1, worlds)."""
    model = opened(scenario, seed=1, start=0, stop=40)
    found = [model.ukraine.advantage - model.russia.advantage]
    for _ in range(months):
        model.step()
        found.append(model.ukraine.advantage - model.russia.advantage)
    return np.array(found)


def test_disagreement_falls_with_every_month_of_fighting_as_the_book_says(plain_outlook: Scenario) -> None:
    """D0 s / (s + n), whatever happens at the front, where s is the prior's strength in months of fighting."""
    with doubles():
        found = quarrels(plain_outlook.with_mechanisms(talks=False, direct_talks=False))
    p, q = plain_outlook.parameters.front, plain_outlook.parameters.beliefs
    strength = front.observation_variance(p) / q.advantage_prior_sd**2
    months = np.arange(37)[:, None]
    assert found == pytest.approx(found[0] * strength / (strength + months))
    assert found[0] == pytest.approx(q.optimism_ukraine + q.optimism_russia)


def test_without_learning_and_without_fighting_disagreement_stays(plain_outlook: Scenario) -> None:
    initial = plain_outlook.initial.model_copy(update={"settlement": Settlement(guarantee=2)})
    peace = Scenario.model_validate({**dict(plain_outlook.with_mechanisms(renewed_war=False)), "initial": initial})
    for quiet in (plain_outlook.with_mechanisms(learning=False), peace):
        found = quarrels(quiet, months=12)
        assert np.array_equal(found[-1], found[0])


def test_both_sides_come_to_know_the_defenders_advantage(plain_outlook: Scenario) -> None:
    model = opened(
        plain_outlook.with_mechanisms(talks=False, direct_talks=False).with_horizon(400), seed=1, start=0, stop=60
    )
    errors = []
    for month in range(400):
        if month in (0, 399):
            errors.append([np.abs(side.advantage - model.advantage).mean() for side in (model.ukraine, model.russia)])
        model.step()
    assert errors[1][0] < 0.5 * errors[0][0]
    assert errors[1][1] < 0.5 * errors[0][1]
