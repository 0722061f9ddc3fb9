"""How a question's command ends: tables, figures and sentences, in a folder of their own, whole or not at all."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.folders import RESULTS, FolderError, new_folder
from sim.terminal import console
from sim.terminal.exits import DONE

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.terminal.console import Watch
    from sim.terminal.options import Answering
    from sim.terminal.summary import Grid

MARK = "answer.json"
"""File that says that a folder was written by one of these commands, and how to make it again."""
FIGURES = "figures"


@dataclass(frozen=True)
class Answer:
    """What a question was answered with.

    Attributes
    ----------
    tables : dict of str to DataFrame
        By name of the file, without its ending.
    figures : dict of str to Figure
        By name of the file.
    sentences : list of str
        What was found, in words, the main thing first.
    grids : list of Grid
        Tables for the screen.
    """

    tables: Mapping[str, pd.DataFrame]
    figures: Mapping[str, Figure]
    sentences: list[str]
    grids: list[Grid] = field(default_factory=list)


def answer(title: str, command: Iterable[str], output: Answering, work: Callable[[Watch], Answer]) -> int:
    """Do the work of a question, write its folder, and say what was found.

    Parameters
    ----------
    title : str
        The line above the summary.
    command : iterable of str
        The words that make the same answer again, after "doctrine"; the first names the folder unless `--out` does.
    output : Answering
        Where the answer goes.
    work : callable
        Called with the watch that shows progress; returns the answer.

    Raises
    ------
    FolderError
        If nothing can be written there, or something is there that may not be replaced.
    """
    from sim import figures

    words = list(command)
    place = output.out or RESULTS / words[0]
    with console.watching(output.quiet) as watch, new_folder(place, _guard(place, output.force)) as folder:
        found = work(watch)
        watch.doing("Writing tables and figures")
        for name, table in found.tables.items():
            table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
        for name, figure in found.figures.items():
            figures.save(figure, folder / FIGURES, name)
        about = {"command": shlex.join(["doctrine", *words]), "found": found.sentences}
        (folder / MARK).write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if output.json:
        console.as_json({**about, "folder": place.as_posix(), "tables": _records(found.tables)})
    elif not output.quiet:
        _show(title, found, place)
    return DONE


def _guard(place: Path, force: bool) -> Callable[[Path], None]:
    """Let only a folder of these commands be replaced, and only by force."""

    def guard(folder: Path) -> None:
        if not (folder / MARK).is_file():
            raise FolderError(f"{place}: is there already and was not written by this command; choose another --out")
        if not force:
            raise FolderError(f"{place}: is there already; --force replaces it, --out DIR writes elsewhere")

    return guard


def _records(tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """Tables as JSON has them: a row an object, what is no number null."""
    return {name: json.loads(table.to_json(orient="records", date_format="iso")) for name, table in tables.items()}


def _show(title: str, found: Answer, place: Path) -> None:
    console.heading(title)
    for grid in found.grids:
        console.line()
        console.table(*grid)
    console.line()
    console.paragraphs(found.sentences, console.INDENT)
    console.line()
    names = [f"{FIGURES}/"] if found.figures else []
    console.line(f"In {place}: {', '.join([*names, *(f'{name}.csv' for name in found.tables)])}")
