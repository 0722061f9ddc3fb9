"""A table of a user's own against what is known already: what cannot be beside it is a mistake, what is odd is a doubt.

What is known is the record that ships and what she added before. A mistake stops the table: a bloc given in two ways, a
sum or a step of the line far beyond any so far, a roll call counted anew. A doubt is told with its numbers, and the
table is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from sim.basics.labels import listed
from sim.basics.months import month_after, month_number
from sim.record import columns
from sim.record.own.cells import Value
from sim.record.own.layout import MOST_MONEY, Row, TableLayout, bloc_of
from sim.record.own.shipped import shipped_row

MONEY = ("military", "financial", "humanitarian", "instrument")
FAR_BEYOND, BEYOND = 10.0, 2.0
"""Times its largest month so far: more is not taken from a donor, or asked about."""
LARGE, NOTABLE = 5.0, 0.1
"""EUR bn below which a donor's month is taken whatever it gave before, and below which nothing is asked."""
STEPS_BEYOND, STEPS_ODD = 2.0, 3.0
"""Times the largest step of the line in any month, which none is beyond; and of the months around, which is asked."""
AROUND = 12
"""Months before and after a step of the line that it is compared with."""
RECOUNTED = 20
"""Votes by which a clerk's count may differ from the one that is known."""
MOST_NAMED = 5
"""Lines that a message names one by one."""


class Earlier(NamedTuple):
    """A row that she added before: the file that it is in, its line there, the number of the addition, its rows."""

    row: Row
    path: Path
    line: int
    number: int
    rows: int


class Given(NamedTuple):
    """A row of the table that is read, and its line."""

    line: int
    row: Row


Complaint = tuple[int, str, str]
"""A line, a column, and what is wrong there."""


def mistakes(table: TableLayout, given: Sequence[Given], earlier: Sequence[Earlier]) -> Iterator[Complaint]:
    """What cannot be, beside what is known: line, column, the rule and what to do."""
    if table.given is not None:
        yield from _counted_twice(table.given, given, earlier)
    yield from MISTAKES[table.name](table, given, earlier)


def doubts(table: TableLayout, given: Sequence[Given], earlier: Sequence[Earlier]) -> Iterator[str]:
    """What is odd beside what is known, with the numbers, of rows that say something new."""
    yield from DOUBTS[table.name](table, given, earlier)


# ---- aid


def _counted_twice(
    way_of: Callable[[Row], tuple[tuple[Value, ...], str]], given: Sequence[Given], earlier: Sequence[Earlier]
) -> Iterator[Complaint]:
    """What was given whole is not given in parts later, nor the other way round."""
    before: dict[tuple[Value, ...], list[Earlier]] = {}
    for item in earlier:
        before.setdefault(way_of(item.row)[0], []).append(item)
    for line, row in given:
        whole, way = way_of(row)
        there = [item for item in before.get(whole, ()) if way_of(item.row)[1] != way]
        if there:
            name, other = " ".join(map(str, whole)), way_of(there[0].row)[1]
            yield (
                line,
                "donor",
                (
                    f"{name} is given {way} here and {other} in {_places(there)}, which would count it twice; "
                    f"leave the row out here, or {_taken_out(there)}"
                ),
            )


def _places(items: Sequence[Earlier]) -> str:
    """Where rows are: a file and its lines."""
    return listed([f"{path.name} line {lines}" for path, lines in _by_file(items)])


def _taken_out(items: Sequence[Earlier]) -> str:
    """How to take rows back, and nothing else: by their lines, or the addition if it has no others."""
    rows = {item.path: item for item in items}
    ways = []
    for path, lines in _by_file(items):
        alone = rows[path].rows == sum(item.path == path for item in items)
        ways.append(f"doctrine record remove {rows[path].number}" if alone else f"delete line {lines} of {path}")
    return " and ".join(ways)


def _by_file(items: Sequence[Earlier]) -> Iterator[tuple[Path, str]]:
    for path in dict.fromkeys(item.path for item in items):
        lines = sorted(item.line for item in items if item.path == path)
        more = [f"{len(lines) - MOST_NAMED} more"] if len(lines) > MOST_NAMED else []
        yield path, listed([*map(str, lines[:MOST_NAMED]), *more])


