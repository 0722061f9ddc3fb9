"""A game that was solved, as tables: payoffs, regrets, deviations, solutions."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.basics.arrays import Array
from sim.basics.intervals import interval
from sim.basics.tables import Row
from sim.questions.games.dominance import Dominance, advantages
from sim.questions.games.empirical_game import PRECISIONS, SolvedGame
from sim.questions.games.equilibrium import (
    Profile,
    at,
    best_deviation,
    better_for_all,
    deviated,
    efficient,
    profiles,
    regret,
)
from sim.questions.games.game_form import REFERENCE
from sim.questions.games.quantal import Mixed


def tables(game: SolvedGame) -> dict[str, pd.DataFrame]:
    """All tables by the name of their file; payoffs in utility a month."""
    return {
        "players": player_table(game),
        "settings": setting_table(game),
        "payoffs": payoff_table(game),
        "regrets": regret_table(game),
        "deviations": deviation_table(game),
        "equilibria": equilibrium_table(game),
        "qre": quantal_table(game),
        "alpharank": rank_table(game),
        "dominance": dominance_table(game),
        "welfare": welfare_table(game),
        "beliefs": belief_table(game),
        "holdout": pd.DataFrame([game.tested._asdict()]),
    }


def player_table(game: SolvedGame) -> pd.DataFrame:
    """A row a player and doctrine: whether it is the baseline's, and by whose goals the player values."""
    form = game.played.form
    rows = [
        {
            "player": player,
            "doctrine": doctrine,
            "baseline": place == start,
            "valued_by": form.file.valued_by.get(player, REFERENCE),
        }
        for player, doctrines, start in zip(form.players, form.strategies, form.baseline, strict=True)
        for place, doctrine in enumerate(doctrines)
    ]
    return pd.DataFrame(rows)


def setting_table(game: SolvedGame) -> pd.DataFrame:
    """The numbers that payoffs rest on beside the model's: first month that counts, discount rate, weights."""
    valuation = game.played.form.valuation
    rows = {"since": valuation.since, "discount": valuation.rate, **valuation.weights.model_dump()}
    return pd.DataFrame({"setting": list(rows), "value": list(rows.values())})


def payoff_table(game: SolvedGame) -> pd.DataFrame:
    """A row a profile and player: mean payoff and its 95 % interval, and the paired difference to the baseline's."""
    samples, rows = game.played.samples, []
    for profile in profiles(game.payoffs):
        for place, player in enumerate(game.played.form.players):
            ours, theirs = samples[(place, *profile)], samples[(place, *game.baseline)]
            values = dict(zip(("mean", "low", "high", "se"), interval(ours), strict=True))
            differences = ("difference", "difference_low", "difference_high", "difference_se")
            values |= dict(zip(differences, interval(ours - theirs), strict=True))
            rows.append({**_names(game, profile), "player": player, **values})
    return pd.DataFrame(rows)


def regret_table(game: SolvedGame) -> pd.DataFrame:
    """A row a profile, least regret first: regret with interval, chance of equilibrium, and who would go where."""
    rows = []
    for profile in profiles(game.payoffs):
        row = {**_names(game, profile), "regret": regret(game.payoffs)[profile]}
        row |= {"low": game.sure.low[profile], "high": game.sure.high[profile]}
        row |= {
            "probability_equilibrium": game.sure.probability[profile],
            "probability_least": game.sure.least[profile],
        }
        step = best_deviation(game.payoffs, profile)
        who = game.played.form
        row |= {"who": who.players[step[0]], "to": who.strategies[step[0]][step[1]]} if step else {"who": "", "to": ""}
        rows.append(row)
    return pd.DataFrame(rows).sort_values("regret", kind="stable", ignore_index=True)


def deviation_table(game: SolvedGame) -> pd.DataFrame:
    """A row a profile and a change of one player's doctrine: its gain with paired interval, and what carries it."""
    rows = [
        deviation(game, profile, player, strategy)
        for profile in profiles(game.payoffs)
        for player, count in enumerate(game.played.form.shape)
        for strategy in sorted(set(range(count)) - {profile[player]})
    ]
    return pd.DataFrame(rows)


def deviation(game: SolvedGame, profile: Profile, player: int, strategy: int) -> Row:
    """One change of doctrine: `player, to, gain, low, high, mainly, part` beside the doctrines of the profile."""
    form, there = game.played.form, deviated(profile, player, strategy)
    samples = game.played.samples[player]
    gain, low, high, _ = interval(samples[there] - samples[profile])
    mainly, part = _mainly(game, form.players[player], profile, there)
    row = {"player": form.players[player], "to": form.strategies[player][strategy]}
    return {**_names(game, profile), **row, "gain": gain, "low": low, "high": high, "mainly": mainly, "part": part}


