"""What a question is answered with: sentences, tables, figures, and the command that makes it again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.basics.folders import FolderError, new_folder
from sim.basics.mistakes import count
from sim.basics.plain_text import as_command
from sim.basics.tables import Grid as Grid
from sim.scenario.guests import Joined

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr
    from matplotlib.figure import Figure

    from sim.ensemble.ensemble import Ensemble

MARK = "answer.json"
"""File that says that a folder holds an answer, and how to make it again."""
FIGURES = "figures"
"""The folder of the figures in it."""


@dataclass(frozen=True)
class Answer:
    """What a question is answered with.

    Attributes
    ----------
    title : str
        What was asked of which worlds, in a line.
    sentences : sequence of str
        What was found, in words, the main thing first.
    tables : dict of str to DataFrame
        Tidy tables by name.
    grids : sequence of Grid
        Small tables in words, for a screen.
    command : str
        What one types to make the same answer again; empty where it was asked of something that has no name there,
        such as a scenario made in Python.
    dataset : Dataset, optional
        The worlds themselves, where they are kept.
    draw : callable, optional
        Draws the figures, by name; called when somebody asks for them.

    Examples
    --------
    >>> answer = Answer("Two and two", ["Four."], {}, command="doctrine add 2 2")
    >>> print(answer)
    Two and two
    <BLANKLINE>
    Four.
    """

    title: str
    sentences: Sequence[str]
    tables: Mapping[str, pd.DataFrame]
    grids: Sequence[Grid] = ()
    command: str = ""
    dataset: xr.Dataset | None = None
    draw: Callable[[], Mapping[str, Figure]] | None = None

    def figures(self) -> dict[str, Figure]:
        """The figures, drawn anew at each call, by name."""
        return dict(self.draw()) if self.draw is not None else {}

    def save(self, folder: str | os.PathLike[str], force: bool = False) -> Path:
        """Write tables, figures and sentences into a folder of their own, whole or not at all.

        Parameters
        ----------
        folder : path
            Where; it is made.
        force : bool
            Replace an answer that is there already.

        Returns
        -------
        Path
            The folder.

        Raises
        ------
        FolderError
            If nothing can be written there, or something is there that may not be replaced.
        """
        with self.claimed(Path(folder), force) as writing:
            self.write(writing)
        return Path(folder)

    def claimed(self, place: Path, force: bool) -> AbstractContextManager[Path]:
        """An empty folder to write into, which appears at its place when it is complete; errors as in `save`."""
        return answer_folder(place, force)

    def write(self, folder: Path) -> None:
        """Write tables, figures and sentences into an empty folder."""
        from sim import figures
        from sim.basics import tables

        for name, table in self.tables.items():
            tables.write(table, folder / f"{name}.csv")
        for name, figure in self.figures().items():
            figures.save(figure, folder / FIGURES, name)
        text = json.dumps(self.about(), indent=2, ensure_ascii=False)
        (folder / MARK).write_text(text + "\n", encoding="utf-8")

    def about(self) -> dict[str, Any]:
        """How it was asked and what was found, as JSON has it."""
        return {"command": self.command, "found": list(self.sentences)}

    def __str__(self) -> str:
        return "\n\n".join([self.title, *self.sentences])

    def _repr_html_(self) -> str:
        """The answer in a notebook: title, sentences, small tables."""
        parts = [f"<h4>{escape(self.title)}</h4>"]
        parts += [f"<p>{escape(sentence)}</p>" for sentence in self.sentences]
        parts += [_html(grid) for grid in self.grids]
        if self.command:
            parts.append(f"<p><code>{escape(self.command)}</code></p>")
        return "\n".join(parts)


def _html(grid: Grid) -> str:
    def row(cells: Iterable[str], kind: str) -> str:
        return "<tr>" + "".join(f"<{kind}>{escape(cell)}</{kind}>" for cell in cells) + "</tr>"

    body = "".join(row(cells, "td") for cells in grid.rows)
    caption = f"<caption>{escape(grid.caption)}</caption>" if grid.caption else ""
    return f"<table>{caption}<thead>{row(grid.head, 'th')}</thead><tbody>{body}</tbody></table>"


@contextmanager
def answer_folder(place: Path, force: bool) -> Iterator[Path]:
    """An empty folder to write an answer into, which appears at its place when it is complete.

    Raises
    ------
    FolderError
        If nothing can be written there, or something is there that may not be replaced.
    """

    def guard(folder: Path) -> None:
        if not (folder / MARK).is_file():
            raise FolderError(f"{place}: is there already and was not written by this command; choose another --out")
        if not force:
            raise FolderError(f"{place}: is there already; --force replaces it, --out DIR writes elsewhere")

    with new_folder(place, guard) as folder:
        yield folder


def command(*words: str | None, **options: str | int | Iterable[str] | bool | None) -> str:
    """The command that asks again, on any machine.

    Parameters
    ----------
    *words : str or None
        Words after "doctrine"; where one is None the question was asked of something without a name there, and there
        is no such command.
    **options : object
        Options by name, with underscores for dashes: text and numbers as they stand, True for a flag, several words
        for several values; left out where None, False or empty.

    Returns
    -------
    str
        As one types it in a shell.

    Examples
    --------
    >>> command("infer", "history", since=None, prior="1,2", worlds=50)
    'doctrine infer history --prior 1,2 --worlds 50'
    """
    if None in words:
        return ""
    typed = ["doctrine", *(word for word in words if word is not None)]
    for name, value in options.items():
        if value is None or value is False or value == ():
            continue
        values = [] if value is True else [value] if isinstance(value, str | int) else value
        typed += [f"--{name.replace('_', '-')}", *map(str, values)]
    return as_command(typed)


def repeated(name: str, values: Iterable[str | None]) -> list[str | None]:
    """Words of a command for an option that is typed again for each of its values."""
    return [word for value in values for word in (f"--{name}", value)]


def not_us(actor: str) -> tuple[str, ...]:
    """An actor as the values of an option: none for Washington, which is asked about unless another is named."""
    return () if actor == "us" else (actor,)


def same_worlds(title: str, scenarios: int, ensemble: Ensemble) -> str:
    """What was asked of how many scenarios, in a line."""
    worlds = count(ensemble.worlds, "world")
    return f"{title}: {count(scenarios, 'scenario')} in the same {worlds}, seed {ensemble.seed}"


def named(source: object) -> str | None:
    """A scenario as one names it on any machine: a file's name without the folders of this one; None if it has none."""
    if isinstance(source, Joined):
        return named(source.scenario)
    if not isinstance(source, str | os.PathLike):
        return None
    path = Path(source)
    return path.name if path.is_absolute() or ".." in path.parts else str(source)


def guests_of(source: object) -> list[str | None]:
    """The guests of a scenario, as one types them after it."""
    return [*guests_of(source.scenario), *repeated("guest", source.guests)] if isinstance(source, Joined) else []
