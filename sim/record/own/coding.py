"""Votes and events of a user's own obey the coding rules of those that ship, as far as her columns reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from sim import record
from sim.basics.labels import listed
from sim.record import event_rules, tables, vote_rules
from sim.record.own.layout import Row
from sim.record.rules import Rule, breaches, shown

BOTH = ("formal", "upkeep")
"""Codings under which an event of hers counts unless she says otherwise: most that ship count under both."""
NAMES = (
    Rule("id", event_rules.NAMED.text, lambda rows: rows["id"].isna() | event_rules.NAMED.holds(rows)),
    Rule("id", "must not be used twice", lambda rows: rows["id"].isna() | ~rows["id"].duplicated()),
)
"""What a name of hers obeys, where she gives one."""


def mistakes(table: str, rows: Sequence[Row], earlier: Sequence[Row] | None = ()) -> Iterator[tuple[int, str, str]]:
    """Cells that break a rule of coding.

    Parameters
    ----------
    table : str
        One of the user's tables; only votes and events are coded.
    rows : sequence of mapping
        What is to be added.
    earlier : sequence of mapping, optional
        Events of hers that are known already, which an answer may be about; None if that is not asked, because an
        offer may have been taken back since.

    Yields
    ------
    tuple of int, str, str
        The place of the row, the column, and the rule with what stands there and what to do.
    """
    if not rows:
        return
    rules: Sequence[Rule]
    if table == "votes":
        frame, rules = pd.DataFrame([dict(row) for row in rows]), vote_rules.CODING
    else:
        frame, rules = as_events(rows), _of_events(rows, earlier)
    for rule, place in breaches(frame, rules):
        row = frame.iloc[place]
        yield place, rule.column, f"{rule.text}, got {shown(row[rule.column])}; {_remedy(rule, row)}"


def as_events(rows: Sequence[Row]) -> pd.DataFrame:
    """Events of hers in the layout of the table `events`: what she does not say is empty, and counts under both."""
    shipped = record.events()
    given = pd.DataFrame([dict(row) for row in rows]).reindex(columns=list(shipped))
    days = {name: tables.dates(given[name]) for name in ("date", "until")}
    codes = {name: given[name].astype(float).fillna(1.0) for name in BOTH}
    return given.assign(**days, **codes).astype(shipped.dtypes.to_dict())


def _of_events(rows: Sequence[Row], earlier: Sequence[Row] | None) -> list[Rule]:
    """The rules of the columns that are there."""
    there = {name for row in rows for name, value in row.items() if value is not None}
    rules = [*event_rules.CODING, *(rule for rule in (*NAMES, *event_rules.FURTHER) if rule.column in there)]
    if "about" not in there or earlier is None:
        return rules
    known = pd.concat([record.events(), *([as_events(earlier)] if earlier else [])], ignore_index=True)

    def answered(frame: pd.DataFrame) -> pd.Series[bool]:
        both = pd.concat([known[list(frame)], frame], ignore_index=True)
        return event_rules.ANSWERED.holds(both)[len(known) :].set_axis(frame.index)

    return [*rules, Rule("about", event_rules.ANSWERED.text, answered)]


def _remedy(rule: Rule, row: Any) -> str:
    """What to do about a cell that breaks a rule."""
    column = rule.column
    if column == "says":
        can = listed(vote_rules.SAYS_BY_FOCUS[row["focus"]], "or")
        return f"write {can}, or correct the focus, {row['focus']}"
    if column == "pro":
        return f"correct it, or what the vote says, {row['says']}, or its kind, {row['kind']}"
    if column == "actors":
        if not set(event_rules.named(row["actors"])) <= set(event_rules.ACTORS):
            return f"write those of {', '.join(event_rules.ACTORS)}"
        return f"put first {listed(event_rules.CATEGORIES[row['category']].by, 'or')}, or correct the category"
    if column == "scope":
        scopes = event_rules.CATEGORIES[row["category"]].scopes
        return f"write {listed(scopes, 'or')}" if scopes else f"leave it empty: {row['category']} has none"
    return REMEDIES[column]


REMEDIES = {
    "direct_contact": "name both, or write 0",
    "id": "name each event by a name of its own, such as offer-of-march, or leave it empty",
    "until": "write the last day, or the last that you know of",
    "about": "name the offer by its id, give it one if it is yours, or leave it empty",
    "days": "leave it empty, or correct the category",
    "listed": "leave it empty, or correct the category",
    "formal": "write 1 under one of them, or leave out the row",
    "upkeep": "write 0 or 1",
}
"""What to do about a cell of a column."""
