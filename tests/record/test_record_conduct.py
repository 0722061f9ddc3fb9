"""Conduct by month follows from the dated events, by the rules and under two codings."""

import pandas as pd
import pytest

from sim import record
from sim.record import conduct, tables

DEFAULTS = {"until": "", "about": "", "scope": "", "direct_contact": 0, "formal": 1, "upkeep": 1}


def told(*events):
    """Conduct of the months that these events make, by observable and coding, the first month first."""
    rows = pd.DataFrame([{**DEFAULTS, "id": f"event-{n}", **event} for n, event in enumerate(events)])
    rows = rows.assign(date=pd.to_datetime(rows["date"]), until=pd.to_datetime(rows["until"]))
    found = conduct.monthly(rows.replace("", None)).query("month >= '2025-01'")
    return {
        (name, coding): rows[coding].tolist()
        for name, rows in found.groupby("observable", sort=False)
        for coding in ("formal", "upkeep")
    }


def event(date, category, actors, **more):
    return {"date": date, "category": category, "actors": actors, **more}


OFFER = event("2025-01-02", "truce_offer", "US; RU", scope="general")
THEIRS = event("2025-01-02", "truce_offer", "UA; RU", scope="general")
STORIES = {
    "a pause counts in the month in which it begins": (
        [event("2025-01-30", "aid_pause", "US", until="2025-02-05"), event("2025-02-20", "call", "US; RU")],
        {("aid_stopped", "formal"): [1, 0], ("intelligence_cut", "formal"): [0, 0]},
    ),
    "a licence eases under upkeep alone, and a measure of the month outweighs it": (
        [
            event("2025-01-10", "sanctions", "US; RU", scope="ease", formal=0),
            event("2025-02-10", "sanctions", "US; RU", scope="ease", formal=0),
            event("2025-02-12", "sanctions", "US Congress; RU", scope="tighten"),
        ],
        {("sanctions", "formal"): [0, 1], ("sanctions", "upkeep"): [-1, 1], ("sanctions_europe", "formal"): [0, 0]},
    ),
    "a lapse counts in months that end in it": (
        [
            event("2025-01-10", "sanctions", "US; RU", scope="lapse", until="2025-02-20", formal=0),
            event("2025-02-25", "call", "US; RU"),
        ],
        {("sanctions", "formal"): [0, 0], ("sanctions", "upkeep"): [-1, 0]},
    ),
    "a renewal of the EU is neither, a package is Europe's": (
        [
            event("2025-01-27", "sanctions", "EU; RU", scope="renew"),
            event("2025-02-24", "sanctions", "EU; RU", scope="tighten"),
        ],
        {("sanctions_europe", "formal"): [0, 1], ("sanctions", "formal"): [0, 0]},
    ),
    "a veto counts in every month that it touches, words excepted": (
        [
            event("2025-01-27", "veto", "HU; EU", scope="money", until="2025-02-01"),
            event("2025-03-06", "veto", "HU; EU", scope="words"),
        ],
        {("veto_europe", "formal"): [1, 1, 0]},
    ),
    "the last decision on forces counts": (
        [
            event("2025-01-02", "posture", "US; Europe", scope="raised"),
            event("2025-01-20", "posture", "US; Europe", scope="lowered"),
        ],
        {("posture", "formal"): [-1]},
    ),
    "Moscow first by a day, allies more often": (
        [
            event("2025-01-05", "call", "US; RU"),
            event("2025-01-06", "call", "US; UA"),
            event("2025-01-07", "talks", "US; UA; Europe"),
        ],
        {("first_contact", "formal"): [1], ("first_contact", "upkeep"): [-1], ("talks", "formal"): [1]},
    ),
    "as often with either, the first decides": (
        [event("2025-01-05", "call", "US; RU"), event("2025-01-06", "call", "US; UA")],
        {("first_contact", "upkeep"): [1]},
    ),
    "Moscow and Kyiv alone: talks, and Washington not with Moscow": (
        [event("2025-01-05", "talks", "RU; UA", direct_contact=1)],
        {("talks", "formal"): [1], ("met", "formal"): [1], ("first_contact", "formal"): [-1]},
    ),
    "mediators alone are no talks of Washington": (
        [event("2025-01-05", "mediation", "UK; UA")],
        {("talks", "formal"): [0], ("first_contact", "formal"): [0]},
    ),
    "an exchange is no meeting": (
        [event("2025-01-05", "prisoner_exchange", "RU; UA", direct_contact=1)],
        {("met", "formal"): [0], ("talks", "formal"): [0], ("prisoners_exchanged", "formal"): [1]},
    ),
    "only what Washington proposed can be refused to it": (
        [
            {**OFFER, "id": "offer"},
            {**THEIRS, "id": "theirs"},
            event("2025-01-03", "refusal", "UA; US", about="offer", upkeep=0),
            event("2025-01-03", "refusal", "RU; UA", about="theirs"),
        ],
        {("ukraine_refused", "formal"): [1], ("ukraine_refused", "upkeep"): [0], ("russia_refused", "formal"): [0]},
    ),
    "a request waits until it is law": (
        [
            event("2025-01-05", "aid_request", "US; US Congress", until="2025-03-10"),
            event("2025-03-20", "call", "US; RU"),
        ],
        {("aid_bill", "formal"): [1, 1, 0]},
    ),
    "a settlement holds until it ends": (
        [
            event("2025-01-05", "agreement", "RU; UA", scope="settlement"),
            event("2025-02-20", "agreement", "RU; UA", scope="sea"),
        ],
        {("settled", "formal"): [1, 1]},
    ),
}


@pytest.mark.parametrize("story", STORIES)
def test_a_month_is_coded_as_the_rules_say(story) -> None:
    events, codes = STORIES[story]
    found = told(*events)
    assert {key: found[key] for key in codes} == codes


def test_the_shipped_table_is_what_the_command_makes_now() -> None:
    shipped = (tables.FOLDER / "conduct_monthly.csv").read_text(encoding="utf-8")
    assert tables.text(conduct.monthly()) == shipped, "python -m sim.record.conduct makes it anew"


def test_every_observable_of_every_month_is_there_and_what_it_can_be() -> None:
    table = record.table("conduct_monthly")
    assert table.groupby("observable")["month"].nunique().eq(47).all()
    assert table[["formal", "upkeep"]].isin((-1, 0, 1)).all(axis=None)
    either = (table["formal"] != 0) | (table["upkeep"] != 0)
    assert (table["events"].notna() == either).all()


def test_every_observable_but_a_settlement_shows_in_some_month() -> None:
    table = record.table("conduct_monthly")
    shown = table[table["formal"] != 0].groupby("observable").size()
    assert set(table["observable"]) - set(shown.index) == {"settled"}


def test_washington_tightened_twice_since_its_change_and_under_upkeep_let_sanctions_slide() -> None:
    table = record.table("conduct_monthly").query("observable == 'sanctions' and month >= '2025-02'").set_index("month")
    assert [f"{month:%Y-%m}" for month in table.index[table["formal"] == 1]] == ["2025-08", "2025-10"]
    assert (table["upkeep"] == -1).sum() == len(table) - 1
