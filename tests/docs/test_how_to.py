"""The tutorial and the how-to pages do what they say: files are sound, commands run, and print what the page shows."""

import re
import runpy
import shlex
from pathlib import Path

import pytest
from pages import ROOT, blocks, commands, missing, saved_as

from sim import cli, store

PAGES = [ROOT / "docs" / "tutorial.md", *sorted((ROOT / "docs" / "how-to").glob("*.md"))]
ELSEWHERE = {"run-on-a-cluster.md"}
"""Pages whose commands are too large to run here; test_cluster_page.py runs them small."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, no figures, a terminal of usual width."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setattr(store, "draw_all", lambda _, __, folder, ___: (folder / "report.html").write_text("<html>"))
    return tmp_path


def done(words: list[str]) -> None:
    program, *rest = words
    if program == "doctrine":
        assert cli.main(rest) == 0, shlex.join(words)
    else:
        assert program == "python"
        runpy.run_path(str(ROOT / rest[0]), run_name="__main__")


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in ELSEWHERE], ids=lambda page: page.stem)
def test_a_page_does_what_it_says(page: Path, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = ""
    for block in blocks(page):
        if block.language == "toml" and "mud" not in block.text:
            (here / saved_as(block)).write_text(block.text, encoding="utf-8")
        elif block.language == "python":
            (here / "script.py").write_text(block.text, encoding="utf-8")
            runpy.run_path(str(here / "script.py"))
        elif block.language == "sh":
            capsys.readouterr()
            for words in commands(block):
                done(words)
            printed = capsys.readouterr().out
        elif block.language == "text":
            assert missing(block.text, printed) == []


def test_the_heart_of_the_example_is_the_example() -> None:
    page = ROOT / "docs" / "how-to" / "add-an-actor.md"
    heart = next(block.text for block in blocks(page) if block.text.startswith("class China"))
    lines = {line.strip() for line in (page.parent / "examples" / "china.py").read_text(encoding="utf-8").splitlines()}
    assert [line for line in heart.splitlines() if line.strip() not in lines] == []


@pytest.mark.parametrize("page", [*PAGES, ROOT / "docs" / "README.md", ROOT / "docs" / "glossary.md"], ids=str)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#:\s]+)", text):
        assert (page.parent / target).exists(), target


def test_every_example_is_on_a_page() -> None:
    told = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [file.name for file in (ROOT / "docs/how-to/examples").glob("*.py") if file.name not in told] == []
