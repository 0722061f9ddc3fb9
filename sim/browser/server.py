"""The server: it binds to this machine alone unless told otherwise, and fetches nothing from outside."""

from __future__ import annotations

import os
import re
import secrets
import socket
import stat
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from nicegui import app, ui

from sim.basics.limits import InputError
from sim.browser import guard, layout
from sim.browser.classroom.access import HERE, TOKEN, Owner
from sim.browser.guard.visitors import LOOPBACK_NAMES, ServerNames, Visitors, all_names
from sim.browser.runs import runs
from sim.teaching.classroom.rooms import own_folder

LOOPBACK, EVERYWHERE = "127.0.0.1", ("", "0.0.0.0", "::")
NO_WAY_IN = ("127.", "169.254.")
"""How addresses begin that nobody else reaches: of the machine itself, or taken for want of a real one."""
TITLE = "Same world, other doctrine"
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="16" height="32" fill="#0072B2"/>'
    '<rect x="16" width="16" height="32" fill="#D55E00"/></svg>'
)
PARTS = ("explore.explore_page", "player.player_page", "lessons.chapter_page", "seat.seat_page", "classroom")
"""What declares the pages of each part of the app, with `register`."""
SECRET_FILE, SECRET_BYTES = "secret", 32
SECRET = re.compile(rb"[A-Za-z0-9_-]{40,100}")
"""A key that was written whole; what a full disk or a hand left instead is replaced."""
RECONNECT = 60.0
"""Seconds that a page which lost its connection has to come back before its state on the server goes."""


class Reach(NamedTuple):
    """How the server is reached, and by whom.

    Attributes
    ----------
    host : str
        Address that it is bound to; `LOOPBACK` lets nobody else in.
    port : int
        Where it listens.
    names, proxies : tuple of str
        Names under which proxies answer for it, and their addresses, as `guard.names.names` takes them.
    teach : str, optional
        Who may open rooms, as `classroom.owner` has it: by default whoever sits at this machine if nobody else reaches
        it, and else whoever has the token.
    """

    host: str = LOOPBACK
    port: int = 8080
    names: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    teach: str | None = None

    @property
    def alone(self) -> bool:
        """Whether nobody but this machine reaches it."""
        return self.host.lower() in LOOPBACK_NAMES and not self.names and not self.proxies

    @property
    def owner(self) -> str:
        """Who may open rooms."""
        return self.teach or (HERE if self.alone else TOKEN)

    def addresses(self) -> list[str]:
        """Where people reach it: its own machine first, then what others may type."""
        own, *others = addresses(self.host, self.port)
        given = [name.rpartition("://")[2].rstrip("/") for name in self.names]
        return [own, *map(self.answers_to.origin, given), *others]

    @property
    def answers_to(self) -> ServerNames:
        """The names, each with its scheme, and the proxies."""
        return all_names(self.host, self.names, self.proxies)

    def check(self) -> None:
        """Say what is wrong.

        Raises
        ------
        InputError
            If a name or a proxy is none, the port is taken, or all would seem to sit at this machine.
        """
        all_names(self.host, self.names, self.proxies)
        if self.teach == HERE and self.names and not self.proxies:
            raise InputError(
                "teach: behind a proxy everybody seems to be on this machine; say with --proxy whose word on it is to "
                "be taken, or use --teach token"
            )
        check_free(self.host, self.port)


def serve(reach: Reach, owner: Owner, rooms: Path, show: bool) -> None:
    """Serve the app until it is interrupted.

    Parameters
    ----------
    reach : Reach
        How it is reached, and by whom.
    owner : Owner
        Who may open rooms.
    rooms : Path
        Folder of what outlives the server: the rooms of classes, and the key that signs cookies.
    show : bool
        Open a browser.

    Raises
    ------
    InputError
        If the port is taken, this machine has no such address, or the folder cannot be used.
    """
    reach.check()
    key = secret(rooms)
    app.state.rooms, app.state.reached, app.state.owner = rooms, reach, owner
    register()
    guard.install(reach.answers_to, Visitors(key, _belongs))
    ui.run(
        host=reach.host,
        port=reach.port,
        title=TITLE,
        favicon=ICON,
        language="en-US",
        reload=False,
        show=show and (f"/teach?token={owner.token}" if owner.token else "/"),
        show_welcome_message=False,
        reconnect_timeout=RECONNECT,
        storage_secret=key,
        # A student who comes back by a link in the class's chat is still the same student.
        session_middleware_kwargs={"same_site": "lax"},
        **guard.SERVER,
    )


def _belongs(browser: str) -> bool:
    """Whether a browser is known: in a room, or the owner's."""
    return bool(app.state.owner.knows(browser) or (hasattr(app.state, "hall") and app.state.hall.knows(browser)))


def register() -> None:
    """Declare the pages of all parts, and open their pool of processes with the server."""
    app.on_startup(runs.open)
    app.on_shutdown(runs.close)
    layout.register()
    for part in PARTS:
        import_module(f"sim.browser.{part}").register()


def check_free(host: str, port: int) -> int:
    """Make sure that the server can listen there.

    Returns
    -------
    int
        The port: one that is free, given 0.

    Raises
    ------
    InputError
        If it cannot.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            return int(probe.getsockname()[1])
        except (OSError, OverflowError) as error:
            raise InputError(
                f"host, port: cannot listen at {host}:{port} ({getattr(error, 'strerror', None) or error}); "
                "another --port may be free"
            ) from None


def secret(folder: Path) -> str:
    """The key that signs cookies, made the first time; it is kept so that a restart knows its visitors again.

    Raises
    ------
    InputError
        If the folder cannot be used, or something else than a file bears the key's name.
    """
    own_folder(folder)
    place = folder / SECRET_FILE
    if os.path.lexists(place) and not stat.S_ISREG(place.lstat().st_mode):
        raise InputError(f"rooms: {place} must be a file, which keeps the key of cookies; move away what is there")
    try:
        kept = place.read_bytes() if place.exists() else b""
        if SECRET.fullmatch(kept):
            return kept.decode()
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(SECRET_BYTES))
        return place.read_text(encoding="ascii")
    except PermissionError as error:
        raise InputError(f"rooms: {place}: cannot read or write there: {error.strerror}") from None


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
