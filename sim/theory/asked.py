"""What a user asks of a game: which one, with which parameters. Everything wrong is said in words."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sim.limits import InputError
from sim.mistakes import shown, unknown
from sim.theory.game import Game, Parameter, Value


def game_called(name: str, games: Mapping[str, Game]) -> Game:
    """The game of a name.

    Raises
    ------
    InputError
        If there is none; says which is near.
    """
    if name not in games:
        raise InputError(unknown("game", name, games))
    return games[name]


def values_asked(game: Game, given: Mapping[str, str], options: tuple[str, ...] = ()) -> dict[str, Value]:
    """All parameters of a game, those not given at their defaults.

    Parameters
    ----------
    game : Game
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
    >>> values_asked(GAMES["volunteer"], {"n": "5"})
    {'n': 5.0, 'c': 0.2}
    """
    names = [parameter.name for parameter in game.parameters]
    for name in given:
        if name not in names:
            raise InputError(unknown(f"parameter of {game.name}", name, [*names, *options]))
    values = game.defaults | {name: _value(game.parameter(name), text) for name, text in given.items()}
    for rule in game.rules:
        if not rule.holds(**values):
            raise InputError(f"{game.name}: {rule.words}, got {_listing(values)}")
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
    if not parameter.several:
        return _number(parameter, text, text)
    parts = [part for part in text.replace(" ", ",").split(",") if part]
    if not parameter.fewest <= len(parts) <= parameter.most:
        raise InputError(f"{parameter.name} ({parameter.meaning}): must be {allowed(parameter)}, got {shown(text)}")
    return tuple(_number(parameter, part, text) for part in parts)


def _number(parameter: Parameter, part: str, text: str) -> float:
    try:
        value = float(part)
    except ValueError:
        value = math.nan
    sound = parameter.low <= value <= parameter.high and (not parameter.whole or value.is_integer())
    if not sound:
        what = "" if math.isfinite(value) else "a number, "
        raise InputError(
            f"{parameter.name} ({parameter.meaning}): must be {what}{allowed(parameter)}, got {shown(text)}"
        )
    return value


def _listing(values: Mapping[str, Value]) -> str:
    return ", ".join(f"{name} = {spelled(value)}" for name, value in values.items())
