"""Wherever `--out` points: results, or a sentence that says why not; what was there stays."""

import os
import shutil

import pytest

from sim import cli
from sim.answers.answer import Answer
from sim.basics.folders import FolderError, new_folder
from sim.ensemble import runner
from sim.questions.sensitivity import prim

ROOT = os.name != "nt" and os.geteuid() == 0
COMMANDS = {
    "run": ("run", "short.toml", "--worlds", 2),
    "run in batches": ("run", "short.toml", "--worlds", 2, "--no-paths"),
    "compare": ("compare", "short.toml", "architectural", "aligned", "--worlds", 2),
    "theory": ("theory", "fearon"),
    "map": ("map", "short.toml", "clarity", "commitment", "--grid", 3, "--worlds", 2),
    "attribution": ("attribution", "short.toml", "architectural", "aligned", "--worlds", 2),
    "game": ("game", "short.toml", "--worlds", 100),
    "infer": ("infer", "--worlds", 60),
    "discover": ("discover", "short.toml", "architectural", "--worlds", 200),
    "claims": ("claims", "C1", "--worlds", 60),
    "calibrate": ("calibrate", "--worlds", 100_000),
    "backtest": ("backtest", "--worlds", 100_000),
    "sensitivity": ("sensitivity", "short.toml", "architectural", "aligned", "--base", 8),
    "regret": ("regret", "short.toml", "architectural", "aligned", "--worlds", 2),
    "atlas": ("atlas", "short.toml", "--worlds", 2),
    "page": ("page", "short.toml", "--worlds", 2),
}
PLACES = {
    "the root": "/",
    "two thousand folders": "a/" * 2000 + "b",
    "a long name": "x" * 300,
    "a name too long with what is put after it": "x" * 250,
    "a long folder": "x" * 300 + "/y",
    "a file": "file",
    "a folder in a file": "file/y",
    "somebody's folder": "full",
    "a link to nowhere": "dangling",
    "a link in a circle": "loop",
    "a folder in such a link": "loop/y",
    "a file that waits": "fifo",
}


@pytest.fixture
def places(doctrine, tmp_path):
    """A folder with one of each kind of bad place."""
    (tmp_path / "file").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("mine")
    (tmp_path / "dangling").symlink_to("nowhere/at/all")
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "fifo")
    for name in ("file", "full", "dangling", "loop", "fifo"):
        (tmp_path / f"{name}.html").symlink_to(name)
    return tmp_path


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def no_work(*_, **__):
    pytest.fail("it worked first")


def refuse_to_work(monkeypatch):
    monkeypatch.setattr(runner, "run_block", no_work)
    monkeypatch.setattr(prim, "available", lambda: None)


def test_every_command_that_writes_is_tried():
    told = {name: cli.app[name].assemble_argument_collection() for name in cli.app if not name.startswith("-")}
    writing = {name for name, options in told.items() if any("--out" in option.names for option in options)}
    assert {words[0] for words in COMMANDS.values()} == writing


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("place", PLACES)
def test_a_bad_place_is_refused_in_words_before_the_work(command, place, places, doctrine, monkeypatch):
    refuse_to_work(monkeypatch)
    out = PLACES[place]
    if command == "atlas" and not out.endswith("/"):
        out += ".html"
    if place == "a link to nowhere" and command != "atlas":
        (places / "nowhere").write_text("a file where its folders would be")
    before = names(places)
    answer = doctrine(*COMMANDS[command], "--out", out)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("doctrine: ")
    assert answer.err.count("\n") == 1
    assert len(answer.err) < 1200
    assert "Errno" not in answer.err
    assert names(places) == before


@pytest.mark.skipif(ROOT, reason="permissions keep this user from nothing")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_place_that_may_not_be_written(command, doctrine, tmp_path, monkeypatch):
    refuse_to_work(monkeypatch)
    (tmp_path / "locked").mkdir(mode=0o500)
    answer = doctrine(*COMMANDS[command], "--out", "locked/x.html")
    assert answer.code == 2
    assert "cannot write there: Permission denied" in answer.err


@pytest.mark.parametrize("command", ["run", "theory"])
@pytest.mark.parametrize("linked", [False, True])
def test_an_empty_folder_is_a_good_place(command, linked, doctrine, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("empty")
    answer = doctrine(*COMMANDS[command], "--out", "link" if linked else "empty")
    assert answer.code == 0
    assert any((tmp_path / "empty").iterdir())


def test_a_folder_that_is_filled_while_the_work_lasts_is_left_alone(tmp_path):
    place = tmp_path / "place"
    place.mkdir()

    def refuse(_):
        raise FolderError("mine")

    with pytest.raises(FolderError, match="mine"), new_folder(place, refuse):
        (place / "somebody's").touch()
    assert names(tmp_path) == ["place", "place/somebody's"]


@pytest.mark.parametrize("where", [".", "deep/er"])
def test_a_folder_that_is_removed_while_the_work_lasts(where, doctrine, tmp_path, monkeypatch):
    top = tmp_path / "results"

    write = Answer.write

    def vanish(answer, folder):
        shutil.rmtree(top)
        write(answer, folder)

    place = top / where / "mine"
    words = f"doctrine: {place.resolve()}: its folder was removed while it was being written\n"
    monkeypatch.setattr(Answer, "write", vanish)
    answer = doctrine("theory", "fearon", "--out", place)
    assert (answer.code, answer.err) == (2, words)


def test_a_folder_that_is_removed_just_before_the_end(tmp_path):
    with pytest.raises(FolderError, match="was removed while"), new_folder(tmp_path / "results" / "mine", no_work):
        shutil.rmtree(tmp_path / "results")
