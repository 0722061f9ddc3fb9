"""What takes time is done in other processes: one pool for the whole app, one run a client, progress and cancel.

A run is cancelled where it tells its progress; one that does not within `GRACE` seconds loses its process, which is
replaced. Questions that take well under a second (`quick`) have a process of their own and never wait behind runs.
"""

from __future__ import annotations

import asyncio
import mmap
import os
import signal
import tempfile
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any, TypeVar

from sim.basics.limits import InputError
from sim.ensemble import Ensemble
from sim.ensemble.processes import Processes

DONE, TOTAL, STOP, PROCESS = range(4)
"""Places of the words."""
WORDS, WORD = 4, 8
R = TypeVar("R")
OnProgress = Callable[[int, int], None]
"""Called in the server with (done, in all)."""

MOST_WAITING = 64
"""Runs that may wait for a process: a class of forty, and some more."""
MOST_QUICK = 8
"""Quick questions that one client may have under way."""
GRACE = 1.0
"""Seconds in which a cancelled run ends by itself."""
TICK = 0.1
"""Seconds between two looks at the progress of a run."""
POLITENESS = 10
"""How far workers stand back behind the server when both want the processor, as Unix counts niceness."""


class Board:
    """The numbers of one run.

    Parameters
    ----------
    path : Path
        Its file, as `new` makes it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), WORDS * WORD)
        self._words: Any = memoryview(self._map).cast("q")

    @classmethod
    def new(cls, folder: Path) -> Board:
        """An empty board, with its file in a folder."""
        number, name = tempfile.mkstemp(dir=folder)
        os.write(number, bytes(WORDS * WORD))
        os.close(number)
        return cls(Path(name))

    def __getitem__(self, place: int) -> int:
        return int(self._words[place])

    def __setitem__(self, place: int, value: int) -> None:
        self._words[place] = value

    def close(self) -> None:
        """Let go of the file, and leave it."""
        self._words.release()
        self._map.close()

    def remove(self) -> None:
        """Let go of the file, and delete it."""
        self.close()
        self.path.unlink(missing_ok=True)


class Stopped(Exception):  # noqa: N818 -- it is no error
    """The run was cancelled."""


@dataclass(eq=False)
class Job:
    """A run that somebody waits for."""

    client: str
    quick: bool
    board: Board
    first: bool = False
    future: Future[Any] | None = None
    awaited: bool = True
    turn: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def stopped(self) -> bool:
        """Whether it was cancelled."""
        return bool(self.board[STOP])

    @property
    def ended(self) -> bool:
        """Whether no process works on it, or will."""
        return not self.awaited if self.future is None else self.future.done()

    @property
    def over(self) -> bool:
        """Whether nobody needs it any more."""
        return self.ended and not self.awaited

    def stop(self) -> None:
        """Tell it to end; call it from the loop of the server."""
        if self.stopped or self.ended:
            return
        self.board[STOP] = 1
        if self.future is None:
            self.turn.set()
        elif not self.future.cancel():
            asyncio.get_running_loop().call_later(GRACE, self._kill)

    def _kill(self) -> None:
        """End the process that works on it; the pool replaces it, and the successor finds the run stopped."""
        if not self.ended and self.board[PROCESS]:
            os.kill(self.board[PROCESS], signal.SIGTERM)


class Runs:
    """The pool; it is opened when the server starts, or by the first run.

    Parameters
    ----------
    workers : int, optional
        Processes for runs; all cores but one, which is the server's, if None.
    waiting : int
        Runs that may wait; one more is refused.
    """

    def __init__(self, workers: int | None = None, waiting: int = MOST_WAITING) -> None:
        self.workers = workers or max((os.cpu_count() or 1) - 1, 1)
        self.waiting = waiting
        self._jobs: list[Job] = []
        self._pools: dict[bool, Processes] = {}
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def open(self) -> None:
        """Start the processes, and let them import what every run needs."""
        if self._folder is not None:
            return
        self._folder = tempfile.TemporaryDirectory(prefix="doctrine-runs-")
        self._pools = {False: Processes(self.workers), True: Processes(1)}
        for quick, pool in self._pools.items():
            for _ in range(1 if quick else self.workers):
                pool.submit(prepared)

    def close(self) -> None:
        """End the processes and whatever they were working on."""
        for pool in self._pools.values():
            pool.shutdown()
        self._pools = {}
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def ahead(self, client: str) -> int:
        """How many runs must end before this client's starts; 0 once it is under way."""
        jobs = [job for job in self._jobs if not job.quick]
        place = next((n for n, job in enumerate(jobs) if job.client == client and not job.stopped), 0)
        return max(place - self.workers + 1, 0)

    def busy(self, client: str) -> bool:
        """Whether a run of this client waits or is under way."""
        return any(job.client == client and not job.quick and not job.stopped for job in self._jobs)

    def cancel(self, client: str) -> None:
        """Stop this client's run, if there is one; whoever waits for it gets `Stopped`."""
        for job in self._jobs:
            if job.client == client and not job.quick:
                job.stop()

    async def ask(
        self,
        client: str,
        function: Callable[..., R],
        *args: Any,
        on_progress: OnProgress | None = None,
        quick: bool = False,
        first: bool = False,
    ) -> R:
        """Call a function in another process and wait for what it returns.

        Parameters
        ----------
        client : str
            Who asks; one run at a time.
        function, *args
            A function that other processes can import (or a `functools.partial` of one), and its arguments.
        on_progress : callable, optional
            Called here with (done, in all), several times a second. The function then gets a keyword `progress` that
            it must call with the same two numbers, often: there it is stopped if it is cancelled.
        quick : bool
            Whether it takes well under a second: it then does not count as the client's run, and never waits for one.
        first : bool
            Whether it goes before the runs of others, and is refused for those of its kind alone: as for a class.

        Returns
        -------
        What the function returns.

        Raises
        ------
        InputError
            If the client has a run already, or too many are waiting.
        Stopped
            If it was cancelled.
        """
        self._admit(client, quick, first)
        self.open()
        job = Job(client, quick, Board.new(Path(self._home)), first)
        work = partial(watched, job.board.path, quick, on_progress is not None, function, args)
        self._jobs.insert(self._place(job), job)
        try:
            ForkingPickler.dumps(work)  # what cannot be sent shall fail here, and not in the pool
            await self._turn_of(job)
            job.future = self._pools[quick].submit(work)
            job.future.add_done_callback(partial(_soon, asyncio.get_running_loop(), self._sweep))
            answer: R = await _result(job, job.future, on_progress)
            return answer
        finally:
            job.awaited = False
            job.stop()
            self._sweep()

    @property
    def _home(self) -> str:
        return self._folder.name if self._folder is not None else ""

    def _place(self, job: Job) -> int:
        """Where a job stands among all: at the end, or behind what is under way and what goes first as well."""
        if job.quick or not job.first:
            return len(self._jobs)
        waits = (
            n for n, other in enumerate(self._jobs) if other.future is None and not other.first and not other.quick
        )
        return next(waits, len(self._jobs))

    async def _turn_of(self, job: Job) -> None:
        """Wait until a process is free for a run."""
        if not job.quick:
            self._call()
            await job.turn.wait()
            if job.stopped:
                raise Stopped

    def _call(self) -> None:
        """Call the runs for which there are processes."""
        for job in [job for job in self._jobs if not job.quick][: self.workers]:
            job.turn.set()

    def _admit(self, client: str, quick: bool, first: bool) -> None:
        """Refuse what is too much."""
        self._sweep()
        if quick:
            if sum(job.client == client and job.quick for job in self._jobs) >= MOST_QUICK:
                raise InputError(f"you have {MOST_QUICK} questions under way; wait for an answer")
            if sum(job.quick for job in self._jobs) >= self.waiting:
                raise InputError(f"{self.waiting} questions are waiting already; try again soon")
        elif self.busy(client):
            raise InputError("a run of yours is under way already; wait for it or cancel it")
        elif sum(not job.quick and job.first == first for job in self._jobs) >= self.workers + self.waiting:
            raise InputError(f"{self.waiting} runs are waiting already, as many as this server takes; try again soon")

    def _sweep(self) -> None:
        """Forget the jobs that have ended; a cancelled one holds its place until its process is done with it."""
        for job in [job for job in self._jobs if job.over]:
            self._jobs.remove(job)
            job.board.remove()
        self._call()


