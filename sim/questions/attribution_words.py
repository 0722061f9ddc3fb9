"""Which dial, or which mechanism, does the work: in sentences and in a table for the screen."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.questions.attributed import whole
from sim.questions.headline import CHANCE
from sim.questions.labels import MINUS, decimals, doctrine_label, listed, number
from sim.questions.say import HUNDRED, amount, differs, say, short

if TYPE_CHECKING:
    import pandas as pd

    from sim.questions.attributed import Game

LEADERS, OPPONENTS = 3, 2
"""How many players a sentence names that make a difference, and that work against it."""
WORTH_SAYING = 0.1
"""Part of the difference from which one is named that works against it."""
HALF = 0.5
LONGEST = 24
"""Characters of a doctrine's name that fit beside a waterfall."""
Row = dict[str, Any]


DIALS, MECHANISMS = "dials", "mechanisms"
"""What players can be."""


def title(game: Game, table: pd.DataFrame, kind: str) -> str:
    """The finding: the first outcome that differs, and the player with the largest part of it."""
    for pair in _pairs(game):
        if differs(pair):
            return f"{_capital(short(pair))}; {_largest(_players(table, pair['outcome']), pair, kind)}"
    a, b = (doctrine_label(str(game.pairs[role].iloc[0])) for role in ("baseline", "doctrine"))
    return f"{_capital(b)} and {a} do not differ beyond noise in any outcome shown"


def sentences(game: Game, table: pd.DataFrame, kind: str, seed: int) -> list[str]:
    """A sentence an outcome: how far the doctrines are apart, and which players make it so."""
    return [_sentence(game, pair, _players(table, pair["outcome"]), kind, seed) for pair in _pairs(game)]


def unions(owen: pd.DataFrame) -> pd.DataFrame:
    """The rows of whole groups of a table of Owen values, each group as one player."""
    whole_groups = owen[owen["player"] == ""]
    return whole_groups.assign(player=whole_groups["group"], change="")


def parts(game: Game, table: pd.DataFrame, seed: int) -> dict[str, list[Row]]:
    """What a waterfall shows, by outcome: where it starts, every step, where it ends."""
    found = {}
    for name, values in game.values.items():
        total = whole(values, seed)
        steps = _players(table, name)
        found[name] = [{"value": total["start"]}, *steps, {"value": total["end"]}]
    return found


def end_names(labels: Sequence[str]) -> tuple[str, str]:
    """What the two ends of a waterfall are called: the doctrines, where their names are short.

    >>> end_names(["transactional", "transactional:commitment=0.9,clarity=0.8"])
    ('transactional', 'second doctrine')
    """
    places = zip(labels, ("first doctrine", "second doctrine"), strict=True)
    first, second = (doctrine_label(label) if len(label) <= LONGEST else place for label, place in places)
    return first, second


def screen_rows(steps: Mapping[str, list[Row]], ends: Sequence[str]) -> list[list[str]]:
    """A table in words: from the first doctrine down to the second, a column an outcome; noise stands in brackets.

    Parameters
    ----------
    steps : mapping of str to list of dict
        As `parts` gives them.
    ends : sequence of two str
        What start and end are called.
    """
    columns = [[level(first, rows), *map(_cell, rows), level(last, rows)] for first, *rows, last in steps.values()]
    names = [ends[0], *(str(row["name"]) for row in next(iter(steps.values()))[1:-1]), ends[1]]
    return [list(row) for row in zip(names, *columns, strict=True)]


def level(end: Row, steps: Sequence[Row]) -> str:
    """Where a waterfall starts or ends, to the first decimal at which its least certain step is uncertain."""
    scale = HUNDRED if steps[0]["unit"] == CHANCE else 1.0
    widths = [scale * (row["high"] - row["low"]) / 2.0 for row in steps]
    width = max(widths) if all(map(math.isfinite, widths)) else abs(scale * end["value"]) / HUNDRED
    return number(scale * end["value"], decimals(width, most=2) if width else 1)


