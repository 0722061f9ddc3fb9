"""Every number of the model that is not a dial, with its range, unit, symbol and source (`sim.scenario.quantities`).

One table a stage, in the order of the month. Money is EUR bn a month; territory is the share of Ukraine's 603,500 km2;
a step is one month.
"""

from __future__ import annotations

from sim.scenario.doctrine import Table
from sim.scenario.politics import ContactParameters, PublicParameters
from sim.scenario.preferences import PatronParameters, PeaceParameters, PreferenceParameters, TableParameters
from sim.scenario.quantities import (
    Ayes,
    Convexity,
    Decisiveness,
    Euros,
    Force,
    Fraction,
    LogOdds,
    LogOddsAdded,
    LogPoints,
    Memory,
    Months,
    PartShare,
    PositiveAyes,
    PositiveEuros,
    PositiveForce,
    PositiveMonths,
    PositiveMovement,
    PositiveShare,
    PositiveSpread,
    PositiveVariance,
    PositiveWeight,
    Share,
    Spread,
    Variance,
    Weight,
    base_rate,
    judgement,
    record,
    tuned,
)


class FrontParameters(Table):
    """Territory, forces and the war effort."""

    persistence: Memory = record(0.80, "share", "lag-1 autocorrelation .8")
    """Share of last month's movement that carries on."""
    pull: PositiveMovement = tuned(0.006, "share a month per log point", symbol="kappa")
    """Share a month per log point of superiority beyond the defender's advantage."""
    noise: PositiveMovement = record(0.00024, "share a month", "sd of monthly change", symbol="sigma_L")
    """Share a month, scale of the shocks to movement."""
    advantage: LogPoints = tuned(0.25, "log points", "mean over worlds", symbol="theta")
    """Log points by which the attacker must be stronger to advance."""
    advantage_sd: Spread = judgement(0.04, "log points")
    """How far the true advantage differs from world to world, log points."""
    wear: Fraction = judgement(0.08, "share")
    """Share of a force that is worn out in a month."""
    own_effort_ukraine: Force = tuned(4.0, "units a month")
    """Ukraine's own addition to its force, units a month at resolve .6."""
    decisiveness: Decisiveness = judgement(4.0, "per log point", "at most half of pull a month", symbol="D")
    """How soon more superiority stops to speed the movement that the sides expect: at most 2 kappa / D a month."""
    effort_reference: PositiveForce = tuned(10.24, "units a month", "what keeps up Russia's force at the end of 2022")
    """Russia's effort at which a month of war costs it `war_cost_russia`, units a month."""
    effort_convexity: Convexity = judgement(5.0, "exponent", "mobilisation costs more and more", symbol="gamma")
    """Exponent of the cost of Russia's effort: the tenth part more of it costs so many tenths more."""
    adjustment_russia: Share = judgement(0.05, "share")
    """Share of the way to its best that Russia's effort moves in a month."""
    sanctions_reference: Share = judgement(0.85, "0 to 1", "the level of the end of 2022")
    """Sanctions at which Russia's effort costs what it costs."""
    sanctions_bite: Weight = judgement(0.30, "share")
    """How much a unit of sanctions raises the cost of Russia's effort, share."""
    intelligence_reference: Share = judgement(0.90, "0 to 1", "the level of the end of 2022")
    """Sharing at which Ukraine's force counts as it stands."""
    intelligence_value: PartShare = judgement(0.12, "share")
    """Share of force that a unit of intelligence sharing is worth."""
    military_share_us: Share = record(0.55, "share")
    """Share of American allocations that is military."""
    military_share_europe: Share = record(0.50, "share")
    """Share of European contributions that is military."""
    need_slope: PositiveWeight = judgement(6.0, "per log point")
    """Steepness of the need for aid per log point of imbalance."""
    need_in_peace: Share = judgement(0.35, "share")
    """Share of wartime need that is left under a settlement."""
    collapse: Share = judgement(0.45, "share")
    """Share of its initial force under which Ukraine can no longer refuse."""


