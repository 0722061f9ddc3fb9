"""Every vote is coded by the rules, and every rule can be broken."""

import pandas as pd
import pytest

from sim.record import tables, vote_rules
from sim.record.rules import broken

BROKEN = {
    "a name used twice": ({"vote": "H2022-051"}, "vote: must not be used twice; got 'H2022-051'"),
    "a name that is not the clerk's": ({"vote": "H2022-999"}, "vote: must be chamber, year and number"),
    "no title": ({"title": None}, "title: must not be empty; got nothing"),
    "a day after the record": (
        {"date": pd.Timestamp("2026-01-01")},
        "date: must be a day from 2022-01-01 to 2025-12-31",
    ),
    "a third chamber": ({"chamber": "lords"}, "chamber: must be one of house, senate; got 'lords'"),
    "another Congress": ({"congress": 118}, "congress: must be the Congress of the year"),
    "a kind that is none": ({"kind": "acclamation"}, "kind: must be one of"),
    "a focus that is none": ({"focus": "weather"}, "focus: must be one of"),
    "an amendment of an omnibus": ({"says": "ban"}, "says: must be what votes of this focus can say; got 'ban'"),
    "a side that does not follow": ({"pro": "nay"}, "pro: must be nay where the vote is against aid"),
    "a sum below nothing": ({"usd_bn": -1.0}, "usd_bn: must not be negative; got -1"),
    "parties that do not add up": ({"dem_yea": 1}, "yea: must be dem_yea + rep_yea + ind_yea"),
    "more votes than seats": ({"absent": 99}, "yea: yeas, nays and absent must be no more than the chamber has"),
    "a law before its vote": ({"enacted": pd.Timestamp("2022-03-01")}, "enacted: must not be before the vote"),
    "a confidence that is none": ({"confidence": "sure"}, "confidence: must be one of high, medium, low"),
}


@pytest.fixture
def votes() -> pd.DataFrame:
    return tables.read("votes")


def test_every_vote_obeys_the_rules(votes: pd.DataFrame) -> None:
    assert vote_rules.mistakes(votes) == []


@pytest.mark.parametrize("story", BROKEN)
def test_a_broken_rule_is_told_by_line_and_column(votes: pd.DataFrame, story: str) -> None:
    cells, told = BROKEN[story]
    assert votes["vote"].iloc[1] == "H2022-065"
    for column, cell in cells.items():
        votes.loc[1, column] = cell
    assert f"votes line 3, {told}" in " | ".join(vote_rules.mistakes(votes))


def test_every_rule_is_broken_by_some_story(votes: pd.DataFrame) -> None:
    """But for cells that must not be empty, of which one column stands for all, and the nays, which are as the yeas."""
    told = " ".join(text for _, text in BROKEN.values())
    assert {rule.column for rule in vote_rules.RULES} - {"bill", "source", "nay"} <= {
        column for column in votes if f"{column}: " in told
    }
    assert broken("votes", votes.assign(source=None), [vote_rules.RULES[4]])[0].startswith("votes line 2, source:")


def test_the_coding_for_the_estimates_agrees_with_what_the_votes_say(votes: pd.DataFrame) -> None:
    coding = tables.read("congress_coding").merge(votes, on="vote")
    says = {"grant": {"grant"}, "keep": {"ban", "cut", "message"}}
    assert all(row.says in says[row.test] for row in coding.itertuples())
    fitted = coding[coding["fitted"] == 1]
    assert set(fitted["says"]) == {"grant", "ban", "cut"}
    assert (fitted.loc[fitted["says"] == "ban", "stake_usd_bn"] == 0).all()


def test_in_2025_no_roll_call_was_a_grant_and_fewer_would_end_all_aid(votes: pd.DataFrame) -> None:
    late = votes[votes["date"] >= "2025"]
    assert "grant" not in set(late["says"])
    bans = late[late["says"] == "ban"].set_index("vote")
    share = bans["rep_yea"] / (bans["rep_yea"] + bans["rep_nay"])
    assert share.round(2).to_dict() == {"H2025-209": 0.35, "H2025-255": 0.27}
