"""The seven facts of the record, as computed."""

import numpy as np
import pytest
import xarray as xr

from sim import record
from sim.ensemble import Ensemble
from sim.ensemble.study import one_scenario
from sim.record import facts
from sim.scenario import Money, Scenario, load


def assert_near(found, expected: dict[str, tuple[float, float]]) -> None:
    for name, (value, tolerance) in expected.items():
        assert float(found[name]) == pytest.approx(value, abs=tolerance), name


def test_fact_1_american_allocations_are_lumpy_nearly_memoryless_and_stop_twice() -> None:
    assert_near(
        facts.us_flows(),
        {
            "mean": (3.2, 0.05), "median": (2.5, 0.05), "sd": (3.7, 0.05), "autocorrelation": (-0.1, 0.05),
            "before_gap": (3.35, 0.005), "in_gap": (0.29, 0.005), "after_gap_without_loan": (2.8, 0.05),
            "frozen": (0.0, 1e-9),
        },
    )  # fmt: skip


def test_fact_2_europe_sleeps_through_the_gap_of_congress_and_wakes_in_2025() -> None:
    found = facts.european_response()
    assert_near(
        found,
        {
            "half_year_before_gap": (3.68, 0.005), "in_gap": (4.01, 0.005), "spike": (11.9, 0.05),
            "military_before": (1.67, 0.005), "military_new_executive_without_spike": (2.44, 0.01),
            "new_executive_without_spike": (5.65, 0.01), "new_executive": (6.17, 0.005),
            "without_loan_before": (3.64, 0.005), "without_loan_new_executive": (4.66, 0.005),
        },
    )  # fmt: skip
    us = facts.us_flows()
    filled = (found["in_gap"] - found["half_year_before_gap"]) / (us["before_gap"] - us["in_gap"])
    assert -0.05 < filled < 0.15
    assert found["new_executive_without_spike"] > 1.4 * found["in_gap"]


def test_fact_2_more_than_half_of_the_rise_is_the_loan() -> None:
    """Agreed before the change of executive, it answers nothing that the new one did."""
    found = facts.european_response()
    own = found["without_loan_new_executive"] - found["without_loan_before"]
    whole = found["new_executive"] - found["without_loan_before"]
    assert 0.3 < own / whole < 0.5
    assert found["without_loan_new_executive"] > 1.2 * found["without_loan_before"]


def test_fact_3_american_and_european_flows_do_not_move_together() -> None:
    assert all(abs(value) < 0.1 for value in facts.co_movement().values())


def test_fact_4_the_front_creeps_persistently_and_hardly_follows_aid() -> None:
    found = facts.front()
    assert_near(
        found,
        {"gain_2023": (487, 1), "gain_2024": (3735, 1), "gain_2025": (5000, 1), "autocorrelation": (0.8, 0.05)},
    )
    assert min(found["correlation_with_military_aid"], found["correlation_with_aid"]) > -0.4
    assert max(found["correlation_with_military_aid"], found["correlation_with_aid"]) < -0.1


def test_fact_5_bills_pass_when_they_reach_the_floor_and_the_same_third_would_end_all_aid() -> None:
    found = facts.congress()
    assert_near(
        found,
        {
            "republican_ayes_2022-05": (0.72, 0.005), "republican_ayes_2023-09": (0.46, 0.005),
            "republican_ayes_2024-04": (0.47, 0.005), "passed_of_those_that_reached_the_floor": (1.0, 0.0),
            "ending_aid_least": (0.27, 0.005), "ending_aid_most": (0.42, 0.006), "longest_wait_months": (15.8, 0.05),
        },
    )  # fmt: skip
    assert min(found["ending_aid_again"], found["ending_aid_again_in_2025"]) > 2 * found["ending_aid_most"] - 0.11


def test_fact_6_contacts_come_in_two_clusters_three_years_apart() -> None:
    found = facts.contacts()
    assert found["clusters"] == 2
    assert found["longest_silence_days"] > 3 * 365
    assert found["meetings_that_exchanged_prisoners"] == 3
    assert found["pause_days_2025_03"] == 8


def test_fact_7_opposition_to_concessions_fell_by_a_third_and_stayed() -> None:
    assert_near(
        facts.opinion(),
        {
            "least_to_mid_2023": (82, 0), "most_to_mid_2023": (87, 0), "end_2023": (74, 0), "mid_2024": (55, 0),
            "since": (53, 0.5),
        },
    )  # fmt: skip


def test_the_table_holds_all_seven_facts_and_no_gap() -> None:
    table = facts.table()
    assert set(table["fact"]) == set(range(1, 8))
    assert np.isfinite(table["value"]).all()


def test_the_statistics_take_an_ensemble_and_keep_its_worlds() -> None:
    worlds = xr.concat([record.series(), record.series()], dim="world")
    for statistic in (facts.us_flows, facts.european_response, facts.co_movement, facts.front):
        for name, value in statistic(worlds).items():
            assert value.dims == ("world",), name
            np.testing.assert_allclose(value, float(statistic()[name]))


def test_a_window_that_a_run_does_not_reach_is_nan() -> None:
    late = record.series().sel(month=slice("2025-01", None))
    assert np.isnan(facts.mean(late["us_allocation"], facts.GAP))


def test_a_run_that_does_not_record_military_aid_still_has_its_other_facts() -> None:
    run = record.series().drop_vars(["us_allocation_military", "europe_contribution_military"])
    assert set(facts.front(run)) == set(facts.front()) - {"correlation_with_military_aid"}
    assert "spike" in facts.european_response(run)


def test_facts_without_loans_leave_out_the_money_of_events_on_both_sides() -> None:
    """All but a trifle: Washington and Congress answer a Europe that carries more."""
    history = load("history").with_horizon(30)
    loan = Money(month="2023-10", kind="money", donor="eu", amount=60.0)
    with_it = Scenario.model_validate({**dict(history), "events": (loan, *history.events)})
    found, without = (one_scenario(scenario, Ensemble(worlds=20)).simulate() for scenario in (with_it, history))
    for facts_of, name in ((facts.co_movement, "correlation_without_loan"), (facts.front, "correlation_with_aid")):
        np.testing.assert_allclose(facts_of(found)[name], facts_of(without)[name], atol=0.01)
    with_loans, as_usual = (facts.co_movement(data)["correlation"] for data in (found, without))
    assert float(np.abs(with_loans - as_usual).max()) > 0.05
