"""Every handler of NiceGUI's messages is held to what the page on that connection may say.

NiceGUI believes a message that names another's page. It logs a malformed one with a traceback and goes on. Here each
handler is wrapped: whatever raises ends the connection that it came from, with one line in the log.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any
from urllib.parse import parse_qs

from nicegui import app, core, ui
from socketio.exceptions import ConnectionRefusedError as NotConnected

from sim.app.guard.limits import MOST_BYTES
from sim.app.guard.lines import hang_up, log
from sim.app.guard.log import one_line, told
from sim.app.guard.messages import CHECKS, RefusedError, check_handshake, check_message

BROKEN = "that did not work; what you see may be out of date"
speaker: ContextVar[str | None] = ContextVar("speaker", default=None)
"""The connection whose message is being handled, in its handler and in what that starts."""
Handler = Callable[..., Any]


def install() -> None:
    """Wrap the handlers that NiceGUI has registered; `app` must not have started."""
    sio = core.sio
    sio.eio.max_http_buffer_size = MOST_BYTES
    sio.eio.cors_allowed_origins = None  # its own origin only
    sio.async_handlers = False  # an error reaches `_heard`, and a page's messages keep their order
    handlers = sio.handlers["/"]
    for event in CHECKS:
        sio.on(event, _checked(event, handlers[event]))
    sio.on("handshake", _introduced(handlers["handshake"]))
    sio.on("connect", _entered(handlers["connect"]))
    sio.on("log", _noted)
    sio.on("*", _unknown)
    sio.eio.on("message", _heard(sio.eio.handlers["message"]))
    app.on_exception(_failed)


def _heard(handle: Handler) -> Handler:
    """Handle a packet; whatever it raises ends its connection."""

    async def heard(name: str, packet: object) -> None:
        token = speaker.set(name)
        try:
            if str(packet).startswith("0") and core.sio.manager.sid_from_eio_sid(name, "/"):
                raise RefusedError("entered twice")
            await handle(name, packet)
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
        check_message(event, message, core.sio.rooms(sid))
        return await _done(handle(sid, message))

    return checked


def _introduced(handle: Handler) -> Handler:
    """Shake hands with a page that introduces itself properly."""

    async def introduced(sid: str, query: object) -> Any:
        check_handshake(query)  # type: ignore[arg-type]  # it is what is checked
        return await _done(handle(sid, query))

    return introduced


def _entered(handle: Handler) -> Handler:
    """Let a page in; one that introduces itself in its address is held to the same rules."""

    async def entered(sid: str, environ: dict[str, Any], auth: object = None) -> Any:
        query = {field: values[0] for field, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
        try:
            if query.get("implicit_handshake") == "true":
                check_handshake(query)
            return await _done(handle(sid, environ, auth))
        except RefusedError as refused:
            raise NotConnected(str(refused)) from None

    return entered


async def _noted(sid: str, message: object) -> None:
    """What a page logs is no news of the server's: kept for those who debug."""
    check_message("log", message, core.sio.rooms(sid))
    log.debug("page: %s", one_line(str(message)))


async def _unknown(event: str, *_: object) -> None:
    raise RefusedError(f"there is no message {one_line(event)!r}")


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


async def _done(result: Any) -> Any:
    return await result if inspect.isawaitable(result) else result
