"""Hostile requests: foreign names and origins, paths out of the served folders, bodies and heads without end."""

import asyncio
import contextlib
import re
import socket
import time
from pathlib import Path

import httpx
import pytest
from nicegui import __version__
from serving import serving
from tabs import fresh, load, visiting

from sim.browser.guard.limits import PLACES

TRIED = str(Path(__file__).with_name("tried.py"))
LIBRARY = f"/_nicegui/{__version__}"
FOLDERS = ("/", f"{LIBRARY}/static/", f"{LIBRARY}/libraries/", f"{LIBRARY}/components/", "/_nicegui/auto/static/")
KEYED = (f"{LIBRARY}/resources/", f"{LIBRARY}/esm/", f"{LIBRARY}/dynamic_resources/")
UP = ("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..\\", "..%5c", "%252e%252e%252f", "....//", "/", "%2f", "")
FILES = ("etc/passwd", "etc/passwd%00.js", "etc/passwd%0a")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("tried"), TRIED) as running:
        yield running


@pytest.fixture
def browser(server):
    with httpx.Client(base_url=server.url) as client:
        yield client


def raw(server, text: str, seconds: float = 5) -> str:
    """What comes back for bytes as they are, without a library that would tidy them up."""
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=seconds) as line:
        line.sendall(text.encode("latin-1"))
        heard = b""
        with contextlib.suppress(TimeoutError, ConnectionResetError):
            while part := line.recv(65_536):
                heard += part
    return heard.decode("latin-1")


