"""What a textbook game is here: a statement, parameters, a solution, and what to draw of it. Data and functions.

A game's own file states it, solves it with plain functions, and ends in one `TextbookGame` record; nothing else has to
be known to list it, to show it or to draw it. What a user types for a parameter is held to its range here, and numbers
are told as sentences tell them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sim.basics.labels import HUNDRED, MINUS
from sim.basics.limits import InputError
from sim.basics.mistakes import shown, unknown
from sim.basics.typed_numbers import number, numbers

SMALL = 1e-12
"""Under this a number is nought: what rounding leaves."""
DERIVED = " [derived]"
"""Marks a minimal model made for teaching."""
Value = float | tuple[float, ...]
"""A number, or several."""
ParameterValues = Mapping[str, Value]
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


class NamedNumber(NamedTuple):
    """A number of a solution: its name, what it is in words, its value (NaN where there is none).

    The words also label the number's curve in a panel, where `Panel.heading` says what is drawn.
    """

    name: str
    words: str
    value: float


class Solution(NamedTuple):
    """What a game comes to: named numbers, and sentences of which the first is the finding."""

    numbers: tuple[NamedNumber, ...]
    sentences: tuple[str, ...]

    def value(self, name: str) -> float:
        """A number by its name; NaN where the solution has none of that name."""
        return next((number.value for number in self.numbers if number.name == name), float("nan"))

    def in_full(self) -> list[str]:
        """The sentences, each with its full stop."""
        return [f"{sentence.removesuffix('.')}." for sentence in self.sentences if sentence]


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


class TextbookGame(NamedTuple):
    """A textbook game.

    Attributes
    ----------
    name, title : str
        How it is called on the command line, and in a heading.
    reference : str
        Where it comes from.
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
    derived : bool
        True for a minimal model made for teaching, in the spirit of the reference but not in it.
    """

    name: str
    title: str
    reference: str
    statement: str
    lesson: str
    parameters: tuple[Parameter, ...]
    solve: Callable[..., Solution]
    panels: tuple[Panel, ...]
    rules: tuple[Rule, ...] = ()
    limit: str = ""
    derived: bool = False

    @property
    def defaults(self) -> dict[str, Value]:
        """The parameters as the lesson has them."""
        return {parameter.name: parameter.default for parameter in self.parameters}

    def headline(self, all_references: bool = True) -> str:
        """Title and references, or the first of them; marked where the game is a minimal model of its own."""
        reference = self.reference if all_references else self.reference.partition(";")[0]
        return f"{self.title} ({reference}){DERIVED if self.derived else ''}"

    def parameter(self, name: str) -> Parameter:
        """A parameter by its name."""
        return next(parameter for parameter in self.parameters if parameter.name == name)


# ---- what a user types


def game_called(name: str, games: Mapping[str, TextbookGame]) -> TextbookGame:
    """The game of a name.

    Raises
    ------
    InputError
        If there is none; says which is near.
    """
    if name not in games:
        raise InputError(unknown("game", name, games))
    return games[name]


def parameter_values(game: TextbookGame, given: Mapping[str, str], options: tuple[str, ...] = ()) -> dict[str, Value]:
    """All parameters of a game, those not given at their defaults.

    Parameters
    ----------
    game : TextbookGame
    given : mapping of str to str
        Parameters as they were typed: `{"p": ".5", "w": "10,6,4"}`.
    options : tuple of str
        Other names that may have been meant by an unknown one.

    Returns
    -------
    dict of str to float or tuple of float

    Raises
    ------
    InputError
        If a parameter is unknown, is no number, is out of range, or a rule between parameters is broken.

    Examples
    --------
    >>> from sim.theory import GAMES
    >>> parameter_values(GAMES["volunteer"], {"n": "5"})
    {'n': 5.0, 'c': 0.2}
    """
    names = [parameter.name for parameter in game.parameters]
    for name in given:
        if name not in names:
            raise InputError(unknown(f"parameter of {game.name}", name, [*names, *options]))
    values = game.defaults | {name: _value(game.parameter(name), text) for name, text in given.items()}
    for rule in game.rules:
        if not rule.holds(**values):
            raise InputError(f"{game.name}: {rule.words}, got {listing(values)}")
    return values


def allowed(parameter: Parameter) -> str:
    """The range of a parameter in words.

    >>> allowed(Parameter("n", "players", 2.0, 2.0, 50.0, whole=True)), allowed(Parameter("d", "patience", 0, 0, 0.9))
    ('whole number, 2 to 50', '0 to 0.9')
    """
    kind = "whole number" if parameter.whole else ""
    if parameter.several:
        many = f"{parameter.fewest} to {parameter.most}" if parameter.most > parameter.fewest else f"{parameter.most}"
        kind = f"{many} {'whole numbers' if parameter.whole else 'numbers'}, each"
        return f"{kind} {parameter.low:g} to {parameter.high:,g}"
    return f"{f'{kind}, ' if kind else ''}{parameter.low:g} to {parameter.high:,g}"


def spelled(value: Value) -> str:
    """A value as it is typed.

    >>> spelled((10.0, 6.5)), spelled(0.5)
    ('10,6.5', '0.5')
    """
    return ",".join(f"{part:.12g}" for part in (value if isinstance(value, tuple) else (value,)))


def _value(parameter: Parameter, text: str) -> Value:
    """A value as typed, held to the parameter's range."""
    alone = number(text)
    given = numbers(text) if parameter.several else None if alone is None else [alone]
    fewest, most = (parameter.fewest, parameter.most) if parameter.several else (1, 1)
    if (
        given is None
        or not fewest <= len(given) <= most
        or not all(parameter.low <= value <= parameter.high for value in given)
        or (parameter.whole and not all(value.is_integer() for value in given))
    ):
        what = "a number, " if given is None and not parameter.several else ""
        raise InputError(
            f"{parameter.name} ({parameter.meaning}): must be {what}{allowed(parameter)}, got {shown(text)}"
        )
    return tuple(given) if parameter.several else given[0]


def listing(values: ParameterValues) -> str:
    """All parameters with their values, as a sentence has them."""
    return ", ".join(f"{name} = {spelled(value)}" for name, value in values.items())


# ---- numbers in words


def short(value: float) -> str:
    """A number in three figures, with a true minus sign and no minus zero.

    >>> short(0.714286), short(-2.0), short(17.0), short(-1e-15)
    ('0.714', '−2', '17', '0')
    """
    rounded = 0.0 if abs(value) < SMALL else value
    return (
        f"{rounded:,.3g}".replace("-", MINUS) if abs(rounded) < 10 * HUNDRED else f"{rounded:,.0f}".replace("-", MINUS)
    )


def percent(chance: float) -> str:
    """A chance or share in percent, in three figures.

    >>> percent(0.375), percent(1.0), percent(0.001865)
    ('37.5 %', '100 %', '0.186 %')
    """
    return f"{short(HUNDRED * chance)} %"


def exact(value: float) -> str:
    """A number in six figures, as the tables of the lessons have it.

    >>> exact(2 / 3), exact(25.0), exact(float("nan"))
    ('0.666667', '25', 'none')
    """
    if value != value:
        return "none"
    return f"{0.0 if abs(value) < SMALL else value:.6g}".replace("-", MINUS)
