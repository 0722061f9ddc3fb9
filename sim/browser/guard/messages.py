"""What a page may say to the server over its connection: the few forms that NiceGUI's own script sends; and the log.

A connection speaks Engine.IO, in it Socket.IO, in it events with JSON, in it arguments that are JSON once more. Each
layer is held to the forms that a browser's page uses. Whatever else arrives is a mistake or an attack, and is told in
one line of the log, with nothing in it that moves the cursor.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from nicegui import ui

from sim.browser.guard.internals import element_of, parsed
from sim.browser.guard.limits import DEEPEST, LONGEST_EVENT, MOST_BYTES

LONGEST_LINE = 300
TALKERS = ("nicegui", "uvicorn.error", "engineio.server", "socketio.server", "asyncio", "doctrine.class")
"""Loggers that may be made to speak by what a stranger sends."""
E = TypeVar("E", bound=ui.element)
ESCAPED = 6
"""Characters that one may need as JSON."""
LONGEST: WeakKeyDictionary[ui.element, int] = WeakKeyDictionary()
"""Characters by element."""
PACKET = re.compile(r"1|2probe|3|5|41|40(\{.*\})?|42\d{0,9}\[.*\]", re.DOTALL)
"""Close, a probe before an upgrade, an answer to a ping, the upgrade, leave, enter, an event (maybe numbered)."""
NAME = re.compile(r"[A-Za-z0-9-]{1,64}")
"""Made-up names of tabs and documents."""
FIELDS = {
    "event": {"client_id", "id", "listener_id", "args"},
    "javascript_response": {"client_id", "request_id", "result"},
    "ack": {"client_id", "next_message_id"},
    "log": {"client_id", "level", "message"},
}
LEVELS = {"debug", "info", "warning", "error"}


def one_line(text: str) -> str:
    r"""Text without line ends and other control characters, and not without end.

    Examples
    --------
    >>> one_line("all well\n12:00 root logged in\x1b[2J")
    'all well 12:00 root logged in [2J'
    """
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text[:LONGEST_LINE]).split())


def told(error: BaseException) -> str:
    """An error and its place in one line."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return one_line(f"{type(error).__name__}: {error}") + place


class OneLine(logging.Filter):
    """Turns a record with a traceback into a line, unless its logger is set to debug."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; it is always let through."""
        if logging.getLogger(record.name).isEnabledFor(logging.DEBUG):
            return True
        text = one_line(record.getMessage())
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            text = told(error) if text in ("", one_line(str(error))) else f"{text}: {told(error)}"
        record.msg, record.args, record.exc_info, record.exc_text, record.stack_info = text, (), None, None, None
        return True


def keep_log_readable() -> None:
    """Hold every logger that a stranger can make speak to one line a record."""
    for name in TALKERS:
        logging.getLogger(name).addFilter(OneLine())
    if logging.lastResort is not None:  # where the records of all others end, as nobody has told them a place
        logging.lastResort.addFilter(OneLine())


def bounded(element: E, longest: int) -> E:
    """Let a field take so many characters; the browser keeps to it, and a longer text is none of a browser's."""
    LONGEST[element] = longest
    element.props["maxlength"] = longest
    return element


def too_long(element: ui.element | None, arguments: list[Any]) -> str:
    """What is wrong with the length of an event's arguments, which are JSON; empty if nothing."""
    longest = LONGEST.get(element) if element is not None else None
    most = LONGEST_EVENT if longest is None else ESCAPED * longest + len('""')
    whole = sum(len(argument or "") for argument in arguments)
    return f"{whole:,} characters for a field that takes {longest or most:,}" if whole > most else ""


def overfull(element: ui.element | None, value: object) -> str:
    """What is wrong with the length of a text that came as one argument; empty if nothing."""
    longest = LONGEST.get(element) if element is not None else None
    if longest is None or not isinstance(value, str) or len(value) <= longest:
        return ""
    return f"{len(value):,} characters for a field that takes {longest:,}"


class RefusedError(Exception):
    """A message that no page of this app sends; the text says what was wrong with it."""


