"""The log stays readable whatever is sent: one line a happening, nothing that moves the cursor."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

LONGEST = 300
TALKERS = ("nicegui", "uvicorn.error", "engineio.server", "socketio.server", "asyncio")
"""Loggers that may be made to speak by what a stranger sends."""


def one_line(text: str) -> str:
    r"""Text without line ends and other control characters, and not without end.

    Examples
    --------
    >>> one_line("all well\n12:00 root logged in\x1b[2J")
    'all well 12:00 root logged in [2J'
    """
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text[:LONGEST]).split())


def told(error: BaseException) -> str:
    """An error and its place in one line."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return one_line(f"{type(error).__name__}: {error}") + place


class OneLine(logging.Filter):
    """Turns a record with a traceback into a line, unless its logger is set to debug."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; it is always let through."""
        if logging.getLogger(record.name).isEnabledFor(logging.DEBUG):
            return True
        text = one_line(record.getMessage())
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            text = told(error) if text in ("", one_line(str(error))) else f"{text}: {told(error)}"
        record.msg, record.args, record.exc_info, record.exc_text, record.stack_info = text, (), None, None, None
        return True


def install() -> None:
    """Hold every logger that a stranger can make speak to one line a record."""
    for name in TALKERS:
        logging.getLogger(name).addFilter(OneLine())
