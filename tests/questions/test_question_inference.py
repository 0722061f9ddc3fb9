"""Which doctrine the record looks like: recovered from simulated records, undecided where it must be."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from sim.basics.limits import InputError
from sim.basics.months import month_after
from sim.ensemble import Ensemble
from sim.questions.infer import classifier, conclusion, conduct, inference, robustness
from sim.questions.infer.conduct import Rules, summarised
from sim.questions.infer.inference import HYPOTHESES, PARAMETERS

pytestmark = pytest.mark.long

WORLDS = 300
LAST = conduct.covered()[-1]
MAIN = next(iter(PARAMETERS))


@pytest.fixture(scope="module")
def question():
    return inference.posed("history")


@pytest.fixture(scope="module")
def worlds(question):
    return {source: inference.simulated(question, source, Ensemble(WORLDS)) for source in PARAMETERS}


@pytest.fixture(scope="module")
def judged(question, worlds):
    coded = worlds[MAIN].coded(Rules())
    return classifier.held_out(summarised(coded, 1, question.evidence + 1))


# ---- what is asked


def test_the_question_spans_the_record_and_a_year_ahead(question):
    assert question.hypotheses == list(HYPOTHESES)
    assert (question.observed[0], question.observed[-1]) == ("2025-01", LAST)
    ahead = month_after(LAST, 12)
    assert question.months[-1] == ahead
    assert {scenario.calendar[-1] for scenario in question.scenarios.values()} == {ahead}
    np.testing.assert_allclose(question.prior, 1.0 / 3.0)


def test_a_prior_is_brought_to_one():
    assert inference.posed("history", HYPOTHESES, prior=[1, 1, 2]).prior.tolist() == [0.25, 0.25, 0.5]


WRONG = {
    "one hypothesis": (("history", ["aligned"]), "name at least two doctrines"),
    "no such doctrine": (("history", ["aligned", "transactionel"]), "did you mean 'transactional'"),
    "a month before the record": (("history", HYPOTHESES, "2024-06"), "since: the doctrines must come into force"),
    "a month too late": (
        ("history", HYPOTHESES, LAST),
        f"has two months left: from 2025-01 to {month_after(LAST, -2)}",
    ),
    "a scenario after the record": (("outlook",), "outlook runs from 2026-01 to .* cannot be held against the record"),
    "too few weights": (("history", HYPOTHESES, None, [1, 2]), "prior: must be 3 numbers above 0"),
    "a weight of nothing": (("history", HYPOTHESES, None, [1, 0, 1]), "prior: must be 3 numbers above 0"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_asked_is_refused_in_words(wrong):
    words, text = WRONG[wrong]
    with pytest.raises(InputError, match=text):
        inference.posed(*words)


def test_too_few_worlds_teach_nothing(question):
    with pytest.raises(InputError, match="worlds: must be at least 50"):
        inference.simulated(question, MAIN, Ensemble(10))


# ---- recovery and reliability


@pytest.mark.parametrize("hypothesis", HYPOTHESES)
def test_a_hypothesis_is_recovered_from_its_own_worlds(judged, hypothesis):
    own = HYPOTHESES.index(hypothesis)
    given = classifier.recovery(judged)[own]
    assert given.argmax() == own
    assert given[own] > 0.7


def test_probabilities_are_right_as_often_as_they_say(judged):
    groups = classifier.calibration_table(judged)
    inside = (groups["true_low"] <= groups["given"]) & (groups["given"] <= groups["true_high"])
    assert inside.mean() >= 0.7
    assert not classifier.overconfident(groups, conclusion.SURE)
    scores = classifier.scores(judged)
    assert scores.error < 3.0 * scores.noise


def test_labels_dealt_by_lot_give_back_the_prior(question, worlds):
    summaries = summarised(worlds[MAIN].coded(Rules()), 1, question.evidence + 1)
    luck = np.random.Generator(np.random.Philox(5))
    dealt = luck.permutation(summaries.reshape(-1, summaries.shape[-1])).reshape(summaries.shape)
    assert classifier.recovery(classifier.held_out(dealt)) == pytest.approx(1.0 / 3.0, abs=0.05)


def test_two_names_for_one_doctrine_share_its_odds():
    twice = inference.posed("history", ["transactional", "transactional:commitment=0.15"])
    table = inference.findings(twice, inference.simulated(twice, MAIN, Ensemble(100, seed=2))).posterior
    np.testing.assert_allclose(table["probability"], 0.5, atol=1e-6)


def pretended(monkeypatch, worlds, own, world):
    """Let a simulated world, coded, be the record."""
    coded = worlds[MAIN].coded(Rules())
    seen = {name: values[own, world] for name, values in coded.items()}
    monkeypatch.setattr(
        conduct, "recorded", lambda months, reading=None: {name: values[: len(months)] for name, values in seen.items()}
    )


@pytest.mark.parametrize("hypothesis", HYPOTHESES)
def test_the_answer_can_be_any_hypothesis(monkeypatch, question, worlds, judged, hypothesis):
    """The world of each hypothesis that is easiest to tell, taken for the record, gets that conclusion."""
    own = HYPOTHESES.index(hypothesis)
    easiest = np.argsort(judged[own, :, own])[-40:]
    coded = worlds[MAIN].coded(Rules())
    summaries = summarised(coded, 1, question.evidence + 1)[own]
    middle = np.median(summaries, axis=0)
    world = easiest[np.abs((summaries[easiest] - middle) / (summaries.std(axis=0) + 1.0)).sum(axis=1).argmin()]
    pretended(monkeypatch, worlds, own, world)
    varied, findings = robustness.table(question, worlds), inference.findings(question, worlds[MAIN])
    found = conclusion.concluded(question, findings, varied)
    assert found.leader == hypothesis
    assert found.decided, found.doubts
    assert conclusion.opening(question, found).endswith(f"looks like {hypothesis}.")


# ---- the record itself


@pytest.fixture(scope="module")
def findings(question, worlds):
    return inference.findings(question, worlds[MAIN])


@pytest.fixture(scope="module")
def varied(question, worlds):
    return robustness.table(question, worlds)


def test_the_posterior_opens_with_the_prior_and_sums_to_one(findings, question):
    by_month = findings.posterior.groupby("month", sort=False)["probability"]
    np.testing.assert_allclose(by_month.sum(), 1.0)
    assert list(by_month.groups) == question.observed
    first = findings.posterior[findings.posterior["month"] == "2025-01"]["probability"]
    np.testing.assert_allclose(first, 1.0 / 3.0)


def test_the_last_month_is_the_answer_as_it_is(findings, varied):
    last = findings.posterior[findings.posterior["month"] == LAST].set_index("hypothesis")["probability"]
    base = varied[varied["group"] == robustness.BASE].iloc[0]
    for name in HYPOTHESES:
        assert base[name] == pytest.approx(last[name], abs=1e-5)


def test_every_variation_is_a_distribution_and_has_a_name_of_its_own(varied):
    np.testing.assert_allclose(varied[list(HYPOTHESES)].sum(axis=1), 1.0)
    assert varied["variation"].is_unique
    assert varied["leader"].tolist() == varied[list(HYPOTHESES)].idxmax(axis=1).tolist()
    assert set(varied["group"]) == {
        *(robustness.BASE, robustness.CODING, robustness.BOUND, robustness.LEFT_OUT),
        *(robustness.RULES, robustness.SOURCE, robustness.METHOD),
    }


def test_a_reading_made_for_a_hypothesis_gives_it_most(varied):
    bounds = varied[varied["group"] == robustness.BOUND]
    for name, (_, row) in zip(HYPOTHESES, bounds.iterrows(), strict=True):
        assert row[name] >= varied.loc[varied["group"] == robustness.CODING, name].max() - 1e-6


def test_the_verdict_follows_from_the_numbers(question, findings, varied):
    """Whichever way the record falls: the likeliest leads, and every reason not to decide is told, and none other."""
    found = conclusion.concluded(question, findings, varied)
    base = varied[varied["group"] == robustness.BASE].iloc[0]
    assert found.leader == max(HYPOTHESES, key=lambda name: base[name])
    assert found.probability == base[found.leader]
    told = " ".join(found.doubts)
    assert (found.probability < conclusion.SURE) == ("no hypothesis reaches" in told)
    assert (base["typical"] < conclusion.MISFIT) == ("as odd as the record" in told)
    turned = (varied["leader"] != found.leader) & (varied["group"] != robustness.BOUND)
    for label, turns in zip(varied["variation"], turned, strict=True):
        assert turns == (f"({label})" in told)
    opening = conclusion.opening(question, found)
    assert opening.startswith("The record of" if found.decided else "Undecided. ")
    assert opening.endswith(f"{found.leader}.")


# ---- the verdict


def table(**chances):
    """A table of robustness made by hand: by variation, what two hypotheses have."""
    rows = [
        {
            "group": robustness.BASE if name == "base" else group,
            "variation": name,
            "leader": "calm" if calm > 0.5 else "bold",
            "typical": typical,
            "calm": calm,
            "bold": 1.0 - calm,
        }
        for name, (group, calm, typical) in chances.items()
    ]
    return pd.DataFrame(rows)


def decide(reliable=True, **chances):
    truth = 0.97 if reliable else 0.5
    groups = [{"low": 0.9, "given": 0.97, "true": truth, "true_high": truth + 0.01, "method": "regression"}]
    return conclusion.concluded(
        SimpleNamespace(hypotheses=["calm", "bold"]),
        SimpleNamespace(calibration=pd.DataFrame(groups)),
        table(**chances),
    )


SURE = {"base": ("", 0.95, 0.5), "other": (robustness.CODING, 0.8, 0.5)}


def test_a_sure_verdict_that_survives_is_one():
    found = decide(**SURE)
    assert (found.leader, found.rival, found.decided) == ("calm", "bold", True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"base": ("", 0.85, 0.5)}, "no hypothesis reaches 0.9"),
        ({"base": ("", 0.95, 0.01)}, "as odd as the record"),
        ({"other": (robustness.CODING, 0.4, 0.5)}, "bold leads with 0.60 (other)"),
        ({"reliable": False}, "come true less often"),
    ],
)
def test_a_verdict_is_withheld_for_a_reason(change, words):
    found = decide(**{**SURE, **change})
    assert not found.decided
    assert words in " ".join(found.doubts)


def test_a_reading_made_against_the_verdict_does_not_turn_it():
    assert decide(**SURE, bound=(robustness.BOUND, 0.1, 0.5)).decided


def test_sentences_say_no_more_than_the_worlds_can_tell(question, findings, varied, worlds):
    found = conclusion.concluded(question, findings, varied)
    ahead = inference.ahead(question, worlds[MAIN], (found.leader, found.rival))
    told = conclusion.sentences(question, findings, varied, ahead, found)
    assert told[0] == conclusion.opening(question, found)
    assert f"record of 2025-02 to {LAST} " in told[0]
    assert all(sentence.endswith(".") for sentence in told)
    assert "nan" not in " ".join(told)
    others = [name for name in HYPOTHESES if name != found.leader]
    assert found.rival == max(others, key=lambda name: varied[name].max())
