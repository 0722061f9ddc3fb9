"""Renaming so that a power cut does not undo it: what is renamed is on disk before its new name is.

A file system may write a new name to disk before the bytes that it names. After a power cut there is then a file of the
right name with nothing, or rubbish, in it. So everything is flushed first, and then the folder that holds the name.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

NO_FLUSH = (errno.EINVAL, errno.ENOTSUP)
"""What file systems say that have nothing to flush: some network drives, some in memory."""

AT_A_TIME = 16


def rename(source: Path, target: Path) -> None:
    """Put a finished file or folder in its place: what it holds first, then its name.

    Parameters
    ----------
    source : Path
        A file or folder on the same file system, complete.
    target : Path
        Its name from now on; a file of that name is replaced.
    """
    flush(source)
    rename_flushed(source, target)


def rename_flushed(source: Path, target: Path) -> None:
    """Put in its place what has been flushed."""
    source.replace(target)
    flush_names(target.parent)


def write(path: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all."""
    being_written = path.with_name(f".{path.name}.writing")
    try:
        being_written.write_bytes(data)
        rename(being_written, path)
    except BaseException:
        being_written.unlink(missing_ok=True)
        raise


def flush(path: Path) -> None:
    """Wait until a file is on disk, or a folder and all files and folders in it."""
    if not path.is_dir():
        _flush_file(path)
        return
    inside = list(os.walk(path))
    _together((Path(folder, name) for folder, _, names in inside for name in names), _flush_file)
    _together((Path(folder) for folder, _, _ in inside), flush_names)


def flush_all(files: Iterable[Path], top: Path) -> None:
    """Wait until some files are on disk, and their names and those of their folders up to `top`."""
    files = list(files)
    _together(files, _flush_file)
    _together({folder for file in files for folder in file.parents if folder.is_relative_to(top)}, flush_names)


def _together(paths: Iterable[Path], act: Callable[[Path], None]) -> None:
    """Wait for many at a time: a file system writes those down in one go that wait for it together."""
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        for _ in pool.map(act, paths):
            pass


def _flush_file(path: Path) -> None:
    _sync(path, os.O_RDWR)


def flush_names(folder: Path) -> None:
    """Wait until the names in a folder are on disk, where a system lets folders be opened."""
    if os.name != "nt":
        _sync(folder, os.O_RDONLY)


def _sync(path: Path, mode: int) -> None:
    handle = os.open(path, mode)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in NO_FLUSH:
            raise
    finally:
        os.close(handle)
