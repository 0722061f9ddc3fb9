"""From the merged tables of a scenario file to explicit values, or to everything that is wrong with them.

Two passes. The first holds every value against the vocabulary of `sim.scenario.tables`. The second asks what
only the whole can tell: is anything missing, do dates lie in order and within the scenario, do weights and
seats still sum once dials are laid over their preset. What failed the first pass is left out of the second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from sim.basics.actors import ACTORS
from sim.basics.mistakes import KeyPath, Mistake, shown
from sim.basics.months import LAST_MONTH, is_month, month_after, month_number
from sim.basics.plugins import PluginError
from sim.scenario.doctrine import DOCTRINES, Doctrine, Table
from sim.scenario.file import overlay
from sim.scenario.guests import in_full
from sim.scenario.json_schema import mistakes_of, names_at, value_at
from sim.scenario.presets import CUSTOM, DEFAULT_PRESET, PRESETS
from sim.scenario.tables import DATED, PARAMETERS, REQUIRED, ScenarioFile


def explicit(data: dict[str, Any]) -> tuple[dict[str, Any], list[Mistake]]:
    """What `sim.scenario.Scenario` is made of, and every mistake; the first is empty if there is any."""
    data = _spelt_out(data)
    file, mistakes = _shape(data)
    mistakes += _missing(data)
    bad = [mistake.path for mistake in mistakes]
    mistakes += _dates(data, bad)
    entries: dict[str, list[dict[str, Any]]] = {}
    for actor in ACTORS:
        table = _sound(data.get(actor, {}), actor, bad)
        entries[actor], wrong = _resolved(actor, table, data)
        mistakes += wrong
    guests, wrong = in_full(file.guests if file is not None else {})
    mistakes += wrong
    if mistakes or file is None:
        return {}, mistakes
    plain = ("name", *REQUIRED, "parameters", "parameter_sets", "mechanisms", "reading", "initial")
    actors = {actor: tuple(DATED[actor](**entry) for entry in entries[actor]) for actor in ACTORS}
    events = tuple(sorted(file.events, key=lambda event: event.month))
    hold = tuple(name for name in PARAMETERS if name in file.hold)
    found = {**{key: getattr(file, key) for key in plain}, **actors, "events": events, "hold": hold}
    return {**found, **({"guests": guests} if guests else {})}, []


def _spelt_out(data: dict[str, Any]) -> dict[str, Any]:
    """`parameters = "posterior"` in full."""
    if data.get("parameters") != "posterior":
        return data
    return {**data, "parameters": {}, "parameter_sets": "posterior"}


def _shape(data: dict[str, Any]) -> tuple[Any, list[Mistake]]:
    try:
        return ScenarioFile.model_validate(data), []
    except ValidationError as error:
        return None, mistakes_of(error, data)


def _missing(data: dict[str, Any]) -> list[Mistake]:
    return [Mistake((key,), "is required") for key in REQUIRED if key not in data]


def _dates(data: dict[str, Any], bad: list[KeyPath]) -> list[Mistake]:
    """Dates that lie outside the scenario, or out of order."""
    if any(key not in data or (key,) in bad for key in ("start", "months")):
        return []
    first, last = data["start"], month_after(data["start"], data["months"] - 1)
    if not is_month(last):
        most = month_number(LAST_MONTH) - month_number(first) + 1
        return [Mistake(("months",), f"must be at most {most} from {first} on, where months end with {LAST_MONTH}")]
    return [*_event_dates(data, first, last), *_change_dates(data, first, last)]


def _event_dates(data: dict[str, Any], first: str, last: str) -> Iterator[Mistake]:
    for index, event in enumerate(entries_of(data.get("events"))):
        month = month_at(event, "month")
        if month and not first <= month <= last:
            yield Mistake(("events", index, "month"), f"must be from {first} to {last}, got {shown(month)}")


def _change_dates(data: dict[str, Any], first: str, last: str) -> Iterator[Mistake]:
    for actor in ACTORS:
        table = data.get(actor)
        before = ""
        for index, change in enumerate(entries_of(table.get("doctrine")) if isinstance(table, dict) else []):
            month = month_at(change, "from")
            path = (actor, "doctrine", index, "from")
            if month and not first < month <= last:
                yield Mistake(path, f"must be after the start, {first}, and up to {last}, got {shown(month)}")
            elif month and month <= before:
                yield Mistake(path, f"must be after the change before it, {before}, got {shown(month)}")
            before = max(before, month)


def entries_of(value: Any) -> list[Any]:
    """A value if it is a list; nothing else has entries."""
    return list(value) if isinstance(value, list | tuple) else []


def month_at(table: Any, key: str) -> str:
    """The month under a key, if there is a sound one."""
    month = table.get(key) if isinstance(table, dict) else None
    return str(month) if is_month(month) else ""


def _sound(table: Any, actor: str, bad: list[KeyPath]) -> dict[str, Any] | None:
    """The table of an actor without its bad dials; None if too much is wrong to go on."""
    wrong = {path[1:] for path in bad if path[0] == actor}
    if not wrong:
        return dict(table)
    if any(len(path) != 1 or path[0] in ("preset", "doctrine") for path in wrong):
        return None
    return {key: value for key, value in table.items() if (key,) not in wrong}


def _resolved(
    actor: str, table: dict[str, Any] | None, data: dict[str, Any]
) -> tuple[list[dict[str, Any]], list[Mistake]]:
    """The dated doctrines of an actor, each with every dial."""
    if table is None:
        return [], []
    head = {"from": data.get("start"), "preset": DEFAULT_PRESET[actor], **table}
    entries: list[dict[str, Any]] = []
    for index, change in enumerate([head, *head.pop("doctrine", ())], start=-1):
        path: KeyPath = (actor,) if index < 0 else (actor, "doctrine", index)
        try:
            base, dials = _starting_point(actor, change, entries)
        except PluginError as error:
            return [], [Mistake((*path, "preset"), str(error))]
        given = {key: value for key, value in change.items() if key not in ("from", "preset")}
        try:
            doctrine: Any = DOCTRINES[actor].model_validate(overlay(dials, given))
        except ValidationError as error:
            rest = f"of preset '{base}'" if "preset" in change else "as before"
            return [], [_with_rest(mistake, data, rest) for mistake in mistakes_of(error, data, path)]
        entries.append({"since": change["from"], "preset": named(actor, base, doctrine), "doctrine": doctrine})
    return entries, []


def _with_rest(mistake: Mistake, data: dict[str, Any], rest: str) -> Mistake:
    """A mistake about a sum, with where the terms come from that the file does not give."""
    table = value_at(mistake.path, data)
    open_terms = isinstance(table, dict) and len(table) < len(names_at(mistake.path, data))
    return replace(mistake, words=lambda: f"{mistake.text} (those not given are {rest})") if open_terms else mistake


def _starting_point(actor: str, change: dict[str, Any], entries: list[dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    """The preset that a change starts from and its dials: its own preset, or the doctrine it amends."""
    base = change.get("preset")
    if base is None:
        return entries[-1]["preset"], entries[-1]["doctrine"].model_dump()
    return base, {} if base == CUSTOM else PRESETS[actor][base].doctrine.model_dump()


def named(actor: str, base: str, doctrine: Doctrine | Table) -> str:
    """The preset that a doctrine starts from; a custom one that is a preset dial by dial goes by that preset's name."""
    presets = {name: preset.doctrine for name, preset in PRESETS[actor].shipped.items()}
    return base if base != CUSTOM else next((name for name, preset in presets.items() if preset == doctrine), CUSTOM)


def names_the_file(mistake: Mistake) -> Mistake:
    """A mistake about a name that no line gives: it is the file's own."""
    if mistake.path != ("name",):
        return mistake
    return replace(mistake, words=f'{mistake.text}, the file\'s own name; name = "..." gives the scenario another')
