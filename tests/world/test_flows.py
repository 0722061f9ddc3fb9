"""Burden sharing: the game of voluntary contributions to a public good (Olson and Zeckhauser; Bergstrom et al.)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize_scalar
from shipped import plain

from sim.ensemble import opened
from sim.model import Negotiation
from sim.world.flows import best_reply, others_give

Gifts = NDArray[np.floating]


def equilibrium(taste: Gifts, wealth: Gifts, outside: float = 0.0) -> Gifts:
    """Gifts at the equilibrium of the textbook game: g_i = max(0, w_i - G (1 - a_i) / a_i), G being all that is given.

    For equal tastes this is the closed form a W_C / (a + n (1 - a)) of the n contributors.
    """

    def gifts(everything: float) -> Gifts:
        return np.maximum(0.0, wealth - everything * (1.0 - taste) / taste)

    most = outside + float(wealth.sum())
    return gifts(brentq(lambda everything: outside + gifts(everything).sum() - everything, 0.0, most, xtol=1e-13))


def the_europeans(taste: Gifts, wealth: Gifts) -> Negotiation:
    """The Europe of the simulation with these members, when aid is a pure public good and nothing else weighs."""
    scenario = plain("history").with_mechanisms(lumpy_flows=False, alarm=False, hedging=False)
    scenario = scenario.with_doctrine("europe", {"free_riding": 1.0}).with_parameters(
        {
            "europe": {"publicness": 1.0, "threat_base": 1.0, "taste": 1.0, "pressed": 0.0},
            "executive": {"full_support": 1.0},
        }
    )
    model = opened(scenario, seed=1, start=0, stop=2)
    europe = model.europe
    members = len(taste)
    europe.weight, europe.budget = np.zeros_like(europe.weight), np.zeros_like(europe.budget)
    europe.weight[:members, 0], europe.budget[:members, 0] = taste, wealth
    europe.support = np.zeros(2)
    return model


def settle_down(model: Negotiation, outside: float = 0.0, months: int = 600) -> Gifts:
    """Gifts of the members, in the first world, after so many months of answering one another."""
    model.europe.support = np.full(model.size, outside)
    for _ in range(months):
        model.europe.contribute()
    return model.europe.gifts[:, 0]


def test_four_equal_donors_give_two_fifths_of_what_would_be_efficient() -> None:
    taste, wealth = np.full(4, 0.5), np.full(4, 5.0)
    assert equilibrium(taste, wealth).sum() == pytest.approx(4.0)
    assert settle_down(the_europeans(taste, wealth)).sum() == pytest.approx(4.0)


def test_the_great_are_exploited_by_the_small() -> None:
    wealth = np.array([10.0, 6.0, 4.0])
    gifts = settle_down(the_europeans(np.full(3, 0.5), wealth))[:3]
    assert gifts == pytest.approx([4.666667, 0.666667, 0.0], abs=1e-6)
    assert gifts / wealth == pytest.approx([0.467, 0.111, 0.0], abs=1e-3)


def test_moving_wealth_among_those_who_give_changes_nothing() -> None:
    there = settle_down(the_europeans(np.full(3, 0.5), np.array([10.0, 6.0, 4.0])))
    here = settle_down(the_europeans(np.full(3, 0.5), np.array([9.5, 6.5, 4.0])))
    assert there.sum() == pytest.approx(5.333333, abs=1e-6)
    assert here.sum() == pytest.approx(there.sum())


def test_a_gift_from_outside_crowds_out_two_thirds_of_itself() -> None:
    model = the_europeans(np.full(3, 0.5), np.array([10.0, 6.0, 4.0]))
    before = settle_down(model).sum()
    after = settle_down(model, outside=1.0).sum()
    assert 1.0 + after == pytest.approx(5.666667, abs=1e-6)
    assert before - after == pytest.approx(2 / 3, abs=1e-6)


def test_withdrawing_the_outside_gift_brings_back_what_it_crowded_out_and_no_more() -> None:
    """What free riding alone can explain when America leaves: less than what America gave."""
    model = the_europeans(np.full(3, 0.5), np.array([10.0, 6.0, 4.0]))
    with_america = settle_down(model, outside=1.0).sum()
    without = settle_down(model, outside=0.0).sum()
    assert 0.0 < without - with_america < 1.0


@given(
    taste=st.lists(st.floats(0.2, 0.9), min_size=2, max_size=4),
    wealth=st.lists(st.floats(0.5, 10.0), min_size=4, max_size=4),
    outside=st.floats(0.0, 3.0),
)
def test_any_europeans_settle_at_the_equilibrium(taste: list[float], wealth: list[float], outside: float) -> None:
    tastes, budgets = np.array(taste), np.array(wealth[: len(taste)])
    gifts = settle_down(the_europeans(tastes, budgets), outside)[: len(taste)]
    assert gifts == pytest.approx(equilibrium(tastes, budgets, outside), abs=1e-6)


@given(
    taste=st.floats(0.05, 0.95),
    budget=st.floats(0.1, 10.0),
    others=st.floats(0.0, 20.0),
    publicness=st.floats(0.0, 1.0),
)
def test_a_reply_is_the_best_that_a_member_can_do(
    taste: float, budget: float, others: float, publicness: float
) -> None:
    """Against a search over what it might give for the most of (own use)^(1 - a) (aid as it counts it)^a."""
    counted = publicness * others

    def regret(gift: float) -> float:
        return -((1.0 - taste) * np.log(budget - gift) + taste * np.log(gift + counted + 1e-300))

    found = minimize_scalar(regret, bounds=(0.0, budget), method="bounded", options={"xatol": 1e-9})
    reply = best_reply(np.array([[taste]]), np.array([[budget]]), np.array([[others]]), publicness, limit=1.0)
    assert reply[0, 0] == pytest.approx(found.x, abs=1e-4 * budget + 1e-6)


def test_aid_that_is_a_private_good_is_the_same_whatever_others_give() -> None:
    alone, crowded = (best_reply(0.3, 2.0, np.array([others]), 0.0, 1.2) for others in (0.0, 50.0))
    assert alone == crowded == pytest.approx(0.6)


def test_others_are_everyone_else_and_the_outside() -> None:
    gifts = np.array([[1.0, 0.0], [2.0, 5.0], [4.0, 0.0]])
    everybody = gifts.sum(axis=0) + np.array([10.0, 1.0])
    assert others_give(gifts, everybody).tolist() == [[16.0, 6.0], [15.0, 1.0], [13.0, 6.0]]
