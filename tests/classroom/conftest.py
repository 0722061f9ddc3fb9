"""Rooms in a folder of the test, and a world that costs nothing where the world is not the question."""

import pytest

from sim.basics.limits import InputError
from sim.teaching.classroom.rooms import Rooms
from sim.teaching.classroom.settings import Settings


class FakeTable:
    """A table whose months leave a trace and take no time."""

    def __init__(self, scenario, seed, world, months=()):
        self.scenario, self.seed, self.world, self.months = scenario, seed, world, []
        self.series = {"russian_held_share": []}
        self.news = []
        for orders in months:
            self.play(orders)

    def play(self, orders):
        if len(self.months) >= self.scenario.months:
            raise InputError("over")
        self.months.append({seat: dict(given) for seat, given in orders.items()})
        self.series["russian_held_share"].append(hash(repr((self.world, self.months))))


@pytest.fixture
def cheap(monkeypatch):
    monkeypatch.setattr("sim.teaching.seats.table.SeatedWorld", FakeTable)


@pytest.fixture
def rooms(tmp_path):
    kept = Rooms(tmp_path / "rooms", 0.0)
    yield kept
    kept.close()


@pytest.fixture
def class_(rooms, cheap):
    """A room of two tables with a clock, Anna in Washington and Bob in Moscow at the first, both looking."""
    room, _ = rooms.open(Settings(tables=2, clock=60, months=3), 0.0)
    anna, bob = (room.join(name, 1.0) for name in ("Anna", "Bob"))
    for student, (token, seat) in enumerate([(anna, "us"), (bob, "russia")]):
        room.take(token, 0, seat, 2.0)
        room.presence.arrived(student)
    room.run(10.0)
    return room, anna, bob
