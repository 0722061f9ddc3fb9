"""The equations of docs/ODD.md, typed out a second time, give the numbers of the simulator."""

from operator import attrgetter

import numpy as np
import pytest
from odd_month import Month

from sim.ensemble import opened
from sim.scenario import Money, Scenario, load

pytestmark = pytest.mark.usefixtures("precise")

WORLDS, SEED = 24, 5
SAME = {
    "L": "line",
    "need": "need",
    "desired": "united_states.desired",
    "announced": "united_states.announced",
    "authority": "united_states.authority",
    "allocation": "united_states.allocation",
    "credibility": "united_states.credibility",
    "house_ayes": "congress.house_ayes",
    "law": "congress.sanctions_law",
    "contribution": "europe.contribution",
    "s_E": "europe.share",
    "alarm": "europe.alarm",
    "envelope": "europe.envelope",
    "waiting": "europe.waiting",
    "vetoed": "europe.vetoed",
    "threat": "europe.threat",
    "sanctions_us": "bureaucracy.sanctions",
    "sanctions_europe": "europe.sanctions",
    "sanctions": "sanctions",
    "held_up": "europe.held_up",
    "K_U": "ukraine.force",
    "K_R": "russia.force",
    "W_U": "ukraine.war_value",
    "R_U": "ukraine.reservation",
    "W_R": "russia.war_value",
    "R_R": "russia.reservation",
    "talks": "mediator.talks",
    "moscow_first": "mediator.moscow_first",
    "settled": "mediator.settled",
    "relapsed": "mediator.relapsed",
    "truce": "mediator.truce",
    "rounds": "mediator.rounds",
    "meets": "contacts.meets",
    "opposed": "public.opposed",
    "effort": "russia.effort",
    "pi_E": "europe.probabilities",
    "pi_U": "ukraine.probabilities",
    "k": "reading.pays",
}
"""What the document and the simulator call the same thing."""


def with_one_set(name):
    """A scenario in which all worlds share the parameters, as the equations are written."""
    return load(name).with_parameter_sets("one")


def assert_same_months(scenario):
    model, month = opened(scenario, SEED, 0, WORLDS), Month(scenario, SEED, WORLDS)
    for _ in model:
        month.step()
        for ours, theirs in SAME.items():
            found, told = attrgetter(theirs)(model), getattr(month, ours)
            np.testing.assert_allclose(found * 1.0, told, rtol=1e-7, atol=1e-9, err_msg=f"{theirs}, {model.month}")
        for ours in ("offset", "guarantee", "relief"):
            theirs = f"agreed_{ours}"
            agreed = model.mediator.settled
            found, told = getattr(model.mediator, theirs)[agreed], getattr(month, ours)[agreed]
            np.testing.assert_allclose(found, told, rtol=1e-6, atol=1e-9, err_msg=f"{theirs}, {model.month}")
    return model


def test_the_document_lives_through_the_same_history_as_the_simulator():
    mediator = assert_same_months(load("history")).mediator
    assert (mediator.settled.any(), mediator.relapsed.any(), (mediator.rounds > 1).any()) == (True, True, True)


@pytest.mark.parametrize("name", ["outlook", "strong_guarantee", "indo_pacific_crisis", "isolationist_congress"])
def test_and_through_the_same_months_of_other_scenarios(name):
    assert_same_months(with_one_set(name))


def test_events_of_money_act_as_the_document_says():
    events = [
        {"month": "2026-02", "donor": "eu", "amount": 45.0, "months": 12, "arms": 0.6},
        {"month": "2026-03", "donor": "us", "amount": 20.0, "months": 3, "arms": 0.5},
        {"month": "2026-05", "donor": "europe", "amount": 10.0},
        {"month": "2026-06", "donor": "germany", "amount": 6.0, "months": 60, "arms": 1.0},
    ]
    money = tuple(Money(kind="money", **event) for event in events)
    assert_same_months(Scenario.model_validate({**dict(with_one_set("outlook").with_horizon(18)), "events": money}))


@pytest.mark.parametrize("mechanism", with_one_set("outlook").mechanisms.model_dump())
def test_the_document_says_what_each_switch_switches(mechanism):
    switched = with_one_set("outlook").with_mechanisms(**{mechanism: False})
    assert_same_months(switched.with_parameters({"table": {"talks_base": 0.0}}).with_horizon(10))


def test_dials_act_as_the_document_says():
    scenario = with_one_set("outlook").with_parameters({"table": {"talks_base": 0.0}})
    scenario = scenario.with_doctrine("ukraine", "survivalist").with_doctrine("russia", "maximalist")
    scenario = scenario.with_doctrine("europe", "free_rider").with_doctrine("us", "aligned")
    assert_same_months(off_their_presets(scenario).with_horizon(18))


def off_their_presets(scenario):
    """Every dial a little lower: none at a value that every preset has, where an equation could leave it out."""
    for actor in ("us", "ukraine", "russia", "europe", "congress"):
        doctrine = scenario.doctrine(actor, scenario.start)
        dials = {dial: 0.8 * value for dial, value in doctrine if isinstance(value, float)}
        scenario = scenario.with_doctrine(actor, dials)
    return scenario


def test_a_collapse_is_imposed_as_the_document_says():
    scenario = with_one_set("outlook").with_parameters({"front": {"collapse": 0.95}, "table": {"talks_base": -5.0}})
    assert assert_same_months(scenario.with_horizon(12)).mediator.collapsed.any()
