"""Votes and events of a user's own obey the coding rules of those that ship, as far as her columns reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from sim.basics.labels import listed
from sim.record import event_rules, vote_rules
from sim.record.own.layout import Row
from sim.record.rules import breaches, shown

RULES = {"votes": vote_rules.CODING, "events": event_rules.CODING}
"""Rules by table: those that need no column that hers has not."""


def mistakes(table: str, rows: Sequence[Row]) -> Iterator[tuple[int, str, str]]:
    """Cells that break a rule of coding.

    Yields
    ------
    tuple of int, str, str
        The place of the row, the column, and the rule with what stands there and what to do.
    """
    if table in RULES and rows:
        frame = pd.DataFrame([dict(row) for row in rows])
        for rule, place in breaches(frame, RULES[table]):
            row = frame.iloc[place]
            yield place, rule.column, f"{rule.text}, got {shown(row[rule.column])}; {_remedy(rule.column, row)}"


def _remedy(column: str, row: Any) -> str:
    if column == "says":
        can = listed(vote_rules.SAYS_BY_FOCUS[row["focus"]], "or")
        return f"write {can}, or correct the focus, {row['focus']}"
    if column == "pro":
        return f"correct it, or what the vote says, {row['says']}, or its kind, {row['kind']}"
    if column == "direct_contact":
        return "name both, or write 0"
    if not set(event_rules.named(row["actors"])) <= set(event_rules.ACTORS):
        return f"write those of {', '.join(event_rules.ACTORS)}"
    return f"put first {listed(event_rules.CATEGORIES[row['category']].by, 'or')}, or correct the category"
