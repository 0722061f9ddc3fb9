"""Money that nobody decides on: whose it is, when it comes, whom it arms, and what it does not change."""

from typing import Any, get_args

import numpy as np
import pytest
from lived import differing, lived
from shipped import plain

from sim import record
from sim.basics.months import month_number
from sim.ensemble import Ensemble, opened
from sim.ensemble.study import one_scenario
from sim.scenario import Instrument, Money, Scenario, grants, load
from sim.scenario.grants import DONOR_NAMES
from sim.scenario.tables import Donor

WORLDS, SEED = 30, 4
OUTLOOK = load("outlook")
CONTENT = OUTLOOK.with_parameters({"executive": {"fair_share": 0.05}}).with_mechanisms(ratification=False)
"""The outlook with a Washington that finds Europe's share fair, in months of nothing too: no loan changes its mind.

Nor that of its Senate, which votes on treaties as on aid, by Europe's share among other things, and is not asked.
"""
LOAN = {"month": "2026-01", "kind": "money", "donor": "eu", "amount": 45.0, "months": 12}
"""The first half of the EU's loan of EUR 90 bn for 2026 and 2027."""
PRESSING = "pressing Europe, which pays too little"


def granting(scenario: Scenario, *tables: dict[str, Any]) -> Scenario:
    """The same scenario with these events of money, and no others."""
    events = tuple(Money(**table) for table in tables)
    return Scenario.model_validate({**dict(scenario), "events": events})


def loan(scenario: Scenario = OUTLOOK, **changes: Any) -> Scenario:
    """The outlook with the EU's loan in both years."""
    first = {**LOAN, **changes}
    return granting(scenario, first, {**first, "month": "2027-01"})


def pressures(scenario: Scenario) -> np.ndarray:
    """How far Washington lowers its aid to press Europe, shape (months, worlds)."""
    model = opened(scenario, SEED, 0, WORLDS)
    return np.array([model.united_states.reasons["aid"][PRESSING] for _ in model])


# ---- whose money it is


def test_donors_are_the_united_states_europe_the_eu_and_the_members_of_the_record() -> None:
    donors = get_args(Donor)
    assert donors == ("us", "europe", "eu", *record.members()["member"])
    assert tuple(DONOR_NAMES) == donors


@pytest.mark.usefixtures("precise")
@pytest.mark.parametrize("donor", get_args(Donor))
def test_every_euro_of_an_event_is_granted_in_its_donors_name_and_delivered_or_on_its_way(donor: str) -> None:
    scenario = granting(plain("outlook"), {**LOAN, "donor": donor, "arms": 0.4})
    model = opened(scenario, SEED, 0, WORLDS)
    giver, other = model.united_states, model.europe
    rate = scenario.parameters.flows.delivery
    if donor != "us":
        giver, other, rate = other, giver, scenario.parameters.europe.delivery
    granted, on_its_way = 0.0, np.zeros(2)
    for _ in model:
        granted = granted + giver.instrument
        part = 3.75 if model.month.startswith("2026") else 0.0
        on_its_way = (on_its_way + part * np.array([0.6, 0.4])) * (1.0 - rate)
        assert giver.loans_pending == pytest.approx(on_its_way[0])
        assert giver.arms_pending == pytest.approx(on_its_way[1])
        assert not np.any([other.instrument, other.loans_pending, other.arms_pending])
    assert granted == pytest.approx(45.0)


