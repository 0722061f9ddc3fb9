"""Bounds on what one address may ask; who asks, under which name, through which proxy; the log."""

import asyncio
import json
import logging
from base64 import b64encode

import pytest
from itsdangerous import TimestampSigner

from sim.basics.limits import InputError
from sim.browser.guard import gate, limits, messages, visitors
from sim.browser.guard.gate import Gate
from sim.browser.guard.limits import Budget, Budgets, Turns
from sim.browser.guard.visitors import LOOPBACK_NAMES, ServerNames, Visitors, all_names, visitor

LOCAL = ServerNames(LOOPBACK_NAMES)
SECRET = "a key of cookies"
MEMBER = "ana"
VISITORS = Visitors(SECRET, lambda browser: browser.startswith(MEMBER))


def cookie(browser: str) -> bytes:
    """The cookie of a browser, as NiceGUI signs it."""
    return b"session=" + TimestampSigner(SECRET).sign(b64encode(json.dumps({"id": browser}).encode()))


def asked(gated: Gate, address: str = "10.0.0.1", *headers: tuple[bytes, bytes], path: str = "/seat", said=None) -> int:
    """Status of a request for a page."""
    said = [] if said is None else said

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        said.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b""}
    host = () if any(name == b"host" for name, _ in headers) else ((b"host", b"localhost"),)
    asyncio.run(gated({**scope, "client": (address, 1), "headers": [*host, *headers]}, receive, send))
    return said[0]["status"]


async def served(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"set-cookie", b"a=b")]})


@pytest.fixture(autouse=True)
def own_turns(monkeypatch):
    """Each test has a loop of its own, and therefore turns."""
    monkeypatch.setattr(gate, "turns", Turns())


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
    gated = Gate(served, LOCAL, VISITORS)
    statuses = [asked(gated) for _ in range(300)]
    assert statuses[:240] == [200] * 240
    assert 429 in statuses
    assert asked(gated, "10.0.0.2") == 200


def test_a_server_open_to_a_network_answers_to_addresses_and_to_its_own_name(monkeypatch):
    monkeypatch.setattr(visitors.socket, "gethostname", lambda: "Laptop")
    own = visitors.own_names("0.0.0.0")
    for host in ("192.168.0.7:8080", "[fe80::1]:8080", "laptop:8080", "LAPTOP.local", "localhost"):
        assert visitors.is_own(host, own), host
    for host in ("evil.example", "laptop.evil.example", "evil.example:192.168.0.7", ""):
        assert not visitors.is_own(host, own), host


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
        messages.OneLine().filter(made)
        return logging.Formatter().format(made)

    assert record(logging.WARNING).startswith("it broke: ValueError: first second [2J (test_guard_bounds.py, line ")
    assert len(record(logging.WARNING).splitlines()) == 1
    assert "Traceback" in record(logging.DEBUG)


@pytest.mark.parametrize("name", ["doctrine.class", "some.library"])
def test_every_logger_writes_single_lines(monkeypatch, capsys, name):
    last = logging._StderrHandler(logging.WARNING)
    monkeypatch.setattr(logging, "lastResort", last)
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    messages.keep_log_readable()
    try:
        raise ValueError("first\nsecond\x1b[2J\u2028third")
    except ValueError:
        logging.getLogger(name).exception("room %s", "A\r\nB")
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("room A B: ValueError: first second [2J third (")


def test_who_belongs_to_a_class_has_a_budget_of_his_own():
    gated = Gate(served, LOCAL, VISITORS)
    while asked(gated) == 200:
        pass
    assert asked(gated, "10.0.0.1", (b"cookie", cookie(MEMBER))) == 200
    for forged in (cookie("nobody"), b"session=x.y.z", b"session=" + b64encode(b'{"id":"ana"}') + b".a.b"):
        assert asked(gated, "10.0.0.1", (b"cookie", forged)) == 429


