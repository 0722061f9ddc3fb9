"""A folder that is there whole or not at all.

It is written under a hidden name beside its place and renamed when it is complete: `.NAME.writing` becomes `NAME`.
A folder that it replaces steps aside as `.NAME.previous` for the moment between two renames. Whatever stops the
writing, a full disk, an interrupt, a killed process, what was there before stays whole; what a killed process left
under a hidden name is put back or removed by the next one that writes there.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sim.limits import InputError

Guard = Callable[[Path], None]
"""Raises if the folder that is there may not be replaced."""

RESULTS = Path("results")
"""Where results go unless told otherwise."""
KEPT = "Kept: "
"""How a note on an exception begins that says what of the work is not lost."""
NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
"""A full disk is no mistake of the user."""


class FolderError(InputError):
    """A folder that cannot be read or written where it was asked for."""


@contextmanager
def new_folder(place: Path, guard: Guard) -> Iterator[Path]:
    """Hand out an empty folder to fill; it appears at `place` when the block ends well, and vanishes otherwise.

    Parameters
    ----------
    place : Path
        Where the folder shall be.
    guard : callable
        Called with `place` whenever something is there; raises if that may not be replaced.

    Raises
    ------
    FolderError
        If nothing can be written there, or another process is writing it.
    """
    place = Path(os.path.realpath(place))
    if not place.name:
        raise FolderError(f"{place}: is no place for results")
    with _parents(place), _claimed(_beside(place, "writing")) as writing:
        _recover(place)
        _ask(guard, place)
        yield writing
        with _undisturbed():
            _put(writing, place, guard)


def _beside(place: Path, what: str) -> Path:
    return place.with_name(f".{place.name}.{what}")


def _ask(guard: Guard, place: Path) -> None:
    if os.path.lexists(place):
        guard(place)


@contextmanager
def _parents(place: Path) -> Iterator[None]:
    """Make the folders above a place, and take back those that were not there if nothing comes of it."""
    with _cannot_write(place.parent):
        made = [folder for folder in place.parents if not folder.exists()]
        place.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        raise


@contextmanager
def _claimed(folder: Path) -> Iterator[Path]:
    """An empty folder of our own, removed again if anything goes wrong."""
    with _cannot_write(folder.parent):
        if folder.exists():
            with locked(folder):
                shutil.rmtree(folder)
        folder.mkdir()
    with locked(folder):
        try:
            yield folder
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a lock on a folder that dies with this process, so that what a killed one left is known as such."""
    try:
        import fcntl
    except ImportError:  # a system without such locks: what is there counts as left over
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        name = folder.name.removeprefix(".").removesuffix(".writing")
        raise FolderError(f"{folder.parent / name}: another run is writing there just now") from None
    except OSError:  # a file system without locks
        pass
    try:
        yield
    finally:
        os.close(handle)


def _recover(place: Path) -> None:
    """Clear up after a process that was killed between its two renames, or just after them."""
    previous = _beside(place, "previous")
    if not previous.exists():
        return
    if os.path.lexists(place):
        shutil.rmtree(previous, ignore_errors=True)
    else:
        previous.rename(place)


def _put(writing: Path, place: Path, guard: Guard) -> None:
    """Rename a finished folder to its place; what was there is put back if that fails."""
    if not os.path.lexists(place):
        writing.rename(place)
        return
    guard(place)
    previous = _beside(place, "previous")
    place.rename(previous)
    try:
        writing.rename(place)
    except BaseException:
        previous.rename(place)
        raise
    shutil.rmtree(previous, ignore_errors=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C pass unheard for the moment that two renames take: it comes too late then."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _cannot_write(folder: Path) -> Iterator[None]:
    """Say where nothing can be written, and why."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_SPACE:
            raise
        raise FolderError(f"{folder}: cannot write there: {error.strerror or error}") from error
