"""The hall: codes are not guessed, rooms not opened without end, pages told of what changes, months ended on time."""

import asyncio
import gc
import time
from collections.abc import Callable

import pytest

from sim.basics.limits import InputError
from sim.browser.classroom import hall as halls
from sim.browser.classroom.hall import (
    GUESS_WHILE,
    MOST_AT_ONCE,
    MOST_OPENED,
    MOST_OWN,
    MOST_TRIES,
    MOST_WRONG,
    Guesses,
    Hall,
    Openings,
)
from sim.teaching.classroom.settings import Settings


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


def test_what_a_hall_holds_from_the_collector_of_garbage_it_gives_back(tmp_path):
    """Who shares the process with a hall that ended, a test as well, must not find all that it imported hidden."""

    async def act(hall):
        while not gc.get_freeze_count():
            await asyncio.sleep(0.01)

    lived(tmp_path, act)
    assert gc.get_freeze_count() == 0


def test_typing_errors_are_forgiven_and_guessing_is_not():
    guesses = Guesses()
    for number in range(MOST_WRONG):
        guesses.check("school", f"phone {number}", 0.0)
        guesses.wrong("school", f"phone {number}", 0.0)
    with pytest.raises(InputError, match=r"^too many wrong codes from your network; wait 60 seconds and try again$"):
        guesses.check("school", "phone", GUESS_WHILE)
    guesses.check("other", "phone", 0.0)
    guesses.check("school", "phone", GUESS_WHILE + 1.0)


def test_one_phone_does_not_close_the_door_for_its_class():
    guesses = Guesses()
    for _ in range(MOST_OWN):
        guesses.check("school", "phone", 0.0)
        guesses.wrong("school", "phone", 0.0)
    with pytest.raises(InputError, match=r"^too many wrong codes; wait 60 seconds and try again$"):
        guesses.check("school", "phone", GUESS_WHILE)
    guesses.check("school", "other phone", 0.0)


def test_wrong_codes_are_counted_and_right_ones_are_not(tmp_path):
    async def act(hall):
        room, _ = hall.opened().open(Settings(), time.time())
        for _ in range(2 * MOST_WRONG):
            assert hall.find(room.code, "school", "phone") is room
        for number in range(MOST_WRONG):
            with pytest.raises(InputError, match="no room with this code"):
                hall.find("CCCCCC", "school", f"phone {number}")
        for code in (room.code, "CCCCCC"):  # nobody learns from the answer which of them is a room
            with pytest.raises(InputError, match="too many wrong codes from your network"):
                hall.find(code, "school", "phone")

    lived(tmp_path, act)


def test_who_is_in_a_room_is_not_shut_out_by_what_others_guess(tmp_path):
    async def act(hall):
        room, key = hall.opened().open(Settings(), time.time())
        room.join("Anna", time.time(), "anna's phone")
        for number in range(2 * MOST_WRONG):
            with pytest.raises(InputError):
                hall.find("CCCCCC", "school", f"phone {number}")
        assert hall.find(room.code, "school", "anna's phone") is room
        assert hall.find(room.code, "school", "teacher's laptop", key) is room
        with pytest.raises(InputError, match="too many wrong codes"):
            hall.find(room.code, "school", "another laptop", "no key")

    lived(tmp_path, act)


def test_one_address_opens_few_rooms(tmp_path):
    async def act(hall):
        for _ in range(MOST_OPENED):
            await hall.open(Settings(), "school")
        with pytest.raises(InputError, match=r"^you have opened 5 rooms in 10 minutes; use one of them, or wait$"):
            await hall.open(Settings(), "school")
        await hall.open(Settings(), "other")
        return len(hall.rooms)

    assert lived(tmp_path, act) == MOST_OPENED + 1


def test_one_address_has_few_rooms_at_a_time(tmp_path):
    async def act(hall):
        mine = [hall.opened().open(Settings(), time.time())[0] for _ in range(MOST_AT_ONCE)]
        kept = Openings()
        for place, room in enumerate(mine):
            kept.check("school", place * 1000.0)
            kept.opened("school", room, place * 1000.0)
        later = MOST_AT_ONCE * 1000.0
        with pytest.raises(InputError, match=r"^10 rooms have been opened from your network; delete one that is over$"):
            kept.check("school", later)
        kept.check("other", later)
        hall.delete(mine[0])
        kept.check("school", later)

    lived(tmp_path, act)


def test_failed_openings_count_too(tmp_path):
    async def act(hall):
        for _ in range(MOST_TRIES):
            with pytest.raises(InputError, match="unknown dial"):
                await hall.open(Settings(doctrines={"us": "transactional:x=1"}), "school")
        with pytest.raises(InputError, match=r"^that was tried 30 times in 10 minutes; wait, then try again$"):
            await hall.open(Settings(), "school")
        await hall.open(Settings(), "other")

    lived(tmp_path, act)


def test_a_long_doctrine_is_refused_before_it_is_read(tmp_path):
    many = ",".join(f"a{number}=0" for number in range(4000))

    async def act(hall):
        begun = time.process_time()
        for text in (f"transactional:{many}", "transactional:" + "a." * 15_000 + "a=0", "transactional:" + many[:700]):
            with pytest.raises(InputError, match="doctrine of us: "):
                await hall.open(Settings(doctrines={"us": text}), "school")
        return time.process_time() - begun

    assert lived(tmp_path, act) < 0.5


def test_others_get_their_turn_while_settings_are_worked_out(tmp_path, monkeypatch):
    def slow(_):
        time.sleep(0.3)
        raise InputError("no such scenario")

    monkeypatch.setattr(Settings, "resolved", slow)

    async def act(hall):
        opening = asyncio.create_task(hall.open(Settings(), "school"))
        turns = 0
        while not opening.done():
            await asyncio.sleep(0.01)
            turns += 1
        with pytest.raises(InputError, match="no such scenario"):
            opening.result()
        return turns

    assert lived(tmp_path, act) > 10


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
        room = hall.find(code, "school", "phone")
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
