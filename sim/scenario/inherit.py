"""What a file, or code, takes over from what it extends: what it does not name stays; tables merge, lists add.

In this order: `drop` lets go; a `start` or `months` of its own moves what is inherited; events, changes of doctrine and
parameters to hold are added to those inherited; what else the file says is laid over the rest, key by key.
"""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.basics.actors import ACTORS
from sim.basics.mistakes import Mistake, ScenarioError, count, shown
from sim.basics.months import is_month
from sim.scenario.check import entries_of, explicit, month_at
from sim.scenario.doctrine import Table
from sim.scenario.file import SourceFile, overlay
from sim.scenario.json_schema import mistakes_of, value_at
from sim.scenario.layers import CHANGES, EVENTS, LISTS, Entry, Layers, dates, in_a_row, renews, some_of
from sim.scenario.presets import DEFAULT_PRESET, PRESETS
from sim.scenario.span import move
from sim.scenario.spelling import DialValues, flat
from sim.scenario.tables import DROPPED, ScenarioFile

OF_THE_FILE = ("name", "extends", "drop", "state")
"""Keys that say something of their own file alone: they are not inherited."""


def merged(chain: list[SourceFile]) -> Layers:
    """What the files of a chain say together, the file itself first in it."""
    layers = Layers(chain)
    for place in reversed(range(len(chain))):
        layers.turn_to(chain[place], chain[place + 1] if place + 1 < len(chain) else None)
        _lay(layers, chain[place])
    return layers


def _lay(layers: Layers, file: SourceFile) -> None:
    """Lay a file over those that it extends."""
    _check_words(layers, file)
    _drop(layers, file)
    own = _spelt_out(layers, file)
    say_of_another_time(layers, own)
    move(layers, own)
    had_changes = [actor for actor, path in CHANGES.items() if layers.lists.get(path)]
    for path in LISTS:
        if isinstance(value := value_at(path, file.data), list):
            _add(layers, path, [Entry(entry, file, place) for place, entry in enumerate(value)])
    for actor in ACTORS:
        if renews(own, actor):
            renew(layers, actor, own[actor], actor in had_changes)
    base = {key: value for key, value in layers.tables.items() if key != "name"}
    words = OF_THE_FILE[1:]
    layers.tables = overlay(base, {key: value for key, value in own.items() if key not in words})
    start = layers.tables.get("start")
    layers.doctrine_of |= {actor: str(start) for actor in ACTORS if renews(own, actor) and is_month(start)}
    say_taken_back(layers, own)


def _check_words(layers: Layers, file: SourceFile) -> None:
    """Hold what a file says of itself alone against the vocabulary: the files that extend it do not inherit it."""
    words = {key: file.data[key] for key in ("drop", "state") if key in file.data}
    try:
        ScenarioFile.model_validate(words)
    except ValidationError as error:
        for mistake in mistakes_of(error, words):
            layers.refuse(mistake.path, mistake.words)


def _drop(layers: Layers, file: SourceFile) -> None:
    for index, name in enumerate(entries_of(file.data.get("drop"))):
        if name not in DROPPED:
            continue
        gone = layers.let_go(name)
        if gone:
            layers.say(f"{name}: {gone} of {layers.parent} let go{default_instead(name, file.data)}")
        else:
            nothing = f"{layers.parent} has no {name}" if layers.parent else "this file extends nothing"
            layers.refuse(("drop", index), f"lets nothing go: {nothing}")


def _spelt_out(layers: Layers, file: SourceFile) -> dict[str, Any]:
    """What a file says, without the lists that add up, and with its word for parameters in full."""
    own = {key: _without_list(file.data, key) for key in file.data}
    own = {key: value for key, value in own.items() if not (isinstance(value, list) and (key,) in LISTS)}
    word = own.get("parameters")
    if word == "default":
        if gone := layers.let_go("parameters"):
            layers.say(f"parameters: {gone} of {layers.parent} let go")
        return {"parameter_sets": "one", **own, "parameters": {}}
    if word == "posterior":
        other = own.get("parameter_sets", word)
        if other != word:
            text = f'must be left out beside parameters = "posterior", which is short for it; got {shown(other)}'
            layers.refuse(("parameter_sets",), text)
        del own["parameters"]
        own["parameter_sets"] = word
    return own


def _without_list(data: dict[str, Any], key: str) -> Any:
    """A table without its list of changes."""
    table = data[key]
    if key not in ACTORS or not isinstance(table, dict) or not isinstance(table.get("doctrine"), list):
        return table
    return {name: value for name, value in table.items() if name != "doctrine"}


