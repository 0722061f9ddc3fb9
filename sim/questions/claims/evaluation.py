"""The table of `doctrine claims`: every statistic of every claim under both sets of parameters, and the verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from sim.basics.arrays import Array
from sim.basics.limits import InputError
from sim.basics.mistakes import shown, unknown
from sim.ensemble import Ensemble
from sim.questions.claims.claim import ABSOLUTE, EITHER, LESS, LEVEL, MORE, Claim, Statistic
from sim.questions.claims.judgement import Effect, agreed, combined, effect, judge
from sim.questions.claims.measures import POSTERIOR, SOURCES, UNSEEN, Lived, Measured
from sim.questions.claims.nine_claims import CLAIMS
from sim.questions.claims.readings import Change, Reading, lived
from sim.record import stamps, tables

REPLY, TYPED = "C3'", "C3-reply"
"""A claim whose name a shell would not take as it is, and how it is typed."""
DIRECTIONS = {MORE: "more", LESS: "less", EITHER: "a difference"}
TABLE = "claims"
"""Name of the table, in a folder of results and among those that ship."""
STAMP = "claims_stamp"
"""Name of its stamp among the tables that ship."""
STAMPED = ("us_delivery", "europe_contribution", "russian_held_share", "settled")
"""Monthly variables whose sums make the stamp."""
FEW = 4
"""Variants that stand for all where only the parameters are others: all are stamped under the posterior."""
DIGITS = 4
"""Decimals of the table that ships."""


def claims_named(names: Iterable[str]) -> list[Claim]:
    """The claims that a user names, in their usual order; all if none is named.

    >>> [claim.name for claim in claims_named(["c3-reply", "C1"])]
    ['C1', "C3'"]

    Raises
    ------
    InputError
        If there is no such claim, or one is named twice.
    """
    known = {name.casefold(): name for name in CLAIMS} | {TYPED.casefold(): REPLY}
    found: list[str] = []
    for name in names:
        if name.casefold() not in known:
            raise InputError(unknown("claim", name, [*CLAIMS, TYPED]))
        if known[name.casefold()] in found:
            raise InputError(f"claim: {shown(name)} is given twice; name each claim once")
        found.append(known[name.casefold()])
    return [claim for claim in CLAIMS.values() if claim.name in found or not found]


def evaluated(claims: Sequence[Claim], ensemble: Ensemble, change: Change | None = None) -> pd.DataFrame:
    """Measure and judge.

    Parameters
    ----------
    claims : sequence of Claim
        Which.
    ensemble : Ensemble
        Which worlds, each variant.
    change : callable, optional
        Done to every scenario before it is run, such as a mechanism switched off.

    Returns
    -------
    pandas.DataFrame
        One row a statistic. Of each set of parameters, `default` and `posterior`: the value and its interval in the
        unit of the text (`default`, `default_low`, `default_high`), the smallest effect that matters (`_matters`), the
        effect as claimed in multiples of it (`_effect`, `_effect_low`, `_effect_high`), `_verdict` and `_how`, and
        `_by_sign`, the verdict if any size mattered. Then `built_in`, the commands that make the row and show the
        contrast, and the verdicts on the whole claim, `claim_by_sign` as if any size mattered.
    """
    needed = [need for claim in claims for statistic in claim.statistics for need in statistic.measure.needs]
    worlds = {source: Lived(source, ensemble, lived(needed, SOURCES[source], ensemble, change)) for source in SOURCES}
    rows = []
    for claim in claims:
        mine = [{**_about(claim, statistic, ensemble), **_told(statistic, worlds)} for statistic in claim.statistics]
        whole = {f"claim_{source}": verdict for source, verdict in _whole(claim, mine, "verdict").items()}
        whole |= {
            "claim_verdict": agreed(whole.values()),
            "claim_by_sign": agreed(_whole(claim, mine, "by_sign").values()),
        }
        rows += [{**row, **whole} for row in mine]
    return pd.DataFrame(rows)


def _whole(claim: Claim, rows: list[dict[str, Any]], column: str) -> dict[str, str]:
    """The verdict on a claim by set of parameters."""
    return {source: combined([str(row[f"{source}_{column}"]) for row in rows], claim.refuted_by) for source in SOURCES}


def command(table: pd.DataFrame) -> str:
    """The command that makes a table of all claims again."""
    program, name, _, *options = str(table["command"].iloc[0]).split()
    return " ".join([program, name, *options])


def stamp(claims: Sequence[Claim], seed: int) -> pd.DataFrame:
    """What a table of claims was made of: sums over the months of a few worlds of every variant.

    See `sim.record.stamps`. A change that moves none of them leaves the table as true as it was.
    """
    statistics = [statistic for claim in claims for statistic in claim.statistics]
    variants = list(dict.fromkeys(variant for statistic in statistics for variant, _ in statistic.measure.needs))
    sources = dict.fromkeys([*SOURCES.values(), *UNSEEN.values()], variants[:FEW]) | {SOURCES[POSTERIOR]: variants}
    numbers: dict[str, Array] = {}
    for source, some in sources.items():
        needed = [(variant, Reading(variable, "sum")) for variant in some for variable in STAMPED]
        for (variant, reading), values in lived(needed, source, Ensemble(stamps.WORLDS, seed)).items():
            numbers[f"{variant.label} {source} {reading.variable}"] = values
    return stamps.stamp(numbers, seed)


def ship(table: pd.DataFrame, seed: int) -> None:
    """Write the table of all claims into the package, and its stamp."""
    tables.write(TABLE, table.round(DIGITS))
    tables.write(STAMP, stamp(list(CLAIMS.values()), seed))


def _about(claim: Claim, statistic: Statistic, ensemble: Ensemble) -> dict[str, Any]:
    typed = TYPED if claim.name == REPLY else claim.name
    return {
        "claim": claim.name,
        "statement": claim.statement,
        "statistic": statistic.name,
        "text": statistic.text,
        "claimed": DIRECTIONS[statistic.direction],
        "no_effect": statistic.null * statistic.scale,
        "built_in": statistic.built_in,
        "command": f"doctrine claims {typed} --worlds {ensemble.worlds} --seed {ensemble.seed}",
        "contrast": statistic.contrast,
    }


def _told(statistic: Statistic, worlds: dict[str, Lived]) -> dict[str, Any]:
    """The numbers of a statistic under each set of parameters, and whether they agree."""
    row: dict[str, Any] = {}
    for source, lived_in in worlds.items():
        estimate = statistic.measure.estimate(lived_in)
        size = matters(statistic, estimate)
        turned = effect(*_scaled(statistic, estimate), statistic.null * statistic.scale, statistic.direction, size)
        row |= dict(zip((source, f"{source}_low", f"{source}_high"), _scaled(statistic, estimate), strict=True))
        row |= {f"{source}_matters": size, **_standardised(source, turned, statistic)}
        judged = judge(turned, estimate.doubts)
        row |= {f"{source}_verdict": judged.verdict, f"{source}_how": judged.how}
        row |= {f"{source}_by_sign": judge(turned._replace(matters=0.0), estimate.doubts).verdict}
        row |= {f"{source}_doubts": "; ".join(estimate.doubts)}
    return {**row, "verdict": agreed(str(row[f"{source}_verdict"]) for source in SOURCES)}


def matters(statistic: Statistic, estimate: Measured) -> float:
    """The smallest effect that matters, in the unit of the statistic's text."""
    if statistic.of == ABSOLUTE:
        return statistic.matters
    of = estimate.level if statistic.of == LEVEL else estimate.spread
    return statistic.matters * of * statistic.scale


def _scaled(statistic: Statistic, estimate: Measured) -> tuple[float, float, float]:
    value, low, high = (statistic.scale * part for part in (estimate.value, estimate.low, estimate.high))
    return value, low, high


def _standardised(source: str, turned: Effect, statistic: Statistic) -> dict[str, float]:
    """The effect as claimed in multiples of what matters, for one axis for all; a bound that is kept to is at 1."""
    unit = turned.matters or statistic.width * statistic.scale or float("nan")
    start = 0.0 if statistic.matters else 1.0
    ends = (turned.value, turned.low, turned.high)
    return {f"{source}_effect{part}": start + end / unit for part, end in zip(("", "_low", "_high"), ends, strict=True)}