def signed(row: Row, value: float) -> str:
    """An amount with its sign.

    >>> signed({"unit": "EUR bn", "low": 1.0, "high": 3.0, "difference": 2.0}, 2.0)
    '+2'
    """
    text = amount(row, value)
    return text if text.startswith(MINUS) or not text.strip("0.,") else f"+{text}"


def _pairs(game: Game) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in game.pairs.to_dict("records")]


def _players(table: pd.DataFrame, outcome: str) -> list[Row]:
    """The rows of one outcome, as `sim.questions.say` takes rows."""
    found = table[table["outcome"] == outcome].to_dict("records")
    return [{"name": row["player"], "difference": row["value"]} | {str(k): v for k, v in row.items()} for row in found]


def _sentence(game: Game, pair: Row, players: list[Row], kind: str, seed: int) -> str:
    opening = f"{_capital(short(pair))} {_ends(pair)}" if differs(pair) else say(pair).removesuffix(".")
    if kind == MECHANISMS:
        return f"{opening}. {_changed(whole(game.values[pair['outcome']], seed), pair, players)}"
    if differs(pair):
        return f"{opening}: {_parts(players, pair)}."
    moving = [row for row in _ranked(players) if differs(row)][:LEADERS]
    return f"{opening}. Beneath it: {listed([_named(row) for row in moving])}." if moving else f"{opening}."


def _changed(total: Row, pair: Row, players: list[Row]) -> str:
    """How the difference changes as the mechanisms are switched on, and by which."""
    total = {**total, "unit": pair["unit"], "difference": total["value"]}
    those = f"the {len(players)} mechanisms" if len(players) > 1 else str(players[0]["name"])
    without = f"Without {those} the difference is {signed(total, total['start'])}"
    if not differs(total):
        return f"{without}: not told from what it is with them."
    change = f"{without}. The change of {_said(total)}"
    return f"{change}: {_parts(players, total)}." if len(players) > 1 else f"{change} is its own."


def _parts(players: list[Row], total: Row) -> str:
    """The largest parts, what works against them, and the rest."""
    up = total["difference"] > 0.0
    ranked = [row for row in _ranked(players) if differs(row)]
    leaders = [row for row in ranked if (row["value"] > 0.0) == up][:LEADERS]
    limit = WORTH_SAYING * abs(total["difference"])
    against = [row for row in ranked if (row["value"] > 0.0) != up and abs(row["value"]) >= limit][:OPPONENTS]
    said = [listed([_named(row) for row in leaders]) or "none beyond noise"]
    if against:
        said.append(f"against it {listed([_named(row) for row in against])}")
    told = [row["name"] for row in (*leaders, *against)]
    rest = [row["value"] for row in players if row["name"] not in told]
    if rest:
        others = "the other" if len(rest) == 1 else f"the other {len(rest)} together"
        said.append(f"{others} {signed(total, sum(rest))}")
    return "; ".join(said)


def _largest(players: list[Row], pair: Row, kind: str) -> str:
    """Who has the largest part of a difference, and how large it is."""
    up = pair["difference"] > 0.0
    same = [row for row in _ranked(players) if differs(row) and (row["value"] > 0.0) == up]
    if not same:
        return f"none of the {kind} by itself"
    first = same[0]
    share = first["value"] / pair["difference"]
    most = "more than all of it" if share > 1.0 else "most of it" if share > HALF else "the largest part"
    return f"{most} through {first['name'].replace('_', ' ')} ({signed(first, first['value'])})"


def _ranked(players: list[Row]) -> list[Row]:
    return sorted(players, key=lambda row: -abs(row["value"]))


def _named(row: Row) -> str:
    return f"{row['name']} {_said(row)}"


def _said(row: Row) -> str:
    """A value and the ends of its interval; the sentence has said the unit."""
    return f"{signed(row, row['value'])} {_ends(row)}"


def _ends(row: Row) -> str:
    return f"[{amount(row, row['low'])}, {amount(row, row['high'])}]"


def _cell(row: Row) -> str:
    if row["value"] == 0.0:
        return "0"
    return signed(row, row["value"]) if differs(row) else f"({signed(row, row['value'])})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
