"""What the README tells a newcomer to type works, and its numbers are those of the page of results."""

import re
import runpy
import shlex
from pathlib import Path

import pytest

from sim.cli import main

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
RESULTS = (Path(__file__).parents[2] / "docs" / "results.md").read_text(encoding="utf-8")
LONG = ("calibrate", "backtest", "app", "atlas", "page", "attribution", "game", "sensitivity")
"""Commands that do not end by themselves, take minutes, or many scenarios; their own tests run them."""
FEW = ["--worlds", "20"]
SMALL = {
    "run": FEW,
    "compare": FEW,
    "map": [*FEW, "--grid", "3"],
    "infer": ["--worlds", "100"],
    "regret": FEW,
    "claims": ["C4", "--worlds", "60"],
}
"""What makes the others quick."""


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found
    return found[1]


def commands() -> list[str]:
    lines = [line.strip() for line in README.splitlines() if line.startswith("    doctrine ")]
    return [re.split(r"\s{3,}", line)[0] for line in lines]


def test_the_first_two_lines_of_code_are_the_two_commands() -> None:
    assert [line.strip() for line in README.splitlines() if line.startswith("    ")][:2] == ["make demo", "make test"]


def test_every_command_works_in_the_order_in_which_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.toml").write_text(block("toml"), encoding="utf-8")
    for command in commands():
        words = shlex.split(command)[1:]
        if words[0] in LONG:
            words = [words[0], "--help"]
        words += SMALL.get(words[0], [])
        assert main(words) == 0, command
    assert "Strategic autonomy" in capsys.readouterr().out


def test_the_python_example_runs(tmp_path: Path) -> None:
    script = tmp_path / "example.py"
    script.write_text(block("python").replace("worlds=200", "worlds=8"), encoding="utf-8")
    assert runpy.run_path(str(script))["answer"].dataset.sizes["world"] == 8


def test_the_table_is_the_one_on_the_page_of_results() -> None:
    rows = [line for line in README.splitlines() if line.startswith("| ")]
    assert len(rows) > 5
    assert all(row in RESULTS for row in rows)


def test_every_page_that_is_linked_is_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (Path(__file__).parents[2] / target).exists(), target
