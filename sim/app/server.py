"""The server: it binds to this machine alone unless told otherwise, and fetches nothing from outside."""

from __future__ import annotations

import os
import secrets
import socket
from importlib import import_module
from pathlib import Path

from nicegui import app, ui

from sim.app import guard, layout
from sim.app.runs import runs
from sim.limits import InputError

LOOPBACK, EVERYWHERE = "127.0.0.1", ("", "0.0.0.0", "::")
NO_WAY_IN = ("127.", "169.254.")
"""How addresses begin that nobody else reaches: of the machine itself, or taken for want of a real one."""
TITLE = "Same world, other doctrine"
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="16" height="32" fill="#0072B2"/>'
    '<rect x="16" width="16" height="32" fill="#D55E00"/></svg>'
)
PARTS = ("explore", "player", "lessons", "seat", "classroom")
"""The parts of the app, each a package here with `register`."""
SECRET_FILE, SECRET_BYTES = "secret", 32
RECONNECT = 60.0
"""Seconds that a page which lost its connection has to come back before its state on the server goes."""


def serve(host: str, port: int, rooms: Path, show: bool) -> None:
    """Serve the app until it is interrupted.

    Parameters
    ----------
    host : str
        Address to bind to; `LOOPBACK` lets nobody else in.
    port : int
        Port to listen at.
    rooms : Path
        Folder of what outlives the server: the rooms of classes, and the key that signs cookies.
    show : bool
        Open a browser.

    Raises
    ------
    InputError
        If the port is taken, or this machine has no such address.
    """
    check_free(host, port)
    app.state.rooms, app.state.reached = rooms, (host, port)
    register()
    guard.install(host)
    ui.run(
        host=host,
        port=port,
        title=TITLE,
        favicon=ICON,
        language="en-US",
        reload=False,
        show=show,
        show_welcome_message=False,
        reconnect_timeout=RECONNECT,
        storage_secret=secret(rooms),
        # A student who comes back by a link in the class's chat is still the same student.
        session_middleware_kwargs={"same_site": "lax"},
        **guard.SERVER,
    )


def register() -> None:
    """Declare the pages of all parts, and open their pool of processes with the server."""
    app.on_startup(runs.open)
    app.on_shutdown(runs.close)
    layout.register()
    for part in PARTS:
        import_module(f"sim.app.{part}").register()


def check_free(host: str, port: int) -> None:
    """Make sure that the server can listen there.

    Raises
    ------
    InputError
        If it cannot.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise InputError(
                f"host, port: cannot listen at {host}:{port} ({getattr(error, 'strerror', None) or error}); "
                "another --port may be free"
            ) from None


def secret(folder: Path) -> str:
    """The key that signs cookies, made the first time; it is kept so that a restart knows its visitors again."""
    place = folder / SECRET_FILE
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (place.exists() and place.stat().st_size):
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(SECRET_BYTES))
    return place.read_text(encoding="ascii")


def addresses(host: str, port: int) -> list[str]:
    """Where people reach the server: its own machine first, then, if it is open to others, the network's address."""
    if host not in EVERYWHERE:
        return [f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"]
    return [f"http://{address}:{port}" for address in (LOOPBACK, *_own_addresses())]


def _own_addresses() -> list[str]:
    """Addresses of this machine in its networks, that of its usual way out first.

    A laptop that is its class's own hotspot has no way out; its address is then among those of its adapters.
    """
    import ifaddr

    adapters = [ip.ip for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4]
    found = [str(ip) for ip in adapters if not str(ip).startswith(NO_WAY_IN)]
    return list(dict.fromkeys([*_routed(), *found]))


def _routed() -> list[str]:
    """The address from which packets leave, if any would; none is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation: only the route is looked up
        except OSError:
            return []
        return [str(probe.getsockname()[0])]
