"""A large run while it lasts: what is done lies beside the place of the results, in `NAME.unfinished`.

    run.json            what was asked: scenarios, seed, worlds, versions
    parts/000017.part   the digest of a batch, and what it stands for (`sim.store.parts`)
    worlds.zarr         a row a world
    paths.zarr          monthly paths, if they are kept

Whatever stops the run, a batch is there whole or not at all: its digest is renamed into place after its worlds are on
disk, and worlds written twice give the same bytes. When the run is resumed nothing is believed: what is damaged, is
missing or belongs to another order is made again, and what is none of this run's is refused.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.basics import durable
from sim.basics.folders import KEPT, FolderError, locked
from sim.basics.limits import InputError
from sim.basics.mistakes import count
from sim.ensemble import BLOCK
from sim.ensemble.batches import Batch, Batched, BlockError, Boil, Digest, batches, each, world_months
from sim.ensemble.processes import Engine
from sim.ensemble.study import Study
from sim.store import opening, parts, provenance, regions, world_table

if TYPE_CHECKING:
    import xarray as xr

WORTHLESS = 1
"""Finished batches that are not worth keeping: the first is simulated again for the figures anyway."""
ORDER, PARTS = "run.json", "parts"
SUFFIX = ".unfinished"
RunOrder = dict[str, Any]


def order(study: Study, paths: bool) -> RunOrder:
    """What makes two runs the same: the same order gives the same bytes."""
    return {
        "program": provenance.PROGRAM,
        "version": provenance.version(),
        "scenarios": {label: scenario.digest for label, scenario in study.scenarios.items()},
        "worlds": study.ensemble.worlds,
        "seed": study.ensemble.seed,
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

    def __init__(self, folder: Path, wanted: RunOrder) -> None:
        self.folder, self.order = folder, wanted
        self.worlds, self.paths = folder / world_table.ARRAYS, folder / regions.PATHS
        self._identity = hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()

    @property
    def parts(self) -> int:
        """How many batches there are when it is finished."""
        return -(-int(self.order["worlds"]) // BLOCK)

    def begin(self, sample: xr.Dataset, like: Digest, every: Sequence[Batch]) -> list[str]:
        """Make room for all worlds, or take over what is there as far as it is what was written for this order.

        Parameters
        ----------
        sample : xarray.Dataset
            The worlds of the first batch.
        like : Digest
            Their digest.
        every : sequence of Batch
            All batches.

        Returns
        -------
        list of str
            Why some parts that are there do not count; they are gone.

        Raises
        ------
        FolderError
            If something is there that is none of this run's.
        """
        self._like, self._every = like, every
        self._arrays = arrays = self._divided(sample)
        if os.path.lexists(self.folder / PARTS):
            opening.plain_folder(self.folder / PARTS, parts.REMEDY)
        else:
            (self.folder / PARTS).mkdir()
        for place, part in arrays.items():
            parts.put_in_order(place, part, self.order["worlds"], self.order["batch"], self._shards)
        parts.check_names(self.folder, [ORDER, PARTS, *(place.name for place in arrays)])
        parts.check_names(self.folder / PARTS, [parts.name(batch.number) for batch in every])
        refused = [reason for batch in every if (reason := self._refused(batch))]
        durable.flush(self.folder)
        return refused

    def _divided(self, dataset: xr.Dataset) -> dict[Path, xr.Dataset]:
        """What of some worlds goes into which arrays."""
        rows = dataset.drop_dims("month", errors="ignore")
        divided = {self.worlds: rows}
        if self.order["paths"]:
            divided[self.paths] = dataset.drop_vars(rows.data_vars)
        return divided

    def _refused(self, batch: Batch) -> str:
        """Take away a part that does not count, and say why; nothing of one that counts, or is not there."""
        place, shards, reason = self._part(batch.number), self._shards(batch.number), ""
        if os.path.lexists(place):
            try:
                parts.verified(place, self._identity, batch, shards, self._like)
                return ""
            except parts.PartError as error:
                reason = str(error)
        for path in (place, *shards.values()):
            path.unlink(missing_ok=True)
        return reason

    def add(self, batch: Batch, found: Batched) -> None:
        """Keep a batch."""
        for place, part in self._divided(found.worlds).items():
            regions.put(place, part, batch.start)
        shards = self._shards(batch.number)
        durable.flush_all(filter(Path.exists, shards.values()), self.folder)
        parts.write(self._part(batch.number), self._identity, batch, shards, found.digest)

    def _shards(self, number: int) -> dict[str, Path]:
        """The files that the worlds of a batch lie in, by name."""
        return {
            f"{place.name}/{shard}": place / shard
            for place, part in self._arrays.items()
            for shard in regions.shards(part, number)
        }

    def done(self) -> set[int]:
        """Numbers of the batches that are there."""
        return {int(part.stem) for part in (self.folder / PARTS).glob(f"{'[0-9]' * 6}{parts.SUFFIX}")}

    def digests(self) -> Iterator[Digest]:
        """The digests of all batches, in their order.

        Raises
        ------
        FolderError
            If one was lost or changed while the others were simulated.
        """
        for batch in self._every:
            try:
                yield parts.numbers_of(self._part(batch.number), self._identity, batch, self._like)
            except parts.PartError as error:
                raise FolderError(f"{self.folder}: {error}; --resume makes it again") from None

    def _part(self, number: int) -> Path:
        return self.folder / PARTS / parts.name(number)


@contextmanager
def unfinished(place: Path, wanted: RunOrder, resume: bool, force: bool) -> Iterator[Unfinished]:
    """Hand out the folder of a run that will be at `place`: what an interrupted one left, or a new one.

    An empty one vanishes in the end, and so does one that is finished.

    Raises
    ------
    InputError
        If there is nothing to resume, or what is there is another run, or may be one that shall be resumed.
    """
    folder, here = Path(f"{os.path.realpath(place)}{SUFFIX}"), Path.cwd()
    folder = folder.relative_to(here) if folder.is_relative_to(here) else folder  # as a user would write it from here
    if resume:
        _same_run(folder, wanted)
    else:
        _make_room(folder, force)
        folder.mkdir(parents=True)
        durable.write(folder / ORDER, json.dumps(wanted, indent=2).encode() + b"\n")
    run = Unfinished(folder, wanted)
    with locked(folder):
        try:
            yield run
        except FolderError:  # something is there that is not ours to take away
            raise
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


def _make_room(folder: Path, force: bool) -> None:
    """Take away what an interrupted run left, if that is wanted."""
    if not folder.exists():
        return
    done = len(list((folder / PARTS).glob(f"*{parts.SUFFIX}")))
    if done and not force:
        raise FolderError(
            f"{folder}: an interrupted run left {done} finished parts there; --resume finishes it, --force starts anew"
        )
    with locked(folder):
        shutil.rmtree(folder)


def _same_run(folder: Path, wanted: RunOrder) -> None:
    """Make sure that what is there is a part of what is wanted."""
    if not os.path.lexists(folder / ORDER):
        raise InputError(f"resume: there is no interrupted run at {folder}")
    there = opening.read_json(folder / ORDER, remedy=parts.REMEDY)
    if not isinstance(there, dict):
        raise opening.damaged(folder / ORDER, parts.REMEDY)
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
    run: Unfinished,
    study: Study,
    sample: xr.Dataset,
    since: str,
    boil: Boil,
    where: Engine,
    note: Callable[[str], None] | None = None,
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
    since : str
        Month from which everything counts, "YYYY-MM".
    boil : callable
        Makes the digest of a batch.
    where : Engine
        Who works on them.
    note : callable, optional
        Called with a line on what is there and does not count.

    Raises
    ------
    BlockError
        If batches failed, after all others are done.
    """
    every = batches(study.scenarios, study.ensemble.worlds, study.ensemble.seed, since, run.order["paths"], boil)
    first = Batched(sample, boil(sample, since))
    if (refused := run.begin(sample, first.digest, every)) and note is not None:
        more = f" (and {len(refused) - 1} others)" if refused[1:] else ""
        note(f"Made again of what is in {run.folder}: {count(len(refused), 'part')}, because {refused[0]}{more}.")
    if 0 not in run.done():
        run.add(every[0], first)
    wanted = [batch for batch in every if batch.number not in run.done()]
    total = sum(map(world_months, every))
    moved = total - sum(map(world_months, wanted))
    failures: list[BlockError] = []
    for batch, found in each(where, wanted, failures):
        run.add(batch, found)
        moved += world_months(batch)
        if study.ensemble.progress is not None:
            study.ensemble.progress(moved, total)
    if failures:
        more = f" (and {len(failures) - 1} other parts failed)" if failures[1:] else ""
        raise BlockError(f"{failures[0]}{more}") from failures[0]
