"""The claims under test, each with the statistics that decide it, the directions claimed, and least sizes.

What would refute each claim is said in `docs/ODD.md`, section 9; the contrasts are those of `tests/claims/`. Nothing
here may be adjusted to what came out: change a statistic and say so in the changelog.
"""

from __future__ import annotations

from dataclasses import replace

from sim.basics.labels import UKRAINE_KM2
from sim.questions.claims.claim import (
    AGREED,
    COIN,
    EITHER,
    HALF_OF_RECORD,
    HALFWAY,
    KEPT,
    LESS,
    LEVEL,
    LINE_STEP,
    MORE,
    ONE_MONTH,
    PARTLY,
    QUARTER,
    SIGNED,
    SMALL,
    SPREAD,
    TEN_TO_ONE,
    TENTH,
    TRANSACTIONAL,
    WITHHELD,
    WORLDS_OF_100,
    YES,
    Claim,
    Statistic,
    change,
    outlook,
)
from sim.questions.claims.judgement import ALL, ANY
from sim.questions.claims.measures import (
    ChanceOfMore,
    Difference,
    OfMeans,
    RollCalls,
    ShareDone,
    WeightOfEvidence,
    fall,
    further_fall,
    part_of_fall,
    second_fall,
    share_less_share,
)
from sim.questions.claims.prior_sets import INTEGRATED
from sim.questions.claims.readings import AGREEMENT, FEARLESS, Reading, Variant
from sim.record import last_month

# ---- deterrence and bargaining: C1, C3, and the traditional reply C3'

ADVANCE = Reading("optimism_russia", scale=UKRAINE_KM2)
EFFORT, WAR_VALUE = Reading("effort_russia"), Reading("war_value_russia")
BROKEN = Reading("relapsed", "ever", scale=100.0)
AMERICAN_BILL = Reading("us_allocation", "sum")
OFFERED, REFUSED = Reading("proposals to Russia", AGREEMENT), Reading("refused by Russia", AGREEMENT)
TRUCES, TRUCE_BREAKS = Reading("truces", AGREEMENT), Reading("truce breaks", AGREEMENT)
LINE, WORTH = Reading("line", AGREEMENT, scale=100.0), Reading("american worth", AGREEMENT)

ARCHITECTURAL = outlook("architectural")
CLEAR, VAGUE = outlook("transactional:clarity=1"), outlook("transactional:clarity=0")
COMMITTED, UNCOMMITTED = outlook("transactional:commitment=1"), outlook("transactional:commitment=0")
UNPRESSED = outlook("transactional", ("leverage",))
THE_DOCTRINES = "doctrine compare outlook architectural transactional"

C1 = Claim(
    "C1",
    "two theories of deterrence",
    "There are two theories of deterrence, architectural and transactional, and Russia answers to both levers",
    "commitment, clarity; leverage",
    "Russia's expected gains and effort do not respond to either",
    ALL,
    "that doubt helps Russia and that threats lower what refusing is worth; not by how much it answers",
    (
        Statistic(
            "hopes",
            "Architecture: expected km² a month: less",
            change(ADVANCE, ARCHITECTURAL, TRANSACTIONAL),
            LESS, TENTH, THE_DOCTRINES, LEVEL,
        ),
        Statistic(
            "effort",
            "Architecture: Russia's effort a month: less",
            change(EFFORT, ARCHITECTURAL, TRANSACTIONAL),
            LESS, TENTH, THE_DOCTRINES, LEVEL,
        ),
        Statistic(
            "clarity",
            "Clarity: worth of fighting on to Russia: less",
            change(WAR_VALUE, outlook("architectural:clarity=1"), outlook("architectural:clarity=0")),
            LESS, SMALL, "doctrine compare outlook architectural:clarity=1 architectural:clarity=0", SPREAD,
            built_in=PARTLY,
        ),
        Statistic(
            "commitment",
            "Commitment: worth of fighting on: less",
            change(WAR_VALUE, outlook("architectural:commitment=1"), outlook("architectural:commitment=0")),
            LESS, SMALL, "doctrine compare outlook architectural:commitment=1 architectural:commitment=0", SPREAD,
        ),
        Statistic(
            "pressure",
            "Pressure: offers that Russia refuses, %: less",
            OfMeans(
                ((TRANSACTIONAL, REFUSED), (TRANSACTIONAL, OFFERED), (UNPRESSED, REFUSED), (UNPRESSED, OFFERED)),
                share_less_share,
            ),
            LESS, WORLDS_OF_100, "doctrine attribution outlook architectural transactional --mechanisms leverage",
            scale=100.0, built_in=PARTLY,
        ),
        Statistic(
            "agreements",
            "Pressure: agreements, of 100 worlds: more",
            change(AGREED, TRANSACTIONAL, UNPRESSED),
            MORE, WORLDS_OF_100, "doctrine attribution outlook architectural transactional --mechanisms leverage",
            built_in=PARTLY, decides=False,
        ),
    ),
)  # fmt: skip

