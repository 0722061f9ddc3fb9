"""The JSON Schema of a scenario file, for editors and for the words of messages.

In an editor with TOML support, a first line `#:schema scenario.schema.json` in a scenario file turns it on.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

from sim.mistakes import KeyPath
from sim.scenario.tables import REQUIRED, ScenarioFile

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
        found: Node = node.get("properties", {}).get(part, {})
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
