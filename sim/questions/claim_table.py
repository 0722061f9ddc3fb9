"""The table of `doctrine claims`: every statistic of every claim under both sets of parameters, and the verdicts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from sim import record
from sim.ensemble import Progress
from sim.limits import InputError
from sim.mistakes import shown, unknown
from sim.questions.claim_measures import DEFAULT, POSTERIOR, SOURCES, UNSEEN, Ensemble, Estimate
from sim.questions.claim_readings import Change, lived, prepared
from sim.questions.claim_records import ABSOLUTE, EITHER, LESS, LEVEL, MORE, Claim, Statistic
from sim.questions.claim_verdicts import Effect, agreed, combined, effect, judge
from sim.questions.claims import CLAIMS

REPLY, TYPED = "C3'", "C3-reply"
"""A claim whose name a shell would not take as it is, and how it is typed."""
DIRECTIONS = {MORE: "more", LESS: "less", EITHER: "a difference"}
TABLE = "claims"
"""Name of the table, in a folder of results and among those that ship."""
DIGITS = 4
"""Decimals of the table that ships."""


def asked(names: Iterable[str]) -> list[Claim]:
    """The claims that a user names, in their usual order; all if none is named.

    >>> [claim.name for claim in asked(["c3-reply", "C1"])]
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


def evaluated(
    claims: Sequence[Claim],
    worlds: int,
    seed: int,
    jobs: int = 1,
    progress: Progress | None = None,
    change: Change | None = None,
) -> pd.DataFrame:
    """Measure and judge.

    Parameters
    ----------
    claims : sequence of Claim
        Which.
    worlds, seed, jobs, progress
        As in `sim.ensemble.survey`.
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
    measured = {source: _measured(claims, Ensemble(source, worlds, seed, jobs, progress), change) for source in SOURCES}
    made_with = digest(claims, worlds, seed)
    rows = []
    for claim in claims:
        mine = [
            {**_about(claim, statistic, worlds, seed), **_told(statistic, measured)} for statistic in claim.statistics
        ]
        whole = {f"claim_{source}": verdict for source, verdict in _whole(claim, mine, "verdict").items()}
        whole |= {
            "claim_verdict": agreed(whole.values()),
            "claim_by_sign": agreed(_whole(claim, mine, "by_sign").values()),
        }
        rows += [{**row, **whole, "made_with": made_with} for row in mine]
    return pd.DataFrame(rows)


def _whole(claim: Claim, rows: list[dict[str, Any]], column: str) -> dict[str, str]:
    """The verdict on a claim by set of parameters."""
    return {source: combined([str(row[f"{source}_{column}"]) for row in rows], claim.refuted_by) for source in SOURCES}


def command(table: pd.DataFrame) -> str:
    """The command that makes a table of all claims again."""
    program, name, _, *options = str(table["command"].iloc[0]).split()
    return " ".join([program, name, *options])


def digest(claims: Sequence[Claim], worlds: int, seed: int) -> str:
    """What a table was made with: its scenarios, the posteriors, worlds and seed, in sixteen letters.

    A table that ships with another digest than its claims have now is out of date.
    """
    found = hashlib.sha256(f"{worlds} {seed}".encode())
    for setting in dict.fromkeys(need for claim in claims for need in _settings(claim)):
        found.update(prepared(setting, "one").digest.encode())
    for name in sorted({*SOURCES.values(), *UNSEEN.values()} - {"one"}):
        found.update(record.table(name).to_csv(index=False, lineterminator="\n").encode())
    return found.hexdigest()[:16]


def _settings(claim: Claim) -> list[Any]:
    return [setting for statistic in claim.statistics for setting, _ in statistic.measure.needs]


def _measured(claims: Sequence[Claim], ensemble: Ensemble, change: Change | None) -> dict[tuple[str, Any], Estimate]:
    """Estimates by source and statistic."""
    statistics = [statistic for claim in claims for statistic in claim.statistics]
    needed = [need for statistic in statistics for need in statistic.measure.needs]
    source, worlds, seed, jobs, progress = ensemble
    found = lived(needed, SOURCES[source], worlds, seed, jobs, progress, change)
    return {(source, statistic): statistic.measure.estimate(found, ensemble) for statistic in statistics}


def _about(claim: Claim, statistic: Statistic, worlds: int, seed: int) -> dict[str, Any]:
    typed = TYPED if claim.name == REPLY else claim.name
    return {
        "claim": claim.name,
        "statement": claim.statement,
        "statistic": statistic.name,
        "text": statistic.text,
        "claimed": DIRECTIONS[statistic.direction],
        "no_effect": statistic.null * statistic.scale,
        "built_in": statistic.built_in,
        "command": f"doctrine claims {typed} --worlds {worlds} --seed {seed}",
        "contrast": statistic.contrast,
    }


def _told(statistic: Statistic, measured: dict[str, dict[tuple[str, Any], Estimate]]) -> dict[str, Any]:
    """The numbers of a statistic under each set of parameters, and whether they agree."""
    row: dict[str, Any] = {}
    for source, estimates in measured.items():
        estimate = estimates[source, statistic]
        size = matters(statistic, estimate)
        turned = effect(*_scaled(statistic, estimate), statistic.null * statistic.scale, statistic.direction, size)
        row |= dict(zip((source, f"{source}_low", f"{source}_high"), _scaled(statistic, estimate), strict=True))
        row |= {f"{source}_matters": size, **_standardised(source, turned, statistic)}
        judged = judge(turned, estimate.doubts)
        row |= {f"{source}_verdict": judged.verdict, f"{source}_how": judged.how}
        row |= {f"{source}_by_sign": judge(turned._replace(matters=0.0), estimate.doubts).verdict}
        row |= {f"{source}_doubts": "; ".join(estimate.doubts)}
    return {**row, "verdict": agreed(str(row[f"{source}_verdict"]) for source in (DEFAULT, POSTERIOR))}


def matters(statistic: Statistic, estimate: Estimate) -> float:
    """The smallest effect that matters, in the unit of the statistic's text."""
    if statistic.of == ABSOLUTE:
        return statistic.matters
    of = estimate.level if statistic.of == LEVEL else estimate.spread
    return statistic.matters * of * statistic.scale


def _scaled(statistic: Statistic, estimate: Estimate) -> tuple[float, float, float]:
    value, low, high = (statistic.scale * part for part in (estimate.value, estimate.low, estimate.high))
    return value, low, high


def _standardised(source: str, turned: Effect, statistic: Statistic) -> dict[str, float]:
    """The effect as claimed in multiples of what matters, for one axis for all; a bound that is kept to is at 1."""
    unit = turned.matters or statistic.width * statistic.scale or float("nan")
    start = 0.0 if statistic.matters else 1.0
    ends = (turned.value, turned.low, turned.high)
    return {f"{source}_effect{part}": start + end / unit for part, end in zip(("", "_low", "_high"), ends, strict=True)}