_CLARITY_DIAL = "doctrine compare outlook transactional:clarity=1 transactional:clarity=0"
_COMMITMENT_DIAL = "doctrine compare outlook transactional:commitment=1 transactional:commitment=0"

_AID_IN_HAND = tuple(Variant("history", f"transactional:commitment={value}") for value in (0, 1))
"""From January 2025 on, when much aid is still on its way; in the outlook next to nothing is left to withhold."""
SINCE = "2025-01"
_IN_HAND = "doctrine compare history transactional:commitment=1 transactional:commitment=0"

C3 = Claim(
    "C3",
    "ambiguity makes deals",
    "Strong commitments cost bargaining power, and ambiguity makes deals",
    "commitment, clarity; leverage, constructive_ambiguity",
    "terms are no better for the uncommitted where there is aid to withhold, or agreements no likelier under ambiguity",
    ANY,
    "that vague terms please both sides at signing, and that only the uncommitted can threaten a cut",
    (
        Statistic(
            "worth",
            "No commitment: terms' worth to the US: more",
            change(replace(WORTH, first=SINCE), *_AID_IN_HAND),
            MORE, TENTH, _IN_HAND, LEVEL,
        ),
        Statistic(
            "line",
            "No commitment: line beyond front, %: more",
            change(replace(LINE, first=SINCE), *_AID_IN_HAND),
            MORE, LINE_STEP, _IN_HAND,
            built_in=PARTLY,
        ),
        Statistic(
            "ambiguity",
            "Ambiguity: agreements, of 100 worlds: more",
            change(AGREED, VAGUE, CLEAR),
            MORE, WORLDS_OF_100, _CLARITY_DIAL,
        ),
        Statistic(
            "agreements",
            "No commitment: agreements, of 100: more",
            change(replace(AGREED, first=SINCE), *_AID_IN_HAND),
            MORE, WORLDS_OF_100, _IN_HAND,
            decides=False,
        ),
        Statistic(
            "worth, no aid",
            "No aid in hand: terms' worth to US: more",
            change(WORTH, UNCOMMITTED, COMMITTED),
            MORE, TENTH, _COMMITMENT_DIAL, LEVEL,
            decides=False,
        ),
        Statistic(
            "line, no aid",
            "No aid in hand: line beyond front, %: more",
            change(LINE, UNCOMMITTED, COMMITTED),
            MORE, LINE_STEP, _COMMITMENT_DIAL,
            decides=False,
        ),
        Statistic(
            "agreements, no aid",
            "No aid in hand: agreements, of 100: more",
            change(AGREED, UNCOMMITTED, COMMITTED),
            MORE, WORLDS_OF_100, _COMMITMENT_DIAL,
            decides=False,
        ),
        Statistic(
            "doctrine",
            "Transactional: agreements, of 100: more",
            change(AGREED, TRANSACTIONAL, ARCHITECTURAL),
            MORE, WORLDS_OF_100, THE_DOCTRINES,
            built_in=PARTLY, decides=False,
        ),
        Statistic(
            "bill",
            "Ambiguity: American bill, EUR bn: less",
            change(AMERICAN_BILL, VAGUE, CLEAR),
            LESS, TENTH, _CLARITY_DIAL, LEVEL,
            decides=False,
        ),
    ),
)  # fmt: skip

