"""Every broken file gives its report, word for word: `invalid/NAME.toml` and, beside it, `NAME.txt`."""

import os
import re
from pathlib import Path

import pytest

import sim.scenario as scenario
from sim.scenario import gone
from sim.scenario.json_schema import names_at
from sim.scenario.presets import PRESETS

FOLDER = Path(__file__).parent / "invalid"
BROKEN = sorted(FOLDER.glob("*.toml"))
LISTED = re.compile(r"\{(keys|presets) of (\w+)\}")


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_a_broken_file_gives_its_report(file, monkeypatch):
    monkeypatch.chdir(FOLDER)
    with pytest.raises(scenario.ScenarioError) as error:
        scenario.load(file.name)
    assert f"{error.value}\n" == LISTED.sub(_list, file.with_suffix(".txt").read_text(encoding="utf-8"))


def _list(found: re.Match[str]) -> str:
    """What may grow without a report being told anew: the keys and the presets of an actor."""
    what, actor = found.groups()
    return ", ".join(names_at((actor,), {}) if what == "keys" else PRESETS[actor].names)


def test_every_report_has_its_file():
    assert {file.stem for file in FOLDER.glob("*.txt")} == {file.stem for file in BROKEN}


def test_every_broken_file_says_what_is_wrong_with_it():
    silent = [file.stem for file in BROKEN if not file.read_bytes().startswith(b"# ")]
    assert silent == []


@pytest.fixture
def report(tmp_path, monkeypatch):
    """Load what `write` puts into a file, and return the lines of the report."""
    monkeypatch.chdir(tmp_path)

    def load(content: bytes) -> list[str]:
        Path("file.toml").write_bytes(content)
        with pytest.raises(scenario.ScenarioError) as error:
            scenario.load("file.toml")
        return str(error.value).split("\n")

    return load


def test_bytes_that_are_no_text_are_placed(report):
    assert report(b'title = "x"\nquestion = "\xff"') == [
        "file.toml: 1 mistake",
        "  line 2   is not text in UTF-8",
    ]


def test_binary_junk(report):
    assert report(bytes(range(32))) == [
        "file.toml: 1 mistake",
        r"  line 1   not TOML: no valid key at the start of the line in '\x00\x01\x02\x03\x04\x05\x06\x07\x08'",
    ]


def test_an_empty_file(report):
    assert report(b"")[1] == "  sets nothing; a scenario needs title, question, start, months, or extends"


def test_a_mark_of_byte_order_is_no_mistake(report):
    assert report(b"\xef\xbb\xbfmonths = 0")[1] == "  line 1   months: must be at least 1, got 0"


def test_a_file_of_fifty_megabytes_is_not_read(report):
    large = "is larger than 1,000,000 bytes, too large for a scenario; take out what is not of it"
    assert report(b"#" * 50_000_000)[1:] == [f"  {large}"]


def test_the_largest_file_that_is_read(report):
    assert report(b"months = 0" + b"\n" * 999_990)[1] == "  line 1   months: must be at least 1, got 0"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a = " + b"[" * 100_000, "nests lists or tables more than 8 deep"),
        (b"a = " + b"{b = " * 5000, "nests lists or tables more than 8 deep"),
        (b"a = " + b"{b = " * 100_000, "sets 100,001 values, more than the 10,000 of a scenario"),
        (b".".join([b"a"] * 400_000) + b" = 1", "line 1   has a key with more than 100 dots"),
        (b"a = 1\n[ b" + b" . c" * 200 + b"]", "line 2   has a key with more than 100 dots"),
        (b"a = [" + b"1," * 400_000 + b"]", "sets 400,001 values"),
        (b'title = "' + b"." * 200 + b'"  # ' + b"." * 200, "question: is required"),
        (b".".join([b"a"] * 90) + b" = 1", "nests lists or tables more than 8 deep"),
        (b"us = 1\n\nus = 2", "line 3   not TOML: the key is set a second time in 'us = 2'"),
        (b"months = " + b"9" * 5000, "a number of thousands of digits"),
        (b"months = 0x" + b"f" * 5000, "must be at most 600, got a number of about 6021 digits"),
        (b'title = "' + b"x" * 900_000, "the text has no closing quote"),
        (b"title = 1\n" + b"a = [\n" * 3000, "what opens on line 2 may not be closed"),
        (b'x = """' + b"\n" * 100_000 + b'"""\nmonths = 0', "x: unknown key"),
        (b"[[events]]\n" * 3000, "events[1].kind: is required"),
        (b"start = 1979-05-27T07:32:00Z", "got the date 1979-05-27 07:32:00+00:00"),
        (b"start = 07:32:00", "got the time 07:32:00"),
        (b'"a b".c = 1', "a b: unknown key"),
        (b'"\\u001b[31m" = 1', r"'\x1b[31m': unknown key"),
        (b"us = [[]]", "us: must be a table, got a list"),
        (b"events = [[]]", "events[1]: must be a table, got an empty list"),
        (b'events = [{kind = ["crisis"]}]', "unknown kind a list"),
        (b"us.doctrine = [3]", "us.doctrine[1]: must be a table, got 3"),
    ],
)
def test_hostile_files_are_refused_in_words(report, content, words):
    assert words in "\n".join(report(content))


def test_a_report_of_thousands_of_mistakes_stays_readable(report):
    lines = report("\n".join(f"k{number} = 1" for number in range(2000)).encode())
    assert lines[0] == "file.toml: 2,004 mistakes"
    assert lines[1] == "  line 1    k0: unknown key"
    assert lines[-1] == "  ... and 1,954 more"
    assert len(lines) == 52


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions keep this user from no file")
def test_a_file_that_may_not_be_read(report, tmp_path):
    (tmp_path / "file.toml").touch(mode=0o000)
    with pytest.raises(scenario.ScenarioError, match="cannot be read: Permission denied"):
        scenario.load("file.toml")


def test_a_sum_that_does_not_fit_names_the_preset_of_the_terms_left_out(report):
    content = b'[us]\npreset = "aligned"\n[us.priorities]\neurope = 1.0\nindo_pacific = 1.0\nhemisphere = 1.0'
    (line,) = [line for line in report(content) if "sum to 1" in line]
    assert line.startswith("  line 3   us.priorities: the four weights must sum to 1, got 3.")
    assert line.endswith(" (those not given are of preset 'aligned')")


def test_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("history_of_mine").mkdir()
    with pytest.raises(scenario.ScenarioError, match="is a folder, not a scenario file"):
        scenario.load("history_of_mine")


def test_a_device_is_not_read_for_ever():
    if not Path("/dev/zero").exists():
        pytest.skip("no such device here")
    with pytest.raises(scenario.ScenarioError, match="is not a plain file"):
        scenario.load("/dev/zero")


def test_a_file_that_is_not_there_names_the_shipped_scenario_it_may_mean():
    with pytest.raises(scenario.ScenarioError) as error:
        scenario.load("scenarios/histroy.toml")
    assert str(error.value) == (
        "scenarios/histroy.toml: 1 mistake\n"
        "  no such file, and no shipped scenario of that name; did you mean 'history'?"
    )


@pytest.mark.parametrize("name", ["", "\0", "x" * 5000, "no\nsuch", "\ud800"])
def test_impossible_names_of_files(name):
    with pytest.raises(scenario.ScenarioError):
        scenario.load(name)


def test_no_key_that_is_gone_is_one_of_today():
    for path in gone.GONE:
        *table, name = path.split(".")
        assert name not in names_at(tuple(table), {}), path
