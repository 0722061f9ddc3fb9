"""What the server does with what a page says, and what it shows where something went wrong.

NiceGUI believes a message that names another's page. It logs a malformed one with a traceback and goes on. Here each
handler is wrapped: whatever raises ends the connection that it came from, with one line in the log. The pages for what
is not there, or could not be made, tell a stranger nothing of what went wrong inside.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
from contextvars import ContextVar
from typing import Any
from urllib.parse import parse_qs

from fastapi import Request
from fastapi.responses import PlainTextResponse, Response
from nicegui import Client, app, ui
from socketio.exceptions import ConnectionRefusedError as NotConnected

from sim.browser.guard.connections import hang_up, line_of, log, settle
from sim.browser.guard.internals import (
    LIBRARY,
    Handler,
    connection_of,
    handle_event,
    has_entered,
    pages_of,
    wrap_event,
    wrap_packets,
)
from sim.browser.guard.limits import turns
from sim.browser.guard.messages import CHECKS, RefusedError, check_handshake, check_message, one_line, told
from sim.browser.guard.visitors import NOBODY
from sim.browser.layout import frame, paragraph

BROKEN = "that did not work; what you see may be out of date"
speaker: ContextVar[str | None] = ContextVar("speaker", default=None)
"""The connection whose message is being handled, in its handler and in what that starts."""


def install() -> None:
    """Wrap the handlers that NiceGUI has registered, and put pages in the place of its own about errors."""
    for event in CHECKS:
        wrap_event(event, functools.partial(_checked, event))
    wrap_event("handshake", _introduced)
    wrap_event("connect", _entered)
    handle_event("log", _noted)
    handle_event("*", _unknown)
    wrap_packets(_heard)
    app.on_exception(_failed)
    app.exception_handler(404)(_missing)
    app.exception_handler(Exception)(_server_error)
    app.on_page_exception(_broken)


def _heard(handle: Handler) -> Handler:
    """Handle a packet; whatever it raises ends its connection."""

    async def heard(name: str, packet: object) -> None:
        token = speaker.set(name)
        try:
            if str(packet).startswith("0") and has_entered(name):
                raise RefusedError("entered twice")
            line = line_of(name)
            async with turns.turn(line.visitor if line else NOBODY):
                await handle(name, packet)
                await asyncio.sleep(0)  # handlers that can wait begin now, and what they do counts as of this turn
        except RefusedError as refused:
            hang_up(name, str(refused))
        except Exception as error:
            log.debug("a message that could not be handled", exc_info=True)
            hang_up(name, f"malformed message: {type(error).__name__}")
        finally:
            speaker.reset(token)

    return heard


def _checked(event: str, handle: Handler) -> Handler:
    """Handle an event that is of the connection's own page."""

    @functools.wraps(handle)
    async def checked(sid: str, message: object) -> Any:
        check_message(event, message, pages_of(sid))
        return await _done(handle(sid, message))

    return checked


def _introduced(handle: Handler) -> Handler:
    """Shake hands with a page that introduces itself properly."""

    async def introduced(sid: str, query: object) -> Any:
        check_handshake(query)  # type: ignore[arg-type]  # it is what is checked
        return _settled(sid, await _done(handle(sid, query)))

    return introduced


def _entered(handle: Handler) -> Handler:
    """Let a page in; one that introduces itself in its address is held to the same rules."""

    async def entered(sid: str, environ: dict[str, Any], auth: object = None) -> Any:
        query = {field: values[0] for field, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
        introduces_itself = query.get("implicit_handshake") == "true"
        try:
            if introduces_itself:
                check_handshake(query)
            return _settled(sid, await _done(handle(sid, environ, auth)), introduces_itself)
        except RefusedError as refused:
            raise NotConnected(str(refused)) from None

    return entered


def _settled(sid: str, answer: Any, shaken: bool = True) -> Any:
    """Note that hands were shaken, if they were."""
    if shaken and answer is not False:
        settle(connection_of(sid))
    return answer


async def _noted(sid: str, message: object) -> None:
    """What a page logs is no news of the server's: kept for those who debug."""
    check_message("log", message, pages_of(sid))
    log.debug("page: %s", one_line(str(message)))


async def _unknown(event: str, *_: object) -> None:
    raise RefusedError(f"there is no message {one_line(event)!r}")


async def _done(result: Any) -> Any:
    return await result if inspect.isawaitable(result) else result


def _failed(error: Exception) -> None:
    """An error in a handler of a page: its connection starts afresh, and the one before it is told."""
    name = speaker.get()
    if name is None:
        return
    try:
        ui.notify(f"Sorry, {BROKEN}.", type="negative")
    except RuntimeError:
        log.debug("the page of %s is gone", told(error))
    hang_up(name, BROKEN)


async def _missing(request: Request, _: Exception) -> Response:
    if request.url.path.startswith(LIBRARY):
        return PlainTextResponse("There is no such file.\n", 404)
    with Client(ui.page(""), request=request) as client, frame("There is no such page"):
        paragraph("The address may be misspelt, or what it showed is over.")
        ui.link("To the first page", "/")
    return client.build_response(request, 404)


async def _server_error(_: Request, __: Exception) -> Response:
    return PlainTextResponse("Something went wrong in the server.\n", 500)


def _broken() -> None:
    """What went wrong is in the server's log, not here."""
    with frame("This page could not be shown"):
        paragraph("Something went wrong in the server. Nothing of yours is lost: go back, or load the page again.")
        ui.link("To the first page", "/")
