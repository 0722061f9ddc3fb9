"""Conduct by month: the simulator's paths and the dated record in one coding, and what the months come to.

What a month shows is coded by the same rules on both sides. A simulated month is coded from what the model records; an
observed month from the dated events, under two codings, by `sim.record.conduct`, and from the sums of the record.

Every summary is a sum or a mean over months of what each month shows, some of it next to what the month before showed
(an answer to a refusal comes a month later). The order in which months are taken in makes no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from sim import record
from sim.basics.arrays import Array, Mask
from sim.basics.draws import Draws
from sim.basics.labels import month_text
from sim.world.settlement import Refusal

FORMAL, UPKEEP = "formal", "upkeep"
"""The coding that counts, and the other one: columns of the table `conduct_monthly`."""
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
    "europe_contribution": Observable(
        MONEY, "European money", "European contributions, loans by others' money left out"
    ),
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
"""Observables by name."""
SUMS = {"us_allocation": "us_allocation_without_loan", "europe_contribution": "europe_contribution_without_loan"}
"""Observables that are sums, and the series of the record that they are."""
CERTAIN = ("us_allocation", "europe_contribution", "settled")
"""Observables that nobody misreads: sums that are published, and an end of the war."""
NEEDED = (
    *("us_desired", "us_allocation", "us_instrument", "europe_contribution", "europe_instrument"),
    *("sanctions_us_act", "sanctions_kept_up"),
    *("intelligence", "nato_posture", "talks", "moscow_first", "refusal", "bill_pending", "settled"),
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
    posture_step : float
        Change within a month, on the scale 0 to 1, that counts as redeployment.
    error : float
        Chance that a month is misread by whoever codes it, so that no observation is impossible.
    """

    stopped_below: float = 0.02
    intelligence_fall: float = 0.05
    posture_step: float = 0.02
    error: float = 0.05

    def stretched(self, factor: float) -> Rules:
        """The same rules with every threshold, but not the error, times a factor."""
        names = ("stopped_below", "intelligence_fall", "posture_step")
        return replace(self, **{name: factor * getattr(self, name) for name in names})


def coded(paths: Mapping[str, Array], rules: Rules, reading: Mapping[str, str] | None = None) -> dict[str, Array]:
    """Code simulated months.

    Sanctions are coded as the record is under the same reading: by formal acts, or by what was kept up, under which a
    month that ends without upkeep counts as eased unless an act tightened.

    Parameters
    ----------
    paths : mapping of str to array (..., months + 1)
        The variables of `NEEDED`, from the month before the first that is coded.
    rules : Rules
        What counts as what.
    reading : mapping of str to str, optional
        As in `recorded`.

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
        "europe_contribution": now["europe_contribution"] - now["europe_instrument"],
        "aid_stopped": _flag((wants < rules.stopped_below) & (wanted >= rules.stopped_below)),
        "intelligence_cut": _flag(now["intelligence"] < (1.0 - rules.intelligence_fall) * before["intelligence"]),
        "sanctions": _acts(now, (reading or {}).get("sanctions", FORMAL)),
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
        "YYYY-MM", all of them in the record of conduct.
    reading : mapping of str to str, optional
        By observable, how months are read on which the codings differ: by formal acts ("formal"), by what was kept up
        ("upkeep"), or the "lowest" or "highest" of both; by formal acts if not named.

    Raises
    ------
    ValueError
        If the record of conduct has no such month.
    """
    missing = sorted(set(months) - set(covered()))
    if missing:
        raise ValueError(f"the record of conduct has no month {', '.join(missing)}")
    table = record.table("conduct_monthly").set_index("observable")
    found = {}
    for name in OBSERVABLES:
        if name in SUMS:
            sums = _sums(name)
            found[name] = np.array([sums[month] for month in months])
            continue
        rows = table.loc[[name]]
        formal, upkeep = (rows[coding].to_numpy(float) for coding in (FORMAL, UPKEEP))
        values = _read(formal, upkeep, (reading or {}).get(name, FORMAL))
        known = dict(zip(map(month_text, rows["month"]), values, strict=True))
        found[name] = np.array([known[month] for month in months])
    return found