def _too_much(_: TableLayout, given: Sequence[Given], earlier: Sequence[Earlier]) -> Iterator[Complaint]:
    """Sums that no donor gives in a month."""
    mine = _by_donor(earlier)
    for line, row in given:
        total, (largest, when) = _total(row), _largest_so_far(row, mine)
        column = max(MONEY, key=lambda name: _number(row.get(name)))
        much = f"{MOST_MONEY:g}" if total > MOST_MONEY else ""
        if not much and total > max(LARGE, FAR_BEYOND * largest):
            much = f"{FAR_BEYOND:g} times its largest month"
        if much:
            sum_ = f"makes {total:,.4g} EUR bn with the rest of its row, more than {much}"
            yield line, column, f"{sum_}; {_asked(row, largest, when)}"


def _much(_: TableLayout, given: Sequence[Given], earlier: Sequence[Earlier]) -> Iterator[str]:
    mine = _by_donor(earlier)
    for line, row in given:
        total, (largest, when) = _total(row), _largest_so_far(row, mine)
        if total > max(NOTABLE, BEYOND * largest):
            yield f"line {line}: {row['month']}, {row['donor']}: {total:,.4g} EUR bn; {_asked(row, largest, when)}"


def _asked(row: Row, largest: float, when: str) -> str:
    so_far = f"the most that {row['donor']} gave so far is {largest:,.3g} in {when}" if when else "it never gave so far"
    return f"{so_far}; is it in the unit of its column?"


def _total(row: Row) -> float:
    return sum(_number(row.get(name)) for name in MONEY)


