"""Every number of the model that is not a dial: symbol, unit, range, source.

One table a stage, in the order of the month. "judgement" marks a value chosen because it is plausible, "record"
one read off the observed series in `sim.record`, "tuned" one set so that the `history` scenario comes near the
record. Money is EUR bn a month; territory is the share of Ukraine's 603,500 km2; a step is one month.
"""

from __future__ import annotations

from pydantic import Field

from sim.doctrine import Table
from sim.preferences import PatronParameters, PreferenceParameters
from sim.ranges import Fraction, Memory, NonNegative, Positive, PositiveShare, Share


class FrontParameters(Table):
    """Territory, forces and the war effort."""

    persistence: Memory = 0.80
    """Share of last month's movement that carries on (record: lag-1 autocorrelation .8)."""
    pull: Positive = 0.006
    """kappa, share a month per log point of superiority beyond the defender's advantage (tuned)."""
    noise: Positive = 0.00024
    """sigma_L, share a month, scale of the shocks to movement (record: sd of monthly change)."""
    advantage: float = 0.25
    """theta, log points by which the attacker must be stronger to advance (tuned; mean over worlds)."""
    advantage_sd: NonNegative = 0.04
    """How far the true advantage differs from world to world, log points (judgement)."""
    wear: Fraction = 0.08
    """Share of a force that is worn out in a month (judgement)."""
    own_effort_ukraine: NonNegative = 4.0
    """Ukraine's own addition to its force, units a month at resolve .6 (tuned)."""
    stakes_russia: Positive = 560.0
    """V, value of the prize in units of force at resolve .7 (tuned: the initial force is near a best reply)."""
    effort_cap_russia: Positive = 11.0
    """Most that Russia's industry adds in a month at `sanctions_reference`, units a month (judgement)."""
    adjustment_russia: Share = 0.05
    """Share of the way to its best reply that Russia's effort moves in a month (judgement)."""
    opportunism_gain: NonNegative = 0.60
    """How much a lost unit of believed support raises Russia's stakes at opportunism 1 (judgement)."""
    relied_on: Share = 0.65
    """Believed support under which opportunism begins, share of full support (judgement)."""
    sanctions_reference: Share = 0.85
    """Sanctions at which the effort cap holds as it stands (judgement: the level of the end of 2022)."""
    sanctions_bite: NonNegative = 0.30
    """How much a unit of sanctions lowers the effort cap, share (judgement)."""
    intelligence_reference: Share = 0.90
    """Sharing at which Ukraine's force counts as it stands (judgement: the level of the end of 2022)."""
    intelligence_value: NonNegative = 0.12
    """Share of force that a unit of intelligence sharing is worth (judgement)."""
    military_share_us: Share = 0.55
    """Share of American allocations that is military (record)."""
    military_share_europe: Share = 0.50
    """Share of European contributions that is military (record)."""
    need_slope: Positive = 6.0
    """Steepness of the need for aid per log point of imbalance (judgement)."""
    need_in_peace: Share = 0.35
    """Share of wartime need that is left under a settlement (judgement)."""
    collapse: Share = 0.45
    """Share of its initial force under which Ukraine can no longer refuse (judgement)."""


class ExecutiveParameters(Table):
    """The American executive's objective, its memory and its words."""

    full_support: Positive = 4.6
    """A_max, EUR bn a month (record: the highest half-year mean of allocations)."""
    order_base: NonNegative = 0.75
    """d0, weight of the defence of order whatever the need (tuned)."""
    order_need: NonNegative = 0.35
    """d1, weight of the defence of order per unit of need (tuned)."""
    press_russia: NonNegative = 0.45
    """l_R, aid raised after Russia refused (judgement)."""
    press_ukraine: NonNegative = 0.80
    """l_U, aid cut after Ukraine refused (judgement)."""
    press_europe: NonNegative = 0.30
    """l_E, aid cut for Europe's shortfall (judgement)."""
    keep_promise: NonNegative = 2.0
    """k, weight of what was promised (judgement)."""
    effort_cost: Positive = 1.0
    """c0, cost of aid (judgement: it fixes the unit of the objective)."""
    crisis_cost: NonNegative = 0.5
    """How much a crisis elsewhere raises the cost of aid for a doctrine that gives Europe no weight (judgement)."""
    crisis_hazard: Share = 0.007
    """Chance of a crisis in a month in each of the three other theatres (judgement)."""
    crisis_fade: Share = 0.85
    """Share of a crisis that is left a month later (judgement)."""
    promise_memory: Share = 0.90
    """Share of last month's promise in this month's (judgement: a promise lasts most of a year)."""
    deeds_memory: Share = 0.80
    """Share of last month's record of deeds in this month's, when promises are held against deeds (judgement)."""
    refusal_memory: Share = 0.80
    """Share of the memory of refusals that is left a month later (judgement)."""
    refusal_weight: Share = 0.50
    """How much of what is left to remember one refusal fills (judgement)."""
    fair_share: PositiveShare = 0.60
    """Europe's share of all aid that Washington calls fair (judgement)."""
    words_noise: NonNegative = 0.04
    """Noise of a perfectly clear announcement, share of full support (judgement)."""
    words_vagueness: NonNegative = 0.30
    """Noise that full vagueness adds, share of full support (judgement)."""


