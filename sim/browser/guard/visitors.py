"""Who asks: from which address, under which name of this server, and whether he belongs to a class here.

Limits hold for an address, since browsers are made up easily; but a whole class may sit behind one address. Whoever is
in a room, or opened one, is known by his cookie, and has places of his own whatever others at his address do.

A browser that was lured to a hostile page can be told that the page's name has the address of this machine ("DNS
rebinding"); its requests then come from the user's own browser but carry the foreign name. Addresses cannot be
re-pointed, so a server that is open to a network answers to any address and to the names of its machine. Behind a
proxy it answers to the names that it was told, each with its scheme: a page of `http://` is not one of `https://`.
"""

from __future__ import annotations

import json
import re
import socket
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from types import MappingProxyType
from typing import NamedTuple

from itsdangerous import BadSignature, TimestampSigner
from starlette.requests import HTTPConnection
from starlette.types import Scope

from sim.basics.limits import InputError
from sim.basics.mistakes import shown
from sim.browser.guard.internals import COOKIE, COOKIE_AGE, COOKIE_KEY

VISITOR = "doctrine.visitor"
"""Where a request says who asks."""
NETWORK = 64
"""Bits of an IPv6 address that name the network; whoever has one has all addresses in it."""
GIVEN = re.compile(
    r"(?:(?P<scheme>https?)://)?(?P<name>(?=.{1,253}(?::|$))[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*)(?::\d{1,5})?"
)
"""A name as it may be given: school.example.org, http://school.lan, https://school.example.org:8443."""
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})

Network = IPv4Network | IPv6Network


class Visitor(NamedTuple):
    """Who asks.

    Attributes
    ----------
    address : str
        What limits are counted for: an IPv4 address, or the network of an IPv6 address.
    browser : str
        The secret by which the browser is known; empty if it is new.
    known : bool
        Whether it belongs to a room, or may open some.
    """

    address: str
    browser: str = ""
    known: bool = False

    @property
    def key(self) -> str:
        """Whom a limit is counted for: the browser of somebody known, the address of a stranger."""
        return f"browser {self.browser}" if self.known else f"address {self.address}"


NOBODY = Visitor("")
"""Where nobody asks, as when the server itself makes a page."""


class Visitors:
    """Tells who asks.

    Parameters
    ----------
    secret : str
        The key that signs cookies.
    belongs : callable
        Whether a browser's secret is that of somebody known.
    """

    def __init__(self, secret: str, belongs: Callable[[str], bool]) -> None:
        self._signer, self._belongs = TimestampSigner(secret), belongs

    def who(self, scope: Scope) -> Visitor:
        """Who is behind a request, by its connection and its cookie."""
        browser = self._browser(HTTPConnection(scope).cookies.get(COOKIE, ""))
        address = str(scope["client"][0]) if scope.get("client") else ""
        return Visitor(neighbourhood(address), browser, bool(browser) and self._belongs(browser))

    def _browser(self, cookie: str) -> str:
        try:
            found = json.loads(b64decode(self._signer.unsign(cookie.encode(), max_age=COOKIE_AGE)))
            return str(found[COOKIE_KEY])
        except (BadSignature, ValueError, KeyError, TypeError):
            return ""


def visitor(scope: Scope | None) -> Visitor:
    """Who is behind a request that came through the gate."""
    found = (scope or {}).get(VISITOR, NOBODY)
    return found if isinstance(found, Visitor) else NOBODY


def neighbourhood(address: str) -> str:
    """What limits are counted for.

    Examples
    --------
    >>> neighbourhood("192.168.0.7"), neighbourhood("::ffff:192.168.0.7")
    ('192.168.0.7', '192.168.0.7')
    >>> neighbourhood("2001:db8::1") == neighbourhood("2001:db8::ffff:2"), neighbourhood("fe80::1%eth0")
    (True, 'fe80::1')
    """
    found = plain(address)
    if isinstance(found, IPv6Address) and not found.is_link_local and not found.is_loopback:
        return str(ip_network((found, NETWORK), strict=False))
    return str(found or address)


def plain(address: str) -> IPv4Address | IPv6Address | None:
    """An address without the name of an adapter, as IPv4 where it is one; None if it is none."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


class ServerNames(NamedTuple):
    """What the server answers to.

    Attributes
    ----------
    own : frozenset of str
        Names beside plain addresses, as `own_names` gives them; reached without encryption.
    given : dict of str to str
        Names under which a proxy answers for it, and the scheme of each.
    proxies : tuple of network
        Addresses whose word is taken on who asks.
    """

    own: frozenset[str]
    given: Mapping[str, str] = MappingProxyType({})
    proxies: tuple[Network, ...] = ()

    def knows(self, header: str) -> bool:
        """Whether a Host header names this server."""
        return bare(header) in self.given or is_own(header, self.own)

    def origin(self, header: str) -> str:
        """The origin of a page that was asked for under a Host header."""
        return f"{self.given.get(bare(header), 'http')}://{header.lower()}"

    def trusts(self, address: str) -> bool:
        """Whether an address is that of a proxy."""
        found = plain(address)
        return found is not None and any(found in network for network in self.proxies)

    def asking(self, address: str, forwarded: Iterable[str]) -> str:
        """Who asks: the last address on the way here that is no proxy's own; nobody else's word is taken.

        Parameters
        ----------
        address : str
            Of the other end of the connection.
        forwarded : iterable of str
            The headers X-Forwarded-For of the request.
        """
        way = [part.strip() for header in forwarded for part in header.split(",")]
        while self.trusts(address) and way and plain(way[-1]) is not None:
            address = way.pop()
        return address


def all_names(host: str, given: Iterable[str] = (), proxies: Iterable[str] = ()) -> ServerNames:
    """What a server answers to.

    Parameters
    ----------
    host : str
        Address or name that it is bound to.
    given : iterable of str
        Names under which a proxy answers for it, with https unless one is written `http://name`.
    proxies : iterable of str
        Addresses of such proxies, or networks such as 10.0.0.0/8.

    Raises
    ------
    InputError
        If one of them is none.
    """
    return ServerNames(own_names(host), dict(map(_given, given)), tuple(map(_network, proxies)))


def _given(text: str) -> tuple[str, str]:
    found = GIVEN.fullmatch(text.strip().lower().rstrip("/"))
    if found is None:
        raise InputError(f"name: must be a name such as school.example.org, or http://school.lan, got {shown(text)}")
    return found["name"], found["scheme"] or "https"


def _network(text: str) -> Network:
    try:
        return ip_network(text.strip(), strict=False)
    except ValueError:
        raise InputError(f"proxy: must be an address such as 127.0.0.1, or a network, got {shown(text)}") from None


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
    return plain(name) is not None
