"""The hall: codes are not guessed, rooms not opened without end, pages told of what changes, months ended on time."""

import asyncio
import time
from collections.abc import Callable

import pytest

from sim.app.classroom import hall as halls
from sim.app.classroom.guesses import MOST_WRONG, WHILE, Guesses
from sim.app.classroom.hall import OPENINGS, Hall
from sim.classroom.settings import Settings
from sim.limits import InputError


class Page:
    """A client that is looked at by nobody."""

    def __init__(self):
        self.is_deleted, self.gone = False, []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def on_delete(self, handler: Callable[[], None]):
        self.gone.append(handler)


def lived(tmp_path, act):
    """Run a hall in `tmp_path` while `act` acts on it."""

    async def run():
        hall = Hall(tmp_path)
        await hall.start()
        try:
            return await act(hall)
        finally:
            await hall.stop()

    return asyncio.run(run())


def test_typing_errors_are_forgiven_and_guessing_is_not():
    guesses = Guesses()
    for _ in range(MOST_WRONG):
        guesses.check("phone", 0.0)
        guesses.wrong("phone", 0.0)
    with pytest.raises(InputError, match=r"^too many wrong codes from your network; wait 60 seconds and try again$"):
        guesses.check("phone", WHILE)
    guesses.check("other", 0.0)
    guesses.check("phone", WHILE + 1.0)


def test_wrong_codes_are_counted_and_right_ones_are_not(tmp_path):
    async def act(hall):
        room, _ = hall.opened().open(Settings(), time.time())
        for _ in range(2 * MOST_WRONG):
            assert hall.find(room.code, "phone") is room
        for _ in range(MOST_WRONG):
            with pytest.raises(InputError, match="no room with this code"):
                hall.find("CCCCCC", "phone")
        with pytest.raises(InputError, match="too many wrong codes"):
            hall.find(room.code, "phone")

    lived(tmp_path, act)


def test_one_address_opens_few_rooms(tmp_path):
    hall = Hall(tmp_path)
    for _ in range(OPENINGS):
        hall.may_open("phone")
    with pytest.raises(InputError, match=r"^you have opened 5 rooms in ten minutes"):
        hall.may_open("phone")
    hall.may_open("other")


def test_before_the_rooms_are_there_one_is_told_so(tmp_path):
    with pytest.raises(InputError, match="not ready yet"):
        Hall(tmp_path).opened()


def test_a_second_server_shows_why_it_has_no_rooms(tmp_path):
    async def act(_):
        second = Hall(tmp_path)
        await second.start()
        with pytest.raises(InputError, match="another server keeps its rooms"):
            second.opened()
        await second.stop()

    lived(tmp_path, act)


def test_a_page_that_fails_keeps_no_other_from_what_changed(tmp_path, caplog):
    async def act(hall):
        room, _ = hall.opened().open(Settings(), time.time())
        told = []
        hall.look(room, Page(), lambda: 1 / 0)
        gone = Page()
        hall.look(room, gone, lambda: told.append("gone"))
        hall.look(room, Page(), lambda: told.append("here"))
        gone.gone[0]()
        for _ in range(5):
            hall.changed(room)
        await asyncio.sleep(0.05)
        return told

    assert lived(tmp_path, act) == ["here"]
    assert "could not be refreshed" in caplog.text


def test_months_end_by_themselves(tmp_path, monkeypatch):
    monkeypatch.setattr(halls, "TICK", 0.01)

    async def act(hall):
        now = time.time()
        room, _ = hall.opened().open(Settings(tables=2, months=2, clock=15), now - 100.0)
        anna, bob = (room.join(name, now - 100.0) for name in ("Anna", "Bob"))
        for number, token in enumerate([anna, bob]):
            room.take(token, number, "us", now - 100.0)
            room.presence.arrived(number)
        room.run(now - 20.0)
        room.order(anna, {"aid": 1.0}, now - 19.0)
        for _ in range(100):
            await asyncio.sleep(0.01)
            if all(group.months for group in room.state.groups):
                break
        return [group.months for group in room.state.groups]

    assert lived(tmp_path, act) == [[{"us": {"aid": 1.0}}], [{}]]


def test_after_a_restart_worlds_are_lived_through_again_beside_everything_else(tmp_path):
    async def play(hall):
        room, _ = hall.opened().open(Settings(tables=1, months=3), time.time())
        await hall.advance(room, [0])
        return room.code, room.table(0).series

    code, series = lived(tmp_path, play)

    async def look(hall):
        room = hall.find(code, "phone")
        for _ in range(200):
            if room._tables:
                break
            await asyncio.sleep(0.01)
        return room._tables[0].series

    assert lived(tmp_path, look) == series


def test_a_world_that_was_overtaken_is_not_kept(tmp_path):
    async def act(hall):
        room, _ = hall.opened().open(Settings(tables=1, months=3), time.time())
        before = room.relived(0)
        room.advance(0, time.time())
        room._tables.clear()
        room.keep(0, before)
        return len(room.table(0).months)

    assert lived(tmp_path, act) == 1