class BureaucracyParameters(Table):
    """Sanctions, intelligence and posture: how slowly they move and what holds them up."""

    sanctions_inertia: Share = 0.88
    """Share of last month's sanctions in this month's (judgement)."""
    intelligence_inertia: Share = 0.40
    """Share of last month's intelligence sharing in this month's (record: a pause of days in 2025-03)."""
    posture_inertia: Share = 0.97
    """Share of last month's posture in this month's (judgement: basing decisions take years)."""
    sanctions_floor: Share = 0.40
    """Sanctions that stay in law while Congress holds them (judgement)."""
    intelligence_floor: Share = 0.20
    """Sharing that the services keep up on their own (judgement)."""
    posture_floor: Share = 0.60
    """Posture fixed by law and treaty (judgement: statutory troop floor in Europe)."""
    sanctions_base: Share = 0.25
    """Sanctions that any doctrine wants (judgement)."""
    sanctions_rivalry: Share = 0.70
    """Sanctions that rivalry 1 adds (judgement)."""
    sanctions_affinity: Share = 0.40
    """Sanctions that affinity 1 removes (judgement)."""
    intelligence_base: Share = 0.75
    """Intelligence sharing that any doctrine wants (record: it went on in 2025)."""
    intelligence_order: Share = 0.20
    """Sharing that the defence of order adds (judgement)."""
    posture_base: Share = 0.55
    """Posture in Europe that any doctrine wants (judgement)."""
    posture_alliance: Share = 0.35
    """Posture that a fully valued alliance adds (judgement)."""
    sanctions_press: NonNegative = 0.30
    """Sanctions added after Russia refused, per unit of memory at affinity 0 (judgement)."""
    intelligence_pause: NonNegative = 0.35
    """Intelligence withheld after Ukraine refused, per unit of memory at commitment 0 (judgement)."""


class CongressParameters(Table):
    """The way of a bill; the factions' votes are in `sim.world.votes`."""

    bill_months: Positive = 12.0
    """Months of the desired flow that a bill asks for (record: one supplemental a year)."""
    reserve_months: NonNegative = 2.0
    """A bill goes up when authority falls under so many months of the desired flow (tuned: request of 2023-08)."""
    gate_shut: float = -6.5
    """Log-odds a month that a closed leadership (agenda 0) lets a bill up (tuned)."""
    gate_openness: NonNegative = 7.0
    """Log-odds that full openness adds (tuned)."""
    gate_age: NonNegative = 0.35
    """Log-odds that a month of waiting adds (tuned: the bill of 2023-08 waited eight months)."""
    gate_reference: NonNegative = 290.0
    """Expected House ayes at which the count itself neither helps nor hurts (tuned)."""
    gate_scale: Positive = 50.0
    """House ayes that change the odds by e (tuned)."""
    withdrawn_below: Share = 0.10
    """Desired share of full support under which a request is withdrawn (judgement)."""
    price_months: NonNegative = 4.0
    """Months for which some hold a bill hostage to a domestic price (record: the border, 2023-10 to 2024-02)."""
    need_weight: NonNegative = 0.8
    """Log-odds of an aye per unit of Ukraine's need above one half (judgement)."""
    whip_reference: NonNegative = 0.8
    """Twice the executive's weight on order in Europe at which its whip is neutral (judgement)."""
    house_shock: Positive = 10.0
    """Sd of the common shock to the House count, ayes (judgement)."""
    senate_shock: Positive = 2.5
    """Sd of the common shock to the Senate count, ayes (judgement)."""
    discharge_hazard: Share = 0.06
    """Chance a month, at need 1, that a majority forces a vote (judgement)."""
    cooling_months: NonNegative = 3.0
    """Months before a defeated bill can come back (judgement)."""
    usai_year: NonNegative = 0.28
    """Floor in the defence bill, EUR bn, allocated at the end of the fiscal year (record: USD 0.3 bn a year)."""
    unasked_months: NonNegative = 6.0
    """Months of full support in a bill that the executive did not ask for (judgement)."""


