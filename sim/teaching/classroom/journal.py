"""The journal of a room: one line of JSON for everything that happened, on disk before it counts."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

from sim.basics import durable
from sim.basics.limits import InputError
from sim.teaching.classroom.bounds import JOURNAL_BYTES, LINE_BYTES
from sim.teaching.classroom.state import Line

RAW = getattr(os, "O_BINARY", 0)
"""Where a system would otherwise write lines in its own manner."""
PRIVATE = 0o600
"""For its owner alone: it has the names of students."""


class JournalError(InputError):
    """A journal that cannot be read; the message says where and why."""


class Journal:
    """The journal of one room.

    Parameters
    ----------
    path : Path
        Of its file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, line: Line) -> None:
        """Make the file, with its first line.

        Raises
        ------
        FileExistsError
            If there is one.
        """
        os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | RAW, PRIVATE))
        try:
            self.append(line)
            durable.flush_names(self.path.parent)
        except BaseException:
            self.path.unlink(missing_ok=True)
            raise

    def append(self, line: Line) -> None:
        """Add a line and wait until it is on disk; if that fails nothing of it stays.

        Raises
        ------
        InputError
            If the journal is full.
        OSError
            If it cannot be written.
        """
        data = json.dumps(line, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | RAW)
        try:
            size = os.fstat(handle).st_size
            if len(data) > LINE_BYTES or size + len(data) > JOURNAL_BYTES:
                raise InputError("this room's journal is full; open a new room")
            try:
                _write(handle, data)
            except BaseException:
                os.ftruncate(handle, size)
                raise
        finally:
            os.close(handle)

    def read(self) -> tuple[list[Line], bool]:
        """All lines, and whether the last one was torn by a crash; it is cut off then.

        Raises
        ------
        JournalError
            If anything but the last line is damaged.
        """
        *rows, rest = self._whole().split(b"\n")
        torn = bool(rest)
        if rows and len(rows) > 1 and _parsed(rows[-1]) is None and not torn:
            rest, torn = rows.pop(), True
        lines: list[Line] = []
        for number, row in enumerate(rows, start=1):
            line = _parsed(row)
            if line is None:
                raise JournalError(f"{self.path} line {number}: is no line of a journal")
            lines.append(line)
        if torn:
            self._cut(sum(len(row) + 1 for row in rows))
        return lines, torn

    def _whole(self) -> bytes:
        """What is in the file; a pipe would never end, and a link could lead to something that does not."""
        about = self.path.lstat()
        if not stat.S_ISREG(about.st_mode):
            raise JournalError(f"{self.path}: is no file")
        if about.st_size > JOURNAL_BYTES:
            raise JournalError(f"{self.path}: is larger than a journal can be")
        return self.path.read_bytes()

    def _cut(self, size: int) -> None:
        with self.path.open("r+b") as file:
            file.truncate(size)
            os.fsync(file.fileno())


def _parsed(row: bytes) -> Line | None:
    """The line, if it is one and no longer than one that was written here."""
    if len(row) >= LINE_BYTES:
        return None
    try:
        found = json.loads(row, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _write(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]
    os.fsync(handle)
