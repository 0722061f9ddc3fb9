"""The command line as a user has it, but in this process, in an empty folder, and without the figures."""

import codecs
import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from sim import cli
from sim.answers import ensemble_answer
from sim.cli import options
from sim.store import result_folder as store

SHORT = """\
extends = "outlook"
title = "Half a year"
question = "What can happen in half a year?"
months = 6
"""


DRAW_ALL = ensemble_answer.draw_all


class Answer(NamedTuple):
    code: int
    out: str
    err: str


Doctrine = Callable[..., Answer]


@pytest.fixture(scope="session")
def drawing() -> Callable[..., None]:
    """The figures after all: `draw_all` as it is when no test has replaced it."""
    return DRAW_ALL


@pytest.fixture
def doctrine(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Doctrine:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("DOCTRINE_DEBUG", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setattr(
        ensemble_answer, "draw_all", lambda _, __, folder, *___: (folder / "report.html").write_text("<html>")
    )
    monkeypatch.setattr(options, "cores", lambda: 1)  # a process that draws takes longer to start than a test
    (tmp_path / "short.toml").write_text(SHORT)

    def answer(*words: object) -> Answer:
        code = cli.main([str(word) for word in words])
        return Answer(code, *capsys.readouterr())

    return answer


@pytest.fixture(autouse=True)
def tables_for_spreadsheets(tmp_path: Path) -> Iterator[None]:
    """Every table that a command writes is ASCII, or begins with the mark by which a spreadsheet reads it."""
    yield
    for path in tmp_path.rglob("*.csv*"):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        assert content.isascii() or content.startswith(codecs.BOM_UTF8), path


@pytest.fixture(scope="session")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of a comparison."""
    from sim.ensemble import Ensemble
    from sim.ensemble.study import comparison
    from sim.scenario import load

    place = tmp_path_factory.mktemp("results") / "short"
    study = comparison(load("outlook").with_horizon(6), ["architectural", "transactional"], ensemble=Ensemble(worlds=5))
    with store.new_results(place) as folder:
        ensemble_answer.write_data(study.simulate(), study, folder)
    return place
