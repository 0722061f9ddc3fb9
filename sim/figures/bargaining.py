"""The bargaining set: what the packages on the table give both sides over refusing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.figures import axes
from sim.figures.page import Entry, page
from sim.figures.style import COLOURS, FAINT, INK, LABEL, ink
from sim.questions import game_titles
from sim.questions.game_words import POINTS
from sim.questions.packages_at_table import MEDIATOR, package_list, picture
from sim.world.packages import GUARANTEE_NAMES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.questions.packages_at_table import Round

MARKS = {"Nash": "D", "Kalai–Smorodinsky": "s", "egalitarian": "^", MEDIATOR: "X"}
SIZES = (20.0, 15.0, 11.0, 12.0)
"""Sizes of the marks, so that one inside another is seen."""
ZOOM, LEAST_REACH = 2.5, 12.0
"""How far the axes go beyond the furthest mark, and points that this one is away at least."""
LEVELS = ("#c6dbef", "#9ecae1", "#6baed6", "#3182bd", "#08519c")
"""Shades of the five levels of guarantee, which keep their order in grey print."""


def bargaining_set(talks: Round, source: str) -> Figure:
    """The 140 packages by mean gains, the three points of the theory, and what the mediator proposes."""
    shown = picture(talks)
    worlds = "the worlds where some package is better for both" if shown.share else "all worlds at the table"
    off = "Packages further off are not drawn. "
    note = (
        f"Dots: the 140 packages, darker for a stronger guarantee ({GUARANTEE_NAMES[0]} to {GUARANTEE_NAMES[-1]}); "
        f"large marks: what each solution picks. {off}Means over {worlds}."
    )
    inks = {name: COLOURS[1] if name == MEDIATOR else INK for name in MARKS}
    key = [Entry(name, ink(inks[name]), inks[name], None, MARKS[name]) for name in MARKS if name in shown.chosen]
    sheet = page(game_titles.bargaining_title(shown, talks.month), note, source, key=key, below=0.75)
    ax = sheet.grid(1, 1, left=1.0)[0, 0]
    axes.prepare(ax, lines="both")
    levels = package_list()["guarantee"].to_numpy()
    ukraine, russia = POINTS * shown.gains
    ax.scatter(ukraine, russia, c=[LEVELS[level] for level in levels], s=40, edgecolor="white", linewidth=0.4, zorder=2)
    for value, draw in ((0.0, ax.axhline), (0.0, ax.axvline)):
        draw(value, color=INK, linewidth=1.4, zorder=1)
    reach = ZOOM * max([LEAST_REACH, *(POINTS * abs(value) for point in shown.chosen.values() for value in point)])
    ax.fill_between([0.0, reach], 0.0, reach, color=FAINT, alpha=0.6, linewidth=0, zorder=0)
    ax.set_xlim(-reach, reach)
    ax.set_ylim(-reach, reach)
    for (name, (x, y)), size in zip(shown.chosen.items(), SIZES, strict=False):
        hollow = {} if name == MEDIATOR else {"markerfacecolor": "none"}
        style = {"color": inks[name], "markersize": size, "markeredgewidth": 2.2, **hollow}
        ax.plot(POINTS * x, POINTS * y, MARKS[name], zorder=4, **style)
    ax.set_xlabel("Gain to Kyiv over refusing, points", size=LABEL)
    ax.set_ylabel("Gain to Moscow over refusing, points", size=LABEL)
    return sheet.figure
