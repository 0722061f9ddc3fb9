"""The gate that every request and every message passes before NiceGUI sees it (ASGI middleware).

What goes back says: load nothing from elsewhere, stand in no frame, keep no copy. NiceGUI's own files are compressed
once and kept: forty phones that open a page at once ask for the same two megabytes, and compressing them anew for each
would stop the server for a tenth of a second at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager, nullcontext
from functools import partial
from http import HTTPStatus
from urllib.parse import parse_qs
from weakref import WeakValueDictionary

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sim.browser.guard.connections import CROWDED, LINE, PageConnection, hang_up, line_of, lines, upgraded
from sim.browser.guard.internals import LIBRARY, TALK, forget, requested_pages
from sim.browser.guard.limits import (
    MOST_BYTES,
    PAGES_A_SECOND,
    PAGES_AT_ONCE,
    PATIENCE,
    PLACES,
    SILENCE,
    SLOWEST,
    Budgets,
    BusyError,
    FullError,
    Holder,
    make_place,
    turns,
)
from sim.browser.guard.messages import RefusedError
from sim.browser.guard.visitors import VISITOR, ServerNames, Visitor, Visitors, bare, visitor

# NiceGUI's pages hold their script and style inline, and Vue compiles templates in the browser, which needs eval.
# What the policy does forbid is any address but the server's own.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' ws://{host} wss://{host}",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
FIXED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-resource-policy": "same-origin",
}

HeaderList = list[tuple[bytes, bytes]]
MOST_KEPT = 16_000_000
"""Bytes; all files that the pages of this app load are a few million, compressed less."""
FOREVER = "immutable"
"""What the cache-control of a file says that never changes under its name."""
METHODS = {"GET", "HEAD", "POST"}
BETWEEN_PACKETS = "\x1e"
FORWARDED = (b"x-forwarded-", b"forwarded", b"x-real-ip")
"""How the headers begin in which a proxy tells what it knows."""
END = {"type": "websocket.disconnect", "code": 1008}


def policy(host: str) -> str:
    """The Content-Security-Policy of a page that was asked for under a Host header (checked before)."""
    return "; ".join(f"{name} {value.format(host=host)}" for name, value in POLICY.items())


def guarded(headers: Iterable[tuple[bytes, bytes]], host: str, path: str, encrypted: bool = False) -> HeaderList:
    """Headers of a response with those that protect it; they replace any of the same name.

    Where the way to the browser is encrypted, no cookie goes any other way.
    """
    ours = {**FIXED, "content-security-policy": policy(host)}
    if not path.startswith(LIBRARY):
        ours["cache-control"] = "no-store"
    kept = [(name, value) for name, value in headers if name.decode("latin-1").lower() not in ours]
    if encrypted:
        kept = [(name, value + b"; secure" if name.lower() == b"set-cookie" else value) for name, value in kept]
    return kept + [(name.encode(), value.encode()) for name, value in ours.items()]


class CachedFiles:
    """ASGI application around another, for requests of files that never change.

    Parameters
    ----------
    app : ASGI application
        What makes and compresses them.
    most : int
        Bytes that are kept.
    """

    def __init__(self, app: ASGIApp, most: int = MOST_KEPT) -> None:
        self.app, self.most, self.size = app, most, 0
        self.answers: dict[tuple[str, bool], list[Message]] = {}
        self.locks: WeakValueDictionary[tuple[str, bool], asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or keep the answer."""
        key = (scope["path"], "gzip" in Headers(scope=scope).get("accept-encoding", ""))
        if scope["type"] != "http" or scope["method"] != "GET" or "range" in Headers(scope=scope):
            await self.app(scope, receive, send)
        else:
            async with self._making(key):
                messages = self.answers.get(key) or await self._made(key, scope, receive)
            for message in messages:  # after the lock: whoever reads slowly keeps nobody waiting
                await send(message)

    def _making(self, key: tuple[str, bool]) -> AbstractAsyncContextManager[None]:
        """Only one at a time makes a file; the others wait and take what he made."""
        return nullcontext() if key in self.answers else self.locks.setdefault(key, asyncio.Lock())

    async def _made(self, key: tuple[str, bool], scope: Scope, receive: Receive) -> list[Message]:
        """The answer to a request, kept if it will always be the same."""
        messages: list[Message] = []

        async def noted(message: Message) -> None:
            messages.append(message)

        await self.app(scope, receive, noted)
        if not messages or messages[0]["status"] != HTTPStatus.OK or messages[-1].get("more_body"):
            return messages
        headers = [(name, value) for name, value in messages[0]["headers"] if name.lower() != b"set-cookie"]
        body = b"".join(message.get("body", b"") for message in messages[1:])
        if FOREVER in dict(headers).get(b"cache-control", b"").decode() and self.size + len(body) <= self.most:
            self.size += len(body)
            self.answers[key] = [{**messages[0], "headers": headers}, {"type": "http.response.body", "body": body}]
        return messages


