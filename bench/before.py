"""What a user waits for, now and at a commit before: `python -m bench --against REV`, in pairs that take turns.

Both trees run the same commands as processes of their own, forwards and backwards by turns, with the packages of this
interpreter and with compiled modules. The ratio of two that shared their minutes holds where their seconds do not; what
is told is the median of the pairs' ratios. CPU time is that of a command and of every process that it starts, read from
`/proc` at the moment at which its findings are on the screen.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pandas as pd

from bench.clock import once
from bench.worlds import live_in_blocks, scenario
from sim.ensemble import BLOCK

ROOT = Path(__file__).parents[1]
COMPARED = ("compare", "history", "architectural", "transactional", "--worlds", "1000")
LARGE = ("run", "history", "--no-paths", "--worlds")
FOUND = ("Figures and tables follow", "In ")
"""How the first line begins that follows what was found, now and before."""
PROC, TICKS = Path("/proc"), 100.0
BLOCKS = 4
"""Blocks of the model that are timed for its own time."""


class Waited(NamedTuple):
    """How a command ran: CPU seconds until its findings were printed, CPU and wall seconds to its end."""

    found: float
    cpu: float
    wall: float


class Target(NamedTuple):
    """A ratio of now to before: what it is of, and what it shall reach."""

    name: str
    goal: float
    ratio: Callable[[Waited, Waited], float]
    """Of how it ran before, and now."""
    at_most: bool = True


COMPARISON = (
    Target("first findings, CPU, over the whole command before", 0.25, lambda before, now: now.found / before.cpu),
    Target("the whole comparison, wall time", 0.55, lambda before, now: now.wall / before.wall),
    Target("the whole comparison, CPU", 1.0, lambda before, now: now.cpu / before.cpu),
)
WORLDS = (
    Target("{worlds} worlds{jobs}, worlds a second", 1.5, lambda before, now: before.wall / now.wall, at_most=False),
)


def against(revision: str, pairs: int, worlds: int, say: Callable[[str], None]) -> pd.DataFrame:
    """Ratios of now to a commit before, one row a target.

    Parameters
    ----------
    revision : str
        The commit.
    pairs : int
        Times that each comparison is repeated; the large run is made once.
    worlds : int
        Worlds of the large run.
    say : callable
        Told how each pair ran.
    """
    with tree(revision) as before:
        for place in (before, ROOT):
            timed(place, (*COMPARED[:-1], "1"))
        rows = _rows(COMPARISON, _pairs(before, COMPARED, pairs, say))
        for jobs in ((), ("--jobs", "1")):
            found = _pairs(before, (*LARGE, str(worlds), *jobs), 1, say)
            names = {"worlds": f"{worlds:,}", "jobs": f" ({' '.join(jobs)})" if jobs else ""}
            rows += [{**row, "target": row["target"].format(**names)} for row in _rows(WORLDS, found)]
    own = once(lambda: live_in_blocks(scenario("history"), BLOCKS * BLOCK, BLOCK)).cpu / (BLOCKS * BLOCK) * worlds
    last = found[-1][1].cpu / own
    over = {"target": f"{worlds:,} worlds (--jobs 1), CPU over the model's own", "ratio": last, "goal": "at most 1.25"}
    return pd.DataFrame([*rows, {**over, "reached": "yes" if last <= 1.25 else "no"}])  # noqa: PLR2004 -- as the line above says


def _rows(targets: tuple[Target, ...], pairs: list[tuple[Waited, Waited]]) -> list[dict[str, Any]]:
    rows = []
    for target in targets:
        ratio = median(target.ratio(*pair) for pair in pairs)
        goal = f"at {'most' if target.at_most else 'least'} {target.goal:g}"
        reached = ratio <= target.goal if target.at_most else ratio >= target.goal
        rows.append({"target": target.name, "ratio": ratio, "goal": goal, "reached": "yes" if reached else "no"})
    return rows


def _pairs(before: Path, words: tuple[str, ...], pairs: int, say: Callable[[str], None]) -> list[tuple[Waited, Waited]]:
    """How a command ran before and now, several times, by turns."""
    found = []
    for turn in range(pairs):
        ran = {place: timed(place, words) for place in ((before, ROOT), (ROOT, before))[turn % 2]}
        found.append((ran[before], ran[ROOT]))
        say(f"{' '.join(words)}: before {_told(ran[before])}, now {_told(ran[ROOT])}")
    return found


def _told(ran: Waited) -> str:
    return f"{ran.found:.2f} s to the findings, {ran.cpu:.2f} s of CPU, {ran.wall:.2f} s"


@contextmanager
def tree(revision: str) -> Iterator[Path]:
    """The files of a commit, in a folder of their own."""
    with TemporaryDirectory() as folder:
        place = Path(folder, "before")
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", place, revision], cwd=ROOT, check=True)
        try:
            yield place
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", place], cwd=ROOT, check=True)


def timed(place: Path, words: tuple[str, ...]) -> Waited:
    """Run a command of the program in a tree, and throw its results away.

    Raises
    ------
    RuntimeError
        If the command fails, or says nothing of what it found.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with TemporaryDirectory() as out:
        command = [sys.executable, "-m", "sim", *words, "--out", f"{out}/found"]
        began = time.perf_counter()
        with subprocess.Popen(
            command, cwd=place, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
        ) as run:
            assert run.stdout is not None
            try:
                found = next((session_cpu(run.pid) for line in run.stdout if line.startswith(FOUND)), None)
                run.stdout.read()
                _, status, used = os.wait4(run.pid, 0)
            except KeyboardInterrupt:
                os.killpg(run.pid, signal.SIGINT)  # a session of its own does not hear of the key
                raise
            run.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - began
    if run.returncode or found is None:
        raise RuntimeError(f"{' '.join(command)}: exit code {run.returncode}")
    return Waited(found, used.ru_utime + used.ru_stime, wall)


def session_cpu(session: int) -> float:
    """CPU seconds so far of all processes of a session, and of those of them that have ended."""
    total = 0.0
    for stat in PROC.glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):  # one that has just ended
            continue
        if int(fields[3]) == session:
            total += sum(map(int, fields[11:15])) / TICKS
    return total
