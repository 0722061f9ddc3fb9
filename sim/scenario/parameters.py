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
    PositiveWeight,
    Share,
    Spread,
    Weight,
    base_rate,
    estimated,
    judgement,
    record,
    tuned,
)

SUPPLY = "python -m sim.estimation.europe_supply"
SANCTIONS = "python -m sim.estimation.sanctions"


class FrontParameters(Table):
    """Territory, forces and the war effort."""

    persistence: Memory = record(0.80, "share", "lag-1 autocorrelation .8")
    """Share of last month's movement that carries on."""
    pull: PositiveMovement = tuned(
        0.006, "share a month per log point", "the line of 2023 to 2025 at the forces of those years", symbol="kappa"
    )
    """Share a month per log point of superiority beyond the defender's advantage."""
    noise: PositiveMovement = record(0.00024, "share a month", "sd of monthly change", symbol="sigma_L")
    """Share a month, scale of the shocks to movement."""
    advantage: LogPoints = tuned(0.25, "log points", "mean over worlds", symbol="theta")
    """Log points by which the attacker must be stronger to advance."""
    advantage_sd: Spread = judgement(
        0.04, "log points", "a guess, a sixth of the advantage: nobody has measured how far wars differ in it"
    )
    """How far the true advantage differs from world to world, log points."""
    wear: Fraction = judgement(0.08, "share", "a guess: a force that is not replaced is gone in about a year")
    """Share of a force that is worn out in a month."""
    own_effort_ukraine: Force = tuned(4.0, "units a month", "with aid, the line nearly stands still in 2023")
    """Ukraine's own addition to its force, units a month at resolve .6."""
    decisiveness: Decisiveness = judgement(4.0, "per log point", "at most half of pull a month", symbol="D")
    """How soon more superiority stops to speed the movement that the sides expect: at most 2 kappa / D a month."""
    effort_reference: PositiveForce = tuned(10.24, "units a month", "what keeps up Russia's force at the end of 2022")
    """Russia's effort at which a month of war costs it `war_cost_russia`, units a month."""
    effort_convexity: Convexity = judgement(5.0, "exponent", "mobilisation costs more and more", symbol="gamma")
    """Exponent of the cost of Russia's effort: the tenth part more of it costs so many tenths more."""
    adjustment_russia: Share = judgement(0.05, "share", "a guess: mobilisation and industry take over a year")
    """Share of the way to its best that Russia's effort moves in a month."""
    sanctions_reference: Share = judgement(0.85, "0 to 1", "the level of the end of 2022")
    """Sanctions at which Russia's effort costs what it costs."""
    sanctions_bite: Weight = judgement(0.30, "share", "a guess; the sign is theory's, and the size is disputed")
    """How much a unit of sanctions raises the cost of Russia's effort, share."""
    intelligence_reference: Share = judgement(0.90, "0 to 1", "the level of the end of 2022")
    """Sharing at which Ukraine's force counts as it stands."""
    intelligence_value: PartShare = judgement(
        0.12, "share", "a guess; the pause of 2025-03 was too short to show a size"
    )
    """Share of force that a unit of intelligence sharing is worth."""
    military_share_us: Share = record(0.55, "share", "aid by type, the loan on frozen assets included")
    """Share of American allocations that is military."""
    military_share_europe: Share = record(0.50, "share", "aid by type, the loan left out")
    """Share of European contributions that is military."""
    need_slope: PositiveWeight = judgement(
        6.0, "per log point", "a guess: the need goes from little to nearly all within half a log point of balance"
    )
    """Steepness of the need for aid per log point of imbalance."""
    need_in_peace: Share = judgement(0.35, "share", "a guess: an army that deters, without a war to feed")
    """Share of wartime need that is felt in a peace to which nobody pledges arms."""
    need_armed: Share = judgement(1.0, "share", "a guess: who pledges arms gives as in war")
    """Share of it that is felt where a guarantee pledges arms (level 2 and above)."""
    collapse: Share = judgement(
        0.45, "share", "a guess: no army of this war came near, and the end of one is not in the record"
    )
    """Share of its initial force under which Ukraine can no longer refuse."""


