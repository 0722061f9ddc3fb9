"""The claims about deterrence and bargaining: C1, C3, and the traditional reply C3'."""

from __future__ import annotations

from sim.questions.claim_readings import Reading
from sim.questions.claim_records import (
    LESS,
    LEVEL,
    MORE,
    PARTLY,
    SIGNED,
    SMALL,
    SPREAD,
    TENTH,
    TRANSACTIONAL,
    WORLDS_OF_100,
    YES,
    Claim,
    Statistic,
    change,
    outlook,
)
from sim.questions.claim_settings import Setting
from sim.questions.claim_verdicts import ALL, ANY
from sim.record.monthly import UKRAINE_KM2

ADVANCE = Reading("optimism_russia", scale=UKRAINE_KM2)
EFFORT, WAR_VALUE = Reading("effort_russia"), Reading("war_value_russia")
BROKEN = Reading("relapsed", "ever", scale=100.0)
AMERICAN_BILL = Reading("us_allocation", "sum")

ARCHITECTURAL = outlook("architectural")
CLEAR, VAGUE = outlook("transactional:clarity=1"), outlook("transactional:clarity=0")
COMMITTED, UNCOMMITTED = outlook("transactional:commitment=1"), outlook("transactional:commitment=0")
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
            LESS, SMALL, THE_DOCTRINES, SPREAD,
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
            "Pressure: settlements, of 100 worlds: more",
            change(SIGNED, TRANSACTIONAL, outlook("transactional", ("leverage",))),
            MORE, WORLDS_OF_100, "doctrine attribution outlook architectural transactional --mechanisms leverage",
            built_in=PARTLY,
        ),
    ),
)  # fmt: skip

_CLARITY_DIAL = "doctrine compare outlook transactional:clarity=1 transactional:clarity=0"
_COMMITMENT_DIAL = "doctrine compare outlook transactional:commitment=1 transactional:commitment=0"

C3 = Claim(
    "C3",
    "ambiguity makes deals",
    "Strong commitments cost bargaining power, and ambiguity makes deals",
    "commitment, clarity, order; leverage, constructive_ambiguity",
    "settlements are no likelier, or no better for the United States, under ambiguity and few commitments",
    ANY,
    "that vague terms please both sides at signing, and that only the uncommitted can threaten a cut",
    (
        Statistic(
            "ambiguity",
            "Ambiguity: settlements, of 100 worlds: more",
            change(SIGNED, VAGUE, CLEAR),
            MORE, WORLDS_OF_100, _CLARITY_DIAL,
        ),
        Statistic(
            "commitment",
            "No commitment: settlements, of 100: more",
            change(SIGNED, UNCOMMITTED, COMMITTED),
            MORE, WORLDS_OF_100, _COMMITMENT_DIAL,
        ),
        Statistic(
            "doctrine",
            "Transactional: settlements, of 100: more",
            change(SIGNED, TRANSACTIONAL, ARCHITECTURAL),
            MORE, WORLDS_OF_100, THE_DOCTRINES,
            built_in=PARTLY,
        ),
        Statistic(
            "bill",
            "Ambiguity: American bill, EUR bn: less",
            change(AMERICAN_BILL, VAGUE, CLEAR),
            LESS, TENTH, _CLARITY_DIAL, LEVEL,
        ),
    ),
)  # fmt: skip

_NEITHER = Setting("strong_guarantee", "transactional:clarity=0,commitment=0")
_ONLY_CLEAR = Setting("strong_guarantee", "transactional:clarity=1,commitment=0")
_ONLY_COMMITTED = Setting("strong_guarantee", "transactional:clarity=0,commitment=1")

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
            "clarity",
            "Clarity: expected km² a month: less",
            change(ADVANCE, CLEAR, VAGUE),
            LESS, SMALL, _CLARITY_DIAL, SPREAD,
        ),
        Statistic(
            "commitment",
            "Commitment: expected km² a month: less",
            change(ADVANCE, COMMITTED, UNCOMMITTED),
            LESS, SMALL, _COMMITMENT_DIAL, SPREAD,
        ),
    ),
)  # fmt: skip
