"""The shipped answers to the record: they fit the priors, repeat, and keep what every later change has to keep."""

import numpy as np
import pandas as pd
import pytest

from sim import record
from sim.calibration import answer, backtest, facts, posterior
from sim.calibration.histories import Histories, lived, scenario
from sim.calibration.priors import PRIORS, drawn
from sim.calibration.rivals import RIVALS
from sim.draws import Draws
from sim.parameters import Parameters

HISTORIES = 49_152
"""Fewer than the shipped tables were made of, so that the test is quick; the bounds below allow for it."""


@pytest.fixture(scope="module")
def reference() -> Histories:
    return answer.reference(HISTORIES, seed=3)


def test_every_free_parameter_is_one_of_the_models_and_its_default_lies_in_its_prior() -> None:
    for name, prior in PRIORS.items():
        stage, key = name.split(".")
        default = getattr(getattr(Parameters(), stage), key)
        assert prior.low <= default <= prior.high, name


def test_priors_and_their_quantiles_are_inverse() -> None:
    u = np.linspace(0.01, 0.99, 7)
    for prior in PRIORS.values():
        np.testing.assert_allclose(prior.quantile(prior.value(u)), u)


def test_shipped_sets_have_every_free_parameter_within_its_prior() -> None:
    sets = record.table(answer.POSTERIOR)
    assert list(sets) == list(PRIORS)
    for name, prior in PRIORS.items():
        rounding = 1e-3 * (prior.high - prior.low)
        assert sets[name].between(prior.low - rounding, prior.high + rounding).all(), name


def test_a_fit_with_other_luck_agrees_with_what_ships(reference: Histories) -> None:
    mine = posterior.comparison(posterior.sets(posterior.fit(reference, "2025-08", share=0.02)))
    theirs = record.table(answer.COMPARISON)
    for prior, mid, other in zip(PRIORS.values(), mine["p50"], theirs["p50"], strict=True):
        apart = float(prior.quantile(np.array([mid]))[0] - prior.quantile(np.array([other]))[0])
        assert abs(apart) < 0.3


def test_shipped_coverage_is_near_its_level() -> None:
    checks = record.table(answer.COVERAGE)
    assert checks["cover_90"].between(0.8, 0.98).all()
    assert (checks["p_uniform"] < 0.05).sum() <= 6
    assert (checks["p_uniform"] > 1e-4).all()


def test_six_of_the_seven_facts_hold_and_the_seventh_is_named() -> None:
    shipped = record.table(answer.FACTS)
    assert sum(facts.holding(shipped).values()) >= 6
    missing = shipped[shipped["statistic"] == "not modelled"]
    assert missing["inside"].eq("no").all()


def test_the_facts_repeat() -> None:
    again = facts.table(record.table(answer.POSTERIOR))
    pd.testing.assert_frame_equal(again, record.table(answer.FACTS).fillna({"unit": ""}), rtol=0.02, atol=0.02)


def test_the_model_beats_every_rival_on_the_money_of_2025(reference: Histories) -> None:
    scores = backtest.report(reference)
    year = scores[(scores["kind"] == "cumulative") & (scores["test"] == backtest.TESTS[0].name)]
    for series in ("American allocations", "European contributions"):
        part = year[year["series"] == series]
        assert set(part["rival"]) == set(RIVALS)
        assert (part["ratio"] < 1.0).all(), part


def test_territory_is_covered_at_its_stated_level(reference: Histories) -> None:
    scores = backtest.report(reference)
    part = scores[scores["series"] == "Russian gain of territory"]
    assert (part["months_inside_90"] >= 0.9).all()
    assert part["total_inside_90"].all()


def test_a_forecast_knows_nothing_of_the_months_that_it_forecasts(reference: Histories) -> None:
    test = backtest.TESTS[1]
    rows = backtest.near_past(reference, test.known_to)
    blind = reference._replace(statistics=reference.statistics.copy())
    names = list(backtest.STATISTICS)
    later = [names.index(n) for n in names if backtest.STATISTICS[n].last > test.known_to]
    blind.statistics[:, later] = 0.0
    assert backtest.near_past(blind, test.known_to).tolist() == rows.tolist()


def test_rivals_know_only_the_series() -> None:
    series = np.arange(24.0)
    for name, say in RIVALS.items():
        paths = say(series, 6, 500, 1)
        assert paths.shape == (500, 6), name
        assert np.array_equal(paths, say(series, 6, 500, 1)), name
    assert set(np.unique(RIVALS["last twelve months"](series, 6, 500, 1))) <= set(series[-12:])


def test_an_autoregression_recovers_its_own_series() -> None:
    generator = np.random.default_rng(1)
    y = np.zeros(4000)
    for t in range(1, len(y)):
        y[t] = 0.2 - 0.1 * y[t - 1] + 0.5 * generator.standard_normal()
    paths = RIVALS["AR(1) on logs"](y, 12, 4000, 1)
    assert paths[:, -1].mean() == pytest.approx(0.2 / 1.1, abs=0.05)
    assert paths[:, -1].std() == pytest.approx(0.5 / np.sqrt(1 - 0.01), abs=0.05)


def test_worlds_with_their_own_parameters_are_the_same_alone_and_in_a_batch() -> None:
    config = scenario("2023-06")
    batch = lived(config, 5, 0, 24, drawn(Draws(5, 0, 24)))
    alone = lived(config, 5, 17, 18, drawn(Draws(5, 17, 18)))
    for name, path in batch.items():
        assert np.array_equal(path[17:18], alone[name], equal_nan=True), name


def test_parameters_are_paired_across_doctrines() -> None:
    from sim.ensemble import opened
    from sim.scenario import load

    outlook = load("outlook")
    one, other = (
        opened(outlook.with_doctrine("us", name), 1, 0, 64).parameters for name in ("architectural", "aligned")
    )
    assert np.array_equal(one.front.pull, other.front.pull)
    assert len(np.unique(one.front.pull)) > 1


def test_a_parameter_that_a_scenario_sets_is_not_drawn() -> None:
    from sim.ensemble import opened
    from sim.scenario import load

    model = opened(load("outlook").with_parameters({"front": {"pull": 0.005}}), 1, 0, 8)
    assert model.parameters.front.pull == 0.005
    assert np.ndim(model.parameters.front.noise) == 1