class ExecutiveParameters(Table):
    """The American executive's objective, its memory and its words."""

    full_support: PositiveEuros = record(
        4.6, "EUR bn a month", "the highest half-year mean of allocations", symbol="A_max"
    )
    """Allocations at full support, EUR bn a month."""
    order_base: Weight = tuned(
        0.75, "weight", "allocations of 2022 and 2023 under the architectural preset", symbol="d0"
    )
    """Weight of the defence of order whatever the need."""
    order_need: Weight = tuned(
        0.35, "weight", "the same; need adds to the will to give, by less than the base", symbol="d1"
    )
    """Weight of the defence of order per unit of need."""
    press_russia: Weight = judgement(
        0.45, "weight", "a guess; the sign is theory's: who blames Moscow gives Kyiv more", symbol="l_R"
    )
    """Aid raised after Russia refused."""
    press_ukraine: Weight = judgement(
        0.80, "weight", "a guess, above press_russia: the pause of 2025-03 followed a quarrel with Kyiv", symbol="l_U"
    )
    """Aid cut after Ukraine refused."""
    press_europe: Weight = judgement(
        0.30, "weight", "a guess; the sign is theory's, and the size the least of the three pressures", symbol="l_E"
    )
    """Aid cut for Europe's shortfall."""
    press_affinity: Weight = judgement(
        2.0,
        "weight per unit of utility",
        "a guess: enough that an aligned executive keeps a good deal less of its word than a transactional one",
    )
    """Aid cut for what full support would cost Moscow, at affinity 1."""
    keep_promise: Weight = judgement(
        2.0, "weight", "a guess: a promise counts twice as much as the unit cost of aid", symbol="k"
    )
    """Weight of what was promised."""
    effort_cost: PositiveWeight = judgement(1.0, "weight", "it fixes the unit of the objective", symbol="c0")
    """Cost of aid."""
    crisis_cost: Weight = judgement(
        0.5, "weight", "a guess; the sign is theory's: what is sent elsewhere is not there for Ukraine"
    )
    """How much a crisis elsewhere raises the cost of aid for a doctrine that gives Europe no weight."""
    crisis_hazard: Share = base_rate(0.007, "chance", "American wars and uses of force by theatre")
    """Chance of a crisis in a month in each of the three other theatres."""
    crisis_fade: Share = judgement(0.85, "share", "a guess: half of a crisis is over in four or five months")
    """Share of a crisis that is left a month later."""
    promise_memory: Share = judgement(0.90, "share", "a promise lasts most of a year")
    """Share of last month's promise in this month's."""
    deeds_memory: Share = judgement(0.80, "share", "a guess: about half a year of deeds is remembered")
    """Share of last month's record of deeds in this month's, when promises are held against deeds."""
    refusal_memory: Share = judgement(
        0.80, "share", "a guess: half of a refusal is forgotten in three months, as the quarrel of 2025-02 was"
    )
    """Share of the memory of refusals that is left a month later."""
    refusal_weight: Share = judgement(0.50, "0 to 1", "a guess: the second refusal matters less than the first")
    """How much of what is left to remember one refusal fills."""
    fair_share: PositiveShare = judgement(0.60, "0 to 1", "a guess: somewhat more than half")
    """Europe's share of all aid that Washington calls fair."""
    words_noise: Spread = judgement(
        0.04, "share of full support", "a guess: small beside the differences between doctrines"
    )
    """Noise of a perfectly clear announcement, share of full support."""
    words_vagueness: Spread = judgement(
        0.30, "share of full support", "a guess: full vagueness leaves nearly any doctrine possible"
    )
    """Noise that full vagueness adds, share of full support."""


