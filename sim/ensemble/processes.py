"""Where work is done: here, in processes of this machine, or on a cluster, behind one interface.

The interface is `concurrent.futures.Executor`. Results do not depend on the engine, on the number of workers, or on the
order in which they finish.

The processes of this machine leave nothing running when they are interrupted, and a killed one is replaced. Those that
simulate are fresh ones; those that draw are copies of the one that asks, which have everything imported that it has.
Every process has a pipe of its own, and a thread that talks through it. That is why this is not a
`ProcessPoolExecutor`, whose processes share one pipe: there, a process that is killed while it hands over a large
result leaves everybody waiting for the rest of it, and one that is killed at any time ends the whole pool.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sim.basics.limits import InputError
from sim.basics.mistakes import shown

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")

QUEUED = 2
"""Tasks handed out for each worker, so that none waits for the next."""
RETRIES = 2
"""Times that the cluster tries a task again which failed with its worker."""
PATIENCE = 20
"""Seconds to wait for the cluster's scheduler to answer."""
TRIES = 2
"""Processes that may die over a task before it counts as failed: the second time it is the task that kills them."""
READY = "ready"
"""What a process says first: it has started, and what it dies of from now on is its task."""
UNGUARDED = 79
"""Exit code of a process that, while it starts, is asked to start others: a script that is not guarded."""
FRESH = "spawn"
"""How processes start that know nothing of this one."""
COPIES = "fork" if sys.platform == "linux" else FRESH
"""How processes start that have at hand what this one has imported, where the system can be relied on for that."""
_at_hand: dict[str, Any] = {}
Call = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]
"""A function that other processes can import, and its arguments."""
Reply = tuple[Any, BaseException | None]
"""A result, or what went wrong instead."""


class Engine(NamedTuple):
    """An Executor, how many tasks to hand it at a time, and how many further processes of this machine it has."""

    executor: Executor
    width: int
    processes: int = 0


class Here(Executor):
    """The process that asks: a task is done when it is handed in."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call the function; see `concurrent.futures.Executor`."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


HERE = Engine(Here(), 1)
"""No further process."""


@contextmanager
def engine(jobs: int = 1, cluster: str | None = None) -> Iterator[Engine]:
    """Where to work: on the cluster if there is one, otherwise in so many processes, of which 1 is this one.

    A process of a `multiprocessing.Pool` may start no others: it does all the work itself, with the same results.

    Parameters
    ----------
    jobs : int
        Processes.
    cluster : str, optional
        Address of a dask scheduler, such as "tcp://127.0.0.1:8786".

    Raises
    ------
    InputError
        If there is no such scheduler, or dask is not installed; or the script that asks for processes cannot be started
        anew by them.
    """
    if cluster is not None:
        with _connected(cluster) as client:
            workers = max(sum(client.nthreads().values()), 1)
            yield Engine(client.get_executor(pure=False, retries=RETRIES), QUEUED * workers)
        return
    with further(jobs if jobs > 1 else 0) as here:
        yield here


@contextmanager
def further(processes: int, kind: str = FRESH, given: Any = None) -> Iterator[Engine]:
    """So many processes of this machine beside this one; none within a process of a `multiprocessing.Pool`.

    Parameters
    ----------
    processes : int
        How many.
    kind : str
        `FRESH`, or `COPIES` for what is not worth the second that a fresh process takes to import everything again.
    given : optional
        What every one of them has at hand from the start, as `given()`; a copy need not be sent it.

    Raises
    ------
    InputError
        As in `engine`.
    """
    if processes == 0 or not may_have_children():
        yield HERE
    else:
        with Processes(processes, kind, given) as executor:
            yield Engine(executor, QUEUED * processes, processes)


def completed(where: Engine, work: Callable[[T], R], tasks: Iterable[T]) -> Generator[tuple[T, Future[R]]]:
    """Work on tasks and hand out each with its future, in the order in which they finish, few at a time."""
    pending: dict[Future[R], T] = {}
    waiting = iter(tasks)
    while True:
        while len(pending) < where.width and (task := next(waiting, None)) is not None:
            pending[where.executor.submit(work, task)] = task
        if not pending:
            return
        for future in wait(pending, return_when=FIRST_COMPLETED).done:
            yield pending.pop(future), future


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """A client of the cluster's scheduler."""
    try:
        from distributed import Client
    except ImportError:
        raise InputError("cluster: needs dask, which is not installed: pip install 'doctrine-sim[cluster]'") from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError(
            f"cluster: no dask scheduler answers at {shown(address)} ({reason}); "
            "start one with `dask scheduler`, and workers with `dask worker ADDRESS`"
        ) from None
    with client:
        yield client


