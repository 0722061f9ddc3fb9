"""From the outcomes of every coalition to tables: what each player adds, with its interval over worlds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from sim.questions.attribution import Array, owen, shapley
from sim.questions.compare import paired
from sim.questions.resampling import bootstrap
from sim.questions.say import differs

if TYPE_CHECKING:
    import xarray as xr

    from sim.questions.coalitions import Coalitions


class Game(NamedTuple):
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
        What is compared, as `sim.questions.compare.paired` has it: a row an outcome.
    """

    names: list[str]
    players: tuple[str, ...]
    changes: dict[str, str]
    values: dict[str, Array]
    pairs: pd.DataFrame


def dial_game(outcomes: xr.Dataset, coalitions: Coalitions, labels: Sequence[str]) -> Game:
    """Dials as players: v is the outcome itself, from the first doctrine to the second.

    Parameters
    ----------
    outcomes : xarray.Dataset
        Dims (doctrine, world), the coalitions in their order.
    coalitions : Coalitions
        As `sim.questions.coalitions.of_dials` makes them.
    labels : sequence of two str
        Names of the first and the second doctrine.
    """
    values = {str(name): _array(outcome) for name, outcome in outcomes.items()}
    ends = outcomes.isel(doctrine=[0, -1]).assign_coords(doctrine=list(labels))
    return Game(coalitions.names, coalitions.players, coalitions.changes, values, paired(ends))


def mechanism_game(outcomes: xr.Dataset, coalitions: Coalitions, labels: Sequence[str]) -> Game:
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
    ends = outcomes.isel(doctrine=[half - 1, -1]).assign_coords(doctrine=list(labels))
    return Game(coalitions.names, coalitions.players, coalitions.changes, values, paired(ends))


def _array(outcome: xr.DataArray) -> Array:
    return outcome.transpose("doctrine", "world").to_numpy().astype(float)


def shapley_table(game: Game, seed: int) -> pd.DataFrame:
    """What every player adds to every outcome.

    Parameters
    ----------
    game : Game
        What is shared out.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    DataFrame
        One row an outcome and player. `value` is the mean Shapley value, from `low` to `high` its 95 % interval over
        worlds; `share` its part of the whole, missing where the whole is not told from zero; `alone` what the player
        changes when it moves first, and `last` when all others have moved.
    """
    return pd.DataFrame([row for name in game.values for row in _players(game, name, seed)])


def owen_table(game: Game, groups: dict[str, tuple[str, ...]], seed: int) -> pd.DataFrame:
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
        found = _statistics(np.stack([part for *_, part in parts]), values, seed)
        rows += [
            {**_about(game, name), "group": group, "player": player, **numbers}
            for (group, player, _), numbers in zip(parts, found, strict=True)
        ]
    return pd.DataFrame(rows)


def coalition_table(game: Game, seed: int) -> pd.DataFrame:
    """The mean of v of every coalition, with its 95 % interval over worlds."""
    rows = []
    for name, values in game.values.items():
        low, high = bootstrap(values, seed)
        rows += [
            {**_about(game, name), "coalition": coalition, "mean": mean, "low": at_least, "high": at_most}
            for coalition, mean, at_least, at_most in zip(game.names, values.mean(axis=1), low, high, strict=True)
        ]
    return pd.DataFrame(rows)


def whole(values: Array, seed: int) -> dict[str, float]:
    """The mean of v(all) - v(none), the ends of its interval, and v(none) and v(all)."""
    step = values[-1] - values[0]
    low, high = bootstrap(step, seed)
    ends = {"start": float(values[0].mean()), "end": float(values[-1].mean())}
    return {"value": float(step.mean()), "low": float(low), "high": float(high), **ends}


def _players(game: Game, name: str, seed: int) -> list[dict[str, Any]]:
    values = game.values[name]
    found = _statistics(shapley(values), values, seed)
    last = len(values) - 1
    return [
        {**_about(game, name), "player": player, "change": game.changes[player], **numbers}
        | {
            "alone": float((values[1 << bit] - values[0]).mean()),
            "last": float((values[last] - values[last ^ 1 << bit]).mean()),
        }
        for bit, (player, numbers) in enumerate(zip(game.players, found, strict=True))
    ]


def _statistics(shares: Array, values: Array, seed: int) -> list[dict[str, float]]:
    """Mean, interval and share of the whole of each row of shares, shape (rows, W)."""
    low, high = bootstrap(shares, seed)
    total = whole(values, seed)
    size = total["value"] if differs(total) else float("nan")
    return [
        {"value": float(mean), "low": float(at_least), "high": float(at_most), "share": float(mean) / size}
        for mean, at_least, at_most in zip(shares.mean(axis=1), low, high, strict=True)
    ]


def _about(game: Game, name: str) -> dict[str, str]:
    """The outcome that a row is about, as the comparison calls it."""
    row = game.pairs.set_index("outcome").loc[name]
    return {"outcome": name, "label": str(row["label"]), "unit": str(row["unit"])}