_NEITHER = Variant("strong_guarantee", "transactional:clarity=0,commitment=0")
_ONLY_CLEAR = Variant("strong_guarantee", "transactional:clarity=1,commitment=0")
_ONLY_COMMITTED = Variant("strong_guarantee", "transactional:clarity=0,commitment=1")

C3_REPLY = Claim(
    "C3'",
    "clarity deters",
    "The traditional reply: clarity deters, and commitment is credibility",
    "clarity, commitment; guarantees, fragility, renewed_war, option_value",
    "relapse and Russian optimism are no lower under clarity and commitment",
    ALL,
    "that a vague peace is more fragile, and that belief in guarantees rises with commitment",
    (
        Statistic(
            "clear peace",
            "Clarity: peaces that break, of 100: fewer",
            change(BROKEN, _ONLY_CLEAR, _NEITHER),
            LESS, WORLDS_OF_100,
            f"doctrine compare strong_guarantee {_NEITHER.us} {_ONLY_CLEAR.us}",
            built_in=YES,
        ),
        Statistic(
            "kept peace",
            "Commitment: peaces that break, of 100: fewer",
            change(BROKEN, _ONLY_COMMITTED, _NEITHER),
            LESS, WORLDS_OF_100,
            f"doctrine compare strong_guarantee {_NEITHER.us} {_ONLY_COMMITTED.us}",
            built_in=YES,
        ),
        Statistic(
            "kept truce",
            "Commitment: truces that break, %: fewer",
            OfMeans(
                ((COMMITTED, TRUCE_BREAKS), (COMMITTED, TRUCES), (UNCOMMITTED, TRUCE_BREAKS), (UNCOMMITTED, TRUCES)),
                share_less_share,
            ),
            LESS, WORLDS_OF_100, _COMMITMENT_DIAL,
            scale=100.0,
        ),
        Statistic(
            "clarity",
            "Clarity: expected km² a month: less",
            change(ADVANCE, CLEAR, VAGUE),
            LESS, TENTH, _CLARITY_DIAL, LEVEL,
        ),
        Statistic(
            "commitment",
            "Commitment: expected km² a month: less",
            change(ADVANCE, COMMITTED, UNCOMMITTED),
            LESS, TENTH, _COMMITMENT_DIAL, LEVEL,
        ),
    ),
)  # fmt: skip

# ---- what moves aid and who resists: allies, other theatres, Congress, institutions

EUROPE_2025 = Reading("europe_contribution", first="2025-01", last="2025-12")
AID_AFTER_CRISIS = Reading("us_allocation", first="2026-03", last="2026-12")
WANTED_AFTER_CRISIS = Reading("us_desired", first="2026-03", last="2026-12")
WAITING = Reading("bill_pending", first="2022-12", last="2024-11", scale=100.0)
HOUSE_SPLIT = Reading("house_ayes", "split", "2023-01", "2024-12", scale=100.0)

_KEPT_PLAIN = Variant("history", "architectural", off=FEARLESS, months=37, plain_europe=True)
_WITHHELD_PLAIN = Variant("history", off=FEARLESS, months=37, plain_europe=True)

C2 = Claim(
    "C2",
    "burden sharing",
    "Withheld aid pushes Europe to pay more",
    "alliance; hedging, alarm, free_riding, attribution",
    "European contributions do not rise, or rise no more than the mere fall of American aid explains",
    ANY,
    "that a frightened Europe gives more, and a little more when pressed",
    (
        Statistic(
            "rise",
            "European aid in 2025, EUR bn a month: more",
            change(EUROPE_2025, WITHHELD, KEPT),
            MORE, TENTH, "doctrine compare history architectural transactional", LEVEL,
            built_in=PARTLY,
        ),
        Statistic(
            "beyond",
            "Beyond crowding out, EUR bn a month: more",
            Difference(EUROPE_2025, ((1.0, WITHHELD), (-1.0, _WITHHELD_PLAIN), (1.0, _KEPT_PLAIN), (-1.0, KEPT))),
            MORE, TENTH,
            "doctrine attribution history architectural transactional --mechanisms hedging alarm --outcome europe_cost",
            LEVEL,
            built_in=PARTLY,
        ),
    ),
)  # fmt: skip

