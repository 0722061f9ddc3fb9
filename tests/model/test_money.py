"""Money goes from authority to allocation to pipeline to delivery; none is made on the way, and none is lost."""

from collections.abc import Iterator
from typing import get_args

import numpy as np
import pytest
from arbitrary import scenarios
from hypothesis import given, settings
from hypothesis import strategies as st
from lived import with_initial
from shipped import plain

from sim.actors.europe import Europe
from sim.ensemble import Ensemble, opened
from sim.ensemble.study import one_scenario
from sim.model import Negotiation
from sim.record import columns
from sim.scenario import Scenario, load
from sim.scenario.tables import Donor
from sim.world.front import LEAST_FORCE

pytestmark = pytest.mark.usefixtures("precise")

WORLDS = 50
SHORT = plain("history").with_horizon(24)
CENT = 1e-9
ROUNDING = 1e-14
"""Of a sum of doubles: where a scenario lets Europe give millions of billions, a cent is less than their last digit."""
EUROPEANS = [donor for donor in get_args(Donor) if donor != "us"]


def months_of(scenario: Scenario, worlds: int = WORLDS) -> Iterator[Negotiation]:
    """The model after every month."""
    model = opened(scenario, seed=1, start=0, stop=worlds)
    for _ in model:
        yield model


def assert_american_accounts_close(scenario: Scenario, worlds: int = WORLDS) -> None:
    authority, undelivered = scenario.initial.authority, scenario.initial.pipeline
    for model in months_of(scenario, worlds):
        us, congress = model.united_states, model.congress
        granted, outside = congress.granted, model.granted("us").amount
        assert us.authority == pytest.approx(authority + granted - (us.allocation - outside), rel=ROUNDING, abs=CENT)
        assert us.undelivered == pytest.approx(undelivered + us.allocation - us.delivery, rel=ROUNDING, abs=CENT)
        assert np.all(us.allocation <= authority + granted + outside + CENT)
        authority, undelivered = us.authority, us.undelivered


def assert_european_accounts_close(scenario: Scenario, worlds: int = WORLDS) -> None:
    pipeline, orders, loans, arms = scenario.initial.europe_pipeline, 0.0, 0.0, 0.0
    share = scenario.parameters.front.military_share_europe
    for model in months_of(scenario, worlds):
        europe, granted = model.europe, [model.granted(donor) for donor in EUROPEANS]
        amount, of_arms = (sum(getattr(grant, what) for grant in granted) for what in ("amount", "arms"))
        aid = pipeline + europe.contribution - amount - europe.bought - europe.pipeline
        american = orders + europe.bought - europe.orders
        money = loans + amount - of_arms - europe.loans_pending
        weapons = arms + of_arms - europe.arms_pending
        assert europe.contributions.sum(axis=0) == pytest.approx(europe.contribution, rel=ROUNDING, abs=CENT)
        armed = share * aid + weapons + worth_in_arms(europe, share) * american
        assert europe.military_delivery == pytest.approx(armed, rel=ROUNDING, abs=CENT)
        assert all(np.all(delivered >= -CENT) for delivered in (aid, american, money, weapons))
        pipeline, orders, loans, arms = europe.pipeline, europe.orders, europe.loans_pending, europe.arms_pending


def worth_in_arms(europe: Europe, share: float) -> float:
    """Arms in a euro for American arms: whole, less what the members who buy them would have armed with it."""
    members = columns("europe_members")
    own, budget = (np.array(members[name][1:], dtype=float) for name in ("military_share", "budget"))
    return 1.0 - max(0.0, float(np.average(own, weights=budget)) - share)


@pytest.mark.parametrize("name", ["history", "outlook", "isolationist_congress", "europe_alone", "strong_guarantee"])
def test_every_month_closes_its_accounts(name: str) -> None:
    assert_american_accounts_close(load(name))
    assert_european_accounts_close(load(name))


@settings(max_examples=25)
@given(scenario=scenarios(SHORT))
def test_every_month_of_any_scenario_closes_its_accounts(scenario: Scenario) -> None:
    assert_american_accounts_close(scenario, 6)
    assert_european_accounts_close(scenario, 6)


def test_over_the_whole_war_what_was_granted_was_allocated_or_is_left(history: Scenario) -> None:
    model, granted, allocated, delivered = None, 0.0, 0.0, 0.0
    for model in months_of(history):
        granted = granted + model.congress.granted + model.granted("us").amount
        allocated = allocated + model.united_states.allocation
        delivered = delivered + model.united_states.delivery
    assert model is not None
    us, start = model.united_states, history.initial
    assert start.authority + granted == pytest.approx(allocated + us.authority, abs=1e-6)
    assert start.pipeline + allocated == pytest.approx(delivered + us.undelivered, abs=1e-6)


