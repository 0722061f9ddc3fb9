"""Events of money are told wherever one asks: who gives, how long it takes, how much is arms, what it stands for."""

from typing import Any

import pytest

from sim.ensemble import Ensemble, simulate
from sim.questions.compare import assumptions
from sim.questions.explain.reasons import explain
from sim.questions.explain.replay import replay
from sim.report import html as report
from sim.scenario import Instrument, Money, Scenario, grants, load
from sim.teaching.seats.briefing import briefing
from sim.teaching.seats.table import SeatedWorld

NOTE = "Loan of EUR 90 bn, first year"
LOAN: dict[str, Any] = {"month": "2026-05", "kind": "money", "donor": "eu", "amount": 45.0, "months": 12, "arms": 0.6}
TOLD = f"EUR 45 bn from the EU over 12 months, 60 % of it arms: {NOTE}"


def with_loan(**changes: Any) -> Scenario:
    """The outlook with a loan of the EU."""
    event = Money(**{**LOAN, "note": NOTE, **changes})
    return Scenario.model_validate({**dict(load("outlook")), "events": (event,)})


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Money(**LOAN, note=NOTE), TOLD),
        (Money(**{**LOAN, "arms": 0.0}), "EUR 45 bn from the EU over 12 months, none of it arms"),
        (
            Money(month="2026-05", kind="money", donor="nordics", amount=0.25, arms=1.0),
            "EUR 0.25 bn from the Nordic countries at once, 100 % of it arms",
        ),
        (
            Instrument(month="2024-10", kind="instrument", amount=18.3, note="A loan"),
            "EUR 18.3 bn from the United States at once, none of it arms: A loan",
        ),
        (
            Money(month="2026-05", kind="money", donor="europe", amount=1200.0, months=2),
            "EUR 1,200 bn from Europe over 2 months, none of it arms",
        ),
    ],
)
def test_an_event_of_money_in_words(event: Money | Instrument, words: str) -> None:
    assert grants.money_in_words(event) == words


def test_the_story_tells_it_once_when_it_begins() -> None:
    told = [(month, sentence) for month, chapter in replay(with_loan(), seed=1, world=0) for sentence in chapter]
    assert [(month, sentence) for month, sentence in told if NOTE in sentence] == [("2026-05", f"{TOLD}.")]


def test_the_story_of_the_record_tells_whose_loan_it_was() -> None:
    told = dict(replay(load("history"), seed=1, world=0))
    loan = "EUR 18.3 bn from the United States at once, none of it arms: American share of the G7 loan"
    assert any(sentence.startswith(loan) for sentence in told["2024-10"])


@pytest.mark.parametrize(
    ("donor", "giver", "whole", "rest"),
    [
        ("eu", "Europe", "Europe's contribution", "the EU, which no member decides on: "),
        ("poland", "Europe", "Europe's contribution", "Poland, which no member decides on: "),
        ("us", "Washington", "Washington's allocation", "the United States, which needs no appropriation: "),
    ],
)
def test_a_month_is_explained_with_its_part(donor: str, giver: str, whole: str, rest: str) -> None:
    scenario = with_loan(donor=donor)
    during, later = (explain(scenario, 1, 0, month) for month in ("2027-04", "2027-05"))
    told = {account.actor: account.sentences for account in during}
    assert f"{whole} includes EUR 3.75 bn of the EUR 45 bn from {rest}{NOTE}." in told.pop(giver)
    assert NOTE not in str(told)
    assert NOTE not in str(later)


def test_what_is_assumed_names_it_and_what_the_end_cuts_off() -> None:
    assert assumptions.events(with_loan()) == [("2026-05", TOLD)]
    cut_off = (
        "of the EUR 45 bn from the EU from 2028-11 on, EUR 37.5 bn would be granted after the end, 2028-12, "
        "and are in no world"
    )
    assert assumptions.events(with_loan(month="2028-11")) == [("2028-11", TOLD), ("2028-12", cut_off)]


def test_a_crisis_is_told_as_before() -> None:
    ((month, told),) = assumptions.events(load("indo_pacific_crisis"))
    assert month == "2026-03"
    assert told.startswith("crisis of size 2 (indo-pacific)")


def test_the_report_lists_it() -> None:
    scenario = with_loan()
    assert TOLD in report.render(simulate({"one": scenario}, Ensemble(worlds=4)), scenario, command="", figures={})


def test_the_papers_say_how_much_of_last_months_aid_it_was() -> None:
    told = {
        month: {fact.label: fact.help for fact in briefing(SeatedWorld(with_loan(), 1, 0, [{}] * month), "us").facts}
        for month in (4, 5)
    }
    assert "set by agreements" not in str(told[4])
    assert told[5]["European aid last month"].endswith("EUR 3.8 bn of it was set by agreements made before.")
    assert "set by agreements" not in told[5]["American aid last month"]
