"""How a question's command ends: what was found on the screen, then figures and tables in a folder of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.basics.folders import RESULTS
from sim.cli import console
from sim.cli.exits import DONE

if TYPE_CHECKING:
    import pandas as pd

    from sim.answers.answer import Answer
    from sim.cli.console import Watch
    from sim.cli.options import Answering, Luck, Output
    from sim.ensemble.ensemble import Ensemble

FOLLOWING = "Figures and tables follow."
"""Said of them while they are made, under what was found."""


def show(found: Answer, sentences: Iterable[str] | None = None) -> None:
    """Print what was found: the title, small tables, and these sentences; all of its own if None."""
    console.heading(found.title)
    for grid in found.grids:
        console.line()
        console.table(*grid)
    if said := list(found.sentences if sentences is None else sentences):
        console.line()
        console.paragraphs(said, console.INDENT)


def deliver(name: str, ask: Callable[[Ensemble], Answer], luck: Luck, output: Output) -> int:
    """Ask a question, say what was found, and write its folder.

    Parameters
    ----------
    name : str
        Names the folder unless `--out` does.
    ask : callable
        Asks the question of the worlds it is given.
    luck : Luck
        Which worlds.
    output : Output
        Where the answer goes.

    Raises
    ------
    FolderError
        If nothing can be written there, or something is there that may not be replaced.
    """
    from sim.ensemble.ensemble import Ensemble

    checked = Ensemble(luck.worlds, luck.seed, output.processes())
    place = output.out or RESULTS / name
    return deliver_to(place, lambda watch, doing: ask(checked.watched(watch.simulated, doing)), output)


def deliver_to(
    place: Path,
    ask: Callable[[Watch, Callable[[str], None]], Answer],
    output: Answering,
    tell: Callable[[Answer], None] = show,
) -> int:
    """Ask a question, say what was found, then draw its figures and write a folder, whole or not at all.

    The folder is claimed when work begins: whoever asks wrongly hears of the question first, and nobody waits for an
    answer that has no place.

    Parameters
    ----------
    place : Path
        The folder.
    ask : callable
        Asks, with the watch to show progress to, and what to call with what is done now, at its beginning.
    output : Answering
        What is said, and whether a folder may be replaced.
    tell : callable
        Prints what was found.

    Raises
    ------
    FolderError
        As in `deliver`.
    """
    from sim.answers.answer import FIGURES, answer_folder

    with ExitStack() as held:
        claimed = cache(lambda: held.enter_context(answer_folder(place, output.force)))
        watch = held.enter_context(console.watching(output.quiet))

        def doing(what: str) -> None:
            claimed()
            watch.doing(what)

        found = ask(watch, doing)
        claimed()
        announce(found, watch, output, tell)
        watch.doing("Drawing figures, writing tables")
        found.write(claimed())
    if output.json:
        console.as_json({**found.about(), "folder": place.as_posix(), "tables": records(found.tables)})
    elif not output.quiet:
        names = [f"{FIGURES}/"] if found.draw else []
        console.line(f"In {place}: {', '.join([*names, *(f'{name}.csv' for name in found.tables)])}")
    return DONE


def announce(found: Answer, watch: Watch, output: Answering, tell: Callable[[Answer], None] = show) -> None:
    """Say what was found while its figures and tables are still to be made, unless nobody is to be told."""
    if output.json or output.quiet:
        return
    with watch.aside(), suppress(SystemExit):  # of a reader who has gone: what was found is written all the same
        tell(found)
        console.line(FOLLOWING)


def records(tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """Tables as JSON has them: a row an object, what is no number null."""
    return {name: json.loads(table.to_json(orient="records", date_format="iso")) for name, table in tables.items()}
