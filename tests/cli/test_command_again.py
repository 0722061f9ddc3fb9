"""The command that a result names makes it again, pasted into a shell, whatever the scenario's file is called."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from sim.basics.plain_text import HEEDED, as_command

pytestmark = pytest.mark.skipif(os.name == "nt" or not shutil.which("bash"), reason="no such shell or names here")

FILES = {
    "a space": "my half.toml",
    "a quote": "half's.toml",
    "a command of a terminal": "half\x1b[31m.toml",
    "the same in one letter": "half\x9b2J.toml",
    "a backward text": "half\u202elmot.toml",
    "a line and a quote": "half\n's \\ folder.toml",
    "a digit after it": "half\x011.toml",
    "bytes that are no text": "half\udcff.toml",
}
NAMED = 'extends = "outlook"\nname = "short"\ntitle = "T"\nquestion = "Q?"\nmonths = 6\n'


def words_in_a_shell(line):
    told = subprocess.run(
        ["bash", "-c", f"doctrine() {{ printf '%s\\0' \"$@\"; }}; {line}"], capture_output=True, check=True
    )
    return [word.decode(errors="surrogateescape") for word in told.stdout.split(b"\0")[:-1]]


@pytest.fixture
def named(tmp_path):
    def write(case):
        path = tmp_path / FILES[case]
        try:
            path.write_text(NAMED)
        except (OSError, ValueError):
            pytest.skip("no such name on this file system")
        return path.name

    return write


@pytest.mark.parametrize("case", FILES)
def test_words_come_back_from_a_shell(case):
    words = ["doctrine", "run", FILES[case], "--worlds", "2"]
    line = as_command(words)
    assert "\n" not in line
    assert not HEEDED.search(line)
    assert words_in_a_shell(line) == words[1:]


@pytest.mark.parametrize("case", FILES)
def test_a_run_names_its_file_without_hidden_letters(case, named, doctrine):
    name = named(case)
    told = doctrine("run", name, "--worlds", 2, "--out", "mine", "--json")
    assert told.code == 0
    for command in (json.loads(told.out)["command"], json.loads(Path("mine/run.json").read_text())["command"]):
        assert not HEEDED.search(command)
        assert "\n" not in command
        assert words_in_a_shell(command)[:2] == ["run", name]
