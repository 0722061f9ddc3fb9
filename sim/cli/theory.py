"""`doctrine theory`: the textbook games: list them, solve one, draw it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from sim.basics.folders import RESULTS
from sim.cli import console
from sim.cli.answers import deliver_to
from sim.cli.exits import DONE
from sim.cli.options import USUAL_ANSWERING, Answering

if TYPE_CHECKING:
    from sim.answers.answer import Answer
    from sim.theory.textbook import ParameterValues, Solution, TextbookGame

OPTIONS = ("out", "force", "quiet", "json", "no-draw")
"""Options that a misspelt parameter may have meant."""
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
    from sim.theory.textbook import game_called, parameter_values

    if name is None:
        return _list(output, parameters)
    game = game_called(name, GAMES)
    values = parameter_values(game, parameters, OPTIONS)
    solution = game.solve(**values)
    place = _place(game, values, output) if draw else None
    if place is not None:
        from sim.answers.textbook import textbook

        # The usual folder is named by the parameters, which give the same bytes again: replacing it loses nothing.
        replacing = replace(output, force=output.force or output.out is None)
        told = partial(_show, game, values, solution)
        return deliver_to(place, lambda *_: textbook(game.name, **parameters), replacing, told)
    if output.json:
        numbers = {number.name: number.value if number.value == number.value else None for number in solution.numbers}
        console.as_json({"found": solution.in_full(), "numbers": numbers})
    elif not output.quiet:
        _show(game, values, solution)
    return DONE


def _list(output: Answering, parameters: dict[str, str]) -> int:
    """List the games, a line each."""
    from sim.basics.limits import InputError
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
        console.glossary(
            (f"{module.GAME.name:<{width}}", module.GAME.headline(all_references=False)) for module in modules
        )
    console.line()
    console.paragraphs([KEY])
    return DONE


def _described(game: TextbookGame) -> dict[str, Any]:
    """A game as JSON has it."""
    parameters = {
        parameter.name: {key: getattr(parameter, key) for key in ("meaning", "default", "low", "high")}
        for parameter in game.parameters
    }
    told = {key: getattr(game, key) for key in ("title", "reference", "derived", "statement", "lesson", "limit")}
    return {**told, "parameters": parameters}


def _place(game: TextbookGame, values: ParameterValues, output: Answering) -> Path:
    """The folder: of the game, and of those parameters that are not the usual ones."""
    from sim.theory.textbook import spelled

    if output.out is not None:
        return output.out
    changed = [f"{name}={spelled(value)}" for name, value in values.items() if value != game.defaults[name]]
    place = "-".join([game.name, *changed])
    if len(place) > LONGEST:
        place = f"{game.name}-{hashlib.blake2b(place.encode(), digest_size=4).hexdigest()}"
    return RESULTS / "theory" / place


def _show(game: TextbookGame, values: ParameterValues, solution: Solution, _: Answer | None = None) -> None:
    from sim.theory.textbook import allowed, exact, spelled

    console.heading(game.headline())
    console.paragraphs([game.statement], console.INDENT)
    console.line()
    console.glossary((f"--{p.name} {spelled(values[p.name])}", f"{p.meaning} ({allowed(p)})") for p in game.parameters)
    console.line()
    console.table(["the answer", ""], [[number.words, exact(number.value)] for number in solution.numbers])
    console.line()
    console.paragraphs(solution.in_full(), console.INDENT)
    console.paragraphs([f"Lesson: {game.lesson}"], console.INDENT)
    if game.limit:
        console.paragraphs([f"In the simulator: {game.limit}"], console.INDENT)
