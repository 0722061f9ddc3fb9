"""`attribution` and `map`: what they print, what they write, and that they write it again."""

import json

import pandas as pd
import pytest

WORLDS = ("--worlds", 6)
DOCTRINES = ("architectural", "architectural:order=0.2,channel=0.85")


def test_attribution_says_which_dial_does_the_work(doctrine, tmp_path):
    answer = doctrine("attribution", "short.toml", *DOCTRINES, *WORLDS)
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "Outlook: 4 scenarios in the same 6 worlds, seed 1".replace("Outlook", "Half a year")
    assert [line.split("  ")[1] for line in lines[3:7]] == [
        "architectural",
        "order",
        "channel",
        "second doctrine",
    ]
    assert "under architectural [" in " ".join(answer.out.split())
    assert lines[-1] == "In results/attribution: figures/, shapley.csv, coalitions.csv, difference.csv, owen.csv"
    table = pd.read_csv(tmp_path / "results" / "attribution" / "shapley.csv")
    assert {"outcome", "player", "value", "low", "high", "share"} <= set(table.columns)
    assert len(pd.read_csv(tmp_path / "results" / "attribution" / "coalitions.csv")) == 4 * 6
    assert (tmp_path / "results" / "attribution" / "figures" / "attribution.svg").is_file()


def test_groups_are_shown_on_request(doctrine, tmp_path):
    answer = doctrine("attribution", "short.toml", *DOCTRINES, *WORLDS, "--groups", "--outcome", "us_cost", "need")
    assert answer.code == 0
    assert [line.split()[:1] for line in answer.out.splitlines() if line.startswith(("  goals", "  style"))] == [
        ["goals"],
        ["style"],
    ]
    assert (tmp_path / "results" / "attribution" / "figures" / "groups.png").is_file()


def test_attribution_to_mechanisms(doctrine):
    words = ("attribution", "short.toml", *DOCTRINES, *WORLDS, "--mechanisms", "leverage", "alarm", "--json")
    found = json.loads(doctrine(*words).out)
    assert found["command"] == (
        "doctrine attribution short.toml architectural architectural:order=0.2,channel=0.85 "
        "--mechanisms leverage alarm --worlds 6 --seed 1"
    )
    assert sorted(found["tables"]) == ["coalitions", "difference", "shapley"]
    assert {row["player"] for row in found["tables"]["shapley"]} == {"leverage", "alarm"}
    assert all("Without the 2 mechanisms the difference is" in text for text in found["found"])


def test_map_says_which_dial_moves_what(doctrine, tmp_path):
    answer = doctrine("map", "short.toml", "order", "clarity", *WORLDS, "--grid", 3, "--outcome", "us_cost", "land")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "Half a year: 10 scenarios in the same 6 worlds, seed 1"
    assert lines[2].split() == ["own", "lowest", "highest", "by", "order", "by", "clarity", "beyond", "noise"]
    assert lines[-1] == "In results/map: figures/, nodes.csv, effects.csv"
    nodes = pd.read_csv(tmp_path / "results" / "map" / "nodes.csv")
    assert list(nodes.columns[:5]) == ["outcome", "label", "unit", "order", "clarity"]
    assert len(nodes) == 18


@pytest.mark.parametrize(
    "words",
    [
        ("attribution", "short.toml", *DOCTRINES, "--outcome", "land", "--since", "2026-02"),
        ("map", "short.toml", "resolve", "patience", "--actor", "russia", "--preset", "pragmatist", "--grid", 3),
    ],
)
def test_the_command_that_is_kept_makes_the_same_again(words, doctrine, tmp_path):
    first = json.loads(doctrine(*words, *WORLDS, "--seed", 7, "--json", "--out", "one").out)
    again = first["command"].split()[1:]
    assert doctrine(*again, "--out", "two", "--quiet") == (0, "", "")
    places = [tmp_path / name for name in ("one", "two")]
    files = [
        {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}
        for place in places
    ]
    assert files[0] == files[1]


def test_one_world_is_drawn_and_told_without_intervals(doctrine):
    for words in (("attribution", "short.toml", *DOCTRINES), ("map", "short.toml", "order", "clarity", "--grid", 3)):
        answer = doctrine(*words, "--worlds", 1)
        assert answer.code == 0
        assert "nan" not in answer.out