def get(server, path: str, **headers: str) -> str:
    own = {"Host": server.url.removeprefix("http://"), "Connection": "close", **headers}
    return raw(server, f"GET {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in own.items()) + "\r\n")


def status(answer: str) -> int:
    return int(answer.split(" ", 2)[1])


@pytest.mark.parametrize("folder", [*FOLDERS, *KEYED])
def test_no_file_of_the_machine_is_readable(server, browser, folder):
    page = browser.get("/tried").text
    keys = {""} if folder not in KEYED else {"x/", *re.findall(rf"{folder}([\w.-]+/)", page)}
    for key in keys:
        for up in UP:
            for file in FILES:
                answer = get(server, f"{folder}{key}{up * 8}{file}")
                assert status(answer) in (400, 404), (key, up, file, answer[:200])
                assert "root:" not in answer
    assert "Traceback" not in server.said()
    assert "ERROR" not in server.said()


def test_the_rooms_and_their_key_are_not_served(server, browser):
    for path in ("/secret", "/rooms/secret", f"//{server.rooms}/secret", f"{LIBRARY}/static/{server.rooms}/secret"):
        assert browser.get(f"{server.url}{path}").status_code in (400, 404)


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/_nicegui/client/x/upload/1", "/nothing"])
def test_there_is_nothing_but_the_pages(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 404
    assert "There is no such" in answer.text


@pytest.mark.parametrize("path", ["/", "/tried", "/nothing", "/broken", f"{LIBRARY}/static/nicegui.js", "/favicon.ico"])
def test_every_answer_keeps_the_browser_at_home(browser, path):
    headers = browser.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    host = browser.base_url.netloc.decode()
    sources = {source for value in policy.values() for source in value.split()}
    assert sources <= {
        "'self'",
        "'none'",
        "'unsafe-inline'",
        "'unsafe-eval'",
        "data:",
        "blob:",
        f"ws://{host}",
        f"wss://{host}",
    }
    assert policy["frame-ancestors"] == policy["default-src"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert (headers["cache-control"] == "no-store") == (not path.startswith(LIBRARY))


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "192.168.0.7", "[::2]", "", "a b"]
)
def test_a_page_that_points_its_own_name_here_is_turned_away(server, host):
    answer = get(server, "/tried", Host=host)
    assert status(answer) in (400, 421)
    assert "count" not in answer


def test_two_names_are_one_too_many(server):
    own = server.url.removeprefix("http://")
    assert status(raw(server, f"GET / HTTP/1.1\r\nHost: {own}\r\nHost: {own}\r\nConnection: close\r\n\r\n")) in (
        400,
        421,
    )


def test_the_names_of_this_machine_are_taken(server):
    port = server.url.rpartition(":")[2]
    for name in ("localhost", "LOCALHOST", "127.0.0.1", "[::1]"):
        assert status(get(server, "/", Host=f"{name}:{port}")) == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "https://127.0.0.1.evil.example", "null", "http://127.0.0.1:1"]
)
def test_a_page_of_another_site_cannot_connect(server, browser, origin):
    talk = {"Origin": origin, "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    talk["Sec-WebSocket-Key"] = "AAAAAAAAAAAAAAAAAAAAAA=="
    assert status(get(server, "/_nicegui_ws/socket.io/?EIO=4&transport=websocket", **talk)) == 403
    poll = browser.get("/_nicegui_ws/socket.io/?EIO=4&transport=polling", headers={"Origin": origin})
    assert poll.status_code == 403
    assert "access-control-allow-origin" not in poll.headers


def test_a_page_of_another_site_can_link_here_and_no_more(browser):
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert browser.get("/tried", headers=link).status_code == 200
    for change in ({"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, {"Sec-Fetch-Dest": "iframe"}):
        assert browser.get("/tried", headers={**link, **change}).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT", "MADEUP"])
def test_other_methods_are_not_used(browser, method):
    assert browser.request(method, "/tried").status_code in (400, 405)


@pytest.mark.parametrize("path", ["/tried", "/_nicegui_ws/socket.io/?EIO=4&transport=polling&sid=x"])
def test_a_large_body_is_refused_before_it_is_read(browser, path):
    assert browser.post(path, content=b"x" * 300_000).status_code == 413
    assert browser.post(path, content=iter([b"x" * 60_000] * 6)).status_code in (400, 405, 413)


def test_pages_that_nobody_looks_at_give_way_and_those_that_are_looked_at_stay(server):
    async def scene():
        async with visiting(server.url, "/tried") as page:
            for _ in range(PLACES.an_address + 20):
                async with fresh() as browser:
                    last = await load(server.url, "/tried", browser)
            (held,) = re.findall(r"pages-in-memory:(\d+)", last.text())
            await page.click("count")
            await page.until(lambda: page.shown("1"))
            return int(held)

    assert asyncio.run(scene()) <= PLACES.an_address
    assert "Traceback" not in server.said()


def test_a_page_that_is_left_and_gives_way_leaves_no_trace(server):
    async def scene():
        async with visiting(server.url, "/tried"):
            pass
        for _ in range(PLACES.an_address + 1):
            async with fresh() as browser:
                await load(server.url, "/tried", browser)

    before = server.said()
    asyncio.run(scene())
    assert server.said() == before


def test_a_page_that_cannot_be_made_says_so_and_no_more(server, browser):
    before = server.said()
    answer = browser.get("/broken")
    assert answer.status_code == 500
    assert "This page could not be shown" in answer.text
    assert "nobody outside" not in answer.text
    assert len(server.said()[len(before) :].strip().splitlines()) == 1


@pytest.mark.parametrize("head", ["", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", "POST /tried HTTP/1.1\r\n"])
def test_who_begins_a_request_and_never_ends_it_loses_his_place(server, head):
    begun = time.monotonic()
    raw(server, head, seconds=5)
    assert time.monotonic() - begun < 2


def test_polling_serves_where_there_is_no_websocket_and_is_held_to_the_same_rules(server, browser):
    async def scene():
        async with visiting(server.url, "/tried") as good:
            await good.click("count")
            await good.until(lambda: good.shown("1"))

    talk = "/_nicegui_ws/socket.io/?EIO=4&transport=polling"
    name = browser.get(talk).text.split('"')[3]
    line = f"{talk}&sid={name}"
    assert browser.post(line, content="40").text == "OK"
    assert browser.get(line).text.startswith("40{")
    answer = browser.post(line, content='42["event",{}]\x1eb' + "A" * 100)
    assert (answer.status_code, answer.text) == (400, "not a message that a page of this app sends\n")
    assert browser.post(line, content="3").status_code == 400
    asyncio.run(scene())


def test_polling_with_wrong_content_ends_its_connection(browser):
    talk = "/_nicegui_ws/socket.io/?EIO=4&transport=polling"
    line = f"{talk}&sid={browser.get(talk).text.split(chr(34))[3]}"
    assert browser.post(line, content="40").text == "OK"
    browser.post(line, content='42["event",{"client_id":"x"}]')
    time.sleep(0.2)
    assert browser.post(line, content="3").status_code == 400