def equilibrium_table(game: SolvedGame) -> pd.DataFrame:
    """A row an equilibrium, player and doctrine played in it: with what probability, and for what payoff."""
    form = game.played.form
    pure = [("pure", tuple(np.eye(n)[s] for n, s in zip(form.shape, e, strict=True))) for e in game.equilibria]
    kinds = [*pure, *(("mixed", mixed) for mixed in game.mixed if not all(p.max() == 1.0 for p in mixed))]
    rows = [
        {"equilibrium": number, "kind": kind, "player": player, "doctrine": doctrine, "probability": p, "payoff": worth}
        for number, (kind, mixed) in enumerate(kinds, start=1)
        for player, doctrines, own, worth in zip(
            form.players, form.strategies, mixed, _worth(game.payoffs, mixed), strict=True
        )
        for doctrine, p in zip(doctrines, own, strict=True)
        if p > 0.0
    ]
    return pd.DataFrame(rows, columns=["equilibrium", "kind", "player", "doctrine", "probability", "payoff"])


def quantal_table(game: SolvedGame) -> pd.DataFrame:
    """A row a precision, player and doctrine: how likely it is played. `lambda_scaled` is lambda times the scale.

    `turns` is how often the branch has turned back in lambda on the way; of its places at a lambda the first is given.
    """
    form = game.played.form
    rows = [
        {"lambda_scaled": scaled, "lambda": found.precision, "player": player, "doctrine": doctrine, "probability": p}
        | {"residual": found.residual, "turns": found.turns}
        for scaled, found in zip(PRECISIONS, game.quantal, strict=True)
        for player, doctrines, own in zip(form.players, form.strategies, found.mixed, strict=True)
        for doctrine, p in zip(doctrines, own, strict=True)
    ]
    return pd.DataFrame(rows)


def rank_table(game: SolvedGame) -> pd.DataFrame:
    """A row an intensity and profile: its share of the long run. `alpha_scaled` is alpha times the scale."""
    rows = [
        {"alpha_scaled": intensity, "alpha": intensity / game.scale, **_names(game, profile), "share": shares[profile]}
        for intensity, shares in game.ranks.items()
        for profile in profiles(game.payoffs)
    ]
    return pd.DataFrame(rows).sort_values(["alpha_scaled", "share"], ascending=[True, False], ignore_index=True)


def dominance_table(game: SolvedGame) -> pd.DataFrame:
    """A row a dominated doctrine and one that dominates it; `sure` if every interval of its advantage leaves out 0."""
    form, rounds = game.played.form, {(r.player, r.strategy): r.round for r in game.removals}
    rows = [
        {
            "player": form.players[d.player],
            "doctrine": form.strategies[d.player][d.strategy],
            "by": form.strategies[d.player][d.by],
            "kind": "strict" if d.strict else "weak",
            "least": d.least,
            "most": d.most,
            "sure": surely(game, d),
            "removed_in_round": rounds.get((d.player, d.strategy), 0),
        }
        for d in game.dominated
    ]
    columns = ["player", "doctrine", "by", "kind", "least", "most", "sure", "removed_in_round"]
    return pd.DataFrame(rows, columns=columns)


def welfare_table(game: SolvedGame) -> pd.DataFrame:
    """A row a profile: payoffs less the baseline's, their sum, efficiency, and whether all prefer it to the focus."""
    payoffs = game.payoffs
    front, better = efficient(payoffs), better_for_all(payoffs, game.focus)
    rows = []
    for profile in profiles(payoffs):
        gains = at(payoffs, profile) - at(payoffs, game.baseline)
        named = {f"gain_{player}": gain for player, gain in zip(game.played.form.players, gains, strict=True)}
        flags = {"efficient": front[profile], "better_for_all": better[profile]}
        rows.append({**_names(game, profile), **named, "sum": gains.sum(), **flags})
    return pd.DataFrame(rows)


def belief_table(game: SolvedGame) -> pd.DataFrame:
    """A row a player, true doctrine and belief about it: what the belief is worth to it, and what all then play."""
    form = game.played.form
    rows = [
        {
            "player": form.players[b.player],
            "plays": form.strategies[b.player][b.true],
            "believed_to_play": form.strategies[b.player][b.believed],
            "worth": b.worth,
            **{f"then_{name}": doctrine for name, doctrine in _names(game, b.replies).items()},
        }
        for b in game.beliefs
    ]
    return pd.DataFrame(rows)


def _names(game: SolvedGame, profile: Profile) -> Row:
    form = game.played.form
    return dict(zip(form.players, form.named(profile), strict=True))


def _mainly(game: SolvedGame, player: str, here: Profile, there: Profile) -> tuple[str, float]:
    """The term that changes most in the direction of the whole, and by how much."""
    changes = {
        name.partition(": ")[2]: float(values[there] - values[here])
        for name, values in game.played.reasons.items()
        if name.startswith(f"{player}: ")
    }
    sign = np.sign(sum(changes.values()))
    name = max(changes, key=lambda term: sign * changes[term])
    return name, changes[name]


def surely(game: SolvedGame, d: Dominance) -> bool:
    """Whether every interval of the advantage leaves out zero."""
    edges = advantages(game.played.samples, d.player, d.strategy, d.by).reshape(-1, game.played.samples.shape[-1])
    return all(interval(edge)[1] > 0.0 for edge in edges)


def _worth(payoffs: Array, mixed: Mixed) -> list[float]:
    """Expected payoff of each player in a mixed profile."""
    worth = payoffs
    for own in reversed(mixed):
        worth = worth @ own
    return [float(value) for value in worth]
