"""What keeps the app hard to break: a gate before every request, bounds on everything, errors that stay where they are.

`install` is called once before the server starts, and `SERVER` goes to `ui.run`. docs/app_security.md says what is
exposed and what is not.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from nicegui import app

from sim.app.guard import apologies, log, talk
from sim.app.guard.gate import Gate
from sim.app.guard.limits import CONNECTIONS_IN_ALL, KEPT_MESSAGES, MOST_BYTES
from sim.app.guard.names import own_names
from sim.app.guard.patience import Patient, raise_file_limit

SERVER: Mapping[str, Any] = MappingProxyType(
    {
        "http": Patient,
        "ws_max_size": MOST_BYTES,
        "limit_concurrency": CONNECTIONS_IN_ALL,
        "message_history_length": KEPT_MESSAGES,
        "proxy_headers": False,  # nobody stands between a class and its server, so nobody may say who is asking
        "server_header": False,
    }
)
"""Arguments of `ui.run`: bounds that only the server itself can keep."""


def install(host: str) -> None:
    """Guard the app; call it before `ui.run(**SERVER)`.

    Parameters
    ----------
    host : str
        What the server is bound to.
    """
    build = app.build_middleware_stack
    app.build_middleware_stack = functools.partial(_gated, build, own_names(host))  # type: ignore[method-assign]
    apologies.install()
    talk.install()
    log.install()
    raise_file_limit()


def _gated(build: Any, names: frozenset[str]) -> Gate:
    """The gate stands outside everything else, so that nothing is answered without it."""
    return Gate(build(), names)
