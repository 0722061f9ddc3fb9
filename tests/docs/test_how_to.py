"""The tutorial and the how-to pages do what they say: files are sound, commands run, and print what the page shows."""

import re
import runpy
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from packages import EXAMPLE as CHINA
from packages import looked_up_anew, offer_the_example
from pages import ROOT, blocks, commands, missing, same, saved_as

from sim import cli
from sim.answers import ensemble_answer

PAGES = [ROOT / "docs" / "tutorial.md", *sorted((ROOT / "docs" / "how-to").glob("*.md"))]
ELSEWHERE = {"run-on-a-cluster.md"}
"""Pages whose commands are too large to run here; test_cluster_page.py runs them small."""


@pytest.fixture
def here(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder, no months of one's own, no figures, a usual terminal, the example package installed."""
    for folder in offer_the_example(tmp_path_factory.mktemp("installed")):
        monkeypatch.syspath_prepend(folder)
    looked_up_anew()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOCTRINE_RECORD", str(tmp_path / "record"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setattr(
        ensemble_answer, "draw_all", lambda _, __, folder, *___: (folder / "report.html").write_text("<html>")
    )
    monkeypatch.setattr("sim.cli.options.cores", lambda: 1)
    yield tmp_path
    monkeypatch.undo()
    looked_up_anew(("doctrine_china",))


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
        if block.language == "csv" or (block.language == "toml" and "mud" not in block.text):
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


@pytest.mark.parametrize(
    ("told", "printed", "alike"),
    [
        ("  settled of 100    22    +8 ± 4", "  settled of 100    22    +8 ± 4", True),
        ("  settled of 100    22    +8 ± 4", "  settled of 100    23    +8 ± 4", True),  # a world on the edge
        ("  settled of 100    22    +8 ± 4", "  settled of 100    30    +8 ± 4", False),
        ("  land    21.91    −0.2 ± 0.1", "  land    21.92    −0.2 ± 0.1", True),
        ("  land    21.91    −0.2 ± 0.1", "  land    21.91    +0.2 ± 0.1", False),
        ("  money    21.91", "  land    21.91", False),
    ],
)
def test_a_stale_number_on_a_page_is_seen(told: str, printed: str, alike: bool) -> None:
    assert same(told, printed) is alike


EXAMPLE = re.compile(r"<!-- prints: (.+?) -->\n```text\n\$ ([^\n]+)\n.*?```\n<!-- /prints -->", re.DOTALL)


def test_every_example_that_is_written_by_a_script_is_of_its_command() -> None:
    """`python docs/make_examples.py` runs them; they are too large for a test."""
    text = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").rglob("*.md"))
    found = EXAMPLE.findall(text)
    assert len(found) == text.count("<!-- prints: doctrine") > 10
    assert [named for named, run in found if named != run] == []


def test_the_heart_of_the_example_is_the_example() -> None:
    page = ROOT / "docs" / "how-to" / "add-an-actor.md"
    heart = next(block.text for block in blocks(page) if block.text.startswith("class China"))
    guest = CHINA / "doctrine_china" / "guest.py"
    lines = {line.strip() for line in guest.read_text(encoding="utf-8").splitlines()}
    assert [line for line in heart.splitlines() if line.strip() not in lines] == []


@pytest.mark.parametrize("page", [*PAGES, ROOT / "docs" / "README.md", ROOT / "docs" / "glossary.md"], ids=str)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#:\s]+)", text):
        assert (page.parent / target).exists(), target


def test_every_example_is_on_a_page() -> None:
    told = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    examples = [folder.name for folder in (ROOT / "docs" / "examples").iterdir() if folder.is_dir()]
    assert examples
    assert [name for name in examples if name not in told] == []
