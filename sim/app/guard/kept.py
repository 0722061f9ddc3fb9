"""NiceGUI's own files, compressed once and kept: forty phones that open a page at once ask for the same two megabytes.

Compressing them anew for each would stop the server for a tenth of a second at a time.
"""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext
from http import HTTPStatus
from weakref import WeakValueDictionary

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_KEPT = 16_000_000
"""Bytes; all files that the pages of this app load are a few million, compressed less."""
FOREVER = "immutable"
"""What the cache-control of a file says that never changes under its name."""


class Kept:
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
