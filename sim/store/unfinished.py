"""A large run while it lasts: what is done lies beside the place of the results, in `NAME.unfinished`.

    run.json            what was asked: scenarios, seed, worlds, versions
    parts/000017.npz    the digest of a batch; it is there if and only if the batch's worlds are, too
    worlds.zarr         a row a world
    paths.zarr          monthly paths, if they are kept

Whatever stops the run, a batch is there whole or not at all: its digest is renamed into place after its worlds have
been written, and worlds written twice give the same bytes.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.ensemble import BLOCK, Progress
from sim.ensemble.batches import Batch, Batched, BlockError, batches, each, world_months
from sim.ensemble.engine import Engine
from sim.folders import KEPT, FolderError, locked
from sim.limits import InputError
from sim.questions.labels import month_text
from sim.questions.since import start_of_effect
from sim.store import monthly_paths, provenance, regions, world_table
from sim.study import Study

if TYPE_CHECKING:
    import xarray as xr

    from sim.questions.results import Digest

WORTHLESS = 1
"""Finished batches that are not worth keeping: the first is simulated again for the figures anyway."""
ORDER, PARTS = "run.json", "parts"
SUFFIX = ".unfinished"
Order = dict[str, Any]


def order(study: Study, paths: bool) -> Order:
    """What makes two runs the same: the same order gives the same bytes."""
    return {
        "program": provenance.PROGRAM,
        "version": provenance.version(),
        "scenarios": {label: scenario.digest for label, scenario in study.scenarios.items()},
        "worlds": study.worlds,
        "seed": study.seed,
        "paths": paths,
        "batch": BLOCK,
        "packages": provenance.packages(),
    }


class Unfinished:
    """The folder of a run that is not finished.

    Parameters
    ----------
    folder : Path
        Where it is.
    wanted : Order
        What was asked.
    """

    def __init__(self, folder: Path, wanted: Order) -> None:
        self.folder, self.order = folder, wanted
        self.worlds, self.paths = folder / world_table.ARRAYS, folder / monthly_paths.FOLDER

    @property
    def parts(self) -> int:
        """How many batches there are when it is finished."""
        return -(-int(self.order["worlds"]) // BLOCK)

    def begin(self, sample: xr.Dataset) -> None:
        """Make room for all worlds, unless there is room already."""
        rows = sample.drop_dims("month")
        wanted = {self.worlds: rows}
        if self.order["paths"]:
            wanted[self.paths] = sample.drop_vars(rows.data_vars)
        if (self.folder / PARTS).exists() and all(place.exists() for place in wanted):
            return
        for place in (self.folder / PARTS, *wanted):
            shutil.rmtree(place, ignore_errors=True)
        for place, part in wanted.items():
            regions.create(place, part, self.order["worlds"], min(BLOCK, self.order["worlds"]))
        (self.folder / PARTS).mkdir()

    def add(self, batch: Batch, found: Batched) -> None:
        """Keep a batch."""
        rows = found.worlds.drop_dims("month", errors="ignore")
        regions.put(self.worlds, rows, batch.start)
        if batch.paths:
            regions.put(self.paths, found.worlds.drop_vars(rows.data_vars), batch.start)
        part = self._part(batch.number)
        being_written = part.with_suffix(".writing")
        with being_written.open("wb") as file:
            np.savez(file, **found.digest._asdict())
        being_written.replace(part)

    def done(self) -> set[int]:
        """Numbers of the batches that are there."""
        return {int(part.stem) for part in (self.folder / PARTS).glob("*.npz")}

    def digest(self) -> Digest:
        """The digest of all batches."""
        from sim.questions.results import together

        return together(map(self._digest, sorted(self.done())))

    def _digest(self, number: int) -> Digest:
        """The digest of a batch."""
        from sim.questions.results import Digest

        with np.load(self._part(number)) as part:
            return Digest(**{name: part[name] for name in Digest._fields})

    def _part(self, number: int) -> Path:
        return self.folder / PARTS / f"{number:06d}.npz"


@contextmanager
def unfinished(place: Path, wanted: Order, resume: bool, force: bool) -> Iterator[Unfinished]:
    """Hand out the folder of a run that will be at `place`: what an interrupted one left, or a new one.

    An empty one vanishes in the end, and so does one that is finished.

    Raises
    ------
    InputError
        If there is nothing to resume, or what is there is another run, or may be one that shall be resumed.
    """
    folder = _shown(Path(f"{os.path.realpath(place)}{SUFFIX}"))
    if resume:
        _same_run(folder, wanted)
    else:
        _make_room(folder, force)
        folder.mkdir(parents=True)
        (folder / ORDER).write_text(json.dumps(wanted, indent=2) + "\n", encoding="utf-8")
    run = Unfinished(folder, wanted)
    with locked(folder):
        try:
            yield run
        except BaseException as stop:
            if len(run.done()) <= WORTHLESS:
                shutil.rmtree(folder, ignore_errors=True)
            else:
                stop.add_note(
                    f"{KEPT}{len(run.done())} of {run.parts} parts are kept in {folder}; "
                    "the same command with --resume finishes the rest"
                )
            raise
        shutil.rmtree(folder)


def _shown(path: Path) -> Path:
    """The path as a user would write it from here."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _make_room(folder: Path, force: bool) -> None:
    """Take away what an interrupted run left, if that is wanted."""
    if not folder.exists():
        return
    done = len(list((folder / PARTS).glob("*.npz")))
    if done and not force:
        raise FolderError(
            f"{folder}: an interrupted run left {done} finished parts there; --resume finishes it, --force starts anew"
        )
    with locked(folder):
        shutil.rmtree(folder)


