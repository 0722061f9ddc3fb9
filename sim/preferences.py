"""What the warring sides and their patron value: the weights in their utilities, two tables of the parameters."""

from __future__ import annotations

from sim.doctrine import Table
from sim.ranges import NonNegative, Positive


class PreferenceParameters(Table):
    """What the warring sides value, per month in units where 1 % of Ukraine is worth .1."""

    land_ukraine: Positive = 10.0
    """v_U per unit of territory share, at resolve .6 (judgement)."""
    land_russia: Positive = 10.0
    """v_R per unit of territory share, at resolve .7 (judgement)."""
    war_cost_ukraine: NonNegative = 0.30
    """k_U, cost of a month of war (judgement)."""
    war_cost_russia: NonNegative = 0.10
    """k_R, cost of a month of war (judgement)."""
    weariness_ukraine: NonNegative = 0.008
    """Growth of k_U a month since 2022-02 (judgement)."""
    weariness_russia: NonNegative = 0.006
    """Growth of k_R a month since 2022-02 (judgement)."""
    horizon_ukraine: Positive = 24.0
    """tau_U, months ahead that Ukraine weighs (judgement)."""
    horizon_russia: Positive = 30.0
    """tau_R, months ahead that Russia weighs at patience .5 (judgement)."""
    audience_ukraine: NonNegative = 0.50
    """Domestic cost of signing away what Russia held at the end of 2022, at audience .6 (judgement)."""
    audience_russia: NonNegative = 0.12
    """Domestic cost of stopping short (judgement)."""
    caution: NonNegative = 0.0010
    """risk_U, share a month that a unit of doubt adds to the loss Ukraine expects (judgement)."""
    option_value: NonNegative = 0.0025
    """wait_R, share a month that a unit of doubt adds to the gain Russia expects (judgement)."""
    sanctions_cost: NonNegative = 0.18
    """k_s, cost of full sanctions to Russia a month (judgement)."""


class PatronParameters(Table):
    """What a settlement is worth to Washington, by dial (all judgement)."""

    deal: NonNegative = 0.60
    """Worth of ending the war (judgement)."""
    deal_transactional: NonNegative = 0.60
    """More of it at horizon 0: a deal is a success in itself (judgement)."""
    land: NonNegative = 6.0
    """Cost per unit of territory share ceded beyond the front, at full order and Europe (judgement)."""
    guarantee_liability: NonNegative = 1.6
    """Cost of a treaty guarantee at commitment 0 (judgement)."""
    guarantee_order: NonNegative = 0.50
    """Worth of a treaty guarantee at full order and Europe (judgement)."""
    relief: NonNegative = 0.50
    """Cost of full relief at rivalry 1 (judgement)."""
    relapse: NonNegative = 0.80
    """Cost of renewed war at horizon 1 (judgement)."""
