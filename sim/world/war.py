"""What fighting on is worth to each warring side, relative to giving up all land (per month).

W_U = -v_U (L + (drift_U + caution sd_U) tau_U) - k_U (1 + weariness_U t)
W_R =  v_R (L + (drift_R + option sd_R) tau_R) - k_R (1 + weariness_R t) - k_s sanctions
"""

from __future__ import annotations

from sim.basics.arrays import Array, Number

WAR_BEGAN = "2022-02"
"""Month from which weariness counts."""


def war_value_ukraine(
    line: Array, movement: Array, doubt: Array, land: Number, horizon: Number, caution: Number, cost: Number
) -> dict[str, Array]:
    """Terms of W_U.

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
    doubt: Array,
    sanctions: Array,
    land: Number,
    horizon: Number,
    option: Number,
    cost: Number,
    sanctions_cost: Number,
) -> dict[str, Array]:
    """Terms of W_R; the arguments mirror `war_value_ukraine`, `option` weighs doubt as a reason to wait."""
    return {
        "land already held": land * line,
        "land it expects to win or lose": land * horizon * movement,
        "the option of waiting": land * horizon * option * doubt,
        "the cost of war": 0.0 * line - cost,
        "sanctions": -sanctions_cost * sanctions,
    }


def war_cost(base: Number, weariness: Number, months: float) -> Number:
    """Cost of a month of war after so many months of it: k (1 + weariness t)."""
    return base * (1.0 + weariness * months)