def _add(layers: Layers, path: tuple[str, ...], mine: list[Entry]) -> None:
    """Add the entries of a file's list to those inherited; an empty list lets go of them."""
    theirs = layers.lists.get(path, [])
    if not mine:
        if gone := layers.let_go(".".join(path)):
            layers.say(f"{'.'.join(path)}: {gone} of {layers.parent} let go")
        return
    if isinstance(table := value_at(path[:-1], layers.tables), dict):
        table.pop(path[-1], None)
    if path in CHANGES.values():
        layers.lists[path] = _in_order(theirs, mine)
    else:
        layers.lists[path] = theirs + _besides(mine, theirs)
    if theirs:
        _say_added(layers, path, theirs, mine)


def _besides(mine: list[Entry], theirs: list[Entry]) -> list[Entry]:
    """Those entries that are not equal to one of the others."""
    there = {_frozen(entry.value) for entry in theirs}
    return [entry for entry in mine if _frozen(entry.value) not in there]


def _frozen(value: Any) -> Any:
    """A value that can be looked up; equal ones stay equal."""
    if isinstance(value, dict):
        return frozenset((name, _frozen(inner)) for name, inner in value.items())
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _in_order(theirs: list[Entry], mine: list[Entry]) -> list[Entry]:
    """Changes of doctrine in order of date, without those inherited of a month in which the file has its own.

    The file's own stay in the order in which they are written: a wrong one is a mistake of the file.
    """
    months = [month_at(entry.value, "from") for entry in mine]
    new = set(months)
    left = deque(entry for entry in theirs if month_at(entry.value, "from") not in new)
    found: list[Entry] = []
    for entry, month in zip(mine, months, strict=True):
        while left and month_at(left[0].value, "from") < month:
            found.append(left.popleft())
        found.append(entry)
    return [*found, *left]


def _say_added(layers: Layers, path: tuple[str, ...], theirs: list[Entry], mine: list[Entry]) -> None:
    """Say how many entries come from where; the parameters that are held are named with the draws."""
    if path == EVENTS:
        new = _besides(mine, theirs)
        twice = f"; {len(mine) - len(new)} that both have counts once" if len(new) < len(mine) else ""
        layers.say(f"events: {len(theirs)} inherited from {layers.parent}, {len(new)} of its own{twice}")
    elif path in CHANGES.values():
        left = set(map(id, layers.lists[path]))
        kept = [entry for entry in theirs if id(entry) in left]
        gone = [entry for entry in theirs if id(entry) not in left]
        replaced = f"; replaced: {dates(gone, 'from')}" if gone else ""
        layers.say(f"{'.'.join(path)}: {len(kept)} inherited from {layers.parent}, {len(mine)} of its own{replaced}")


NO_DIALS = ("from", "preset", "doctrine")
"""Keys of an actor's table, or of a change, that are none of its dials."""


def renew(layers: Layers, actor: str, own: dict[str, Any], had_changes: bool) -> None:
    """Start from another preset: dials inherited belonged to the old one; dated changes stay.

    Parameters
    ----------
    layers
        With the file's own changes of doctrine among those inherited.
    actor, own
        Whose preset, and the file's table of it.
    had_changes
        Whether changes were inherited, those included that the file replaces.
    """
    old = layers.tables.pop(actor, None)
    table = old if isinstance(old, dict) else {}
    dials = len(table.keys() - {"preset"})
    if not dials and not had_changes:
        return
    before = shown(table.get("preset", DEFAULT_PRESET[actor]))
    more = f" and {count(dials, 'dial')}" if dials else ""
    changes = [entry for entry in layers.lists.get(CHANGES[actor], []) if entry.file is not layers.file]
    stay = f"; what {layers.parent} changes in {dates(changes, 'from')} stays {_remedy(actor, 'it')}" if changes else ""
    layers.say(f"{actor}: preset {shown(own['preset'])} replaces {before}{more} of {layers.parent}{stay}")


def say_taken_back(layers: Layers, own: dict[str, Any]) -> None:
    """Say of every dial of the file until when it holds, where an inherited change gives it another value."""
    for actor, path in CHANGES.items():
        entries = layers.lists.get(path, [])
        ends: dict[str, list[str]] = {}
        for place, dials in _own_dials(layers, own, actor, entries):
            for dial, value in dials.items():
                if end := _end(layers, actor, dial, value, entries[place:]):
                    ends.setdefault(_beginning(end), []).append(f"{dial} {_number(value)}")
        for beginning, dials_held in ends.items():
            verb = "holds" if len(dials_held) == 1 else "hold"
            text = f"{verb} until {beginning} {_remedy(actor, 'that')}"
            layers.say(f"{actor}: {some_of(dials_held)} {text}", f"{actor}: {in_a_row(dials_held)} {text}")


def _own_dials(layers: Layers, own: dict[str, Any], actor: str, entries: list[Entry]) -> list[tuple[int, DialValues]]:
    """Dials that the file lays over what it inherits, and the place of the first change after them.

    Those beside a preset of its own are left to the note on that.
    """
    found = [] if renews(own, actor) else [(0, _dials(own.get(actor)))]
    mine = [(place, entry.value) for place, entry in enumerate(entries, start=1) if entry.file is layers.file]
    amending = [(place, value) for place, value in mine if isinstance(value, dict) and "preset" not in value]
    return found + [(place, _dials(value)) for place, value in amending]


