"""Comparative statics of a game: its numbers while one parameter moves, as curves to draw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.arrays import Array
from sim.questions.labels import listed
from sim.theory.game import Family, Game, Panel, Solution, Value, Values
from sim.theory.words import short

STEPS = 241
"""Points of a curve, ends included."""
ALIKE = 9
"""Decimals to which curves that are drawn as one are equal."""


class Curve(NamedTuple):
    """A curve of a panel.

    Attributes
    ----------
    label : str
    x, y : array (points,)
        NaN where the game has no such number.
    here : bool
        Whether it belongs to the parameters at hand.
    point : tuple of float, optional
        Where on it the parameters at hand are.
    """

    label: str
    x: Array
    y: Array
    here: bool
    point: tuple[float, float] | None


class Drawn(NamedTuple):
    """A panel and its curves."""

    panel: Panel
    label: str
    curves: tuple[Curve, ...]


def drawn(game: Game, values: Values) -> tuple[Drawn, ...]:
    """The curves of every panel of a game at these parameters.

    Parameters
    ----------
    game : Game
    values : mapping
        All its parameters.
    """
    return tuple(
        Drawn(panel, panel.label or _meaning(game, panel), _curves(game, values, panel)) for panel in game.panels
    )


def number_table(solution: Solution) -> pd.DataFrame:
    """The numbers of a solution, a row each: name, meaning, value."""
    return pd.DataFrame([number._asdict() for number in solution.numbers]).rename(columns={"words": "meaning"})


def curve_table(panels: Iterable[Drawn]) -> pd.DataFrame:
    """Every point of every curve: panel (from 1), what it shows, curve, x, y; NaN where there is no such number."""
    parts = [
        pd.DataFrame({"panel": place, "shows": panel.panel.heading, "curve": curve.label, "x": curve.x, "y": curve.y})
        for place, panel in enumerate(panels, start=1)
        for curve in panel.curves
    ]
    return pd.concat(parts, ignore_index=True)


def replaced(values: Values, key: str, number: float) -> dict[str, Value]:
    """The values with another number for a parameter; `w.2` is the second number of `w`.

    >>> replaced({"a": 0.5, "w": (10.0, 6.0)}, "w.2", 1.0)
    {'a': 0.5, 'w': (10.0, 1.0)}
    """
    name, _, place = key.partition(".")
    old = values[name]
    if not isinstance(old, tuple):
        return {**values, name: number}
    spot = int(place) - 1
    return {**values, name: (*old[:spot], number, *old[spot + 1 :])}


def _number(values: Values, key: str) -> float:
    name, _, place = key.partition(".")
    old = values[name]
    return old[int(place) - 1] if isinstance(old, tuple) else old


def _curves(game: Game, values: Values, panel: Panel) -> tuple[Curve, ...]:
    if panel.family is None:
        return _one_a_number(game, values, panel)
    return _one_a_value(game, values, panel, panel.family)


def _one_a_number(game: Game, values: Values, panel: Panel) -> tuple[Curve, ...]:
    """A curve a number of the solution, each with a point where the parameters at hand are; equal ones share one."""
    now = game.solve(**values)
    words = {number.name: number.words for number in now.numbers if number.name in panel.up}
    mine, (x, solutions) = _number(values, panel.across), _solved(game, values, panel)
    labels: dict[bytes, list[str]] = {}
    curves: dict[bytes, Curve] = {}
    for name, text in words.items():
        y = _heights(solutions, name)
        key = np.round(y, ALIKE).tobytes()
        labels.setdefault(key, []).append(text)
        curves.setdefault(key, Curve(text, x, y, True, (mine, now.value(name))))
    return tuple(curve._replace(label=listed(labels[key])) for key, curve in curves.items())


def _one_a_value(game: Game, values: Values, panel: Panel, family: Family) -> tuple[Curve, ...]:
    """A curve a value of the family's parameter, those at hand last and drawn over the others."""
    mine = _number(values, family.parameter)
    others = [
        _curve(game, replaced(values, family.parameter, number), panel, panel.up[0], _label(family, number), False)
        for number in family.values
        if not np.isclose(number, mine)
    ]
    sound = [curve for curve in others if np.isfinite(curve.y).any()]
    return (*sound, _curve(game, values, panel, panel.up[0], _label(family, mine), True))


def _label(family: Family, number: float) -> str:
    return f"{family.parameter} = {short(number)}"


def _curve(game: Game, values: Values, panel: Panel, name: str, label: str, here: bool) -> Curve:
    x, solutions = _solved(game, values, panel)
    point = (_number(values, panel.across), game.solve(**values).value(name)) if here else None
    return Curve(label, x, _heights(solutions, name), here, point)


def _solved(game: Game, values: Values, panel: Panel) -> tuple[Array, list[Solution | None]]:
    """The solutions along a panel; None where the parameters break a rule."""
    x = _steps(game, panel, _number(values, panel.across))
    moved = [replaced(values, panel.across, float(at)) for at in x]
    return x, [game.solve(**at) if all(rule.holds(**at) for rule in game.rules) else None for at in moved]


def _heights(solutions: Iterable[Solution | None], name: str) -> Array:
    """A number of each solution; NaN where there is none."""
    return np.array([solution.value(name) if solution else np.nan for solution in solutions])


def _steps(game: Game, panel: Panel, mine: float) -> Array:
    """Points of the horizontal axis, which holds the value at hand; whole numbers only, where the parameter is one."""
    low, high = min(panel.low, mine), max(panel.high, mine)
    if game.parameter(panel.across.partition(".")[0]).whole:
        return np.arange(low, high + 1.0)
    return np.linspace(low, high, STEPS)


def _meaning(game: Game, panel: Panel) -> str:
    parameter = game.parameter(panel.across.partition(".")[0])
    return f"{parameter.name}, {parameter.meaning}"
