"""The open connections: how one of a page is closed with a reason, and which of the others are closed or give way."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from sim.browser.guard import internals
from sim.browser.guard.limits import (
    BYTES_A_SECOND,
    BYTES_AT_ONCE,
    CONNECTIONS_AN_ADDRESS,
    CONNECTIONS_IN_ALL,
    LONGEST_REASON,
    MESSAGES_A_SECOND,
    MESSAGES_AT_ONCE,
    PATIENCE,
    PLACES,
    SLOWEST,
    Budget,
)
from sim.browser.guard.messages import RefusedError, check_packet, one_line, size
from sim.browser.guard.visitors import LOOPBACK_NAMES, ServerNames, Visitor, neighbourhood

VIOLATION = 1008
"""Code of a WebSocket that is closed because what came over it is not acceptable."""
LAST_POLL = 1.0
"""Seconds that a page which polls has to learn that it is cut off."""
LINE = "doctrine.line"
CROWDED = "another page has taken its place"

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
log = logging.getLogger("nicegui")
upgraded: dict[str, PageConnection] = {}
"""Lines that began as polling, by the name that Engine.IO gave the connection."""
SPARE = 200
"""File descriptors for everything that is no connection: files, pipes to other processes."""
MOST_CONNECTIONS = CONNECTIONS_IN_ALL + PLACES.strangers + PLACES.known
"""Connections of any kind; those of pages have places of their own."""


class PageConnection:
    """One connection of a page: what it may still say, and how to hang up.

    Parameters
    ----------
    address, visitor : str, Visitor
        Who is at the other end.
    send : callable, optional
        ASGI's `send` of a WebSocket; None while the page polls.

    Attributes
    ----------
    settled : bool
        Whether a page has introduced itself over it.
    since : float
        When it was opened.
    """

    def __init__(self, address: str, visitor: Visitor, send: Send | None = None) -> None:
        self.address, self.visitor, self.send = address, visitor, send
        self.budget = Budget(MESSAGES_A_SECOND, MESSAGES_AT_ONCE)
        self.volume = Budget(BYTES_A_SECOND, BYTES_AT_ONCE)
        self.closed = self.settled = False
        self.since = time.monotonic()

    def hear(self, packet: object) -> None:
        """Take note of a packet.

        Raises
        ------
        RefusedError
            If it is one too many, or malformed.
        """
        if not self.budget.spend():
            raise RefusedError(f"more than {MESSAGES_A_SECOND:.0f} messages a second")
        if not self.volume.spend(size(packet)):
            raise RefusedError(f"more than {BYTES_A_SECOND:,.0f} bytes a second")
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
                await asyncio.wait_for(internals.disconnect(name), LAST_POLL)

    def hang_up_soon(self, why: str, name: str | None = None) -> None:
        """The same, from code that cannot wait."""
        task = asyncio.get_running_loop().create_task(self.hang_up(why, name))
        _closing.add(task)
        task.add_done_callback(_closing.discard)


def line_of(name: str) -> PageConnection | None:
    """The line of an Engine.IO connection; None if it is gone."""
    return upgraded.get(name) or _first_line(name)


def _first_line(name: str) -> PageConnection | None:
    scope = internals.scope_of(name)
    return scope.get(LINE) if scope else None


def lines() -> list[tuple[str, PageConnection]]:
    """All lines, by the names of their connections."""
    found = ((name, line_of(name)) for name in internals.connections())
    return [(name, line) for name, line in found if line is not None]


def settle(name: str | None) -> None:
    """Note that a page has introduced itself over a connection, which may be upgraded afterwards."""
    for line in (upgraded.get(name or ""), _first_line(name or "")):
        if line is not None:
            line.settled = True


def hang_up(name: str, why: str) -> None:
    """Close an Engine.IO connection soon, from code that cannot wait."""
    line = line_of(name)
    if line is not None:
        line.hang_up_soon(why, name)


_closing: set[asyncio.Task[None]] = set()


class Crowd:
    """The connections that wait for a request or have one answered, in the order in which they came.

    Attributes
    ----------
    names : Names
        Says which addresses are those of proxies, behind which many may be.
    """

    def __init__(self) -> None:
        self.names = ServerNames(LOOPBACK_NAMES)
        self._all: dict[Patient, str] = {}
        self._at: Counter[str] = Counter()

    def enter(self, patient: Patient) -> None:
        """Take in a connection; one that does nothing loses its place for it, or the new one is not taken."""
        address = patient.client[0] if patient.client else ""
        where = "" if self.names.trusts(address) else neighbourhood(address)
        if where and self._at[where] >= CONNECTIONS_AN_ADDRESS:
            self._replace(where, patient)
        elif len(self._all) >= CONNECTIONS_IN_ALL:
            self._replace(self._at.most_common(1)[0][0], patient)
        self._all[patient] = where
        self._at[where] += 1

    def leave(self, patient: Patient) -> None:
        """Forget a connection, if it is among them."""
        where = self._all.pop(patient, None)
        if where is not None:
            self._at[where] -= 1
            if not self._at[where]:
                del self._at[where]

    def _replace(self, where: str, patient: Patient) -> None:
        """Close the connection of an address that has done nothing for longest; the new one if all are at work."""
        idle = (one for one, address in self._all.items() if address == where and one.idle)
        gone = next(idle, patient)
        self.leave(gone)
        gone.transport.abort()


crowd = Crowd()
"""Those of the server."""


class Patient(H11Protocol):
    """Uvicorn's HTTP, which waits `PATIENCE` seconds for the head of a request and no longer."""

    _waiting: asyncio.TimerHandle | None = None

    @property
    def idle(self) -> bool:
        """Whether no request is being answered."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start to wait."""
        super().connection_made(transport)
        crowd.enter(self)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait on if the head of a request has begun and is not complete."""
        super().data_received(data)
        if self.transport.get_protocol() is not self:  # it has become the connection of a page
            crowd.leave(self)
            self._stop()
        elif self.conn.their_state is not h11.IDLE:
            self._stop()
        elif self._waiting is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        crowd.leave(self)
        self._stop()
        super().connection_lost(exc)

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection after its last answer, even if that is not fetched."""
        super().timeout_keep_alive_handler()
        self.loop.call_later(SLOWEST, self.transport.abort)

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(PATIENCE, self.transport.close)

    def _stop(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


def raise_file_limit() -> None:
    """Ask the system for as many file descriptors as there may be connections; some allow few by default."""
    try:
        import resource
    except ImportError:  # no such limit on Windows
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + SPARE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(
            resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
        )
