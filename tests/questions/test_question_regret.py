"""Regret, where it can be worked out by hand."""

import numpy as np
import pytest

from sim.questions import regret
from sim.scenario import load

MEANS = np.array([[10.0, 4.0, 7.0], [0.0, 6.0, 3.0]])
"""Two scenarios, three doctrines: the third is never best and never far off."""


def values(means, worlds=200, noise=0.0):
    return means[..., None] + noise * np.random.default_rng(1).normal(size=(*means.shape, worlds))


def test_regret_is_the_distance_to_the_best_and_the_middle_way_has_the_smallest_largest():
    found = regret.regrets(values(MEANS), 1.0)
    np.testing.assert_allclose(found.regret, [[0.0, 6.0, 3.0], [6.0, 0.0, 3.0]])
    np.testing.assert_allclose(found.largest, [6.0, 6.0, 3.0])
    np.testing.assert_allclose(found.chance, [0.0, 0.0, 1.0])
    np.testing.assert_allclose(found.ends[0], found.ends[1])


def test_where_less_is_better_the_best_is_the_least():
    np.testing.assert_allclose(regret.regrets(values(MEANS), -1.0).regret, [[6.0, 0.0, 3.0], [0.0, 6.0, 3.0]])


def test_adding_a_constant_to_a_scenario_changes_no_regret():
    shifted = MEANS + np.array([[100.0], [-5.0]])
    np.testing.assert_allclose(regret.regrets(values(shifted), 1.0).regret, regret.regrets(values(MEANS), 1.0).regret)


def test_a_tie_is_shared_and_noise_shows_in_intervals_and_chances():
    tie = regret.regrets(values(np.array([[1.0, 1.0]])), 1.0)
    np.testing.assert_allclose(tie.chance, [0.5, 0.5])
    close = regret.regrets(values(np.array([[1.0, 1.02]]), noise=1.0), 1.0)
    assert 0.05 < close.chance.min() < close.chance.max() < 0.95
    assert close.chance.sum() == pytest.approx(1.0)
    far = regret.regrets(values(np.array([[1.0, 2.0]]), noise=1.0), 1.0)
    assert far.ends[0, 0, 0] < 1.0 < far.ends[1, 0, 0]


def test_common_luck_narrows_the_interval_of_a_regret():
    luck = np.random.default_rng(3).normal(size=400)
    common = np.stack([1.0 + luck, 2.0 + luck])[None]
    found = regret.regrets(common, 1.0)
    assert found.ends[1, 0, 0] - found.ends[0, 0, 0] == pytest.approx(0.0, abs=1e-9)


def test_scenarios_that_differ_only_in_washington_count_once():
    studies = {
        name: {d: load(name).with_doctrine("us", d, None) for d in ("architectural", "transactional")}
        for name in ("outlook", "architectural", "frozen_conflict")
    }
    assert list(regret.distinct(studies)) == ["outlook", "frozen_conflict"]


@pytest.mark.parametrize(
    ("worlds", "doubt"),
    [(1, "One world cannot tell doctrine from luck"), (2, "How surely is not told under 20 worlds")],
)
def test_few_worlds_do_not_tell_how_surely(worlds, doubt):
    found = regret.regrets(values(MEANS, worlds, noise=0.1), 1.0)
    assert np.isnan(found.chance).all()
    assert np.isnan(found.ends).all() == (worlds == 1)
    (said,) = regret.sentences(regret.minimax_table({"land": found}, ["outlook", "history"], ["one", "two", "three"]))
    assert said.endswith(f"{doubt}.")
    assert "nan" not in said


def test_one_month_is_a_month():
    row = {"unit": "months", "largest": 1.0, "low": 0.0, "high": 2.0}
    assert regret.regret_text(row) == "1 month (0 to 2)"
    assert regret.regret_text(row | {"largest": 2.0}) == "2 months (0 to 2)"


def test_sentences_name_the_least_regretted_and_its_rivals():
    doctrines, scenarios = ["architectural", "transactional", "aligned"], ["outlook", "history"]
    sure = regret.minimax_table({"durable_months": regret.regrets(values(MEANS), 1.0)}, scenarios, doctrines)
    (said,) = regret.sentences(sure)
    assert "aligned has the smallest largest regret, 3.0 months" in said
    assert "Not surely" not in said
    tie = regret.regrets(values(np.array([[1.0, 1.01, 0.0]]), noise=1.0), 1.0)
    (said,) = regret.sentences(regret.minimax_table({"land": tie}, ["outlook"], doctrines))
    assert "Not surely: it may as well be" in said
