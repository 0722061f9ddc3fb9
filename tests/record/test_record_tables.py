"""The tables are whole, agree with each other, and are documented."""

import numpy as np
import pandas as pd
import pytest

from sim.record import tables
from sim.record.monthly import UKRAINE_KM2

SETS = ("posterior", "posterior_2024")
"""Tables of a thousand parameter sets."""

KIEL_ROUNDING = 1e-3


@pytest.mark.parametrize("name", tables.names())
def test_a_table_is_small_documented_and_has_no_blank_or_repeated_row(name: str) -> None:
    frame = tables.read(name)
    assert not frame.empty
    assert not frame.duplicated().any()
    assert not frame.isna().all(axis=1).any()
    most = 200_000 if name in SETS else 32_000
    assert (tables.FOLDER / f"{name}.csv").stat().st_size < most
    assert f"`{name}`" in (tables.FOLDER / "SOURCES.md").read_text(encoding="utf-8")


def test_a_table_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"no table 'teritory'.*territory"):
        tables.read("teritory")


def test_aid_has_every_bloc_in_every_month() -> None:
    aid = tables.read("aid")
    assert aid.groupby("month")["bloc"].nunique().eq(4).all()
    months = aid["month"].drop_duplicates()
    assert months.tolist() == pd.date_range("2022-01", "2025-08", freq="MS").tolist()
    assert (aid[["military", "financial", "humanitarian", "instrument"]] >= 0.0).all(axis=None)


def test_the_loan_is_one_american_lump() -> None:
    lumps = tables.read("aid").query("instrument > 0")
    assert lumps[["bloc", "instrument"]].to_numpy().tolist() == [["us", pytest.approx(18.3, abs=0.05)]]
    assert lumps["month"].dt.strftime("%Y-%m").tolist() == ["2024-10"]


@pytest.mark.parametrize("kind", ["military", "other"])
def test_the_members_of_europe_add_up_to_its_blocs(kind: str) -> None:
    aid = tables.read("aid").query("bloc in ('europe_bilateral', 'eu_institutions')")
    columns = ["military"] if kind == "military" else ["financial", "humanitarian", "instrument"]
    blocs = aid.groupby("month")[columns].sum().sum(axis=1)
    members = tables.read("europe_monthly").groupby("month")[kind].sum()
    np.testing.assert_allclose(members, blocs, atol=KIEL_ROUNDING)


def test_the_change_of_territory_is_the_difference_of_its_levels() -> None:
    front = tables.read("territory")
    np.testing.assert_allclose(front["change_km2"][1:], front["held_km2"].diff()[1:], atol=0.2)
    np.testing.assert_allclose(front["share"], front["held_km2"] / UKRAINE_KM2, atol=1e-5)


def test_party_votes_add_up_to_the_chamber() -> None:
    votes = tables.read("votes")
    for side in ("yea", "nay"):
        assert (votes[f"dem_{side}"] + votes[f"rep_{side}"] + votes[f"ind_{side}"]).equals(votes[side])
    assert set(votes["pro"]) == {"yea", "nay", "none"}
    assert votes["vote"].is_unique


@pytest.mark.parametrize("chamber", ["house", "senate"])
def test_patterns_repeat_the_roll_calls(chamber: str) -> None:
    patterns, votes = tables.read(f"vote_patterns_{chamber}"), tables.read("votes").set_index("vote")
    for vote in patterns.columns[2:]:
        for letter, side in (("Y", "yea"), ("N", "nay")):
            republicans = patterns[(patterns["party"] == "republican") & (patterns[vote] == letter)]
            assert republicans["members"].sum() == votes.loc[vote, f"rep_{side}"], (vote, side)


def test_coded_votes_and_prototypes_name_votes_that_exist() -> None:
    votes = set(tables.read("votes")["vote"])
    coding, motives = tables.read("congress_coding"), tables.read("congress_motives")
    assert set(coding["vote"]) <= votes
    assert set(motives["vote"]) <= set(coding.loc[coding["fitted"] == 1, "vote"])


def test_appropriations_appear_among_the_events_of_their_day() -> None:
    enacted = tables.read("appropriations").set_index("enacted")["usd_bn"]
    assert len(enacted) == 5
    signed = tables.read("events").query("category == 'aid_decision' and outcome == 'enacted'")["date"]
    assert set(signed) <= set(enacted.index)


def test_percentages_are_percentages_and_opposed_and_ready_leave_room_for_the_undecided() -> None:
    surveys = tables.read("opinion")
    assert surveys["percent"].between(0, 100).all()
    concessions = surveys.query("question == 'concessions'").pivot(index="month", columns="answer", values="percent")
    assert (concessions.sum(axis=1) <= 100).all()


def test_a_written_table_reads_back_the_same(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    frame = pd.DataFrame({"member": ["a", "b"], "budget": [1.5, 2.0]})
    assert tables.write("small", frame).read_bytes() == b"member,budget\na,1.5\nb,2.0\n"
    pd.testing.assert_frame_equal(tables.read("small"), frame)
