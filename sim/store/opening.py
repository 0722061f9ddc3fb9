"""Reading a folder that anybody may have written: plain files of a bounded size inside it, or an error in words.

Nothing in such a folder is believed. A name must be that of a file in it; a file must be a plain one, because reading a
device or a pipe may never end and a link may lead out; and what is unpacked may be so many times larger than what is on
disk, because a few kilobytes can otherwise fill any memory.
"""

from __future__ import annotations

import json
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from sim.basics.folders import FolderError

REMEDY = "make the results again"
PLAIN_NAME = r"^[\w+][\w.+-]{0,200}$"
"""A file of the folder itself: no separators, nothing hidden."""
LARGEST_JSON = 10_000_000
"""Bytes; `run.json` of hundreds of doctrines is not a tenth of it."""
MOST_FILES = 1_000_000
RATIO, SMALL = 100, 10_000_000
"""How many times larger than on disk what is unpacked may be, and bytes that are too few to matter. Results are two
to ten times larger."""


def damaged(path: Path, remedy: str = REMEDY) -> FolderError:
    """The error of a file that cannot be what was written."""
    return FolderError(f"{path}: is damaged; {remedy}")


def plain_file(path: Path, remedy: str = REMEDY) -> int:
    """Make sure that there is a plain file; return its size in bytes.

    Raises
    ------
    FolderError
        If there is none, or a folder, a link, a device or a pipe.
    """
    return _there(path, stat.S_ISREG, "is no plain file", remedy).st_size


def plain_folder(path: Path, remedy: str = REMEDY) -> None:
    """Make sure that there is a folder, and no link to one.

    Raises
    ------
    FolderError
        If there is none.
    """
    _there(path, stat.S_ISDIR, "is no folder", remedy)


def _there(path: Path, kind: Any, complaint: str, remedy: str) -> os.stat_result:
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        raise FolderError(f"{path}: is missing; {remedy}") from None
    except OSError as error:
        raise FolderError(f"{path}: cannot be read: {error.strerror}") from None
    if not kind(found.st_mode):
        raise FolderError(f"{path}: {complaint}; {remedy}")
    return found


def files_in(folder: Path, remedy: str = REMEDY) -> Iterator[Path]:
    """All files of a folder and of those in it, each a plain one.

    Raises
    ------
    FolderError
        If something else is there, or too much.
    """
    plain_folder(folder, remedy)
    number = 0
    for place, folders, names in os.walk(folder):
        for name in folders:
            plain_folder(Path(place, name), remedy)
        for name in names:
            number += 1
            if number > MOST_FILES:
                raise FolderError(f"{folder}: has more than {MOST_FILES:,} files in it; {remedy}")
            plain_file(Path(place, name), remedy)
            yield Path(place, name)


def read(path: Path, largest: int, remedy: str = REMEDY) -> bytes:
    """What is in a plain file of at most so many bytes.

    Raises
    ------
    FolderError
        If it is none, or is larger.
    """
    size = plain_file(path, remedy)
    if size > largest:
        raise FolderError(f"{path}: has {size:,} bytes, more than the {largest:,} that it can have; {remedy}")
    try:
        with path.open("rb") as stream:
            return stream.read(largest)
    except OSError as error:
        raise FolderError(f"{path}: cannot be read: {error.strerror}") from None


def read_json(path: Path, largest: int = LARGEST_JSON, remedy: str = REMEDY) -> Any:
    """What is in a file of JSON.

    Raises
    ------
    FolderError
        If it is none, is larger than `largest` bytes, or has in it what JSON has not, such as NaN.
    """
    content = read(path, largest, remedy)
    try:
        return json.loads(content.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise damaged(path, remedy) from None


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def unpacked_at_most(on_disk: int) -> int:
    """Bytes that may come out of so many on disk."""
    return RATIO * on_disk + SMALL


@contextmanager
def unbelieved(path: Path) -> Iterator[None]:
    """Whatever a library says of what is in a file, or in a folder, is that it is damaged."""
    try:
        yield
    except FolderError:
        raise
    except (ValueError, TypeError, LookupError, OverflowError, EOFError, OSError, RuntimeError, zlib.error):
        raise damaged(path) from None
