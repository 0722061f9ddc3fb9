"""Any life of a room: nobody in two seats, no order but the holder's, and the journal gives the same room again."""

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from sim.basics.limits import InputError
from sim.teaching.classroom.clock import due, waiting
from sim.teaching.classroom.journal import Journal
from sim.teaching.classroom.room import Room
from sim.teaching.classroom.rooms import Rooms
from sim.teaching.classroom.settings import Settings

PEOPLE = st.integers(0, 5)
SEATS = ("us", "ukraine", "russia")
ORDERS = {"us": {"aid": 0.5, "talks": 1.0}, "ukraine": {"effort": 1.25}, "russia": {"effort": 0.5}}


class Life(RuleBasedStateMachine):
    """Students and a teacher who do anything in any order, and a server that is stopped now and then."""

    @initialize(clock=st.sampled_from([None, 30]), shared=st.booleans())
    def open(self, clock, shared):
        self.folder = tempfile.TemporaryDirectory()
        self.now, self.tokens = 0.0, []
        self.rooms = Rooms(Path(self.folder.name), self.now)
        chosen = Settings(tables=2, clock=clock, months=2, seats=SEATS, shared=shared)
        self.room, self.key = self.rooms.open(chosen, self.now)

    def teardown(self):
        if hasattr(self, "rooms"):
            self.rooms.close()
            self.folder.cleanup()

    @rule(seconds=st.floats(0.1, 40.0))
    def wait(self, seconds):
        self.now += seconds
        for table in due(self.room, self.now):
            group = self.room.state.groups[table]
            late = waiting(self.room, table, self.now)
            assert not late or self.room.state.clock(self.now) - group.opened >= self.room.state.settings.clock
            self.room.advance(table, self.now)

    @rule(name=st.sampled_from(["Anna", "anna", "Bob", "<i>", "\u202e", "", "🙂", "Carla"]))
    def join(self, name):
        with suppress(InputError):
            self.tokens.append(self.room.join(name, self.now))

    @rule(who=PEOPLE, table=st.integers(-1, 2), seat=st.sampled_from([*SEATS, "europe"]))
    def take(self, who, table, seat):
        self.attempt(lambda token: self.room.take(token, table, seat, self.now), who)

    @rule(who=PEOPLE)
    def leave(self, who):
        self.attempt(lambda token: self.room.leave(token, self.now), who)

    @rule(who=PEOPLE, seat=st.sampled_from(SEATS))
    def order(self, who, seat):
        """Orders for a seat that may or may not be one's own."""
        before = self.orders()
        student = self.attempt(lambda token: self.room.order(token, ORDERS[seat], self.now), who)
        changed = {place for place, given in self.orders().items() if before.get(place) != given}
        assert changed <= ({(student.table, student.seat)} if student else set())

    @rule(who=PEOPLE)
    def withdraw(self, who):
        self.attempt(lambda token: self.room.withdraw(token, self.now), who)

    @rule(who=PEOPLE, here=st.booleans())
    def come_or_go(self, who, here):
        student = self.student(who)
        if student:
            seat = student.table, student.seat
            self.room.presence.arrived(student.number) if here else self.room.presence.left(student.number, self.now)
            assert (student.table, student.seat) == seat

    @rule(
        act=st.sampled_from(["run", "pause", "advance", "reveal", "hide", "dismiss", "free", "tables", "door"]),
        who=PEOPLE,
    )
    def teach(self, act, who):
        actions = {
            "run": lambda: self.room.run(self.now),
            "pause": lambda: self.room.pause(self.now),
            "advance": lambda: self.room.advance(who, self.now),
            "reveal": lambda: self.room.reveal(True, self.now),
            "hide": lambda: self.room.reveal(False, self.now),
            "dismiss": lambda: self.room.dismiss(who, self.now),
            "free": lambda: self.room.free(who, self.now),
            "door": lambda: self.room.close_door(not self.room.state.closed, self.now),
            "tables": lambda: self.room.add_tables(1, self.now),
        }
        with suppress(InputError):
            actions[act]()

    @rule()
    def restart(self):
        """The server is killed and started; clocks begin their months anew, and nothing else changes."""
        before = self.room.state
        self.rooms.close()
        self.rooms = Rooms(Path(self.folder.name), self.now)
        assert not self.rooms.notes
        self.room = self.rooms.find(before.code)
        for group, old in zip(self.room.state.groups, before.groups, strict=True):
            old.opened = group.opened
        before.touched = self.room.state.touched
        assert self.room.state == before

    @invariant()
    def nobody_sits_twice(self):
        if hasattr(self, "room"):
            sitters = [who for group in self.room.state.groups for who in group.sitters.values()]
            assert len(sitters) == len(set(sitters))
            for group in self.room.state.groups:
                for seat, who in group.sitters.items():
                    student = self.room.state.students[who]
                    assert (student.table, student.seat, student.dismissed) == (group.number, seat, False)

    @invariant()
    def orders_lie_before_seats_that_are_taken(self):
        if hasattr(self, "room"):
            for group in self.room.state.groups:
                assert group.orders.keys() <= group.sitters.keys()
                assert len(group.players) == len(group.months) <= self.room.state.months
                for names, months in zip(group.players, group.months, strict=True):
                    assert names.keys() == months.keys()

    @invariant()
    def the_journal_gives_the_same_room(self):
        if hasattr(self, "room"):
            again, torn = Room.resumed(Journal(self.rooms.folder / f"{self.room.code}.jsonl"), self.now)
            assert not torn
            assert again.state == self.room.state
            assert again.teaches(self.key)
            for group in self.room.state.groups:
                if group.months:
                    assert again.table(group.number).series == self.room.table(group.number).series

    def orders(self):
        return {(group.number, seat): given for group in self.room.state.groups for seat, given in group.orders.items()}

    def student(self, who):
        return self.room.student(self.tokens[who]) if who < len(self.tokens) else None

    def attempt(self, action, who):
        student = self.student(who)
        with suppress(InputError):
            action(self.tokens[who] if who < len(self.tokens) else "nobody")
        return student


@pytest.mark.usefixtures("cheap")
def test_any_life_of_a_room():
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Life, settings=settings(max_examples=30, stateful_step_count=30, deadline=None, suppress_health_check=checks)
    )


def test_a_short_life_with_real_worlds():
    """The worlds themselves are lived through again to the same numbers."""
    run_state_machine_as_test(
        Life,
        settings=settings(max_examples=6, stateful_step_count=40, deadline=None, derandomize=True),
    )