class ExecutiveParameters(Table):
    """The American executive's objective, its memory and its words."""

    full_support: PositiveEuros = record(
        4.6, "EUR bn a month", "the highest half-year mean of allocations", symbol="A_max"
    )
    """Allocations at full support, EUR bn a month."""
    order_base: Weight = tuned(0.75, "weight", symbol="d0")
    """Weight of the defence of order whatever the need."""
    order_need: Weight = tuned(0.35, "weight", symbol="d1")
    """Weight of the defence of order per unit of need."""
    press_russia: Weight = judgement(0.45, "weight", symbol="l_R")
    """Aid raised after Russia refused."""
    press_ukraine: Weight = judgement(0.80, "weight", symbol="l_U")
    """Aid cut after Ukraine refused."""
    press_europe: Weight = judgement(0.30, "weight", symbol="l_E")
    """Aid cut for Europe's shortfall."""
    keep_promise: Weight = judgement(2.0, "weight", symbol="k")
    """Weight of what was promised."""
    effort_cost: PositiveWeight = judgement(1.0, "weight", "it fixes the unit of the objective", symbol="c0")
    """Cost of aid."""
    crisis_cost: Weight = judgement(0.5, "weight")
    """How much a crisis elsewhere raises the cost of aid for a doctrine that gives Europe no weight."""
    crisis_hazard: Share = base_rate(0.007, "chance", "American wars and uses of force by theatre")
    """Chance of a crisis in a month in each of the three other theatres."""
    crisis_fade: Share = judgement(0.85, "share")
    """Share of a crisis that is left a month later."""
    promise_memory: Share = judgement(0.90, "share", "a promise lasts most of a year")
    """Share of last month's promise in this month's."""
    deeds_memory: Share = judgement(0.80, "share")
    """Share of last month's record of deeds in this month's, when promises are held against deeds."""
    refusal_memory: Share = judgement(0.80, "share")
    """Share of the memory of refusals that is left a month later."""
    refusal_weight: Share = judgement(0.50, "0 to 1")
    """How much of what is left to remember one refusal fills."""
    fair_share: PositiveShare = judgement(0.60, "0 to 1")
    """Europe's share of all aid that Washington calls fair."""
    words_noise: Spread = judgement(0.04, "share of full support")
    """Noise of a perfectly clear announcement, share of full support."""
    words_vagueness: Spread = judgement(0.30, "share of full support")
    """Noise that full vagueness adds, share of full support."""


class BureaucracyParameters(Table):
    """Sanctions, intelligence and posture: how slowly they move and what holds them up."""

    sanctions_inertia: Share = judgement(0.88, "share")
    """Share of last month's sanctions in this month's."""
    intelligence_inertia: Share = record(0.40, "share", "a pause of days in 2025-03")
    """Share of last month's intelligence sharing in this month's."""
    posture_inertia: Share = judgement(0.97, "share", "basing decisions take years")
    """Share of last month's posture in this month's."""
    sanctions_floor: Share = judgement(0.40, "0 to 1")
    """Sanctions that stay in law while Congress holds them."""
    intelligence_floor: Share = judgement(0.20, "0 to 1")
    """Sharing that the services keep up on their own."""
    posture_floor: Share = judgement(0.60, "0 to 1", "statutory troop floor in Europe")
    """Posture fixed by law and treaty."""
    sanctions_base: Share = judgement(0.25, "0 to 1")
    """Sanctions that any doctrine wants."""
    sanctions_rivalry: Share = judgement(0.70, "0 to 1")
    """Sanctions that rivalry 1 adds."""
    sanctions_affinity: Share = judgement(0.40, "0 to 1")
    """Sanctions that affinity 1 removes."""
    intelligence_base: Share = record(0.75, "0 to 1", "it went on in 2025")
    """Intelligence sharing that any doctrine wants."""
    intelligence_order: Share = judgement(0.20, "0 to 1")
    """Sharing that the defence of order adds."""
    posture_base: Share = judgement(0.55, "0 to 1")
    """Posture in Europe that any doctrine wants."""
    posture_alliance: Share = judgement(0.35, "0 to 1")
    """Posture that a fully valued alliance adds."""
    sanctions_press: Weight = judgement(0.30, "0 to 1")
    """Sanctions added after Russia refused, per unit of memory at affinity 0."""
    intelligence_pause: Weight = judgement(0.35, "0 to 1")
    """Intelligence withheld after Ukraine refused, per unit of memory at commitment 0."""