class BureaucracyParameters(Table):
    """Acts of sanctions and their upkeep; intelligence and posture: how slowly they move and what holds them up."""

    intelligence_inertia: Share = record(0.40, "share", "a pause of days in 2025-03")
    """Share of last month's intelligence sharing in this month's."""
    posture_inertia: Share = judgement(0.97, "share", "basing decisions take years")
    """Share of last month's posture in this month's."""
    sanctions_act: Share = tuned(
        0.18, "share", "nine American and ten European acts of 2022 came to the level of its end, of nothing before"
    )
    """Share of what is not yet in force that an act of sanctions adds, and of what no law holds that one lifts."""
    sanctions_tighten: Weight = estimated(0.63, "acts a month", SANCTIONS)
    """Acts that tighten sanctions at rivalry 1."""
    sanctions_press: Weight = judgement(
        0.15, "acts a month", "a guess; the sign is theory's, and the measures of 2025-10 came after a refusal"
    )
    """Acts that tighten sanctions added after Russia refused, per unit of memory at affinity 0."""
    sanctions_ease: Weight = judgement(
        0.05, "acts a month", "a guess: none in three years of a rival's sanctions, so at most one in two months"
    )
    """Acts that ease sanctions at rivalry 0."""
    sanctions_affinity: Weight = judgement(0.25, "acts a month", "a guess; the sign is theory's: three a year")
    """Acts that ease sanctions added by affinity 1."""
    sanctions_floor: Share = judgement(
        0.40, "0 to 1", "a guess at what is statute and not order: about half of the level of the end of 2022"
    )
    """Measures that stay in law while Congress holds them."""
    american_sanctions: Share = judgement(
        0.50, "share", "a guess: the dollar and the fleet against trade and reserves; others follow either"
    )
    """Share of the fullest pressure on Russia that is American; the rest is European."""
    upkeep_turn: Share = judgement(
        0.15, "chance a month", "not identified: no lapse in three years under a rival, then nine months of one"
    )
    """Chance that it is decided anew whether sanctions are kept up, which then has the chance `rivalry`."""
    upkeep_leak: Share = judgement(
        0.05, "share a month", "not identified: half of the pressure in fourteen months, as trade finds its ways"
    )
    """Share of upkeep that a month without it loses, and of what is lost that a month of it mends."""
    intelligence_floor: Share = judgement(0.20, "0 to 1", "a guess: the pause of 2025-03 was not complete")
    """Sharing that the services keep up on their own."""
    posture_floor: Share = judgement(0.60, "0 to 1", "statutory troop floor in Europe")
    """Posture fixed by law and treaty."""
    intelligence_base: Share = record(0.75, "0 to 1", "it went on in 2025")
    """Intelligence sharing that any doctrine wants."""
    intelligence_order: Share = judgement(
        0.20, "0 to 1", "set so that a defender of order comes to the level of the end of 2022"
    )
    """Sharing that the defence of order adds."""
    posture_base: Share = judgement(0.55, "0 to 1", "a guess at the posture before 2022")
    """Posture in Europe that any doctrine wants."""
    posture_alliance: Share = judgement(
        0.35, "0 to 1", "set so that a valued alliance comes to the level of the end of 2022"
    )
    """Posture that a fully valued alliance adds."""
    intelligence_pause: Weight = judgement(0.35, "0 to 1", "a guess: enough that a single refusal shows, as in 2025-03")
    """Intelligence withheld after Ukraine refused, per unit of memory at commitment 0."""


class CongressParameters(Table):
    """The way of a bill; the factions' votes are in `sim.world.votes`."""

    bill_months: PositiveMonths = record(12.0, "months", "one supplemental a year")
    """Months of the desired flow that a bill asks for."""
    reserve_months: Months = tuned(2.0, "months", "request of 2023-08")
    """A bill goes up when authority falls under so many months of the desired flow."""
    gate_shut: LogOdds = tuned(-6.5, "log-odds", "no bill came up from 2023-10 to 2024-03 under a closed leadership")
    """Log-odds a month that a closed leadership (agenda 0) lets a bill up."""
    gate_openness: LogOddsAdded = tuned(7.0, "log-odds", "bills of 2022 came up within a month or two")
    """Log-odds that full openness adds."""
    gate_age: LogOddsAdded = tuned(0.35, "log-odds", "the bill of 2023-08 waited eight months")
    """Log-odds that a month of waiting adds."""
    gate_reference: Ayes = tuned(290.0, "ayes", "with gate_shut and gate_age, the waits of the bills of 2022 to 2024")
    """Expected House ayes at which the count itself neither helps nor hurts."""
    gate_scale: PositiveAyes = tuned(50.0, "ayes", "as gate_reference; a few dozen ayes matter to a leadership")
    """House ayes that change the odds by e."""
    withdrawn_below: Share = judgement(
        0.10, "share of full support", "a guess: an executive that wants a tenth of full support asks for nothing"
    )
    """Desired share of full support under which a request is withdrawn."""
    price_months: Months = record(4.0, "months", "the border, 2023-10 to 2024-02")
    """Months for which some hold a bill hostage to a domestic price."""
    need_weight: LogOddsAdded = judgement(
        0.8, "log-odds", "a guess; the sign is theory's: the votes that were held do not tell need from time"
    )
    """Log-odds of an aye per unit of Ukraine's need above one half."""
    whip_reference: Weight = judgement(
        0.8, "number", "a guess at the whip of the executives under whom the votes were held"
    )
    """Twice the executive's weight on order in Europe at which its whip is neutral."""
    vote_scatter: PositiveSpread = record(0.87, "log-odds", "roll calls on grants, `congress_kinds`")
    """How far a chamber's vote on a bill that nobody has seen strays from what its factions' habits let expect."""
    follow_leaders: Share = judgement(
        0.5, "share", "unobserved: half way from as in 2024 to as their leaders; no grant was voted on since"
    )
    """Share of those outside the order majority who refuse, as their leaders do, what the executive does not want."""
    senate_shock: PositiveAyes = judgement(
        2.5, "ayes", "a guess: a treaty is fought over for months, and whips know it"
    )
    """Sd of the shock to the Senate's count on a treaty, ayes."""
    treaty_refused: Fraction = base_rate(0.07, "share", "treaties before the Senate")
    """Share of treaties that the Senate refuses under a neutral executive."""
    treaty_sd: Spread = judgement(1.0, "log-odds", "nobody knows a Senate's will before it votes")
    """How far its will to ratify differs from world to world, log-odds of an aye."""
    discharge_hazard: Share = judgement(0.06, "chance a month", "a guess; no vote of the record was forced so")
    """Chance a month, at need 1, that a majority forces a vote; and that members write a bill unasked."""
    cooling_months: Months = judgement(
        3.0, "months", "a guess: a leadership does not bring back next week what it lost"
    )
    """Months before a defeated bill can come back."""
    usai_year: Euros = record(0.28, "EUR bn", "USD 0.3 bn a year")
    """Authority that the yearly defence bill grants, EUR bn."""


