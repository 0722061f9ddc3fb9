"""What a page may say to the server over its connection: the few forms that NiceGUI's own script sends.

A connection speaks Engine.IO, in it Socket.IO, in it events with JSON, in it arguments that are JSON once more. Each
layer is held to the forms that a browser's page uses. Whatever else arrives is a mistake or an attack.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nicegui import Client, json

from sim.app.guard.limits import DEEPEST, MOST_BYTES

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
    if len(packet.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise RefusedError(f"a message may have {MOST_BYTES:,} bytes")
    if not PACKET.fullmatch(packet):
        raise RefusedError("not a message that a page of this app sends")
    return packet


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
    client = Client.instances.get(message["client_id"])
    element = message.get("id")
    if type(element) is not int or (client and not 0 <= element < client.next_element_id):
        raise RefusedError("event: there is no such element on this page")
    if not isinstance(message.get("listener_id"), str):
        raise RefusedError("event: listener_id must be text")
    arguments = message.get("args")
    if not isinstance(arguments, list) or not all(isinstance(each, str | None) for each in arguments):
        raise RefusedError("event: args must be a list of texts")
    for argument in arguments:
        _argument(argument)


def _argument(text: str | None) -> None:
    """NiceGUI will parse it the same way: no NaN, no infinite number."""
    try:
        check_depth(None if text is None else json.loads(text))
    except ValueError:
        raise RefusedError("event: an argument is not JSON") from None


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
