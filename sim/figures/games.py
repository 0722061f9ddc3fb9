"""Figures of a game between doctrines: payoff matrices, and how far each profile is from equilibrium."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import Rectangle

from sim.basics.labels import listed
from sim.figures import axes
from sim.figures.game_graph import MOST_CELLS, RESTING, reply_graph
from sim.figures.settings import figure_of_ours
from sim.figures.sheet import POINTS, KeyEntry, page, put, width_of, wrapped
from sim.figures.style import COLOURS, FAINT, HEADING, HEIGHT, INK, LABEL, QUIET, TEXT, WIDTH, ink
from sim.questions.games import sentences
from sim.questions.games.bargaining import MEDIATOR, package_list, picture
from sim.questions.games.equilibrium import Profile, at, best_replies, deviated, profiles, pure_equilibria, regret
from sim.questions.games.sentences import CAPITALS, signed
from sim.questions.games.sentences import POINTS as PER_UNIT
from sim.scenario.spelling import doctrine_label
from sim.world.packages import GUARANTEE_NAMES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.basics.arrays import Array
    from sim.questions.games.bargaining import Round
    from sim.questions.games.empirical_game import SolvedGame

ROW_INK, COLUMN_INK = ink(COLOURS[1]), ink(COLOURS[0])
"""Inks of the two players of a matrix."""
HEAD = 0.85
"""Inches for the names of the columns."""
NAMES = 2.6
"""Inches for the names of the rows."""
LARGEST, SMALLEST = 24.0, 14.0
"""Points of a payoff."""
MOST_PROFILES = 12
"""Profiles that the figure of regrets shows."""
READING = (
    "Points over the baseline (10: what 1 % of Ukraine is worth to Kyiv or Moscow). Bold and underlined: best reply. "
    "Frame: neither of the two would move; grey: nor would anybody else."
)

MARKS = {"Nash": "D", "Kalai–Smorodinsky": "s", "egalitarian": "^", MEDIATOR: "X"}
SIZES = (20.0, 15.0, 11.0, 12.0)
"""Sizes of the marks, so that one inside another is seen."""
ZOOM, LEAST_REACH = 2.5, 12.0
"""How far the axes go beyond the furthest mark, and points that this one is away at least."""
LEVELS = ("#c6dbef", "#9ecae1", "#6baed6", "#3182bd", "#08519c")
"""Shades of the five levels of guarantee, which keep their order in grey print."""


def all_figures(game: SolvedGame, talks: Round | None, source: str) -> dict[str, Figure]:
    """Every figure of a game, by the name of its file."""
    players = game.played.form.players
    found = {
        f"matrix-{players[a]}-{players[b]}": payoff_matrix(game, a, b, source)
        for a, b in combinations(range(len(players)), 2)
        if len(game.played.form.strategies[a]) > 1 and len(game.played.form.strategies[b]) > 1
    }
    found["regrets"] = regrets(game, source)
    if np.prod(game.played.form.shape) <= MOST_CELLS:
        found["replies"] = reply_graph(game, source)
    if talks is not None:
        found["bargaining"] = bargaining_set(talks, source)
    return found


@figure_of_ours
def payoff_matrix(game: SolvedGame, rows: int, columns: int, source: str) -> Figure:
    """Both payoffs of two players in every cell, the others held at the equilibrium."""
    payoffs, form = sentences.pair(game, rows, columns), game.played.form
    kept = [
        f"{CAPITALS[name]} {doctrine_label(form.strategies[place][game.focus[place]])}"
        for place, name in enumerate(form.players)
        if place not in (rows, columns)
    ]
    note = f"{f'Held fixed: {listed(kept)}. ' if kept else ''}{READING}"
    sheet = page(sentences.matrix_title(game, rows, columns), note, source, below=0.1)
    width, height = (sheet.right - sheet.left) * WIDTH, (sheet.top - sheet.bottom) * sheet.height
    ax = sheet.figure.add_axes((sheet.left, sheet.bottom, sheet.right - sheet.left, sheet.top - sheet.bottom))
    ax.set_axis_off()
    ax.set_xlim(0.0, width)
    ax.set_ylim(height, 0.0)
    _names(ax, form, rows, columns, (width, height))
    whole = pure_equilibria(game.payoffs)
    for cell in np.ndindex(*payoffs.shape[1:]):
        profile = deviated(deviated(game.focus, rows, cell[0]), columns, cell[1])
        _cell(ax, payoffs, cell, (width, height), profile in whole)
    return sheet.figure


def _names(ax: Axes, form: Any, rows: int, columns: int, size: tuple[float, float]) -> None:
    """Who plays, and the names of the doctrines."""
    width, height = size
    across, down = len(form.strategies[columns]), len(form.strategies[rows])
    step, drop = (width - NAMES) / across, (height - HEAD) / down
    put(ax, NAMES - 0.15, 0.42, f"{CAPITALS[form.players[columns]]} →", size=LABEL, color=COLUMN_INK, ha="right")
    put(ax, 0.0, HEAD - 0.08, f"{CAPITALS[form.players[rows]]} ↓", size=LABEL, color=ROW_INK)
    for place, name in enumerate(form.strategies[columns]):
        text = "\n".join(wrapped(doctrine_label(name), HEADING, step - 0.1, "bold")[:2])
        options: dict[str, Any] = {"color": COLUMN_INK, "weight": "bold", "ha": "center", "va": "center"}
        put(ax, NAMES + (place + 0.5) * step, HEAD / 2, text, size=HEADING, **options)
    for place, name in enumerate(form.strategies[rows]):
        text = "\n".join(wrapped(doctrine_label(name), HEADING, NAMES - 0.2, "bold"))
        options = {"color": ROW_INK, "weight": "bold", "va": "center"}
        put(ax, 0.0, HEAD + (place + 0.5) * drop, text, size=HEADING, **options)


def _cell(ax: Axes, payoffs: Array, cell: Profile, size: tuple[float, float], whole: bool) -> None:
    """A cell: the row's payoff low on the left, the column's high on the right."""
    _, down, across = payoffs.shape
    wide, high = (size[0] - NAMES) / across, (size[1] - HEAD) / down
    left, top = NAMES + cell[1] * wide, HEAD + cell[0] * high
    best = at(best_replies(payoffs), cell)
    ax.add_patch(
        Rectangle((left, top), wide, high, facecolor=RESTING if whole else "white", edgecolor=QUIET, linewidth=0.8)
    )
    if best.all():
        inner = (left + 0.05, top + 0.05), wide - 0.1, high - 0.1
        ax.add_patch(Rectangle(*inner, fill=False, edgecolor=INK, linewidth=4.0, zorder=3))
    points = float(np.clip(min(high * 22.0, wide * 12.0), SMALLEST, LARGEST))
    spots = ((0.30, 0.70, ROW_INK), (0.70, 0.32, COLUMN_INK))
    for value, reply, (x, y, colour) in zip(at(payoffs, cell), best, spots, strict=True):
        weight, text = "bold" if reply else "normal", signed(float(value))
        options: dict[str, Any] = {"color": colour, "weight": weight, "ha": "center", "va": "center"}
        put(ax, left + x * wide, top + y * high, text, size=points, **options)
        if reply:
            half, under = width_of(text, points, weight) / 2.0, top + y * high + 0.62 * points / POINTS
            ax.plot([left + x * wide - half, left + x * wide + half], [under, under], color=colour, linewidth=2.2)


@figure_of_ours
def regrets(game: SolvedGame, source: str) -> Figure:
    """The profiles of least regret, with intervals and the chance that each is an equilibrium."""
    values = regret(game.payoffs)
    ranked = sorted(profiles(game.payoffs), key=lambda profile: values[profile])[:MOST_PROFILES]
    who = " / ".join(CAPITALS[player] for player in game.played.form.players)
    note = (
        f"{who}. Regret: the most that any player gains by turning away alone. Dot: mean; line: 95 % of resampled "
        "worlds. Right: in how many of 100 resamples nobody gains."
    )
    sheet = page(sentences.regret_title(game), note, source, height=max(HEIGHT, 3.2 + 0.42 * len(ranked)), below=0.75)
    names = [" / ".join(doctrine_label(name) for name in game.played.form.named(profile)) for profile in ranked]
    room = max(width_of(name, TEXT) for name in names) + 0.25
    ax = sheet.grid(1, 1, left=room, right=0.9)[0, 0]
    axes.prepare(ax, lines="x")
    y = np.arange(len(ranked))
    mean, low, high = (
        PER_UNIT * np.array([table[p] for p in ranked]) for table in (values, game.sure.low, game.sure.high)
    )
    reach = np.clip([mean - low, high - mean], 0.0, None)
    ax.errorbar(mean, y, xerr=reach, fmt="o", color=COLOURS[0], markersize=9, elinewidth=2.4, capsize=4, zorder=3)
    ax.set_yticks(y, names)
    ax.set_ylim(len(ranked) - 0.5, -0.5)
    ax.set_xlim(left=-0.02 * max(float(high.max()), 1e-9))
    ax.set_xlabel("Regret, points (10: what 1 % of Ukraine is worth to Kyiv or Moscow)", size=LABEL)
    for place, profile in zip(y, ranked, strict=True):
        text = f"{PER_UNIT * game.sure.probability[profile]:.0f}"
        ax.annotate(
            text, (1.06, place), xycoords=("axes fraction", "data"), size=LABEL, weight="bold", ha="right", va="center"
        )
    return sheet.figure


@figure_of_ours
def bargaining_set(talks: Round, source: str) -> Figure:
    """The 980 packages by mean gains, the three points of the theory, and what the mediator proposes."""
    shown = picture(talks)
    worlds = "the worlds where some package is better for both" if shown.share else "all worlds at the table"
    off = "Packages further off are not drawn. "
    note = (
        f"Dots: the 980 packages, darker for a stronger guarantee ({GUARANTEE_NAMES[0]} to {GUARANTEE_NAMES[-1]}); "
        f"large marks: what each solution picks. {off}Means over {worlds}."
    )
    inks = {name: COLOURS[1] if name == MEDIATOR else INK for name in MARKS}
    key = [KeyEntry(name, ink(inks[name]), inks[name], None, MARKS[name]) for name in MARKS if name in shown.chosen]
    sheet = page(sentences.bargaining_title(shown, talks.month), note, source, key=key, below=0.75)
    ax = sheet.grid(1, 1, left=1.0)[0, 0]
    axes.prepare(ax, lines="both")
    levels = package_list()["guarantee"].to_numpy()
    ukraine, russia = PER_UNIT * shown.gains
    ax.scatter(ukraine, russia, c=[LEVELS[level] for level in levels], s=40, edgecolor="white", linewidth=0.4, zorder=2)
    for value, draw in ((0.0, ax.axhline), (0.0, ax.axvline)):
        draw(value, color=INK, linewidth=1.4, zorder=1)
    reach = ZOOM * max([LEAST_REACH, *(PER_UNIT * abs(value) for point in shown.chosen.values() for value in point)])
    ax.fill_between([0.0, reach], 0.0, reach, color=FAINT, alpha=0.6, linewidth=0, zorder=0)
    ax.set_xlim(-reach, reach)
    ax.set_ylim(-reach, reach)
    for (name, (x, y)), size in zip(shown.chosen.items(), SIZES, strict=False):
        hollow = {} if name == MEDIATOR else {"markerfacecolor": "none"}
        style = {"color": inks[name], "markersize": size, "markeredgewidth": 2.2, **hollow}
        ax.plot(PER_UNIT * x, PER_UNIT * y, MARKS[name], zorder=4, **style)
    ax.set_xlabel("Gain to Kyiv over refusing, points", size=LABEL)
    ax.set_ylabel("Gain to Moscow over refusing, points", size=LABEL)
    return sheet.figure