class BeliefParameters(Table):
    """Who is blamed for a gap, how promises make credibility, and what both sides think of the front."""

    conduct_memory: Share = judgement(0.70, "share", "flows are lumpy")
    """Share of last month's impression of who blocks aid in this month's."""
    credibility_memory: Fraction = judgement(0.97, "share", "a guess: reputations last about as long as an executive")
    """Share of the counts of promises that is left a month later."""
    promise_tolerance: PositiveShare = judgement(
        0.5, "share of full support", "a guess: half of what was promised is as good as nothing"
    )
    """Shortfall, share of full support, at which a promise counts as wholly broken."""
    advantage_prior_sd: PositiveSpread = judgement(
        0.10, "log points", "a guess, wider than worlds differ: both sides went to war unsure"
    )
    """How unsure both sides are about the defender's advantage at the start, log points."""
    optimism_ukraine: LogPoints = judgement(
        0.10, "log points", "a guess; the sign is theory's: wars go on while both expect to do better"
    )
    """By how much Ukraine overrates the defender's advantage at the start, log points."""
    optimism_russia: LogPoints = judgement(
        0.10, "log points", "a guess, the same as Ukraine's so that neither side is the fool"
    )
    """By how much Russia underrates it at the start, log points."""


class ReadingParameters(Table):
    """What audiences make of what Washington does and says: by which doctrine it acts."""

    pace: Share = judgement(
        0.50,
        "share",
        "the number at which an audience that knows dials to a tenth finds right as often as it thinks (test b)",
    )
    """Share of the evidence of a month that an audience takes in."""
    switch: Share = judgement(0.010, "chance a month", "one change of doctrine in office in eight years")
    """Chance a month that the doctrine is another one."""
    switch_turn: Share = judgement(0.50, "chance", "a guess: every second new president keeps the course")
    """The same in the first month of a presidential term."""
    cap: PositiveWeight = judgement(3.0, "nats", "a guess: one odd month must not decide, twenty to one at most")
    """Most that one sign can say for one doctrine against another."""
    intelligence_seen: PositiveSpread = judgement(0.05, "0 to 1", "a guess: sharing is secret, and pauses leak")
    """How exactly intelligence sharing is seen, sd."""
    words_error: PositiveSpread = judgement(
        0.05, "share of full support", "a guess: what audiences lack to know what was said to whom"
    )
    """What announcements miss beyond the doctrine's own vagueness, sd."""
    smallest: PositiveEuros = judgement(0.05, "EUR bn", "about the smallest package that was announced")
    """Allocations under it are no sign of will, and not having had so much no sign of the lack of it."""
    drip: PositiveEuros = judgement(
        0.02, "EUR bn a month", "a guess, under the smallest package: whoever wants nothing gives this"
    )
    """What a doctrine that wants nothing is expected to give all the same."""


