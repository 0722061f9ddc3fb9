"""Who did it: from the outcomes of every coalition to what each player adds, in tables and in sentences.

Shares are the values of Shapley and of Owen (`sim.questions.dials.shapley`), each with its interval over worlds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from sim.basics import intervals
from sim.basics.arrays import Doubles
from sim.basics.labels import HUNDRED, MINUS, capital, decimals, listed, number
from sim.basics.tables import Row
from sim.questions.compare.paired import paired
from sim.questions.compare.paired_sentence import adding, amount, differs, ends, paired_clause, paired_sentence, scale
from sim.questions.dials.shapley import owen, shapley
from sim.scenario.spelling import doctrine_label

if TYPE_CHECKING:
    import xarray as xr

    from sim.questions.dials.coalitions import Coalitions

DIALS, MECHANISMS = "dials", "mechanisms"
"""What players can be."""
LEADERS, OPPONENTS = 3, 2
"""How many players a sentence names that make a difference, and that work against it."""
WORTH_SAYING = 0.1
"""Part of the difference from which one is named that works against it."""
HALF = 0.5
LONGEST = 24
"""Characters of a doctrine's name that fit beside a waterfall."""


class CooperativeGame(NamedTuple):
    """What is shared out: for every outcome, v of every coalition in every world.

    Attributes
    ----------
    names : list of str
        Of the coalitions, in the order of their bits.
    players : tuple of str
        The first is the lowest bit.
    changes : dict of str to str
        What moves with a player.
    values : dict of str to array, shape (2^k, W)
        By outcome.
    pairs : DataFrame
        What is compared, as `sim.questions.compare.paired.paired` has it: a row an outcome.
    """

    names: list[str]
    players: tuple[str, ...]
    changes: dict[str, str]
    values: dict[str, Doubles]
    pairs: pd.DataFrame


def dial_game(outcomes: xr.Dataset, coalitions: Coalitions, labels: Sequence[str]) -> CooperativeGame:
    """Dials as players: v is the outcome itself, from the first doctrine to the second.

    Parameters
    ----------
    outcomes : xarray.Dataset
        Dims (doctrine, world), the coalitions in their order.
    coalitions : Coalitions
        As `sim.questions.dials.coalitions.of_dials` makes them.
    labels : sequence of two str
        Names of the first and the second doctrine.
    """
    values = {str(name): _array(outcome) for name, outcome in outcomes.items()}
    return _game(coalitions, values, outcomes.isel(doctrine=[0, -1]), labels)


def mechanism_game(outcomes: xr.Dataset, coalitions: Coalitions, labels: Sequence[str]) -> CooperativeGame:
    """Mechanisms as players: v is the difference between the doctrines, from none of them on to all of them on.

    Parameters
    ----------
    outcomes : xarray.Dataset
        Dims (doctrine, world): the coalitions under the first doctrine, then under the second.
    coalitions, labels
        As in `dial_game`.
    """
    half = outcomes.sizes["doctrine"] // 2
    values = {str(name): _array(outcome)[half:] - _array(outcome)[:half] for name, outcome in outcomes.items()}
    return _game(coalitions, values, outcomes.isel(doctrine=[half - 1, -1]), labels)


def _game(
    coalitions: Coalitions, values: dict[str, Doubles], both: xr.Dataset, labels: Sequence[str]
) -> CooperativeGame:
    pairs = paired(both.assign_coords(doctrine=list(labels)))
    return CooperativeGame(coalitions.names, coalitions.players, coalitions.changes, values, pairs)


def _array(outcome: xr.DataArray) -> Doubles:
    return outcome.transpose("doctrine", "world").to_numpy().astype(float)


def shapley_table(game: CooperativeGame) -> pd.DataFrame:
    """What every player adds to every outcome.

    Parameters
    ----------
    game : CooperativeGame
        What is shared out.

    Returns
    -------
    DataFrame
        One row an outcome and player. `value` is the mean Shapley value, from `low` to `high` its 95 % interval over
        worlds, by Student's t; `share` its part of the whole, missing where the whole is not told from zero; `alone`
        what the player changes when it moves first, and `last` when all others have moved.
    """
    return pd.DataFrame([row for name in game.values for row in _shapley_rows(game, name)])


