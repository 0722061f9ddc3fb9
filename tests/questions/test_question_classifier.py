"""Odds by regression: closed forms, calibration, permuted labels, identical hypotheses; and what is made of odds."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from sim.questions.infer import classifier, evidence
from sim.questions.infer.classifier import gaussians, held_out, regress, weighed
from sim.questions.infer.conduct import KINDS, SUMMARIES


def luck(seed=1):
    return np.random.Generator(np.random.Philox(seed))


def normals(*means, worlds=4000, columns=2, seed=1):
    """Worlds of unit normals around a mean for each hypothesis, shape (hypotheses, worlds, columns)."""
    return np.stack([luck(seed + k).normal(mean, 1.0, (worlds, columns)) for k, mean in enumerate(means)])


def true_odds(means, point):
    logs = np.array([norm.logpdf(point, mean).sum() for mean in means])
    return np.exp(logs) / np.exp(logs).sum()


@pytest.mark.parametrize("fit", [regress, gaussians])
@pytest.mark.parametrize("point", [(0.2, 0.1), (0.8, -0.3), (1.5, 1.0)])
def test_odds_between_normals_are_those_of_the_closed_form(fit, point):
    means = (0.0, 0.5, 1.0)
    found = np.exp(fit(normals(*means)).log_odds(np.array(point)))
    np.testing.assert_allclose(found, true_odds(means, point), atol=0.05)


def test_the_regression_solves_its_own_equations():
    """At the maximum, every summary has the same mean under what is given as under the truth, but for the ridge."""
    worlds = normals(0.0, 1.0, worlds=500)
    given = np.exp(regress(worlds).log_odds(worlds))
    for k in range(2):
        np.testing.assert_allclose((given[..., k, None] * worlds).sum((0, 1)), worlds[k].sum(0), rtol=1e-2, atol=1.0)


def test_a_prior_moves_the_odds_by_its_own():
    log_odds = regress(normals(0.0, 1.0)).log_odds(np.array([0.3, 0.3]))
    even, leaning = weighed(log_odds, np.array([0.5, 0.5])), weighed(log_odds, np.array([0.8, 0.2]))
    assert leaning[0] / leaning[1] == pytest.approx(4.0 * even[0] / even[1])


def test_labels_that_mean_nothing_give_back_the_prior():
    """Every world is dealt to a hypothesis by lot: nothing can be learnt, and nothing is."""
    dealt = luck(7).permutation(normals(0.0, 1.0).reshape(-1, 2)).reshape(2, -1, 2)
    given = np.exp(held_out(dealt))
    np.testing.assert_allclose(given, 0.5, atol=0.15)
    assert given.std() < 0.03
    assert evidence.gain(held_out(dealt), np.array([0.5, 0.5]))[0] < 0.005


def test_two_hypotheses_that_are_one_share_its_odds():
    one, other = normals(0.0, 1.0)
    found = np.exp(regress(np.stack([one, one, other])).log_odds(np.array([0.2, 0.4])))
    assert found[0] == pytest.approx(found[1], abs=1e-9)


def test_a_record_beyond_every_world_says_no_more_than_the_furthest():
    worlds = normals(0.0, 1.0, worlds=300)
    fitted = regress(worlds)
    furthest = worlds.max(axis=(0, 1))
    np.testing.assert_allclose(fitted.log_odds(furthest + 50.0), fitted.log_odds(furthest))


def test_what_never_varies_says_nothing():
    worlds = np.concatenate([normals(0.0, 1.0), np.ones((2, 4000, 1))], axis=-1)
    here, there = (regress(worlds).log_odds(np.array([0.2, 0.2, last])) for last in (1.0, 0.0))
    np.testing.assert_allclose(here, there)


def test_what_varies_by_rounding_alone_says_nothing_either():
    worlds = np.concatenate([normals(0.0, 1.0), np.full((2, 4000, 1), 0.1)], axis=-1)
    assert regress(worlds).scale.unit[-1] == 1.0


@pytest.mark.parametrize("fit", [regress, gaussians])
def test_a_summary_that_is_missing_gives_no_odds_but_an_error_that_counts(fit):
    worlds = normals(0.0, 1.0, worlds=300)
    with pytest.raises(ValueError, match="not in 1 of 1 worlds, in columns 1"):
        fit(worlds).log_odds(np.array([0.2, np.nan]))
    worlds[1, 7:9, 0] = np.nan
    with pytest.raises(ValueError, match="not in 2 of 600 worlds, in columns 0"):
        fit(worlds)


# ---- reliability


def test_probabilities_of_the_truth_are_reliable_and_of_the_wrong_width_are_not():
    means = (0.0, 1.0)
    worlds = normals(*means, columns=1, worlds=6000, seed=100)
    log = np.stack([norm.logpdf(worlds[..., 0], mean) for mean in means], axis=-1)
    right = log - np.logaddexp.reduce(log, axis=-1, keepdims=True)
    sure = 3.0 * log - np.logaddexp.reduce(3.0 * log, axis=-1, keepdims=True)
    good, bad = classifier.scores(right), classifier.scores(sure)
    assert good.error < 2.0 * good.noise
    assert bad.error > 5.0 * bad.noise
    assert good.log_score > bad.log_score
    assert good.brier < bad.brier
    assert good.right == bad.right
    assert not classifier.overconfident(classifier.calibration_table(right), 0.9)
    assert classifier.overconfident(classifier.calibration_table(sure), 0.9)


def test_the_regression_is_reliable_on_normals_within_honest_tolerance():
    groups = classifier.calibration_table(held_out(normals(0.0, 0.7, 1.4)))
    inside = (groups["true_low"] <= groups["given"]) & (groups["given"] <= groups["true_high"])
    assert inside.mean() >= 0.8
    assert groups["count"].sum() == 3 * 3 * 4000


def test_probabilities_that_know_nothing_score_like_it():
    flat = np.full((4, 10, 4), np.log(0.25))
    scores = classifier.scores(flat)
    assert scores.log_score == pytest.approx(-2.0)
    assert scores.brier == pytest.approx(0.75)
    assert scores.error == pytest.approx(0.0)


def test_no_world_is_judged_by_a_fit_that_has_seen_it():
    """Pure noise in many columns: a fit that had seen a world would know it again."""
    noise = luck(3).normal(size=(2, 60, 25))
    assert classifier.scores(held_out(noise)).right < 0.65


# ---- the weight of evidence


def summaries(worlds=600):
    """Worlds in which hypotheses differ in talks alone."""
    found = np.stack([luck(k).normal(0.0, 1.0, (worlds, len(SUMMARIES))) for k in range(2)])
    found[1, :, list(SUMMARIES).index("talks")] += 1.0
    return found


def test_only_the_kind_that_differs_has_weight_and_it_is_the_closed_form():
    seen = np.zeros(len(SUMMARIES))
    seen[list(SUMMARIES).index("talks")] = 1.5
    table = evidence.weight_table(evidence.weigh(summaries(6000), seen), ["calm", "bold"]).set_index("kind")
    expected = -evidence.DECIBANS * (1.5 - 0.5)
    assert table.loc["talks", "alone"] == pytest.approx(expected, abs=0.5)
    assert table.loc["talks", "added"] == pytest.approx(expected, abs=0.5)
    assert table.drop(["talks", evidence.ALL])["alone"].abs().max() < 0.5


def test_turned_round_the_weights_change_sign():
    table = evidence.weight_table(evidence.weigh(summaries(), np.ones(len(SUMMARIES))), ["calm", "bold"])
    there, back = evidence.turned(table, "calm", "bold"), evidence.turned(table, "bold", "calm")
    np.testing.assert_allclose(there["alone"], -back["alone"])
    assert back["hypothesis"].unique().tolist() == ["bold"]


def test_a_world_of_its_own_is_typical_and_a_far_one_is_not():
    worlds = normals(0.0, 3.0, columns=len(SUMMARIES), worlds=800)
    middle, far = np.zeros(len(SUMMARIES)), np.full(len(SUMMARIES), 3.0)
    assert evidence.typical(worlds, middle, 0) > 0.9
    assert evidence.typical(worlds, far, 0) < 0.01
    nearly = np.where(np.arange(len(SUMMARIES)) == 0, 100.0, 0.0)
    assert evidence.typical(worlds, nearly, 0) < 0.01
    shares = [
        evidence.typical(worlds, world, 0) for world in normals(0.0, columns=len(SUMMARIES), worlds=60, seed=9)[0]
    ]
    assert 0.3 < np.mean(shares) < 0.7


def test_the_check_places_the_record_among_the_worlds():
    worlds = normals(0.0, 0.0, columns=len(SUMMARIES), worlds=999)
    table = evidence.check(worlds, np.zeros(len(SUMMARIES)), ["calm", "bold"])
    assert len(table) == 2 * (len(SUMMARIES) + 1)
    single = table[table["summary"] != evidence.ALL]
    assert single["p"].min() > 0.8
    assert ((single["p05"] < single["observed"]) & (single["observed"] < single["p95"])).all()


# ---- information


def test_gain_of_a_symmetric_channel_is_the_closed_form():
    """A bit told right nine times in ten is worth 1 - H(.1) bits."""
    told = np.log(np.array([0.9, 0.1]))
    log_odds = np.empty((2, 10, 2))
    log_odds[0] = [told] * 9 + [told[::-1]]
    log_odds[1] = [told[::-1]] * 9 + [told]
    expected = 1.0 - evidence.entropy(np.array([0.9, 0.1]))
    assert evidence.gain(log_odds, np.array([0.5, 0.5]))[0] == pytest.approx(expected)


def test_who_is_certain_has_nothing_to_gain():
    log_odds = held_out(normals(0.0, 1.0, worlds=200))
    assert evidence.gain(log_odds, np.array([1.0, 0.0]))[0] == pytest.approx(0.0, abs=1e-9)


def test_what_differs_tells_most_and_worlds_at_peace_do_not_count():
    worlds = summaries()
    at_war = np.ones((2, 600), dtype=bool)
    at_war[0, ::3] = False
    table = evidence.information_table(worlds, np.array([0.5, 0.5]), at_war, [0, 1])
    assert isinstance(table, pd.DataFrame)
    assert list(table.columns) == list(evidence.INFORMATION)
    told = table.set_index("kind")["bits_pair"]
    assert told.drop(evidence.ALL).idxmax() == "talks"
    assert told.drop([evidence.ALL, "talks"]).max() < 0.02
    assert set(table["kind"]) == {evidence.ALL, *KINDS}
    assert table["worlds"].unique().tolist() == [400]


def test_where_hardly_a_world_is_at_war_nothing_is_said_of_what_would_tell():
    at_war = np.ones((2, 600), dtype=bool)
    at_war[0, 3:] = False
    table = evidence.information_table(summaries(), np.array([0.5, 0.5]), at_war, [0, 1])
    assert table.empty
    assert list(table.columns) == list(evidence.INFORMATION)