def _read(formal: Array, upkeep: Array, way: str) -> Array:
    """Months that two codings may differ on, read one way."""
    ways = {FORMAL: formal, UPKEEP: upkeep, "lowest": np.minimum(formal, upkeep), "highest": np.maximum(formal, upkeep)}
    return ways[way]


def _acts(now: Mapping[str, Array], way: str) -> Array:
    """What Washington did about sanctions in simulated months, read one way."""
    formal, lapsed = now["sanctions_us_act"], now["sanctions_kept_up"] == 0.0
    return _read(formal, np.where(lapsed & (formal < 1.0), -1.0, formal), way)


def _sums(name: str) -> dict[str, float]:
    """A sum by month, of the months in which it is known."""
    series = record.series()[SUMS[name]].dropna("month")
    return dict(zip(map(month_text, series["month"].to_numpy()), series.to_numpy().tolist(), strict=True))


def contested(months: Sequence[str]) -> list[str]:
    """Observables on which the codings differ in any of these months, in their usual order."""
    plain, other = recorded(months), recorded(months, dict.fromkeys(OBSERVABLES, UPKEEP))
    return [name for name in OBSERVABLES if not np.array_equal(plain[name], other[name])]


def covered() -> list[str]:
    """Months of which conduct is coded and money known, "YYYY-MM"."""
    coded = {month_text(month) for month in record.table("conduct_monthly")["month"]}
    return sorted(coded.intersection(*(_sums(name) for name in SUMS)))


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


# ---- what months come to

NO_MONEY = 0.1
"""American money under which a month counts as one without, EUR bn (judgement: rounding, and small grants)."""
OFFSET = 0.1
"""Added before a logarithm is taken of money, EUR bn."""

KINDS = {
    "money": "new American money",
    "pressure": "pauses of aid and intelligence",
    "sanctions": "sanctions",
    "posture": "posture in Europe",
    "talks": "talks held",
    "first": "who is spoken to first",
    "refusals": "who refuses",
    "answers": "answers to refusals",
    "europe": "Europe's response",
    "congress": "bills of aid",
    "settlement": "settlement",
}
"""Kinds of evidence, as a sentence calls them."""


class Summary(NamedTuple):
    """A number that months of conduct come to: its kind, its label, what it is made of, and what a month adds to it."""

    kind: str
    label: str
    uses: tuple[str, ...]
    monthly: Callable[[Coded, Coded], Array]
    mean_in_logs: bool = False


def _is(name: str, value: float) -> Callable[[Coded, Coded], Array]:
    return lambda now, _: (now[name] == value) * 1.0


def _value(name: str) -> Callable[[Coded, Coded], Array]:
    return lambda now, _: now[name]


def _pressed(now: Coded) -> Array:
    return np.maximum(now["aid_stopped"], now["intelligence_cut"])


def _answer(direction: float) -> Callable[[Coded, Coded], Array]:
    """Months in which sanctions go in a direction after Russia refused the month before."""
    return lambda now, before: before["russia_refused"] * (now["sanctions"] == direction)