def test_totals_of_the_dataset_are_the_sums_of_its_months(history: Scenario) -> None:
    found = one_scenario(history, Ensemble(worlds=20)).simulate()
    assert found["us_total"].to_numpy() == pytest.approx(found["us_allocation"].sum("month").to_numpy(), rel=1e-5)
    assert found["europe_total"].to_numpy() == pytest.approx(
        found["europe_by_member"].sum("member").to_numpy(), rel=1e-5
    )


def test_without_bills_only_the_yearly_defence_bill_and_loans_are_left(history: Scenario) -> None:
    """Congress votes on nothing: authority comes once a year; beyond it there is only the loan of October 2024."""
    shut = history.with_parameters({"congress": {"gate_shut": -1e3}}).with_mechanisms(discharge_petition=False)
    year = shut.parameters.congress.usai_year
    for model in months_of(shut, 20):
        assert (model.congress.granted == (year if model.month.endswith("-12") else 0.0)).all()
        paid = model.united_states.allocation - model.granted("us").amount
        assert (paid <= model.united_states.authority_before + CENT).all()


def test_what_congress_grants_lies_unspent_under_an_executive_that_wants_nothing(history: Scenario) -> None:
    """The yearly floor is authority and no flow: nobody has to spend it, as in September 2025."""
    nothing = {"order_base": 0.0, "order_need": 0.0, "press_russia": 0.0, "keep_promise": 0.0}
    idle = with_initial(history, authority=0.0).with_parameters({"executive": nothing})
    years, model = 0, None
    for model in months_of(idle.with_mechanisms(discharge_petition=False), 20):
        years += model.month.endswith("-12")
        assert (model.united_states.allocation == model.granted("us").amount).all()
    assert model is not None
    assert model.united_states.authority == pytest.approx(years * history.parameters.congress.usai_year)


def test_a_loan_is_money_that_arms_nobody(history: Scenario) -> None:
    """Without the loan of October 2024 Ukraine's force is the same, until others have had time to react to it."""
    without = Scenario.model_validate({**dict(history), "events": ()})
    there, gone = (
        one_scenario(history, Ensemble(worlds=30)).simulate(),
        one_scenario(without, Ensemble(worlds=30)).simulate(),
    )
    until = {"month": slice(None, "2024-10")}
    more = (there["us_delivery"] - gone["us_delivery"]).sel(month="2024-10")
    assert more.to_numpy() == pytest.approx(18.3 * history.parameters.flows.delivery, rel=1e-4)
    assert there["force_ukraine"].sel(until).equals(gone["force_ukraine"].sel(until))


def test_deliveries_run_down_a_pipeline_at_the_delivery_rate(history: Scenario) -> None:
    """Nothing new comes in, so that each month a fixed share of what is left arrives."""
    nothing = with_initial(history.with_horizon(12), authority=0.0).with_parameters(
        {"congress": {"gate_shut": -1e3}, "flows": {"delivery": 0.2}}
    )
    shut = nothing.with_mechanisms(usai_floor=False, discharge_petition=False)
    left = [model.united_states.pipeline[0] for model in months_of(shut, 1)]
    assert left == pytest.approx([history.initial.pipeline * 0.8**month for month in range(1, 13)], rel=1e-6)


@settings(max_examples=20)
@given(scenario=scenarios(SHORT))
def test_forces_and_the_line_are_accounted_for_too(scenario: Scenario) -> None:
    """Force: what is left of it and what is added. The line: the front's movement, and what is agreed at a table."""
    line = scenario.initial.line
    forces = {"ukraine": scenario.initial.force_ukraine, "russia": scenario.initial.force_russia}
    for model in months_of(scenario, 6):
        worn = {side: (1.0 - scenario.parameters.front.wear) * force for side, force in forces.items()}
        arms = model.united_states.military_delivery + model.europe.military_delivery
        added = {"ukraine": model.ukraine.own_effort() + arms, "russia": model.russia.effort}
        for side in forces:
            whole = np.maximum(worn[side] + added[side], LEAST_FORCE)
            assert getattr(model, side).force == pytest.approx(whole, rel=1e-9)
        signed = model.mediator.settled_in == model.elapsed - 1
        redrawn = np.clip(np.clip(line + model.moved, 0, 1) + np.where(signed, model.mediator.offset, 0.0), 0, 1)
        assert model.line == pytest.approx(redrawn, abs=1e-12)
        line, forces = model.line.copy(), {side: getattr(model, side).force for side in forces}


@pytest.mark.parametrize("petition", [True, False])
@given(world=st.integers(0, 400))
@settings(max_examples=10)
def test_authority_rises_only_when_congress_grants(petition: bool, world: int) -> None:
    scenario = plain("history").with_mechanisms(discharge_petition=petition)
    authority = scenario.initial.authority
    model = opened(scenario, seed=1, start=world, stop=world + 1)
    for _ in model:
        granted = model.congress.granted[0] > 0.0
        assert granted or model.united_states.authority[0] <= authority + CENT
        authority = model.united_states.authority[0]