class EuropeParameters(Table):
    """Voluntary contributions to a partly public good."""

    taste: Weight = tuned(1.15, "number", "level of 2023 and 2024; free in the fit")
    """Overall taste for aid."""
    publicness: Share = tuned(0.12, "share", "no response to the gap", symbol="p")
    """Share of others' aid that counts as one's own at free riding 1."""
    threat_base: Share = judgement(
        0.35, "share", "a guess: a third of what was given in 2023 had other reasons than fear"
    )
    """Share of the taste that needs no threat."""
    need_weight: Weight = judgement(
        0.8, "weight", "a guess; the sign is theory's: Europe gave no more in the gap of 2023-24"
    )
    """Weight of Ukraine's need in the threat felt."""
    hedge: Weight = tuned(1.3, "weight", "rise of 2025")
    """Weight of doubt about America in the threat felt, at autonomy 1."""
    doubt_weight: Weight = judgement(1.0, "weight", "one by one: a unit of doubt frightens like a unit of support lost")
    """Weight of the sd of belief beside its shortfall."""
    relied_on: Share = judgement(
        0.65,
        "share of full support",
        "a guess, the same as Russia's threshold: one event alarms the one and tempts the other",
    )
    """Belief in American support under which Europe feels exposed, share of full support."""
    posture_relied_on: Share = judgement(0.85, "0 to 1", "the level of the end of 2022")
    """Posture under which Europe feels exposed."""
    posture_weight: Weight = judgement(0.5, "weight", "a guess, below that of doubt: no large withdrawal is on record")
    """Weight of a thinner NATO posture in the threat felt."""
    pressed: Weight = judgement(
        0.15, "share", "a guess, kept small: what Europe added in 2025 can be doubt as well as pressure"
    )
    """Share that open pressure adds to the taste at alliance 0."""
    adjustment: Share = judgement(0.12, "share", "budgets are yearly")
    """Share of the way to its best reply that a member moves in a month."""
    alarm_gain: Weight = tuned(4.0, "share of budget", "half of what 2025-03 alone would ask for; free in the fit")
    """Emergency packages per unit of a fall in belief that news caused, at autonomy 1, share of budget."""
    alarm_fade: Share = tuned(0.35, "share", "the spike of 2025-03 fades")
    """Share of the alarm that is left a month later."""
    budget_limit: PositiveShare = judgement(0.95, "0 to 1", "a guess: budgets are not planned to the last euro")
    """Most that a member means to give, share of its budget; emergency packages and lumps come on top."""
    purchases: Share = judgement(0.20, "share", "a guess: a fifth, near the first half-year of such purchases")
    """Share of what members pay that buys American arms where none are expected to be given."""
    force_cost: Euros = judgement(
        0.8, "EUR bn a month", "a guess: thirty thousand soldiers abroad at some EUR 300,000 each a year"
    )
    """What a full European force in Ukraine costs those who send it, EUR bn a month."""
    consent_guarantee: Share = judgement(0.50, "chance", "the willing can go ahead")
    """Chance that Europe agrees to a strong guarantee at cohesion 0."""
    consent_threat: Weight = judgement(
        1.3, "chance", "a guess; the sign is theory's: who is threatened, and united, does not lift sanctions"
    )
    """Chance of agreeing to deep relief that a unit of threat removes at cohesion 1."""
    envelope_months: PositiveMonths = record(
        24.0, "months", "between the two of the record: the loan for 2023, the facility for 2024 to 2027"
    )
    """Months of what EU institutions mean to give that a new envelope lasts for."""
    reluctant: Weight = estimated(3.1, "number", SUPPLY)
    """Governments that agree to an envelope one by one, each with the chance `cohesion`."""
    veto_lifted: Share = estimated(0.61, "chance a month", SUPPLY)
    """Chance that a veto, of EU money or of sanctions, is let go in a month."""
    packages: Weight = estimated(0.31, "a month", SANCTIONS)
    """Packages of European sanctions that are proposed."""
    reluctant_sanctions: Weight = estimated(0.32, "number", SANCTIONS)
    """Governments that agree to a package or a renewal one by one, each with the chance `cohesion`."""
    delivery: Share = judgement(
        0.20, "share", "a guess: half arrives within three months, faster than American arms that must be built"
    )
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
    reading: ReadingParameters = ReadingParameters()
    europe: EuropeParameters = EuropeParameters()
    public: PublicParameters = PublicParameters()
    preferences: PreferenceParameters = PreferenceParameters()
    contacts: ContactParameters = ContactParameters()
    table: TableParameters = TableParameters()
    patron: PatronParameters = PatronParameters()
    peace: PeaceParameters = PeaceParameters()
