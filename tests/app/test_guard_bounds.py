"""Bounds on pages and connections, counted by address; names; the log."""

import asyncio
import logging
from types import SimpleNamespace

import pytest
from nicegui import Client

from sim.app.guard import gate, limits, log, names
from sim.app.guard.gate import Gate
from sim.app.guard.limits import Budget, Budgets

NOBODY = frozenset({"localhost"})


def asked(gated: Gate, address: str = "10.0.0.1") -> int:
    """Status of a request for a page."""
    said = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        said.append(message)

    scope = {"type": "http", "method": "GET", "path": "/seat", "raw_path": b"/seat", "query_string": b""}
    asyncio.run(gated({**scope, "client": (address, 1), "headers": [(b"host", b"localhost")]}, receive, send))
    return said[0]["status"]


async def served(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})


def test_a_budget_is_spent_and_refills():
    now = [0.0]
    budget = Budget(rate=2, most=3, clock=lambda: now[0])
    assert [budget.spend() for _ in range(4)] == [True, True, True, False]
    now[0] = 0.5
    assert [budget.spend() for _ in range(2)] == [True, False]
    now[0] = 100
    assert [budget.spend() for _ in range(4)] == [True, True, True, False]


def test_budgets_of_many_addresses_do_not_pile_up(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(limits, "REMEMBERED", 10)
    budgets = Budgets(rate=1, most=1, clock=lambda: now[0])
    for number in range(1000):
        now[0] += 1
        budgets.spend(str(number))
    assert len(budgets.of) <= 10


def test_one_address_cannot_load_pages_without_end_and_another_is_served():
    gated = Gate(served, NOBODY)
    statuses = [asked(gated) for _ in range(300)]
    assert statuses[:240] == [200] * 240
    assert 429 in statuses
    assert asked(gated, "10.0.0.2") == 200


@pytest.mark.parametrize(("own", "others", "status"), [(299, 0, 200), (300, 0, 503), (10, 490, 503), (10, 480, 200)])
def test_pages_in_memory_are_bounded_for_one_address_and_in_all(monkeypatch, own, others, status):
    clients = [SimpleNamespace(ip="10.0.0.1")] * own + [SimpleNamespace(ip="10.0.0.9")] * others
    monkeypatch.setattr(Client, "instances", dict(enumerate(clients)))
    assert asked(Gate(served, NOBODY)) == status


@pytest.mark.parametrize(("own", "others", "room"), [(199, 0, True), (200, 0, False), (10, 390, False)])
def test_connections_are_bounded_for_one_address_and_in_all(monkeypatch, own, others, room):
    def environ(address):
        return {"asgi.scope": {"client": (address, 1)}}

    people = [environ("10.0.0.1")] * own + [environ("10.0.0.9")] * others
    monkeypatch.setattr(gate.core, "sio", SimpleNamespace(environ=dict(enumerate(people))))
    if room:
        gate._check_sockets("10.0.0.1")
    else:
        with pytest.raises(gate.TurnedAwayError, match="Too many pages are connected"):
            gate._check_sockets("10.0.0.1")


def test_a_server_open_to_a_network_answers_to_addresses_and_to_its_own_name(monkeypatch):
    monkeypatch.setattr(names.socket, "gethostname", lambda: "Laptop")
    own = names.own_names("0.0.0.0")
    for host in ("192.168.0.7:8080", "[fe80::1]:8080", "laptop:8080", "LAPTOP.local", "localhost"):
        assert names.is_own(host, own), host
    for host in ("evil.example", "laptop.evil.example", "evil.example:192.168.0.7", ""):
        assert not names.is_own(host, own), host


def test_a_record_of_the_log_is_one_line_unless_someone_debugs():
    def record(level: int) -> str:
        logger = logging.getLogger("nicegui.tried")
        logger.setLevel(level)
        try:
            raise ValueError("first\nsecond\x1b[2J")
        except ValueError as error:
            made = logger.makeRecord(
                logger.name, 40, "", 1, "it %s", ("broke",), (ValueError, error, error.__traceback__)
            )
        log.OneLine().filter(made)
        return logging.Formatter().format(made)

    assert record(logging.WARNING).startswith("it broke: ValueError: first second [2J (test_guard_bounds.py, line ")
    assert len(record(logging.WARNING).splitlines()) == 1
    assert "Traceback" in record(logging.DEBUG)
