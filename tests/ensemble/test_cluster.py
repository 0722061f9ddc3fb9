"""A real scheduler with two workers on loopback: the same bytes, also when a worker is killed half-way."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from sim.answers import ensemble_answer
from sim.answers.ensemble_answer import Writing, written_in_batches
from sim.ensemble.study import Study
from sim.store import unfinished
from sim.store.provenance import sha256

PATIENCE = 60.0
pytestmark = [pytest.mark.long, pytest.mark.skipif(os.name != "posix", reason="kills a process the POSIX way")]


class Cluster(NamedTuple):
    address: str
    workers: list[subprocess.Popen[bytes]]


def started(folder: Path, program: str, *words: str) -> subprocess.Popen[bytes]:
    """A program of dask's; what it says, and its own files, go into a folder."""
    environment = os.environ | {"DASK_TEMPORARY_DIRECTORY": str(folder), "PYTHONWARNINGS": "ignore"}
    line = [sys.executable, "-m", f"distributed.cli.{program}", "--host", "127.0.0.1", "--no-dashboard", *words]
    with (folder / f"{program}.log").open("ab") as log:
        return subprocess.Popen(line, stdout=log, stderr=log, cwd=folder, env=environment)


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    place = folder / "scheduler.json"
    processes = [started(folder, "dask_scheduler", "--port", "0", "--scheduler-file", str(place))]
    try:
        end = time.monotonic() + PATIENCE
        while not place.exists() and time.monotonic() < end:
            time.sleep(0.1)
        alone = ("--nthreads", "1", "--no-nanny", "--scheduler-file", str(place))
        processes += [started(folder, "dask_worker", *alone) for _ in range(2)]
        yield Cluster(json.loads(place.read_text())["address"], processes[1:])
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_a_cluster_gives_the_same_bytes_also_when_a_worker_is_killed(
    study: Study, small_batches: int, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ensemble_answer, "draw_all", lambda _, __, folder, *___: (folder / "report.html").touch())
    written_in_batches(study, tmp_path / "here", Writing(paths=True))
    add, added = unfinished.Unfinished.add, []

    def killing(run, batch, found):
        add(run, batch, found)
        added.append(batch.number)
        if len(added) == 2:
            cluster.workers[0].send_signal(signal.SIGKILL)

    monkeypatch.setattr(unfinished.Unfinished, "add", killing)
    written_in_batches(study, tmp_path / "there", Writing(paths=True, cluster=cluster.address))
    assert sorted(added) == list(range(-(-study.ensemble.worlds // small_batches)))
    assert cluster.workers[0].wait(timeout=PATIENCE) == -signal.SIGKILL
    assert sha256(tmp_path / "there") == sha256(tmp_path / "here")
