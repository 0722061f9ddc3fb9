"""Lessons as files in the percent format of notebooks, as pages, and as a grading key.

A lesson is run, and what it said is put after the cell that said it.
"""

from __future__ import annotations

import re
import runpy
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sim.basics.limits import InputError
from sim.basics.mistakes import unknown
from sim.teaching.lessons.stage import Part, recorded

CELL = re.compile(r"^# %%(?P<markdown> \[markdown\])?\s*$")
SECTION = "## "
PREDICT = "## Predict\n"
PARAGRAPH = re.compile(r"\n\n(?:- )?|\n- ")
"""Between two paragraphs, or two points of a list."""
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
    def introduction(self) -> list[str]:
        """What is read first: its first section, by paragraph, as plain text."""
        text = next(cell.source for cell in self.cells if cell.markdown and cell.source.startswith(SECTION))
        return plain_paragraphs(text.partition("\n")[2].partition(f"\n{SECTION}")[0])

    @property
    def prompt(self) -> str:
        """What is to be predicted."""
        text = next(cell.source for cell in self.cells if cell.markdown and PREDICT in cell.source)
        return text.partition(PREDICT)[2].strip()


def plain_paragraphs(markdown: str) -> list[str]:
    r"""Paragraphs of a text and points of its lists, one after the other, without marks.

    >>> plain_paragraphs("It *does*\ntwo things.\n\n- **One.**\n- `Two`.")
    ['It does two things.', 'One.', 'Two.']
    """
    parts = PARAGRAPH.split(markdown.strip().removeprefix("- "))
    return [" ".join(re.sub(r"[*`]", "", part).split()) for part in parts]


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
    for folder in (package / "files", package.parents[2] / "docs" / "lessons"):
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


IMAGES = "../images/lessons"
"""Figures, as seen from a page."""


def run(lesson: Lesson) -> list[Part]:
    """Run a lesson; what it says, in order.

    Raises
    ------
    FindingGoneError
        If the model does not do any more what the lesson says it does.
    """
    with recorded() as parts:
        runpy.run_path(str(lesson.path), run_name="lesson")
    return parts


def markdown_page(lesson: Lesson, parts: Sequence[Part]) -> str:
    """The lesson in Markdown: texts, folded code, and what the code said."""
    blocks = [block for cell in lesson.cells for block in (_cell(cell), *_said(lesson, cell, parts)) if block]
    made = f"<!-- Written by `python docs/make_lessons.py` out of {lesson.path.name}. Do not edit. -->"
    return "\n\n".join([made, *blocks]) + "\n"


def image(lesson: Lesson, part: Part) -> str:
    """File of a figure."""
    return f"{lesson.name}-{part.name}.png"


def key(lesson: Lesson, parts: Sequence[Part]) -> list[tuple[str, str]]:
    """The answers of a lesson: what is asked, and the answer as computed now."""
    return [(part.name, part.text) for part in parts if part.kind == "answer"]


def findings(parts: Sequence[Part]) -> list[str]:
    """What a lesson made sure of."""
    return [part.text for part in parts if part.kind == "finding"]


def _cell(cell: Cell) -> str:
    if cell.markdown:
        return cell.source
    return f'<details markdown="1"><summary>Code</summary>\n\n```python\n{cell.source}\n```\n\n</details>'


def _said(lesson: Lesson, cell: Cell, parts: Sequence[Part]) -> list[str]:
    inside = [part for part in parts if cell.first <= part.line <= cell.last]
    return [
        f"![{part.text}]({IMAGES}/{image(lesson, part)})" if part.kind == "figure" else part.text
        for part in inside
        if part.kind in ("figure", "text")
    ]


def index(lessons: Sequence[Lesson]) -> str:
    """The page that lists the lessons."""
    rows = [f"{each.number}. [{each.title}]({each.name}.md). {' '.join(each.question.split())}" for each in lessons]
    return INDEX.format(lessons="\n".join(rows))


INDEX = """\
<!-- Written by `python docs/make_lessons.py`. Do not edit. -->

# Lessons

Each takes less than twenty minutes: a question from the news, a prediction that you make *before* you look, a run
of some seconds, and the surprise. Lesson three needs no game theory and no programming.

{lessons}

## How to use them

- **Read** a page as it is. Code and solutions are folded away.
- **Run** a lesson with your own prediction: change the numbers in the cell under *Predict* and start the file,
  `python docs/lessons/03_price_of_refusing.py`. It prints the text with your score.
- **As a notebook**: `pip install 'doctrine-sim[lessons]'`, then
  `jupytext --to notebook docs/lessons/03_price_of_refusing.py`. It converts back in the same way.
- `doctrine lessons` lists them, `doctrine lessons 3` shows what a lesson asks, `doctrine lessons --key` computes all
  answers.

Every number in the text comes out of the code above it, and each surprise is checked whenever the lesson runs: if the
model changes and a finding goes, the lesson stops and says so.

Teachers: [plans, handouts and grading](../teach/index.md).
"""


def write(lesson: Lesson, docs: Path) -> Path:
    """Run a lesson, and write its page and its figures under `docs`."""
    from sim.teaching.lessons.stage import png

    parts = run(lesson)
    images = docs / "images" / "lessons"
    images.mkdir(parents=True, exist_ok=True)
    for part in parts:
        if part.figure is not None:
            (images / image(lesson, part)).write_bytes(png(part.figure))
    place = docs / "lessons" / f"{lesson.name}.md"
    place.write_text(markdown_page(lesson, parts), encoding="utf-8")
    return place
