"""Mixed equilibria, found by pygambit where it is installed (the extra `game`).

References
----------
Savani, R. and Turocy, T. (2025). Gambit: the package for computation in game theory, version 17.
"""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np

from sim.basics.arrays import Array
from sim.basics.limits import InputError
from sim.questions.games.quantal import Mixed, distance, expected

MISSING = "mixed equilibria need pygambit; install it with: pip install 'doctrine-sim[game]'"
TWO_SIDES = 2
NEAR = 1e-6
"""Regret, as a share of the range of payoffs, up to which a numerical solution counts as an equilibrium."""
SAME = 1e-5
"""Probabilities nearer than this are those of one equilibrium."""


def check_installed() -> None:
    """Say how to install pygambit if it is not there.

    Raises
    ------
    InputError
    """
    if find_spec("pygambit") is None:
        raise InputError(MISSING)


def mixed_equilibria(payoffs: Array) -> list[Mixed]:
    """Equilibria in mixed strategies: all of a generic game of two, some of a game of more.

    Parameters
    ----------
    payoffs : array (n, S_1, ..., S_n)
        Two players or more.

    Raises
    ------
    InputError
        If pygambit is not installed.
    """
    check_installed()
    import pygambit

    game = pygambit.StrategicGame.from_arrays(*payoffs)
    if len(payoffs) == TWO_SIDES:
        found = pygambit.nash.enummixed_solve(game, rational=False).equilibria
    else:
        found = [*pygambit.nash.gnm_solve(game).equilibria, pygambit.nash.ipa_solve(game).equilibrium]
    profiles = [_probabilities(profile, payoffs) for profile in found if profile is not None]
    spread = float(np.ptp(payoffs.reshape(len(payoffs), -1), axis=1).max())
    kept: list[Mixed] = []
    for profile in profiles:
        near = mixed_regret(payoffs, profile) <= NEAR * spread
        if near and all(distance(profile, other) >= SAME for other in kept):
            kept.append(profile)
    return kept


def mixed_regret(payoffs: Array, mixed: Mixed) -> float:
    """Most that any player gains by leaving a mixed profile alone, in the payoffs' unit."""
    worth = [expected(payoffs, mixed, player) for player in range(len(payoffs))]
    return max(float(values.max() - values @ own) for values, own in zip(worth, mixed, strict=True))


def _probabilities(profile: object, payoffs: Array) -> Mixed:
    """Probabilities of a profile as pygambit gives it: players and strategies are called "1", "2" and so on."""
    found: dict[str, dict[str, float]] = profile  # type: ignore[assignment]
    return tuple(
        np.array([float(found[str(player)][str(strategy + 1)]) for strategy in range(count)])
        for player, count in enumerate(payoffs.shape[1:], start=1)
    )
