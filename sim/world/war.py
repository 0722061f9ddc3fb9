"""What a month of war costs and brings each warring side, in one currency with peace (per month).

W_U = -v_U L - v_U tau_U (d_U + caution sd_U) - c_U
W_R =  v_R L + v_R tau_R (d_R + option of waiting) - c_R - k_s sanctions
c_i = k_i (1 + weariness_i t) f_i (1 + cv_i hardship_i),  f_i the factor by which effort makes war dearer
"""

from __future__ import annotations

import numpy as np

from sim.basics import normal
from sim.basics.arrays import Array, Number, clip
from sim.basics.normal_table import log_ndtr
from sim.world.front import FURTHEST, LEAST_FORCE

WAR_BEGAN = "2022-02"
"""Month from which weariness counts."""
NORMAL_PEAK = 1.0 / normal.ROOT_TWO_PI
"""Density of a standard normal at 0."""
LEAST_SPREAD, FAR = 1e-9, 8.0
"""Spread that counts as none, share a month, and how many of them are so many that nothing is left of an option."""
LEAST_COST = 0.1
"""Share of its mean under which the cost of war of no world falls."""


def war_value_ukraine(
    line: Array, movement: Array, doubt: Array, land: Number, horizon: Number, caution: Number, cost: Number
) -> dict[str, Array]:
    """Terms of W_U without its hardship.

    Parameters
    ----------
    line : Array
        L, share of Ukraine held by Russia.
    movement : Array
        Monthly movement that Ukraine expects.
    doubt : Array
        Standard deviation of its belief about American support.
    land, horizon, caution, cost : Number
        v_U, tau_U, the weight of doubt, and this month's cost of war.
    """
    return {
        "land already lost": -land * line,
        "land it expects to lose or regain": -land * horizon * movement,
        "doubt about America": -land * horizon * caution * doubt,
        "the cost of war": 0.0 * line - cost,
    }


def war_value_russia(
    line: Array,
    movement: Array,
    option: Array,
    sanctions: Array,
    land: Number,
    horizon: Number,
    cost: Number,
    sanctions_cost: Number,
) -> dict[str, Array]:
    """Terms of W_R without its hardship; arguments as in `war_value_ukraine`, `option`: movement worth waiting for."""
    return {
        "land already held": land * line,
        "land it expects to win or lose": land * horizon * movement,
        "the option of waiting": land * horizon * option,
        "the cost of war": 0.0 * line - cost,
        "sanctions": -sanctions_cost * sanctions,
    }


def option_of_waiting(movement: Array, spread: Array) -> Array:
    """Movement that is gained by seeing what comes and stopping where it is a loss: E max(d, 0) - max(E d, 0).

    Parameters
    ----------
    movement : Array
        Monthly movement that is expected of fighting on, the mean of d, share of Ukraine.
    spread : Array
        Standard deviation of d, by what is not known of American support. The option is worth two fifths of it where
        movement may as well be a loss as a gain, and next to nothing where it is several times the spread.

    References
    ----------
    Dixit, A. and Pindyck, R. (1994). *Investment under Uncertainty*. Princeton; of a normal, Bachelier (1900).
    """
    spread, size = np.maximum(spread, LEAST_SPREAD), np.abs(movement)
    away = np.minimum(size / spread, FAR)
    gain = spread * np.exp(-0.5 * away**2) * NORMAL_PEAK - size * np.exp(log_ndtr(-away))
    return np.asarray(np.maximum(gain, 0.0))


def war_cost(base: Number, weariness: Number, months: float, effort: Number) -> Number:
    """Cost of a month of war at hardship 0 after so many months of it: k (1 + weariness t) f."""
    return base * (1.0 + weariness * months) * effort


def effort_factor(effort: Array, reference: Number, convexity: Number, dearer: Number) -> Array:
    """By how much effort makes Russia's war dearer: (e / e_0)^gamma (1 + bite (sanctions - reference)).

    No effort counts as further from the reference than the furthest that is looked for.
    """
    away = clip(np.log(np.maximum(effort, LEAST_FORCE) / reference), -FURTHEST, FURTHEST)
    return np.asarray(np.exp(convexity * away) * dearer)


def own_hardship(cost: Number, spread: Number, hardship: Array) -> Array:
    """What hardship takes from fighting on: the cost moves with it, and never falls under a tenth of its mean."""
    return np.asarray(-cost * np.maximum(spread * hardship, LEAST_COST - 1.0))