def check_packet(packet: object) -> str:
    """Hold one packet to size and form.

    Raises
    ------
    RefusedError
        If it is no text, too long, or of no form that a page uses.
    """
    if not isinstance(packet, str):
        raise RefusedError("binary messages are not taken")
    if size(packet) > MOST_BYTES:
        raise RefusedError(f"a message may have {MOST_BYTES:,} bytes")
    if not PACKET.fullmatch(packet):
        raise RefusedError("not a message that a page of this app sends")
    return packet


def size(packet: object) -> int:
    """Bytes of a packet."""
    return len(packet.encode("utf-8", "surrogatepass")) if isinstance(packet, str) else 0


def check_message(event: str, message: object, rooms: list[str]) -> None:
    """Hold the content of a message to what a page may say of itself.

    Parameters
    ----------
    event : str
        Name of the event, a key of `FIELDS`.
    message : object
        Its content.
    rooms : list of str
        Names of the pages that the connection has shaken hands for.

    Raises
    ------
    RefusedError
        If fields are missing, wrong or too deep, or if the page is not the connection's own.
    """
    if not isinstance(message, dict) or not message.keys() <= FIELDS[event] or "client_id" not in message:
        raise RefusedError(f"{event}: wrong fields")
    if message["client_id"] not in rooms:
        raise RefusedError(f"{event}: of a page that is not yours")
    check_depth(message)
    CHECKS[event](message)


def check_handshake(query: Mapping[str, Any]) -> None:
    """Hold a page's introduction of itself to its form.

    Raises
    ------
    RefusedError
        If a name is missing or odd.
    """
    if not isinstance(query, Mapping):
        raise RefusedError("handshake: wrong fields")
    for field in ("client_id", "tab_id", "document_id"):
        _name(query.get(field), f"handshake: {field}")
    if query.get("old_tab_id") not in (None, "", "null"):
        _name(query["old_tab_id"], "handshake: old_tab_id")
    if not str(query.get("next_message_id") or 0).isdecimal():
        raise RefusedError("handshake: next_message_id must be a whole number")


def check_depth(value: object, deepest: int = DEEPEST) -> None:
    """Refuse lists within lists without end, which would exhaust whoever walks them."""
    if deepest < 0:
        raise RefusedError(f"more than {DEEPEST} levels of nesting")
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        check_depth(part, deepest - 1)


def _event(message: dict[str, Any]) -> None:
    number = message.get("id")
    there, field = element_of(message["client_id"], number) if type(number) is int else (False, None)
    if not there:
        raise RefusedError("event: there is no such element on this page")
    if not isinstance(message.get("listener_id"), str):
        raise RefusedError("event: listener_id must be text")
    arguments = message.get("args")
    if not isinstance(arguments, list) or not all(isinstance(each, str | None) for each in arguments):
        raise RefusedError("event: args must be a list of texts")
    wrong = too_long(field, arguments)
    if not wrong:
        wrong = next(filter(None, (overfull(field, _argument(argument)) for argument in arguments)), "")
    if wrong:
        raise RefusedError(f"event: {wrong}")


def _argument(text: str | None) -> Any:
    try:
        found = None if text is None else parsed(text)
    except ValueError:
        raise RefusedError("event: an argument is not JSON") from None
    check_depth(found)
    return found


def _answer(message: dict[str, Any]) -> None:
    _name(message.get("request_id"), "javascript_response: request_id")


def _acknowledgement(message: dict[str, Any]) -> None:
    if type(message.get("next_message_id")) is not int:
        raise RefusedError("ack: next_message_id must be a whole number")


def _log(message: dict[str, Any]) -> None:
    if message.get("level") not in LEVELS or not isinstance(message.get("message"), str):
        raise RefusedError("log: wrong fields")


def _name(value: object, what: str) -> None:
    if not isinstance(value, str) or not NAME.fullmatch(value):
        raise RefusedError(f"{what} must be a name of letters, digits and dashes")


CHECKS = {"event": _event, "javascript_response": _answer, "ack": _acknowledgement, "log": _log}
