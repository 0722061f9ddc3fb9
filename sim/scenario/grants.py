"""Money of dated events: what is granted in a month and in whose name, and what an end of the calendar cuts off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.basics.mistakes import count
from sim.basics.months import month_after, month_number

if TYPE_CHECKING:
    from sim.scenario.tables import Event, MoneyEvent

A_CENT = 0.01
DONOR_NAMES = {
    "us": "the United States",
    "europe": "Europe",
    "eu": "the EU",
    "eu_institutions": "the EU",
    "germany": "Germany",
    "united_kingdom": "the United Kingdom",
    "nordics": "the Nordic countries",
    "benelux": "Benelux",
    "france": "France",
    "poland": "Poland",
    "baltics": "the Baltic states",
    "southern": "Southern Europe",
    "others": "other European donors",
}
"""Donors of events as they stand in a sentence."""


class Grant(NamedTuple):
    """What is granted in a month, EUR bn, and how much of it is arms."""

    amount: float
    arms: float


def money(events: Iterable[Event]) -> list[MoneyEvent]:
    """Those of the events that are money."""
    return [event for event in events if event.kind != "crisis"]


def due(events: Iterable[Event], donor: str, month: str) -> Grant:
    """What events grant in a month in the name of one donor."""
    parts = [(part(event, month), event.arms) for event in money(events) if event.donor == donor]
    return Grant(sum(amount for amount, _ in parts), sum(amount * arms for amount, arms in parts))


def part(event: MoneyEvent, month: str) -> float:
    """What an event grants in a month, EUR bn: the same in each of its months."""
    passed = month_number(month) - month_number(event.month)
    return event.amount / event.months if 0 <= passed < event.months else 0.0


def last_month(event: MoneyEvent) -> str:
    """The month in which the last part is granted."""
    return month_after(event.month, event.months - 1)


def cut_off(event: MoneyEvent, last: str) -> float:
    """What an event would grant after the last month of a scenario, EUR bn: no world ever sees it."""
    after = month_number(last_month(event)) - month_number(last)
    return event.amount * min(max(after, 0), event.months) / event.months


def cut_short(events: Iterable[Event], last: str) -> list[str]:
    """A sentence on each event of money that the last month of a scenario cuts short."""
    lost = [(event, cut_off(event, last)) for event in money(events)]
    return [
        f"of the {sum_of(event)} from {event.month} on, {euros(rest)} would be granted after the end, {last}, "
        "and are in no world"
        for event, rest in lost
        if rest
    ]


def still_to_come(event: MoneyEvent, start: str) -> dict[str, Any] | None:
    """The parts of an event that are granted from a later start on, as keys of its table; None if it is not cut."""
    left = event.months - (month_number(start) - month_number(event.month))
    if not 0 < left < event.months:
        return None
    return {"month": start, "months": left, "amount": event.amount * left / event.months}


def sum_of(event: MoneyEvent) -> str:
    """How much and from whom: `EUR 45 bn from the EU`."""
    return f"{euros(event.amount)} from {DONOR_NAMES[event.donor]}"


def money_in_words(event: MoneyEvent) -> str:
    """An event of money in words: `EUR 45 bn from the EU over 12 months, 60 % of it arms: a loan`."""
    time = f"over {count(event.months, 'month')}" if event.months > 1 else "at once"
    arms = f"{100.0 * event.arms:.0f} % of it arms" if event.arms else "none of it arms"
    return f"{sum_of(event)} {time}, {arms}{note_on(event)}"


def note_on(event: Any) -> str:
    """What an event stands for, behind a colon, if its scenario says."""
    return f": {event.note}" if event.note else ""


def euros(amount: float) -> str:
    """A sum with no more decimals than it needs, two at most unless it would vanish."""
    shown = f"{amount:,.2f}".rstrip("0").rstrip(".") if amount >= A_CENT else f"{amount:.1g}"
    return f"EUR {shown} bn"
