"""What an audience takes Washington to be is told to who asks, and to who sits in Washington's seat."""

import re

import pytest

from sim.questions.explain.reasons import explain
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
