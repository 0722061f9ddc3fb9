"""The gate that every request and every message passes before NiceGUI sees it (ASGI middleware)."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qs

from nicegui import Client, core
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sim.app.guard.headers import LIBRARY, guarded
from sim.app.guard.kept import Kept
from sim.app.guard.limits import (
    MOST_BYTES,
    PAGES_A_SECOND,
    PAGES_AN_ADDRESS,
    PAGES_AT_ONCE,
    PAGES_IN_ALL,
    PATIENCE,
    SOCKETS_AN_ADDRESS,
    SOCKETS_IN_ALL,
    Budgets,
)
from sim.app.guard.lines import LINE, Line, hang_up, line_of, upgraded
from sim.app.guard.messages import RefusedError
from sim.app.guard.names import bare, is_own

TALK = "/_nicegui_ws/"
"""Where a page talks to the server."""
METHODS = {"GET", "HEAD", "POST"}
BETWEEN_PACKETS = "\x1e"
END = {"type": "websocket.disconnect", "code": 1008}


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
    names : frozenset of str
        Names that the server answers to, see `names.own_names`.
    """

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self.app, self.library, self.names = app, Kept(app), names
        self.pages = Budgets(PAGES_A_SECOND, PAGES_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """TurnedAwayError a request, or hand it on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers, out = Headers(scope=scope), _protected(scope, send)
        try:
            check_request(scope, headers, self.names)
            if scope["path"].startswith(TALK):
                await self._talk(scope, receive, out)
            elif scope["path"].startswith(LIBRARY):
                await self.library(scope, _limited(receive), out)
            else:
                self._check_pages(_address(scope))
                await self.app(scope, _limited(receive), out)
        except TurnedAwayError as answer:
            await PlainTextResponse(answer.why + "\n", answer.status, {"connection": "close"})(scope, receive, out)

    def _check_pages(self, address: str) -> None:
        clients = list(Client.instances.values())
        if not self.pages.spend(address):
            raise TurnedAwayError(
                429, f"More than {PAGES_A_SECOND:.0f} pages a second: wait, then load the page again."
            )
        if len(clients) >= PAGES_IN_ALL or sum(client.ip == address for client in clients) >= PAGES_AN_ADDRESS:
            raise TurnedAwayError(503, "Too many pages are open: close some, wait a minute, then load the page again.")

    async def _talk(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what a page says, packet by packet."""
        query = parse_qs(scope["query_string"].decode("latin-1"))
        name = query.get("sid", [""])[0]
        if not name:
            _check_sockets(_address(scope))
        if scope["type"] == "websocket":
            await self._listen(scope, receive, send, name)
        elif scope["method"] == "POST":
            await self._take(scope, receive, send, name)
        else:
            scope[LINE] = Line(_address(scope))
            await self.app(scope, receive, send)

    async def _listen(self, scope: Scope, receive: Receive, send: Send, name: str) -> None:
        """A WebSocket: the first message that is not acceptable ends it."""
        line = scope[LINE] = Line(_address(scope), send)
        if name in core.sio.eio.sockets:
            upgraded[name] = line

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


def check_request(scope: Scope, headers: Headers, names: frozenset[str]) -> None:
    """Refuse a request that no page of ours, and no person who types an address, would make.

    Raises
    ------
    TurnedAwayError
        If the name is not ours, the path odd, the method unused, the body too long, or the origin foreign.
    """
    if len(headers.getlist("host")) != 1 or not is_own(headers.get("host", ""), names):
        raise TurnedAwayError(421, "This server does not go by that name.")
    if _odd(scope["path"]) or _odd(scope.get("raw_path", b"").decode("latin-1")):
        raise TurnedAwayError(400, "That path is not one of this server's.")
    if scope.get("method", "GET") not in METHODS:
        raise TurnedAwayError(405, "Only GET, HEAD and POST are used here.")
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > MOST_BYTES:
        raise TurnedAwayError(413, f"A request may have {MOST_BYTES:,} bytes.")
    if foreign(headers):
        raise TurnedAwayError(403, "That request came from a page of another site.")


def foreign(headers: Headers) -> bool:
    """Whether a browser says that a page of another site is behind a request; following a link is no such thing."""
    site, mode, kind = (headers.get(f"sec-fetch-{field}") for field in ("site", "mode", "dest"))
    if site not in (None, "same-origin", "none") and (mode, kind) != ("navigate", "document"):
        return True
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2].lower() != headers.get("host", "").lower()


def _odd(path: str) -> bool:
    return ".." in path or "\\" in path or "//" in path or not path.isprintable()


def _check_sockets(address: str) -> None:
    """Room for one more connection of a page."""
    everybody = [_address(environ["asgi.scope"]) for environ in list(core.sio.environ.values())]
    if len(everybody) >= SOCKETS_IN_ALL or everybody.count(address) >= SOCKETS_AN_ADDRESS:
        raise TurnedAwayError(503, "Too many pages are connected: close some, then load the page again.")


def _address(scope: Scope) -> str:
    return str(scope["client"][0]) if scope.get("client") else ""


def _protected(scope: Scope, send: Send) -> Send:
    """`send` with the headers that protect a response."""
    host = Headers(scope=scope).get("host", "")
    host = host if bare(host) and host.isascii() and not set(host) & set(" ;,'\"") else "localhost"

    async def out(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            message = {**message, "headers": guarded(message.get("headers", []), host, scope["path"])}
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
