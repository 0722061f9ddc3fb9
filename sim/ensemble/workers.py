"""Work in other processes: results as they come, nothing left running when it is interrupted or a process dies.

Every process has a pipe of its own. That is why this is not a `ProcessPoolExecutor`, whose processes share one: there,
a process that is killed while it hands over a large result leaves everybody waiting for the rest of it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

T = TypeVar("T")
R = TypeVar("R")
Answer = tuple[Any, BaseException | None]
"""A result, or what went wrong instead."""


class WorkerError(RuntimeError):
    """A process ended before its work was done: killed, or out of memory."""


class Worker(NamedTuple):
    """A process and our end of its pipe."""

    process: SpawnProcess
    pipe: Connection[Any, Any]


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
    workers: list[Worker] = []
    try:
        with _deaf_to_interrupts():
            workers.extend(_hired(work) for _ in range(min(jobs, len(tasks))))
        yield from _results({worker.pipe for worker in workers}, list(reversed(tasks)))
    finally:
        for worker in workers:
            worker.process.terminate()
        for worker in workers:
            worker.process.join()
            worker.pipe.close()


def _hired(work: Callable[[T], R]) -> Worker:
    fresh = multiprocessing.get_context("spawn")
    ours, theirs = fresh.Pipe()
    process = fresh.Process(target=serve, args=(work, theirs), daemon=True)
    process.start()
    theirs.close()
    return Worker(process, ours)


def _results(idle: set[Connection[Any, Any]], waiting: list[T]) -> Iterator[tuple[T, Any]]:
    """Hand out tasks, last first, to whoever is idle, and collect the answers."""
    busy: dict[Any, T] = {}
    while waiting or busy:
        while waiting and idle:
            pipe, task = idle.pop(), waiting.pop()
            _alive(pipe.send, task)
            busy[pipe] = task
        ready: list[Any] = wait(list(busy))
        for pipe in ready:
            result, error = _alive(pipe.recv)
            if error is not None:
                raise error
            yield busy.pop(pipe), result
            idle.add(pipe)


def _alive(talk: Callable[..., Any], *words: Any) -> Any:
    """Talk to a process, as long as it is there."""
    try:
        return talk(*words)
    except (EOFError, OSError):
        raise WorkerError("a worker process died before its work was done: killed, or out of memory") from None


def serve(work: Callable[[Any], Any], pipe: Connection[Any, Any]) -> None:
    """Work on what comes through the pipe until its other end is gone; Ctrl-C is left to whoever holds that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            pipe.send(_answer(work, pipe.recv()))


def _end_with_parent() -> None:
    """End at once when the parent is killed, in the middle of whatever is being worked on."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answer(work: Callable[[Any], Any], task: Any) -> Answer:
    try:
        return work(task), None
    except Exception as error:
        error.add_note("".join(traceback.format_exception(error)))
        return None, error


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Start processes that do not hear Ctrl-C, which a terminal sends to all: the parent hears it and ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # The first process would start this one before itself, which unblocks the signal again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
