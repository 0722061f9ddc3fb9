"""The claims about Moscow: talks are no affinity (C6), and what looks like siding is strategy (C8)."""

from __future__ import annotations

from sim.questions.claim_measures import ChanceOfMore, Odds
from sim.questions.claim_readings import Reading
from sim.questions.claim_records import (
    COIN,
    HALFWAY,
    KEPT,
    LESS,
    MORE,
    ONE_MONTH,
    PARTLY,
    TEN_TO_ONE,
    WITHHELD,
    YES,
    Claim,
    Statistic,
    change,
)
from sim.questions.claim_settings import Setting
from sim.questions.claim_verdicts import ANY

TALKS = Reading("talks", "sum", "2025-01", "2025-08")

_TALKING = {
    name: Setting("history", name, months=37) for name in ("aligned", "reagan_ussr", "transactional:affinity=0.6")
}

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
            "Reagan–USSR: months of talks, of 8: more",
            change(TALKS, _TALKING["reagan_ussr"], KEPT),
            MORE, ONE_MONTH, "doctrine compare history architectural reagan_ussr",
            built_in=PARTLY,
        ),
        Statistic(
            "dial",
            "Affinity alone: chance of more talks: ≤ .75",
            ChanceOfMore(TALKS, _TALKING["transactional:affinity=0.6"], WITHHELD),
            LESS, 0.0, "doctrine compare history transactional transactional:affinity=0.6",
            null=HALFWAY, width=HALFWAY - COIN, built_in=YES,
        ),
        Statistic(
            "frequency",
            "Aligned: chance of more talks: ≤ .75",
            ChanceOfMore(TALKS, _TALKING["aligned"], WITHHELD),
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
            Odds("transactional", "aligned"),
            MORE, TEN_TO_ONE, "doctrine infer history",
        ),
    ),
)  # fmt: skip
