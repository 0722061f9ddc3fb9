"""On which line of a TOML file a key stands. It only serves messages: where it cannot tell, it says nothing.

The standard library's parser keeps no line numbers. So the text is parsed once more, statement by statement:
a statement is the shortest run of lines that parses by itself, and what it parses to says which keys it sets.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from sim.mistakes import KeyPath

LONGEST_STATEMENT = 100
"""Lines of one statement after which the search is given up."""


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line, counted from 1, on which each key is first set; keys in `[[lists]]` by their position."""
    lines: dict[KeyPath, int] = {}
    lengths: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for line, statement in _statements(text):
        parsed = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            table = _header(parsed, lengths)
            paths: list[KeyPath] = [table[:depth] for depth in range(1, len(table) + 1)]
        else:
            paths = [path for path in _paths(parsed, table) if path]
        for path in paths:
            lines.setdefault(path, line)
    return lines


def unfinished_line(text: str) -> int | None:
    """The line on which a statement starts that never ends, or is never sound."""
    rows = text.split("\n")
    first = 0
    while first < len(rows):
        size = _statement_size(rows, first)
        if size is None:
            return first + 1
        first += size
    return None


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Every statement with the line it starts on."""
    rows = text.split("\n")
    first = 0
    while first < len(rows):
        size = _statement_size(rows, first)
        if size is None:
            return
        if rows[first].split("#")[0].strip():
            yield first + 1, "\n".join(rows[first : first + size])
        first += size


def _statement_size(rows: list[str], first: int) -> int | None:
    for size in range(1, LONGEST_STATEMENT + 1):
        try:
            tomllib.loads("\n".join(rows[first : first + size]))
        except (ValueError, RecursionError):
            continue
        return size
    return None


def _header(parsed: dict[str, Any], lengths: dict[KeyPath, int]) -> KeyPath:
    """The table that a header opens, given how many elements every list of tables has so far."""
    path: KeyPath = ()
    value: Any = parsed
    while isinstance(value, dict) and value:
        name, value = next(iter(value.items()))
        path = (*path, name)
        if isinstance(value, list):
            lengths[path] = lengths.get(path, 0) + 1
        if path in lengths:
            path = (*path, lengths[path] - 1)
    return path


def _paths(value: Any, path: KeyPath) -> Iterator[KeyPath]:
    """`path` and all that is set under it."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        yield from _paths(inner, (*path, name))