def test_europe_shares_its_money_out_by_the_budgets_of_its_members() -> None:
    members = record.members().set_index("member")["budget"]
    shared, without = (
        one_scenario(one, Ensemble(worlds=WORLDS)).simulate()["europe_by_member"].isel(doctrine=0)
        for one in (granting(CONTENT, {**LOAN, "donor": "europe"}), CONTENT)
    )
    more = shared - without
    expected = 45.0 * members / members.sum()
    np.testing.assert_allclose(more, np.tile(expected, (WORLDS, 1)), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(("donor", "member"), [("eu", "eu_institutions"), ("poland", "poland")])
def test_the_money_of_a_member_is_that_members_alone(donor: str, member: str) -> None:
    scenario = granting(CONTENT, {**LOAN, "donor": donor})
    found, without = (
        one_scenario(one, Ensemble(worlds=WORLDS)).simulate()["europe_by_member"].isel(doctrine=0)
        for one in (scenario, CONTENT)
    )
    more = found - without
    np.testing.assert_allclose(more.sel(member=member), 45.0, rtol=1e-4)
    np.testing.assert_allclose(more.drop_sel(member=member), 0.0, atol=1e-4)


def test_the_old_name_means_american_money_in_one_month_and_no_arms() -> None:
    history = load("history")
    (old,) = (event for event in history.events if isinstance(event, Instrument))
    new = Money(month=old.month, kind="money", donor="us", amount=old.amount)
    events = tuple(new if event is old else event for event in history.events)
    renamed = Scenario.model_validate({**dict(history), "events": events})
    assert differing(lived(history), lived(renamed)) == []


# ---- when it comes


def test_it_comes_in_equal_parts_and_what_the_end_cuts_off_is_told() -> None:
    *before, first = OUTLOOK.calendar[:-7]
    event = Money(**{**LOAN, "month": first})
    parts = {month: grants.part(event, month) for month in OUTLOOK.calendar}
    assert parts[before[-1]] == 0.0
    assert {parts[month] for month in OUTLOOK.calendar[-8:]} == {3.75}
    assert month_number(grants.last_month(event)) == month_number(OUTLOOK.calendar[-1]) + 4
    assert grants.cut_off(event, OUTLOOK.calendar[-1]) == 15.0
    assert sum(parts.values()) + grants.cut_off(event, OUTLOOK.calendar[-1]) == event.amount
    assert grants.cut_off(Money(**LOAN), OUTLOOK.calendar[-1]) == 0.0
    assert grants.cut_off(event, "2027-06") == event.amount


def test_several_events_of_a_month_add_up() -> None:
    events = [Money(**LOAN), Money(**{**LOAN, "arms": 0.5}), Money(**{**LOAN, "donor": "us"})]
    assert grants.due(events, "eu", "2026-03") == grants.Grant(7.5, 1.875)
    assert grants.due(events, "us", "2026-03") == grants.Grant(3.75, 0.0)
    assert grants.due(events, "europe", "2026-03") == grants.Grant(0, 0)


# ---- what it changes, and what not


def test_a_loan_of_the_eu_is_european_money_and_leaves_american_aid_alone() -> None:
    with_it, without = (
        one_scenario(scenario, Ensemble(worlds=100, seed=SEED)).simulate().isel(doctrine=0)
        for scenario in (loan(CONTENT), CONTENT)
    )
    assert with_it["us_allocation"].equals(without["us_allocation"])
    assert not with_it["us_instrument"].any()
    np.testing.assert_allclose(with_it["europe_total"] - without["europe_total"], 90.0, rtol=1e-5)
    np.testing.assert_allclose(with_it["europe_instrument"].sum("month"), 90.0, rtol=1e-5)
    assert bool((with_it["europe_share"] >= without["europe_share"]).all())
    both = ["us_total", "europe_total"]
    europe, other = (found[both].mean() for found in (with_it, without))
    shares = [float(one["europe_total"] / (one["europe_total"] + one["us_total"])) for one in (europe, other)]
    assert shares[0] > shares[1] > 0.9


def test_washington_does_not_press_europe_for_a_loan_of_the_eu_as_it_would_for_one_of_its_own() -> None:
    """45 bn at once in Washington's name make Europe's share fall under what it finds fair; in the EU's they cannot."""
    without, european, american = (pressures(one) for one in (OUTLOOK, loan(months=1), loan(months=1, donor="us")))
    assert np.all(european >= without)
    assert american.mean() < without.mean() - 0.01


def test_members_give_of_themselves_what_they_would_have_given() -> None:
    """What members expect of each other are gifts, not grants: a loan does not crowd them out."""
    with_it, without = (
        one_scenario(scenario, Ensemble(worlds=WORLDS)).simulate() for scenario in (loan(CONTENT), CONTENT)
    )
    own = with_it["europe_contribution"] - with_it["europe_instrument"]
    np.testing.assert_allclose(own, without["europe_contribution"], rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("donor", ["us", "europe", "eu", "germany"])
def test_money_arms_nobody_and_arms_do(donor: str) -> None:
    """Over the first quarter of the loan; but for what Washington makes of who pays, which comes a month later."""
    until = {"month": slice("2026-01", "2026-03")}
    none, all_of_it, outlook = (
        one_scenario(scenario, Ensemble(worlds=WORLDS)).simulate()["force_ukraine"].sel(until)
        for scenario in (loan(donor=donor), loan(donor=donor, arms=1.0), OUTLOOK)
    )
    assert bool((none == outlook).isel(month=0).all())
    assert bool((np.abs(none - outlook) < 0.1 * (all_of_it - outlook)).all())
    assert bool((all_of_it > outlook + 0.3).all())


def test_american_money_needs_no_appropriation() -> None:
    scenario = granting(plain("outlook"), {**LOAN, "donor": "us"})
    with_it, without = (
        one_scenario(one, Ensemble(worlds=WORLDS)).simulate().sel(month="2026-01")
        for one in (scenario, plain("outlook"))
    )
    assert with_it["us_authority"].equals(without["us_authority"])
    np.testing.assert_allclose(with_it["us_allocation"] - without["us_allocation"], 3.75, rtol=1e-5)
