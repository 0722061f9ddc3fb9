"""The dials of a doctrine as a page has them: those that are moved from 0 to 1; the seats of Congress are no dials."""

from __future__ import annotations

from typing import NamedTuple

from sim.scenario.doctrine import DOCTRINES, Priorities
from sim.scenario.spelling import SHARES

PRIORITY = "Priority of "
THEATRES = {"indo_pacific": "the Indo-Pacific", "hemisphere": "the hemisphere", "domestic": "home", "europe": "Europe"}


class Dial(NamedTuple):
    """A dial: its name in a doctrine's text, how it is called, and what its ends mean."""

    name: str
    label: str
    help: str


def dials(actor: str) -> tuple[Dial, ...]:
    """The dials of an actor."""
    found: list[Dial] = []
    for name, field in DOCTRINES[actor].model_fields.items():
        if field.annotation is Priorities:
            found += [_dial(f"{SHARES}{part}", some.description) for part, some in Priorities.model_fields.items()]
        elif field.annotation is float:
            found.append(_dial(name, field.description))
    return tuple(found)


def _dial(name: str, meaning: str | None) -> Dial:
    last = name.removeprefix(SHARES)
    label = PRIORITY + THEATRES[last] if last != name else last.replace("_", " ").capitalize()
    return Dial(name, label, " ".join(str(meaning).replace("`", "").split()))
