"""`doctrine app`: the live app in the browser."""

from __future__ import annotations

from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from sim.basics.limits import InputError
from sim.cli import console
from sim.cli.exits import DONE
from sim.cli.options import Flag, Names, Whole

LOOPBACK, PORT = "127.0.0.1", 8080


def app_(
    *,
    host: str = LOOPBACK,
    port: Whole = PORT,
    rooms: Path | None = None,
    teach: Literal["token", "here", "anybody"] | None = None,
    name: Names = None,
    proxy: Names = None,
    no_browser: Flag = False,
) -> int:
    """Explore live, learn, take a seat at the table, or run a class, in the browser.

    Prints the address, and serves this machine alone until Ctrl-C; nothing is fetched from outside.

    For example:

        doctrine app

    A class whose phones are in the same network:

        doctrine app --host 0.0.0.0

    A school's server, behind a proxy on the same machine that encrypts:

        doctrine app --name school.example.org --proxy 127.0.0.1

    Parameters
    ----------
    host
        Address to bind to; 0.0.0.0 lets others in the network in.
    port
        Port to listen at; 0 for any that is free.
    rooms
        Folder that keeps the rooms of classes over a restart; doctrine/rooms in the user's state folder if not given.
    teach
        Who may open rooms: whoever has the token that is printed at the start, whoever sits here at this machine, or
        anybody. If not given, token where others can reach the app, and here where they cannot.
    name
        Names under which a proxy answers for the app, such as school.example.org; with https, unless one is written
        http://school.lan.
    proxy
        Addresses of proxies, or networks, whose X-Forwarded-For is believed; nobody else's is.
    no_browser
        Open no browser.
    """
    if find_spec("nicegui") is None:
        raise InputError("app: needs NiceGUI, which is not installed: pip install 'doctrine-sim[app]'")
    from platformdirs import user_state_path

    from sim.browser import server
    from sim.browser.classroom.access import Owner
    from sim.teaching.classroom.rooms import own_folder

    place = rooms or user_state_path("doctrine", appauthor=False) / "rooms"
    reach = server.Reach(host, port, tuple(name or ()), tuple(proxy or ()), teach)
    reach.check()
    if not port:
        reach = reach._replace(port=server.check_free(host, port))
    own_folder(place)
    owner = Owner(reach.owner)
    own, *others = reach.addresses()
    console.heading(f"The app is at {own}")
    for other in others:
        console.line(f"Others in the network reach it at {other}")
    if owner.token:
        door = others[0] if reach.names else own
        console.line(f"Open rooms for classes at {door}/teach?token={owner.token}")
        console.line("Whoever has that address can open rooms and delete them: keep it off the projector.")
    console.line(f"Rooms of classes are kept in {place}")
    console.line("Ctrl-C stops it.")
    with suppress(KeyboardInterrupt):
        server.serve(reach, owner, place, show=not no_browser)
    console.line("Stopped. Rooms resume at the next start.")
    return DONE