def _same_run(folder: Path, wanted: Order) -> None:
    """Make sure that what is there is a part of what is wanted."""
    try:
        there = json.loads((folder / ORDER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"resume: there is no interrupted run at {folder}") from None
    except (OSError, ValueError) as error:
        raise FolderError(f"{folder / ORDER}: cannot be read ({error}); --force starts anew") from None
    for key, value in wanted.items():
        if there.get(key) != value:
            raise InputError(
                f"resume: the interrupted run at {folder} has other {key}: {_short(there.get(key))}, not "
                f"{_short(value)}; use what it was started with, or --force to start anew"
            )


def _short(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 80 else f"{text[:77]}..."  # noqa: PLR2004 -- a line


def complete(
    run: Unfinished, study: Study, sample: xr.Dataset, changed: Any, where: Engine, progress: Progress | None = None
) -> None:
    """Simulate the batches that are not there yet.

    Parameters
    ----------
    run : Unfinished
        Where they go.
    study : Study
        What was asked.
    sample : xarray.Dataset
        The worlds of the first batch, which are there for the figures anyway.
    changed : datetime64, str or None
        Month of the change that the run is about.
    where : Engine
        Who works on them.

    Raises
    ------
    BlockError
        If batches failed, after all others are done.
    """
    from sim.questions.results import digest

    since = month_text(start_of_effect(sample, changed))
    every = batches(study.scenarios, study.worlds, study.seed, since, run.order["paths"])
    run.begin(sample)
    if 0 not in run.done():
        run.add(every[0], Batched(sample, digest(sample, since)))
    wanted = [batch for batch in every if batch.number not in run.done()]
    moved, total = sum(map(world_months, every)) - sum(map(world_months, wanted)), sum(map(world_months, every))
    failures: list[BlockError] = []
    for batch, found in each(where, wanted, failures):
        run.add(batch, found)
        moved += world_months(batch)
        if progress is not None:
            progress(moved, total)
    if failures:
        more = f" (and {len(failures) - 1} other parts failed)" if failures[1:] else ""
        raise BlockError(f"{failures[0]}{more}") from failures[0]
