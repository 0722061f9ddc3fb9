"""What was done each month, by whom, under two codings, from the dated events: `python -m sim.record.conduct`.

The table `conduct_monthly` has a row a month and observable. `formal` counts formal acts: what was decided, signed,
announced or refused in form. `upkeep` counts what was done and kept up, whatever its form. Which coding an event counts
under, its row in `events` says; what a month comes to follows from the events by the rules of `OBSERVED`, none of it by
hand. What is not in `events` counts as not having happened.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from typing import Any, NamedTuple

import pandas as pd

from sim import record
from sim.record import tables
from sim.record.event_rules import CODINGS, named

FIRST_MONTH = "2022-02"
CONTACTS = ("talks", "call", "summit", "mediation")
"""Kinds of events at which an end of the war is talked about."""
WASHINGTON = {"US", "US Congress"}
EUROPE = {"EU"}
Event = Any
"""A row of the table `events`, its cells by name."""


class Month(NamedTuple):
    """What counts in a month under a coding: the events of the month, and all that reach into it or past its end."""

    of: list[Event]
    """Dated in the month, in order."""
    lasting: list[Event]
    """Begun by the month's end and ended in it or later; agreements without an end never end."""
    last_day: pd.Timestamp
    coding: str


class Observed(NamedTuple):
    """Something that a month shows: whose conduct it is, and how it follows from events.

    `found` gives the value and the events that it rests on.
    """

    actor: str
    text: str
    found: Callable[[Month], tuple[int, list[Event]]]


def _flag(events: list[Event]) -> tuple[int, list[Event]]:
    return int(bool(events)), events


def _of(category: str, by: str | None = None) -> Callable[[Month], tuple[int, list[Event]]]:
    """1 if an event of a category is dated in the month, done by somebody if asked."""
    return lambda month: _flag([e for e in month.of if e.category == category and by in (None, named(e.actors)[0])])


def _in_force(category: str, scope: str | None = None) -> Callable[[Month], tuple[int, list[Event]]]:
    """1 if something of a category lasts beyond the month's end."""
    return lambda month: _flag(
        [
            e
            for e in month.lasting
            if e.category == category and scope in (None, e.scope) and not e.until <= month.last_day
        ]
    )


def _held_up(month: Month) -> tuple[int, list[Event]]:
    """1 if a government holds up money or sanctions at some time of the month."""
    return _flag([e for e in month.lasting if e.category == "veto" and e.scope in ("money", "sanctions")])


def _sanctions(whose: set[str]) -> Callable[[Month], tuple[int, list[Event]]]:
    """1 if measures are tightened in the month, else -1 if eased or at its end without upkeep, else 0."""

    def found(month: Month) -> tuple[int, list[Event]]:
        acts = [e for e in month.of if e.category == "sanctions" and whose & set(named(e.actors))]
        tightened = [e for e in acts if e.scope == "tighten"]
        lapsed = [
            e
            for e in month.lasting
            if e.scope == "lapse" and whose & set(named(e.actors)) and month.last_day <= e.until
        ]
        loosened = [e for e in acts if e.scope == "ease"] + lapsed
        return (1, tightened) if tightened else (-1, loosened) if loosened else (0, [])

    return found


def _posture(month: Month) -> tuple[int, list[Event]]:
    moved = [e for e in month.of if e.category == "posture"]
    return (1 if moved[-1].scope == "raised" else -1, moved) if moved else (0, [])


def _talks(month: Month) -> tuple[int, list[Event]]:
    """1 if Washington, or Moscow and Kyiv in one room, talked about an end of the war."""
    return _flag([e for e in month.of if e.category in CONTACTS and ("US" in named(e.actors) or e.direct_contact == 1)])


def _met(month: Month) -> tuple[int, list[Event]]:
    """1 if Moscow and Kyiv talked in one room."""
    return _flag([e for e in month.of if e.category in CONTACTS and e.direct_contact == 1])


def _first(month: Month) -> tuple[int, list[Event]]:
    """In a month of talks, 1 if Washington was with Moscow first, else -1; by upkeep, if with Moscow more often.

    Where it was as often with either, the first contact decides; where with nobody, Moscow was not first.
    """
    talked, met = _talks(month)
    contacts = [e for e in month.of if e.category in CONTACTS and "US" in named(e.actors)]
    if not talked:
        return 0, []
    moscow = [e for e in contacts if "RU" in named(e.actors)]
    first = bool(moscow) and contacts[0] is moscow[0]
    if month.coding == "upkeep" and 2 * len(moscow) != len(contacts):
        return (1 if 2 * len(moscow) > len(contacts) else -1), contacts
    return (1 if first else -1), contacts[:1] or met


