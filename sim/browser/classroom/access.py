"""Who asks on a page of a class, and may he: a student, a teacher, or the owner of this server.

Who may open rooms, and delete those of others: whoever has the token, whoever sits at this machine, or anybody. The
token is made anew at every start and printed there, in an address. Whoever opens that address has it from then on in a
cookie, as a hash; it leaves the address at once, and stands in no log.
"""

from __future__ import annotations

import hashlib
import hmac
import inspect
import logging
from collections.abc import Callable
from typing import Any

from nicegui import app, ui

from sim.basics.limits import InputError
from sim.basics.mistakes import ScenarioError
from sim.browser.classroom.hall import Hall
from sim.browser.guard.visitors import plain, visitor
from sim.browser.layout import Complaint
from sim.ensemble.processes import WorkerError
from sim.teaching.classroom.identity import new_secret

TOKEN, HERE, ANYBODY = "token", "here", "anybody"
"""How `/teach` may be kept."""
KEPT = "teach"
"""Under which name the cookie has the hash."""
log = logging.getLogger("doctrine.class")


class Owner:
    """Whoever runs this server, as far as it can tell.

    Parameters
    ----------
    how : str
        `TOKEN`, `HERE` or `ANYBODY`.
    """

    def __init__(self, how: str) -> None:
        self.how = how
        self.token = new_secret() if how == TOKEN else ""
        self._mark = hashlib.sha256(self.token.encode()).hexdigest()
        self._browsers: set[str] = set()

    def admit(self, token: str) -> bool:
        """Let the browser that asks be the owner's, if it has the token; in a time that tells nothing about it."""
        if self.how != TOKEN or not hmac.compare_digest(token.encode(), self.token.encode()):
            return False
        app.storage.browser[KEPT] = self._mark
        return True

    def asks(self) -> bool:
        """Whether the browser that asks is the owner's."""
        if self.how == HERE:
            address = plain(ui.context.client.ip)
            return address is not None and address.is_loopback
        owns = self.how == TOKEN and hmac.compare_digest(
            str(app.storage.browser.get(KEPT)).encode(), self._mark.encode()
        )
        if owns:
            self._browsers.add(str(app.storage.browser["id"]))
        return owns

    def may_teach(self) -> bool:
        """Whether the browser that asks may open rooms."""
        return self.how == ANYBODY or self.asks()

    def knows(self, browser: str) -> bool:
        """Whether a browser has shown itself to be the owner's."""
        return browser in self._browsers


def hall() -> Hall:
    """The rooms of this server."""
    found: Hall = app.state.hall
    return found


def browser() -> str:
    """The secret by which this browser is known, from its signed cookie."""
    return str(app.storage.browser["id"])


def owner() -> Owner:
    """Who runs this server."""
    found: Owner = app.state.owner
    return found


def address() -> str:
    """The network address that asks, as limits count it."""
    return visitor(ui.context.client.request.scope).address


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


def confirmed(question: str, verb: str, action: Callable[[], None]) -> None:
    """Ask, and act if the answer is yes."""
    with ui.dialog(value=True) as dialog, ui.card():
        dialog.props["aria-label"] = question
        ui.label(question)
        with ui.row():
            ui.button(verb, on_click=told(action)).on("click", dialog.close)
            ui.button("Cancel", on_click=dialog.close).props("outline")
    dialog.on("hide", dialog.delete)
