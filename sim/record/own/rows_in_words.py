"""Rows of a user's own in words: which months, what was revised, what is not known in full."""

from __future__ import annotations

from collections.abc import Iterable

from sim.basics.mistakes import count
from sim.record import columns
from sim.record.own import layout
from sim.record.own.additions import Change
from sim.record.own.layout import Row, TableLayout
from sim.record.own.shipped import shipped_row

NOTHING = "–"
MOST_TOLD = 10
"""Revisions that are told one by one."""
EUROPE = {"europe_bilateral": "European countries", "eu_institutions": "EU institutions"}


def month_of(row: Row) -> str:
    """The month that a row is of."""
    return str(row.get("month") or row["date"])[: len("2026-01")]


def span_of(months: Iterable[str]) -> str:
    """Months in few words: how many there are, from the first to the last.

    >>> span_of(["2026-01", "2026-03", "2026-02"]), span_of(["2026-01"]), span_of([])
    ('3 months, 2026-01 to 2026-03', '2026-01', '–')
    """
    ordered = sorted(set(months))
    if len(ordered) < 2:  # noqa: PLR2004 -- one month needs no span
        return "".join(ordered) or NOTHING
    return f"{count(len(ordered), 'month')}, {ordered[0]} to {ordered[-1]}"


def revision(table: TableLayout, before: Row, after: Row) -> tuple[str, str]:
    """The cells in which two rows differ, as they were and as they are."""
    names = [column.name for column in table.columns if before.get(column.name) != after.get(column.name)]
    was, now = (
        ", ".join(f"{name} {NOTHING if row.get(name) is None else row[name]}" for name in names)
        for row in (before, after)
    )
    return was, now


def named(table: TableLayout, row: Row) -> str:
    """A row by its key."""
    return ", ".join(map(str, table.key_of(row)))


def change_in_words(found: Change) -> list[str]:
    """What a file brings: a line that sums it up, then what to know of it."""
    table = found.table
    rows = count(len(found.new) + len(found.revised) + found.same, "row")
    if not found.rows:
        return [f"{table.name}, {rows}; all of it is known already, nothing to add"]
    told = [f"{table.name}, {rows}, {span_of(map(month_of, found.rows))}"]
    parts = [(len(found.new), "new"), (len(found.revised), "revised"), (found.same, "known already")]
    told += [", ".join(f"{number} {what}" for number, what in parts if number)]
    for row, known in found.revised[:MOST_TOLD]:
        was, now = revision(table, known.row, row)
        told += [f"{named(table, row)}: {now}; was {was}, added {known.addition.date}"]
    if more := len(found.revised[MOST_TOLD:]):
        told += [f"and {more:,} more revised"]
    doubts = found.doubts[:MOST_TOLD]
    if more := len(found.doubts[MOST_TOLD:]):
        doubts += [f"and {count(more, 'more question')}"]
    return told + doubts + _in_place(table, found.rows) + _parts(found)


def _parts(found: Change) -> list[str]:
    """Which months of aid are known in part."""
    return not_whole([*found.before, *found.rows]) if found.table.name == "aid" else []


def _in_place(table: TableLayout, rows: list[Row]) -> list[str]:
    """Rows that stand in place of what ships, each beside it."""
    beside = [row for row in rows if _ships(table, row)]
    if not beside:
        return []
    told = [f"{count(len(beside), 'row')} in place of what the shipped record says"]
    for row in beside[:MOST_TOLD]:
        shipped = shipped_row(table, row)
        was, now = ("", "") if shipped is None else revision(table, shipped, row)
        if shipped is None:
            told += [f"{named(table, row)}: the shipped record has nothing of it in this month"]
        else:
            told += [f"{named(table, row)}: {now}; ships as {was}" if was else f"{named(table, row)}: as it ships"]
    more = len(beside[MOST_TOLD:])
    return [*told, f"and {count(more, 'more row')} in its place"] if more else told


def _ships(table: TableLayout, row: Row) -> bool:
    """Whether the shipped record has something in this place."""
    if table.name in ("aid", "line"):
        return month_of(row) <= max(columns("aid" if table.name == "aid" else "territory")["month"])
    return shipped_row(table, row) is not None


def not_whole(rows: Iterable[Row]) -> list[str]:
    """Say for which months after the shipped record one part of Europe's aid is known and the other is not."""
    last = max(columns("aid")["month"])
    blocs: dict[str, set[str]] = {}
    for row in rows:
        blocs.setdefault(month_of(row), set()).add(layout.bloc_of(str(row["donor"])))
    return [
        f"{month}: the aid of {EUROPE[bloc]} is not known, so that Europe's is not drawn"
        for month, given in sorted(blocs.items())
        for bloc in EUROPE
        if month > last and given & set(EUROPE) and bloc not in given
    ]
