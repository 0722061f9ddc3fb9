"""Every event is coded by the rules, and every rule can be broken."""

import pandas as pd
import pytest

from sim.record import event_rules, facts, tables

DAY = pd.Timestamp
BROKEN = {
    "no name": ({"id": None}, "id: must not be empty; got nothing"),
    "a name with a blank": ({"id": "first talks"}, "id: must be small letters, numbers and hyphens"),
    "a name used twice": ({"id": "invasion"}, "id: must not be used twice"),
    "a day after the record": ({"date": DAY("2026-01-01")}, "date: must be a day from 2022-01-01 to 2025-12-31"),
    "a day before the row above": ({"date": DAY("2022-02-01")}, "date: must not be before the row above"),
    "an end after the record": ({"until": DAY("2026-01-01")}, "until: must be a day from"),
    "an end before the beginning": ({"until": DAY("2022-02-02")}, "until: must not be before the date"),
    "a pause without an end": ({"category": "aid_pause", "scope": "arms"}, "until: must not be before the date"),
    "a kind that is none": ({"category": "rumour"}, "category: must be one of battlefield"),
    "an actor that is none": ({"actors": "US; Atlantis"}, "actors: must be names of actors"),
    "a refusal by somebody else": ({"category": "refusal", "actors": "CN"}, "actors: must begin with one who can"),
    "a scope of another kind": ({"scope": "energy"}, "scope: must be one of its category"),
    "sanctions without a scope": ({"category": "sanctions", "actors": "EU"}, "scope: must be one of its category"),
    "an answer to nothing": ({"category": "refusal", "actors": "RU"}, "about: must be the id of the offer"),
    "an answer to an event": ({"category": "refusal", "about": "invasion"}, "about: must be the id of the offer"),
    "an answer before its offer": ({"category": "refusal", "about": "plan-28"}, "about: must be the id of the offer"),
    "talks that answer": ({"about": "istanbul-communique"}, "about: must be the id of the offer"),
    "talks of thirty days": ({"days": 30.0}, "days: must be above 0, of truces alone; got 30"),
    "talks that designate": ({"listed": 3.0}, "listed: must be a whole number above 0"),
    "direct contact with one": ({"actors": "US; RU"}, "direct_contact: must be 0, or 1 with RU and UA"),
    "half a coding": ({"formal": 0.5}, "formal: must be 0 or 1; got 0.5"),
    "twice under upkeep": ({"upkeep": 2}, "upkeep: must be 0 or 1; got 2"),
    "an event under no coding": ({"formal": 0, "upkeep": 0}, "formal: must be 1 where upkeep is 0"),
    "a basis that is none": ({"basis": "hearsay"}, "basis: must be one of page, file, memory"),
    "a page without an address": ({"source": "Kremlin"}, "source: must be an address if a page was read"),
    "a publisher that is none": ({"basis": "memory", "source": "a friend"}, "source: must be an address if a page"),
    "a confidence that is none": ({"confidence": "sure"}, "confidence: must be one of high, medium, low"),
    "nothing said": ({"event": None}, "event: must not be empty"),
}


@pytest.fixture
def events() -> pd.DataFrame:
    return tables.read("events")


def test_every_event_obeys_the_rules(events: pd.DataFrame) -> None:
    assert event_rules.mistakes(events) == []


@pytest.mark.parametrize("story", BROKEN)
def test_a_broken_rule_is_told_by_line_and_column(events: pd.DataFrame, story: str) -> None:
    cells, told = BROKEN[story]
    talks = events.index[events["id"] == "belarus-1"][0]
    for column, cell in cells.items():
        events[column] = events[column].astype(object) if isinstance(cell, float) else events[column]
        events.loc[talks, column] = cell
    assert f"events line {talks + 2}, {told}" in " | ".join(event_rules.mistakes(events))


def test_every_column_with_a_rule_is_broken_by_some_story() -> None:
    assert {rule.column for rule in event_rules.RULES} == {told.split(":")[0] for _, told in BROKEN.values()}


def test_every_kind_and_every_actor_is_used(events: pd.DataFrame) -> None:
    assert set(events["category"]) == set(event_rules.CATEGORIES)
    assert set(events["actors"].map(event_rules.named).explode()) == set(event_rules.ACTORS)
    assert set(events.loc[events["basis"] != "page", "source"]) == set(event_rules.PUBLISHERS)


def test_the_packages_of_the_eu_are_numbered_and_dated_in_order(events: pd.DataFrame) -> None:
    packages = events[events["id"].str.startswith("eu-package-")]
    assert packages["id"].tolist() == [f"eu-package-{number}" for number in range(1, 20)]


def test_sanctions_of_the_eu_are_renewed_before_half_a_year_is_out(events: pd.DataFrame) -> None:
    renewed = events[(events["scope"] == "renew") & events["actors"].str.startswith("EU")]["date"]
    assert len(renewed) == 7
    assert renewed.diff().dropna().between(pd.Timedelta(days=140), pd.Timedelta(days=200)).all()


def test_appropriations_are_asked_for_and_signed_on_their_days(events: pd.DataFrame) -> None:
    enacted = set(tables.read("appropriations")["enacted"])
    assert set(events.query("category == 'aid_decision' and outcome == 'enacted'")["date"]) == enacted
    assert enacted <= set(events.query("category == 'aid_request'")["until"])


def test_no_meeting_of_moscow_and_kyiv_since_july_2025_and_no_general_truce(events: pd.DataFrame) -> None:
    met = events[(events["category"] == "talks") & (events["direct_contact"] == 1)]
    assert met["date"].max() == DAY("2025-07-23")
    assert "general" not in set(events.loc[events["category"] == "truce", "scope"])
    assert facts.contacts()["meetings"] == 8
