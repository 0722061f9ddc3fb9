"""By what names the server may be called: a page from elsewhere that points its own name here is not let in.

A browser that was lured to a hostile page can be told that the page's name has the address of this machine ("DNS
rebinding"); its requests then come from the user's own browser but carry the foreign name. Addresses cannot be
re-pointed, so a server that is open to a network answers to any address and to the names of its machine.
"""

from __future__ import annotations

import socket
from ipaddress import ip_address

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def own_names(host: str) -> frozenset[str]:
    """Names that the server answers to beside plain addresses.

    Parameters
    ----------
    host : str
        Address or name that the server is bound to.
    """
    if host.lower() in LOOPBACK_NAMES:
        return LOOPBACK_NAMES
    machine = socket.gethostname().lower()
    return LOOPBACK_NAMES | {host.lower(), machine, f"{machine}.local"} - {""}


def is_own(header: str, names: frozenset[str]) -> bool:
    """Whether a Host header names this server.

    Parameters
    ----------
    header : str
        Name or address, perhaps with a port: `localhost:8080`, `[::1]:8080`.
    names : frozenset of str
        What `own_names` gave; if it is the loopback's alone, no other address is taken either.

    Examples
    --------
    >>> is_own("localhost:8080", LOOPBACK_NAMES), is_own("[::1]:8080", LOOPBACK_NAMES)
    (True, True)
    >>> is_own("evil.example:8080", LOOPBACK_NAMES), is_own("192.168.0.7:8080", LOOPBACK_NAMES)
    (False, False)
    >>> is_own("192.168.0.7:8080", LOOPBACK_NAMES | {"laptop"}), is_own("laptop.evil.example", own_names("0.0.0.0"))
    (True, False)
    """
    name = bare(header)
    return name in names or (names != LOOPBACK_NAMES and _is_address(name))


def bare(header: str) -> str:
    """The name in a Host header, without its port and brackets."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.partition(":")[0].lower().removesuffix(".")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
