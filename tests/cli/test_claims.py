"""`claims`: what it prints, what it writes, that it writes it again, and what it refuses."""

import json

import pandas as pd
import pytest

WORLDS = ("--worlds", 60)


def test_claims_says_what_holds_what_fails_and_what_is_built_in_and_says_it_again(doctrine, tmp_path):
    answer = doctrine("claims", "c4", *WORLDS, "--seed", 3, "--out", "one")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "Claim C4 under default and posterior parameters: 60 worlds, seed 3"
    assert lines[2].split()[-5:] == ["default", "parameters", "posterior", "parameters", "prior"]
    text = " ".join(answer.out.split())
    assert "Claim C4 is contradicted." in text
    assert "Built in: that a crisis raises the cost of aid" in text
    assert "See: doctrine run indo_pacific_crisis; doctrine run architectural." in text
    assert lines[-1] == "In one: figures/, claims.csv"
    assert {path.name for path in (tmp_path / "one" / "figures").iterdir()} == {"claims.png", "claims.svg"}
    about = json.loads((tmp_path / "one" / "answer.json").read_text())
    assert about["command"] == "doctrine claims C4 --worlds 60 --seed 3"
    again = json.loads(doctrine(*about["command"].split()[1:], "--out", "two", "--json").out)
    assert [row["statistic"] for row in again["tables"]["claims"]] == ["wanted", "priorities", "aid"]
    assert again["found"] == about["found"]
    one, two = ((tmp_path / name / "claims.csv").read_bytes() for name in ("one", "two"))
    assert one == two
    assert set(pd.read_csv(tmp_path / "one" / "claims.csv")["command"]) == {about["command"]}


BAD = {
    "no such claim": (("peace",), "unknown claim 'peace' (one of C1, C2, C3, C3'", "C3-reply"),
    "twice": (("C1", "c1"), "given twice", "claim"),
    "too few worlds": (("--worlds", 5), "worlds: must be at least 50 to learn from, got 5", "worlds"),
    "no processes": (("--jobs", 0), "jobs", "jobs"),
    "a part of what ships": (("C1", "--ship"), "the table that ships has all claims", "ship"),
}


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_is_refused_before_anything_runs(bad, doctrine, tmp_path):
    words, text, place = BAD[bad]
    answer = doctrine("claims", *words)
    assert (answer.code, answer.out) == (2, "")
    assert text in answer.err
    assert place in answer.err
    assert not (tmp_path / "results").exists()


def test_the_help_counts_the_claims_that_there_are(doctrine):
    from sim.questions.claims.all_claims import CLAIMS

    words = {10: "ten"}
    assert f"the {words[len(CLAIMS)]} claims" in " ".join(doctrine("claims", "--help").out.split())
