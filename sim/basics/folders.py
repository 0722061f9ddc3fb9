"""A folder that is there whole or not at all.

It is written under a hidden name beside its place and renamed when it is complete: `.NAME.writing` becomes `NAME`.
A folder that it replaces steps aside as `.NAME.previous` for the moment between two renames. Whatever stops the
writing, a full disk, an interrupt, a killed process, what was there before stays whole; what a killed process left
under a hidden name is put back or removed by the next one that writes there. All of it is on disk before it is renamed
(`sim.basics.durable`), so that a power cut does not leave a folder of the right name with half of it inside.
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

from sim.basics import durable
from sim.basics.limits import InputError

Guard = Callable[[Path], None]
"""Raises if the folder that is there may not be replaced."""

RESULTS = Path("results")
"""Where results go unless told otherwise."""
KEPT = "Kept: "
"""How a note on an exception begins that says what of the work is not lost."""
LONGEST_NAME = 240
"""Bytes of a folder's name: what is put before and after it while it is made has to fit into a file system's 255."""
MOST_FOLDERS = 200
"""Folders within folders, which are made from within each other."""
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
    place = real(place)
    with _parents(place), _claimed(_beside(place, "writing")) as writing:
        with cannot_write(place.parent):
            _recover(place)
        _ask(guard, place)
        with _there(writing, place):
            yield writing
            durable.flush(writing)  # which may take a moment, and may be interrupted
            with _undisturbed():
                _put(writing, place, guard)


def _beside(place: Path, what: str) -> Path:
    return place.with_name(f".{place.name}.{what}")


def real(asked: Path) -> Path:
    """The path of a place for results without links and detours.

    Raises
    ------
    FolderError
        If there can be no such place.
    """
    try:
        place = Path(os.path.realpath(asked))
        name = len(os.fsencode(place.name))
    except (OSError, ValueError) as error:
        raise FolderError(f"{asked}: is no place for results: {error}") from None
    if not name:
        raise FolderError(f"{asked}: is no place for results")
    if name > LONGEST_NAME:
        raise FolderError(f"{asked}: cannot write there: the name is longer than {LONGEST_NAME} bytes")
    if len(place.parts) > MOST_FOLDERS:
        raise FolderError(f"{asked}: cannot write there: it lies in more than {MOST_FOLDERS} folders")
    return place


def _ask(guard: Guard, place: Path) -> None:
    if os.path.lexists(place) and not empty(place):
        guard(place)


def empty(place: Path) -> bool:
    """Whether there is a folder with nothing in it: replacing it loses nothing."""
    try:
        return place.is_dir() and not any(place.iterdir())
    except OSError:
        return False


@contextmanager
def _there(writing: Path, place: Path) -> Iterator[None]:
    """Say that somebody took the folder away, if that is why the writing failed."""
    try:
        yield
    except Exception as error:
        if writing.is_dir():
            raise
        raise FolderError(f"{place}: its folder was removed while it was being written") from error


@contextmanager
def _parents(place: Path) -> Iterator[None]:
    """Make the folders above a place, and take back those that were not there if nothing comes of it."""
    with cannot_write(place.parent):
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
    with cannot_write(folder.parent):
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
        durable.rename_flushed(previous, place)


def _put(writing: Path, place: Path, guard: Guard) -> None:
    """Rename a finished folder to its place; what was there is put back if that fails."""
    if not os.path.lexists(place):
        durable.rename_flushed(writing, place)
        return
    _ask(guard, place)
    previous = _beside(place, "previous")
    place.rename(previous)
    try:
        durable.rename_flushed(writing, place)
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
def cannot_write(folder: Path) -> Iterator[None]:
    """Say where nothing can be written, and why; a full disk is left to say so itself."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_SPACE:
            raise
        raise FolderError(f"{folder}: cannot write there: {error.strerror or error}") from error
    except ValueError as error:  # a zero in the name
        raise FolderError(f"{folder}: cannot write there: {error}") from error
