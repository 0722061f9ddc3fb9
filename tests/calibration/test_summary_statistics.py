"""Statistics of histories, on histories whose answer is plain."""

import numpy as np
import pandas as pd
import pytest

from sim.ensemble.runner import Task
from sim.estimation import facts, reference_table, summary_statistics
from sim.estimation.summary_statistics import END, EUROPE, LINE, US
from sim.world.settlement import Refusal


def test_the_longest_gap_counts_months_in_a_row_without_money() -> None:
    flows = np.array([[3.0, 0.0, 0.1, 3.0, 0.2, 0.0, 0.3, 3.0], [0.0] * 8, [3.0] * 8])
    assert summary_statistics.longest_starved(flows).tolist() == [3.0, 8.0, 0.0]
    assert summary_statistics.starved(flows).tolist() == [5 / 8, 1.0, 0.0]


def test_memory_is_the_lag_one_autocorrelation() -> None:
    alternating = np.array([[1.0, -1.0] * 20, [5.0] * 40])
    assert summary_statistics.memory(alternating)[0] == pytest.approx(-39 / 40)
    assert summary_statistics.memory(alternating)[1] == 0.0
    assert summary_statistics.memory(np.full((1, 37), 0.1)).tolist() == [0.0]  # the mean of so many .1 is not quite .1


def test_points_moved_are_points_of_ukraine() -> None:
    assert summary_statistics.points_moved(np.array([[0.18, 0.19, 0.20]]))[0] == pytest.approx(2.0)


def test_no_statistic_looks_beyond_the_month_to_which_the_record_is_known() -> None:
    for last in ("2023-09", "2024-12", END):
        names = summary_statistics.available(last)
        assert names
        assert all(summary_statistics.STATISTICS[name].last <= last for name in names)
    assert len(summary_statistics.available(END)) == len(summary_statistics.STATISTICS)


def test_the_observed_history_has_every_statistic() -> None:
    seen = reference_table.observed()
    assert seen.shape == (len(summary_statistics.STATISTICS),)
    assert np.isfinite(seen).all()


def test_the_observed_gap_lasted_six_months_and_nothing_was_settled() -> None:
    seen = dict(zip(summary_statistics.STATISTICS, reference_table.observed(), strict=True))
    assert seen["us longest gap"] == 6.0
    assert seen["months without war to 2024"] == seen["months without war in 2025"] == 0.0
    assert seen["talks to 2024"] == 0.0


def test_a_side_refuses_an_offer_once() -> None:
    """Moscow said no to the ceasefire of 30 days in March 2025 and again in April: one refusal, of the first month."""
    assert "2025-03" in reference_table.refused("RU")
    assert "2025-04" not in reference_table.refused("RU")
    assert not {"2025-03", "2025-05"} & reference_table.refused("UA")
    seen = dict(zip(summary_statistics.STATISTICS, reference_table.observed(), strict=True))
    months = {*pd.period_range("2025-02", summary_statistics.EVENTS_END, freq="M").strftime("%Y-%m")}
    for side, code in (("Ukraine", "UA"), ("Russia", "RU")):
        known = reference_table.refused(code) & months
        assert seen[f"refused by {side} in 2025"] == pytest.approx(len(known) / len(months))


def test_whoever_refuses_with_the_other_refuses_too() -> None:
    task = Task("any", reference_table.scenario("2025-08"), 5, 0, 64, reference_table.SUMMARISED, reference_table.drawn)
    paths = reference_table.paths_of(task)
    both = paths["refusal"] == Refusal.BOTH
    assert both.any()
    assert paths["refused_by_ukraine"][both].all()
    assert paths["refused_by_russia"][both].all()
    assert (paths["refused_by_ukraine"] + paths["refused_by_russia"] > 0.0).sum() == np.isin(
        paths["refusal"], (Refusal.UKRAINE, Refusal.RUSSIA, Refusal.BOTH)
    ).sum()
    np.testing.assert_array_equal(paths["quiet"], (paths["settled"] + paths["truce"]) > 0.0)


def test_the_correlation_of_flows_is_the_correlation() -> None:
    generator = np.random.default_rng(1)
    paths = {US: generator.random((5, 30)), EUROPE: generator.random((5, 30))}
    expected = [np.corrcoef(u, e)[0, 1] for u, e in zip(paths[US], paths[EUROPE], strict=True)]
    np.testing.assert_allclose(facts.correlation(paths, []), expected)


def test_the_scatter_of_logarithms_is_theirs_and_months_of_nothing_have_one() -> None:
    generator = np.random.default_rng(2)
    flows = np.exp(0.6 * generator.standard_normal((3, 40)))
    np.testing.assert_allclose(summary_statistics.scatter_of_logs(flows), np.log(flows).std(axis=1))
    assert np.isfinite(summary_statistics.scatter_of_logs(np.zeros((1, 5)))).all()


def test_what_eu_institutions_pay_is_part_of_what_europe_gives() -> None:
    observed, calendar = reference_table.observed_paths()
    assert observed["eu_payment"].shape == (1, len(calendar))
    assert np.all(observed["eu_payment"] <= observed[EUROPE] + 1e-6)
    paths = reference_table.posterior_predictive(reference_table.drawn, 20, 1)
    assert np.all(paths["eu_payment"] <= paths[EUROPE] + 1e-4)


def test_flows_that_never_vary_are_correlated_with_nothing() -> None:
    flat = {US: np.full((1, 37), 0.1), EUROPE: np.full((1, 37), 0.7), LINE: np.full((1, 37), 0.19)}
    assert facts.correlation(flat, []).tolist() == [0.0]
    assert facts.aid_and_front(flat, []).tolist() == [0.0]
