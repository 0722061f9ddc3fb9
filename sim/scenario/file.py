"""Scenario files: from bytes to plain tables, along the chain of `extends`; every failure in words."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from sim.mistakes import KeyPath, Mistake, ScenarioError, clipped, nearest, shown
from sim.scenario.lines import key_lines
from sim.scenario.syntax import syntax_mistake
from sim.scenario.tables import ACTORS, REQUIRED

LARGEST_FILE = 1_000_000
"""Bytes of the largest scenario file that is read."""

MOST_DOTS = 100
"""Dots on one line. The parser's memory grows with the square of the parts of a dotted key."""

DEEPEST = 8
"""Tables within tables that a scenario file may have."""

ENDING = ".toml"


@dataclass(frozen=True)
class SourceFile:
    """One file of a chain: its path as messages show it, its text, and what it sets."""

    path: Path
    text: str
    data: dict[str, Any]

    @property
    def shown(self) -> str:
        """The path as a reader would write it."""
        return shown_path(self.path)

    @cached_property
    def lines(self) -> dict[KeyPath, int]:
        """The line of every key."""
        return key_lines(self.text)

    def depth(self, path: KeyPath) -> tuple[int, bool]:
        """How much of `path` this file sets, and whether what it sets replaces what it extends."""
        value: Any = self.data
        closed = bool(path) and _renewed(self.data, str(path[0]))
        for depth, part in enumerate(path):
            closed = closed or isinstance(value, list)
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                return depth, closed
        return len(path), closed

    def line(self, path: KeyPath) -> int | None:
        """Line of the key, or of the nearest table around it that has one."""
        for depth in range(len(path), 0, -1):
            if path[:depth] in self.lines:
                return self.lines[path[:depth]]
        return None


def shown_path(path: Path) -> str:
    """A path relative to the working directory if it lies there, without detours."""
    plain = os.path.normpath(path)
    inside = os.path.relpath(plain)
    return plain if inside.startswith("..") else inside


def shipped() -> dict[str, Path]:
    """Every scenario that comes with the package, by name."""
    package = Path(__file__).parents[1]
    for folder in (package / "scenarios", package.parent / "scenarios"):
        if folder.is_dir():
            return {path.stem: path for path in sorted(folder.glob(f"*{ENDING}"))}
    return {}


def find(name: str | os.PathLike[str], beside: Path) -> Path | None:
    """The file that `name` means: a path from the folder `beside`, or the bare name of a shipped scenario."""
    path = beside / name
    try:
        if path.exists() and not (path.is_dir() and str(name) in shipped()):
            return path
    except (OSError, ValueError):
        return None
    return shipped().get(str(name).removesuffix(ENDING))


def not_found(name: str) -> str:
    """Say that there is no such file, and which shipped scenario may be meant."""
    near = nearest(Path(name).stem, shipped())
    hint = f"; did you mean '{near}'?" if near else f" (one of {', '.join(shipped())})"
    return f"no such file, and no shipped scenario of that name{hint}"


def read_chain(source: str | os.PathLike[str]) -> list[SourceFile]:
    """The file that `source` names and those it extends, the file itself first."""
    path = find(source, Path())
    if path is None:
        raise ScenarioError(clipped(str(source)), [Mistake((), not_found(str(source)))])
    main = shown_path(path)
    chain = [_read(path, main)]
    while "extends" in chain[-1].data:
        chain.append(_read(_parent(chain, main), main))
    return chain


def _parent(chain: list[SourceFile], main: str) -> Path:
    """The file that the last of the chain extends."""
    child = chain[-1]
    name = child.data["extends"]
    if not isinstance(name, str) or not name:
        raise _misfit(child, main, "must be the name of a file or of a shipped scenario, in quotes")
    path = find(name, child.path.parent)
    if path is None:
        raise _misfit(child, main, f"{shown(name)}: {not_found(name)}")
    seen = [file.path.resolve() for file in chain]
    if path.resolve() in seen:
        circle = [file.shown for file in chain[seen.index(path.resolve()) :]]
        raise _misfit(child, main, f"goes round in a circle: {' -> '.join([*circle, circle[0]])}")
    return path


