"""Figures drawn beside each other: the same bytes, whoever draws them, and whatever becomes of who began."""

import os
import signal
from concurrent.futures import Executor, Future

import pytest

from sim import figures
from sim.ensemble import Ensemble, simulate
from sim.ensemble.processes import COPIES, FRESH, Engine, WorkerError, further
from sim.figures import beside
from sim.scenario import load

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def dataset():
    short = load("outlook").with_horizon(4)
    return simulate({name: short.with_doctrine("us", name) for name in ("architectural", "transactional")}, Ensemble(9))


@pytest.fixture(scope="module")
def alone(dataset):
    return beside.begun(beside.Shown(dataset))()


def test_alone_all_of_them_are_drawn_in_order(alone):
    assert tuple(alone) == figures.FIGURES
    assert all(picture.svg.startswith(b"<?xml") and picture.png[1:4] == b"PNG" for picture in alone.values())


@pytest.mark.skipif(os.name != "posix", reason="kills a process the POSIX way")
@pytest.mark.parametrize("at_hand", [False, True])
@pytest.mark.parametrize(("kind", "killed"), [(FRESH, False), (COPIES, False), (COPIES, True)])
def test_processes_draw_the_same_bytes_even_if_one_is_killed(kind, killed, at_hand, dataset, alone):
    shown = beside.Shown(dataset)
    with further(1, kind, shown if at_hand else None) as where:
        ended = beside.begun(shown, where, at_hand)
        if killed:
            os.kill(where.executor._workers[0].process.pid, signal.SIGKILL)
        assert ended() == alone


class Failing(Executor):
    """Processes that die over everything."""

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        future.set_exception(WorkerError("killed"))
        return future


def test_what_no_process_brings_is_drawn_here(dataset, alone):
    assert beside.begun(beside.Shown(dataset), Engine(Failing(), 2, 2))() == alone


class Busy(Executor):
    """Processes that are at the first figure, and bring it."""

    def submit(self, fn, /, names, shown):
        future = Future()
        if names == [figures.FIGURES[0]]:
            future.set_running_or_notify_cancel()
            future.set_result(dict.fromkeys(names, "theirs"))
        return future


def test_who_is_done_takes_the_figures_that_nobody_has_begun(dataset, alone):
    found = beside.begun(beside.Shown(dataset), Engine(Busy(), 2, 1), at_hand=True)()
    assert found == alone | {figures.FIGURES[0]: "theirs"}
    assert tuple(found) == figures.FIGURES


def test_worlds_too_large_for_copies_are_drawn_here(dataset, monkeypatch, alone):
    monkeypatch.setattr(beside, "MOST_BYTES", dataset.nbytes - 1)
    assert beside.begun(beside.Shown(dataset), Engine(None, 2, 2))() == alone


def test_nobody_else_draws_where_no_process_may_be_started(monkeypatch):
    monkeypatch.setattr("sim.ensemble.processes.may_have_children", lambda: False)
    with further(3) as where:
        assert where.processes == 0
