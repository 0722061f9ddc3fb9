"""Places and turns: what one address takes it takes from itself, and who belongs to a class is not shut out."""

import asyncio
import time
from types import SimpleNamespace

import pytest

from sim.browser.guard import connections, limits
from sim.browser.guard.connections import Crowd, Patient
from sim.browser.guard.limits import (
    CONNECTIONS_AN_ADDRESS,
    CONNECTIONS_IN_ALL,
    PLACES,
    BusyError,
    FullError,
    Holder,
    Turns,
    make_place,
)
from sim.browser.guard.visitors import Visitor

SCHOOL, STUDENT = Visitor("school"), Visitor("school", "ana", known=True)


class Places:
    """Places that are taken and given up."""

    def __init__(self):
        self.holders = []

    def take(self, visitor: Visitor, settled: bool = True) -> bool:
        try:
            make_place(visitor, self.holders, PLACES)
        except FullError:
            return False
        number = len(self.holders) + 1
        holder = Holder(visitor, settled, float(number), lambda: self.holders.remove(holder))
        self.holders.append(holder)
        return True

    def at(self, address: str) -> int:
        return sum(holder.visitor.address == address for holder in self.holders)


@pytest.fixture
def places():
    return Places()


def test_a_class_of_forty_with_three_tabs_each_sits_behind_one_address(places):
    assert all(places.take(SCHOOL) for _ in range(120))


def test_two_hosts_that_introduce_themselves_leave_a_class_its_places(places):
    for host in ("mallory", "eve"):
        taken = [places.take(Visitor(host)) for _ in range(300)]
        assert sum(taken) == PLACES.an_address
    assert all(places.take(SCHOOL) for _ in range(40))


def test_pages_that_nobody_looks_at_keep_nobody_out(places):
    for host in range(10):
        for _ in range(300):
            assert places.take(Visitor(f"host {host}"), settled=False)
    assert len(places.holders) == PLACES.strangers
    assert all(places.take(SCHOOL) for _ in range(40))
    assert places.at("school") == 40


def test_however_many_hosts_there_are_those_with_most_give_way(places):
    for host in range(3):
        for _ in range(PLACES.an_address):
            places.take(Visitor(f"host {host}"))
    assert all(places.take(SCHOOL) for _ in range(40))
    assert max(places.at(f"host {host}") for host in range(3)) - 1 > places.at("school")


def test_a_student_is_not_shut_out_by_anybody(places):
    for host in range(5):
        for _ in range(PLACES.an_address):
            places.take(Visitor(f"host {host}"))
    for _ in range(PLACES.an_address):
        places.take(SCHOOL)
    assert places.take(STUDENT)
    assert places.take(Visitor("elsewhere", "ben", known=True))


def test_a_student_with_many_tabs_loses_his_own(places):
    for _ in range(50):
        assert places.take(STUDENT)
    assert len(places.holders) == PLACES.a_browser


# ---- connections


@pytest.fixture
def crowd(monkeypatch):
    monkeypatch.setattr(connections, "crowd", found := Crowd())
    return found


class Connection:
    """One that is told by what it is, and whether it has been closed."""

    def __init__(self, crowd: Crowd, address: str, idle: bool = True):
        self.client, self.idle, self.open = (address, 1), idle, True
        self.transport = SimpleNamespace(abort=self.abort)
        crowd.enter(self)

    def abort(self):
        self.open = False


def test_a_thousand_idle_connections_of_an_address_keep_nobody_out(crowd):
    idle = [Connection(crowd, "10.0.0.9") for _ in range(1000)]
    assert sum(each.open for each in idle) == CONNECTIONS_AN_ADDRESS
    assert all(each.open for each in idle[-CONNECTIONS_AN_ADDRESS:])
    assert Connection(crowd, "10.0.0.1").open


def test_many_addresses_with_idle_connections_keep_nobody_out(crowd):
    idle = [Connection(crowd, f"10.0.0.{host}") for host in range(10) for _ in range(CONNECTIONS_AN_ADDRESS)]
    assert sum(each.open for each in idle) == CONNECTIONS_IN_ALL
    own = [Connection(crowd, "10.1.0.1") for _ in range(90)]
    assert all(each.open for each in own)