# ---- the processes of this machine


class WorkerError(RuntimeError):
    """Processes ended before their work was done: killed, or out of memory."""


class UnguardedError(SystemExit):
    """A process that is still starting was asked to start others: it ends without a word, its parent speaks."""

    def __init__(self) -> None:
        super().__init__(UNGUARDED)


class Worker(NamedTuple):
    """A process and our end of its pipe."""

    process: BaseProcess
    pipe: Connection[Any, Any]


class Processes(Executor):
    """So many fresh processes; to be used in a `with` statement, which ends them.

    Parameters
    ----------
    jobs : int
        How many.
    kind : str
        `FRESH` or `COPIES`.
    given : optional
        What every one of them has at hand.

    Raises
    ------
    UnguardedError
        If this process is itself one that is just starting.
    """

    def __init__(self, jobs: int, kind: str = FRESH, given: Any = None) -> None:
        if starting():
            raise UnguardedError
        self._given = given
        self._tasks: SimpleQueue[tuple[Future[Any], Call] | None] = SimpleQueue()
        self._closing = False
        self._hiring = threading.Lock()
        self._workers = [_hired(kind, given) for _ in range(jobs)]
        self._started = [False] * jobs
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

    def _answer(self, place: int, call: Call) -> Reply:
        """What the process answers, or its successor if it dies over it; nothing if it cannot even start."""
        for _ in range(TRIES):
            worker = self._workers[place]
            try:
                if not self._started[place]:
                    self._started[place] = worker.pipe.recv() == READY
                worker.pipe.send(call)
                answer: Reply = worker.pipe.recv()
                return answer
            except (EOFError, OSError):
                started = self._started[place]
                self._replace(place)
                if self._closing:
                    break
                if not started and (failed := _cannot_start(worker.process.exitcode)):
                    return None, failed
        return None, WorkerError("a worker process died before its work was done, twice: killed, or out of memory")

    def _replace(self, place: int) -> None:
        """Hire a successor, unless everybody is being sent home: a fresh one, since a copy of threads is none."""
        with self._hiring:
            if self._closing:
                return
            old = self._workers[place]
            old.process.join()
            old.pipe.close()
            self._workers[place], self._started[place] = _hired(FRESH, self._given), False


def starting() -> bool:
    """Whether this process is one that another has started, and still imports the script of that one."""
    return bool(getattr(multiprocessing.current_process(), "_inheriting", False))


def may_have_children() -> bool:
    """Whether this process may start others: those of a `multiprocessing.Pool` may not."""
    return not multiprocessing.current_process().daemon


def _cannot_start(code: int | None) -> InputError | None:
    """Why a process ended before it was ready; None if it was killed, which the next one need not be."""
    if code is None or code < 0:
        return None
    if code == UNGUARDED:
        return InputError(
            "jobs: every further process imports this script anew, and so runs it anew; "
            'put what it does under `if __name__ == "__main__":`, or ask for jobs=1'
        )
    return InputError(
        "jobs: a further process cannot import what this one was started from (its own words are above); "
        'run it from a file whose work stands under `if __name__ == "__main__":`, or ask for jobs=1'
    )


def _hired(kind: str, given: Any) -> Worker:
    started: Any = multiprocessing.get_context(kind)
    ours, theirs = started.Pipe()
    process = started.Process(target=serve, args=(theirs, given), daemon=True)
    with _deaf_to_interrupts():
        process.start()
    theirs.close()
    return Worker(process, ours)


def given() -> Any:
    """What this process was given at its start; None if nothing, or if it is none that others work in."""
    return _at_hand.get("given")


def serve(pipe: Connection[Any, Any], at_hand: Any = None) -> None:
    """Work on what comes through the pipe until its other end is gone; Ctrl-C is left to whoever holds that."""
    _at_hand["given"] = at_hand
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        pipe.send(READY)
        while True:
            pipe.send(_called(pipe.recv()))


def _end_with_parent() -> None:
    """End at once when the parent is killed, in the middle of whatever is being worked on."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _called(call: Call) -> Reply:
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