def _number(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _by_donor(earlier: Sequence[Earlier]) -> dict[str, dict[str, float]]:
    """What she says that each donor gave, by month."""
    found: dict[str, dict[str, float]] = {}
    for row in (item.row for item in earlier):
        found.setdefault(str(row["donor"]), {})[str(row["month"])] = _total(row)
    return found


def _largest_so_far(row: Row, mine: dict[str, dict[str, float]]) -> tuple[float, str]:
    """The largest month of a donor, this one aside, and which it was."""
    donor = str(row["donor"])
    gave = _given_by(donor) | mine.get(donor, {})
    return max(((total, when) for when, total in gave.items() if when != row["month"]), default=(0.0, ""))


@cache
def _given_by(donor: str) -> dict[str, float]:
    """What a donor or a bloc gave each month, as it ships."""
    whole = donor == bloc_of(donor)
    shipped = columns("aid" if whole else "aid_by_donor")
    names, months = shipped["bloc" if whole else "donor"], shipped["month"]
    sums = zip(*(shipped[name] for name in MONEY), strict=True)
    return {
        month: sum(float(text or 0.0) for text in texts)
        for name, month, texts in zip(names, months, sums, strict=True)
        if name == donor
    }


# ---- the line


class Step(NamedTuple):
    """From one month of the line to the next that is known."""

    first: str
    last: str
    was: float
    becomes: float

    @property
    def monthly(self) -> float:
        """By how much it changed, a month."""
        return abs(self.becomes - self.was) / (month_number(self.last) - month_number(self.first))

    def __str__(self) -> str:
        return f"from {self.was:,.0f} km2 in {self.first} to {self.becomes:,.0f} in {self.last}"


def _leaps(_: TableLayout, given: Sequence[Given], earlier: Sequence[Earlier]) -> Iterator[Complaint]:
    """Steps of the line that no army makes."""
    most = max(step.monthly for step in _steps(_line()))
    for line, step in _her_steps(given, earlier):
        if step.monthly > STEPS_BEYOND * most:
            yield (
                line,
                "held",
                (
                    f"goes {step}, more than {STEPS_BEYOND:g} times the {most:,.0f} of the largest month; "
                    "correct the one that is wrong"
                ),
            )


def _odd_steps(_: TableLayout, given: Sequence[Given], earlier: Sequence[Earlier]) -> Iterator[str]:
    shipped = _steps(_line())
    for line, step in _her_steps(given, earlier):
        first, last = month_after(step.first, -AROUND), month_after(step.last, AROUND)
        most = max((one.monthly for one in shipped if first <= one.first and one.last <= last), default=None)
        if most is not None and step.monthly > STEPS_ODD * most:
            moved = f"{step.monthly:,.0f} km2 a month, and {most:,.0f} at most in the months around"
            yield f"line {line}: {step}: {moved}; is it right?"


def _her_steps(given: Sequence[Given], earlier: Sequence[Earlier]) -> Iterator[tuple[int, Step]]:
    """The steps that a table of hers makes or changes, each with the line of its later month, or of its first."""
    lines = {str(row["month"]): line for line, row in given}
    rows = [*(item.row for item in earlier), *(item.row for item in given)]
    mine = {str(row["month"]): _number(row["held"]) for row in rows}
    for step in _steps(_line() | mine):
        line = lines.get(step.last) or lines.get(step.first)
        if line is not None:
            yield line, step


def _steps(line: dict[str, float]) -> list[Step]:
    months = sorted(line)
    return [Step(one, other, line[one], line[other]) for one, other in pairwise(months)]


@cache
def _line() -> dict[str, float]:
    """The line as it ships."""
    shipped = columns("territory")
    return {month: float(held) for month, held in zip(shipped["month"], shipped["held_km2"], strict=True)}


# ---- votes


def _recounted(table: TableLayout, given: Sequence[Given], _: Sequence[Earlier]) -> Iterator[Complaint]:
    """A roll call that ships has its day and its count; a clerk corrects a few votes at most."""
    for line, row in given:
        shipped = shipped_row(table, row)
        if shipped is None:
            continue
        if row["date"] != shipped["date"]:
            day = f"is {row['date']}, and {row['vote']} ships with {shipped['date']}"
            yield line, "date", f"{day}; correct it, or the number of the roll call"
        elif _moved(row, shipped):
            counts = f"is {_count(row)}, and {row['vote']} ships as {_count(shipped)}"
            yield line, "yea", f"{counts}; correct it, or the number of the roll call"


def _recounted_by_her(table: TableLayout, given: Sequence[Given], earlier: Sequence[Earlier]) -> Iterator[str]:
    before = {table.keys_of(item.row)[0]: item for item in earlier}
    for line, row in given:
        item = before.get(table.keys_of(row)[0])
        if item is not None and _moved(row, item.row):
            counts = f"was {_count(item.row)}, and is {_count(row)} now"
            yield f"line {line}: {row['vote']} {counts}; is it the same roll call?"


def _moved(row: Row, other: Row) -> bool:
    return any(abs(_number(row[side]) - _number(other[side])) > RECOUNTED for side in ("yea", "nay"))


def _count(row: Row) -> str:
    return f"{row['yea']} to {row['nay']}"


# ---- events


def _of_two(table: TableLayout, given: Sequence[Given], earlier: Sequence[Earlier]) -> Iterator[Complaint]:
    """An event whose name is that of one and whose words are those of another would leave both."""
    before = {key: item for item in earlier for key in table.keys_of(item.row)}
    for line, row in given:
        found = {(item.path, item.line): item for key in table.keys_of(row) if (item := before.get(key)) is not None}
        if len(found) > 1:
            items = list(found.values())
            two = f"is of one event, and the words are of another: {_places(items)}"
            yield line, "id", f"{two}; leave out the id, or {_taken_out(items[-1:])}"


def _told_again(table: TableLayout, given: Sequence[Given], earlier: Sequence[Earlier]) -> Iterator[str]:
    """Events of one day and kind that share who did it: perhaps one in other words."""
    there: dict[tuple[Value, Value], list[tuple[Row, str, str]]] = {}

    def put(row: Row, where: str, remedy: str) -> None:
        there.setdefault((row["date"], row["category"]), []).append((row, where, remedy))

    names = ("id", "date", "category", "actors", "event")
    shipped = columns("events")
    for texts in zip(*(shipped[name] for name in names), strict=True):
        row: Row = dict(zip(names, texts, strict=True))
        put(row, "which ships", f"give it the id {row['id']}, and it counts in its place")
    for item in earlier:
        name = item.row.get("id")
        remedy = f"give it the id {name}, and its words are corrected" if name else _taken_out([item])
        put(item.row, f"in {_places([item])}", remedy)
    for line, row in given:
        keys = table.keys_of(row)
        for other, where, remedy in there.get((row["date"], row["category"]), ()):
            apart = where != "which ships" and row.get("id") is not None and other.get("id") is not None
            if not apart and _who(row) & _who(other) and not set(keys) & set(table.keys_of(other)):
                told = f"line {line}: {row['date']}, {row['event']}: may repeat '{other['event']}' {where}"
                yield f"{told}, of the same day, kind and actors; if it does, {remedy}"
                break
        put(row, f"on line {line}", "leave one out; if not, give each an id")


def _who(row: Row) -> set[str]:
    return set(str(row["actors"]).split("; "))


Check = Callable[[TableLayout, Sequence[Given], Sequence[Earlier]], Iterable[Complaint]]
Question = Callable[[TableLayout, Sequence[Given], Sequence[Earlier]], Iterable[str]]
MISTAKES: dict[str, Check] = {"aid": _too_much, "line": _leaps, "votes": _recounted, "events": _of_two}
DOUBTS: dict[str, Question] = {"aid": _much, "line": _odd_steps, "votes": _recounted_by_her, "events": _told_again}