class TurnedAwayError(Exception):
    """A request that is answered at the gate.

    Parameters
    ----------
    status : int
        HTTP status.
    why : str
        What the one who asked is told.
    """

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


class Gate:
    """ASGI application around another that lets in what a browser with a page of ours would send.

    Parameters
    ----------
    app : ASGI application
        What is guarded.
    names : Names
        What the server answers to, and whose word it takes on who asks.
    visitors : Visitors
        Tells who asks.
    """

    def __init__(self, app: ASGIApp, names: ServerNames, visitors: Visitors) -> None:
        self.app, self.library, self.names, self.visitors = app, CachedFiles(app), names, visitors
        self.pages = Budgets(PAGES_A_SECOND, PAGES_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Turn away a request, or hand it on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers, out = Headers(scope=scope), _protected(scope, send, self.names)
        try:
            check_request(scope, headers, self.names)
            self._introduce(scope, headers)
            if scope["path"].startswith(TALK):
                await self._talk(scope, receive, out)
            elif scope["path"].startswith(LIBRARY):
                await self.library(scope, _limited(receive), out)
            else:
                await self._page(scope, _limited(receive), out)
        except TurnedAwayError as answer:
            await PlainTextResponse(answer.why + "\n", answer.status, {"connection": "close"})(scope, receive, out)

    def _introduce(self, scope: Scope, headers: Headers) -> None:
        """Note who asks; what a proxy told of it is told to nobody else."""
        if scope.get("client"):
            address, port = scope["client"]
            scope["client"] = (self.names.asking(str(address), headers.getlist("x-forwarded-for")), port)
        scope["headers"] = [(name, value) for name, value in scope["headers"] if not name.startswith(FORWARDED)]
        scope[VISITOR] = self.visitors.who(scope)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have a page made, in its turn."""
        asking = visitor(scope)
        if not self.pages.spend(asking.key):
            raise TurnedAwayError(
                429, f"More than {PAGES_A_SECOND:.0f} pages a second: wait, then load the page again."
            )
        try:
            async with turns.turn(asking, later=True) as made:
                make_place(asking, _open_pages(), PLACES)

                async def sent(message: Message) -> None:
                    made()  # whoever reads slowly keeps nobody waiting
                    await send(message)

                await self.app(scope, receive, sent)
        except BusyError:
            raise TurnedAwayError(503, "Too many pages are asked for: wait, then load the page again.") from None
        except FullError:
            raise TurnedAwayError(
                503, "Too many pages are open: close some, wait a minute, then load the page again."
            ) from None

    async def _talk(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what a page says, packet by packet."""
        query = parse_qs(scope["query_string"].decode("latin-1"))
        name = query.get("sid", [""])[0]
        if not name:
            _check_lines(visitor(scope))
        if scope["type"] == "websocket":
            await self._listen(scope, receive, send, name)
        elif scope["method"] == "POST":
            await self._take(scope, receive, send, name)
        else:
            scope[LINE] = PageConnection(_address(scope), visitor(scope))
            await self.app(scope, receive, send)

    async def _listen(self, scope: Scope, receive: Receive, send: Send, name: str) -> None:
        """A WebSocket: the first message that is not acceptable ends it."""
        line = scope[LINE] = PageConnection(_address(scope), visitor(scope), send)
        before = line_of(name)
        if before is not None:
            line.settled, upgraded[name] = before.settled, line
        waiting = asyncio.get_running_loop().call_later(SILENCE, _give_up, line)

        async def heard() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive":
                try:
                    line.hear(message.get("text"))
                except RefusedError as refused:
                    await line.hang_up(str(refused))
            return END if line.closed else message

        try:
            await self.app(scope, heard, send)
        finally:
            waiting.cancel()
            upgraded.pop(name, None)

    async def _take(self, scope: Scope, receive: Receive, send: Send, name: str) -> None:
        """Packets of a page that polls, because its network or browser lets no WebSocket through."""
        line = line_of(name)
        if line is None or line.send is not None:
            raise TurnedAwayError(400, "There is no such connection.")
        body = await _body(receive)
        try:
            for packet in body.decode("utf-8").split(BETWEEN_PACKETS):
                line.hear(packet)
        except (RefusedError, UnicodeDecodeError) as error:
            hang_up(name, str(error))
            raise TurnedAwayError(400, str(error)) from None
        await self.app(scope, _replayed(body), send)


def check_request(scope: Scope, headers: Headers, names: ServerNames) -> None:
    """Refuse a request that no page of ours, and no person who types an address, would make.

    Raises
    ------
    TurnedAwayError
        If the name is not ours, the path odd, the method unused, the body too long, or the origin foreign.
    """
    if len(headers.getlist("host")) != 1 or not names.knows(headers.get("host", "")):
        raise TurnedAwayError(421, "This server does not go by that name.")
    if _odd(scope["path"]) or _odd(scope.get("raw_path", b"").decode("latin-1")):
        raise TurnedAwayError(400, "That path is not one of this server's.")
    if scope.get("method", "GET") not in METHODS:
        raise TurnedAwayError(405, "Only GET, HEAD and POST are used here.")
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > MOST_BYTES:
        raise TurnedAwayError(413, f"A request may have {MOST_BYTES:,} bytes.")
    if foreign(headers, names.origin(headers.get("host", ""))):
        raise TurnedAwayError(403, "That request came from a page of another site.")


def foreign(headers: Headers, own: str) -> bool:
    """Whether a browser says that a page of another origin is behind a request; following a link is no such thing."""
    site, mode, kind = (headers.get(f"sec-fetch-{field}") for field in ("site", "mode", "dest"))
    if site not in (None, "same-origin", "none") and (mode, kind) != ("navigate", "document"):
        return True
    origin = headers.get("origin")
    return origin is not None and origin.lower() != own


def _odd(path: str) -> bool:
    return ".." in path or "\\" in path or "//" in path or not path.isprintable()


def _check_lines(asking: Visitor) -> None:
    """Make sure that there is a place for one more connection of a page."""
    try:
        make_place(asking, _open_lines(), PLACES)
    except FullError:
        raise TurnedAwayError(503, "Too many pages are connected: close some, then load the page again.") from None


def _open_pages() -> list[Holder]:
    crowded = partial(hang_up, why=CROWDED)
    return [
        Holder(visitor(page.request.scope), page.has_socket_connection, page.created, partial(forget, page, crowded))
        for page in requested_pages()
    ]


def _open_lines() -> list[Holder]:
    return [Holder(line.visitor, line.settled, line.since, partial(hang_up, name, CROWDED)) for name, line in lines()]


def _give_up(line: PageConnection) -> None:
    """End a connection over which no page has introduced itself."""
    if not line.settled:
        line.hang_up_soon("no page has introduced itself")


def _address(scope: Scope) -> str:
    return str(scope["client"][0]) if scope.get("client") else ""


def _protected(scope: Scope, send: Send, names: ServerNames) -> Send:
    """`send` with the headers that protect a response, which waits for no browser without end."""
    host = Headers(scope=scope).get("host", "")
    host = host if bare(host) and host.isascii() and not set(host) & set(" ;,'\"") else "localhost"

    encrypted = names.origin(host).startswith("https:")

    async def out(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            message = {**message, "headers": guarded(message.get("headers", []), host, scope["path"], encrypted)}
        async with asyncio.timeout(SLOWEST):
            await send(message)

    return out


def _limited(receive: Receive) -> Receive:
    """`receive` that ends a body which goes on longer than it said, or never ends."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if taken > MOST_BYTES else message

    return limited


async def _body(receive: Receive) -> bytes:
    """A whole body, if it comes within bounds of length and time."""
    body = b""
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                message = await receive()
                body += bytes(message.get("body", b""))
                if len(body) > MOST_BYTES:
                    raise TurnedAwayError(413, f"A request may have {MOST_BYTES:,} bytes.")
                if not message.get("more_body"):
                    return body
    except TimeoutError:
        raise TurnedAwayError(408, "The request did not end.") from None


def _replayed(body: bytes) -> Receive:
    """`receive` that gives a body which was read already."""

    async def again() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return again
