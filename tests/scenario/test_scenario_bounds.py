"""However large and however wrong a file is, the answer comes at once, and nothing is done for what is not shown."""

import os
import time

import pytest

import sim.scenario as scenario
from sim.basics.mistakes import MOST_SHOWN
from sim.scenario import file
from sim.scenario import json_schema as wording

SECONDS = 10.0
"""Of processor time, for what takes less than one; what grows with the square of the size takes minutes."""
HEAD = 'title = "T"\nquestion = "Q?"\nstart = "2022-12"\nmonths = 24\n'
EVENT = '[[events]]\nmonth = "2023-01"\nkind = "instrument"\namount = {}\n'
WORD = "x" * 9_990
LARGE = {
    "unknown keys": ("".join(f"k{n} = 1\n" for n in range(60_000)), "sets 60,000 values, more than the 10,000"),
    "as many unknown keys as may be": ("".join(f"k{n} = 1\n" for n in range(9990)), "9,994 mistakes"),
    "long unknown keys": ("".join(f"{'k' * 70}{n} = 1\n" for n in range(9990)), "... and 9,944 more"),
    "unknown tables": ("".join(f"[us.t{n}]\n" for n in range(9990)), "us.t0: unknown key"),
    "an unclosed list": ("a = [\n" + f'"{WORD}",\n' * 97, "line 1   not TOML"),
    "lists and a bad last line": ("".join(f"a{n} = [\n{'1,' * 3}]\n" for n in range(2400)) + "bad bad", "no '='"),
    "lists longer than may be": ("".join(f"a{n} = [{'1,' * 98}]\n" for n in range(2500)) + "bad bad", "values"),
    "events": (HEAD + EVENT.format("-1.0\nx = 1") * 1900, "3,800 mistakes"),
    "changes": (HEAD + '[[us.doctrine]]\nfrom = "2023-01"\nclarityx = 1\n' * 3000, "did you mean 'clarity'?"),
    "words to hold": (HEAD + "hold = [" + '"front.pul",' * 9000 + "]", "did you mean 'front.pull'?"),
    "words to drop": (HEAD + "drop = [" + '"events",' * 9000 + "]", "lets nothing go"),
    "a whole number": (HEAD.replace("24", f"0x{'f' * 900_000}"), "a number of about 1083708 digits"),
    "seats": (f"{HEAD}[congress.house]\nfiscal = 0x{'f' * 900_000}", "congress.house.fiscal: must be at most 435"),
    "a share": (f"{HEAD}[us]\nclarity = 1{'0' * 900_000}", "a number of thousands of digits"),
    "a month": (HEAD.replace("2022-12", "2" * 900_000), "got '2222"),
    "a word": (f'{HEAD}[us]\npreset = "{"x" * 900_000}"', "unknown preset 'xxxx"),
    "a parent": (f'extends = "{"x" * 900_000}"', "no such file"),
    "zeros": (HEAD + "\0" * 900_000, "line 5   not TOML"),
    "marks of byte order": ("\ufeff" * 300_000, "not TOML"),
}


def report(path):
    with pytest.raises(scenario.ScenarioError) as error:
        scenario.load(path)
    return error.value


@pytest.mark.parametrize("name", LARGE)
def test_a_large_file_is_refused_at_once(name, tmp_path, monkeypatch):
    text, words = LARGE[name]
    (tmp_path / "large.toml").write_text(text, encoding="utf-8")
    told = []
    say = wording._words
    monkeypatch.setattr(wording, "_words", lambda *about: told.append(1) or say(*about))
    start = time.process_time()
    found = report(tmp_path / "large.toml")
    assert time.process_time() - start < SECONDS
    assert words in str(found)
    assert len(str(found)) < 400 * MOST_SHOWN
    assert len(told) <= 2 * MOST_SHOWN


def test_a_sound_file_as_large_as_may_be_is_loaded_at_once(tmp_path):
    (tmp_path / "large.toml").write_text(HEAD + EVENT.format("1.0") * 2490, encoding="utf-8")
    start = time.process_time()
    assert len(scenario.load(tmp_path / "large.toml").events) == 2490
    assert time.process_time() - start < SECONDS


def chain(folder, each, length):
    """Files that extend one another; returns the first."""
    for number in range(length):
        parent = f"{number + 1}.toml" if number < length - 1 else "history"
        (folder / f"{number}.toml").write_text(f'extends = "{parent}"\n{each(number)}')
    return folder / "0.toml"


def test_a_chain_longer_than_may_be_is_not_followed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    read = []
    monkeypatch.setattr(file, "_text", lambda path, main, text=file._text: read.append(path) or text(path, main))
    found = report(chain(tmp_path, lambda _: "", 3000).name)
    assert len(read) == file.LONGEST_CHAIN
    assert str(found).splitlines()[1] == (
        "  299.toml line 1   extends: is the last of 300 files that may extend one another"
    )


@pytest.mark.parametrize(
    "each",
    [
        lambda number: EVENT.format(f"{number + 1}.0") * 7,
        lambda number: f'start = "2023-{number % 12 + 1:02d}"\n',
        lambda number: f'drop = ["events"]\n{EVENT.format(f"{number + 1}.0")}',
    ],
    ids=["events", "starts", "dropping"],
)
def test_a_chain_as_long_as_may_be_is_laid_together_at_once(each, tmp_path):
    first = chain(tmp_path, each, file.LONGEST_CHAIN - 1)
    start = time.process_time()
    assert scenario.load(first).months == scenario.load("history").months
    assert time.process_time() - start < 2 * SECONDS


def test_files_of_a_chain_share_the_values_that_may_be_set(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first = chain(tmp_path, lambda _: EVENT.format("1.0") * 300, 10)
    assert str(report(first.name)).endswith("extends: more than 10,000 values with those of 8.toml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
@pytest.mark.parametrize(
    ("parent", "words"),
    [
        ("fifo", "fifo   is not a plain file"),
        ("loop", "extends: 'loop': no such file"),
        ("dangling", "extends: 'dangling': no such file"),
        ("folder", "folder   is a folder"),
        ("/dev/zero", "/dev/zero   is not a plain file"),
        ("/dev/tty", "/dev/tty   is not a plain file"),
        ("child.toml", "goes round in a circle"),
        ("link.toml", "goes round in a circle"),
        (f"{'x/' * 2000}", "no such file"),
        ("\\u0000", "no such file"),
    ],
)
def test_a_parent_that_is_no_scenario_file(parent, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    os.mkfifo("fifo")
    for link, target in (("loop", "loop"), ("dangling", "nowhere"), ("link.toml", "child.toml")):
        (tmp_path / link).symlink_to(target)
    (tmp_path / "folder").mkdir()
    (tmp_path / "child.toml").write_text(f'extends = "{parent}"\n')
    assert words in str(report("child.toml"))


def test_a_file_of_the_system_that_says_nothing_is_not_waited_for(tmp_path, monkeypatch):
    """Some files count as plain ones and let their reader wait, such as the log of the kernel."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "silent.toml").touch()
    flags, really = [], os.open
    monkeypatch.setattr(file.os, "open", lambda path, how: flags.append(how) or really(path, how))
    assert "sets nothing" in str(report("silent.toml"))
    (how,) = flags
    assert how & getattr(os, "O_NONBLOCK", 0) == getattr(os, "O_NONBLOCK", 0)
