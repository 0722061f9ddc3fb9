"""Conduct by month: the simulator's paths and the dated record in one coding, so that they can be compared.

What a month shows is coded by the same rules on both sides. A simulated month is coded from what the model records;
an observed month was coded by hand, by the rules in `docs/questions/infer.md`, in the table `conduct_monthly`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from sim.arrays import Array, Mask
from sim.draws import Draws
from sim.questions.labels import month_text
from sim.world.settlement import Refusal

PLAIN = "value"
YES_NO, DIRECTION, MONEY = "0 or 1", "-1, 0 or 1", "EUR bn"
SILENT_BELOW = 0.5
"""Uniforms under which a month of talks that was misread into being is taken for one with Moscow first."""
THREE = 3


class Observable(NamedTuple):
    """Something that a month shows: what it can be, how it is called, and what it is."""

    values: str
    short: str
    label: str


OBSERVABLES = {
    "us_allocation": Observable(MONEY, "American money", "New American money, loans by others' money left out"),
    "europe_contribution": Observable(MONEY, "European money", "European contributions"),
    "aid_stopped": Observable(YES_NO, "Stops of aid", "Aid is stopped, having been wanted the month before"),
    "intelligence_cut": Observable(YES_NO, "Cuts of intelligence", "Intelligence sharing is cut"),
    "sanctions": Observable(DIRECTION, "Sanctions", "Sanctions are eased, left or tightened"),
    "posture": Observable(DIRECTION, "Posture", "Forces in Europe are lowered, left or raised"),
    "talks": Observable(YES_NO, "Talks", "Talks are held"),
    "first_contact": Observable(DIRECTION, "Who is first", "Spoken to first: allies, nobody, Moscow"),
    "ukraine_refused": Observable(YES_NO, "Ukraine's refusals", "Ukraine refuses a proposal"),
    "russia_refused": Observable(YES_NO, "Russia's refusals", "Russia refuses a proposal"),
    "aid_bill": Observable(YES_NO, "Bills of aid", "A bill of aid waits in Congress"),
    "settled": Observable(YES_NO, "Settlement", "A settlement is in force"),
}
"""Observables by name, in the order of the table `conduct_monthly`."""
CERTAIN = ("us_allocation", "europe_contribution", "settled")
"""Observables that nobody misreads: sums that are published, and an end of the war."""
NEEDED = (
    *("us_desired", "us_allocation", "us_instrument", "europe_contribution", "sanctions", "intelligence"),
    *("nato_posture", "talks", "moscow_first", "refusal", "bill_pending", "settled"),
)
"""Monthly variables of the simulator that the coding reads."""
Coded = Mapping[str, Array]
"""Observables by name, each of shape (..., months)."""


@dataclass(frozen=True)
class Rules:
    """What counts as what in a simulated month (all judgement).

    Attributes
    ----------
    stopped_below : float
        Desired aid, share of full support, that counts as none.
    intelligence_fall : float
        Fall within a month, share of the level before, that an outsider notices as a cut.
    sanctions_step, posture_step : float
        Change within a month, on the scale 0 to 1, that counts as easing, tightening or redeployment.
    error : float
        Chance that a month is misread by whoever codes it, so that no observation is impossible.
    """

    stopped_below: float = 0.02
    intelligence_fall: float = 0.05
    sanctions_step: float = 0.02
    posture_step: float = 0.02
    error: float = 0.05

    def stretched(self, factor: float) -> Rules:
        """The same rules with every threshold, but not the error, times a factor."""
        names = ("stopped_below", "intelligence_fall", "sanctions_step", "posture_step")
        return replace(self, **{name: factor * getattr(self, name) for name in names})


def coded(paths: Mapping[str, Array], rules: Rules) -> dict[str, Array]:
    """Code simulated months.

    Parameters
    ----------
    paths : mapping of str to array (..., months + 1)
        The variables of `NEEDED`, from the month before the first that is coded.
    rules : Rules
        What counts as what.

    Returns
    -------
    dict of str to array (..., months)
        Every observable of `OBSERVABLES`.
    """
    before, now = ({n: np.asarray(paths[n], float)[..., part] for n in NEEDED} for part in (np.s_[:-1], np.s_[1:]))
    wanted, wants = before["us_desired"], now["us_desired"]
    talks, refusal = now["talks"], now["refusal"]
    return {
        "us_allocation": now["us_allocation"] - now["us_instrument"],
        "europe_contribution": now["europe_contribution"],
        "aid_stopped": _flag((wants < rules.stopped_below) & (wanted >= rules.stopped_below)),
        "intelligence_cut": _flag(now["intelligence"] < (1.0 - rules.intelligence_fall) * before["intelligence"]),
        "sanctions": _direction(now["sanctions"] - before["sanctions"], rules.sanctions_step),
        "posture": _direction(now["nato_posture"] - before["nato_posture"], rules.posture_step),
        "talks": talks,
        "first_contact": talks * (2.0 * now["moscow_first"] - 1.0),
        "ukraine_refused": _flag(np.isin(refusal, (Refusal.UKRAINE, Refusal.BOTH))),
        "russia_refused": _flag(np.isin(refusal, (Refusal.RUSSIA, Refusal.BOTH))),
        "aid_bill": now["bill_pending"],
        "settled": now["settled"],
    }


def misread(found: Coded, error: float, seed: int) -> dict[str, Array]:
    """The same months as somebody codes them who errs: each item by itself, with a chance of `error`.

    World w is misread in the same places under every doctrine. A yes or no turns into the other; a direction into one
    of the two others; who was spoken to first into the other, and a month of talks that were none into either.
    """
    worlds = found["talks"].shape[-2]
    draws = Draws(seed, 0, worlds)
    seen = {name: np.array(values) for name, values in found.items()}
    for name, (values, *_) in OBSERVABLES.items():
        if name in CERTAIN or name == "first_contact":
            continue
        wrong = _uniforms(draws, f"misread {name}", found[name].shape[-1]) < error
        other = 1.0 - seen[name] if values == YES_NO else _another(draws, name, seen[name])
        seen[name] = np.where(wrong, other, seen[name])
    seen["first_contact"] = _first(draws, found["first_contact"], seen["talks"], error)
    return seen


def recorded(months: Sequence[str], reading: Mapping[str, str] | None = None) -> dict[str, Array]:
    """The record, coded, shape (months,) each.

    Parameters
    ----------
    months : sequence of str
        "YYYY-MM", all of them in the table.
    reading : mapping of str to str, optional
        By observable, how contestable months are read: by the first coding ("value"), the second ("alternative"), or
        the "lowest" or "highest" of both; by the first if not named.

    Raises
    ------
    ValueError
        If the table has no such month.
    """
    from sim import record

    table = record.table("conduct_monthly")
    table["month"] = [month_text(month) for month in table["month"]]
    missing = sorted(set(months) - set(table["month"]))
    if missing:
        raise ValueError(f"the record of conduct has no month {', '.join(missing)}")
    other = table["alternative"].fillna(table["value"])
    readings = {
        PLAIN: table["value"],
        "alternative": other,
        "lowest": np.minimum(table["value"], other),
        "highest": np.maximum(table["value"], other),
    }
    for name, kind in (reading or {}).items():
        table["value"] = table["value"].where(table["observable"] != name, readings[kind])
    wide = table.pivot(index="month", columns="observable", values="value")
    return {name: wide.loc[list(months), name].to_numpy(dtype=float) for name in OBSERVABLES}


def contested(months: Sequence[str]) -> list[str]:
    """Observables with a second coding in any of these months, in their usual order."""
    plain, other = recorded(months), recorded(months, dict.fromkeys(OBSERVABLES, "alternative"))
    return [name for name in OBSERVABLES if not np.array_equal(plain[name], other[name])]


def covered() -> list[str]:
    """Months of the record of conduct, "YYYY-MM"."""
    from sim import record

    return sorted({month_text(month) for month in record.table("conduct_monthly")["month"]})


def _flag(what: Mask) -> Array:
    return np.asarray(what, dtype=float)


def _direction(change: Array, step: float) -> Array:
    return np.asarray((change > step) * 1.0 - (change < -step))


def _uniforms(draws: Draws, stream: str, months: int) -> Array:
    """Uniforms, shape (worlds, months)."""
    return np.stack([draws.uniform(stream, month) for month in range(months)], axis=-1)


def _another(draws: Draws, name: str, values: Array) -> Array:
    """One of the two other directions, by even chance."""
    step = np.where(_uniforms(draws, f"misread {name} as", values.shape[-1]) < SILENT_BELOW, 1.0, 2.0)
    return np.asarray((values + 1.0 + step) % THREE - 1.0)


def _first(draws: Draws, truth: Array, talks: Array, error: float) -> Array:
    """Who was spoken to first in the months that are taken for months of talks."""
    months = truth.shape[-1]
    coin = np.where(_uniforms(draws, "misread who is first from nothing", months) < SILENT_BELOW, 1.0, -1.0)
    guess = np.where(truth == 0.0, coin, truth)
    wrong = _uniforms(draws, "misread first_contact", months) < error
    return np.asarray(talks * np.where(wrong, -guess, guess))