class CongressParameters(Table):
    """The way of a bill; the factions' votes are in `sim.world.votes`."""

    bill_months: PositiveMonths = record(12.0, "months", "one supplemental a year")
    """Months of the desired flow that a bill asks for."""
    reserve_months: Months = tuned(2.0, "months", "request of 2023-08")
    """A bill goes up when authority falls under so many months of the desired flow."""
    gate_shut: LogOdds = tuned(-6.5, "log-odds")
    """Log-odds a month that a closed leadership (agenda 0) lets a bill up."""
    gate_openness: LogOddsAdded = tuned(7.0, "log-odds")
    """Log-odds that full openness adds."""
    gate_age: LogOddsAdded = tuned(0.35, "log-odds", "the bill of 2023-08 waited eight months")
    """Log-odds that a month of waiting adds."""
    gate_reference: Ayes = tuned(290.0, "ayes")
    """Expected House ayes at which the count itself neither helps nor hurts."""
    gate_scale: PositiveAyes = tuned(50.0, "ayes")
    """House ayes that change the odds by e."""
    withdrawn_below: Share = judgement(0.10, "share of full support")
    """Desired share of full support under which a request is withdrawn."""
    price_months: Months = record(4.0, "months", "the border, 2023-10 to 2024-02")
    """Months for which some hold a bill hostage to a domestic price."""
    need_weight: LogOddsAdded = judgement(0.8, "log-odds")
    """Log-odds of an aye per unit of Ukraine's need above one half."""
    whip_reference: Weight = judgement(0.8, "number")
    """Twice the executive's weight on order in Europe at which its whip is neutral."""
    house_shock: PositiveAyes = judgement(10.0, "ayes")
    """Sd of the common shock to the House count, ayes."""
    senate_shock: PositiveAyes = judgement(2.5, "ayes")
    """Sd of the common shock to the Senate count, ayes."""
    treaty_refused: Fraction = base_rate(0.07, "share", "treaties before the Senate")
    """Share of treaties that the Senate refuses under a neutral executive."""
    treaty_sd: Spread = judgement(1.0, "log-odds", "nobody knows a Senate's will before it votes")
    """How far its will to ratify differs from world to world, log-odds of an aye."""
    discharge_hazard: Share = judgement(0.06, "chance a month")
    """Chance a month, at need 1, that a majority forces a vote."""
    cooling_months: Months = judgement(3.0, "months")
    """Months before a defeated bill can come back."""
    usai_year: Euros = record(0.28, "EUR bn", "USD 0.3 bn a year")
    """Floor in the defence bill, EUR bn, allocated at the end of the fiscal year."""
    unasked_months: Months = judgement(6.0, "months")
    """Months of full support in a bill that the executive did not ask for."""


class BeliefParameters(Table):
    """What audiences make of conduct and words."""

    conduct_memory: Share = judgement(0.70, "share", "flows are lumpy")
    """Share of last month's impression of conduct in this month's."""
    conduct_noise: PositiveVariance = judgement(0.03, "variance")
    """Variance of conduct as a sign of lasting support, clear doctrine."""
    conduct_vagueness: Variance = judgement(0.25, "variance")
    """Variance that full vagueness adds to conduct."""
    words_noise: PositiveVariance = judgement(0.05, "variance")
    """Variance of words as a sign of lasting support, clear and credible."""
    words_vagueness: Variance = judgement(0.60, "variance")
    """Variance that full vagueness adds to words."""
    drift: Variance = judgement(0.001, "variance")
    """Variance that a month adds to a belief about a committed America."""
    drift_uncommitted: Variance = judgement(0.006, "variance")
    """Variance that a month adds about an uncommitted one."""
    attribution: Weight = tuned(30.0, "number", "Europe in 2023-24")
    """How much a gap that Congress makes inflates the variance of conduct."""
    bypassed_noise: PositiveVariance = judgement(0.12, "variance")
    """Variance of being consulted after Moscow as a sign of no support, for Europe and Ukraine."""
    credibility_memory: Fraction = judgement(0.97, "share")
    """Share of the counts of promises that is left a month later."""
    promise_tolerance: PositiveShare = judgement(0.5, "share of full support")
    """Shortfall, share of full support, at which a promise counts as wholly broken."""
    advantage_prior_sd: PositiveSpread = judgement(0.10, "log points")
    """How unsure both sides are about the defender's advantage at the start, log points."""
    optimism_ukraine: LogPoints = judgement(0.10, "log points")
    """By how much Ukraine overrates the defender's advantage at the start, log points."""
    optimism_russia: LogPoints = judgement(0.10, "log points")
    """By how much Russia underrates it at the start, log points."""


