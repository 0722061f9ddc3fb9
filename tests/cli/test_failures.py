"""What is nobody's mistake: exit code 1, a line in plain words, the previous result whole."""

import errno

import pytest

from sim.answers import ensemble_answer
from sim.cli.answers import FOLLOWING
from sim.ensemble.processes import WorkerError
from sim.model import DomainError
from sim.store.provenance import sha256

FAILURES = {
    "a full disk": (OSError(errno.ENOSPC, "No space left on device"), "the disk is full; nothing was written"),
    "a full memory": (MemoryError(), "ask for fewer --worlds"),
    "a killed worker": (WorkerError("a worker process died"), "a worker process died; nothing was written"),
    "a broken model": (DomainError("world 7, 2026-02, us: need is nan, must be from 0 to 1"), "world 7, 2026-02, us"),
    "a bug": (ZeroDivisionError("division by zero"), "failed: ZeroDivisionError: division by zero"),
    "a silent bug": (KeyError(), "failed: KeyError"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_leaves_the_previous_result_whole(failure, doctrine, monkeypatch, tmp_path):
    error, words = FAILURES[failure]
    doctrine("run", "short.toml", "--worlds", 3, "--no-paths")
    before = sha256(tmp_path / "results")

    def fail(*_):
        raise error

    monkeypatch.setattr(ensemble_answer, "draw_all", fail)
    answer = doctrine("run", "short.toml", "--worlds", 4, "--no-paths", "--force")
    assert answer.code == 1
    assert answer.out.endswith(f"\n{FOLLOWING}\n")
    assert words in answer.err
    assert "Traceback" not in answer.err
    assert sha256(tmp_path / "results") == before


def test_an_interrupt_says_that_nothing_was_written(doctrine, monkeypatch, tmp_path):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(ensemble_answer, "draw_all", interrupt)
    answer = doctrine("run", "short.toml", "--worlds", 3, "--no-paths")
    assert (answer.code, answer.err) == (130, "doctrine: interrupted; nothing was written\n")
    assert not (tmp_path / "results").exists()


def test_an_interrupt_after_the_end_says_where_the_results_are(doctrine, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.cli.ensembles.show_place", interrupt)
    answer = doctrine("run", "short.toml", "--worlds", 3, "--no-paths")
    assert answer.code == 130
    assert "the results are in results/short" in answer.err


@pytest.mark.parametrize("how", ["option", "variable"])
def test_a_traceback_can_be_asked_for(how, doctrine, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(ensemble_answer, "draw_all", fail)
    monkeypatch.setenv("DOCTRINE_DEBUG", "1" if how == "variable" else "")
    with pytest.raises(ZeroDivisionError):
        doctrine("run", "short.toml", "--worlds", 3, "--no-paths", *(["--debug"] if how == "option" else []))