class BeliefParameters(Table):
    """What audiences make of conduct and words."""

    conduct_memory: Share = 0.70
    """Share of last month's impression of conduct in this month's (judgement: flows are lumpy)."""
    conduct_noise: Positive = 0.03
    """Variance of conduct as a sign of lasting support, clear doctrine (judgement)."""
    conduct_vagueness: NonNegative = 0.25
    """Variance that full vagueness adds to conduct (judgement)."""
    words_noise: Positive = 0.05
    """Variance of words as a sign of lasting support, clear and credible (judgement)."""
    words_vagueness: NonNegative = 0.60
    """Variance that full vagueness adds to words (judgement)."""
    drift: NonNegative = 0.001
    """Variance that a month adds to a belief about a committed America (judgement)."""
    drift_uncommitted: NonNegative = 0.006
    """Variance that a month adds about an uncommitted one (judgement)."""
    attribution: NonNegative = 30.0
    """How much a gap that Congress makes inflates the variance of conduct (tuned: Europe in 2023-24)."""
    bypassed_noise: Positive = 0.12
    """Variance of being consulted after Moscow as a sign of no support, for Europe and Ukraine (judgement)."""
    credibility_memory: Fraction = 0.97
    """Share of the counts of promises that is left a month later (judgement)."""
    promise_tolerance: Positive = 0.5
    """Shortfall, share of full support, at which a promise counts as wholly broken (judgement)."""
    advantage_prior_sd: Positive = 0.10
    """How unsure both sides are about the defender's advantage at the start, log points (judgement)."""
    optimism_ukraine: float = 0.10
    """By how much Ukraine overrates the defender's advantage at the start, log points (judgement)."""
    optimism_russia: float = 0.10
    """By how much Russia underrates it at the start, log points (judgement)."""


class EuropeParameters(Table):
    """Voluntary contributions to a partly public good."""

    taste: Positive = 1.02
    """Overall taste for aid (tuned: level of 2023)."""
    publicness: Share = 0.12
    """p, share of others' aid that counts as one's own at free riding 1 (tuned: no response to the gap)."""
    threat_base: Share = 0.35
    """Share of the taste that needs no threat (judgement)."""
    need_weight: NonNegative = 0.8
    """Weight of Ukraine's need in the threat felt (judgement)."""
    hedge: NonNegative = 1.3
    """Weight of doubt about America in the threat felt, at autonomy 1 (tuned: rise of 2025)."""
    doubt_weight: NonNegative = 1.0
    """Weight of the sd of belief beside its shortfall (judgement)."""
    relied_on: Share = 0.65
    """Belief in American support under which Europe feels exposed, share of full support (judgement)."""
    posture_relied_on: Share = 0.85
    """Posture under which Europe feels exposed (judgement: the level of the end of 2022)."""
    posture_weight: NonNegative = 0.5
    """Weight of a thinner NATO posture in the threat felt (judgement)."""
    pressed: NonNegative = 0.15
    """Share that open pressure adds to the taste at alliance 0 (judgement)."""
    adjustment: Share = 0.12
    """Share of the way to its best reply that a member moves in a month (judgement: budgets are yearly)."""
    alarm_gain: NonNegative = 8.0
    """Emergency packages per unit of a sudden fall in belief, at autonomy 1, share of budget (tuned: 2025-03)."""
    alarm_fade: Share = 0.35
    """Share of the alarm that is left a month later (tuned: the spike of 2025-03 fades)."""
    budget_limit: PositiveShare = 0.95
    """Most that a member means to give, share of its budget; emergency packages and lumps come on top (judgement)."""
    consent_guarantee: Share = 0.50
    """Chance that Europe agrees to a strong guarantee at cohesion 0 (judgement: the willing can go ahead)."""
    consent_relief: Share = 0.20
    """Chance that Europe agrees to deep relief at cohesion 0 and no threat (judgement: needs unanimity)."""
    consent_threat: NonNegative = 0.40
    """Chance of agreeing to relief that a unit of threat removes (judgement)."""
    delivery: Share = 0.20
    """Share of what was granted and not yet delivered that arrives in a month (judgement)."""


class FlowParameters(Table):
    """From authority to pipeline to delivery."""

    delivery: Share = 0.111
    """Share of the American pipeline that is delivered in a month (judgement: 1/9)."""


