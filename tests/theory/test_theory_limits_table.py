"""Limits of the simulator at the table: T3, T4 (bargaining range, commitment), T9 (doubt), T10 (ratification).

A settlement is reached exactly where the closed form has one that is on the mediator's menu of lines. The menu is
coarse, and that is where the simulator and the textbook part: tested here as what it is.
"""

from typing import Any

import numpy as np
import pytest
from scipy.stats import norm
from test_theory_limits_war import limit, lived

from sim.ensemble import opened
from sim.model import Negotiation
from sim.scenario import Scenario
from sim.theory.bargaining_and_war import bargaining_range
from sim.theory.third_party_doubt import surplus
from sim.world.packages import OFFSETS

LAND, HORIZON = 10.0, 24.0
"""Both sides value land, and look ahead, alike."""


def within(low: float, high: float) -> bool:
    """Whether the mediator's menu has a line between these, both relative to the front."""
    return bool(((low <= OFFSETS) & (high >= OFFSETS)).any())


def talked(scenario: Scenario, **beliefs: float) -> Negotiation:
    """The model after a month of talks, with the sides' beliefs in American support set where given."""
    model = opened(scenario, seed=1, start=0, stop=3)
    for side, support in beliefs.items():
        getattr(model, side).support = np.full(3, support)
        getattr(model, side).variance = np.full(3, 1e-12)
    model.step()
    return model


def changed(name: str, cost_ukraine: float, cost_russia: float, **tables: dict[str, Any]) -> Scenario:
    costs = {"preferences": {"war_cost_ukraine": cost_ukraine, "war_cost_russia": cost_russia}}
    return limit(name).with_parameters(costs | tables)


COSTS = [(0.30, 0.10), (0.10, 0.10), (0.05, 0.05), (0.0, 0.0), (0.6, 0.0), (0.0, 0.6)]


@pytest.mark.parametrize("costs", COSTS)
@pytest.mark.parametrize("optimism", [0.0, 0.1, 0.2, 0.4])
def test_there_is_a_settlement_exactly_where_the_bargaining_range_holds_a_line(
    costs: tuple[float, float], optimism: float
) -> None:
    """Each side expects the line to move by its own outlook; costs of war, over the worth of land, widen the range."""
    beliefs = {"beliefs": {"optimism_ukraine": optimism / 2.0, "optimism_russia": optimism / 2.0}}
    model = talked(changed("bargaining", *costs, **beliefs))
    russian, ukrainian = (float(side.outlook[0]) * HORIZON for side in (model.russia, model.ukraine))
    assert russian - ukrainian == pytest.approx(HORIZON * 0.006 * optimism)
    low, high = russian - costs[1] / LAND, ukrainian + costs[0] / LAND
    assert model.mediator.settled.all() == model.mediator.settled.any() == within(low, high)
    if within(low, high):
        assert low <= model.mediator.offset[0] <= high


def test_without_disagreement_the_range_is_fearons() -> None:
    """[p - cA, p + cB] around the line that both expect: as wide as war is costly, empty only if it costs nothing."""
    model = talked(changed("bargaining", 0.3, 0.1))
    expected = HORIZON * float(model.ukraine.outlook[0])
    assert expected == HORIZON * float(model.russia.outlook[0])
    low, high = bargaining_range(expected, 0.1 / LAND, 0.3 / LAND)
    assert high - low == pytest.approx(0.04)
    assert low <= model.mediator.offset[0] <= high
    assert model.mediator.settled.all()
    assert not talked(changed("bargaining", 0.0, 0.0)).mediator.settled.any()


def test_a_range_between_two_lines_of_the_menu_is_missed() -> None:
    """What does not hold: the textbook has a settlement here, 1.1 % of Ukraine wide; the menu has no line in it."""
    model = talked(changed("bargaining", 0.3, 0.1, beliefs={"optimism_ukraine": 0.1, "optimism_russia": 0.1}))
    low = HORIZON * float(model.russia.outlook[0]) - 0.1 / LAND
    high = HORIZON * float(model.ukraine.outlook[0]) + 0.3 / LAND
    assert high - low == pytest.approx(0.0112)
    assert not within(low, high)
    assert not model.mediator.settled.any()


@pytest.mark.parametrize("hazard", [0.0, 0.005, 0.01, 0.015, 0.02, 0.03, 0.1, 0.5])
def test_a_peace_that_will_break_is_acceptable_to_nobody(hazard: float) -> None:
    """Costs of war make room for peace; its chance of breaking, Q, takes it away again where Kyiv loses more by it.

    Powell's inequality in the simulator's terms: no package iff (loss - gain) Q > k_U + k_R, up to the menu of lines.
    """
    model = talked(changed("commitment", 0.3, 0.1, peace={"hazard": hazard}))
    broken = hazard / (hazard + 0.03)
    low = float(model.russia.outlook[0]) * HORIZON - (0.1 + 0.15 * broken) / LAND
    high = float(model.ukraine.outlook[0]) * HORIZON + (0.3 - 1.0 * broken) / LAND
    assert (low <= high) == ((1.0 - 0.15) * broken <= 0.4)
    assert model.mediator.settled.all() == model.mediator.settled.any() == within(low, high)


