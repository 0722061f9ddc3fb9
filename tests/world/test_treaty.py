"""The Senate and a treaty: the bar, the chance, the base rate, and what a count teaches."""

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import norm

from sim.actors.congress import Congress
from sim.ensemble import opened
from sim.scenario import load
from sim.world import packages, treaty
from sim.world.settlement import Refusal

pytestmark = pytest.mark.usefixtures("precise")

SEATS = np.array([[47.0], [24.0], [2.0], [6.0], [10.0], [11.0]])
ODDS = np.array([[5.0], [3.0], [1.5], [-1.7], [-2.6], [1.6]]) + np.array([[0.0, 0.4, -0.8]])


def senate(worlds: int, **congress: float) -> Congress:
    """The Congress of so many worlds."""
    scenario = load("outlook").with_parameter_sets("one").with_parameters({"congress": congress})
    return opened(scenario, seed=2, start=0, stop=worlds).congress


def test_the_bar_is_where_the_count_stands_at_two_thirds() -> None:
    found = treaty.bar(SEATS, ODDS, -2.0)
    assert treaty.ayes(SEATS, ODDS, found.will) == pytest.approx(66.5, abs=1e-6)
    for column in range(3):
        exact = brentq(lambda will, c=column: treaty.ayes(SEATS, ODDS[:, [c]], will)[0] - 66.5, -10.0, 10.0)
        assert found.will[column] == pytest.approx(exact, abs=1e-6)


@pytest.mark.parametrize("refused", [0.01, 0.07, 0.17])
@pytest.mark.parametrize("sd", [0.5, 1.0])
def test_a_senate_like_that_of_the_record_refuses_as_often_as_the_base_rate_says(refused: float, sd: float) -> None:
    """By the sea of worlds, not by the formula: ayes under a neutral whip, counted with their shock."""
    congress = senate(1, treaty_refused=refused, treaty_sd=sd)
    bar, mean = congress._reference, float(congress.treaty_mean[0])
    generator = np.random.default_rng(1)
    wills = mean + sd * generator.standard_normal(200_000)
    shift = (2.5 / float(bar.slope[0])) * generator.standard_normal(wills.size)
    assert (wills + shift < float(bar.will[0])).mean() == pytest.approx(refused, abs=0.003)


def test_the_envoy_is_right_on_average_about_whether_the_senate_will_ratify() -> None:
    congress, rows = senate(6000), np.arange(6000)
    believed, ratified = congress.ratification_chance(rows), congress.ratifies(rows)
    assert believed.std() < 0.02  # he does not know which world he is in
    assert believed.mean() == pytest.approx(ratified.mean(), abs=4.0 * np.sqrt(0.05 * 0.95 / 6000) + 0.005)
    assert 0.01 < 1.0 - ratified.mean() < 0.17


def test_a_vote_teaches_everybody_what_the_senate_thinks() -> None:
    congress = senate(4000)
    rows = np.arange(4000)
    before = np.abs(congress.treaty_mean - congress.treaty_will)
    congress.ratifies(rows)
    after = np.abs(congress.treaty_mean - congress.treaty_will)
    assert after.mean() < 0.4 * before.mean()
    assert (congress.treaty_variance < 1.0).all()
    chances = congress.ratification_chance(rows)
    refused = congress.treaty_ayes(rows) < 60.0
    assert chances[refused].max() < 0.5
    assert chances[congress.treaty_ayes(rows) > 75.0].min() > 0.5


def test_a_will_that_is_known_leaves_only_the_shock_of_the_vote() -> None:
    congress = senate(2, treaty_sd=0.0)
    rows = np.arange(2)
    margin = congress.treaty_ayes(rows) - 66.5
    bar = treaty.bar(congress._seats("senate"), congress._treaty_odds(rows), -2.0)
    expected = norm.cdf((congress.treaty_will - bar.will) * bar.slope / 2.5)
    assert congress.ratification_chance(rows) == pytest.approx(expected, abs=1e-5)
    assert (margin > 0.0).all()


def test_what_the_senate_may_refuse_is_not_tabled() -> None:
    """Putnam at the table: where a treaty is what both sides want, a Senate that may refuse takes it off."""
    wanted = {"table": {"talks_base": 2.0, "guarantee_pain": (0.0, 0.04, 0.14, 0.2, 0.2)}}
    scenario = load("outlook").with_parameter_sets("one").with_doctrine("us", "architectural").with_parameters(wanted)
    treaties, refused = [], []
    for share in (0.01, 0.5, 0.8):
        told = scenario.with_parameters({"congress": {"treaty_refused": share}}).with_horizon(18)
        model, tabled, proposed, no = opened(told, seed=1, start=0, stop=200), 0, 0, 0
        for _ in model:
            table = model.mediator
            tabled += int(((table.guarantee >= packages.TREATY) & table.proposed & ~table.truce_offered).sum())
            proposed, no = proposed + int(table.proposed.sum()), no + int((table.refusal == Refusal.SENATE).sum())
        treaties.append(tabled / proposed)
        refused.append(no)
    assert treaties[0] > treaties[1] + 0.1 > treaties[2] + 0.2
    assert refused[0] < 5 < refused[1]
