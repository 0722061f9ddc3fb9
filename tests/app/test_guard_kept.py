"""Files of the library are compressed once; whatever differs from visitor to visitor is not kept."""

import asyncio

import pytest

from sim.browser.guard.gate import CachedFiles

FOREVER = (b"cache-control", b"public, immutable")


def ask(kept: CachedFiles, path: str, method: str = "GET", **headers: str) -> list[dict]:
    said = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        said.append(message)

    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": pairs}
    asyncio.run(kept(scope, receive, send))
    return said


class Counting:
    """A server of files that counts how often it works."""

    def __init__(self, *headers, status=200):
        self.headers, self.status, self.asked = list(headers), status, 0

    async def __call__(self, scope, receive, send):
        self.asked += 1
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": b"a", "more_body": True})
        await send({"type": "http.response.body", "body": b"b"})


def test_a_file_is_made_once_and_comes_without_a_strangers_cookie():
    server = Counting(FOREVER, (b"set-cookie", b"session=mine"))
    kept = CachedFiles(server)
    ask(kept, "/x.js", accept_encoding="gzip")
    start, body = ask(kept, "/x.js", accept_encoding="gzip")
    assert (server.asked, body["body"], start["headers"]) == (1, b"ab", [FOREVER])
    ask(kept, "/x.js")
    assert server.asked == 2


@pytest.mark.parametrize(
    ("server", "asked"),
    [
        (Counting((b"cache-control", b"no-store")), {}),
        (Counting(FOREVER, status=404), {}),
        (Counting(FOREVER), {"method": "HEAD"}),
        (Counting(FOREVER), {"range": "bytes=0-1"}),
    ],
)
def test_what_may_change_is_made_each_time(server, asked):
    kept = CachedFiles(server)
    for _ in range(2):
        ask(kept, "/x.js", **asked)
    assert server.asked == 2


def test_no_more_is_kept_than_fits():
    server = Counting(FOREVER)
    kept = CachedFiles(server, most=5)
    for path in ("/1", "/2", "/3"):
        ask(kept, path)
    assert kept.size == 4


def test_who_asks_while_it_is_made_waits_for_it():
    server, said = Counting(FOREVER), []

    async def slow(scope, receive, send):
        await asyncio.sleep(0.01)
        await server(scope, receive, send)

    async def send(message):
        said.append(message)

    async def all_at_once():
        kept = CachedFiles(slow)
        scope = {"type": "http", "method": "GET", "path": "/x.js", "headers": []}
        await asyncio.gather(*(kept(dict(scope), None, send) for _ in range(5)))
        assert not kept.locks

    asyncio.run(all_at_once())
    assert server.asked == 1
    assert [message["status"] for message in said if "status" in message] == [200] * 5
