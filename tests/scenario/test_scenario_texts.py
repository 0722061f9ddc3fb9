"""What a file may call things: what a terminal, a page, a figure and a folder on any machine can bear."""

import re

import pytest
import tomli_w

import sim
import sim.scenario as scenario
from sim.basics.limits import InputError
from sim.basics.plain_text import HEEDED, HIDDEN, visible, wrong_with_label, wrong_with_name
from sim.cli import console
from sim.ensemble import Ensemble
from sim.ensemble.study import comparison

HEAD = {"title": "T", "question": "Does it hold?", "start": "2022-12", "months": 2}
ESCAPE, BACKWARDS, NOTHING = "\x1b[31m", "\u202e", "\u200b"


def load(folder, stem="file", **changes):
    path = folder / f"{stem}.toml"
    path.write_text(tomli_w.dumps({**HEAD, **changes}), encoding="utf-8")
    return scenario.load(path)


def mistake(folder, **changes):
    with pytest.raises(scenario.ScenarioError) as error:
        load(folder, **changes)
    (found,) = error.value.mistakes
    assert not HEEDED.search(str(error.value))
    assert len(str(error.value)) < 1000
    return found


@pytest.mark.parametrize("letters", [ESCAPE, BACKWARDS, NOTHING, "\x07", "\x9b31m", "\u200f", "\u2028", "\ufeff", "\t"])
@pytest.mark.parametrize("key", ["title", "question", "name"])
def test_hidden_characters_are_refused(key, letters, tmp_path):
    found = mistake(tmp_path, **{key: f"Does {letters} it hold?".removesuffix("?" if key == "name" else "")})
    assert str(found).startswith(f"{key}: must be ")
    assert "hidden characters" in str(found)
    assert found.line


def test_hidden_characters_are_refused_in_notes(tmp_path):
    event = {"month": "2023-01", "kind": "instrument", "amount": 1.0}
    load(tmp_path, events=[{**event, "note": "Two\nlines"}])
    found = mistake(tmp_path, events=[{**event, "note": f"Two{ESCAPE}lines"}])
    assert str(found) == r"events[1].note: must be without hidden characters, got 'Two\x1b[31mlines'"


def test_letters_of_all_scripts_are_welcome(tmp_path):
    title = "Дві війни – 二つの戦争 – می\u200cخواهم – ½ € 👩\u200d🚀"
    assert load(tmp_path, title=title).title == title


@pytest.mark.parametrize(
    ("key", "text", "most"),
    [("title", "x" * 900_000, 200), ("question", "x" * 500 + "?", 400), ("name", "x" * 101, 100)],
)
def test_a_text_longer_than_can_be_shown(key, text, most, tmp_path):
    found = mistake(tmp_path, **{key: text})
    assert str(found) == f"{key}: must be at most {most} characters long, got {len(text):,}"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("--force", "without a dot, dash or space in front"),
        (" x", "without a dot, dash or space in front"),
        ("CON", "the name of a device of Windows"),
        ("lpt1.results", "the name of a device of Windows"),
        ("x.unfinished", "must not end with .unfinished"),
        ("x.Writing", "must not end with .unfinished"),
        ("x.", "must not end with a dot or a space"),
        ("x ", "must not end with a dot or a space"),
        ("a:b", "without / "),
        ("what?", "without / "),
        ("x" + NOTHING, "hidden characters"),
        ("ж" * 60, "must be at most 100 bytes long"),
    ],
)
def test_names_that_no_folder_can_have_everywhere(name, words, tmp_path):
    assert words in wrong_with_name(name)
    found = mistake(tmp_path, name=name)
    assert found.line == 5
    assert found.path == ("name",)
    assert words in found.text or (HEEDED.search(name) and "hidden" in found.text)


@pytest.mark.parametrize("name", ["--force", "con", "x.unfinished"])
def test_a_file_gives_no_such_name_either(name, tmp_path):
    with pytest.raises(scenario.ScenarioError, match="the file's own name; name = "):
        load(tmp_path, name)
    path = tmp_path / f"{name}.toml"
    path.write_text(f'name = "mine"\n{path.read_text()}')
    assert scenario.load(path).name == "mine"


@pytest.mark.parametrize("name", ["outlook", "a.b", "Größe 2", "x-y_z", "CONGRESS", "v1.0", "unfinished"])
def test_names_that_folders_have(name):
    assert wrong_with_name(name) == ""


def test_every_shipped_name_is_one():
    assert [name for name in scenario.shipped() if wrong_with_name(name)] == []


@pytest.mark.parametrize("label", ["", " ", "x" * 101, f"red {ESCAPE}", f"x{BACKWARDS}y", "two\nlines", "\ud800"])
def test_labels_of_doctrines_that_cannot_be_shown(label):
    assert wrong_with_label(label)
    with pytest.raises(InputError, match="label of a doctrine: must "):
        comparison("outlook", {label: "aligned"}, ensemble=Ensemble(worlds=1))


def test_what_is_refused_is_what_is_spelt_out():
    refused = re.compile(f"[{HIDDEN}]")
    for code in range(0x3000):
        letter = chr(code)
        assert (visible(letter) != letter) == (bool(refused.match(letter)) and letter != "\n")


@pytest.mark.parametrize(
    "tell",
    [
        console.heading,
        console.line,
        console.complaint,
        console.note,
        console.error,
        lambda text: console.paragraphs([text]),
        lambda text: console.table([text, text], [[text, text]], text),
        lambda text: console.glossary([(text, text)]),
        lambda text: console.entry(text, [text]),
    ],
)
@pytest.mark.parametrize("terminal", [False, True])
def test_whatever_is_told_reaches_no_terminal_raw(tell, terminal, capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1" if terminal else "")
    if not terminal:
        monkeypatch.delenv("FORCE_COLOR")
    tell(f"a{ESCAPE}b{BACKWARDS}c\x9b31md\x07\r")
    out = "".join(capsys.readouterr())
    own = re.sub(r"\x1b\[[0-9;]*m", "", out) if terminal else out
    assert HEEDED.search(own) is None
    assert r"a\x1b[31mb\u202ec\x9b31md" in own.replace("\n", "")


def test_a_line_that_nobody_reads_to_the_end_is_told_in_part(capsys):
    console.error(f"begin {'x' * 900_000} end")
    told = capsys.readouterr().err
    assert len(told) < 1200
    assert told.startswith("doctrine: begin x")
    assert told.endswith("x end\n")


def test_a_path_comes_to_the_terminal_spelt_out(capsys, tmp_path, monkeypatch):
    from sim import cli

    monkeypatch.chdir(tmp_path)
    for words in (("check", f"x{ESCAPE}y"), ("run", "outlook", "--worlds", f"1{BACKWARDS}"), ("theory", f"a{ESCAPE}")):
        assert cli.main(list(words)) == 2
    assert HEEDED.search(capsys.readouterr().err) is None


def test_python_is_held_to_the_same():
    with pytest.raises(ValueError, match="hidden characters"):
        sim.load("outlook").model_copy(update={"title": ESCAPE}).with_horizon(3)
