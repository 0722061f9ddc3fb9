"""What is valued and what can be agreed: parameters of the warring sides, their patron, the table and the peace."""

from __future__ import annotations

from sim.scenario.doctrine import Table
from sim.scenario.quantities import (
    Correction,
    LandWeight,
    LogOdds,
    LogOddsAdded,
    Movement,
    PartShare,
    PositiveMonths,
    PositiveMovement,
    PositiveShare,
    Share,
    SignedWeight,
    Spread,
    Variance,
    Weight,
    base_rate,
    judgement,
    record,
    tuned,
)


class PreferenceParameters(Table):
    """What the warring sides value, per month in units where 1 % of Ukraine is worth .1."""

    land_ukraine: LandWeight = judgement(
        10.0, "per unit of territory share", "sets the unit: 1 % of Ukraine is worth .1", symbol="v_U"
    )
    """Per unit of territory share, at resolve .6."""
    land_russia: LandWeight = judgement(
        10.0, "per unit of territory share", "as Ukraine's, so that land moves no bargain by itself", symbol="v_R"
    )
    """Per unit of territory share, at resolve .7."""
    war_cost_ukraine: Weight = judgement(
        0.30, "utility", "a guess, above Russia's: the war is on its soil", symbol="k_U"
    )
    """Cost of a month of war at resolve .6 and hardship 0."""
    war_cost_russia: Weight = tuned(0.27, "utility", "revealed by the effort of the end of 2022", symbol="k_R")
    """Cost of a month of war at the reference effort and hardship 0."""
    hardship_sd_ukraine: Spread = judgement(0.35, "share", "what a war costs a government is its secret", symbol="cv_U")
    """Sd, over worlds, of the cost of a month of war to Ukraine, share of its mean."""
    hardship_sd_russia: Spread = judgement(0.35, "share", "what a war costs a government is its secret", symbol="cv_R")
    """Sd, over worlds, of the cost of a month of war to Russia, share of its mean."""
    weariness_ukraine: Weight = judgement(0.008, "share a month", "a guess: a tenth in a year; surveys show the sign")
    """Growth of k_U a month since 2022-02."""
    weariness_russia: Weight = judgement(0.006, "share a month", "a guess, somewhat less than Ukraine's")
    """Growth of k_R a month since 2022-02."""
    horizon_ukraine: PositiveMonths = judgement(
        24.0, "months", "a guess: two years of a war that may be lost", symbol="tau_U"
    )
    """Months ahead that Ukraine weighs."""
    horizon_russia: PositiveMonths = judgement(
        30.0, "months", "a guess, half a year longer: a ruler without elections can wait", symbol="tau_R"
    )
    """Months ahead that Russia weighs at patience .5."""
    audience_ukraine: Weight = judgement(0.40, "utility", "a guess: surveys give the sign and not the size")
    """Domestic cost of signing away what Russia held at the end of 2022, at audience .6."""
    stop_russia: Weight = judgement(0.06, "utility", "a guess: little opposition is free to speak")
    """Domestic cost of stopping short, once at signing."""
    retreat_russia: Weight = judgement(
        45.0,
        "per unit of territory share",
        "a guess, over four times the worth of land: its constitution calls it Russian",
    )
    """Domestic cost of giving land back, once at signing, beyond the worth of the land."""
    caution: Movement = judgement(
        0.0010, "share a month", "a guess; the sign is theory's: doubt makes the weaker side fear more", symbol="risk_U"
    )
    """Share a month that a unit of doubt adds to the loss Ukraine expects."""
    sanctions_cost: Weight = judgement(0.18, "utility", "a guess: the size is disputed", symbol="k_s")
    """Cost of full sanctions to Russia a month."""