CRISIS_MONTH = "2026-03"


def _weighing(europe: str, rest: str, crisis: str = "") -> Variant:
    """Architectural dials with other priorities."""
    others = f"priorities.indo_pacific=0.3,priorities.hemisphere={rest},priorities.domestic={rest}"
    return Variant("architectural", f"architectural:priorities.europe={europe},{others}", crisis=crisis)


_QUIET, _CRISIS = Variant("architectural"), Variant("architectural", crisis=CRISIS_MONTH)

C4 = Claim(
    "C4",
    "other theatres first",
    "Other theatres and domestic priorities come first",
    "priorities; other_theatres",
    "aid does not fall when another theatre flares, or falls alike whatever the priorities",
    ANY,
    "that a crisis raises the cost of aid, the more the less Europe weighs; not that money follows",
    (
        Statistic(
            "wanted",
            "Crisis: aid wanted, % of it: less",
            OfMeans(((_CRISIS, WANTED_AFTER_CRISIS), (_QUIET, WANTED_AFTER_CRISIS)), fall),
            LESS, 100.0 * TENTH, "doctrine run indo_pacific_crisis; doctrine run architectural",
            scale=100.0, built_in=PARTLY,
        ),
        Statistic(
            "priorities",
            "Low weight of Europe: falls further, % of it",
            OfMeans(
                (
                    (_weighing("0.2", "0.25", CRISIS_MONTH), WANTED_AFTER_CRISIS),
                    (_weighing("0.2", "0.25"), WANTED_AFTER_CRISIS),
                    (_weighing("0.34", "0.18", CRISIS_MONTH), WANTED_AFTER_CRISIS),
                    (_weighing("0.34", "0.18"), WANTED_AFTER_CRISIS),
                ),
                further_fall,
                second_fall,
            ),
            LESS, QUARTER, "doctrine run indo_pacific_crisis; doctrine run architectural", LEVEL,
            scale=100.0, built_in=PARTLY,
        ),
        Statistic(
            "aid",
            "Crisis: American aid given, % of it: less",
            OfMeans(((_CRISIS, AID_AFTER_CRISIS), (_QUIET, AID_AFTER_CRISIS)), fall),
            LESS, 100.0 * TENTH, "doctrine run indo_pacific_crisis; doctrine run architectural",
            scale=100.0, built_in=PARTLY, decides=False,
        ),
    ),
)  # fmt: skip

_SESSION = {name: Variant("history", congress=name, months=37) for name in ("117th", "118th")}

C5 = Claim(
    "C5",
    "Congress is no bloc",
    "Congress is a coalition with several motives for opposing aid, not a bloc",
    "factions, agenda; agenda_gate, discharge_petition",
    "votes, delays and party splits look nothing like the roll calls",
    ALL,
    "that there are six factions: the votes support three classes of House Republicans, not five",
    (
        Statistic(
            "votes",
            "Unseen roll calls: votes nearer than a bloc",
            RollCalls(),
            MORE, TENTH, "doctrine run history", LEVEL,
        ),
        Statistic(
            "split",
            "Smaller side of House Republicans, %: more",
            Difference(HOUSE_SPLIT, ((1.0, WITHHELD),)),
            MORE, 100.0 * HALF_OF_RECORD, "doctrine run history",
            built_in=PARTLY,
        ),
        Statistic(
            "delay",
            "Closed agenda: waiting, months of 100: more",
            change(WAITING, _SESSION["118th"], _SESSION["117th"]),
            MORE, WORLDS_OF_100, "doctrine compare history 117th 118th --actor congress --since 2022-12",
            built_in=PARTLY,
        ),
    ),
)  # fmt: skip

