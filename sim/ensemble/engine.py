"""Where work is done: here, in processes of this machine, or on a cluster, behind one interface.

The interface is `concurrent.futures.Executor`. Results do not depend on the engine, on the number of workers, or on the
order in which they finish.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

from sim.limits import InputError
from sim.mistakes import shown

T = TypeVar("T")
R = TypeVar("R")

QUEUED = 2
"""Tasks handed out for each worker, so that none waits for the next."""
RETRIES = 2
"""Times that the cluster tries a task again which failed with its worker."""
PATIENCE = 20
"""Seconds to wait for the cluster's scheduler to answer."""


class Engine(NamedTuple):
    """An Executor, and how many tasks to hand it at a time."""

    executor: Executor
    width: int


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


@contextmanager
def engine(jobs: int = 1, cluster: str | None = None) -> Iterator[Engine]:
    """Where to work: on the cluster if there is one, otherwise in so many processes, of which 1 is this one.

    Parameters
    ----------
    jobs : int
        Processes.
    cluster : str, optional
        Address of a dask scheduler, such as "tcp://127.0.0.1:8786".

    Raises
    ------
    InputError
        If there is no such scheduler, or dask is not installed.
    """
    if cluster is not None:
        with _connected(cluster) as client:
            workers = max(sum(client.nthreads().values()), 1)
            yield Engine(client.get_executor(pure=False, retries=RETRIES), QUEUED * workers)
    elif jobs == 1:
        yield Engine(Here(), 1)
    else:
        from sim.ensemble.workers import Processes

        with Processes(jobs) as processes:
            yield Engine(processes, QUEUED * jobs)


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
