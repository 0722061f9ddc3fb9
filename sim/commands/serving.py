"""`doctrine app`: the live app in the browser."""

from __future__ import annotations

from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from sim.limits import InputError
from sim.terminal import console
from sim.terminal.exits import DONE
from sim.terminal.options import Flag, Whole

LOOPBACK, PORT = "127.0.0.1", 8080


def app_(*, host: str = LOOPBACK, port: Whole = PORT, rooms: Path | None = None, no_browser: Flag = False) -> int:
    """Explore live, learn, take a seat at the table, or run a class, in the browser.

    Prints the address, and serves this machine alone until Ctrl-C; nothing is fetched from outside.

    For example:

        doctrine app

    A class whose phones are in the same network:

        doctrine app --host 0.0.0.0

    Parameters
    ----------
    host
        Address to bind to; 0.0.0.0 lets others in the network in, who then can do all that the app offers.
    port
        Port to listen at.
    rooms
        Folder that keeps the rooms of classes over a restart; doctrine/rooms in the user's state folder if not given.
    no_browser
        Open no browser.
    """
    if find_spec("nicegui") is None:
        raise InputError("app: needs NiceGUI, which is not installed: pip install 'doctrine-sim[app]'")
    from platformdirs import user_state_path

    from sim.app import server

    place = rooms or user_state_path("doctrine", appauthor=False) / "rooms"
    server.check_free(host, port)
    own, *others = server.addresses(host, port)
    console.heading(f"The app is at {own}")
    for other in others:
        console.line(f"Others in the network reach it at {other}")
    console.line(f"Rooms of classes are kept in {place}")
    console.line("Ctrl-C stops it.")
    with suppress(KeyboardInterrupt):
        server.serve(host, port, place, show=not no_browser)
    console.line("Stopped. Rooms resume at the next start.")
    return DONE
