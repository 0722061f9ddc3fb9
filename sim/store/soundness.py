"""What must be so in a folder of arrays before a library reads it: shapes, codecs and sizes as this program has them.

A description of arrays is a text that anybody can write: a library that believes it reserves memory for any shape,
looks for any number of chunks, and unpacks whatever a chunk says that it holds. So all of it is compared first with
what the results say of themselves, doctrines and worlds, and each chunk's own header with the size that chunks have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sim.basics.folders import FolderError
from sim.basics.limits import memory
from sim.scenario.tables import LONGEST_HORIZON
from sim.store import opening

META = "zarr.json"
LARGEST_META = 1_000_000
LARGEST_TEXTS = 1_000_000
"""Bytes of the labels of a dimension."""
MOST_ARRAYS, MOST_DIMS, LONGEST_DIM = 500, 3, 1000
MOST_MISSING = 10_000
"""Shards of an array that may be left out: Zarr does not write those of nothing but zeros, or of nothing but NaN."""
CHUNKS = 8
"""Chunks a shard, which a reader can take out alone; the last shard reaches beyond the worlds by fewer than these."""
NUMBERS = ("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64")
TEXT = "string"
NOTHING = 2**64 - 1
"""Place of a chunk in the index of its shard, if it is not there."""
INDEX_ENTRY, CHECKSUM, BLOSC_HEADER = 16, 4, 16
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
ZSTD_HEADER = 18


class ArrayMetadata(NamedTuple):
    """What an array says of itself, as far as it is believed."""

    folder: Path
    shape: tuple[int, ...]
    chunk: tuple[int, ...]
    codecs: list[Any]
    text: bool
    itemsize: int

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return prod(self.shape) * self.itemsize

    @property
    def grid(self) -> int:
        """Number of chunks, or of shards."""
        return prod(-(-size // chunk) for size, chunk in zip(self.shape, self.chunk, strict=True))


def check(folder: Path, doctrines: int, worlds: int) -> None:
    """Make sure that a folder of arrays is what so many doctrines and worlds have.

    Raises
    ------
    FolderError
        If it is not.
    """
    sizes = {path: path.stat().st_size for path in opening.files_in(folder)}
    group = opening.read_json(folder / META, LARGEST_META)
    described = [path for path in sizes if path.name == META and path.parent.parent == folder]
    with opening.unbelieved(folder):
        if group["zarr_format"] != 3 or group["node_type"] != "group" or len(described) > MOST_ARRAYS:  # noqa: PLR2004
            raise opening.damaged(folder)
    arrays = [_array(path, {"doctrine": doctrines, "world": worlds}) for path in described]
    whole = sum(array.size for array in arrays)
    if whole > min(opening.unpacked_at_most(sum(sizes.values())), memory() or whole):
        raise FolderError(f"{folder}: says that {whole:,} bytes are in it, which cannot be; {opening.REMEDY}")
    for array in arrays:
        _check_chunks(array, [path for path in sizes if path.is_relative_to(array.folder / "c")])


def _array(path: Path, known: Mapping[str, int]) -> ArrayMetadata:
    """What an array says of itself, if that can be so."""
    about = opening.read_json(path, LARGEST_META)
    with opening.unbelieved(path):
        kind, dims = about["data_type"], about["dimension_names"]
        shape, chunk = _sizes(about["shape"]), _sizes(about["chunk_grid"]["configuration"]["chunk_shape"])
        sound = (
            about["zarr_format"] == 3  # noqa: PLR2004 -- the version of the format
            and about["node_type"] == "array"
            and about["chunk_grid"]["name"] == "regular"
            and about["chunk_key_encoding"] == {"name": "default", "configuration": {"separator": "/"}}
            and not about.get("storage_transformers")
            and kind in (*NUMBERS, TEXT)
            and 1 <= len(shape) == len(chunk) == len(dims) == len(set(dims)) <= MOST_DIMS
            and all(_fits(dim, size, known) for dim, size in zip(dims, shape, strict=True))
            and all(part < size + CHUNKS for part, size in zip(chunk, shape, strict=True))
        )
        if not sound:
            raise opening.damaged(path)
        itemsize = 1 if kind == TEXT else np.dtype(kind).itemsize
        return ArrayMetadata(path.parent, shape, chunk, about["codecs"], kind == TEXT, itemsize)


def _sizes(values: Any) -> tuple[int, ...]:
    """Whole numbers from 1, or an error."""
    if not isinstance(values, list) or not all(type(value) is int and value > 0 for value in values):
        raise ValueError(values)
    return tuple(values)


def _fits(dim: str, size: int, known: Mapping[str, int]) -> bool:
    """Whether a dimension can have this size."""
    if dim in known:
        return size == known[dim]
    return size <= (LONGEST_HORIZON if dim == "month" else LONGEST_DIM)


def _check_chunks(array: ArrayMetadata, files: Sequence[Path]) -> None:
    """Make sure that chunks are there, and hold what chunks of this array hold."""
    if array.grid > len(files) + MOST_MISSING:
        raise FolderError(f"{array.folder}: most of it is missing; {opening.REMEDY}")
    with opening.unbelieved(array.folder / META):
        names = [codec["name"] for codec in array.codecs]
        if names == ["sharding_indexed"] and not array.text:
            about = array.codecs[0]["configuration"]
            inner = _inner(about, array)
            for file in files:
                _check_shard(file, prod(map(int.__floordiv__, array.chunk, inner)), prod(inner) * array.itemsize)
            return
        if names not in (["vlen-utf8" if array.text else "bytes", "zstd"], ["vlen-utf8" if array.text else "bytes"]):
            raise opening.damaged(array.folder / META)
    for file in files:
        if names[1:]:
            _check_zstd(file, None if array.text else prod(array.chunk) * array.itemsize)


def _inner(about: Any, array: ArrayMetadata) -> tuple[int, ...]:
    """Shape of the chunks in a shard."""
    inner = _sizes(about["chunk_shape"])
    codecs = [codec["name"] for codec in about["codecs"]], [codec["name"] for codec in about["index_codecs"]]
    whole = len(inner) == len(array.chunk) and not any(map(int.__mod__, array.chunk, inner))
    if not whole or codecs != (["bytes", "blosc"], ["bytes", "crc32c"]) or about.get("index_location", "end") != "end":
        raise opening.damaged(array.folder / META)
    return inner


def _check_shard(path: Path, chunks: int, size: int) -> None:
    """Make sure that each chunk of a shard unpacks to this size."""
    length = path.stat().st_size
    table = chunks * INDEX_ENTRY + CHECKSUM
    if length < table:
        raise opening.damaged(path)
    with path.open("rb") as stream:
        stream.seek(length - table)
        index = np.frombuffer(stream.read(chunks * INDEX_ENTRY), "<u8").reshape(chunks, 2).tolist()
        for start, packed in index:
            if start == packed == NOTHING:
                continue
            if packed < BLOSC_HEADER or start + packed > length:
                raise opening.damaged(path)
            stream.seek(start)
            if int.from_bytes(stream.read(BLOSC_HEADER)[4:8], "little") != size:
                raise opening.damaged(path)


def _check_zstd(path: Path, size: int | None) -> None:
    """Make sure that a file unpacks to this size, or to no more than labels have."""
    with path.open("rb") as stream:
        found = _zstd_size(stream.read(ZSTD_HEADER))
    if found is None or (found != size and (size is not None or found > LARGEST_TEXTS)):
        raise opening.damaged(path)


def _zstd_size(head: bytes) -> int | None:
    """The size that the first frame says it unpacks to, if it does (RFC 8878, section 3.1.1.1)."""
    if len(head) < ZSTD_HEADER // 2 or not head.startswith(ZSTD_MAGIC):
        return None
    about = head[4]
    single, width = about & 0x20, (0, 2, 4, 8)[about >> 6]
    start = 5 + (0 if single else 1) + (0, 1, 2, 4)[about & 3]
    if not width:
        return head[start] if single else None
    added = 256 if width == 2 else 0  # noqa: PLR2004 -- as the RFC has it
    return int.from_bytes(head[start : start + width], "little") + added
