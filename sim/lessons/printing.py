"""Lessons as pages and as a grading key: run a lesson, and put what it said after the cell that said it."""

from __future__ import annotations

import runpy
from collections.abc import Sequence
from pathlib import Path

from sim.lessons.percent import Cell, Lesson
from sim.lessons.stage import Part, recorded

IMAGES = "../images/lessons"
"""Figures, as seen from a page."""


def played(lesson: Lesson) -> list[Part]:
    """Run a lesson; what it says, in order.

    Raises
    ------
    FindingGoneError
        If the model does not do any more what the lesson says it does.
    """
    with recorded() as parts:
        runpy.run_path(str(lesson.path), run_name="lesson")
    return parts


def page(lesson: Lesson, parts: Sequence[Part]) -> str:
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
    from sim.lessons.stage import png

    parts = played(lesson)
    images = docs / "images" / "lessons"
    images.mkdir(parents=True, exist_ok=True)
    for part in parts:
        if part.figure is not None:
            (images / image(lesson, part)).write_bytes(png(part.figure))
    place = docs / "lessons" / f"{lesson.name}.md"
    place.write_text(page(lesson, parts), encoding="utf-8")
    return place
