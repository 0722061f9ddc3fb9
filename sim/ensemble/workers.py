"""Processes of this machine as an Executor: nothing left running when it is interrupted, a killed one is replaced.

Every process has a pipe of its own, and a thread that talks through it. That is why this is not a
`ProcessPoolExecutor`, whose processes share one pipe: there, a process that is killed while it hands over a large
result leaves everybody waiting for the rest of it, and one that is killed at any time ends the whole pool.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

TRIES = 2
"""Processes that may die over a task before it counts as failed: the second time it is the task that kills them."""
Call = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]
"""A function that other processes can import, and its arguments."""
Answer = tuple[Any, BaseException | None]
"""A result, or what went wrong instead."""


class WorkerError(RuntimeError):
    """Processes ended before their work was done: killed, or out of memory."""


class Worker(NamedTuple):
    """A process and our end of its pipe."""

    process: SpawnProcess
    pipe: Connection[Any, Any]


class Processes(Executor):
    """So many fresh processes; to be used in a `with` statement, which ends them.

    Parameters
    ----------
    jobs : int
        How many.
    """

    def __init__(self, jobs: int) -> None:
        self._tasks: SimpleQueue[tuple[Future[Any], Call] | None] = SimpleQueue()
        self._closing = False
        self._hiring = threading.Lock()
        self._workers = [_hired() for _ in range(jobs)]
        self._leaders = [threading.Thread(target=self._lead, args=(place,), daemon=True) for place in range(jobs)]
        for leader in self._leaders:
            leader.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Let one of the processes call a function that it can import; see `concurrent.futures.Executor`."""
        future: Future[Any] = Future()
        self._tasks.put((future, (fn, args, kwargs)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes at once; what they were working on is lost."""
        del wait, cancel_futures
        with self._hiring:
            self._closing = True
            for worker in self._workers:
                worker.process.terminate()
        for _ in self._leaders:
            self._tasks.put(None)
        for leader in self._leaders:
            leader.join()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()

    def _lead(self, place: int) -> None:
        """Hand tasks to one process, one at a time, until there are no more."""
        while (item := self._tasks.get()) is not None:
            future, call = item
            if self._closing or not future.set_running_or_notify_cancel():
                future.cancel()
                continue
            result, error = self._answer(place, call)
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)

    def _answer(self, place: int, call: Call) -> Answer:
        """What the process answers, or its successor if it dies over it."""
        for _ in range(TRIES):
            pipe = self._workers[place].pipe
            try:
                pipe.send(call)
                answer: Answer = pipe.recv()
                return answer
            except (EOFError, OSError):
                self._replace(place)
                if self._closing:
                    break
        return None, WorkerError("a worker process died before its work was done, twice: killed, or out of memory")

    def _replace(self, place: int) -> None:
        """Hire a successor, unless everybody is being sent home."""
        with self._hiring:
            if self._closing:
                return
            old = self._workers[place]
            old.process.join()
            old.pipe.close()
            self._workers[place] = _hired()


def _hired() -> Worker:
    fresh = multiprocessing.get_context("spawn")
    ours, theirs = fresh.Pipe()
    process = fresh.Process(target=serve, args=(theirs,), daemon=True)
    with _deaf_to_interrupts():
        process.start()
    theirs.close()
    return Worker(process, ours)


def serve(pipe: Connection[Any, Any]) -> None:
    """Work on what comes through the pipe until its other end is gone; Ctrl-C is left to whoever holds that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            pipe.send(_called(pipe.recv()))


def _end_with_parent() -> None:
    """End at once when the parent is killed, in the middle of whatever is being worked on."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _called(call: Call) -> Answer:
    function, args, kwargs = call
    try:
        return function(*args, **kwargs), None
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
