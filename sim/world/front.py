"""The front: forces contend, the line moves, effort answers the force it expects to meet.

Symbols: K_R, K_U forces; theta the defender's advantage in log points; L the share of Ukraine held by Russia;
m its monthly movement; V the stakes.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.basics.arrays import Array, Number, clip, expit, real

if TYPE_CHECKING:
    from sim.scenario.parameters import FrontParameters

LEAST_FORCE = 0.01
"""Units of force that are left of any army: a ratio of forces is always one."""
LEAST_COST = 1e-9
"""Worth or cost under which effort is not weighed."""
FURTHEST = 4.0
"""Log points from the reference effort beyond which none is looked for."""
NEWTON = 4
MOST_DECISIVE = 0.95
"""Decisiveness, share of the convexity of effort, above which more of it would leave Russia no single best effort."""
LOG_2 = math.log(2.0)
EVERYTHING = 1.0
"""Share of Ukraine beyond which nothing can move in a month."""


def superiority(force_russia: Any, force_ukraine: Any, advantage: Any) -> Any:
    """Log points of Russian force beyond what the defender's advantage absorbs: log(K_R / K_U) - theta."""
    return np.log(force_russia / force_ukraine) - advantage


def movement(momentum: Array, superior: Array, noise: Array, p: FrontParameters) -> Array:
    """Share of Ukraine that changes hands this month, positive to Russia.

    m' = persistence m + (1 - persistence) kappa (log(K_R / K_U) - theta) + sigma_L noise, between -1 and 1
    """
    carried, pulled = p.persistence * momentum, (1.0 - p.persistence) * p.pull * superior
    return np.asarray(clip(carried + pulled + p.noise * noise, -EVERYTHING, EVERYTHING))


def expected_movement(force_russia: Any, force_ukraine: Any, advantage: Any, p: FrontParameters) -> Any:
    """Monthly movement that is expected at these forces: near kappa (log(K_R / K_U) - theta), at most 2 kappa / D.

    kappa (2 / D) tanh(D S / 2): no army takes more because it is a hundred times as strong.
    """
    half = 0.5 * p.decisiveness
    return p.pull / half * np.tanh(half * superiority(force_russia, force_ukraine, advantage))


def rebuilt(force: Array, added: Array, p: FrontParameters) -> Array:
    """A force after a month of wear and additions: K' = (1 - wear) K + added, and never nothing at all."""
    return np.maximum((1.0 - p.wear) * force + added, LEAST_FORCE)


def sustained(added: Any, p: FrontParameters) -> Any:
    """The force that monthly additions keep up for good: added / wear."""
    return added / p.wear


def best_effort(effort: Array, met: Array, worth: Any, cost: Any, p: FrontParameters) -> Array:
    """Effort that maximises what its force wins less what it costs, four steps of Newton from today's (Tullock 1980).

        worth kappa (2 / D) tanh(D y / 2) - cost (e / e_0)^gamma,    y = log(e / wear) - met

    At the best, with x = log(e / e_0): gamma x + 2 log cosh(D y / 2) = log(worth kappa / (gamma cost)). What falls on
    its left as x grows never falls faster than D, so there is one solution if D < gamma.

    Parameters
    ----------
    effort : Array
        Today's, units a month.
    met : Array
        Log of the force that must be matched to hold the front still.
    worth : Number
        What a share of Ukraine a month is worth, less what of it comes too late.
    cost : Number
        Cost of a month of war at the reference effort e_0.
    """
    gamma, half = p.effort_convexity, 0.5 * real(np.minimum(p.decisiveness, MOST_DECISIVE * p.effort_convexity))
    start = real(np.log(p.effort_reference / p.wear)) - met
    target = real(np.log(np.maximum(worth * p.pull, LEAST_COST) / np.maximum(gamma * cost, LEAST_COST)))
    x = clip(np.log(np.maximum(effort, LEAST_FORCE) / p.effort_reference), -FURTHEST, FURTHEST)
    for _ in range(NEWTON):
        # In place of log cosh u: |u| + log((1 + exp(-2 |u|)) / 2), which does not overflow.
        u = half * (x + start)
        bent = np.abs(u)
        tail = np.exp(-2.0 * bent)
        left = gamma * x + 2.0 * (bent + np.log1p(tail) - LOG_2)
        slope = gamma + 2.0 * half * np.sign(u) * (1.0 - tail) / (1.0 + tail)
        x = clip(x - (left - target) / slope, -FURTHEST, FURTHEST)
    return np.asarray(p.effort_reference * np.exp(x))


def observed_advantage(superior_force: Array, momentum: Array, moved: Array, p: FrontParameters) -> Array:
    """The advantage theta that would explain this month's movement without chance.

    Parameters
    ----------
    superior_force : Array
        log(K_R / K_U), shape (W,).
    momentum, moved : Array
        Last month's and this month's movement, shape (W,).
    """
    return superior_force - (moved - p.persistence * momentum) / ((1.0 - p.persistence) * p.pull)


def observation_variance(p: FrontParameters) -> Number:
    """Variance of `observed_advantage` around the truth, (sigma_L / ((1 - persistence) kappa))^2."""
    return (p.noise / ((1.0 - p.persistence) * p.pull)) ** 2


def need(superior: Array, p: FrontParameters) -> Array:
    """How badly Ukraine needs aid while it fights, 0 to 1: .5 when forces balance."""
    return np.asarray(expit(p.need_slope * superior))


def held(line: Array, moved: Array) -> Array:
    """The line after a movement, kept between nothing and everything."""
    return np.asarray(clip(line + moved, 0.0, 1.0))