def test_a_network_of_many_addresses_is_one():
    gated = Gate(served, LOCAL, VISITORS)
    statuses = {asked(gated, f"2001:db8::{number:x}") for number in range(300)}
    assert statuses == {200, 429}
    assert asked(gated, "2001:db8:0:1::1") == 200


# ---- behind a proxy


BEHIND = all_names("127.0.0.1", ["school.example.org", "http://school.lan"], ["127.0.0.1", "10.0.0.0/8"])


def origin(host: bytes, said: bytes) -> int:
    return asked(Gate(served, BEHIND, VISITORS), "127.0.0.1", (b"host", host), (b"origin", said))


def test_the_app_answers_to_the_names_that_it_was_told():
    for host in (
        b"school.example.org",
        b"SCHOOL.example.org.",
        b"school.example.org:8443",
        b"school.lan",
        b"localhost",
    ):
        assert asked(Gate(served, BEHIND, VISITORS), "127.0.0.1", (b"host", host)) == 200
    for host in (b"example.org", b"evil.school.example.org", b"school.example.org.evil.example", b"192.168.0.7"):
        assert asked(Gate(served, BEHIND, VISITORS), "127.0.0.1", (b"host", host)) == 421


def test_the_scheme_of_an_origin_counts():
    assert origin(b"school.example.org", b"https://school.example.org") == 200
    assert origin(b"school.example.org", b"http://school.example.org") == 403
    assert origin(b"school.lan", b"http://school.lan") == 200
    assert origin(b"school.lan", b"https://school.lan") == 403
    assert origin(b"localhost:8080", b"http://localhost:8080") == 200
    assert origin(b"localhost:8080", b"https://localhost:8080") == 403


def test_where_the_way_is_encrypted_cookies_go_no_other_way():
    for host, cookies in ((b"school.example.org", b"a=b; secure"), (b"localhost", b"a=b")):
        said = []
        asked(Gate(served, BEHIND, VISITORS), "127.0.0.1", (b"host", host), said=said)
        assert dict(said[0]["headers"])[b"set-cookie"] == cookies


@pytest.mark.parametrize(
    ("peer", "forwarded", "who"),
    [
        ("127.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("127.0.0.1", ["6.6.6.6, 198.51.100.7"], "198.51.100.7"),
        ("127.0.0.1", ["6.6.6.6", "198.51.100.7, 10.1.2.3"], "198.51.100.7"),
        ("127.0.0.1", ["not an address"], "127.0.0.1"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("198.51.100.7", ["127.0.0.1"], "198.51.100.7"),
    ],
)
def test_only_the_word_of_a_proxy_is_taken_on_who_asks(peer, forwarded, who):
    seen = []

    async def looked(scope, receive, send):
        seen.append((visitor(scope).address, scope["client"][0], dict(scope["headers"])))
        await served(scope, receive, send)

    headers = [(b"x-forwarded-for", each.encode()) for each in forwarded]
    asked(Gate(looked, BEHIND, VISITORS), peer, *headers, (b"x-forwarded-prefix", b"/evil"), (b"forwarded", b"for=x"))
    assert seen == [(who, who, {b"host": b"localhost"})]


def test_without_a_proxy_nobody_says_who_asks():
    assert all_names("0.0.0.0").asking("127.0.0.1", ["198.51.100.7"]) == "127.0.0.1"


@pytest.mark.parametrize("wrong", ["", "*", "a b", "https://", "ftp://x", "school.example.org/path", "x" * 300, "a:b"])
def test_a_name_that_is_none_is_a_mistake(wrong):
    with pytest.raises(InputError, match=r"^name: must be a name such as school\.example\.org"):
        all_names("127.0.0.1", [wrong])


@pytest.mark.parametrize("wrong", ["proxy", "10.0.0.0/99", ""])
def test_a_proxy_that_is_none_is_a_mistake(wrong):
    with pytest.raises(InputError, match=r"^proxy: must be an address such as 127\.0\.0\.1, or a network, got "):
        all_names("127.0.0.1", [], [wrong])