def _refused(by: str, offers: dict[str, Event]) -> Callable[[Month], tuple[int, list[Event]]]:
    """1 if a side refuses what Washington proposed or backed."""
    return lambda month: _flag(
        [e for e in month.of if e.category == "refusal" and named(e.actors)[0] == by and _backed(offers.get(e.about))]
    )


def _backed(offer: Event | None) -> bool:
    """Whether Washington proposed or backed an offer; not one of which nothing is known."""
    return offer is not None and "US" in named(offer.actors)


def observed(offers: dict[str, Event]) -> dict[str, Observed]:
    """Everything that a month shows, but for money, by name.

    Parameters
    ----------
    offers : dict of str to event
        Events by id, to look up what is answered.
    """
    return {
        "aid_stopped": Observed("US", "deliveries are stopped by decision", _of("aid_pause", "US")),
        "intelligence_cut": Observed("US", "sharing is cut by decision", _of("intelligence_pause", "US")),
        "sanctions": Observed("US", "American measures: eased -1, tightened 1", _sanctions(WASHINGTON)),
        "sanctions_europe": Observed("EU", "European measures: eased -1, tightened 1", _sanctions(EUROPE)),
        "veto_europe": Observed("EU", "one government holds up money or sanctions", _held_up),
        "posture": Observed("US", "forces in Europe: lowered -1, raised 1", _posture),
        "talks": Observed("US", "Washington, or Moscow with Kyiv, talks about an end of the war", _talks),
        "first_contact": Observed("US", "in a month of talks: Moscow 1, allies -1", _first),
        "met": Observed("RU; UA", "Moscow and Kyiv talk in one room", _met),
        "package_tabled": Observed("all", "terms of peace are tabled", _of("package")),
        "truce_offered": Observed("all", "a halt of fire is proposed", _of("truce_offer")),
        "ukraine_refused": Observed("UA", "refuses what Washington proposed or backed", _refused("UA", offers)),
        "russia_refused": Observed("RU", "refuses what Washington proposed or backed", _refused("RU", offers)),
        "prisoners_exchanged": Observed("RU; UA", "prisoners are exchanged", _of("prisoner_exchange")),
        "aid_bill": Observed("US Congress", "money asked for is not law at the month's end", _in_force("aid_request")),
        "settled": Observed("RU; UA", "a settlement is in force", _in_force("agreement", "settlement")),
    }


def monthly(events: pd.DataFrame | None = None, only: Collection[str] = ()) -> pd.DataFrame:
    """Code every month from the invasion to that of the last event.

    Parameters
    ----------
    events : pandas.DataFrame, optional
        Dated events in the layout of the table `events`; that table if None.
    only : collection of str
        Observables by name; all of them if none is named.

    Returns
    -------
    pandas.DataFrame
        `month, observable, actor, formal, upkeep, events`: -1, 0 or 1 under either coding, and the ids of the events
        that these rest on.
    """
    rows = record.events() if events is None else events
    every: list[Event] = list(rows.itertuples(index=False))
    spans = [str(month) for month in pd.period_range(FIRST_MONTH, rows["date"].max(), freq="M")]
    found: list[dict[str, Any]] = []
    for name, one in observed({event.id: event for event in every}).items():
        if only and name not in only:
            continue
        for month in spans:
            values, why = {}, []
            for coding in CODINGS:
                values[coding], used = one.found(_counted(every, month, coding))
                why += [event.id for event in used]
            ids = "; ".join(dict.fromkeys(why))
            found.append({"month": month, "observable": name, "actor": one.actor, **values, "events": ids})
    return pd.DataFrame(found)


def _counted(every: list[Event], month: str, coding: str) -> Month:
    """The events that count in a month under a coding."""
    span = pd.Period(month, "M")
    first, last = span.start_time, span.end_time.normalize()
    counted = [event for event in every if getattr(event, coding) == 1 and event.date <= last]
    return Month(
        [event for event in counted if event.date >= first],
        [
            event
            for event in counted
            if event.until >= first or (event.category == "agreement" and pd.isna(event.until))
        ],
        last,
        coding,
    )


def main() -> None:
    """Write the table and show the observables by month."""
    frame = monthly()
    path = tables.write("conduct_monthly", frame)
    wide = frame.pivot(index="month", columns="observable", values="formal")
    sys.stdout.write(f"wrote {path.name}\n\n{wide[list(dict.fromkeys(frame['observable']))].to_string()}\n")


if __name__ == "__main__":
    main()