class EuropeParameters(Table):
    """Voluntary contributions to a partly public good."""

    taste: Weight = tuned(1.02, "number", "level of 2023")
    """Overall taste for aid."""
    publicness: Share = tuned(0.12, "share", "no response to the gap", symbol="p")
    """Share of others' aid that counts as one's own at free riding 1."""
    threat_base: Share = judgement(0.35, "share")
    """Share of the taste that needs no threat."""
    need_weight: Weight = judgement(0.8, "weight")
    """Weight of Ukraine's need in the threat felt."""
    hedge: Weight = tuned(1.3, "weight", "rise of 2025")
    """Weight of doubt about America in the threat felt, at autonomy 1."""
    doubt_weight: Weight = judgement(1.0, "weight")
    """Weight of the sd of belief beside its shortfall."""
    relied_on: Share = judgement(0.65, "share of full support")
    """Belief in American support under which Europe feels exposed, share of full support."""
    posture_relied_on: Share = judgement(0.85, "0 to 1", "the level of the end of 2022")
    """Posture under which Europe feels exposed."""
    posture_weight: Weight = judgement(0.5, "weight")
    """Weight of a thinner NATO posture in the threat felt."""
    pressed: Weight = judgement(0.15, "share")
    """Share that open pressure adds to the taste at alliance 0."""
    adjustment: Share = judgement(0.12, "share", "budgets are yearly")
    """Share of the way to its best reply that a member moves in a month."""
    alarm_gain: Weight = tuned(8.0, "share of budget", "2025-03")
    """Emergency packages per unit of a sudden fall in belief, at autonomy 1, share of budget."""
    alarm_fade: Share = tuned(0.35, "share", "the spike of 2025-03 fades")
    """Share of the alarm that is left a month later."""
    budget_limit: PositiveShare = judgement(0.95, "0 to 1")
    """Most that a member means to give, share of its budget; emergency packages and lumps come on top."""
    consent_guarantee: Share = judgement(0.50, "chance", "the willing can go ahead")
    """Chance that Europe agrees to a strong guarantee at cohesion 0."""
    consent_relief: Share = judgement(0.20, "chance", "needs unanimity")
    """Chance that Europe agrees to deep relief at cohesion 0 and no threat."""
    consent_threat: Weight = judgement(0.40, "chance")
    """Chance of agreeing to relief that a unit of threat removes."""
    delivery: Share = judgement(0.20, "share")
    """Share of what was granted and not yet delivered that arrives in a month."""


class FlowParameters(Table):
    """From authority to pipeline to delivery."""

    delivery: Share = judgement(0.111, "share", "1/9")
    """Share of the American pipeline that is delivered in a month."""


class Parameters(Table):
    """All parameters, a table a stage."""

    front: FrontParameters = FrontParameters()
    executive: ExecutiveParameters = ExecutiveParameters()
    bureaucracy: BureaucracyParameters = BureaucracyParameters()
    congress: CongressParameters = CongressParameters()
    flows: FlowParameters = FlowParameters()
    beliefs: BeliefParameters = BeliefParameters()
    europe: EuropeParameters = EuropeParameters()
    public: PublicParameters = PublicParameters()
    preferences: PreferenceParameters = PreferenceParameters()
    contacts: ContactParameters = ContactParameters()
    table: TableParameters = TableParameters()
    patron: PatronParameters = PatronParameters()
    peace: PeaceParameters = PeaceParameters()
