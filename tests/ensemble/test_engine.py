"""Where work is done makes no difference to what comes out; a killed process costs time and nothing else."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sim.ensemble.engine import Engine, completed, engine
from sim.ensemble.workers import WorkerError
from sim.limits import InputError


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
