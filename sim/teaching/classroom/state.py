"""The state of a room, and how each line of its journal changes it; what may happen is said by `rules`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sim.teaching.classroom.settings import Settings
from sim.teaching.seats.orders import Orders

Line = dict[str, Any]
"""One thing that happened: `at`, seconds since the epoch; `do`, what; and what belongs to it."""


@dataclass
class Student:
    """Somebody who joined; `key` is the hash of a secret, and numbers count from 0."""

    number: int
    name: str
    key: str
    table: int | None = None
    seat: str | None = None
    moves: int = 0
    dismissed: bool = False


@dataclass
class Group:
    """Those at one table: who sits where, what is ordered for this month, and what was in the months before.

    Attributes
    ----------
    number : int
        Of the table, counted from 0.
    sitters : dict of str to int
        Numbers of students by seat.
    orders : dict of str to Orders
        Given for the month that is open.
    changes : dict of int to int
        How often each student gave or took back orders in this month.
    months : list of dict of str to Orders
        Orders of the months that are over, as `sim.teaching.seats.table.SeatedWorld` wants them.
    players : list of dict of str to int
        Who gave them, by seat; a doctrine played the seats that are missing.
    opened : float
        When the clock of this month began; pauses of the room are added.
    """

    number: int
    opened: float
    sitters: dict[str, int] = field(default_factory=dict)
    orders: dict[str, Orders] = field(default_factory=dict)
    changes: dict[int, int] = field(default_factory=dict)
    months: list[dict[str, Orders]] = field(default_factory=list)
    players: list[dict[str, int]] = field(default_factory=list)


@dataclass
class State:
    """All that is known of a room.

    Attributes
    ----------
    code : str
        What students type.
    settings : Settings
    months : int
        Months that a table plays.
    keys : list of str
        Hashes of the secrets that make their bearer the teacher.
    stopped : float, optional
        Since when the clocks stand; None while they run. A room opens with its clocks standing.
    begun, shown, closed, ended : bool
        Whether the teacher has let the clocks run once, whether students see all, whether nobody new is let in, and
        whether the class is over.
    touched : float
        When the last thing happened.
    """

    code: str
    settings: Settings
    months: int
    keys: list[str]
    stopped: float | None
    touched: float
    students: list[Student] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    begun: bool = False
    shown: bool = False
    closed: bool = False
    ended: bool = False

    @classmethod
    def opened(cls, line: Line, months: int) -> State:
        """The state of a room after the first line of its journal."""
        at, settings = line["at"], Settings.read(line["settings"])
        groups = [Group(number, at) for number in range(settings.tables)]
        return cls(line["code"], settings, months, [line["key"]], stopped=at, touched=at, groups=groups)

    def change(self, line: Line) -> None:
        """Let a line happen that the rules allow."""
        CHANGES[line["do"]](self, line)
        self.touched = line["at"]

    def over(self, table: int) -> bool:
        """Whether a table has played its last month."""
        return len(self.groups[table].months) >= self.months

    def seat(self, student: Student) -> Group | None:
        """The group that a student sits with."""
        return None if student.table is None else self.groups[student.table]

    def clock(self, at: float) -> float:
        """Where the clocks are."""
        return at if self.stopped is None else self.stopped


def _teacher(state: State, line: Line) -> None:
    state.keys.append(line["key"])


def _join(state: State, line: Line) -> None:
    state.students.append(Student(len(state.students), line["name"], line["key"]))


def _take(state: State, line: Line) -> None:
    student = state.students[line["student"]]
    _stand_up(state, student)
    group = state.groups[line["table"]]
    if not group.sitters:
        group.opened = state.clock(line["at"])
    group.sitters[line["seat"]] = student.number
    student.table, student.seat = group.number, line["seat"]
    student.moves += 1


def _leave(state: State, line: Line) -> None:
    _stand_up(state, state.students[line["student"]])


def _dismiss(state: State, line: Line) -> None:
    student = state.students[line["student"]]
    _stand_up(state, student)
    student.dismissed = True


def _stand_up(state: State, student: Student) -> None:
    """Free a student's seat; what was ordered from it for this month is taken back."""
    group = state.seat(student)
    if group is not None and student.seat is not None:
        del group.sitters[student.seat]
        group.orders.pop(student.seat, None)
    student.table = student.seat = None


def _order(state: State, line: Line) -> None:
    group, seat = _changed(state, line)
    group.orders[seat] = dict(line["orders"])


def _withdraw(state: State, line: Line) -> None:
    group, seat = _changed(state, line)
    del group.orders[seat]


def _changed(state: State, line: Line) -> tuple[Group, str]:
    student = state.students[line["student"]]
    group = state.seat(student)
    assert group is not None, "the rules let nobody order who sits nowhere"
    assert student.seat is not None, "a table goes with a seat"
    group.changes[student.number] = group.changes.get(student.number, 0) + 1
    return group, student.seat


def _month(state: State, line: Line) -> None:
    group = state.groups[line["table"]]
    group.months.append(group.orders)
    group.players.append({seat: group.sitters[seat] for seat in group.orders})
    group.orders, group.changes, group.opened = {}, {}, state.clock(line["at"])


def _run(state: State, line: Line) -> None:
    if not line["on"]:
        state.stopped = line["at"]
        return
    assert state.stopped is not None, "only what stands can be set going"
    for group in state.groups:
        group.opened += line["at"] - state.stopped
    state.stopped, state.begun = None, True


def _awake(state: State, line: Line) -> None:
    """After a restart of the server every open month has its whole time again."""
    for group in state.groups:
        group.opened = line["at"]


def _tables(state: State, line: Line) -> None:
    first = len(state.groups)
    new = range(first, first + line["count"])
    state.groups.extend(Group(number, state.clock(line["at"])) for number in new)


def _reveal(state: State, line: Line) -> None:
    state.shown = line["on"]


def _door(state: State, line: Line) -> None:
    state.closed = line["on"]


def _end(state: State, line: Line) -> None:
    state.ended, state.shown = True, True
    if state.stopped is None:
        state.stopped = line["at"]


CHANGES: dict[str, Callable[[State, Line], None]] = {
    "teacher": _teacher,
    "join": _join,
    "take": _take,
    "leave": _leave,
    "dismiss": _dismiss,
    "order": _order,
    "withdraw": _withdraw,
    "month": _month,
    "run": _run,
    "awake": _awake,
    "tables": _tables,
    "reveal": _reveal,
    "door": _door,
    "end": _end,
}
"""What each kind of line does."""
