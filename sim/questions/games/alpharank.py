"""Alpha-rank: how often a population of each player, copying what pays, is found at each profile in the long run.

Each player is a finite population that plays one strategy; now and then a mutant appears with another, and takes the
population over with the fixation probability of a Moran process, the likelier the more it gains. Profiles that nothing
leads away from collect the mass; where best replies go in circles, the circle shares it.

References
----------
Omidshafiei, S. et al. (2019). Alpha-rank: multi-agent evaluation by evolution. *Scientific Reports* 9.
"""

from __future__ import annotations

import math

import numpy as np

from sim.basics.arrays import Array
from sim.basics.limits import InputError, check_strength
from sim.questions.games.equilibrium import deviated, profiles, shape_of

POPULATION = 50
"""m, size of each population."""
FEWEST = 2


def log_fixation(gain: float, intensity: float, population: int = POPULATION) -> float:
    """Logarithm of the probability that a mutant takes over: (1 - exp(-alpha gain)) / (1 - exp(-m alpha gain)).

    Under strong selection a mutant that loses takes over with probabilities that no float is small enough for; their
    logarithms are a few thousands.

    Parameters
    ----------
    gain : float
        Its payoff less that of the others; if 0 the probability is 1/m.
    intensity : float
        alpha, how strongly selection acts, per unit of payoff.
    population : int
        m.
    """
    strength = abs(intensity * gain)
    if strength == 0.0:
        return -math.log(population)
    wins = math.log(-math.expm1(-strength)) - math.log(-math.expm1(-population * strength))
    return wins if gain > 0.0 else wins - (population - 1) * strength


def alpha_rank(payoffs: Array, intensity: float, population: int = POPULATION) -> Array:
    """Long-run share of time at each profile, shape (S_1, ..., S_n), summing to 1.

    Parameters
    ----------
    payoffs : array (n, S_1, ..., S_n)
    intensity : float
        alpha, per unit of payoff.
    population : int
        m, 2 or more.

    Raises
    ------
    InputError
        If a payoff or the intensity is not finite, the intensity is negative, or a population has no two members.
    """
    return np.exp(log_shares(payoffs, intensity, population))


def log_shares(payoffs: Array, intensity: float, population: int = POPULATION) -> Array:
    """Logarithms of the shares of `alpha_rank`, which rank profiles too rare for a float."""
    _check(payoffs, intensity, population)
    shape = shape_of(payoffs)
    size = int(np.prod(shape))
    chain = np.full((size, size), -np.inf)
    for profile in profiles(payoffs):
        here = np.ravel_multi_index(profile, shape)
        for player, count in enumerate(shape):
            for strategy in set(range(count)) - {profile[player]}:
                there = deviated(profile, player, strategy)
                gain = float(payoffs[(player, *there)] - payoffs[(player, *profile)])
                chain[here, np.ravel_multi_index(there, shape)] = log_fixation(gain, intensity, population)
    return log_stationary(chain).reshape(shape)


def _check(payoffs: Array, intensity: float, population: int) -> None:
    check_strength("intensity", intensity)
    if not np.isfinite(payoffs).all():
        raise InputError(f"payoffs: must be finite; {np.count_nonzero(~np.isfinite(payoffs)):,} of them are not")
    if population < FEWEST:
        raise InputError(f"population: must be at least {FEWEST}, a mutant and another, got {population}")


def log_stationary(chain: Array) -> Array:
    """Logarithm of the stationary distribution of an irreducible chain from its steps between different states.

    States are removed one after the other without a subtraction, so that the rarest steps keep their digits.

    Parameters
    ----------
    chain : array (N, N)
        Logarithms of the probabilities of steps, up to a constant; the diagonal is not looked at.

    References
    ----------
    Grassmann, W., Taksar, M. and Heyman, D. (1985). Regenerative analysis and steady state distributions for Markov
    chains. *Operations Research* 33.
    """
    steps = np.array(chain, dtype=float)
    np.fill_diagonal(steps, -np.inf)
    for last in range(len(steps) - 1, 0, -1):
        steps[:last, last] -= np.logaddexp.reduce(steps[last, :last])
        detours = steps[:last, last, None] + steps[last, :last]
        np.logaddexp(steps[:last, :last], detours, out=steps[:last, :last])
    shares = np.zeros(len(steps))
    for state in range(1, len(steps)):
        shares[state] = np.logaddexp.reduce(shares[:state] + steps[:state, state])
    return np.asarray(shares - np.logaddexp.reduce(shares))
