"""What months of conduct come to: counts and means by kind of evidence, whatever the order of the months.

Every summary is a sum or a mean over months of what each month shows, some of it next to what the month before showed
(an answer to a refusal comes a month later). The order in which months are taken in makes no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from sim.arrays import Array
from sim.questions.conduct import Coded

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
