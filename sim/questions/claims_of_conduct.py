"""The claims about what moves aid and who resists: allies, other theatres, Congress, institutions (C2, C4, C5, C7)."""

from __future__ import annotations

from sim.questions.claim_measures import Difference, Mean, RollCalls, ShareDone
from sim.questions.claim_readings import Reading
from sim.questions.claim_records import (
    EITHER,
    HALF_OF_RECORD,
    KEPT,
    LESS,
    LEVEL,
    MORE,
    PARTLY,
    QUARTER,
    SIGNED,
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
from sim.questions.claim_settings import FEARLESS, Setting
from sim.questions.claim_verdicts import ALL, ANY

EUROPE_2025 = Reading("europe_contribution", first="2025-01", last="2025-12")
AID_AFTER_CRISIS = Reading("us_allocation", first="2026-03", last="2026-12")
WANTED_AFTER_CRISIS = Reading("us_desired", first="2026-03", last="2026-12")
WAITING = Reading("bill_pending", first="2022-12", last="2024-11", scale=100.0)
HOUSE_SPLIT = Reading("house_ayes", "split", "2023-01", "2024-12", scale=100.0)

_KEPT_PLAIN = Setting("history", "architectural", off=FEARLESS, months=37, plain_europe=True)
_WITHHELD_PLAIN = Setting("history", off=FEARLESS, months=37, plain_europe=True)

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


def _weighing(europe: str, rest: str, crisis: str = "") -> Setting:
    """Architectural dials with other priorities."""
    others = f"priorities.indo_pacific=0.3,priorities.hemisphere={rest},priorities.domestic={rest}"
    return Setting("architectural", f"architectural:priorities.europe={europe},{others}", crisis=crisis)


_QUIET, _CRISIS = Setting("architectural"), Setting("architectural", crisis=CRISIS_MONTH)

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
            "aid",
            "Crisis: American aid, EUR bn a month: less",
            change(AID_AFTER_CRISIS, _CRISIS, _QUIET),
            LESS, TENTH, "doctrine run indo_pacific_crisis; doctrine run architectural", LEVEL,
            built_in=PARTLY,
        ),
        Statistic(
            "priorities",
            "Low weight of Europe: aid wanted: less still",
            Difference(
                WANTED_AFTER_CRISIS,
                (
                    (1.0, _weighing("0.2", "0.25", CRISIS_MONTH)),
                    (-1.0, _weighing("0.2", "0.25")),
                    (-1.0, _weighing("0.34", "0.18", CRISIS_MONTH)),
                    (1.0, _weighing("0.34", "0.18")),
                ),
            ),
            LESS, TENTH, "doctrine run indo_pacific_crisis; doctrine run architectural", LEVEL,
            built_in=PARTLY,
        ),
    ),
)  # fmt: skip

_SESSION = {name: Setting("history", congress=name, months=37) for name in ("117th", "118th")}

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
            Mean(HOUSE_SPLIT, WITHHELD),
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

_CHANGED, _STAYED = Setting("history"), Setting("history", "architectural")
_MARCH, _END = "2025-03", "2027-12"

C7 = Claim(
    "C7",
    "institutions hold",
    "Presidents change tone, tempo and tactics; institutions keep the deep structure",
    "institutions; the bureaucracy",
    "posture and sanctions move as fast as words with institutions switched on",
    ALL,
    "that posture and sanctions are slow: an input; only how much it matters comes out",
    (
        Statistic(
            "sanctions",
            "Sanctions less words, % of change done: less",
            ShareDone("sanctions", "us_announced", _MARCH, _END, _CHANGED, _STAYED),
            LESS, 100.0 * QUARTER, "doctrine compare history architectural transactional",
            scale=100.0, built_in=YES,
        ),
        Statistic(
            "posture",
            "Posture less words, % of change done: less",
            ShareDone("nato_posture", "us_announced", _MARCH, _END, _CHANGED, _STAYED),
            LESS, 100.0 * QUARTER, "doctrine compare history architectural transactional",
            scale=100.0, built_in=YES,
        ),
        Statistic(
            "outcomes",
            "Institutions: settlements, of 100: a change",
            change(SIGNED, TRANSACTIONAL, outlook("transactional", ("institutions",))),
            EITHER, WORLDS_OF_100, "doctrine attribution outlook architectural transactional --mechanisms institutions",
        ),
    ),
)  # fmt: skip