def test_a_guarantee_that_is_believed_brings_the_settlement_back() -> None:
    """The remedy of the commitment problem: what deters renewed war makes packages acceptable again."""
    fragile = changed("commitment", 0.3, 0.1, peace={"hazard": 0.1})
    assert not talked(fragile).mediator.settled.any()
    model = talked(fragile.with_mechanisms(guarantees=True))
    assert model.mediator.settled.all()
    assert model.mediator.guarantee[0] >= 3


@pytest.mark.parametrize(
    ("protege", "challenger"), [(0.2, 0.2), (0.5, 0.5), (0.9, 0.9), (0.6, 0.5), (0.9, 0.1), (0.7, 0.0), (0.1, 0.9)]
)
def test_beliefs_about_support_move_the_ends_of_the_range(protege: float, challenger: float) -> None:
    """Support raises the force that Moscow expects to meet: its effect on the line is kappa tau log F(qP) / F(qC)."""
    scenario = changed("bargaining", 0.1, 0.1, front={"pull": 0.05, "noise": 0.0024})
    model = talked(scenario, ukraine=protege, russia=challenger)
    apart = float(model.russia.outlook[0] - model.ukraine.outlook[0]) * HORIZON
    expected = model.ukraine.expected_force(np.array([protege])) / model.ukraine.expected_force(np.array([challenger]))
    assert apart == pytest.approx(0.05 * HORIZON * np.log(expected[0]), rel=0.05, abs=1e-6)
    low = float(model.russia.outlook[0]) * HORIZON - 0.1 / LAND
    high = float(model.ukraine.outlook[0]) * HORIZON + 0.1 / LAND
    assert high - low == pytest.approx(surplus(apart, 0.0, 1.0, 0.2 / LAND))
    assert model.mediator.settled.all() == model.mediator.settled.any() == within(low, high)


WIDE = {"front": {"pull": 0.02, "noise": 0.00096}}
"""Support moves the line noticeably; with costs of .3 each the range is wider than the widest gap of the menu, .04."""


@pytest.mark.parametrize("support", [0.0, 0.2, 0.5, 0.9, 1.1])
def test_any_belief_in_support_that_both_share_makes_peace(support: float) -> None:
    model = talked(changed("bargaining", 0.3, 0.3, **WIDE), ukraine=support, russia=support)
    assert model.mediator.settled.all()


@pytest.mark.parametrize(("protege", "challenger", "peace"), [(0.9, 0.1, False), (0.6, 0.4, True), (0.1, 0.9, True)])
def test_it_is_disagreement_about_support_that_kills_a_deal(protege: float, challenger: float, peace: bool) -> None:
    model = talked(changed("bargaining", 0.3, 0.3, **WIDE), ukraine=protege, russia=challenger)
    apart = HORIZON * float(model.russia.outlook[0] - model.ukraine.outlook[0])
    assert (surplus(apart, 0.0, 1.0, 0.6 / LAND) >= 0.0) == peace
    assert model.mediator.settled.all() == model.mediator.settled.any() == peace


def test_support_so_low_that_the_line_would_leave_the_menu_also_kills_a_deal() -> None:
    """What does not hold: with a front that moves very fast, a level of support on which both agree leads to war."""
    scenario = changed("bargaining", 0.1, 0.1, front={"pull": 0.05, "noise": 0.0024})
    model = talked(scenario, ukraine=0.2, russia=0.2)
    assert HORIZON * float(model.ukraine.outlook[0]) > OFFSETS[-1] + 0.1 / LAND
    assert not model.mediator.settled.any()


def test_a_treaty_is_signed_as_often_as_the_margin_in_the_senate_says() -> None:
    """The chance that the count plus its shock, rounded, reaches 67."""
    for shock in (2.5, 10.0, 30.0):
        scenario = limit("ratification").with_parameters({"congress": {"senate_shock": shock}})
        model = lived(scenario, 4000)
        margin = float(model.congress.treaty_ayes(np.arange(1))[0]) - 66.5
        chance = norm.cdf(margin / shock)
        assert model.mediator.proposed.all()
        assert (model.mediator.guarantee == 4.0).all()
        assert model.mediator.settled.mean() == pytest.approx(
            chance, abs=1e-9 + 4.0 * np.sqrt(chance * (1.0 - chance) / 4000)
        )
        assert float(model.congress.ratification_chance(np.arange(1))[0]) == pytest.approx(chance, abs=0.011)
