"""Every name of NiceGUI and of the server beneath it that is not public, in one place, for one minor version.

The rest of the guard calls these functions and uses what is public. `tests/app/test_guard_internals.py` says which name
is gone or takes other arguments when NiceGUI moves up; pyproject.toml moves with `VERSION`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import Client, app, core, json, ui
from starlette.types import ASGIApp, Scope

VERSION = "3.18"
"""The minor version of NiceGUI that these names are held against."""
LIBRARY, TALK = "/_nicegui/", "/_nicegui_ws/"
"""Where the browser finds NiceGUI's own files, which may be kept; and where a page talks to the server."""
COOKIE, COOKIE_AGE, COOKIE_KEY = "session", 14 * 86_400, "id"
"""NiceGUI's cookie: its name, seconds for which it is good, and under which key it tells browsers apart."""
EVENTS = {"connect": 3, "handshake": 2, "event": 2, "javascript_response": 2, "ack": 2, "log": 2}
"""Handlers that NiceGUI registers for what a page says, and how many arguments each takes."""

Handler = Callable[..., Any]


def restrict(most_bytes: int) -> None:
    """Let the server take messages of its own origin alone, up to a size, and one after another.

    So an error reaches whoever wraps the packets, and a page's messages keep their order.
    """
    core.sio.eio.max_http_buffer_size = most_bytes
    core.sio.eio.cors_allowed_origins = None
    core.sio.async_handlers = False


def wrap_application(wrapper: Callable[[ASGIApp], ASGIApp]) -> None:
    """Stand outside everything else, so that nothing is answered without the wrapper."""
    build = app.build_middleware_stack
    app.build_middleware_stack = lambda: wrapper(build())  # type: ignore[method-assign]


def wrap_event(event: str, wrapper: Callable[[Handler], Handler]) -> None:
    """Wrap the handler that NiceGUI has registered for an event; `app` must not have started."""
    core.sio.on(event, wrapper(core.sio.handlers["/"][event]))


def handle_event(event: str, handler: Handler) -> None:
    """Handle an event in NiceGUI's stead; "*" is any that has no handler."""
    core.sio.on(event, handler)


def wrap_packets(wrapper: Callable[[Handler], Handler]) -> None:
    """Wrap what handles each packet of a connection."""
    core.sio.eio.on("message", wrapper(core.sio.eio.handlers["message"]))


def pages_of(sid: str) -> list[str]:
    """Ids of the pages that a Socket.IO session has shaken hands for."""
    return list(core.sio.rooms(sid))


def connection_of(sid: str) -> str | None:
    """The Engine.IO connection of a Socket.IO session."""
    name: str | None = core.sio.manager.eio_sid_from_sid(sid, "/")
    return name


def has_entered(name: str) -> bool:
    """Whether a session has begun on an Engine.IO connection."""
    return bool(core.sio.manager.sid_from_eio_sid(name, "/"))


def connections() -> list[str]:
    """All Engine.IO connections."""
    return list(core.sio.environ)


def scope_of(name: str) -> Scope | None:
    """The request with which an Engine.IO connection began; None if it is gone."""
    environ = core.sio.environ.get(name)
    return environ["asgi.scope"] if environ else None


async def disconnect(name: str) -> None:
    """End an Engine.IO connection that polls."""
    await core.sio.eio.disconnect(name)


def requested_pages() -> list[Client]:
    """Pages in memory; those that the server made for itself were asked for by nobody."""
    return [client for client in Client.instances.values() if client._request is not None]


def element_of(page: str, number: int) -> tuple[bool, ui.element | None]:
    """Whether a page can have had an element of a number, and the element if it is there."""
    client = Client.instances.get(page)
    if client is None:
        return True, None
    return 0 <= number < client.next_element_id, client.elements.get(number)


def forget(client: Client, hang_up: Callable[[str], None]) -> None:
    """Give up a page for others, and each connection of it; a browser that still shows it loads it anew."""
    for task in client._delete_tasks.values():
        task.cancel()
    for sid in list(client._socket_to_document_id):
        hang_up(str(connection_of(sid)))
    client.delete()


def parsed(text: str) -> Any:
    """What NiceGUI will read in a text: no NaN, no infinite number.

    Raises
    ------
    ValueError
        If it is not JSON.
    """
    return json.loads(text)
