"""What does a textbook game come to with these numbers? Asked with `sim.textbook`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.answers.answer import Answer, Grid, command
from sim.theory import GAMES
from sim.theory.statics import comparative_statics, curve_table, number_table
from sim.theory.textbook import exact, game_called, listing, parameter_values

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def textbook(game: str, /, **parameters: str | float | Sequence[float]) -> Answer:
    """Solve a textbook game with your numbers, and show how the answer moves with them.

    Parameters
    ----------
    game
        Its name, such as "fearon"; `sim.theory.GAMES` has all of them.
    **parameters
        The game's own, as numbers, several numbers, or as they are typed ("10,6,4"); those left out are as in the
        lesson.

    Returns
    -------
    Answer
        Tables `numbers` and `curves`, a figure of comparative statics called like the game.

    Raises
    ------
    InputError
        If there is no such game or parameter, a number is out of range, or a rule between parameters is broken.

    Examples
    --------
    >>> print(textbook("stag_hunt", stag=4, hare=3).sentences[0])
    Each hunts the stag only if it trusts the other to at least 75 %: the hare is the safer choice.
    """
    played = game_called(game, GAMES)
    typed = {name: given if isinstance(given, str) else _typed(given) for name, given in parameters.items()}
    values = parameter_values(played, typed)
    solution, panels = played.solve(**values), comparative_statics(played, values)

    def draw() -> dict[str, Figure]:
        from sim.figures.theory import statics

        return {played.name: statics(played, listing(values), solution.sentences[0], panels)}

    return Answer(
        title=played.headline(),
        sentences=solution.in_full(),
        tables={"numbers": number_table(solution), "curves": curve_table(panels)},
        grids=[Grid(["the answer", ""], [[number.words, exact(number.value)] for number in solution.numbers])],
        command=command("theory", game, *(word for name, text in typed.items() for word in (f"--{name}", text))),
        draw=draw,
    )


def _typed(given: float | Sequence[float]) -> str:
    """Numbers as one types them, to the last digit."""
    numbers = given if isinstance(given, Sequence) else [given]
    return ",".join(repr(float(number)).removesuffix(".0") for number in numbers)
