"""The front: forces contend, the line moves, effort answers the force it expects to meet.

Symbols: K_R, K_U forces; theta the defender's advantage in log points; L the share of Ukraine held by Russia;
m its monthly movement; V the stakes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.basics.arrays import Array, Number, clip, expit

if TYPE_CHECKING:
    from sim.scenario.parameters import FrontParameters

LEAST_FORCE = 0.01
"""Units of force that are left of any army: a ratio of forces is always one."""
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
    """Monthly movement to which the line settles at these forces: kappa (log(K_R / K_U) - theta)."""
    return p.pull * superiority(force_russia, force_ukraine, advantage)


def rebuilt(force: Array, added: Array, p: FrontParameters) -> Array:
    """A force after a month of wear and additions: K' = (1 - wear) K + added, and never nothing at all."""
    return np.maximum((1.0 - p.wear) * force + added, LEAST_FORCE)


def sustained(added: Any, p: FrontParameters) -> Any:
    """The force that monthly additions keep up for good: added / wear."""
    return added / p.wear


def contest_best_reply(stakes: Any, opposing: Any) -> Any:
    """Force that maximises V K / (K + h) - K against `opposing` h: sqrt(V h) - h, never negative (Tullock 1980)."""
    return np.maximum(np.sqrt(stakes * opposing) - opposing, 0.0)


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


def need(superior: Array, peace: Array, p: FrontParameters) -> Array:
    """How badly Ukraine needs aid, 0 to 1: .5 when forces balance, less under a settlement (`peace` 0 or 1)."""
    return expit(p.need_slope * superior) * (1.0 - (1.0 - p.need_in_peace) * peace)


def held(line: Array, moved: Array) -> Array:
    """The line after a movement, kept between nothing and everything."""
    return np.asarray(clip(line + moved, 0.0, 1.0))
