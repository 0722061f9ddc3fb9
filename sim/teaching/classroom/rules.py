"""What may happen in a room: every line is held to these rules before it is written, and again when it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.basics.limits import InputError
from sim.basics.mistakes import clipped, count, shown, unknown
from sim.teaching.classroom.bounds import MOST_CHANGES, MOST_MOVES, MOST_STUDENTS, MOST_TABLES, MOST_TEACHERS
from sim.teaching.classroom.identity import alike, cleaned
from sim.teaching.classroom.state import Group, Line, State, Student
from sim.teaching.seats.orders import checked

HASH_LENGTH = 64
LATEST = 253_402_300_799.0
"""The last second of the year 9999, in seconds since the epoch: no clock shows more."""


def check(state: State, line: Line) -> None:
    """Hold a line to the rules.

    Raises
    ------
    InputError
        If it may not happen; then nothing has.
    """
    do, at = line.get("do"), line.get("at")
    if not isinstance(do, str) or do not in RULES:
        raise InputError(f"do: {unknown('action', do, RULES)}")
    check_time(at, state.touched)
    known, rule = RULES[do]
    if set(line) != {"do", "at", *known}:
        raise InputError(f"{do}: must have {', '.join(known) or 'nothing else'}")
    rule(state, line)


def check_time(at: Any, before: float) -> None:
    """Hold a time to its order.

    Raises
    ------
    InputError
        If it is none, lies before what happened before it, or beyond any clock.
    """
    # Compared and not converted: a whole number may be too large to be a float, and no comparison holds for NaN.
    if isinstance(at, bool) or not isinstance(at, int | float) or not before <= at <= LATEST:
        raise InputError(f"at: must be a time not before the last one, got {shown(at)}")


def check_hash(key: Any) -> None:
    """Hold what is kept of a secret to its form.

    Raises
    ------
    InputError
        If it is no hash.
    """
    if not isinstance(key, str) or len(key) != HASH_LENGTH or not key.isascii():
        raise InputError(f"key: must be a hash, got {shown(key)}")


def _teacher(state: State, line: Line) -> None:
    check_hash(line["key"])
    if len(state.keys) > MOST_TEACHERS:
        raise InputError(f"this room has been opened by its teacher in {MOST_TEACHERS} browsers; use one of them")


def _join(state: State, line: Line) -> None:
    _going_on(state)
    check_hash(line["key"])
    name = cleaned(line["name"])
    if name != line["name"]:
        raise InputError("name: must be in its composed form")
    _not_joined(state, line["key"])
    if state.closed:
        raise InputError("your teacher has closed the door of this room; ask to be let in")
    present = [student for student in state.students if not student.dismissed]
    if any(alike(student.name) == alike(name) for student in present):
        raise InputError(f"name: {clipped(name)} is in this room already; add a letter so that you can be told apart")
    if len(present) >= MOST_STUDENTS or len(state.students) >= 2 * MOST_STUDENTS:
        raise InputError(f"this room is full: it has {count(len(present), 'student')}")


def _not_joined(state: State, key: str) -> None:
    for student in state.students:
        if student.key == key:
            raise InputError(
                "your teacher has taken you out of this room"
                if student.dismissed
                else f"you are in this room already, as {clipped(student.name)}"
            )


def _take(state: State, line: Line) -> None:
    student, group = _acting(state, line), _group(state, line["table"])
    seat, seats = line["seat"], state.settings.seats
    if seat not in seats:
        raise InputError(unknown("seat", seat, seats))
    if group.sitters.get(seat) == student.number:
        raise InputError("you sit there already")
    if seat in group.sitters:
        raise InputError("that seat has just been taken; choose another")
    if state.over(group.number):
        raise InputError(f"table {group.number + 1} has played its last month")
    if student.moves >= MOST_MOVES:
        raise InputError(f"you have changed seats {MOST_MOVES} times; stay where you are, or ask your teacher")


def _leave(state: State, line: Line) -> None:
    if _student(state, line["student"]).table is None:
        raise InputError("you have no seat to leave")


def _dismiss(state: State, line: Line) -> None:
    if _student(state, line["student"]).dismissed:
        raise InputError("this student has been taken out already")


def _order(state: State, line: Line) -> None:
    group, seat = _deciding(state, line)
    if checked(seat, line["orders"] if isinstance(line["orders"], dict) else {"": 0.0}) != line["orders"]:
        raise InputError("orders: must have the exact values of their choices")
    if group.changes.get(line["student"], 0) >= MOST_CHANGES:
        raise InputError(f"you have changed your orders {MOST_CHANGES} times this month; they stand now")


def _withdraw(state: State, line: Line) -> None:
    group, seat = _deciding(state, line)
    if seat not in group.orders:
        raise InputError("there are no orders to take back")
    if group.changes.get(line["student"], 0) >= MOST_CHANGES:
        raise InputError(f"you have changed your orders {MOST_CHANGES} times this month; they stand now")


def _deciding(state: State, line: Line) -> tuple[Group, str]:
    """The group and the seat that somebody orders for."""
    student = _acting(state, line)
    group = state.seat(student)
    if group is None or student.seat is None:
        raise InputError("take a seat first")
    if state.over(group.number):
        raise InputError(f"table {group.number + 1} has played its last month")
    return group, student.seat


def _month(state: State, line: Line) -> None:
    _going_on(state)
    group = _group(state, line["table"])
    if state.over(group.number):
        raise InputError(f"table {group.number + 1} has played its last month")


def _run(state: State, line: Line) -> None:
    _going_on(state)
    if _flag(line) == (state.stopped is None):
        raise InputError("the class is running already" if line["on"] else "the class is paused already")


def _awake(state: State, line: Line) -> None:
    _going_on(state)
    if state.stopped is not None:
        raise InputError("the clocks stand")


def _tables(state: State, line: Line) -> None:
    _going_on(state)
    number, have = line["count"], len(state.groups)
    if type(number) is not int or number < 1:
        raise InputError(f"tables: must be a whole number from 1, got {shown(number)}")
    if have + number > MOST_TABLES:
        raise InputError(f"tables: a room has at most {MOST_TABLES}, and this one has {have}")


def _reveal(state: State, line: Line) -> None:
    if _flag(line) == state.shown:
        raise InputError("everything is shown already" if state.shown else "nothing is shown yet")


def _door(state: State, line: Line) -> None:
    _going_on(state)
    if _flag(line) == state.closed:
        raise InputError("the door is closed already" if state.closed else "the door is open already")


def _end(state: State, line: Line) -> None:
    _going_on(state)


# ---- what several rules ask


def _going_on(state: State) -> None:
    if state.ended:
        raise InputError("this class is over")


def _acting(state: State, line: Line) -> Student:
    """A student who may still act."""
    _going_on(state)
    return _student(state, line["student"])


def _student(state: State, number: Any) -> Student:
    if type(number) is not int or not 0 <= number < len(state.students):
        raise InputError(f"student: there is no {shown(number)}")
    if state.students[number].dismissed:
        raise InputError("your teacher has taken you out of this room")
    return state.students[number]


def _group(state: State, number: Any) -> Group:
    if type(number) is not int or not 0 <= number < len(state.groups):
        raise InputError(f"table: must be a number from 1 to {len(state.groups)}")
    return state.groups[number]


def _flag(line: Line) -> bool:
    if not isinstance(line["on"], bool):
        raise InputError(f"on: must be true or false, got {shown(line['on'])}")
    return line["on"]


RULES: dict[str, tuple[tuple[str, ...], Callable[[State, Line], None]]] = {
    "teacher": (("key",), _teacher),
    "join": (("name", "key"), _join),
    "take": (("student", "table", "seat"), _take),
    "leave": (("student",), _leave),
    "dismiss": (("student",), _dismiss),
    "order": (("student", "orders"), _order),
    "withdraw": (("student",), _withdraw),
    "month": (("table",), _month),
    "run": (("on",), _run),
    "awake": ((), _awake),
    "tables": (("count",), _tables),
    "reveal": (("on",), _reveal),
    "door": (("on",), _door),
    "end": ((), _end),
}
"""By kind of line: what it has besides `at` and `do`, and its rule."""
