"""Small things that all pages of a class need."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable
from typing import Any

from nicegui import app, ui
from nicegui.elements.mixins.text_element import TextElement

from sim.app.classroom.hall import Hall
from sim.ensemble.workers import WorkerError
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


class Complaint(TextElement):
    """Where a form says what was wrong; empty and unseen until then."""

    def __init__(self) -> None:
        super().__init__(tag="p", text="")
        self.classes("complaint").props("role=alert")
        self.say("")

    def say(self, text: str) -> None:
        """Show a text; nothing if it is empty."""
        self.set_text(text)
        self.set_visibility(bool(text))


def complain(error: Exception, place: Complaint | None = None) -> None:
    """Say what was wrong, in its place in a form, or above everything long enough to be read."""
    known = isinstance(error, InputError | ScenarioError | WorkerError)
    text = str(error) if known else "this could not be saved; is the disk full?"
    text = f"{text[:1].upper()}{text[1:]}."
    if place is not None:
        place.say(text)
        return
    ui.notify(
        text,
        type="negative",
        position="top",
        timeout=8000,
        multi_line=True,
        actions=[{"label": "OK", "color": "white"}],
    )


def told(action: Callable[..., Any], place: Complaint | None = None) -> Callable[..., Any]:
    """A handler that says what was wrong instead of failing."""

    async def handler(*args: Any) -> None:
        if place is not None:
            place.say("")
        try:
            done = action(*args)
            if inspect.isawaitable(done):
                await done
        except (InputError, ScenarioError, WorkerError) as error:
            complain(error, place)
        except OSError as error:
            log.exception("an action in a class could not be written down")
            complain(error, place)

    return handler
