"""Lessons as files: cells of the percent format, where the lessons are, and what they open with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from sim.limits import InputError
from sim.mistakes import unknown

CELL = re.compile(r"^# %%(?P<markdown> \[markdown\])?\s*$")
PREDICT = "## Predict\n"
NAME = re.compile(r"(?P<number>\d\d)_(?P<name>\w+)\.py")


class Cell(NamedTuple):
    """A cell: whether it is text, its text or code, and the lines of the file it is made of, both ends included."""

    markdown: bool
    source: str
    first: int
    last: int


class Lesson(NamedTuple):
    """A lesson: its number and its file."""

    number: int
    path: Path

    @property
    def name(self) -> str:
        """The name of its page and of its figures."""
        return self.path.stem.replace("_", "-")

    @property
    def cells(self) -> list[Cell]:
        """Its cells, in order."""
        return cells(self.path.read_text(encoding="utf-8"))

    @property
    def title(self) -> str:
        """Its heading, without the number."""
        return self.cells[0].source.splitlines()[0].lstrip("# ").partition(". ")[2]

    @property
    def question(self) -> str:
        """The paragraph under its heading."""
        return self.cells[0].source.partition("\n")[2].strip().split("\n\n")[0]

    @property
    def prompt(self) -> str:
        """What is to be predicted."""
        text = next(cell.source for cell in self.cells if cell.markdown and PREDICT in cell.source)
        return text.partition(PREDICT)[2].strip()


def cells(text: str) -> list[Cell]:
    r"""Cut a file in the percent format into cells.

    >>> [cell.source for cell in cells("# %% [markdown]\n# Hello\n\n# %%\nx = 1\n")]
    ['Hello', 'x = 1']
    """
    lines = text.splitlines()
    starts = [place for place, line in enumerate(lines) if CELL.match(line)]
    found = []
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        markdown = lines[start].endswith("[markdown]")
        body = lines[start + 1 : stop]
        source = "\n".join(line.removeprefix("#").removeprefix(" ") for line in body) if markdown else "\n".join(body)
        found.append(Cell(markdown, source.strip(), start + 1, stop))
    return found


def lessons() -> dict[int, Lesson]:
    """Every lesson by its number: of the checkout, or as it was installed."""
    package = Path(__file__).parent
    for folder in (package / "files", package.parents[1] / "docs" / "lessons"):
        named = [(NAME.fullmatch(path.name), path) for path in sorted(folder.glob("*.py"))]
        found = {int(match["number"]): Lesson(int(match["number"]), path) for match, path in named if match}
        if found:
            return found
    return {}


def lesson(number: str) -> Lesson:
    """A lesson by its number as it was typed.

    Raises
    ------
    InputError
        If there is none.
    """
    known = {str(each): found for each, found in lessons().items()}
    if number not in known:
        raise InputError(unknown("lesson", number, known))
    return known[number]
