"""The figure of a textbook game with the simulator over the closed form, for a lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.theory import GAMES
from sim.theory.beside import shipped
from sim.theory.statics import comparative_statics
from sim.theory.textbook import listing

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def in_the_simulator(name: str) -> Figure:
    """How a game's answer moves with its parameters, and what the simulator comes to with all else switched off."""
    from sim.figures.theory import statics

    game = GAMES[name]
    found = game.solve(**game.defaults).sentences[0]
    return statics(game, listing(game.defaults), found, comparative_statics(game, game.defaults))


def furthest_off(name: str, number: str) -> float:
    """How far the simulator lies from a number of a game, at the point where it is furthest off."""
    game = GAMES[name]
    points = [point for point in shipped() if (point.game, point.up) == (name, number)]
    return max(abs(point.y - game.solve(**game.defaults | {point.across: point.x}).value(number)) for point in points)
