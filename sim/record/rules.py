"""Rules that every row of a coded table obeys, and the cells that break them, by line and column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd

FIRST_LINE = 2
"""Line of the first row in the file: the first line names the columns."""
FIRST_DAY, LAST_DAY = pd.Timestamp("2022-01-01"), pd.Timestamp("2025-12-31")
"""The days of the record."""


class Rule(NamedTuple):
    """What must hold of a column: for each row, whether it does."""

    column: str
    text: str
    """What must hold, as one who is to mend it reads it."""
    holds: Callable[[pd.DataFrame], pd.Series[bool]]


def each(column: str, text: str, holds: Callable[[Any], bool]) -> Rule:
    """Rule that is asked row by row: `holds` gets a row, its cells by name."""
    return Rule(column, text, lambda rows: pd.Series([holds(row) for row in rows.itertuples()], index=rows.index))


def one_of(column: str, allowed: Iterable[str]) -> Rule:
    """Rule that each cell of a column is one of these."""
    names = list(allowed)
    return Rule(column, f"must be one of {', '.join(names)}", lambda rows: rows[column].isin(names))


def within_record(column: str) -> Rule:
    """Rule that each date of a column, where there is one, lies in the record."""
    text = f"must be a day from {FIRST_DAY:%Y-%m-%d} to {LAST_DAY:%Y-%m-%d}"
    return Rule(column, text, lambda rows: rows[column].isna() | rows[column].between(FIRST_DAY, LAST_DAY))


def filled(column: str) -> Rule:
    """Rule that no cell of a column is empty."""
    return Rule(column, "must not be empty", lambda rows: rows[column].notna())


def unique(column: str) -> Rule:
    """Rule that no two rows have the same name."""
    return Rule(column, "must not be used twice", lambda rows: ~rows[column].duplicated())


def broken(name: str, rows: pd.DataFrame, rules: Sequence[Rule]) -> list[str]:
    """The cells of a table that break a rule, in the order of the rules.

    Parameters
    ----------
    name : str
        Name of the table, for the messages.
    rows : pandas.DataFrame
        The table as `sim.record.tables.read` gives it, in the order of its file.
    rules : sequence of Rule
        What must hold.

    Returns
    -------
    list of str
        A sentence a cell with its line, column, rule and what stands there; empty if all rules are obeyed.

    Examples
    --------
    >>> broken("votes", pd.DataFrame({"pro": ["yea", "perhaps"]}), [one_of("pro", ("yea", "nay"))])
    ["votes line 3, pro: must be one of yea, nay; got 'perhaps'"]
    """
    return [
        f"{name} line {line + FIRST_LINE}, {rule.column}: {rule.text}; got {shown(rows[rule.column].iloc[line])}"
        for rule, line in breaches(rows, rules)
    ]


def breaches(rows: pd.DataFrame, rules: Sequence[Rule]) -> Iterator[tuple[Rule, int]]:
    """Each rule that is broken, and the row that breaks it, counted from 0; in the order of the rules."""
    for rule in rules:
        yield from ((rule, place) for place, good in enumerate(rule.holds(rows)) if not good)


def shown(cell: object) -> str:
    """A cell as an error names it."""
    if cell is None or cell != cell or cell is pd.NaT:  # a NaN is not itself
        return "nothing"
    return (
        f"{cell:%Y-%m-%d}" if isinstance(cell, pd.Timestamp) else repr(cell) if isinstance(cell, str) else f"{cell:g}"
    )
