"""Limits of the simulator at the table: T9, doubt about a patron's support moves the ends of Fearon's range.

The range itself, Powell's shift, Slantchev's convergence, Rubinstein's shares, Schelling's public and Putnam's Senate
are in `test_theory_simulated`.
"""

import numpy as np
import pytest

from sim.ensemble import opened
from sim.model import Negotiation
from sim.theory.simulated import MONTHS, bare, costs, zone
from sim.theory.third_party_doubt import surplus

COST = 0.01
"""What war costs either side, share of Ukraine."""
SILENT = {"talks_base": -50.0}


def after_a_month(pull: float, **beliefs: float) -> Negotiation:
    """The model after a month in which each side believes in so much American support, and is sure of it."""
    scenario = bare(front={"pull": pull}, preferences=costs(COST, COST), table=SILENT)
    model = opened(scenario, seed=1, start=0, stop=1)
    for side, support in beliefs.items():
        audience = getattr(model, side)
        audience.support, audience.variance = np.full(1, support), np.full(1, 1e-12)
        audience.update_belief = lambda: None  # whatever Washington is read as
    model.step()
    return model


@pytest.mark.parametrize(
    ("protege", "challenger"), [(0.2, 0.2), (0.5, 0.5), (0.9, 0.9), (0.6, 0.5), (0.9, 0.1), (0.7, 0.0), (0.1, 0.9)]
)
def test_beliefs_about_support_move_the_ends_of_the_range(protege: float, challenger: float) -> None:
    """Support raises the force that Moscow expects to meet: its effect on the line is kappa tau log F(qP) / F(qC)."""
    model = after_a_month(0.05, ukraine=protege, russia=challenger)
    apart = float(model.russia.outlook[0] - model.ukraine.outlook[0]) * MONTHS
    expected = model.ukraine.expected_force(np.array([protege])) / model.ukraine.expected_force(np.array([challenger]))
    assert apart == pytest.approx(0.05 * MONTHS * np.log(expected[0]), rel=0.05, abs=1e-6)
    assert zone(model) == pytest.approx(surplus(apart, 0.0, 1.0, 2.0 * COST), abs=1e-4)


@pytest.mark.parametrize("support", [0.0, 0.2, 0.5, 0.9, 1.1])
def test_any_belief_in_support_that_both_share_leaves_the_whole_range(support: float) -> None:
    """However little support they expect, and however far the line would move: no level kills a deal."""
    assert zone(after_a_month(0.05, ukraine=support, russia=support)) == pytest.approx(2.0 * COST, abs=1e-4)


@pytest.mark.parametrize(("protege", "challenger", "peace"), [(0.9, 0.1, False), (0.6, 0.5, True), (0.1, 0.9, True)])
def test_it_is_disagreement_about_support_that_kills_a_deal(protege: float, challenger: float, peace: bool) -> None:
    model = after_a_month(0.02, ukraine=protege, russia=challenger)
    apart = MONTHS * float(model.russia.outlook[0] - model.ukraine.outlook[0])
    assert (surplus(apart, 0.0, 1.0, 2.0 * COST) >= 0.0) == peace
    assert (zone(model) >= 0.0) == peace
