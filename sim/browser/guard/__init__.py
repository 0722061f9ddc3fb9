"""What keeps the app hard to break: a gate before every request, bounds on everything, errors that stay where they are.

`install` is called once before the server starts, and `SERVER` goes to `ui.run`. docs/app/security.md says what is
exposed and what is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sim.browser.guard import handlers, internals, messages
from sim.browser.guard.connections import MOST_CONNECTIONS, Patient, crowd, raise_file_limit
from sim.browser.guard.gate import Gate
from sim.browser.guard.limits import BACKLOG, KEPT_MESSAGES, MOST_BYTES, STOP
from sim.browser.guard.visitors import ServerNames, Visitors

SERVER: Mapping[str, Any] = MappingProxyType(
    {
        "http": Patient,
        "ws_max_size": MOST_BYTES,
        "limit_concurrency": MOST_CONNECTIONS,
        "backlog": BACKLOG,
        "timeout_graceful_shutdown": int(STOP),
        "message_history_length": KEPT_MESSAGES,
        "proxy_headers": False,  # whose word is taken on who asks is the gate's business
        "server_header": False,
    }
)
"""Arguments of `ui.run`: bounds that only the server itself can keep."""


def install(names: ServerNames, visitors: Visitors) -> None:
    """Guard the app; call it before `ui.run(**SERVER)`.

    Parameters
    ----------
    names : Names
        What the server answers to.
    visitors : Visitors
        Tells who asks.
    """
    internals.wrap_application(lambda app: Gate(app, names, visitors))
    internals.restrict(MOST_BYTES)
    crowd.names = names
    handlers.install()
    messages.keep_log_readable()
    raise_file_limit()