def _misfit(child: SourceFile, main: str, text: str) -> ScenarioError:
    return ScenarioError(main, [Mistake(("extends",), text, child.shown, child.line(("extends",)))])


def _read(path: Path, main: str) -> SourceFile:
    text = _text(path, main)
    for line, row in enumerate(text.split("\n"), start=1):
        if row.count(".") > MOST_DOTS:
            raise _unreadable(path, main, f"has more than {MOST_DOTS} dots on one line", line)
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise _unreadable(path, main, f"nests lists or tables more than {DEEPEST} deep") from None
    except ValueError as error:
        raise _unreadable(path, main, *syntax_mistake(str(error), text)) from None
    if _depth(data) > DEEPEST:
        raise _unreadable(path, main, f"nests lists or tables more than {DEEPEST} deep")
    if not data:
        raise _unreadable(path, main, f"sets nothing; a scenario needs {', '.join(REQUIRED)}, or extends")
    return SourceFile(path, text, data)


def _text(path: Path, main: str) -> str:
    """The text of a file, or a mistake that says why there is none."""
    if path.is_dir():
        raise _unreadable(path, main, "is a folder, not a scenario file")
    if not path.is_file():
        raise _unreadable(path, main, "is not a plain file")
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _unreadable(path, main, f"cannot be read: {error.strerror}") from None
    if len(content) > LARGEST_FILE:
        raise _unreadable(path, main, f"is larger than {LARGEST_FILE:,} bytes, too large for a scenario")
    try:
        return content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _unreadable(path, main, "is not text in UTF-8", line) from None


def _unreadable(path: Path, main: str, text: str, line: int | None = None) -> ScenarioError:
    return ScenarioError(main, [Mistake((), text, shown_path(path), line)])


def _depth(data: dict[str, Any]) -> int:
    """How deep tables and lists lie within each other, counted without recursion: no file is too deep."""
    level: list[Any] = [data]
    depth = 0
    while level and depth <= DEEPEST:
        depth += 1
        inner = [item for value in level for item in (value.values() if isinstance(value, dict) else value)]
        level = [value for value in inner if isinstance(value, dict | list)]
    return depth


def merged(chain: Iterable[SourceFile]) -> dict[str, Any]:
    """What the files of a chain set together; a file wins over the one it extends.

    Tables merge key by key. A list replaces the inherited one. An actor's table that names a preset replaces
    the inherited table of that actor, dials and dated changes.
    """
    data: dict[str, Any] = {}
    for file in reversed(list(chain)):
        base = {key: value for key, value in data.items() if not _renewed(file.data, key)}
        base.pop("name", None)
        data = overlay(base, file.data)
    data.pop("extends", None)
    return data


def _renewed(data: dict[str, Any], key: str) -> bool:
    table = data.get(key)
    return key in ACTORS and isinstance(table, dict) and "preset" in table


def placed(mistake: Mistake, chain: list[SourceFile]) -> Mistake:
    """The mistake with the file and line that set the value; what is missing is placed at its table."""
    setter, most = chain[0], 0
    for file in chain:
        depth, closed = file.depth(mistake.path)
        if depth > most:
            setter, most = file, depth
        if closed:
            break
    return replace(mistake, file=setter.shown, line=setter.line(mistake.path[:most]))


def overlay(base: dict[str, Any], top: dict[str, Any]) -> dict[str, Any]:
    """`base` with the values of `top` over it, tables merged key by key."""
    result = dict(base)
    for name, value in top.items():
        below = base.get(name)
        mergeable = isinstance(below, dict) and isinstance(value, dict)
        result[name] = overlay(cast(dict[str, Any], below), value) if mergeable else value
    return result
