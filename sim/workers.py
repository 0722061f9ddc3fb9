"""Work in other processes: results as they come, nothing left running when it is interrupted or a process dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


class WorkerError(RuntimeError):
    """A process ended before its work was done: killed, or out of memory."""


def in_processes(work: Callable[[T], R], tasks: Sequence[T], jobs: int) -> Generator[tuple[T, R]]:
    """Work on tasks in fresh processes and hand out each task with its result, in the order in which they finish.

    Close the iterator (`contextlib.closing`) when it may not be used up: that ends the processes.

    Parameters
    ----------
    work : callable
        A function that other processes can import.
    tasks : sequence
        What it is called with, one at a time.
    jobs : int
        Processes at most.

    Raises
    ------
    WorkerError
        If a process was killed.
    """
    fresh = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=fresh, initializer=_follow_parent)
    try:
        with _uninterrupted_children():
            futures = {pool.submit(work, task): task for task in tasks}
        for future in as_completed(list(futures)):
            yield futures.pop(future), future.result()
    except BrokenProcessPool:
        _end(pool)
        raise WorkerError("a worker process died before its work was done: killed, or out of memory") from None
    except BaseException:
        _end(pool)
        raise
    pool.shutdown()


def _end(pool: ProcessPoolExecutor) -> None:
    """End the processes of a pool now, whatever they are doing."""
    # Without this they would finish the blocks in hand first; Python 3.14 has a public name for it.
    for process in list((pool._processes or {}).values()):
        process.terminate()
    pool.shutdown(cancel_futures=True)


@contextmanager
def _uninterrupted_children() -> Iterator[None]:
    """Start processes that do not hear Ctrl-C, which a terminal sends to all: the parent hears it and ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _follow_parent() -> None:
    """First thing in a new process: leave Ctrl-C to the parent, and end when the parent does, even if it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