class PatronParameters(Table):
    """What a settlement is worth to Washington, by dial (all judgement)."""

    deal: Weight = judgement(0.60, "utility", "a guess: of the worths of a settlement only the order of size is meant")
    """Worth of ending the war."""
    deal_transactional: Weight = judgement(
        0.60, "utility", "a guess: a deal counts twice for who wants one for its own sake"
    )
    """More of it at horizon 0: a deal is a success in itself."""
    land: Weight = judgement(
        6.0, "per unit of territory share", "a guess, below what the land is worth to Ukraine itself"
    )
    """Cost per unit of territory share ceded beyond the front, at full order and Europe."""
    guarantee_liability: Weight = judgement(
        1.6, "utility", "a guess: for who does not mean to keep it a treaty costs more than any deal gains"
    )
    """Cost of a treaty guarantee at commitment 0."""
    guarantee_order: Weight = judgement(0.50, "utility", "a guess, under its liability to the uncommitted")
    """Worth of a treaty guarantee at full order and Europe."""
    relief: Weight = judgement(
        0.50, "utility", "a guess: full relief costs a rival of Russia about what a deal is worth"
    )
    """Cost of full relief at rivalry 1."""
    relapse: Weight = judgement(
        0.80, "utility", "a guess: renewed war costs who looks ahead more than a deal was worth"
    )
    """Cost of renewed war at horizon 1."""
    truce_worth: Share = judgement(0.60, "share", "a guess: a truce is a success that may not last")
    """Worth of a truce, share of that of ending the war."""


class TableParameters(Table):
    """Talks, packages, proposals."""

    talks_base: LogOdds = record(-5.0, "log-odds", "none in three years")
    """Log-odds of talks in a month for the most closed doctrine."""
    talks_rivalry: LogOddsAdded = judgement(
        2.4,
        "log-odds",
        "a guess: a friend of Moscow talks eleven times as readily; the record has one change of executive",
    )
    """Log-odds that rivalry 0 adds."""
    talks_horizon: LogOddsAdded = judgement(1.2, "log-odds", "a guess: three times as readily; the sign is theory's")
    """Log-odds that horizon 0 adds."""
    talks_channel: LogOddsAdded = judgement(
        2.4, "log-odds", "a guess, as much as rivalry: the calls of leaders of 2025 came with the change of executive"
    )
    """Log-odds that a leader-to-leader channel adds."""
    talks_ripeness: LogOddsAdded = judgement(
        1.5, "log-odds", "a guess; the sign is Zartman's, and the size is not in the record"
    )
    """Log-odds that a fully hurting stalemate adds (Zartman's ripeness)."""
    stalemate_movement: PositiveMovement = judgement(
        0.0006, "share a month", "a guess: some 360 km2 a month, about the pace of 2024"
    )
    """Expected movement, share a month, at which a stalemate no longer hurts."""
    stalemate_months: PositiveMonths = base_rate(60.0, "months", "wars between states that nobody won")
    """Months of war after which a stalemate hurts fully."""
    talks_momentum: LogOddsAdded = record(0.8, "log-odds", "contacts come in clusters")
    """Log-odds that talks last month add."""
    guarantee_gain: tuple[SignedWeight, SignedWeight, SignedWeight, SignedWeight, SignedWeight] = judgement(
        (0.0, 0.08, 0.18, 0.30, 0.42), "utility", "concave", strict=False
    )
    """Worth to Ukraine of guarantee levels 0..4, beyond deterrence."""
    guarantee_pain: tuple[SignedWeight, SignedWeight, SignedWeight, SignedWeight, SignedWeight] = judgement(
        (0.0, 0.04, 0.14, 0.30, 0.60), "utility", "convex, a treaty is the red line", strict=False
    )
    """Cost to Russia of guarantee levels 0..4 when believed."""
    relief_pain_ukraine: Weight = judgement(
        0.15, "utility", "a guess, as much as Russia gains by it beyond the sanctions themselves", symbol="s_U"
    )
    """Cost to Ukraine of full sanctions relief."""
    relief_gain_russia: Weight = judgement(
        0.15, "utility", "a guess, somewhat less than the cost of full sanctions", symbol="s_R"
    )
    """Worth to Russia of full relief beyond the sanctions lifted."""
    ambiguity_gain: Weight = judgement(
        0.05, "utility", "a guess: enough to close a small gap and no large one", symbol="amb"
    )
    """What vague terms are worth to each side's own reading, a month that peace lasts."""
    pain_unbelieved: Share = judgement(
        0.40, "share", "a guess: even an empty promise on its border costs Russia something"
    )
    """Share of a guarantee's cost to Russia that is left when it is not believed at all."""
    red_line_sd: Spread = judgement(0.50, "log points", "nobody knows its red line")
    """Log sd, over worlds, of what guarantees cost Russia."""
    audience_sd: Spread = judgement(0.30, "log points", "a guess: governments differ by a third in what they can sign")
    """Log sd, over worlds, of what ceding land costs a Ukrainian government."""
    mood_sd: Spread = judgement(0.20, "sd of hardship", "small beside what lasts")
    """Sd of what a month's mood adds to a side's hardship."""
    known: PartShare = judgement(0.0, "share", "a guess: nobody outside knows what a war costs a government")
    """Share of the variance of a side's hardship that the public knows before any talks."""
    forgetting: Variance = judgement(0.02, "variance", "what answers teach is a little less than their moments say")
    """Variance that an answer adds to what is believed of a side's hardship."""
    channel_known: PartShare = judgement(0.50, "share", "a guess: envoys who are received learn half of it")
    """Share of the variance about Moscow's hardship that a full leader-to-leader channel removes for the envoy."""
    hold: Weight = judgement(0.95, "share", "bargainers hold out for nearly what a fair deal would give them")
    """What a side holds out for, share of what the Nash point gives it."""
    tabled: Share = judgement(0.30, "chance", "a guess: in most months of talks nobody puts terms on the table")
    """Chance that talks of a month have a package on the table."""
    truce_audience: Share = judgement(0.15, "share", "a guess: a truce cedes nothing in law")
    """Share of the cost of signing, along the front, that a truce has."""
    channel_tilt: Share = judgement(0.25, "weight", "a guess; the sign is theory's: who is heard more is served more")
    """Weight shifted from Kyiv's consent to Moscow's per unit of `channel` above one half, or back."""
    surplus_power: Weight = judgement(
        0.70, "exponent", "a guess: a mediator counts its own gain for less than the sides' consent"
    )
    """Exponent of the mediator's own surplus."""


