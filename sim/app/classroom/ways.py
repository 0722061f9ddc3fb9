"""Small things that all pages of a class need."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable
from typing import Any

from nicegui import app, ui

from sim.app.classroom.hall import Hall
from sim.limits import InputError
from sim.mistakes import ScenarioError

SEAT_NAMES = {
    "us": "Washington",
    "congress": "Congress",
    "europe": "Europe",
    "ukraine": "Ukraine",
    "russia": "Russia",
}
"""How seats are called where there is little room."""
log = logging.getLogger("doctrine.class")


def hall() -> Hall:
    """The rooms of this server."""
    found: Hall = app.state.hall
    return found


def browser() -> str:
    """The secret by which this browser is known, from its signed cookie."""
    return str(app.storage.browser["id"])


def address() -> str:
    """The network address that asks."""
    return ui.context.client.ip


def complain(error: Exception) -> None:
    """Say what was wrong; it stays long enough to be read."""
    text = str(error) if isinstance(error, InputError | ScenarioError) else "this could not be saved; is the disk full?"
    ui.notify(text, type="negative", timeout=8000, multi_line=True, actions=[{"label": "OK", "color": "white"}])


def told(action: Callable[..., Any]) -> Callable[..., Any]:
    """A handler that says what was wrong instead of failing."""

    async def handler(*args: Any) -> None:
        try:
            done = action(*args)
            if inspect.isawaitable(done):
                await done
        except (InputError, ScenarioError) as error:
            complain(error)
        except OSError as error:
            log.exception("an action in a class could not be written down")
            complain(error)

    return handler
