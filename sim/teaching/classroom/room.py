"""A room: what its teacher and its students can do, each action checked, written to the journal, and then done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.basics.limits import InputError
from sim.store.provenance import version
from sim.teaching.classroom import rules
from sim.teaching.classroom.clock import Presence
from sim.teaching.classroom.identity import cleaned, hashed, matches, new_secret, typed
from sim.teaching.classroom.journal import Journal, JournalError
from sim.teaching.classroom.settings import Settings
from sim.teaching.classroom.state import Line, State, Student
from sim.teaching.seats.orders import checked

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.teaching.seats.briefing import Briefing
    from sim.teaching.seats.table import SeatedWorld

OPENING = {"at", "do", "code", "key", "settings", "version"}
"""What the first line of a journal has."""


class Room:
    """One class.

    Parameters
    ----------
    opening : dict
        The first line of its journal.
    journal : Journal
        Where whatever happens is written before it counts.
    now : float
        Seconds since the epoch.
    scenario : Scenario, optional
        What the opening's settings resolve to, where somebody has resolved them already; it takes a while.

    Attributes
    ----------
    state : State
        To be read; only actions change it.
    scenario : Scenario
        What the tables play.
    version : str
        Of the program that opened the room.
    deleted : bool
        Whether it has been removed; nothing can be done in it any more.

    Raises
    ------
    InputError, ScenarioError
        If the opening is none.
    """

    scenario: Scenario

    def __init__(self, opening: Line, journal: Journal, now: float, scenario: Scenario | None = None) -> None:
        if set(opening) != OPENING or opening["do"] != "open" or typed(str(opening["code"])) != opening["code"]:
            raise JournalError("the first line opens no room")
        rules.check_time(opening["at"], 0.0)
        rules.check_hash(opening["key"])
        settings = Settings.read(opening["settings"])
        self.scenario = settings.resolved() if scenario is None else scenario
        self.state = State.opened(opening, self.scenario.months)
        self.version = str(opening["version"])
        self.presence = Presence(now)
        self.deleted = False
        self._journal = journal
        self._tables: dict[int, SeatedWorld] = {}
        self._briefings: dict[tuple[int, str], tuple[int, Briefing]] = {}

    @classmethod
    def open(
        cls, code: str, settings: Settings, journal: Journal, now: float, scenario: Scenario | None = None
    ) -> tuple[Room, str]:
        """Open a room; the teacher's key is told here, and never again.

        Raises
        ------
        InputError, ScenarioError
            If the settings name no scenario or doctrine.
        """
        key = new_secret()
        opening = {"at": now, "do": "open", "code": code, "key": hashed(code, key), "version": version()}
        line = {**opening, "settings": settings.written()}
        room = cls(line, journal, now, scenario)
        journal.begin(line)
        return room, key

    @classmethod
    def resumed(cls, journal: Journal, now: float) -> tuple[Room, bool]:
        """A room from its journal, as it was; and whether the journal's last line was torn.

        Raises
        ------
        InputError, ScenarioError
            If the journal is damaged.
        """
        lines, torn = journal.read()
        if not lines:
            raise JournalError(f"{journal.path}: is empty")
        room = cls(lines[0], journal, now)
        for number, line in enumerate(lines[1:], start=2):
            try:
                rules.check(room.state, line)
            except InputError as error:
                raise JournalError(f"{journal.path} line {number}: {error}") from None
            room.state.change(line)
        return room, torn

    # ---- who is who

    @property
    def code(self) -> str:
        """What students type."""
        return self.state.code

    def teaches(self, secret: str) -> bool:
        """Whether a secret makes its bearer the teacher."""
        return any(matches(self.code, secret, key) for key in self.state.keys)

    def knows(self, secret: str) -> bool:
        """Whether its bearer is the teacher, or a student who was not taken out."""
        return hashed(self.code, secret) in self.state.keys or self.student(secret) is not None

    @property
    def joined(self) -> bool:
        """Whether anybody ever joined."""
        return bool(self.state.students)

    def student(self, token: str) -> Student | None:
        """The student with this token, unless he has been taken out."""
        key = hashed(self.code, token)
        found = [student for student in self.state.students if student.key == key and not student.dismissed]
        return found[0] if found else None

    # ---- what students do

    def join(self, name: Any, now: float, token: str | None = None) -> str:
        """Let somebody in; the token by which he is known from now on is the one given, or a new one."""
        token = new_secret() if token is None else token
        self._do(now, "join", name=cleaned(name), key=hashed(self.code, token))
        return token

    def take(self, token: str, table: int, seat: str, now: float) -> None:
        """Sit down at a table, counted from 0; a seat that one had becomes free."""
        self._do(now, "take", student=self._known(token), table=table, seat=seat)

    def leave(self, token: str, now: float) -> None:
        """Leave one's seat; its doctrine plays on."""
        self._do(now, "leave", student=self._known(token))

    def order(self, token: str, orders: Mapping[str, Any], now: float) -> None:
        """Give orders for this month; what is left out is left to the doctrine, and others may replace them."""
        student = self._known(token)
        seat = self.state.students[student].seat
        self._do(now, "order", student=student, orders=checked(seat, orders) if seat else dict(orders))

    def withdraw(self, token: str, now: float) -> None:
        """Take back this month's orders."""
        self._do(now, "withdraw", student=self._known(token))

    # ---- what the teacher does

    def admit(self, secret: str, now: float) -> None:
        """Make the bearer of another secret the teacher too."""
        if not self.teaches(secret):
            self._do(now, "teacher", key=hashed(self.code, secret))

    def new_key(self, now: float) -> str:
        """Another teacher's key, for another device."""
        key = new_secret()
        self._do(now, "teacher", key=hashed(self.code, key))
        return key

    def run(self, now: float) -> None:
        """Begin, or go on after a pause."""
        self._do(now, "run", on=True)

    def pause(self, now: float) -> None:
        """Stop the clocks; orders can be given, but no month ends by itself."""
        self._do(now, "run", on=False)

    def advance(self, table: int, now: float) -> None:
        """End the month of a table with the orders that are there; doctrines play the other seats."""
        rules.check(self.state, self._line(now, "month", table=table))
        lived = self.table(table)
        lived.play(self.state.groups[table].orders)
        try:
            self._do(now, "month", table=table)
        except BaseException:
            del self._tables[table]  # it is ahead of the journal, and will be lived through again
            raise

    def add_tables(self, count: int, now: float) -> None:
        """Put more tables into the room."""
        self._do(now, "tables", count=count)

    def free(self, student: int, now: float) -> None:
        """Free the seat of a student, who may sit down again."""
        self._do(now, "leave", student=student)

    def dismiss(self, student: int, now: float) -> None:
        """Take a student out of the room."""
        self._do(now, "dismiss", student=student)

    def close_door(self, closed: bool, now: float) -> None:
        """Let nobody new in, or let them in again; whoever is in the room already can come and go."""
        self._do(now, "door", on=closed)

    def reveal(self, shown: bool, now: float) -> None:
        """Let students see the debrief and what the others believed, or no longer."""
        self._do(now, "reveal", on=shown)

    def end(self, now: float) -> None:
        """Close the class: nothing is played any more, and everything is shown."""
        self._do(now, "end")

    def wake(self, now: float) -> None:
        """After a restart of the server give every open month its whole time again."""
        if self.state.stopped is None and not self.state.ended:
            self._do(now, "awake")

    # ---- the worlds

    def table(self, number: int) -> SeatedWorld:
        """The world of a table after the months that are over; lived through when it is first asked for."""
        if number not in self._tables:
            self._tables[number] = self.relived(number)
        return self._tables[number]

    def briefing(self, number: int, seat: str) -> Briefing:
        """What a seat of a table knows now; worked out once a month."""
        from sim.teaching.seats.briefing import briefing

        table, place = self.table(number), (number, seat)
        if place not in self._briefings or self._briefings[place][0] != table.elapsed:
            self._briefings[place] = (table.elapsed, briefing(table, seat))
        return self._briefings[place][1]

    def relived(self, number: int) -> SeatedWorld:
        """A table's world, lived through anew; takes some milliseconds a month."""
        from sim.teaching.seats.table import SeatedWorld

        settings, months = self.state.settings, list(self.state.groups[number].months)
        return SeatedWorld(self.scenario, settings.seed, settings.world(number), months)

    def keep(self, number: int, lived: SeatedWorld) -> None:
        """Take over a world that was lived through elsewhere, unless the table has gone on meanwhile."""
        if number not in self._tables and lived.months == self.state.groups[number].months:
            self._tables[number] = lived

    def _known(self, token: str) -> int:
        student = self.student(token)
        if student is None:
            raise InputError("you are not in this room; join it first")
        return student.number

    def _line(self, now: float, do: str, **what: Any) -> Line:
        """A line; clocks that were set back do not turn back time in a room."""
        return {"at": max(now, self.state.touched), "do": do, **what}

    def _do(self, now: float, do: str, **what: Any) -> None:
        if self.deleted:
            raise InputError("this room has been deleted")
        line = self._line(now, do, **what)
        rules.check(self.state, line)
        self._journal.append(line)
        self.state.change(line)
