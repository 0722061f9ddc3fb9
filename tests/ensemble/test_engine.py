"""Where work is done makes no difference to what comes out; a killed process costs time and nothing else."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sim.basics.limits import InputError
from sim.ensemble.processes import Engine, WorkerError, completed, engine


def square(number: int) -> int:
    return number * number


def fail_on_three(number: int) -> int:
    if number == 3:
        raise ArithmeticError("three")
    return number


def die_once(mark: str) -> str:
    """Kill the process that works on this, the first time."""
    path = Path(mark)
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def die(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_on_two(number: int) -> int:
    if number == 2:
        die(number)
    return number


def results(where: Engine, work, tasks) -> dict:
    return {task: future.result() for task, future in completed(where, work, tasks)}


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_every_task_is_done_once_by_any_number_of_processes(jobs: int) -> None:
    tasks = list(range(20))
    with engine(jobs) as where:
        found = [(task, future.result()) for task, future in completed(where, square, tasks)]
    assert sorted(found) == [(n, n * n) for n in tasks]


def test_a_task_that_fails_does_not_stop_the_others() -> None:
    for jobs in (1, 2):
        with engine(jobs) as where:
            futures = dict(completed(where, fail_on_three, range(6)))
        failed = {task for task, future in futures.items() if future.exception() is not None}
        assert failed == {3}
        with pytest.raises(ArithmeticError, match="three"):
            futures[3].result()


def test_a_killed_process_is_replaced_and_its_task_done_again(tmp_path: Path) -> None:
    with engine(2) as where:
        found = results(where, die_once, [str(tmp_path / name) for name in "abcd"])
    assert list(found.values()) == ["done"] * 4


def test_a_task_that_kills_every_process_fails_alone() -> None:
    with engine(2) as where:
        futures = dict(completed(where, die_on_two, range(5)))
    assert isinstance(futures[2].exception(), WorkerError)
    assert [futures[n].result() for n in (0, 1, 3, 4)] == [0, 1, 3, 4]


UNGUARDED = """
from tests.ensemble.test_engine import square
from sim.ensemble.processes import completed, engine

with engine(2) as where:
    print([future.result() for _, future in completed(where, square, [1, 2])])
"""


def run_script(*command: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    options = {"capture_output": True, "text": True, "timeout": 60}
    return subprocess.run([sys.executable, *command], check=False, input=text, env=environment, **options)


def test_a_script_without_a_guard_is_told_of_it_once(tmp_path: Path) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text(UNGUARDED)
    done = run_script(str(script))
    assert done.returncode == 1
    assert done.stderr.count("Traceback") == 1, "the processes that were to help end without a word"
    assert done.stderr.splitlines()[-1] == (
        "sim.basics.limits.InputError: jobs: every further process imports this script anew, and so runs it anew; "
        'put what it does under `if __name__ == "__main__":`, or ask for jobs=1'
    )


def test_a_script_that_is_no_file_is_told_that_others_cannot_start_from_it() -> None:
    done = run_script("-", text=UNGUARDED)
    assert done.returncode == 1
    assert "jobs: a further process cannot import what this one was started from" in done.stderr.splitlines()[-1]


def squares_in_a_pool(jobs: int) -> list[int]:
    with engine(jobs) as where:
        return sorted(results(where, square, [1, 2, 3]).values())


def test_a_process_of_a_pool_does_all_the_work_itself() -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(squares_in_a_pool, [2]) == [[1, 4, 9]]


def test_leaving_early_ends_the_processes() -> None:
    with engine(2) as where:
        processes = [worker.process for worker in where.executor._workers]  # type: ignore[attr-defined]
        where.executor.submit(time.sleep, 60.0)
    assert not any(process.is_alive() for process in processes)


def test_tasks_are_handed_out_a_few_at_a_time() -> None:
    """A million tasks are not in memory together: the next is taken when one is done."""
    taken: list[int] = []

    def tasks():
        for number in range(50):
            taken.append(number)
            yield number

    with ThreadPoolExecutor(2) as pool:
        for done, _ in enumerate(completed(Engine(pool, 4), square, tasks()), start=1):
            assert len(taken) <= done + 4
    assert len(taken) == 50


def test_a_cluster_that_is_not_there_says_so() -> None:
    with pytest.raises(InputError, match=r"cluster: no dask scheduler answers at 'nowhere'"), engine(cluster="nowhere"):
        pass
