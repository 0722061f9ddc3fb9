"""The question that docs/how-to/add-a-question.md adds can be asked."""

import json
import re
import shutil
import subprocess
import sys
from os import environ
from pathlib import Path

import pytest
from pages import ROOT, blocks, patched

import sim
from sim.answers import ensemble_answer
from sim.store import result_folder as store

pytestmark = pytest.mark.long

PAGE = ROOT / "docs" / "how-to" / "add-a-question.md"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with what the page says, and a result to ask."""
    folder = tmp_path_factory.mktemp("program")
    for part in ("sim", "scenarios"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for block in blocks(PAGE):
        if block.language == "py":
            name, text = re.match(r"# (\S+\.py)\n(.*)", block.text, re.DOTALL).groups()
            assert not (folder / name).exists()
            (folder / name).write_text(text, encoding="utf-8")
        elif block.language == "diff":
            file = folder / re.match(r"--- (\S+)\n", block.text)[1]
            file.write_text(patched(file.read_text(encoding="utf-8"), block.text), encoding="utf-8")
    answer = sim.compare(sim.load("outlook").with_horizon(12), ["architectural", "transactional"], worlds=12)
    with store.new_results(folder / "talking") as place:
        ensemble_answer.write_data(answer.dataset, answer.study, place)
    return folder


def run(folder: Path, *words: str) -> str:
    line, around = [sys.executable, *words], environ | {"PYTHONPATH": str(folder), "COLUMNS": "100"}
    done = subprocess.run(line, cwd=folder, env=around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_library_answers(program: Path) -> None:
    script = "import sim; a = sim.talks('talking', 2); print(a.command, len(a.stories), *a.tables['talks'].months)"
    command, stories, *months = run(program, "-c", script).rsplit(maxsplit=25)
    assert (command, stories) == ("doctrine talks talking --worlds 2", "2")
    assert list(map(int, months)) == sorted(map(int, months), reverse=True)
    assert int(months[0]) > 0


def test_the_command_tells_the_stories(program: Path) -> None:
    told = run(program, "-m", "sim", "talks", "talking", "--worlds", "2")
    assert len(re.findall(r"^Outlook, world \d+, \w+: \d+ months? of talks\.$", told, re.MULTILINE)) == 2
    assert len(json.loads(run(program, "-m", "sim", "talks", "talking", "--worlds", "2", "--json"))) == 2
    assert " talks " in run(program, "-m", "sim", "--help")