class PeaceParameters(Table):
    """How settlements and truces break."""

    hazard: Share = base_rate(0.012, "chance a month", "wars that were fought again", symbol="h0")
    """Chance a month of renewed war after a settlement that nobody guards and nothing tempts to break."""
    truce_hazard: Share = base_rate(0.06, "chance a month", "wars that a truce had stopped", symbol="h0_T")
    """Chance a month of renewed war in a truce that nobody guards and nothing tempts to break."""
    temptation: Weight = judgement(2.0, "per unit of utility", "terms imposed from outside break more often")
    """Log-hazard that a unit of Moscow's gain from renewed war adds."""
    regroup_russia: Correction = judgement(0.0, "log points", "nobody knows who gains from a pause")
    """By how much more a pause strengthens Russia than Ukraine, arms that are given in peace left out."""
    fragility: Weight = base_rate(0.80, "number", "partial and full peace agreements")
    """How much full vagueness raises the hazard."""
    belief_incredible: Share = base_rate(0.40, "share", "alliances honoured in war")
    """Belief in a guarantee by a Washington of credibility 0, share."""
    tripwire: Share = judgement(0.50, "share", "a guess: half of what soldiers promise is that they would be hit")
    """Share of the belief that Americans would come that hangs on how many stand in Europe."""
    belief_european: Share = judgement(
        0.40, "share", "a guess: what an America without credit would be believed; small forces alone may deter little"
    )
    """Belief that a full European force fights whatever Washington does."""
    deterrence: Weight = base_rate(0.90, "log-hazard", "peacekeepers after civil wars")
    """Log-hazard that a believed level of guarantee removes."""
    discount: PositiveShare = base_rate(0.03, "0 to 1", "tenure of leaders")
    """Monthly discount rate for the chance of renewed war."""
