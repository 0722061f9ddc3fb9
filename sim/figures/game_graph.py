"""The graph of best deviations: every profile a cell, and from each an arrow to where somebody gains most by going."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import FancyArrowPatch, Rectangle

from sim.figures.settings import figure_of_ours
from sim.figures.sheet import KeyEntry, page, put, wrapped
from sim.figures.style import COLOURS, FAINT, HEIGHT, INK, QUIET, TEXT, WIDTH, ink
from sim.questions.games import sentences
from sim.questions.games.equilibrium import Profile, best_deviation, deviated, profiles
from sim.questions.games.sentences import CAPITALS
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.questions.games.empirical_game import SolvedGame

MOST_CELLS = 150
"""Profiles beyond which arrows hide each other."""
LEFT, TOP, ROW = 3.4, 1.35, 0.62
"""Inches: names of rows, names of columns, height of a row."""
BEND = 0.28
"""Curvature of arrows, so that those of one column do not cover each other."""
RESTING = "#e4e4e4"
"""Fill of an equilibrium."""


@figure_of_ours
def reply_graph(game: SolvedGame, source: str) -> Figure:
    """Cells of profiles: the first players' doctrines down, the others' across; frames are equilibria."""
    form = game.played.form
    cut = (len(form.players) + 1) // 2
    down, across = (int(np.prod(part)) for part in (form.shape[:cut], form.shape[cut:]))
    note = (
        "Every cell is a profile. Arrow: the change of one player's doctrine that gains most there, in the colour of "
        "whose it is. Frame: nobody gains by changing alone."
    )
    key = [
        KeyEntry(CAPITALS[name], ink(COLOURS[place]), COLOURS[place])
        for place, name in enumerate(form.players)
        if form.shape[place] > 1
    ]
    sheet = page(
        sentences.graph_title(game), note, source, key=key, height=max(HEIGHT, 3.4 + TOP + ROW * down), below=0.1
    )
    ax = sheet.figure.add_axes((sheet.left, sheet.bottom, sheet.right - sheet.left, sheet.top - sheet.bottom))
    ax.set_axis_off()
    width, height = (sheet.right - sheet.left) * WIDTH, (sheet.top - sheet.bottom) * sheet.height
    ax.set_xlim(0.0, width)
    ax.set_ylim(height, 0.0)
    size = (width - LEFT) / across, (height - TOP) / down
    _row_names(ax, form, cut, size)
    _column_names(ax, form, cut, size)
    for profile in profiles(game.payoffs):
        _draw(ax, game, profile, cut, size)
    return sheet.figure


def _place(profile: Profile, shape: tuple[int, ...], cut: int, size: tuple[float, float]) -> tuple[float, float]:
    """Middle of a profile's cell, inches."""
    row = _flat(profile[:cut], shape[:cut])
    column = _flat(profile[cut:], shape[cut:])
    return LEFT + (column + 0.5) * size[0], TOP + (row + 0.5) * size[1]


def _flat(part: Profile, shape: tuple[int, ...]) -> int:
    return int(np.ravel_multi_index(part, shape)) if shape else 0


def _draw(ax: Axes, game: SolvedGame, profile: Profile, cut: int, size: tuple[float, float]) -> None:
    """One cell and its arrow."""
    shape = game.played.form.shape
    x, y = _place(profile, shape, cut, size)
    corner = x - size[0] / 2.0, y - size[1] / 2.0
    ax.add_patch(Rectangle(corner, *size, fill=False, edgecolor=FAINT, linewidth=0.8, zorder=1))
    step = best_deviation(game.payoffs, profile)
    if step is None:
        inner = (corner[0] + 0.04, corner[1] + 0.04), size[0] - 0.08, size[1] - 0.08
        ax.add_patch(Rectangle(*inner, facecolor=RESTING, edgecolor=INK, linewidth=4.0, zorder=1.5))
        return
    end = _place(deviated(profile, step[0], step[1]), shape, cut, size)
    colour = COLOURS[step[0]]
    ax.plot([x], [y], marker="o", markersize=7, color=colour, zorder=3)
    style: dict[str, Any] = {"arrowstyle": "-|>", "mutation_scale": 16, "shrinkA": 4, "shrinkB": 9}
    bend = f"arc3,rad={BEND if end[0] != x else -BEND}"
    ax.add_patch(FancyArrowPatch((x, y), end, color=colour, linewidth=1.8, connectionstyle=bend, zorder=2, **style))


def _row_names(ax: Axes, form: Any, cut: int, size: tuple[float, float]) -> None:
    """Names of the first players' doctrines, the last of them changing fastest."""
    shape = form.shape[:cut]
    for row, profile in enumerate(np.ndindex(*shape)):
        y = TOP + (row + 0.5) * size[1]
        names = [doctrine_label(form.strategies[place][s]) for place, s in enumerate(profile)]
        put(ax, LEFT - 0.1, y, names[-1], ha="right", va="center")
        if profile[-1] == 0 and names[:-1]:
            put(ax, 0.0, y, " / ".join(names[:-1]), va="center", weight="bold")
            if row:
                ax.plot([0.0, ax.get_xlim()[1]], [TOP + row * size[1]] * 2, color=QUIET, linewidth=1.0)


def _column_names(ax: Axes, form: Any, cut: int, size: tuple[float, float]) -> None:
    """Names of the other players' doctrines, the last of them changing fastest."""
    shape = form.shape[cut:]
    for column, profile in enumerate(np.ndindex(*shape)):
        names = [doctrine_label(form.strategies[cut + place][s]) for place, s in enumerate(profile)]
        if not names:
            return
        x = LEFT + (column + 0.5) * size[0]
        text = "\n".join(wrapped(names[-1], TEXT, size[0] - 0.05))
        put(ax, x, TOP - 0.1, text, ha="center", va="bottom", linespacing=1.0)
        if profile[-1] == 0 and names[:-1]:
            middle = LEFT + (column + shape[-1] / 2.0) * size[0]
            put(ax, middle, 0.3, " / ".join(names[:-1]), ha="center", weight="bold")
            if column:
                ax.plot([LEFT + column * size[0]] * 2, [0.05, ax.get_ylim()[0]], color=QUIET, linewidth=1.0)
