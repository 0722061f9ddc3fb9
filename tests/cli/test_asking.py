"""`explain`, `replay`, `list`, `check`, `schema`, and the help of every command."""

import json
import tomllib

import pytest

from sim.cli import app
from sim.cli.shipped import LISTS
from sim.scenario import load, schema, shipped
from sim.scenario.mechanisms import Mechanisms
from sim.scenario.presets import PRESETS

COMMANDS = tuple(name for name in app if not name.startswith("-"))


def test_explain_tells_of_every_actor_under_every_doctrine(doctrine, compared):
    answer = doctrine("explain", compared, "--world", 2, "--month", "2026-02")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "Outlook, world 2, 2026-02, architectural"
    assert "Outlook, world 2, 2026-02, transactional" in lines
    for actor in ("Washington", "Congress", "Europe", "Ukraine", "Russia", "The table"):
        assert lines.count(actor) == 2
    assert max(map(len, lines)) <= 80


def test_explain_one_actor_under_one_doctrine(doctrine, compared):
    words = ("--month", "2026-02", "--doctrine", "transactional", "--actor", "us")
    answer = doctrine("explain", compared, "--world", 2, *words)
    assert "architectural" not in answer.out
    assert "Washington" in answer.out
    assert "Russia" not in answer.out.splitlines()


def test_explain_in_json(doctrine, compared):
    answer = doctrine("explain", compared, "--world", 2, "--month", "2026-02", "--json")
    told = json.loads(answer.out)
    assert list(told) == ["architectural", "transactional"]
    assert [part["actor"] for part in told["transactional"]][:2] == ["Washington", "Congress"]
    assert all(part["sentences"] for part in told["transactional"])


def test_replay_tells_the_story_of_a_world(doctrine, compared):
    answer = doctrine("replay", compared, "--world", 2, "--doctrine", "transactional")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0] == "Outlook, world 2, transactional"
    assert lines[2] == "2026-01"
    story = json.loads(doctrine("replay", compared, "--world", 2, "--doctrine", "transactional", "--json").out)
    assert [chapter["month"] for chapter in story["transactional"]] == sorted(
        chapter["month"] for chapter in story["transactional"]
    )


def test_results_of_another_version_are_told_with_a_warning(doctrine, compared, monkeypatch):
    monkeypatch.setattr("sim.answers.explain.version", lambda: "99.0")
    answer = doctrine("replay", compared, "--world", 2)
    assert answer.code == 0
    assert "told by 99.0: details may differ" in answer.err


def test_list_names_everything_that_ships(doctrine):
    out = doctrine("list").out
    names = [*shipped(), *Mechanisms.model_fields, *(name for presets in PRESETS.values() for name in presets)]
    assert [name for name in names if f"  {name} " not in out] == []
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("what", LISTS)
def test_each_list_has_something_to_say_of_each_name(what, doctrine):
    listed = json.loads(doctrine("list", what, "--json").out)
    assert list(listed) == [what]
    flat = listed[what] if what != "presets" else {f"{a}.{n}": s for a, p in listed[what].items() for n, s in p.items()}
    assert [name for name, meaning in flat.items() if not meaning] == []


def test_check_says_that_a_file_is_sound(doctrine):
    answer = doctrine("check", "short.toml", "history")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        "short.toml: sound; Half a year, 6 months, 2026-01 to 2026-06",
        "history: sound; History, 61 months, 2022-12 to 2027-12",
    ]


INHERITING = """
extends = "history"
months = 36

[us]
preset = "aligned"

[[events]]
month = "2024-01"
kind = "money"
donor = "us"
amount = 1.0
"""
SAID = [
    "events: 4 inherited from history.toml, 1 of its own",
    (
        "us: preset 'aligned' replaces 'architectural' of history.toml; what history.toml changes in 2025-01 stays "
        '(drop = ["us.doctrine"] lets it go)'
    ),
]


def test_check_says_under_it_what_became_of_what_is_inherited(doctrine, tmp_path):
    (tmp_path / "mine.toml").write_text(INHERITING)
    assert doctrine("check", "mine.toml").out.splitlines() == [
        "mine.toml: sound; History, 36 months, 2022-12 to 2025-11",
        "  - events: 4 inherited from history.toml, 1 of its own",
        "  - us: preset 'aligned' replaces 'architectural' of history.toml; what",
        '  history.toml changes in 2025-01 stays (drop = ["us.doctrine"] lets it go)',
    ]
    (found,) = json.loads(doctrine("check", "mine.toml", "--json").out)["files"]
    assert found["notes"] == SAID


