"""What a large run has done: its finished parts, each the numbers of a batch, and what an interruption left in order.

A part is a file of a line of JSON and then the numbers. The line has the digest of the order that the part belongs to,
its worlds, the SHA-256 of each of its shards, and of the numbers; so that a part is believed only if all of it is
there, is what was written, and is of this run.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.basics import durable
from sim.basics.folders import FolderError
from sim.store import opening, regions
from sim.store.provenance import sha256

if TYPE_CHECKING:
    import xarray as xr

    from sim.ensemble.batches import Batch, Digest

SUFFIX = ".part"
LONGEST_LINE = 10_000_000
NO_FILE = ""
"""In place of the SHA-256 of a shard that Zarr did not write, because nothing is in it."""
NUMBERS = np.dtype("<f8")
REMEDY = "--force starts anew"
HALF_WRITTEN = (".writing", ".partial", ".fresh")
"""How names end of what was being written when a process was killed, by us or by Zarr."""


class PartError(Exception):
    """A part that does not count; the message says why."""


def name(number: int) -> str:
    """Name of the file of a part."""
    return f"{number:06d}{SUFFIX}"


def write(place: Path, order: str, batch: Batch, shards: Mapping[str, Path], digest: Digest) -> None:
    """Write a part, whose shards are on disk.

    Parameters
    ----------
    place : Path
        Its file.
    order : str
        SHA-256 of what was asked.
    batch : Batch
        The worlds.
    shards : mapping of str to Path
        The shards that these worlds lie in, by name.
    digest : Digest
        The numbers.
    """
    numbers = b"".join(np.ascontiguousarray(part, NUMBERS).tobytes() for part in digest)
    about = _about(order, batch) | {
        "shards": {shard: sha256(path) if path.exists() else NO_FILE for shard, path in shards.items()},
        "numbers": hashlib.sha256(numbers).hexdigest(),
    }
    durable.write(place, json.dumps(about).encode() + b"\n" + numbers)


def _about(order: str, batch: Batch) -> dict[str, Any]:
    return {"order": order, "worlds": [batch.start, batch.stop], "since": batch.since}


def verified(place: Path, order: str, batch: Batch, shards: Mapping[str, Path], like: Digest) -> Digest:
    """The numbers of a part, if it and its shards are what was written for this order.

    Parameters
    ----------
    place, order, batch, shards
        As in `write`.
    like : Digest
        Of another batch of the same order: all have the same shapes.

    Raises
    ------
    PartError
        If they are not.
    """
    about, digest = _read(place, order, batch, like)
    written = about.get("shards")
    if not isinstance(written, dict) or set(written) != set(shards):
        raise PartError(f"{place.name} does not speak of its worlds")
    for shard, path in shards.items():
        if written[shard] != _found(path):
            raise PartError(f"{shard} is {'not as it was written' if os.path.lexists(path) else 'missing'}")
    return digest


def _found(path: Path) -> str:
    """What a part would say of a shard now."""
    if not os.path.lexists(path):
        return NO_FILE
    opening.plain_file(path)
    return sha256(path)


def numbers_of(place: Path, order: str, batch: Batch, like: Digest) -> Digest:
    """The numbers of a part alone, whose shards were verified before, or have just been written.

    Raises
    ------
    PartError
        If they are not what was written for this order.
    """
    return _read(place, order, batch, like)[1]


def _read(place: Path, order: str, batch: Batch, like: Digest) -> tuple[dict[str, Any], Digest]:
    size = sum(part.size for part in like) * NUMBERS.itemsize
    try:
        line, _, numbers = opening.read(place, LONGEST_LINE + size).partition(b"\n")
        about = json.loads(line)
    except (FolderError, ValueError, RecursionError):
        raise PartError(f"{place.name} is damaged") from None
    if not isinstance(about, dict) or len(numbers) != size:
        raise PartError(f"{place.name} is damaged")
    if any(about.get(key) != value for key, value in _about(order, batch).items()):
        raise PartError(f"{place.name} is of another run")
    if about.get("numbers") != hashlib.sha256(numbers).hexdigest():
        raise PartError(f"{place.name} is not as it was written")
    return about, _as_digest(np.frombuffer(numbers, NUMBERS), like)


def _as_digest(numbers: Any, like: Digest) -> Digest:
    ends = np.cumsum([part.size for part in like])[:-1]
    parts = [part.reshape(other.shape).astype(float) for part, other in zip(np.split(numbers, ends), like, strict=True)]
    kind: Any = type(like)
    return kind(*parts)


def check_names(folder: Path, ours: Iterable[str]) -> None:
    """Make sure that a folder has nothing in it but what may be there; take away what is half written.

    Raises
    ------
    FolderError
        If there is something else: nobody else's file is thrown away, or taken for one of a run.
    """
    known = set(ours)
    for path in sorted(folder.iterdir()):
        if path.name.endswith(HALF_WRITTEN):
            _remove(path)
        elif path.name not in known:
            raise FolderError(f"{path}: is nothing of this run; take it away, or {REMEDY}")


def put_in_order(
    place: Path, sample: xr.Dataset, worlds: int, batch: int, shards: Callable[[int], dict[str, Path]]
) -> None:
    """Make empty arrays, or put those that are there in order, except for the shards.

    Parameters
    ----------
    place : Path
        Where they are, or shall be.
    sample : xarray.Dataset
        What a part of them holds.
    worlds, batch : int
        Worlds in all, and in a batch.
    shards : callable
        The files in which the worlds of a batch lie, by number.

    Raises
    ------
    FolderError
        If something is among them that is none of this run's.
    """
    fresh = place.with_name(f".{place.name}.fresh")
    _remove(fresh)
    regions.create(fresh, sample, worlds, min(batch, worlds))
    try:
        if os.path.lexists(place):
            ours = (path for number in range(-(-worlds // batch)) for path in shards(number).values())
            _mend(place, fresh, {path for path in ours if path.is_relative_to(place)})
        else:
            durable.rename(fresh, place)
    finally:
        _remove(fresh)


def _mend(place: Path, fresh: Path, shards: set[Path]) -> None:
    """Put descriptions and labels in order, and refuse what is neither they nor a shard."""
    described = {path.relative_to(fresh) for path in opening.files_in(fresh)}
    known = {place / name for name in described} | shards
    for path in list(opening.files_in(place, REMEDY)):
        if path.name.endswith(HALF_WRITTEN):
            path.unlink()
        elif path not in known:
            raise FolderError(f"{path}: is nothing of this run; take it away, or {REMEDY}")
    for name in described:
        if not (place / name).exists() or (place / name).read_bytes() != (fresh / name).read_bytes():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            durable.rename(fresh / name, place / name)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