def test_what_is_at_work_is_not_cut_off(crowd):
    busy = [Connection(crowd, "10.0.0.9", idle=False) for _ in range(CONNECTIONS_AN_ADDRESS)]
    assert not Connection(crowd, "10.0.0.9").open
    assert all(each.open for each in busy)


def test_connections_are_forgotten(crowd):
    for _ in range(3 * CONNECTIONS_IN_ALL):
        crowd.leave(Connection(crowd, "10.0.0.9"))
    assert not crowd._all
    assert not crowd._at


def test_a_connection_that_never_said_anything_is_idle():
    patient = SimpleNamespace(cycle=None)
    assert Patient.idle.fget(patient)
    patient.cycle = SimpleNamespace(response_complete=False)
    assert not Patient.idle.fget(patient)


# ---- turns


def work(turning: Turns, who: Visitor, done: list, seconds: float = 0.01, later: bool = False):
    async def worked():
        async with turning.turn(who, later=later):
            end = time.thread_time() + seconds
            while time.thread_time() < end:
                pass
            done.append("page" if later else who.address)

    return asyncio.create_task(worked())


def test_strangers_take_turns_by_address():
    async def scene():
        turning, done = Turns(), []
        tasks = [work(turning, Visitor("mallory"), done, 0.001) for _ in range(50)]
        tasks += [work(turning, SCHOOL, done, 0.001) for _ in range(10)]
        await asyncio.gather(*tasks)
        return done

    done = asyncio.run(scene())
    assert sum(name == "school" for name in done[:21]) == 10


def test_who_belongs_to_a_class_goes_first():
    async def scene():
        turning, done = Turns(), []
        tasks = [work(turning, Visitor(f"host {host}"), done) for host in range(20)]
        await asyncio.sleep(0)
        await work(turning, STUDENT, done)
        place = done.index("school")
        await asyncio.gather(*tasks)
        return place

    assert asyncio.run(scene()) <= 1


def test_a_message_does_not_wait_behind_the_pages_of_its_own_address():
    async def scene():
        turning, done = Turns(), []
        tasks = [work(turning, SCHOOL, done, 0.001, later=True) for _ in range(20)]
        await asyncio.sleep(0)
        await work(turning, SCHOOL, done, 0.001)
        place = done.index("school")
        await asyncio.gather(*tasks)
        return place

    assert asyncio.run(scene()) <= 3


def test_those_who_wait_for_pages_are_few_and_do_not_wait_for_ever(monkeypatch):
    monkeypatch.setattr(limits, "LONGEST_WAIT", 0.1)
    monkeypatch.setattr(limits, "LONGEST_TURN", 60.0)

    async def scene():
        turning, done = Turns(), []
        async with turning.turn(STUDENT):
            limits.current.set(None)
            waiting = [work(turning, SCHOOL, done, later=True) for _ in range(150)]
            await asyncio.sleep(0.01)
            assert sum(task.done() for task in waiting) == 150 - limits.MOST_WAITING
            ends = await asyncio.gather(*waiting, return_exceptions=True)
            assert {type(end) for end in ends} == {BusyError}
            assert not turning._waiting

    asyncio.run(scene())


def test_strangers_have_half_of_the_time_together():
    async def scene():
        turning, done = Turns(), []
        begun = time.perf_counter()
        await asyncio.gather(*(work(turning, Visitor(f"host {host}"), done) for host in range(10)))
        return time.perf_counter() - begun

    assert asyncio.run(scene()) > 0.18


def test_a_turn_that_waits_itself_or_is_given_up_keeps_nobody_waiting(monkeypatch):
    monkeypatch.setattr(limits, "LONGEST_TURN", 0.05)

    async def scene():
        turning = Turns()

        async def stuck():
            async with turning.turn(SCHOOL):
                await asyncio.sleep(60)

        first = asyncio.create_task(stuck())
        await asyncio.sleep(0)
        gone = asyncio.create_task(stuck())
        await asyncio.sleep(0)
        gone.cancel()
        async with asyncio.timeout(2), turning.turn(STUDENT), turning.turn(STUDENT):
            pass
        first.cancel()
        await asyncio.gather(first, gone, return_exceptions=True)
        assert not turning._waiting

    asyncio.run(scene())
