"""The dials of a doctrine as a page shows them, and doctrines as text: `preset:dial=value,dial=value`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.doctrine import DOCTRINES, Doctrine, Priorities, Table
from sim.presets import PRESETS
from sim.scenario.tables import CUSTOM
from sim.study import parsed

WEIGHTS = "priorities."
"""How the dials begin that are shares of one whole."""
DIGITS = 3
"""Decimals of a share that was made to fit the others."""
PRIORITY = "Priority of "
THEATRES = {"indo_pacific": "the Indo-Pacific", "hemisphere": "the hemisphere", "domestic": "home", "europe": "Europe"}
Values = dict[str, float]
"""Dials by name; those of a table within the doctrine are written `priorities.europe`, `house.fiscal`."""


class Dial(NamedTuple):
    """A dial: its name in a doctrine's text, how it is called, and what its ends mean."""

    name: str
    label: str
    help: str


def dials(actor: str) -> tuple[Dial, ...]:
    """The dials of an actor that are moved from 0 to 1; the seats of Congress are no dials."""
    found: list[Dial] = []
    for name, field in DOCTRINES[actor].model_fields.items():
        if field.annotation is Priorities:
            found += [_dial(f"{WEIGHTS}{part}", some.description) for part, some in Priorities.model_fields.items()]
        elif field.annotation is float:
            found.append(_dial(name, field.description))
    return tuple(found)


def _dial(name: str, meaning: str | None) -> Dial:
    last = name.removeprefix(WEIGHTS)
    label = PRIORITY + THEATRES[last] if last != name else last.replace("_", " ").capitalize()
    return Dial(name, label, " ".join(str(meaning).replace("`", "").split()))


def flat(table: Table | Mapping[str, Any], above: str = "") -> Values:
    """A doctrine as numbers by name."""
    rows = table.model_dump() if isinstance(table, Table) else table
    found: Values = {}
    for name, value in rows.items():
        found |= flat(value, f"{above}{name}.") if isinstance(value, Mapping) else {f"{above}{name}": value}
    return found


def preset_of(text: str) -> str:
    """The preset that a text starts from."""
    return text.partition(":")[0]


def values(actor: str, text: str) -> Values:
    """Every dial of a doctrine, and the seats.

    Raises
    ------
    InputError
        If the text is no doctrine.
    """
    table = parsed(text, actor)
    preset = table.pop("preset")
    start = {} if preset == CUSTOM else flat(PRESETS[actor][preset].doctrine)
    return start | flat(table)


def written(actor: str, doctrine: Doctrine, preset: str | None = None) -> str:
    """A doctrine as text: a preset, and the dials that differ from it.

    Parameters
    ----------
    actor : str
        Whose.
    doctrine : Doctrine
        Its dials.
    preset : str, optional
        The preset to start from; the one from which the fewest dials differ if None.
    """
    return text_of(actor, flat(doctrine), preset)


def text_of(actor: str, wanted: Values, preset: str | None = None) -> str:
    """Dials as text; see `written`."""
    names = [preset] if preset else list(PRESETS[actor])
    apart = {name: _apart(flat(PRESETS[actor][name].doctrine), wanted) for name in names}
    nearest = min(apart, key=lambda name: len(apart[name]))
    changes = ",".join(f"{dial}={value!r}" for dial, value in apart[nearest].items())
    return f"{nearest}:{changes}" if changes else nearest


def _apart(start: Values, wanted: Values) -> Values:
    """The dials that differ; of shares of one whole all, since they must sum to 1."""
    found = {dial: value for dial, value in wanted.items() if value != start[dial]}
    if any(dial.startswith(WEIGHTS) for dial in found):
        found |= {dial: value for dial, value in wanted.items() if dial.startswith(WEIGHTS)}
    return {dial: found[dial] for dial in wanted if dial in found}


def moved(actor: str, text: str, dial: str, value: float) -> str:
    """The text of a doctrine after one of its dials was moved.

    A share of one whole takes from the others, or gives to them, in proportion.

    >>> moved("europe", "hedger", "autonomy", 0.9)
    'hedger:autonomy=0.9'
    >>> moved("europe", "hedger:autonomy=0.9", "autonomy", 0.4)
    'hedger'
    """
    now = values(actor, text)
    preset = preset_of(text)
    changed = now | (_shares(now, dial, value) if dial.startswith(WEIGHTS) else {dial: value})
    return text_of(actor, changed, None if preset == CUSTOM else preset)


def _shares(now: Values, dial: str, value: float) -> Values:
    """Shares that sum to 1 with one of them set."""
    others = {name: share for name, share in now.items() if name.startswith(WEIGHTS) and name != dial}
    whole = sum(others.values())
    parts = {name: share / whole if whole else 1.0 / len(others) for name, share in others.items()}
    fitted = {name: round((1.0 - value) * part, DIGITS) for name, part in parts.items()}
    largest = max(fitted, key=lambda name: fitted[name])
    fitted[largest] = round(1.0 - value - sum(share for name, share in fitted.items() if name != largest), DIGITS)
    return {dial: value, **fitted}
