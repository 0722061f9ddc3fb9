"""A few numbers that a worker and the server both see: how far a run is, and whether it shall stop.

They are four words of a small file that both map into memory. A worker's pipe carries one answer a task; through this
they can speak to each other while the task is under way.
"""

from __future__ import annotations

import mmap
import os
import tempfile
from pathlib import Path
from typing import Any

DONE, TOTAL, STOP, PROCESS = range(4)
"""Places of the words."""
WORDS, WORD = 4, 8


class Board:
    """The numbers of one run.

    Parameters
    ----------
    path : Path
        Its file, as `new` makes it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), WORDS * WORD)
        self._words: Any = memoryview(self._map).cast("q")

    @classmethod
    def new(cls, folder: Path) -> Board:
        """An empty board, with its file in a folder."""
        number, name = tempfile.mkstemp(dir=folder)
        os.write(number, bytes(WORDS * WORD))
        os.close(number)
        return cls(Path(name))

    def __getitem__(self, place: int) -> int:
        return int(self._words[place])

    def __setitem__(self, place: int, value: int) -> None:
        self._words[place] = value

    def close(self) -> None:
        """Let go of the file, and leave it."""
        self._words.release()
        self._map.close()

    def remove(self) -> None:
        """Let go of the file, and delete it."""
        self.close()
        self.path.unlink(missing_ok=True)
