"""Text that a user wrote: read whole if it is a plain file of a bounded size, else an error in words.

Opening what somebody names must end: a folder, a pipe and a device are refused before, a file that is too large is not
read, and what is read is text in UTF-8, with or without the mark in front, whose lines end in line feeds.
"""

from __future__ import annotations

import os
from pathlib import Path


class UnreadableError(ValueError):
    """A file that cannot be read as text.

    Attributes
    ----------
    line
        Where, if it is at a place.
    """

    def __init__(self, text: str, line: int | None = None) -> None:
        super().__init__(text)
        self.line = line


def read_text(path: Path, largest: int, kind: str, whole: str) -> str:
    """Return the text of a file.

    Parameters
    ----------
    path : Path
        The file, or a link to it.
    largest : int
        Bytes that it may have.
    kind, whole : str
        What it should be, as in "a scenario file", and what is in it, as in "a scenario".

    Raises
    ------
    UnreadableError
        If it is no such file.
    """
    try:
        if path.is_dir():
            raise UnreadableError(f"is a folder, not {kind}")
        if not path.exists():
            raise UnreadableError("there is no such file; look at how it is spelt, and in which folder it lies")
        if not path.is_file():
            raise UnreadableError("is not a plain file; name one that holds the text")
        with open(path, "rb", opener=_unwaiting) as stream:
            content = stream.read(largest + 1) or b""
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror or error}") from None
    if len(content) > largest:
        raise UnreadableError(f"is larger than {largest:,} bytes, too large for {whole}; take out what is not of it")
    try:
        return content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise UnreadableError("is not text in UTF-8", content.count(b"\n", 0, error.start) + 1) from None


def _unwaiting(path: str, flags: int) -> int:
    """Open a file that may say nothing for ever, as some of the system's own do: then reading it is an error."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
