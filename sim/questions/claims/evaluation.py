"""The table of `doctrine claims`: every statistic of every claim under both sets of parameters, and the verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.basics.arrays import Array
from sim.basics.limits import InputError
from sim.basics.mistakes import shown, unknown
from sim.ensemble import Ensemble
from sim.questions.claims import prior_sets, turning
from sim.questions.claims.all_claims import CLAIMS
from sim.questions.claims.claim import ABSOLUTE, EITHER, LESS, LEVEL, MORE, Claim, Statistic
from sim.questions.claims.judgement import Effect, agreed, combined, effect, judge
from sim.questions.claims.measures import POSTERIOR, PRIOR, SOURCES, UNSEEN, Lived, Measured, Need
from sim.questions.claims.prior_sets import PriorSets
from sim.questions.claims.readings import Change, Reading, lived
from sim.questions.claims.turning import Flags
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


def evaluated(
    claims: Sequence[Claim], ensemble: Ensemble, change: Change | None = None, over_prior: bool = True
) -> pd.DataFrame:
    """Measure and judge.

    Parameters
    ----------
    claims : sequence of Claim
        Which.
    ensemble : Ensemble
        Which worlds, each variant.
    change : callable, optional
        Done to every scenario before it is run, such as a mechanism switched off.
    over_prior : bool
        Whether the shares of prior sets are wanted; they are missing if not.

    Returns
    -------
    pandas.DataFrame
        One row a statistic. Of each set of parameters, `default` and `posterior`: the value and its interval in the
        unit of the text (`default`, `default_low`, `default_high`), the smallest effect that matters (`_matters`), the
        effect as claimed in multiples of it (`_effect`, `_effect_low`, `_effect_high`), `_verdict` and `_how`, and
        `_by_sign`, the verdict if any size mattered. Then `built_in`, whether it `decides`, the commands that make the
        row and show the contrast, and the verdicts on the whole claim, `claim_by_sign` as if any size mattered. Of the
        prior: `prior_share`, the share of sets in which the statistic comes out in the claimed direction and of a size
        that matters, and `claim_prior_share`, in which all that decide do, both missing for a claim that needs no
        worlds but the record; where that `turns`, the parameter, `turns_at` and `turns_above`, whether it holds above
        or below, and `turns_right`, how well that tells sets that were left out.
    """
    needed = _needs(claims)
    worlds = {source: Lived(source, ensemble, lived(needed, SOURCES[source], ensemble, change)) for source in SOURCES}
    sets = prior_sets.prior_sets(ensemble)
    asked = [claim for claim in claims if over_prior and _needs([claim])]
    everywhere = lived(_needs(asked), sets, sets.ensemble(ensemble), change)
    in_sets = [_of_set(everywhere, ensemble, sets.places(nth), sets.worlds) for nth in range(len(sets.points))]
    rows = []
    for claim in claims:
        holds = {one.name: _holds(one, in_sets) if claim in asked else None for one in claim.statistics}
        mine = [{**_about(claim, statistic, ensemble), **_told(statistic, worlds)} for statistic in claim.statistics]
        verdicts = _whole(claim, mine, "verdict")
        whole: dict[str, Any] = {f"claim_{source}": verdict for source, verdict in verdicts.items()}
        whole |= {
            "claim_verdict": agreed(verdicts.values()),
            "claim_by_sign": agreed(_whole(claim, mine, "by_sign").values()),
        }
        deciding = [found for name in claim.decisive if (found := holds[name]) is not None]
        whole["claim_prior_share"] = float(np.all(deciding, axis=0).mean()) if deciding else float("nan")
        rows += [{**row, **_over_prior(holds[row["statistic"]], sets), **whole} for row in mine]
    return pd.DataFrame(rows)


def _needs(claims: Iterable[Claim]) -> list[Need]:
    return [need for claim in claims for statistic in claim.statistics for need in statistic.measure.needs]


def _whole(claim: Claim, rows: list[dict[str, Any]], column: str) -> dict[str, str]:
    """The verdict on a claim by set of parameters."""
    deciding = [row for row in rows if row["decides"]]
    return {
        source: combined([str(row[f"{source}_{column}"]) for row in deciding], claim.refuted_by) for source in SOURCES
    }


def _of_set(everywhere: Mapping[Need, Array], ensemble: Ensemble, places: slice, worlds: int) -> Lived:
    """The worlds of one set of the prior; intervals are not asked for."""
    return Lived(PRIOR, ensemble.of(worlds), {need: values[places] for need, values in everywhere.items()}, ends=False)


def _holds(statistic: Statistic, in_sets: Sequence[Lived]) -> Flags:
    """In which sets of the prior a statistic comes out in the claimed direction and of a size that matters."""
    return np.array([_as_claimed(statistic, statistic.measure.estimate(lived_in)) for lived_in in in_sets])


def _as_claimed(statistic: Statistic, estimate: Measured) -> bool:
    """Whether the mere value is as claimed; no interval is asked for."""
    size = matters(statistic, estimate)
    found = effect(*_scaled(statistic, estimate), statistic.null * statistic.scale, statistic.direction, size).value
    return bool(found >= size and found > 0.0)


def _over_prior(holds: Flags | None, sets: PriorSets) -> dict[str, Any]:
    """The share of sets in which something holds, and where that turns."""
    turn = None if holds is None else turning.turning(sets.names, sets.points, holds)
    return {
        "prior_share": float("nan") if holds is None else float(holds.mean()),
        "turns": turn.name if turn else "",
        "turns_at": turn.value if turn else float("nan"),
        "turns_above": ("above" if turn.above else "below") if turn else "",
        "turns_right": turn.right if turn else float("nan"),
    }


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
    few = [(variant, Reading(variable, "sum")) for variant in variants[:FEW] for variable in STAMPED]
    sets = prior_sets.sets_of_prior(seed, 1, stamps.WORLDS)
    for (variant, reading), values in lived(few, sets, Ensemble(stamps.WORLDS, seed)).items():
        numbers[f"{variant.label} {PRIOR} {reading.variable}"] = values
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
        "decides": statistic.decides,
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
