"""What an audience takes Washington to be is told to who asks, and to who sits in Washington's seat."""

import re

import numpy as np
import pytest

from sim.ensemble import opened
from sim.questions.explain.reasons import explain
from sim.questions.explain.taken_for import odds_moved
from sim.scenario import Scenario, load
from sim.teaching.seats.briefing import briefing
from sim.teaching.seats.table import SeatedWorld

SEED, WORLD, MONTHS = 1, 3, 27
TAKEN = "It takes Washington to be"
OTHERS = ("Kyiv", "Moscow", "Europe")


@pytest.mark.parametrize("actor", ["europe", "ukraine", "russia"])
def test_what_an_audience_takes_washington_for_is_told_the_likeliest_first(actor: str) -> None:
    (account,) = explain(load("history"), SEED, WORLD, "2025-04", actor)
    (told,) = (sentence for sentence in account.sentences if TAKEN in sentence)
    named = re.findall(r"(\w+) \((\d+) %\)", told.partition(TAKEN)[2])
    chances = [int(chance) for _, chance in named]
    assert {name for name, _ in named} <= {"architectural", "transactional", "aligned"}
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(100, abs=2)


def taken_for(scenario: Scenario) -> dict[str, str]:
    known = briefing(SeatedWorld(scenario, SEED, WORLD, [{}] * MONTHS), "us").facts
    return {fact.label: fact.value for fact in known if "takes you for" in fact.label}


def test_washington_is_told_what_the_others_take_it_for() -> None:
    told = taken_for(load("history"))
    assert list(told) == [f"What {who} takes you for" for who in OTHERS]
    assert all("%" in value for value in told.values())


def test_where_the_doctrine_is_known_nothing_is_told_of_it() -> None:
    scenario = load("history").with_mechanisms(reading=False)
    assert taken_for(scenario) == {}
    accounts = explain(scenario, SEED, WORLD, "2025-04")
    assert not any(TAKEN in sentence for account in accounts for sentence in account.sentences)


def test_the_signs_of_a_month_multiply_odds_to_what_they_become() -> None:
    """Where no doctrine is thought to be a new one, that is all that moves them."""
    settled = load("history").with_horizon(30).with_parameters({"reading": {"switch": 0.0, "switch_turn": 0.0}})
    start = dict.fromkeys(("ukraine", "russia", "europe"), (0.4, 0.3, 0.3))
    model = opened(settled.with_(reading={"start": start}), SEED, WORLD, WORLD + 1)
    audience = model.ukraine
    before = audience.probabilities[:, 0].astype(float)
    for _ in model:
        after = audience.probabilities[:, 0].astype(float)
        if min(before[1:].min(), after[1:].min()) > 1e-4:
            factors = odds_moved(audience, 1, 2)
            assert after[1] / after[2] == pytest.approx(
                before[1] / before[2] * np.prod(list(factors.values())), rel=1e-3
            )
        before = after


@pytest.mark.parametrize(("pace", "told"), [(0.5, "multiplied the odds of"), (0.0, "Nothing seen this month moved")])
def test_what_was_made_of_the_month_is_told_by_sign(pace: float, told: str) -> None:
    scenario = load("history").with_parameters({"reading": {"pace": pace}})
    (account,) = explain(scenario, SEED, WORLD, "2025-02", "europe")
    (text,) = (sentence for sentence in account.sentences if TAKEN in sentence)
    assert told in text
    assert ("what it gave" in text) == (pace > 0.0)
