"""What the command line shows: text and tables on the terminal, progress while it works, errors in plain words."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NoReturn

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from sim.basics.plain_text import visible

if TYPE_CHECKING:
    from rich.progress import Progress, Task, TaskID

WIDEST = 110
"""Columns beyond which lines of text are no longer easy to read."""
NARROWEST = 20
INDENT, GAP = 2, 2


class Screen(Console):
    """A console that spells out what a terminal would heed, and stays silent once its reader has gone."""

    def print(self, *objects: Any, **options: Any) -> None:
        """Print texts with every hidden character spelt out, wherever they come from."""
        super().print(*map(_shown, objects), **options)

    def on_broken_pipe(self) -> NoReturn:
        """Let nothing be written any more, and leave: the reader had enough."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0)


def _shown(what: Any) -> Any:
    """A text without hidden characters; anything else is the program's own."""
    if isinstance(what, Text):
        return Text.assemble(*((visible(part.plain), part.style) for part in _parts(what)), style=what.style)
    return visible(what) if isinstance(what, str) else what


def _parts(text: Text) -> list[Text]:
    """A text in parts of one style each."""
    ends = sorted({end for span in text.spans for end in (span.start, span.end)} - {0, len(text)})
    return [Text(part.plain, part.spans[0].style if part.spans else "") for part in text.divide(ends)]


def screen(stderr: bool = False) -> Screen:
    """The terminal, or wherever output goes; no line of text wider than is easy to read."""
    console = Screen(stderr=stderr, highlight=False, emoji=False, markup=False)
    console.width = min(console.width, WIDEST)
    return console


def heading(text: str) -> None:
    """A line that says what follows."""
    screen().print(Text(text, style="bold"))


def line(text: str = "") -> None:
    """A line that is not broken: a path can be copied from it."""
    screen().print(text, soft_wrap=True)


def paragraphs(texts: Iterable[str], indent: int = 0) -> None:
    """Texts, each broken into lines that fit."""
    out = screen()
    for text in texts:
        for row in _broken(text, out.width - indent):
            out.print(" " * indent + row, soft_wrap=True)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> None:
    """A table: the first column text, the others numbers, flush right."""
    out = screen()
    widths = [max(map(cell_len, column)) for column in zip(head, *rows, strict=True)]
    for place, row in enumerate((head, *rows)):
        cells = [
            cell + gap if column == 0 else gap + cell
            for column, (cell, gap) in enumerate(
                (cell, " " * (width - cell_len(cell))) for cell, width in zip(row, widths, strict=True)
            )
        ]
        text = " " * INDENT + (" " * GAP).join(cells).rstrip()
        out.print(Text(text, style="" if place else "bold"), soft_wrap=True)
    if caption:
        paragraphs([caption], INDENT)


def glossary(entries: Iterable[tuple[str, str]]) -> None:
    """Names and what they mean, in two columns."""
    out, entries = screen(), list(entries)
    left = INDENT + max((cell_len(name) for name, _ in entries), default=0) + GAP
    for name, meaning in entries:
        first, *rest = _broken(meaning, out.width - left) or [""]
        start = Text(" " * INDENT + name, style="bold")
        out.print(start, " " * (left - INDENT - cell_len(name)) + first, sep="", soft_wrap=True)
        for row in rest:
            out.print(" " * left + row, soft_wrap=True)


def entry(title: str, sentences: Iterable[str]) -> None:
    """A title, and under it sentences."""
    screen().print(Text(f"\n{title}", style="bold"))
    paragraphs(sentences, INDENT)


def _broken(text: str, width: int) -> list[str]:
    """A text in lines that fit; a number stays with its sign of percent."""
    rows = wrap(text.replace(" %", "\u00a0%"), max(width, NARROWEST), break_long_words=False, break_on_hyphens=False)
    return [row.replace("\u00a0%", " %") for row in rows]


def plain(text: str) -> None:
    """Text for another program or a file, to the letter."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        screen().on_broken_pipe()


def as_json(data: Any) -> None:
    """One JSON object, for another program."""
    plain(json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n")


def complaint(text: str) -> None:
    """A report on stderr of what is wrong, as it stands."""
    screen(stderr=True).print(text, soft_wrap=True)


def note(text: str) -> None:
    """A line on stderr that is good to know."""
    screen(stderr=True).print(text, style="dim", soft_wrap=True)


def error(text: str) -> None:
    """A line on stderr that says what is wrong."""
    screen(stderr=True).print(Text.assemble(("doctrine: ", "bold red"), text), soft_wrap=True)


class Watch:
    """What a long piece of work says of itself while it lasts; nothing where nobody looks."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._now: tuple[str, TaskID] | None = None
        self.doing("Getting ready")

    def doing(self, what: str) -> None:
        """Say what is done now, for as long as it takes."""
        self._show(what, None, 0)

    def simulated(self, done: int, total: int) -> None:
        """Take note of the world-months done; see `sim.ensemble.Progress`."""
        self._show("Simulating", total, done)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the progress off the screen while something is printed."""
        if self._progress is not None:
            self._progress.stop()
        yield
        if self._progress is not None:
            self._progress.start()

    def _show(self, what: str, total: int | None, done: int) -> None:
        if self._progress is None:
            return
        if self._now is None or self._now[0] != what:
            if self._now is not None:
                self._progress.remove_task(self._now[1])
            self._now = what, self._progress.add_task(what, total=total)
        self._progress.update(self._now[1], total=total, completed=done)


@contextmanager
def watching(quiet: bool = False) -> Iterator[Watch]:
    """Show progress on stderr, if that is a terminal, and wipe it away in the end."""
    err = screen(stderr=True)
    if quiet or not err.is_terminal:
        yield Watch(None)
        return
    from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, TextColumn

    class Pace(ProgressColumn):
        """Rate, and time left."""

        def render(self, task: Task) -> Text:
            return Text(_pace(task.speed, task.time_remaining, task.total))

    columns = (SpinnerColumn("line"), TextColumn("{task.description}"), BarColumn(), Pace())
    with Progress(*columns, console=err, transient=True) as progress:
        yield Watch(progress)


def _pace(speed: float | None, left: float | None, total: float | None) -> str:
    if not speed or total is None:
        return ""
    remaining = f", {_duration(left)} left" if left is not None else ""
    return f"{speed:,.0f} world-months/s{remaining}"


def _duration(seconds: float) -> str:
    """Seconds as a reader says them.

    >>> _duration(75), _duration(4)
    ('1:15 min', '4 s')
    """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d} min" if minutes else f"{rest} s"
