"""Titles of the figures of a game: the finding of each, in one sentence."""

from __future__ import annotations

import numpy as np

from sim.arrays import Array
from sim.questions.game_solutions import Solved
from sim.questions.game_words import ACTORS, of_100, points
from sim.questions.games.regret import Profile, at, attractor, best_replies, profiles, pure_equilibria, regret
from sim.questions.labels import doctrine_label
from sim.questions.packages_at_table import MEDIATOR, Picture


def pair(game: Solved, rows: int, columns: int) -> Array:
    """Payoffs (2, S_rows, S_columns) of two players, the others at the focus, less those of the baseline."""
    place = tuple(slice(None) if p in (rows, columns) else s for p, s in enumerate(game.focus))
    start = at(game.payoffs, game.baseline)
    return np.stack([game.payoffs[player][place] - start[player] for player in (rows, columns)])


def matrix_title(game: Solved, rows: int, columns: int) -> str:
    """What two players do against each other."""
    payoffs = pair(game, rows, columns)
    setting = game.played.setting
    told = []
    for place, player in enumerate((rows, columns)):
        always = np.flatnonzero(best_replies(payoffs)[place].all(axis=1 - place))
        if always.size:
            other = ACTORS[setting.players[(columns, rows)[place]]]
            doctrine = doctrine_label(setting.strategies[player][int(always[0])])
            told.append(f"{doctrine} is {ACTORS[setting.players[player]]}'s best reply to anything {other} plays")
    if told:
        return _capital("; ".join(told))
    equilibria = pure_equilibria(payoffs)
    names = [
        f"{doctrine_label(setting.strategies[rows][r])} and {doctrine_label(setting.strategies[columns][c])}"
        for r, c in equilibria
    ]
    who = f"{ACTORS[setting.players[rows]]} and {ACTORS[setting.players[columns]]}"
    if not names:
        return f"{who} chase each other: in every cell one of them would rather move"
    return f"{who} answer each other: nobody moves from {' or from '.join(names)}"


def graph_title(game: Solved) -> str:
    """Where the largest gains lead."""
    ends: dict[frozenset[Profile], int] = {}
    for profile in profiles(game.payoffs):
        end = frozenset(attractor(game.payoffs, profile))
        ends[end] = ends.get(end, 0) + 1
    total = sum(ends.values())
    most = max(ends, key=lambda end: ends[end])
    if len(most) > 1:
        return f"From {ends[most]:,} of {total:,} profiles the largest gains lead into a circle of {len(most)} profiles"
    names = " / ".join(doctrine_label(name) for name in game.played.setting.named(next(iter(most))))
    start = "every profile" if ends[most] == total else f"{ends[most]:,} of {total:,} profiles"
    return f"From {start} the largest gains lead to {names}"


def regret_title(game: Solved) -> str:
    """How many profiles are left as equilibria once luck is allowed for."""
    likely = int((game.sure.probability > 0.05).sum())  # noqa: PLR2004 -- one in twenty
    names = " / ".join(doctrine_label(name) for name in game.played.setting.named(game.focus))
    if not game.equilibria:
        least = points(float(regret(game.payoffs)[game.focus]))
        return f"In every profile somebody gains by turning away; least, {least} points, in {names}"
    if likely == 1:
        share = of_100(float(game.sure.probability[game.focus]))
        return f"Nobody has a reason to turn away from {names} in {share} of 100 resamples; from no other profile in 5"
    return f"{likely} profiles are equilibria in more than 5 of 100 resamples; likeliest: {names}"


def bargaining_title(picture: Picture, month: str) -> str:
    """How often there is anything to agree on, and whether the mediator proposes it."""
    share = f"{100.0 * picture.share:.0f}"
    if picture.share == 0.0:
        return f"In {month} no package is better than refusing for both sides in any world at the table"
    ukraine, russia = picture.chosen.get(MEDIATOR, (0.0, 0.0))
    losers = [name for name, gain in (("Kyiv", ukraine), ("Moscow", russia)) if gain < 0.0]
    lost = f"; the mediator's proposal leaves {' and '.join(losers)} worse off there" if losers else ""
    return f"In {month}, {share} of 100 worlds at the table have a package better than refusing for both{lost}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
