"""Comparative statics of a game: its numbers while one parameter moves, as curves to draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.basics.arrays import Array
from sim.basics.labels import listed
from sim.theory.beside import beside
from sim.theory.textbook import Family, Panel, ParameterValues, Solution, TextbookGame, Value, short

STEPS = 241
"""Points of a curve, ends included."""
SIMULATOR = "the simulator, all else switched off"
ALIKE = 9
"""Decimals to which curves that are drawn as one are equal."""


class StaticsCurve(NamedTuple):
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


class PanelCurves(NamedTuple):
    """A panel and its curves.

    Attributes
    ----------
    panel : Panel
    label : str
        Of the horizontal axis.
    curves : tuple of StaticsCurve
    simulated : tuple of pair of float
        What the simulator comes to with all else switched off, where the parameters that do not run across the panel
        are those of the lesson.
    """

    panel: Panel
    label: str
    curves: tuple[StaticsCurve, ...]
    simulated: tuple[tuple[float, float], ...] = ()


def comparative_statics(game: TextbookGame, values: ParameterValues) -> tuple[PanelCurves, ...]:
    """The curves of every panel of a game at these parameters.

    Parameters
    ----------
    game : TextbookGame
    values : mapping
        All its parameters.
    """
    found = []
    for panel in game.panels:
        parameter = game.parameter(panel.across.partition(".")[0])
        family = panel.family
        curves = _one_a_value(game, values, panel, family) if family else _one_a_number(game, values, panel)
        points = beside(game.name, panel.across, panel.up) if _elsewhere_the_same(values, game.defaults, panel) else ()
        found.append(PanelCurves(panel, panel.label or f"{parameter.name}, {parameter.meaning}", curves, points))
    return tuple(found)


def _elsewhere_the_same(values: ParameterValues, defaults: ParameterValues, panel: Panel) -> bool:
    """Whether two sets of values differ in nothing but what runs across a panel."""
    return replaced(values, panel.across, 0.0) == replaced(defaults, panel.across, 0.0)


def number_table(solution: Solution) -> pd.DataFrame:
    """The numbers of a solution, a row each: name, meaning, value."""
    return pd.DataFrame([number._asdict() for number in solution.numbers]).rename(columns={"words": "meaning"})


def curve_table(panels: Sequence[PanelCurves]) -> pd.DataFrame:
    """Every point of every curve, and of the simulator beside them; y is NaN where there is no such number.

    Columns: panel (from 1), what it shows, curve, x, y.
    """
    parts = [
        pd.DataFrame({"panel": place, "shows": panel.panel.heading, "curve": curve.label, "x": curve.x, "y": curve.y})
        for place, panel in enumerate(panels, start=1)
        for curve in panel.curves
    ]
    parts += [
        pd.DataFrame(panel.simulated, columns=["x", "y"]).assign(
            panel=place, shows=panel.panel.heading, curve=SIMULATOR
        )
        for place, panel in enumerate(panels, start=1)
        if panel.simulated
    ]
    return pd.concat(parts, ignore_index=True)


def replaced(values: ParameterValues, key: str, number: float) -> dict[str, Value]:
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


def _number(values: ParameterValues, key: str) -> float:
    name, _, place = key.partition(".")
    old = values[name]
    return old[int(place) - 1] if isinstance(old, tuple) else old


def _one_a_number(game: TextbookGame, values: ParameterValues, panel: Panel) -> tuple[StaticsCurve, ...]:
    """A curve a number of the solution, each with a point where the parameters at hand are; equal ones share one."""
    now = game.solve(**values)
    words = {number.name: number.words for number in now.numbers if number.name in panel.up}
    mine, (x, solutions) = _number(values, panel.across), _solved(game, values, panel)
    labels: dict[bytes, list[str]] = {}
    curves: dict[bytes, StaticsCurve] = {}
    for name, text in words.items():
        y = _heights(solutions, name)
        key = np.round(y, ALIKE).tobytes()
        labels.setdefault(key, []).append(text)
        curves.setdefault(key, StaticsCurve(text, x, y, True, (mine, now.value(name))))
    return tuple(curve._replace(label=listed(labels[key])) for key, curve in curves.items())


def _one_a_value(game: TextbookGame, values: ParameterValues, panel: Panel, family: Family) -> tuple[StaticsCurve, ...]:
    """A curve a value of the family's parameter, those at hand last and drawn over the others."""
    name, mine = panel.up[0], _number(values, family.parameter)
    point = (_number(values, panel.across), game.solve(**values).value(name))
    curves = []
    for number in (*(other for other in family.values if not np.isclose(other, mine)), mine):
        x, solutions = _solved(game, replaced(values, family.parameter, number), panel)
        y, here, label = _heights(solutions, name), number == mine, f"{family.parameter} = {short(number)}"
        if here or np.isfinite(y).any():
            curves.append(StaticsCurve(label, x, y, here, point if here else None))
    return tuple(curves)


def _solved(game: TextbookGame, values: ParameterValues, panel: Panel) -> tuple[Array, list[Solution | None]]:
    """The solutions along a panel, which holds the value at hand; None where the parameters break a rule."""
    mine = _number(values, panel.across)
    low, high = min(panel.low, mine), max(panel.high, mine)
    whole = game.parameter(panel.across.partition(".")[0]).whole
    x = np.arange(low, high + 1.0) if whole else np.linspace(low, high, STEPS)
    moved = [replaced(values, panel.across, float(at)) for at in x]
    return x, [game.solve(**at) if all(rule.holds(**at) for rule in game.rules) else None for at in moved]


def _heights(solutions: Iterable[Solution | None], name: str) -> Array:
    """A number of each solution; NaN where there is none."""
    return np.array([solution.value(name) if solution else np.nan for solution in solutions])