def test_run_and_compare_say_it_once_before_what_was_found(doctrine, tmp_path):
    (tmp_path / "mine.toml").write_text(INHERITING)
    small = ("--worlds", 2, "--no-paths", "--force")
    for words in (("run", "mine.toml"), ("compare", "mine.toml", "aligned", "architectural")):
        out = doctrine(*words, *small).out
        assert out.startswith("- events: 4 inherited from history.toml, 1 of its own\n- us: preset 'aligned'")
        assert out.count("inherited from") == 1
        assert "inherited" not in doctrine(*words, *small, "--quiet").out
    assert json.loads(doctrine("run", "mine.toml", *small, "--json").out)["notes"] == SAID
    assert "\n- " not in doctrine("run", "classroom", *small).out


def test_check_and_run_say_what_the_end_cuts_off(doctrine, tmp_path):
    money = '[[events]]\nmonth = "2026-05"\nkind = "money"\ndonor = "eu"\namount = 45.0\nmonths = 12\n'
    (tmp_path / "loan.toml").write_text((tmp_path / "short.toml").read_text() + money)
    told = (
        "events: of the EUR 45 bn from the EU from 2026-05 on, EUR 37.5 bn would be granted after the end, 2026-06, "
        "and are in no world"
    )
    sound, *lines = doctrine("check", "loan.toml").out.splitlines()
    assert sound == "loan.toml: sound; Half a year, 6 months, 2026-01 to 2026-06"
    assert f"- {told}" in " ".join(line.strip() for line in lines)
    assert told in json.loads(doctrine("check", "loan.toml", "--json").out)["files"][0]["notes"]
    assert told in " ".join(doctrine("run", "loan.toml", "--worlds", 2, "--no-paths").out.split())


def test_check_resolved_prints_a_file_that_loads_to_the_same(doctrine, tmp_path):
    out = doctrine("check", "short.toml", "--resolved").out
    assert tomllib.loads(out)["us"]["clarity"] == load("outlook").us[0].doctrine.clarity
    (tmp_path / "resolved.toml").write_text(out)
    assert load(tmp_path / "resolved.toml") == load(tmp_path / "short.toml")


def test_check_tells_every_mistake_of_every_file(doctrine, tmp_path):
    (tmp_path / "bad.toml").write_text('extends = "outlook"\nmonths = 0\n[us]\ncomitment = 1.0\n')
    answer = doctrine("check", "bad.toml", "nowhere.toml", "short.toml")
    assert answer.code == 2
    assert answer.out.startswith("short.toml: sound")
    assert "bad.toml: 2 mistakes" in answer.err
    assert "did you mean 'commitment'?" in answer.err
    assert "nowhere.toml: 1 mistake" in answer.err


def test_check_in_json(doctrine, tmp_path):
    (tmp_path / "bad.toml").write_text('extends = "outlook"\nmonths = 0\n')
    answer = doctrine("check", "bad.toml", "short.toml", "--json", "--resolved")
    assert answer.code == 2
    bad, sound = json.loads(answer.out)["files"]
    assert (bad["sound"], sound["sound"]) == (False, True)
    assert bad["mistakes"] == [
        {"file": "bad.toml", "line": 2, "key": "months", "text": "must be at least 1, got 0"}
    ]  # fmt: skip
    assert sound["resolved"]["months"] == 6


def test_schema_is_the_schema(doctrine):
    assert json.loads(doctrine("schema").out) == schema()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example_and_says_what_comes_out(command, doctrine):
    answer = doctrine(command, "--help")
    assert (answer.code, answer.err) == (0, "")
    assert f"\n    doctrine {command}" in answer.out
    assert "\nWrites " in answer.out or "\nPrints " in answer.out


def test_help_names_every_command(doctrine):
    out = doctrine("--help").out
    assert [command for command in COMMANDS if f"│ {command} " not in out] == []
    assert [command for command in COMMANDS if command not in app] == []
    assert doctrine().out == out


def test_version(doctrine):
    import sim

    assert doctrine("--version").out == f"{sim.__version__}\n"


def test_parameters_are_listed_with_what_they_rest_on(doctrine):
    out = " ".join(doctrine("list", "parameters").out.split())
    assert "front.persistence 0.8 (0 to 0.999, share): Share of last month's" in out
    assert "(record: lag-1 autocorrelation .8)." in out
    told = json.loads(doctrine("list", "parameters", "--json").out)["parameters"]
    judged = sum(number["source"] == "judgement" for number in told.values())
    assert f"What {len(told)} parameters rest on: " in out
    assert f", {judged} judgement." in out
    spoken_to = {name: number for name, number in told.items() if number["base_rates"] is not None}
    assert "peace.hazard" in spoken_to
    for name, number in spoken_to.items():
        within = number["base_rates"]["low"] <= number["default"] <= number["base_rates"]["high"]
        assert (f"{name} {number['default']:g} lies outside" in out) is not within, name
    assert told["front.pull"]["base_rates"] is None
