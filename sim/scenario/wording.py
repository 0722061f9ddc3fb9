"""What pydantic finds, in words that a reader of the file understands.

The words come from the schema that editors use: what a message allows and what an editor allows is the same.
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from sim.mistakes import KeyPath, Mistake, key, nearest, shown, unknown
from sim.scenario.schema import Node, names_at, schema_at
from sim.scenario.tables import CUSTOM, HEAD, MONTH_PATTERN, NAME_PATTERN, QUESTION_PATTERN, Crisis, Instrument

KINDS = tuple(str(event.model_fields["kind"].annotation.__args__[0]) for event in (Instrument, Crisis))  # type: ignore[union-attr]
"""Kinds of events."""

MOST_HOMES = 3
"""Tables to look into for a key that is in the wrong place; a key of more tables says nothing."""

MOST_LISTED = 8
"""Names that a message lists in full."""

PATTERNS = {
    MONTH_PATTERN: 'a month in quotes, like "2022-12"',
    QUESTION_PATTERN: "one sentence that ends in a question mark",
    NAME_PATTERN: "a name without slashes or a leading dot",
}
BOUNDS = {
    "greater_than_equal": ("at least", "ge"),
    "less_than_equal": ("at most", "le"),
    "greater_than": ("greater than", "gt"),
    "less_than": ("less than", "lt"),
}
LIMITS = {
    "minimum": "of at least",
    "exclusiveMinimum": "greater than",
    "maximum": "of at most",
    "exclusiveMaximum": "less than",
}


def mistakes_of(error: ValidationError, data: Any, under: KeyPath = ()) -> list[Mistake]:
    """A mistake for everything that a validation found.

    Parameters
    ----------
    error
        What pydantic raised.
    data
        All tables of the file.
    under
        The key of the table that was validated, if it was not the whole file.
    """
    found = [_mistake(dict(detail), data, under) for detail in error.errors(include_url=False)]
    return list(dict.fromkeys(found))


def _mistake(found: Node, data: Any, under: KeyPath) -> Mistake:
    path = (*under, *_without_kinds(found["loc"]))
    kind, value = found["type"], found["input"]
    if kind.startswith("union_tag"):
        return _kind_mistake(path, value)
    if kind == "missing" and isinstance(path[-1], int):
        path, kind = path[:-1], "too_short"
    if kind in ("too_short", "too_long"):
        length = schema_at(path, data).get("minItems")
        return Mistake(path, f"must be a list of {length} numbers, got {len(value)}")
    if kind == "missing":
        return Mistake(path, f"is required when preset is '{CUSTOM}'" if under else "is required")
    if kind in ("extra_forbidden", "invalid_key"):
        return Mistake(path, _unknown_key(path, data))
    if kind == "value_error":
        return Mistake(path, str(found["ctx"]["error"]))
    return Mistake(path, _misfit(kind, found.get("ctx", {}), value, path, schema_at(path, data)))


def _without_kinds(path: KeyPath) -> KeyPath:
    """The path without the kind that pydantic puts after the position of an event."""
    in_event = path[:1] == ("events",) and path[2:3] and path[2] in KINDS
    return (*path[:2], *path[3:]) if in_event else path


def _kind_mistake(path: KeyPath, event: Any) -> Mistake:
    if not isinstance(event, dict):
        return Mistake(path, f"must be a table, got {shown(event)}")
    if "kind" not in event:
        return Mistake((*path, "kind"), f"is required (one of {', '.join(KINDS)})")
    return Mistake((*path, "kind"), unknown("kind", event["kind"], KINDS))


def _misfit(kind: str, limits: Node, value: Any, path: KeyPath, node: Node) -> str:
    """Say why a value does not fit its key."""
    if kind in BOUNDS:
        words, limit = BOUNDS[kind]
        return f"must be {words} {limits[limit]:g}, got {shown(value)}"
    if kind == "finite_number":
        return f"must be a finite number, got {shown(value)}"
    if kind == "string_too_short":
        return "must not be empty"
    if "enum" in node and isinstance(value, str):
        return unknown(str(path[-1]), value, node["enum"])
    return f"must be {_expected(node, path)}, got {shown(value)}{_brackets(value, path, node)}"


def _expected(node: Node, path: KeyPath) -> str:
    """What the schema allows, in words."""
    if "enum" in node:
        return f"one of {', '.join(node['enum'])}"
    if "pattern" in node:
        return PATTERNS[node["pattern"]]
    if path == ("parameters",):
        return '"default", "posterior" or a table like [parameters.front]'
    kinds = {
        "boolean": "true or false",
        "integer": "a whole number",
        "number": f"a number{_range(node)}",
        "string": "text in quotes",
        "array": "a list",
        "object": "a table",
    }
    return kinds.get(node.get("type", ""), "something else")


def _range(node: Node) -> str:
    """The bounds of a number, in words."""
    if "minimum" in node and "maximum" in node:
        return f" from {node['minimum']:g} to {node['maximum']:g}"
    bounds = [f"{words} {node[bound]:g}" for bound, words in LIMITS.items() if bound in node]
    return f" {' and '.join(bounds)}" if bounds else ""


def _brackets(value: Any, path: KeyPath, node: Node) -> str:
    """Say which brackets to write, where a table stands for a list of tables or the other way round."""
    name = key(path)
    if node.get("type") == "array" and isinstance(value, dict):
        return f"; write [[{name}]] in double brackets"
    if node.get("type") == "object" and isinstance(value, list) and value:
        return f"; write [{name}] in single brackets"
    if "preset" in node.get("properties", ()) and isinstance(value, str):
        return f"; write [{name}] and, on a line below it, preset = {shown(value)}"
    return ""


def _unknown_key(path: KeyPath, data: Any) -> str:
    """Say that a key is unknown, and where it belongs or which one may be meant."""
    name, names = path[-1], names_at(path[:-1], data)
    if not isinstance(name, str):
        return "keys must be text"
    homes = [f"[{home}]" for home in _homes(name, path)]
    if len(path) > 1 and name in HEAD:
        return "unknown key here; it belongs at the top of the file, before the first [table]"
    if 0 < len(homes) <= MOST_HOMES:
        return f"unknown key here; it belongs under {' or '.join(homes)}"
    near = nearest(name, names)
    if near:
        return f"unknown key; did you mean '{near}'?"
    listed = f" (one of {', '.join(names)})" if len(names) <= MOST_LISTED else ""
    return f"unknown key{listed}"


def _homes(name: str, path: KeyPath) -> list[str]:
    """Tables that have a key of this name: those within the same top-level table if any, else all."""
    tables = [(table,) for table in names_at((), {}) if table not in HEAD]
    inner = [(*table, sub) for table in tables for sub in names_at(table, {})]
    homes = [key(home) for home in (*tables, *inner) if name in names_at(home, {})]
    near = [home for home in homes if home.split(".")[0] == path[0]]
    return near or homes