async def _result(job: Job, future: Future[Any], on_progress: OnProgress | None) -> Any:
    """Wait for a job, and tell how far it is."""
    waiting, told = asyncio.wrap_future(future), (0, 0)
    waiting.add_done_callback(_looked_at)
    while not waiting.done():
        await asyncio.wait({waiting}, timeout=TICK)
        now = (job.board[DONE], job.board[TOTAL])
        if on_progress is not None and now != told:
            on_progress(*now)
            told = now
    try:
        return waiting.result()
    except (asyncio.CancelledError, CancelledError):
        raise Stopped from None


def _soon(loop: asyncio.AbstractEventLoop, action: Callable[[], None], _: Future[Any]) -> None:
    """Do something in the loop of the server, from wherever a run ends; not if that has ended before."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(action)


def _looked_at(future: asyncio.Future[Any]) -> None:
    """Count an error as seen, even if whoever asked is gone."""
    if not future.cancelled():
        future.exception()


def watched(path: Path, quick: bool, tells: bool, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """In a worker: call a function, let it tell its progress, and stop it there if that is wished."""
    if not quick:
        _stand_back()
    board = Board(path)
    try:
        board[PROCESS] = os.getpid()
        _go_on(board)
        return function(*args, progress=partial(_tell, board)) if tells else function(*args)
    finally:
        board.close()


def _tell(board: Board, done: int, total: int) -> None:
    board[DONE], board[TOTAL] = done, total
    _go_on(board)


def _go_on(board: Board) -> None:
    if board[STOP]:
        raise Stopped


@cache
def _stand_back() -> None:
    """In a worker, once: let the server and quick questions go first."""
    if hasattr(os, "nice"):
        os.nice(POLITENESS)


def prepared() -> None:
    """In a worker: import what every run needs, and read what every run reads, by living through one small one."""
    from sim.ensemble.study import one_scenario
    from sim.questions.compare.ensemble_numbers import ensemble_numbers
    from sim.questions.explain import reasons as explain

    study = one_scenario("outlook", Ensemble(2))
    ensemble_numbers(study.simulate())
    explain.explain(study.base, study.ensemble.seed, 0, study.base.start)


runs = Runs()
"""The pool of the app; the server opens and closes it (`sim.browser.server`)."""