_CHANGED, _STAYED = Variant("history"), Variant("history", "architectural")
_MARCH, _END = "2025-03", "2027-12"
_UNHELD = Variant("strong_guarantee", "transactional", off=("institutions",))

C7 = Claim(
    "C7",
    "institutions hold",
    "Presidents change tone, tempo and tactics; institutions keep the deep structure",
    "institutions; the bureaucracy, posture as a tripwire, intelligence at the front, law under sanctions",
    "peace comes as often without institutions as with them",
    ALL,
    "that posture is slow: an input, which decides nothing; whether it moves peace comes out",
    (
        Statistic(
            "sanctions",
            "Sanctions less words, % of change done: less",
            ShareDone("sanctions", "us_announced", _MARCH, _END, _CHANGED, _STAYED),
            LESS, 100.0 * QUARTER, "doctrine compare history architectural transactional",
            scale=100.0, decides=False,
        ),
        Statistic(
            "posture",
            "Posture less words, % of change done: less",
            ShareDone("nato_posture", "us_announced", _MARCH, _END, _CHANGED, _STAYED),
            LESS, 100.0 * QUARTER, "doctrine compare history architectural transactional",
            scale=100.0, built_in=YES, decides=False,
        ),
        Statistic(
            "outcomes",
            "Institutions: settlements, of 100: a change",
            change(SIGNED, TRANSACTIONAL, outlook("transactional", ("institutions",))),
            EITHER, WORLDS_OF_100, "doctrine attribution outlook architectural transactional --mechanisms institutions",
        ),
        Statistic(
            "broken",
            "Institutions: broken treaties: a change",
            change(BROKEN, Variant("strong_guarantee", "transactional"), _UNHELD),
            EITHER, WORLDS_OF_100,
            "doctrine attribution strong_guarantee architectural transactional --mechanisms institutions",
            decides=False,
        ),
    ),
)  # fmt: skip

# ---- Moscow: talks are no affinity, and what looks like siding is strategy

TALKS = Reading("talks", "sum", "2025-01", last_month())


def _talking(us: str = "") -> Variant:
    """History under a doctrine, whatever the channel adds to talks: the claim must not hang on that number."""
    return Variant("history", us, months=37, integrated=tuple(INTEGRATED))


C6 = Claim(
    "C6",
    "talks are no affinity",
    "Negotiating with an adversary is a standard tool, not affinity",
    "rivalry, channel, horizon; talks; one preset a precedent",
    "the frequency of talks discriminates alignment from the other doctrines",
    ANY,
    "that open channels and little rivalry raise the frequency of talks, and that affinity by itself does not",
    (
        Statistic(
            "precedent",
            "Reagan–USSR: months of talks, of 12: more",
            change(TALKS, _talking("reagan_ussr"), _talking("architectural")),
            MORE, ONE_MONTH, "doctrine compare history architectural reagan_ussr",
            built_in=PARTLY,
        ),
        Statistic(
            "dial",
            "Affinity alone: chance of more talks: ≤ .75",
            ChanceOfMore(TALKS, _talking("transactional:affinity=0.6"), _talking()),
            LESS, 0.0, "doctrine compare history transactional transactional:affinity=0.6",
            null=HALFWAY, width=HALFWAY - COIN, built_in=YES,
        ),
        Statistic(
            "frequency",
            "Aligned: chance of more talks: ≤ .75",
            ChanceOfMore(TALKS, _talking("aligned"), _talking()),
            LESS, 0.0, "doctrine compare history transactional aligned",
            null=HALFWAY, width=HALFWAY - COIN,
        ),
    ),
)  # fmt: skip

