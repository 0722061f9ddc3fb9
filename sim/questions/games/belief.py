"""What a player would rather the others believed of it, and what it would rather they played."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.basics.arrays import Array
from sim.questions.games.equilibrium import Profile, deviated, least_regret


class BeliefWorth(NamedTuple):
    """What it is worth to `player`, who plays `true`, to be believed to play `believed` instead of what it plays.

    `replies` is the profile then played: the others by what they believe, the player by what is true.
    """

    player: int
    true: int
    believed: int
    worth: float
    replies: Profile


class Wish(NamedTuple):
    """The strategy of `other` that `player`, who replies best, would most like to face; `gain` over the one now."""

    player: int
    other: int
    strategy: int
    reply: int
    gain: float


def others_reply(payoffs: Array, player: int, strategy: int) -> Profile:
    """The whole profile in which one player's strategy is given and the others' regrets are least.

    The others answer it as a game among themselves: its pure equilibrium, or what is nearest to one.
    """
    rest = [other for other in range(len(payoffs)) if other != player]
    if not rest:
        return (strategy,)
    inside = np.take(payoffs[rest], strategy, axis=player + 1)
    replies = least_regret(inside)
    return (*replies[:player], strategy, *replies[player:])


def beliefs(payoffs: Array) -> list[BeliefWorth]:
    """The worth of every belief about every player, whatever it truly plays; 0 where the belief is true."""
    found = []
    for player, count in enumerate(payoffs.shape[1:]):
        answers = [others_reply(payoffs, player, strategy) for strategy in range(count)]
        for true, believed in np.ndindex(count, count):
            honest, mistaken = answers[true], deviated(answers[believed], player, true)
            worth = float(payoffs[(player, *mistaken)] - payoffs[(player, *honest)])
            found.append(BeliefWorth(player, true, believed, worth, mistaken))
    return found


def wishes(payoffs: Array, focus: Profile) -> list[Wish]:
    """For every player and every other: what it would most like the other to play, the rest staying as in `focus`."""
    found = []
    for player in range(len(payoffs)):
        for other in range(len(payoffs)):
            if other == player:
                continue
            faced = [_answered(payoffs, deviated(focus, other, s), player) for s in range(payoffs.shape[other + 1])]
            best = int(np.argmax([value for _, value in faced]))
            gain = faced[best][1] - faced[focus[other]][1]
            found.append(Wish(player, other, best, faced[best][0], gain))
    return found


def _answered(payoffs: Array, profile: Profile, player: int) -> tuple[int, float]:
    """A player's best reply within a profile, and what it gets by it."""
    along = (*profile[:player], slice(None), *profile[player + 1 :])
    reply = int(np.argmax(payoffs[player][along]))
    return reply, float(payoffs[player][along][reply])