PRESSED = ("ukraine_refused", "aid_stopped", "intelligence_cut")
ANSWERED = ("russia_refused", "sanctions")
SUMMARIES = {
    "months_without_money": Summary(
        "money",
        "Months without new American money",
        ("us_allocation",),
        lambda now, _: (now["us_allocation"] < NO_MONEY) * 1.0,
    ),
    "money": Summary(
        "money", "New American money a month", ("us_allocation",), _value("us_allocation"), mean_in_logs=True
    ),
    "stops": Summary("pressure", "Months in which aid is stopped", ("aid_stopped",), _value("aid_stopped")),
    "cuts": Summary(
        "pressure", "Months in which intelligence is cut", ("intelligence_cut",), _value("intelligence_cut")
    ),
    "eased": Summary("sanctions", "Months in which sanctions are eased", ("sanctions",), _is("sanctions", -1.0)),
    "tightened": Summary("sanctions", "Months in which sanctions are tightened", ("sanctions",), _is("sanctions", 1.0)),
    "withdrawals": Summary("posture", "Months in which forces leave Europe", ("posture",), _is("posture", -1.0)),
    "talks": Summary("talks", "Months with talks", ("talks",), _value("talks")),
    "moscow_first": Summary(
        "first", "Months with Moscow first less those with allies first", ("first_contact",), _value("first_contact")
    ),
    "ukraine_refused": Summary(
        "refusals", "Months in which Ukraine refuses", ("ukraine_refused",), _value("ukraine_refused")
    ),
    "russia_refused": Summary(
        "refusals", "Months in which Russia refuses", ("russia_refused",), _value("russia_refused")
    ),
    "ukraine_pressed": Summary(
        "answers",
        "Ukraine pressed the month after it refused",
        PRESSED,
        lambda now, before: before["ukraine_refused"] * _pressed(now),
    ),
    "ukraine_spared": Summary(
        "answers",
        "Ukraine not pressed the month after it refused",
        PRESSED,
        lambda now, before: before["ukraine_refused"] * (1.0 - _pressed(now)),
    ),
    "russia_pressed": Summary("answers", "Sanctions tightened the month after Russia refused", ANSWERED, _answer(1.0)),
    "russia_spared": Summary("answers", "Sanctions left the month after Russia refused", ANSWERED, _answer(0.0)),
    "russia_rewarded": Summary("answers", "Sanctions eased the month after Russia refused", ANSWERED, _answer(-1.0)),
    "europe": Summary(
        "europe",
        "European contributions a month",
        ("europe_contribution",),
        _value("europe_contribution"),
        mean_in_logs=True,
    ),
    "bills": Summary("congress", "Months in which a bill of aid waits", ("aid_bill",), _value("aid_bill")),
    "settled": Summary("settlement", "Months with a settlement in force", ("settled",), _value("settled")),
}
"""Summaries by name, in the order of the columns of `summarised`."""


def columns(kinds: Sequence[str]) -> list[int]:
    """Columns of `summarised` that belong to these kinds of evidence."""
    return [place for place, summary in enumerate(SUMMARIES.values()) if summary.kind in kinds]


def without(observable: str) -> list[int]:
    """Columns of `summarised` that do not look at an observable."""
    return [place for place, summary in enumerate(SUMMARIES.values()) if observable not in summary.uses]


def summarised(found: Coded, first: int = 1, last: int | None = None) -> Array:
    """Summaries of months `first` to `last` - 1, shape (..., summaries).

    Parameters
    ----------
    found : mapping of str to array (..., months)
        Coded months; the one before `first` is looked at for what is answered in `first`.
    first : int
        Place of the first month, 1 or more.
    last : int, optional
        Place after the last month; the end if None.

    Raises
    ------
    ValueError
        If there is no month before the first, or none at all.
    """
    months = found["talks"].shape[-1]
    last = months if last is None else last
    if not 1 <= first < last <= months:
        raise ValueError(f"months must be from 1 to {months - 1} and at least one, got {first} to {last - 1}")
    now = {name: values[..., first:last] for name, values in found.items()}
    before = {name: values[..., first - 1 : last - 1] for name, values in found.items()}
    return np.stack([_total(summary, now, before) for summary in SUMMARIES.values()], axis=-1)


def _total(summary: Summary, now: Coded, before: Coded) -> Array:
    monthly = np.asarray(summary.monthly(now, before), dtype=float)
    if summary.mean_in_logs:
        return np.asarray(np.log(monthly.mean(axis=-1) + OFFSET))
    return np.asarray(monthly.sum(axis=-1))
