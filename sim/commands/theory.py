"""`doctrine theory`: the textbook games: list them, solve one, draw it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from sim.commands.answers import Answer
from sim.commands.answers import answer as end_with
from sim.folders import RESULTS
from sim.terminal import console
from sim.terminal.exits import DONE
from sim.terminal.options import USUAL_ANSWERING, Answering

if TYPE_CHECKING:
    from sim.terminal.console import Watch
    from sim.theory.game import Game, Solution, Values

OPTIONS = ("out", "force", "quiet", "json", "no-draw")
"""Options that a misspelt parameter may have meant."""
MARK = " [derived]"
KEY = "[derived]: a minimal model made for teaching, not the paper's. Solve a game: doctrine theory fearon --p .6"
LONGEST = 60
"""Letters of a folder's name."""


def theory(
    name: str | None = None,
    /,
    *,
    draw: Annotated[bool, Parameter(negative="--no-draw", show_default=False)] = True,
    output: Answering = USUAL_ANSWERING,
    **parameters: str,
) -> int:
    """Solve a textbook game with your numbers: the answer in words, and its figure; without a name, list the games.

    Prints the statement, the parameters and the answer. Writes results/theory/NAME/: a figure of how the answer moves,
    its curves and numbers. A game's parameters are options: doctrine theory fearon shows its own.

    For example:

        doctrine theory fearon --p .5 --ca .1 --lo 0 --hi .4

    Parameters
    ----------
    name
        The game.
    draw
        Draw the figure and write the folder; --no-draw only prints.
    output
        Where results go.
    parameters
        The game's own, as --NAME NUMBER; several numbers as 10,6,4.
    """
    from sim.theory import GAMES
    from sim.theory.asked import game_called, values_asked

    if name is None:
        return _list(output, parameters)
    game = game_called(name, GAMES)
    values = values_asked(game, parameters, OPTIONS)
    solution = game.solve(**values)
    if draw:
        words = ["theory", name, *(word for key, text in parameters.items() for word in (f"--{key}", text))]
        _write(game, values, solution, words, output)
    elif output.json:
        console.as_json({"found": _said(solution), "numbers": _numbers(solution)})
    if not (output.json or output.quiet):
        _show(game, values, solution, _place(game, values, output) if draw else None)
    return DONE


def _list(output: Answering, parameters: dict[str, str]) -> int:
    """List the games, a line each."""
    from sim.limits import InputError
    from sim.theory import GAMES, TOPICS

    if parameters:
        raise InputError(f"--{next(iter(parameters))}: name the game that it belongs to, as in: doctrine theory fearon")
    if output.json:
        console.as_json({name: _described(game) for name, game in GAMES.items()})
        return DONE
    for place, (topic, modules) in enumerate(TOPICS.items()):
        if place:
            console.line()
        console.heading(topic)
        width = max(map(len, GAMES))
        console.glossary((f"{module.GAME.name:<{width}}", _short(module.GAME)) for module in modules)
    console.line()
    console.paragraphs([KEY])
    return DONE


def _short(game: Game) -> str:
    """Title and first reference."""
    return f"{game.title} ({game.reference.partition(';')[0]}){MARK if game.derived else ''}"


def _line(game: Game) -> str:
    return f"{game.title} ({game.reference}){MARK if game.derived else ''}"


def _described(game: Game) -> dict[str, Any]:
    """A game as JSON has it."""
    parameters = {
        parameter.name: {key: getattr(parameter, key) for key in ("meaning", "default", "low", "high")}
        for parameter in game.parameters
    }
    told = {key: getattr(game, key) for key in ("title", "reference", "derived", "statement", "lesson", "limit")}
    return {**told, "parameters": parameters}


def _write(game: Game, values: Values, solution: Solution, words: list[str], output: Answering) -> None:
    """Draw the game and write its folder; print JSON if asked to.

    The usual folder is named by the parameters, which give the same bytes again: replacing it loses nothing.
    """
    from sim.figures.theory import statics
    from sim.theory.asked import spelled
    from sim.theory.statics import curve_table, drawn, number_table

    def work(_: Watch) -> Answer:
        panels = drawn(game, values)
        asked = ", ".join(f"{name} = {spelled(value)}" for name, value in values.items())
        figure = statics(game, asked, solution.sentences[0], panels)
        tables = {"numbers": number_table(solution), "curves": curve_table(panels)}
        return Answer(tables, {game.name: figure}, _said(solution))

    place = _place(game, values, output)
    silent = replace(output, out=place, quiet=True, force=output.force or output.out is None)
    end_with(game.title, words, silent, work)


def _place(game: Game, values: Values, output: Answering) -> Path:
    """The folder: of the game, and of those parameters that are not the usual ones."""
    from sim.theory.asked import spelled

    if output.out is not None:
        return output.out
    changed = [f"{name}={spelled(value)}" for name, value in values.items() if value != game.defaults[name]]
    place = "-".join([game.name, *changed])
    if len(place) > LONGEST:
        place = f"{game.name}-{hashlib.blake2b(place.encode(), digest_size=4).hexdigest()}"
    return RESULTS / "theory" / place


def _show(game: Game, values: Values, solution: Solution, place: Path | None) -> None:
    from sim.terminal.summary import Grid
    from sim.theory.asked import allowed, spelled
    from sim.theory.words import exact

    console.heading(_line(game))
    console.paragraphs([game.statement], console.INDENT)
    console.line()
    console.glossary((f"--{p.name} {spelled(values[p.name])}", f"{p.meaning} ({allowed(p)})") for p in game.parameters)
    console.line()
    rows = [[number.words, exact(number.value)] for number in solution.numbers]
    console.table(*Grid(["the answer", ""], rows))
    console.line()
    console.paragraphs(_said(solution), console.INDENT)
    console.paragraphs([f"Lesson: {game.lesson}"], console.INDENT)
    if game.limit:
        console.paragraphs([f"In the simulator: {game.limit}"], console.INDENT)
    if place is not None:
        console.line()
        console.line(f"In {place}: figures/, numbers.csv, curves.csv")


def _said(solution: Solution) -> list[str]:
    """The sentences, each with its full stop."""
    return [f"{sentence.removesuffix('.')}." for sentence in solution.sentences if sentence]


def _numbers(solution: Solution) -> dict[str, float | None]:
    return {number.name: number.value if number.value == number.value else None for number in solution.numbers}
