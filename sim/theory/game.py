"""What a textbook game is here: a statement, parameters, a solution, and what to draw of it. Data and functions.

A game's own file states it, solves it with plain functions, and ends in one `Game` record; nothing else has to be known
to list it, to show it or to draw it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

Value = float | tuple[float, ...]
"""A number, or several."""
Values = Mapping[str, Value]
"""One value a parameter, by name."""


class Parameter(NamedTuple):
    """A parameter of a game.

    Attributes
    ----------
    name : str
        Its symbol, as it is typed.
    meaning : str
        What it is, with its unit, as the label of an axis.
    default : float or tuple of float
        A tuple where there is one number a player.
    low, high : float
        Range of each number, ends included.
    whole : bool
        Whether only whole numbers are meant.
    fewest, most : int
        How many numbers, where there are several.
    """

    name: str
    meaning: str
    default: Value
    low: float
    high: float
    whole: bool = False
    fewest: int = 2
    most: int = 12

    @property
    def several(self) -> bool:
        """Whether it takes one number a player."""
        return isinstance(self.default, tuple)


class Rule(NamedTuple):
    """What must hold between parameters: a test of all values by name, and the rule in words, with its remedy."""

    holds: Callable[..., bool]
    words: str


class Number(NamedTuple):
    """A number of a solution: its name, what it is in words, its value (NaN where there is none).

    The words also label the number's curve in a panel, where `Panel.heading` says what is drawn.
    """

    name: str
    words: str
    value: float


class Solution(NamedTuple):
    """What a game comes to: named numbers, and sentences of which the first is the finding."""

    numbers: tuple[Number, ...]
    sentences: tuple[str, ...]

    def value(self, name: str) -> float:
        """A number by its name; NaN where the solution has none of that name."""
        return next((number.value for number in self.numbers if number.name == name), float("nan"))


class Family(NamedTuple):
    """Values of a parameter that get a curve each, beside the value at hand."""

    parameter: str
    values: tuple[float, ...]


class Panel(NamedTuple):
    """A comparative static: numbers of the solution over one parameter, all others held where they are.

    Attributes
    ----------
    across : str
        The parameter; `w.1` for the first of the numbers of `w`.
    up : tuple of str
        Names of the numbers drawn; those that a solution lacks are left out.
    heading : str
        What is drawn, in words.
    low, high : float
        Ends of the horizontal axis.
    family : Family, optional
        Curves for other values of another parameter, where one number alone is drawn.
    floor, ceiling : float, optional
        Ends of the vertical axis.
    label : str
        Of the horizontal axis, where the parameter's meaning does not do.
    """

    across: str
    up: tuple[str, ...]
    heading: str
    low: float
    high: float
    family: Family | None = None
    floor: float | None = 0.0
    ceiling: float | None = None
    label: str = ""


class Game(NamedTuple):
    """A textbook game.

    Attributes
    ----------
    name, title : str
        How it is called on the command line, and in a heading.
    reference : str
        Where it comes from.
    derived : bool
        True for a minimal model made for teaching, in the spirit of the reference but not in it.
    statement : str
        Who plays, what they know, what they can do, what they get.
    lesson : str
        What it teaches: how the answer moves with the parameters.
    parameters : tuple of Parameter
    solve : callable
        Takes the parameters by name; returns a Solution.
    panels : tuple of Panel
        What to draw: one or two comparative statics.
    rules : tuple of Rule
        What must hold between parameters.
    limit : str
        Where the simulator contains the game as a limit, "" where it does not.
    """

    name: str
    title: str
    reference: str
    derived: bool
    statement: str
    lesson: str
    parameters: tuple[Parameter, ...]
    solve: Callable[..., Solution]
    panels: tuple[Panel, ...]
    rules: tuple[Rule, ...] = ()
    limit: str = ""

    @property
    def defaults(self) -> dict[str, Value]:
        """The parameters as the lesson has them."""
        return {parameter.name: parameter.default for parameter in self.parameters}

    def parameter(self, name: str) -> Parameter:
        """A parameter by its name."""
        return next(parameter for parameter in self.parameters if parameter.name == name)