def owen_table(game: CooperativeGame, groups: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    """What every group adds to every outcome, and every player within its group.

    Returns
    -------
    DataFrame
        One row an outcome, group and player, and one a group whose `player` is empty; columns as in `shapley_table`,
        without `alone` and `last`.
    """
    members = [[game.players.index(player) for player in group] for group in groups.values()]
    rows = []
    for name, values in game.values.items():
        shares = owen(values, members)
        parts = [(group, "", shares[who].sum(axis=0)) for group, who in zip(groups, members, strict=True)]
        parts += [(group, player, shares[game.players.index(player)]) for group in groups for player in groups[group]]
        found = _statistics(np.stack([part for *_, part in parts]), values)
        rows += [
            {**_about(game, name), "group": group, "player": player, **numbers}
            for (group, player, _), numbers in zip(parts, found, strict=True)
        ]
    return pd.DataFrame(rows)


def coalition_table(game: CooperativeGame) -> pd.DataFrame:
    """The mean of v of every coalition, with its 95 % interval over worlds."""
    rows = []
    for name, values in game.values.items():
        low, high = intervals.ends(values)
        rows += [
            {**_about(game, name), "coalition": coalition, "mean": mean, "low": at_least, "high": at_most}
            for coalition, mean, at_least, at_most in zip(game.names, values.mean(axis=1), low, high, strict=True)
        ]
    return pd.DataFrame(rows)


def whole(values: Doubles) -> dict[str, float]:
    """The mean of v(all) - v(none), the ends of its interval, and v(none) and v(all)."""
    value, low, high, _ = intervals.interval(values[-1] - values[0])
    return {"value": value, "low": low, "high": high} | {
        "start": float(values[0].mean()),
        "end": float(values[-1].mean()),
    }


def _shapley_rows(game: CooperativeGame, name: str) -> list[dict[str, Any]]:
    values = game.values[name]
    found = _statistics(shapley(values), values)
    last = len(values) - 1
    return [
        {**_about(game, name), "player": player, "change": game.changes[player], **numbers}
        | {
            "alone": float((values[1 << bit] - values[0]).mean()),
            "last": float((values[last] - values[last ^ 1 << bit]).mean()),
        }
        for bit, (player, numbers) in enumerate(zip(game.players, found, strict=True))
    ]


def _statistics(shares: Doubles, values: Doubles) -> list[dict[str, float]]:
    """Mean, interval and share of the whole of each row of shares, shape (rows, W)."""
    low, high = intervals.ends(shares)
    total = whole(values)
    size = total["value"] if differs(total) else float("nan")
    return [
        {"value": float(mean), "low": float(at_least), "high": float(at_most), "share": float(mean) / size}
        for mean, at_least, at_most in zip(shares.mean(axis=1), low, high, strict=True)
    ]


def _about(game: CooperativeGame, name: str) -> dict[str, str]:
    """The outcome that a row is about, as the comparison calls it."""
    row = game.pairs.set_index("outcome").loc[name]
    return {"outcome": name, "label": str(row["label"]), "unit": str(row["unit"])}


# ---- in words


def title(game: CooperativeGame, table: pd.DataFrame, kind: str) -> str:
    """The finding: the first outcome that differs, and the player with the largest part of it."""
    for pair in _pairs(game):
        if differs(pair):
            return f"{capital(paired_clause(pair))}; {_largest(_players(table, pair['outcome']), pair, kind)}"
    a, b = (doctrine_label(str(game.pairs[role].iloc[0])) for role in ("baseline", "doctrine"))
    return f"{capital(b)} and {a} do not differ beyond noise in any outcome shown"


def sentences(game: CooperativeGame, table: pd.DataFrame, kind: str) -> list[str]:
    """A sentence an outcome: how far the doctrines are apart, and which players make it so."""
    return [_sentence(game, pair, _players(table, pair["outcome"]), kind) for pair in _pairs(game)]


def unions(owen: pd.DataFrame) -> pd.DataFrame:
    """The rows of whole groups of a table of Owen values, each group as one player."""
    whole_groups = owen[owen["player"] == ""]
    return whole_groups.assign(player=whole_groups["group"], change="")


def waterfall_rows(game: CooperativeGame, table: pd.DataFrame) -> dict[str, list[Row]]:
    """What a waterfall shows, by outcome: where it starts, every step, where it ends."""
    found = {}
    for name, values in game.values.items():
        total = whole(values)
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


def screen_rows(steps: Mapping[str, list[Row]], called: Sequence[str]) -> list[list[str]]:
    """A table in words: from the first doctrine down to the second, a column an outcome; noise stands in brackets.

    Parameters
    ----------
    steps : mapping of str to list of dict
        As `waterfall_rows` gives them.
    called : sequence of two str
        What start and end are called.
    """
    columns = [[_cell(*cell) for cell in zip(rows, waterfall_numbers(rows), strict=True)] for rows in steps.values()]
    names = [called[0], *(str(row["name"]) for row in next(iter(steps.values()))[1:-1]), called[1]]
    return [list(row) for row in zip(names, *columns, strict=True)]


def waterfall_numbers(rows: Sequence[Row]) -> list[str]:
    """The numbers of a waterfall as text, with decimals at which they add up."""
    steps = rows[1:-1]
    by = scale(steps[0])
    values = [by * row["value"] for row in rows]
    told = [by * row["value"] for row in steps if differs(row)]
    digits = adding(values[0], values[1:-1], values[-1], _fewest(steps, values[-1]), told)
    return [
        number(values[0], digits),
        *("0" if row["value"] == 0.0 else with_sign(number(by * row["value"], digits)) for row in steps),
        number(values[-1], digits),
    ]


def _fewest(steps: Sequence[Row], end: float) -> int:
    """Decimals down to the first at which the least certain step of a waterfall is uncertain."""
    widths = [scale(row) * (row["high"] - row["low"]) / 2.0 for row in steps]
    width = max(widths) if all(map(math.isfinite, widths)) else abs(end) / HUNDRED
    return decimals(width, most=2) if width else 1


def signed(row: Row, value: float) -> str:
    """An amount with its sign.

    >>> signed({"unit": "EUR bn", "low": 1.0, "high": 3.0, "difference": 2.0}, 2.0)
    '+2'
    """
    return with_sign(amount(row, value))


def with_sign(text: str) -> str:
    """A number as text with its sign; nothing has none."""
    return text if text.startswith(MINUS) or not text.strip("0.,") else f"+{text}"


def _pairs(game: CooperativeGame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in game.pairs.to_dict("records")]


def _players(table: pd.DataFrame, outcome: str) -> list[Row]:
    """The rows of one outcome, as `sim.questions.compare.paired_sentence` takes rows."""
    found = table[table["outcome"] == outcome].to_dict("records")
    return [{"name": row["player"], "difference": row["value"]} | {str(k): v for k, v in row.items()} for row in found]


def _sentence(game: CooperativeGame, pair: Row, players: list[Row], kind: str) -> str:
    opening = (
        f"{capital(paired_clause(pair))} {_ends(pair)}" if differs(pair) else paired_sentence(pair).removesuffix(".")
    )
    if kind == MECHANISMS:
        return f"{opening}. {_changed(whole(game.values[pair['outcome']]), pair, players)}"
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
    return f"[{', '.join(amount(row, end) for end in ends(row))}]"


def _cell(row: Row, text: str) -> str:
    """A number of a waterfall; in brackets what is not told from zero."""
    told = "low" not in row or row["value"] == 0.0 or differs(row)
    return text if told else f"({text})"
