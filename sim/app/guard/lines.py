"""The open connections of pages, and how one of them is closed with a reason while all others go on."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import core

from sim.app.guard.limits import LONGEST_REASON, MESSAGES_A_SECOND, MESSAGES_AT_ONCE, Budget
from sim.app.guard.log import one_line
from sim.app.guard.messages import RefusedError, check_packet

VIOLATION = 1008
"""Code of a WebSocket that is closed because what came over it is not acceptable."""
LAST_POLL = 1.0
"""Seconds that a page which polls has to learn that it is cut off."""
LINE = "doctrine.line"

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
log = logging.getLogger("nicegui")
upgraded: dict[str, Line] = {}
"""Lines that began as polling, by the name that Engine.IO gave the connection."""


class Line:
    """One connection of a page: what it may still say, and how to hang up.

    Parameters
    ----------
    address : str
        Who is at the other end.
    send : callable, optional
        ASGI's `send` of a WebSocket; None while the page polls.
    """

    def __init__(self, address: str, send: Send | None = None) -> None:
        self.address, self.send = address, send
        self.budget = Budget(MESSAGES_A_SECOND, MESSAGES_AT_ONCE)
        self.closed = False

    def hear(self, packet: object) -> None:
        """Take note of a packet.

        Raises
        ------
        RefusedError
            If it is one too many, or malformed.
        """
        if not self.budget.spend():
            raise RefusedError(f"more than {MESSAGES_A_SECOND:.0f} messages a second")
        check_packet(packet)

    async def hang_up(self, why: str, name: str | None = None) -> None:
        """Close the connection, saying why, here in one line of the log and there; once."""
        if self.closed:
            return
        self.closed = True
        log.warning("closed a connection from %s: %s", self.address, one_line(why))
        if self.send is not None:
            reason = one_line(why).encode()[:LONGEST_REASON].decode(errors="ignore")
            await self.send({"type": "websocket.close", "code": VIOLATION, "reason": reason})
        elif name is not None:
            with contextlib.suppress(TimeoutError):  # it waits until somebody polls for the news, which nobody may
                await asyncio.wait_for(core.sio.eio.disconnect(name), LAST_POLL)


def line_of(name: str) -> Line | None:
    """The line of an Engine.IO connection; None if it is gone."""
    environ = core.sio.environ.get(name)
    if name in upgraded:
        return upgraded[name]
    return environ["asgi.scope"].get(LINE) if environ else None


def hang_up(name: str, why: str) -> None:
    """Close an Engine.IO connection soon, from code that cannot wait."""
    line = line_of(name)
    if line is not None:
        task = asyncio.get_running_loop().create_task(line.hang_up(why, name))
        _closing.add(task)
        task.add_done_callback(_closing.discard)


_closing: set[asyncio.Task[None]] = set()
