"""What is valued and what can be agreed: parameters of the warring sides, their patron, the table and the peace."""

from __future__ import annotations

from sim.scenario.doctrine import Table
from sim.scenario.quantities import (
    LandWeight,
    LogOdds,
    LogOddsAdded,
    Movement,
    PositiveMonths,
    PositiveMovement,
    PositiveShare,
    PositiveSpread,
    Share,
    SignedWeight,
    Spread,
    Weight,
    base_rate,
    judgement,
    record,
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
    """Cost of a month of war."""
    war_cost_russia: Weight = judgement(
        0.10, "utility", "a guess: low, because Russia fought on through every offer of the record", symbol="k_R"
    )
    """Cost of a month of war."""
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
    audience_ukraine: Weight = judgement(
        0.50,
        "utility",
        "a guess: most Ukrainians asked are against any concession, which gives the sign and not the size",
    )
    """Domestic cost of signing away what Russia held at the end of 2022, at audience .6."""
    audience_russia: Weight = judgement(
        0.12, "utility", "a guess, a quarter of Ukraine's: little opposition is free to speak"
    )
    """Domestic cost of stopping short."""
    caution: Movement = judgement(
        0.0010, "share a month", "a guess; the sign is theory's: doubt makes the weaker side fear more", symbol="risk_U"
    )
    """Share a month that a unit of doubt adds to the loss Ukraine expects."""
    option_value: Movement = judgement(
        0.0025,
        "share a month",
        "a guess; the sign is theory's: doubt about a patron is a reason to wait",
        symbol="wait_R",
    )
    """Share a month that a unit of doubt adds to the gain Russia expects."""
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
    resume_gain_russia: Weight = judgement(
        0.15,
        "utility",
        "a guess; the sign is theory's: commitment problems are worth something to who can break",
        symbol="resume_R",
    )
    """Worth to Russia of a peace that it can break."""
    relapse_loss_ukraine: Weight = judgement(1.0, "utility", "a guess: twice the next largest term")
    """Loss to Ukraine if war is renewed after a settlement."""
    ambiguity_gain: Weight = judgement(
        0.14, "utility", "a guess: enough to close a small gap and no large one", symbol="amb"
    )
    """What vague terms are worth to each side's own reading."""
    pain_unbelieved: Share = judgement(
        0.40, "share", "a guess: even an empty promise on its border costs Russia something"
    )
    """Share of a guarantee's cost to Russia that is left when it is not believed at all."""
    red_line_sd: Spread = judgement(0.50, "log points", "nobody knows its red line")
    """Log sd, over worlds, of what guarantees cost Russia."""
    audience_sd: Spread = judgement(0.30, "log points", "a guess: governments differ by a third in what they can sign")
    """Log sd, over worlds, of what ceding land costs a Ukrainian government."""
    private_sd: PositiveSpread = judgement(
        0.12, "utility", "a guess: about what war costs Russia in a month, so that refusals are not foreseen"
    )
    """Sd of each side's private valuation."""
    private_persistence: Share = judgement(
        0.92, "share", "a guess: half of what a side keeps to itself lasts eight months"
    )
    """Share of last month's private valuation in this month's."""
    estimate_sd: PositiveSpread = judgement(
        0.40, "utility", "a guess: before talks a mediator knows little more than the sign"
    )
    """Sd of the mediator's error about a side before any talks."""
    estimate_sd_learned: PositiveSpread = judgement(
        0.12, "utility", "as private_sd: what is private each month is not learned"
    )
    """Sd to which the error falls with rounds of talks."""
    estimate_learning: Share = judgement(0.80, "share", "a guess: half of the error goes in three rounds")
    """Share of the distance left after a round."""
    estimate_correction: Weight = judgement(0.10, "utility", "a guess: a few refusals move an estimate by its spread")
    """By how much a refusal raises the mediator's estimate of the refuser."""
    vain_acceptance: Share = judgement(
        0.50, "share", "a guess: a yes that nothing follows teaches half of what a no does"
    )
    """Share of that correction by which an acceptance in vain lowers it."""
    channel_sharpness: Share = judgement(0.40, "share", "a guess; the sign is theory's")
    """Share of the error about Moscow that a full leader-to-leader channel removes."""
    channel_tilt: Share = judgement(0.25, "weight", "a guess; the sign is theory's: who is heard more is served more")
    """Weight shifted from Kyiv's consent to Moscow's per unit of `channel` above one half, or back."""
    surplus_power: Weight = judgement(
        0.70, "exponent", "a guess: a mediator counts its own gain for less than the sides' consent"
    )
    """Exponent of the mediator's own surplus."""
    cut_depth: Share = judgement(
        0.80, "share", "a guess: not all, since Congress and services keep some up, as in 2025-03"
    )
    """Share of support that a threat to Ukraine withdraws at commitment 0."""
    surge_size: Share = judgement(0.50, "share", "a guess: half, because stocks and industry do not follow a threat")
    """Share of the unused support that a threat to Russia adds, if believed."""
    sanctions_threat: Weight = judgement(
        0.30, "0 to 1", "a guess, as sanctions_press: the same measures threatened and taken"
    )
    """Sanctions that a threat to Russia adds, if believed."""


class PeaceParameters(Table):
    """How settlements break."""

    hazard: Share = judgement(
        0.03,
        "chance a month",
        "a guess, above what base rates leave: see the table of base rates, which speaks against it",
        symbol="q0",
    )
    """Chance a month of renewed war without guarantees."""
    fragility: Weight = base_rate(0.80, "number", "partial and full peace agreements")
    """How much full vagueness raises the hazard."""
    belief_uncommitted: Share = judgement(
        0.30, "share", "a guess, a little under what is left of a guarantor without credit"
    )
    """Belief in a guarantee by a doctrine of commitment 0, share."""
    belief_incredible: Share = base_rate(0.40, "share", "alliances honoured in war")
    """Belief in a guarantee by a Washington of credibility 0, share."""
    deterrence: Weight = base_rate(0.90, "log-hazard", "peacekeepers after civil wars")
    """Log-hazard that a believed level of guarantee removes."""
    discount: PositiveShare = base_rate(0.03, "0 to 1", "tenure of leaders")
    """Monthly discount rate for the chance of renewed war."""
