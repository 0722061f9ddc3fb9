"""The JSON Schema of a scenario file, and what pydantic finds in the words of that schema.

What a message allows and what an editor allows is the same.
In an editor with TOML support, a first line `#:schema scenario.schema.json` in a scenario file turns it on.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cache, partial
from typing import Any

from pydantic import ValidationError

from sim.basics import months
from sim.basics.mistakes import KeyPath, Mistake, key, nearest, shown, unknown
from sim.basics.plain_text import HEEDED, LINE, LINES, NAME, NAME_IN_WORDS
from sim.scenario.gone import GONE
from sim.scenario.presets import CUSTOM
from sim.scenario.quantities import NOTHING_SAID, Quantity
from sim.scenario.tables import HEAD, QUESTION_PATTERN, REQUIRED, Crisis, Instrument, Money, ScenarioFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Node = dict[str, Any]


def schema() -> Node:
    """JSON Schema (draft 2020-12) of a scenario file as a user writes it."""
    return deepcopy(_schema())


@cache
def _schema() -> Node:
    raw = ScenarioFile.model_json_schema()
    for table in (raw, *raw["$defs"].values()):
        table["properties"] = {key: _tidy(node) for key, node in table["properties"].items()}
    parameters = raw["properties"]["parameters"]
    raw["properties"]["parameters"] = {
        "description": parameters.pop("description"),
        "anyOf": [{"enum": ["default", "posterior"]}, parameters],
    }
    root = {"$schema": DIALECT, **raw, "title": "Scenario of the negotiations over Ukraine"}
    return {**root, "anyOf": [{"required": ["extends"]}, {"required": list(REQUIRED)}]}


def _tidy(node: Node) -> Node:
    """A property without what only Python means: null for a table left out, stand-ins for what is not set."""
    node = {key: value for key, value in node.items() if key != "title" and not _stand_in(key, value)}
    if "grounds" in node:
        about = {key: node.pop(key) for key in NOTHING_SAID}
        node["description"] = Quantity("", default=None, allowed="", meaning=node["description"], **about).sentence
    options = [option for option in node.pop("anyOf", ()) if option != {"type": "null"}]
    for option in options:
        node.update(option)
    return node


def _stand_in(key: str, value: Any) -> bool:
    return key == "default" and (isinstance(value, dict) or not (value or isinstance(value, float | bool)))


def schema_at(path: KeyPath, data: Any) -> Node:
    """What the schema says of one place in the file `data`; nothing where it knows no such place."""
    node = _schema()
    for part in path:
        node = _step(node, part, data)
        data = _item(data, part)
    return _referred(node, data)


def names_at(path: KeyPath, data: Any) -> list[str]:
    """Keys that the table at `path` may have."""
    return list(schema_at(path, data).get("properties", ()))


def value_at(path: KeyPath, data: Any) -> Any:
    """What stands at one place in the file `data`; None where nothing does."""
    for part in path:
        data = _item(data, part)
    return data


def _item(data: Any, part: str | int) -> Any:
    try:
        return data[part]
    except (KeyError, IndexError, TypeError):
        return None


def _step(node: Node, part: str | int, data: Any) -> Node:
    node = _referred(node, data)
    if isinstance(part, str):
        others = node.get("additionalProperties")
        found: Node = node.get("properties", {}).get(part, others if isinstance(others, dict) else {})
        return found
    first: list[Node] = node.get("prefixItems", [])
    return first[part] if part < len(first) else node.get("items", {})


def _referred(node: Node, data: Any) -> Node:
    """The node that a reference, or a choice between tables, leads to for `data`."""
    if "discriminator" in node:
        choice = _item(data, node["discriminator"]["propertyName"])
        kinds: dict[str, str] = node["discriminator"]["mapping"]
        if not isinstance(choice, str) or choice not in kinds:
            return {"type": "object"}
        node = {"$ref": kinds[choice]}
    for option in node.get("anyOf", ()):
        if "$ref" in option:
            node = option
    if "$ref" not in node:
        return node
    target: Node = _schema()["$defs"][node["$ref"].rpartition("/")[2]]
    return {**target, **{key: value for key, value in node.items() if key != "$ref"}}


EVENTS = {
    str(event.model_fields["kind"].annotation.__args__[0]): event  # type: ignore[union-attr]
    for event in (Money, Instrument, Crisis)
}
"""Tables of events, by kind."""
KINDS = tuple(EVENTS)
"""Kinds of events."""

MOST_HOMES = 3
"""Tables to look into for a key that is in the wrong place; a key of more tables says nothing."""

MOST_LISTED = 8
"""Names that a message lists in full."""

MOST_CHOICES = 20
"""Words that a message lists in full where one of them is asked for."""

PATTERNS = {
    months.PATTERN: 'a month in quotes, like "2022-12"',
    QUESTION_PATTERN: "one sentence that ends in a question mark",
    NAME: NAME_IN_WORDS,
}
FREE = {LINE: "one line of text", LINES: "text in quotes"}
"""Text of which a pattern says only that it can be shown."""
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
    found: dict[tuple[KeyPath, str], Mistake] = {}
    for detail in error.errors(include_url=False):
        path, kind = _place(dict(detail), under)
        found.setdefault((path, kind), Mistake(path, partial(_words, dict(detail), path, kind, data, bool(under))))
    return list(found.values())


def _place(found: Node, under: KeyPath) -> tuple[KeyPath, str]:
    """The key that a mistake is about, and of what kind it is."""
    path, kind = (*under, *_without_kinds(found["loc"])), found["type"]
    if kind.startswith("union_tag"):
        return (path if not isinstance(found["input"], dict) else (*path, "kind")), kind
    if kind == "missing" and isinstance(path[-1], int):
        return path[:-1], "too_short"
    return path, kind


def _words(found: Node, path: KeyPath, kind: str, data: Any, within: bool) -> str:
    """What is wrong with a value; `within` a table that was validated by itself."""
    value = found["input"]
    if kind.startswith("union_tag"):
        return _kind_words(value)
    if kind in ("too_short", "too_long"):
        schema = schema_at(path, data)
        few, many = (schema.get(end) for end in ("minItems", "maxItems"))
        what = "texts" if schema.get("items", {}).get("type") == "string" else "numbers"
        return f"must be a list of {few if few == many else f'{few} to {many}'} {what}, got {len(value)}"
    if kind == "missing":
        names = schema_at(path, data).get("enum")
        choice = f" (one of {', '.join(names)})" if names else ""
        return f"is required when preset is '{CUSTOM}'" if within else f"is required{choice}"
    if kind in ("extra_forbidden", "invalid_key"):
        return _unknown_key(path, data)
    if kind == "value_error":
        return str(found["ctx"]["error"])
    return _misfit(kind, found.get("ctx", {}), value, path, schema_at(path, data))


def _without_kinds(path: KeyPath) -> KeyPath:
    """The path without the kind that pydantic puts after the position of an event."""
    in_event = path[:1] == ("events",) and path[2:3] and path[2] in KINDS
    return (*path[:2], *path[3:]) if in_event else path


def _kind_words(event: Any) -> str:
    if not isinstance(event, dict):
        return f"must be a table, got {shown(event)}"
    if "kind" not in event:
        return f"is required (one of {', '.join(KINDS)})"
    return unknown("kind", event["kind"], KINDS)


def _misfit(kind: str, limits: Node, value: Any, path: KeyPath, node: Node) -> str:
    """Say why a value does not fit its key."""
    if kind in BOUNDS:
        words, limit = BOUNDS[kind]
        return f"must be {words} {limits[limit]:g}, got {shown(value)}"
    if kind == "finite_number":
        return f"must be a finite number, got {shown(value)}"
    if kind == "string_too_short":
        return "must not be empty"
    if kind == "string_too_long":
        return f"must be at most {limits['max_length']:,} characters long, got {len(value):,}"
    if kind == "string_pattern_mismatch" and HEEDED.search(value):
        return f"must be without hidden characters, got {shown(value)}"
    if kind == "string_pattern_mismatch" and node["pattern"] in FREE:
        return f"must be {FREE[node['pattern']]}, got {shown(value)}"
    if "enum" in node and isinstance(value, str):
        return _unknown_word(value, path, node["enum"])
    return f"must be {_expected(node, path)}, got {shown(value)}{_brackets(value, path, node)}"


def _unknown_word(value: str, path: KeyPath, words: list[str]) -> str:
    """Say that a word is none of those allowed; a long list of them is not told in full."""
    what = path[-1] if isinstance(path[-1], str) else "name"
    if len(words) <= MOST_CHOICES:
        return unknown(str(what), value, words)
    near = nearest(value, words) or next((word for word in words if word.endswith(f".{value}")), None)
    guess = f"; did you mean {shown(near)}?" if near else f" (one like {shown(words[0])})"
    return f"unknown {what} {shown(value)}{guess}"


def _expected(node: Node, path: KeyPath) -> str:
    """What the schema allows, in words."""
    if "enum" in node and len(node["enum"]) > MOST_CHOICES:
        return f"a name like {shown(node['enum'][0])}"
    if "enum" in node:
        return f"one of {', '.join(node['enum'])}"
    if node.get("pattern") in PATTERNS:
        return PATTERNS[node["pattern"]]
    if path == ("parameters",):
        return '"default", "posterior" or a table like [parameters.front]'
    if path[:1] == ("guests",) and len(path) <= len(("guests", "china")):
        return "a table of dials for each guest, like [guests.china]"
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
    if node.get("type") == "object" and isinstance(value, list) and value and name != "guests":
        return f"; write [{name}] in single brackets"
    if "preset" in node.get("properties", ()) and isinstance(value, str):
        return f"; write [{name}] and, on a line below it, preset = {shown(value)}"
    return ""


def _unknown_key(path: KeyPath, data: Any) -> str:
    """Say that a key is unknown, and where it belongs or which one may be meant."""
    name, names = path[-1], names_at(path[:-1], data)
    if not isinstance(name, str):
        return "keys must be text"
    if gone := GONE.get(key(path)):
        return f"unknown key since the table was rebuilt (format 2); {gone}"
    kinds = [repr(kind) for kind, event in EVENTS.items() if path[0] == "events" and name in event.model_fields]
    if kinds:
        return f"unknown key here; it belongs to an event of kind {' or '.join(kinds)}"
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
