"""A page that is there whole or not at all, and that replaces nothing but a page."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from sim.folders import NO_SPACE, FolderError

MARK = "doctrine-sim atlas"
"""What tells a page of ours from another file: the generator that its head names."""
HEAD = 2_000
"""Characters of a file in which the mark stands."""
ENDING = ".html"


def check(place: Path, force: bool) -> None:
    """Make sure, before anything is simulated, that a page may be written there.

    Raises
    ------
    FolderError
        If the name is not that of a page, or something is there that may not be replaced.
    """
    if place.suffix != ENDING:
        raise FolderError(f"{place}: must be the name of a page, such as {place.with_suffix(ENDING)}")
    if not os.path.lexists(place):
        return
    if not _ours(place):
        raise FolderError(f"{place}: is there already and is no page of this command; choose another --out")
    if not force:
        raise FolderError(f"{place}: is there already; --force replaces it, --out FILE{ENDING} writes elsewhere")


def save(text: str, place: Path, force: bool) -> int:
    """Write a page beside its place and rename it when it is whole.

    Returns
    -------
    int
        Bytes.

    Raises
    ------
    FolderError
        As in `check`, or if nothing can be written there.
    """
    check(place, force)
    writing = place.with_name(f".{place.name}.writing")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        size = writing.write_bytes(text.encode())
        writing.replace(place)
    except OSError as error:
        with suppress(OSError):
            writing.unlink(missing_ok=True)
        if error.errno in NO_SPACE:
            raise
        raise FolderError(f"{place}: cannot write there: {error.strerror or error}") from error
    return size


def _ours(place: Path) -> bool:
    try:
        with place.open(encoding="utf-8") as file:
            return f'content="{MARK}"' in file.read(HEAD)
    except (OSError, UnicodeDecodeError):
        return False