def _end(layers: Layers, actor: str, dial: str, value: Any, later: list[Entry]) -> Entry | None:
    """The inherited change that gives a dial another value, unless one of the file's own sets it before."""
    for entry in later:
        sets = _set_by(actor, entry.value)
        if dial in sets and entry.file is layers.file:
            return None
        if sets.get(dial, value) != value:
            return entry
    return None


def _set_by(actor: str, change: Any) -> DialValues:
    """The dials that a change sets: its own, and all of the preset that it starts from."""
    preset = change.get("preset") if isinstance(change, dict) else None
    known = PRESETS[actor].get(preset) if isinstance(preset, str) else None
    return (flat(known.doctrine.model_dump(mode="json")) if known else {}) | _dials(change)


def _dials(table: Any) -> DialValues:
    return flat({key: value for key, value in table.items() if key not in NO_DIALS}) if isinstance(table, dict) else {}


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else shown(value)


def _beginning(change: Entry) -> str:
    preset = change.value.get("preset")
    what = "a change" if preset is None else f"preset {shown(preset)}"
    return f"{month_at(change.value, 'from')}, when {what} of {change.file.path.name} begins"


def _remedy(actor: str, what: str) -> str:
    return f'(drop = ["{actor}.doctrine"] lets {what} go)'


def default_instead(name: str, file: dict[str, Any]) -> str:
    """What holds where a file lets go of an actor's doctrine and names no preset; "" for anything else."""
    if name not in ACTORS or renews(file, name):
        return ""
    return f"; the default preset, {shown(DEFAULT_PRESET[name])}, now holds"


def say_of_another_time(layers: Layers, own: dict[str, Any]) -> None:
    """Say which doctrines were given for a later start than the one to which the file goes back.

    The presets that hold where a scenario names none belong to no time.
    """
    start, new = layers.tables.get("start"), str(own.get("start"))
    if not (is_month(start) and is_month(new) and new < str(start)):
        return
    found: dict[str, list[str]] = {}
    for actor in ACTORS:
        table, month = layers.tables.get(actor), layers.doctrine_of.get(actor, "")
        preset = table.get("preset") if isinstance(table, dict) else None
        if new < month and preset not in (None, DEFAULT_PRESET[actor]) and not renews(own, actor):
            found.setdefault(month, []).append(f"{actor} {preset}")
    for month, names in found.items():
        layers.say(f"doctrines are those of {month}: {', '.join(names)}")


CALLED = ("name", "title", "question")
"""Keys that say what a scenario is called, and change nothing in it."""
DIGITS = 8
"""Of the digest of a scenario, in its name."""
REFUSED = {
    "format": "belongs to a file that the program wrote; a scenario in code is always of the present format",
    "extends": "belongs to a file; in code start from another scenario, as in sim.load('outlook').with_(...)",
    "doctrine": "belongs into an actor's table, as in us={'doctrine': [{'from': '2026-01', 'clarity': 1.0}]}",
}
"""Keys that mean nothing here, and what to do instead."""


def varied(tables: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """What a scenario is made of with changes laid over it.

    Parameters
    ----------
    tables : dict
        The scenario, as the tables of a file.
    changes : dict
        By key of the file.

    Raises
    ------
    ScenarioError
        With every mistake of the changes.
    """
    name = str(tables["name"])
    named = _named(tables, changes)
    child = {key: _plain(value) for key, value in changes.items() if key not in REFUSED}
    layers = merged([SourceFile(Path(name), "", {**named, **child}), SourceFile(Path(name), "", tables)])
    resolved, mistakes = explicit(layers.whole())
    found = [Mistake((key,), REFUSED[key]) for key in changes if key in REFUSED]
    found += [*layers.mistakes, *map(layers.placed, mistakes)]
    if found:
        raise ScenarioError(name, [replace(mistake, file="", line=None) for mistake in found])
    return resolved if "name" in changes or named["name"] == name else {**resolved, "name": _own_name(resolved)}


def _own_name(resolved: dict[str, Any]) -> str:
    """A name that no other scenario has: it is that of a folder of results, which another one would write over."""
    content = {key: value for key, value in resolved.items() if key not in CALLED}
    return f"{resolved['name']}-{hashlib.sha256(repr(content).encode()).hexdigest()[:DIGITS]}"


def _named(tables: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Name and title of the varied scenario: the old ones, and what was changed."""
    keys = [key for key in changes if key not in CALLED]
    name, title = tables["name"], tables["title"]
    if not keys:
        return {"name": name}
    return {"name": "-".join([str(name), "with", *keys]), "title": f"{title} (changed: {', '.join(keys)})"}


def _plain(value: Any) -> Any:
    """A value as a file has it: events and doctrines that are objects as their tables."""
    if isinstance(value, Table):
        return value.model_dump(mode="json", exclude_none=True)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
