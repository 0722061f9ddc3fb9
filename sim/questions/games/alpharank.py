"""Alpha-rank: how often a population of each player, copying what pays, is found at each profile in the long run.

Each player is a finite population that plays one strategy; now and then a mutant appears with another, and takes the
population over with the fixation probability of a Moran process, the likelier the more it gains. Profiles that nothing
leads away from collect the mass; where best replies go in circles, the circle shares it.

References
----------
Omidshafiei, S. et al. (2019). Alpha-rank: multi-agent evaluation by evolution. *Scientific Reports* 9.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Array
from sim.questions.games.regret import deviated, profiles, shape_of

POPULATION = 50
"""m, size of each population."""
NEUTRAL = 1e-12
LARGEST = 500.0
"""Exponent beyond which exponentials leave the range of floating-point numbers."""
LEAST = 1e-200
"""Probability under which a step counts as this: it keeps the chain in one piece."""


def fixation(gain: float, intensity: float, population: int = POPULATION) -> float:
    """Probability that a mutant takes over: (1 - exp(-alpha gain)) / (1 - exp(-m alpha gain)), 1/m if it is neutral.

    Parameters
    ----------
    gain : float
        Its payoff less that of the others.
    intensity : float
        alpha, how strongly selection acts, per unit of payoff.
    population : int
        m.
    """
    strength = intensity * gain
    if abs(strength) < NEUTRAL:
        return 1.0 / population
    if -population * strength > LARGEST:
        return max(float(np.exp(max((population - 1) * strength, -LARGEST))), LEAST)
    return float(np.expm1(-strength) / np.expm1(-population * strength))


def alpha_rank(payoffs: Array, intensity: float, population: int = POPULATION) -> Array:
    """Long-run share of time at each profile, shape (S_1, ..., S_n), summing to 1.

    Parameters
    ----------
    payoffs : array (n, S_1, ..., S_n)
    intensity : float
        alpha, per unit of payoff.
    population : int
        m.
    """
    shape = shape_of(payoffs)
    ways = max(sum(count - 1 for count in shape), 1)
    size = int(np.prod(shape))
    chain = np.zeros((size, size))
    for profile in profiles(payoffs):
        here = np.ravel_multi_index(profile, shape)
        for player, count in enumerate(shape):
            for strategy in set(range(count)) - {profile[player]}:
                there = deviated(profile, player, strategy)
                gain = float(payoffs[(player, *there)] - payoffs[(player, *profile)])
                chain[here, np.ravel_multi_index(there, shape)] = fixation(gain, intensity, population) / ways
    return stationary(chain).reshape(shape)


def stationary(chain: Array) -> Array:
    """Stationary distribution of an irreducible chain from its steps between different states.

    States are removed one after the other without a subtraction, so that tiny probabilities keep their digits.

    Parameters
    ----------
    chain : array (N, N)
        Probabilities of steps; the diagonal is not looked at.

    References
    ----------
    Grassmann, W., Taksar, M. and Heyman, D. (1985). Regenerative analysis and steady state distributions for Markov
    chains. *Operations Research* 33.
    """
    steps = np.array(chain, dtype=float)
    np.fill_diagonal(steps, 0.0)
    for last in range(len(steps) - 1, 0, -1):
        steps[:last, last] /= steps[last, :last].sum()
        steps[:last, :last] += np.outer(steps[:last, last], steps[last, :last])
    shares = np.ones(len(steps))
    for state in range(1, len(steps)):
        shares[state] = shares[:state] @ steps[:state, state]
        shares[: state + 1] /= shares[: state + 1].sum()
    return shares