class TableParameters(Table):
    """Talks, packages, proposals."""

    talks_base: float = -5.0
    """Log-odds of talks in a month for the most closed doctrine (record: none in three years)."""
    talks_rivalry: NonNegative = 2.4
    """Log-odds that rivalry 0 adds (judgement)."""
    talks_horizon: NonNegative = 1.2
    """Log-odds that horizon 0 adds (judgement)."""
    talks_channel: NonNegative = 2.4
    """Log-odds that a leader-to-leader channel adds (judgement)."""
    talks_ripeness: NonNegative = 1.5
    """Log-odds that a fully hurting stalemate adds (Zartman's ripeness) (judgement)."""
    stalemate_movement: Positive = 0.0006
    """Expected movement, share a month, at which a stalemate no longer hurts (judgement)."""
    stalemate_months: Positive = 60.0
    """Months of war after which a stalemate hurts fully (judgement)."""
    talks_momentum: NonNegative = 0.8
    """Log-odds that talks last month add (record: contacts come in clusters)."""
    guarantee_gain: tuple[float, float, float, float, float] = Field(
        default=(0.0, 0.08, 0.18, 0.30, 0.42), strict=False
    )
    """Worth to Ukraine of guarantee levels 0..4, beyond deterrence (judgement: concave)."""
    guarantee_pain: tuple[float, float, float, float, float] = Field(
        default=(0.0, 0.04, 0.14, 0.30, 0.60), strict=False
    )
    """Cost to Russia of guarantee levels 0..4 when believed (judgement: convex, a treaty is the red line)."""
    relief_pain_ukraine: NonNegative = 0.15
    """s_U, cost to Ukraine of full sanctions relief (judgement)."""
    relief_gain_russia: NonNegative = 0.15
    """s_R, worth to Russia of full relief beyond the sanctions lifted (judgement)."""
    resume_gain_russia: NonNegative = 0.15
    """resume_R, worth to Russia of a peace that it can break (judgement)."""
    relapse_loss_ukraine: NonNegative = 1.0
    """Loss to Ukraine if war is renewed after a settlement (judgement)."""
    ambiguity_gain: NonNegative = 0.14
    """amb, what vague terms are worth to each side's own reading (judgement)."""
    pain_unbelieved: Share = 0.40
    """Share of a guarantee's cost to Russia that is left when it is not believed at all (judgement)."""
    red_line_sd: NonNegative = 0.50
    """Log sd, over worlds, of what guarantees cost Russia (judgement: nobody knows its red line)."""
    audience_sd: NonNegative = 0.30
    """Log sd, over worlds, of what ceding land costs a Ukrainian government (judgement)."""
    private_sd: Positive = 0.12
    """Sd of each side's private valuation (judgement)."""
    private_persistence: Share = 0.92
    """Share of last month's private valuation in this month's (judgement)."""
    estimate_sd: Positive = 0.40
    """Sd of the mediator's error about a side before any talks (judgement)."""
    estimate_sd_learned: Positive = 0.12
    """Sd to which the error falls with rounds of talks (judgement)."""
    estimate_learning: Share = 0.80
    """Share of the distance left after a round (judgement)."""
    estimate_correction: NonNegative = 0.10
    """By how much a refusal raises the mediator's estimate of the refuser (judgement)."""
    vain_acceptance: Share = 0.50
    """Share of that correction by which an acceptance in vain lowers it (judgement)."""
    channel_sharpness: Share = 0.40
    """Share of the error about Moscow that a full leader-to-leader channel removes (judgement)."""
    channel_tilt: Share = 0.25
    """Weight shifted from Kyiv's consent to Moscow's per unit of `channel` above one half, or back (judgement)."""
    surplus_power: NonNegative = 0.70
    """Exponent of the mediator's own surplus (judgement)."""
    cut_depth: Share = 0.80
    """Share of support that a threat to Ukraine withdraws at commitment 0 (judgement)."""
    surge_size: Share = 0.50
    """Share of the unused support that a threat to Russia adds, if believed (judgement)."""
    sanctions_threat: NonNegative = 0.30
    """Sanctions that a threat to Russia adds, if believed (judgement)."""


class PeaceParameters(Table):
    """How settlements break."""

    hazard: Share = 0.03
    """q0, chance a month of renewed war without guarantees (judgement)."""
    fragility: NonNegative = 0.80
    """How much full vagueness raises the hazard (judgement)."""
    belief_uncommitted: Share = 0.30
    """Belief in a guarantee by a doctrine of commitment 0, share (judgement)."""
    belief_incredible: Share = 0.40
    """Belief in a guarantee by a Washington of credibility 0, share (judgement)."""
    deterrence: NonNegative = 0.90
    """Log-hazard that a believed level of guarantee removes (judgement)."""
    discount: PositiveShare = 0.03
    """Monthly discount rate for the chance of renewed war (judgement)."""


class Parameters(Table):
    """All parameters, a table a stage."""

    front: FrontParameters = FrontParameters()
    executive: ExecutiveParameters = ExecutiveParameters()
    bureaucracy: BureaucracyParameters = BureaucracyParameters()
    congress: CongressParameters = CongressParameters()
    flows: FlowParameters = FlowParameters()
    beliefs: BeliefParameters = BeliefParameters()
    europe: EuropeParameters = EuropeParameters()
    preferences: PreferenceParameters = PreferenceParameters()
    table: TableParameters = TableParameters()
    patron: PatronParameters = PatronParameters()
    peace: PeaceParameters = PeaceParameters()