C8 = Claim(
    "C8",
    "strategy, not alignment",
    "What looks like siding with Russia is better explained as a change of strategy",
    "affinity, against the counterfactual preset aligned",
    "posterior odds from the observed record favour aligned",
    ANY,
    "that aligned is what the preset says: another one may fit better",
    (
        Statistic(
            "odds",
            "Transactional over aligned, decibans: more",
            WeightOfEvidence("transactional", "aligned"),
            MORE, TEN_TO_ONE, "doctrine infer history",
        ),
    ),
)  # fmt: skip

# ---- how Washington is read: C9

MONTHS_IN = {3: "2025-03", 6: "2025-06", 12: "2025-12"}
"""Months after the change of doctrine, the first of it counted."""
WANTED_2025 = Reading("us_desired", first="2025-01", last="2025-12")
_READ, _UNPRESSING = Variant("history"), Variant("history", months=37, off=("aid_pressure",))
_KNOWN = Variant("history", off=("reading",))
_UNSEEN = Variant("history", months=37, off=("sanctions_acts", "upkeep"))
_UNSEEN_KEPT = replace(_UNSEEN, us="architectural")
_ABROAD = "doctrine compare history architectural transactional"
_MISREAD = "doctrine attribution history architectural transactional --mechanisms reading"


def _taken_for_aligned(months: int, how: str = "mean") -> Reading:
    """How likely Europe finds an aligned Washington so many months after the change; or whether likelier than not."""
    return Reading("europe_reads_aligned", how, MONTHS_IN[months], MONTHS_IN[months], scale=100.0)


def _chance(months: int, decides: bool) -> Statistic:
    """What the slowdown adds to that chance."""
    return Statistic(
        f"month {months}",
        f"Month {months}: Europe's chance of aligned, %: more",
        change(_taken_for_aligned(months), WITHHELD, KEPT),
        MORE, WORLDS_OF_100, _ABROAD,
        decides=decides,
    )  # fmt: skip


def _worlds(months: int) -> Statistic:
    """In how many worlds more it takes Washington for aligned rather than not."""
    return Statistic(
        f"worlds, month {months}",
        f"Month {months}: likelier than not, of 100: more",
        change(_taken_for_aligned(months, "likely"), WITHHELD, KEPT),
        MORE, WORLDS_OF_100, _ABROAD,
        decides=False,
    )  # fmt: skip


C9 = Claim(
    "C9",
    "pressure read as siding",
    "A slowdown of aid, at home pressure, is read abroad as siding with Russia, and that costs agreements",
    "affinity, against the counterfactual preset aligned; reading",
    "a quarter later Europe does not take it for siding with Russia, or to be misread costs no agreements",
    ANY,
    "that three doctrines are thought possible and no others, and that all signs are public",
    (
        _chance(3, decides=True),
        Statistic(
            "deals",
            "Misread: agreements, of 100 worlds: fewer",
            change(replace(AGREED, first=SINCE), _READ, _KNOWN),
            LESS, WORLDS_OF_100, _MISREAD,
        ),
        _chance(6, decides=False),
        _chance(12, decides=False),
        *map(_worlds, MONTHS_IN),
        Statistic(
            "no sanctions",
            "No act of sanctions: month 12, %: more",
            change(_taken_for_aligned(12), _UNSEEN, _UNSEEN_KEPT),
            MORE, WORLDS_OF_100, _ABROAD,
            decides=False,
        ),
        Statistic(
            "money",
            "Misread: European aid in 2025: a change",
            change(EUROPE_2025, _READ, _KNOWN),
            EITHER, TENTH, _MISREAD, LEVEL,
            decides=False,
        ),
        Statistic(
            "pressure",
            "At home: pressure's part of the fall, %: more",
            OfMeans(((WITHHELD, WANTED_2025), (_UNPRESSING, WANTED_2025), (KEPT, WANTED_2025)), part_of_fall),
            MORE, 100.0 * QUARTER,
            "doctrine attribution history architectural transactional --mechanisms aid_pressure",
            scale=100.0, decides=False,
        ),
    ),
)  # fmt: skip

CLAIMS = {claim.name: claim for claim in (C1, C2, C3, C3_REPLY, C4, C5, C6, C7, C8, C9)}
"""The claims by name."""
