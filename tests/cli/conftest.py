"""The command line as a user has it, but in this process, in an empty folder, and without the figures."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from sim import cli, store

SHORT = """\
extends = "outlook"
title = "Half a year"
question = "What can happen in half a year?"
months = 6
"""


DRAW_ALL = store.draw_all


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
    monkeypatch.setattr(store, "draw_all", lambda _, __, folder, ___: (folder / "report.html").write_text("<html>"))
    (tmp_path / "short.toml").write_text(SHORT)

    def answer(*words: object) -> Answer:
        code = cli.main([str(word) for word in words])
        return Answer(code, *capsys.readouterr())

    return answer


@pytest.fixture(scope="session")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of a comparison."""
    from sim.scenario import load
    from sim.study import comparison

    place = tmp_path_factory.mktemp("results") / "short"
    study = comparison(load("outlook").with_horizon(6), ["architectural", "transactional"], worlds=5)
    with store.new_results(place) as folder:
        store.write(study.simulate(), study, folder)
    return place
